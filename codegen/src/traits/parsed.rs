//! Parses the traits of an assembled model.

use super::{Applied, Declared, RawTraits, Trait, declared};
use crate::model::{Member, Model, Shape};
use crate::source::json::Place;
use std::any::Any;

/// The traits of a shape or member.
#[derive(Debug, Default)]
pub(crate) struct Traits {
    /// Sorted by ID.
    parsed: Vec<Parsed>,
}

/// A trait that is applied to a shape or member.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) id: String,
    pub(super) applied: Applied,
    /// `None` if no family declares it.
    pub(super) declared: Option<&'static Declared>,
    /// `None` if the generator does not read it or it does not have the right form.
    value: Option<Box<dyn Any>>,
}

impl Traits {
    /// Whether the trait is applied, even if its value does not have the right form.
    pub(crate) fn has<T: Trait>(&self) -> bool {
        self.find(T::ID).is_some()
    }

    /// The trait's value; `None` if the trait is not applied or its value does not have the right form.
    pub(crate) fn get<T: Trait>(&self) -> Option<&T> {
        self.find(T::ID)?.value.as_ref()?.downcast_ref()
    }

    /// Where the trait is applied.
    pub(crate) fn place<T: Trait>(&self) -> Option<&Place> {
        Some(&self.find(T::ID)?.applied.place)
    }

    pub(super) fn find(&self, id: &str) -> Option<&Parsed> {
        self.parsed.iter().find(|parsed| parsed.id == id)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Parsed> {
        self.parsed.iter()
    }

    fn of(raw: RawTraits) -> Self {
        let parsed = raw.into_iter().map(|(id, applied)| {
            let declared = declared(&id);
            let parse = declared.and_then(|declared| declared.parse);
            Parsed {
                value: parse.and_then(|parse| parse(&applied.value)),
                declared,
                id,
                applied,
            }
        });
        Self {
            parsed: parsed.collect(),
        }
    }
}

/// Parses all traits of a model.
pub(crate) fn parse(model: Model<RawTraits>) -> Model {
    let member = |member: Member<RawTraits>| Member {
        name: member.name,
        place: member.place,
        target: member.target,
        target_place: member.target_place,
        traits: Traits::of(member.traits),
    };
    let shape = |shape: Shape<RawTraits>| Shape {
        id: shape.id,
        place: shape.place,
        kind: shape.kind,
        traits: Traits::of(shape.traits),
        members: shape.members.into_iter().map(member).collect(),
    };
    let shapes = model.shapes.into_iter();
    Model {
        shapes: shapes.map(|(id, raw)| (id, shape(raw))).collect(),
    }
}
