//! Differences of Smithy 1: defaults of numbers and booleans, and enums.

use super::assemble::{Assembler, Member};
use super::{Kind, Simple};
use crate::diagnostic::Diagnostic;
use crate::names::unique_name;
use crate::shape_id::ShapeId;
use crate::source::json::{Node, Value};
use crate::traits::docs::Documentation;
use crate::traits::shapes::{Boxed, DefaultValue, EnumValue, StringValues};
use crate::traits::{Applied, RawTraits};
use std::rc::Rc;

impl Assembler<'_> {
    /// Adds the implicit defaults of Smithy 1: members that target a number or boolean have one, unless
    /// the shape is boxed, as the prelude's `Integer` is.
    pub(super) fn smithy_1_defaults(&mut self) {
        for (id, name) in std::mem::take(&mut self.smithy_1_members) {
            let Some(member) = self.shapes.get(&id).and_then(|shape| shape.member(&name)) else {
                continue;
            };
            let Some(target) = self.shapes.get(&member.target) else {
                continue;
            };
            let boxed = target.traits.has::<Boxed>()
                || (target.id.is_prelude() && !target.id.name().starts_with("Primitive"));
            let value = match target.kind {
                _ if boxed => continue,
                Kind::Simple(Simple::Boolean) => Value::Bool(false),
                Kind::Simple(
                    Simple::Byte
                    | Simple::Short
                    | Simple::Integer
                    | Simple::Long
                    | Simple::Float
                    | Simple::Double,
                ) => Value::Number("0".to_owned()),
                _ => continue,
            };
            let place = member.target_place.clone();
            let applied = Applied {
                value: Rc::new(Node {
                    value,
                    place: place.clone(),
                }),
                place,
            };
            let shape = self.shapes.get_mut(&id);
            let member = shape.and_then(|shape| shape.members.iter_mut().find(|m| m.name == name));
            if let Some(member) = member {
                member.traits.set::<DefaultValue>(applied);
            }
        }
    }

    /// Converts strings with Smithy 1's `enum` trait into enums.
    pub(super) fn string_enums(&mut self) {
        for shape in self.shapes.values_mut() {
            if shape.kind != Kind::Simple(Simple::String) {
                continue;
            }
            let Some(StringValues(values)) = shape.traits.take() else {
                continue;
            };
            let id = shape.id.clone();
            let mut members: Vec<Member> = Vec::new();
            for item in values {
                let Some(value) = item.value.value else {
                    self.problems.push(
                        Diagnostic::new(
                            "trait-value",
                            "an item of the trait `smithy.api#enum` has no `value`",
                            "write {\"value\": \"TEXT\", \"name\": \"NAME\"}",
                        )
                        .at(item.place.location())
                        .on(id.as_str()),
                    );
                    continue;
                };
                let text = value.as_str().unwrap_or_default();
                let name = item.value.name.unwrap_or_else(|| {
                    unique_name(name_of_value(text), |name| {
                        members.iter().any(|member| member.name == name)
                    })
                });
                let mut traits = RawTraits::default();
                let applied = |value: Rc<Node>| Applied {
                    place: value.place.clone(),
                    value,
                };
                traits.set::<EnumValue>(applied(value));
                if let Some(documentation) = item.value.documentation {
                    traits.set::<Documentation>(applied(documentation));
                }
                members.push(Member {
                    name,
                    place: item.place.clone(),
                    target: ShapeId::unit(),
                    target_place: item.place.clone(),
                    traits,
                });
            }
            members.sort_by(|a, b| a.name.cmp(&b.name));
            shape.kind = Kind::Enum;
            shape.members = members;
        }
    }
}

/// A name for an enum value that has none: the value as an identifier.
pub(crate) fn name_of_value(value: &str) -> String {
    let mut name: String = value
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert_str(0, "N_");
    }
    name
}
