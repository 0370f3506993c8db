//! Applies what is known of services beyond their models: `customizations.json`.
//!
//! An entry names a service by its SDK ID, and shapes by their names in the service's namespace. What a model does
//! not have is passed over, because models differ in what they contain. The corrections of `sdk.toml` come after,
//! so they can drop a trait again.

use super::{Kind, Member, Model, Shape};
use crate::diagnostic::{Diagnostic, Problems};
use crate::shape_id::ShapeId;
use crate::source::json::{self, File, Node};
use crate::traits::service::AwsService;
use crate::traits::{Applied, RawTraits};
use std::rc::Rc;

/// The table.
const TABLE: &str = include_str!("../customizations.json");

/// The name of the service's shape in the table.
const SERVICE: &str = "service";

/// Applies the table to the services of a model.
pub(crate) fn customize(model: &mut Model<RawTraits>, problems: &mut Problems) {
    let services: Vec<(ShapeId, String)> = model
        .shapes
        .values()
        .filter(|shape| matches!(shape.kind, Kind::Service(_)))
        .filter_map(|shape| {
            let AwsService { sdk_id } = shape.traits.parse()?;
            Some((shape.id.clone(), sdk_id))
        })
        .filter(|(_, sdk_id)| TABLE.contains(&format!("\"{sdk_id}\"")))
        .collect();
    if services.is_empty() {
        return;
    }
    let file = File::new("the table of customizations", TABLE);
    let Some(table) = json::parse(&file, problems) else {
        return;
    };
    for (id, sdk_id) in services {
        let entries = table.as_array().unwrap_or_default().iter();
        let own = entries.filter(|entry| text(entry, "sdkId") == Some(&sdk_id));
        for entry in own
            .filter_map(|entry| entry.get("apply")?.as_array())
            .flatten()
        {
            if apply(model, &id, entry).is_none() {
                problems.push(
                    Diagnostic::new(
                        "generator-bug",
                        format!("an entry for `{sdk_id}` has another form than the table's"),
                        "please report this",
                    )
                    .at(entry.place.location()),
                );
            }
        }
    }
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key).and_then(Node::as_str)
}

/// Applies an entry; `None` if it does not have the form of one.
fn apply(model: &mut Model<RawTraits>, service: &ShapeId, entry: &Node) -> Option<()> {
    text(entry, "reason")?;
    for to in entry.get("to")?.as_array()? {
        let (shape, member) = match to.as_str()?.split_once('$') {
            Some((shape, member)) => (shape, Some(member)),
            None => (to.as_str()?, None),
        };
        for id in named(model, service, shape) {
            let Some(shape) = model.shapes.get_mut(&id) else {
                continue;
            };
            if let Some(members) = entry.get("members") {
                add_members(shape, members)?;
            }
            if let Some(traits) = entry.get("traits") {
                let on = match member {
                    None => Some(&mut shape.traits),
                    Some(name) => member_of(shape, name).map(|member| &mut member.traits),
                };
                if let Some(on) = on {
                    add_traits(on, traits)?;
                }
            }
        }
    }
    Some(())
}

/// The shapes of the service's namespace that a name stands for. A star stands for all structures.
fn named(model: &Model<RawTraits>, service: &ShapeId, name: &str) -> Vec<ShapeId> {
    if name == SERVICE {
        return vec![service.clone()];
    }
    let is_meant = |shape: &&Shape<RawTraits>| {
        let is_named = match name {
            "*" => shape.kind == Kind::Structure,
            name => shape.id.name() == name,
        };
        is_named && shape.id.namespace() == service.namespace()
    };
    let shapes = model.shapes.values().filter(is_meant);
    shapes.map(|shape| shape.id.clone()).collect()
}

fn member_of<'s>(shape: &'s mut Shape<RawTraits>, name: &str) -> Option<&'s mut Member<RawTraits>> {
    let mut members = shape.members.iter_mut();
    members.find(|member| member.name == name)
}

fn add_traits(traits: &mut RawTraits, added: &Node) -> Option<()> {
    for entry in added.as_object()? {
        // What the model says itself counts.
        if traits.get(&entry.key).is_none() {
            let applied = Applied {
                place: entry.key_place.clone(),
                value: Rc::new(entry.value.clone()),
            };
            traits.insert(entry.key.clone(), applied);
        }
    }
    Some(())
}

