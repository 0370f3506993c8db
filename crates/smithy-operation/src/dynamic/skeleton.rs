//! Inputs with all members, to be filled in.

use super::shape::{Shape, StructureShape};
use aws_smithy_types::{Document, Number, base64};
use std::collections::HashMap;

/// Returns a structure with all of its members, which is a valid input.
///
/// Strings are the names of their members, and enums have their first value. Lists and maps have one item.
/// A structure inside itself is left out, unless it is required.
pub fn skeleton(structure: &'static StructureShape) -> Document {
    of_structure(structure, &mut Vec::new())
}

/// The structures around a value.
type Around = Vec<&'static StructureShape>;

fn of_structure(structure: &'static StructureShape, around: &mut Around) -> Document {
    around.push(structure);
    let members = structure.members.iter().filter_map(|member| {
        let value = of(member.shape(), member.name, member.required, around)?;
        Some((member.name.to_owned(), value))
    });
    let members = members.collect();
    around.pop();
    Document::Object(members)
}

/// The first member that has a value, because a union has exactly one.
fn of_union(union: &'static StructureShape, around: &mut Around) -> Option<Document> {
    around.push(union);
    let mut members = union.members.iter();
    let member = members.find_map(|member| {
        let value = of(member.shape(), member.name, false, around)?;
        Some((member.name.to_owned(), value))
    });
    around.pop();
    member.map(|member| Document::Object(HashMap::from([member])))
}

/// Returns a value; `None` if it would contain itself.
fn of(shape: Shape, name: &str, required: bool, around: &mut Around) -> Option<Document> {
    Some(match shape {
        Shape::Boolean => Document::Bool(true),
        Shape::Byte | Shape::Short | Shape::Integer | Shape::Long | Shape::BigInteger => {
            Document::Number(Number::PosInt(1))
        }
        Shape::Float | Shape::Double | Shape::BigDecimal => Document::Number(Number::Float(1.5)),
        Shape::String => Document::String(name.to_owned()),
        Shape::Enum(shape) => {
            let first = shape.values.first().map_or(name, |(value, _)| value);
            Document::String(first.to_owned())
        }
        Shape::IntEnum(shape) => {
            let first = shape.values.first().map_or(0, |(value, _)| *value);
            Document::Number(match u64::try_from(first) {
                Ok(value) => Number::PosInt(value),
                Err(_) => Number::NegInt(first.into()),
            })
        }
        Shape::Blob => Document::String(base64::encode(name)),
        Shape::Timestamp => Document::String("2000-01-01T00:00:00Z".to_owned()),
        Shape::Document => Document::Object(HashMap::new()),
        Shape::List(list) => {
            Document::Array(of(list.item(), name, false, around).into_iter().collect())
        }
        Shape::Map(map) => {
            let key = match map.key() {
                Shape::Enum(shape) => shape.values.first().map_or("key", |(value, _)| value),
                _ => "key",
            };
            let value = of(map.value(), name, false, around);
            let entries = value.into_iter().map(|value| (key.to_owned(), value));
            Document::Object(entries.collect())
        }
        Shape::Structure(structure) | Shape::Union(structure)
            if around.iter().any(|it| std::ptr::eq(*it, structure)) =>
        {
            // A model cannot ask for more: such a value would have no end.
            return required.then(|| Document::Object(HashMap::new()));
        }
        Shape::Structure(structure) => of_structure(structure, around),
        Shape::Union(union) => return of_union(union, around),
        Shape::Stream => return None,
    })
}
