//! Applies the corrections of `sdk.toml` to an assembled model, before its traits are parsed.

use super::{Kind, Member, Model, Shape, Target};
use crate::diagnostic::{Diagnostic, Problems};
use crate::shape_id::ShapeId;
use crate::source::json::{Node, Place, Value};
use crate::traits::shapes::{EnumValue, Required};
use crate::traits::{Applied, RawTraits, Trait};
use std::rc::Rc;

/// A change of the model.
#[derive(Debug)]
pub(crate) struct Correction {
    /// The shape, and the member if the correction is about one.
    pub(crate) shape: ShapeId,
    pub(crate) member: Option<String>,
    pub(crate) place: Place,
    pub(crate) change: Change,
}

#[derive(Debug)]
pub(crate) enum Change {
    /// The member may be absent.
    Optional,
    /// The enum has an additional value.
    AddValue(String),
    /// The shape has another name within the service.
    Rename(String),
    /// The shape or member does not have this trait.
    DropTrait(String),
    /// The shape or member has these traits, which replace those with the same ID.
    AddTraits(Vec<(String, Node)>),
}

/// Applies the corrections in order. What a correction changes must be in the model.
pub(crate) fn correct(
    model: &mut Model<RawTraits>,
    corrections: &[Correction],
    problems: &mut Problems,
) {
    for correction in corrections {
        if let Err(message) = apply(model, correction) {
            problems.push(
                Diagnostic::new(
                    "correction",
                    message,
                    "correct the entry of `corrections`, or remove it if the model no longer needs it",
                )
                .at(correction.place.location())
                .on(match &correction.member {
                    Some(member) => correction.shape.member(member),
                    None => correction.shape.as_str().to_owned(),
                }),
            );
        }
    }
}

fn apply(model: &mut Model<RawTraits>, correction: &Correction) -> Result<(), String> {
    let Correction {
        shape: id,
        member,
        place,
        change,
    } = correction;
    let Some(shape) = model.shapes.get_mut(id) else {
        return Err(format!("the model has no shape `{id}`"));
    };
    match change {
        Change::Rename(name) => {
            let rename = (
                Target {
                    id: id.clone(),
                    place: place.clone(),
                },
                name.clone(),
            );
            for shape in model.shapes.values_mut() {
                if let Kind::Service(service) = &mut shape.kind {
                    service.rename.push(rename.clone());
                }
            }
            Ok(())
        }
        Change::AddValue(value) => add_value(shape, value, place),
        Change::Optional => {
            let removed = traits(shape, member.as_deref())?.take::<Required>();
            removed
                .map(|_| ())
                .ok_or_else(|| "the member is already optional in the model".to_owned())
        }
        Change::DropTrait(id) => match traits(shape, member.as_deref())?.remove(id) {
            true => Ok(()),
            false => Err(format!("there is no trait `{id}` to drop")),
        },
        Change::AddTraits(added) => {
            let traits = traits(shape, member.as_deref())?;
            for (id, value) in added {
                traits.insert(
                    id.clone(),
                    Applied {
                        place: place.clone(),
                        value: Rc::new(value.clone()),
                    },
                );
            }
            Ok(())
        }
    }
}

/// The traits of the shape or of one of its members.
fn traits<'s>(
    shape: &'s mut Shape<RawTraits>,
    member: Option<&str>,
) -> Result<&'s mut RawTraits, String> {
    let Some(name) = member else {
        return Ok(&mut shape.traits);
    };
    let id = shape.id.clone();
    let mut members = shape.members.iter_mut();
    members
        .find(|member| member.name == name)
        .map(|member| &mut member.traits)
        .ok_or_else(|| format!("`{id}` has no member `{name}`"))
}

fn add_value(shape: &mut Shape<RawTraits>, value: &str, place: &Place) -> Result<(), String> {
    if shape.kind != Kind::Enum {
        return Err(format!(
            "`{}` is {}, and values can only be added to an enum",
            shape.id,
            shape.kind.described()
        ));
    }
    let Some(unit) = ShapeId::parse("smithy.api#Unit") else {
        return Ok(());
    };
    if shape.members.iter().any(|member| member.name == value) {
        return Err(format!("`{}` already has the value `{value}`", shape.id));
    }
    let mut traits = RawTraits::default();
    traits.insert(
        EnumValue::ID.to_owned(),
        Applied {
            place: place.clone(),
            value: Rc::new(Node {
                value: Value::String(value.to_owned()),
                place: place.clone(),
            }),
        },
    );
    shape.members.push(Member {
        name: super::name_of_value(value),
        place: place.clone(),
        target: unit,
        target_place: place.clone(),
        traits,
    });
    shape.members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(())
}