fn add_members(shape: &mut Shape<RawTraits>, added: &Node) -> Option<()> {
    for entry in added.as_object()? {
        if shape.member(&entry.key).is_some() {
            continue;
        }
        let mut traits = RawTraits::default();
        if let Some(own) = entry.value.get("traits") {
            add_traits(&mut traits, own)?;
        }
        shape.members.push(Member {
            name: entry.key.clone(),
            place: entry.key_place.clone(),
            target: ShapeId::parse(text(&entry.value, "target")?)?,
            target_place: entry.value.place.clone(),
            traits,
        });
        shape.members.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::Entry;
    use crate::source::smithy;
    use serde_json::{Value, json};
    use std::collections::BTreeSet;

    fn table() -> Node {
        let mut problems = Problems::default();
        let file = File::new("table", TABLE);
        let table = json::parse(&file, &mut problems);
        assert!(problems.is_empty(), "{}", problems.into_diagnostics());
        table.expect("JSON")
    }

    #[test]
    fn the_table_is_sorted_and_every_entry_has_a_reason() {
        let table = table();
        let entries = table.as_array().expect("an array");
        let names: Vec<&str> = entries.iter().filter_map(|it| text(it, "sdkId")).collect();
        let sorted: BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(names.len(), entries.len());
        assert!(names.iter().eq(&sorted), "{names:?}");
        for entry in entries {
            for apply in entry
                .get("apply")
                .and_then(Node::as_array)
                .expect("changes")
            {
                let reason = text(apply, "reason").expect("a reason");
                assert!(reason.ends_with('.'), "{reason}");
            }
        }
    }

    /// The AST of a shape that an entry can be applied to, by the names of its traits.
    fn target(name: &str, member: Option<&str>, entry: &Node) -> (String, Value) {
        let is_of_operation = |entry: &Entry| {
            let names = ["#incomplete", "#s3UnwrappedXmlOutput", "#treeHash"];
            names.iter().any(|name| entry.key.ends_with(name))
        };
        let mut traits = entry
            .get("traits")
            .and_then(Node::as_object)
            .into_iter()
            .flatten();
        let ast = match member {
            Some(member) => {
                let target = match member {
                    "Expires" => "smithy.api#Timestamp",
                    _ => "smithy.api#String",
                };
                json!({"type": "structure", "members": {member: {"target": target}}})
            }
            None if entry.get("members").is_some() => json!({"type": "structure"}),
            None if traits.any(is_of_operation) => json!({"type": "operation"}),
            None => json!({"type": "string"}),
        };
        (format!("a#{}", name.replace('*', "Any")), ast)
    }

    #[test]
    fn every_entry_fits_what_it_is_applied_to() {
        let table = table();
        for entry in table.as_array().expect("an array") {
            let sdk_id = text(entry, "sdkId").expect("an ID");
            let service =
                json!({"type": "service", "traits": {"aws.api#service": {"sdkId": sdk_id}}});
            let mut shapes = serde_json::Map::from_iter([("a#Service".to_owned(), service)]);
            let mut expected = Vec::new();
            for apply in entry
                .get("apply")
                .and_then(Node::as_array)
                .expect("changes")
            {
                for to in apply.get("to").and_then(Node::as_array).expect("targets") {
                    let to = to.as_str().expect("a name");
                    let (name, member) = match to.split_once('$') {
                        Some((name, member)) => (name, Some(member)),
                        None => (to, None),
                    };
                    let id = match name {
                        SERVICE => "a#Service".to_owned(),
                        _ => {
                            let (id, ast) = target(name, member, apply);
                            shapes.entry(id.clone()).or_insert(ast);
                            id
                        }
                    };
                    let traits = apply.get("traits").and_then(Node::as_object);
                    for added in traits.into_iter().flatten() {
                        expected.push((id.clone(), member.map(str::to_owned), added.key.clone()));
                    }
                }
            }
            let model = json!({"smithy": "2.0", "shapes": shapes}).to_string();
            let mut problems = Problems::default();
            let source = smithy::read(&File::new("model.json", &model), &mut problems);
            let mut raw = super::super::assemble(Vec::from_iter(source), &mut problems);
            customize(&mut raw, &mut problems);
            for (id, member, added) in expected {
                let shape = &raw.shapes[&ShapeId::parse(&id).expect("an ID")];
                let traits = match &member {
                    Some(name) => &shape.member(name).expect("a member").traits,
                    None => &shape.traits,
                };
                assert!(traits.get(&added).is_some(), "{added} on {id} {member:?}");
            }
            let model = crate::traits::parse(raw);
            crate::traits::check_values(model.shapes.values(), &mut problems);
            for shape in model.shapes.values() {
                let lacks = crate::traits::lacks(shape, &BTreeSet::new());
                let unknown = lacks.iter().map(|lack| lack.diagnostic("").to_string());
                assert_eq!(unknown.collect::<Vec<_>>(), [""; 0]);
            }
            assert!(problems.is_empty(), "{}", problems.into_diagnostics());
        }
    }
}
