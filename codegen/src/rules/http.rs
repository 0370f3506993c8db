//! Rules of the HTTP binding traits.

use super::{report, report_member};
use crate::diagnostic::Diagnostic;
use crate::model::{Kind, Member, Model, Operation, Shape};
use crate::read::Simple;
use crate::select::Selection;
use crate::uri::{Segment, UriPattern};
use std::collections::BTreeMap;

const BINDINGS: &[&str] = &[
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
];

/// Whether the member travels outside of a JSON document.
pub(crate) fn is_bound(member: &Member) -> bool {
    BINDINGS.iter().any(|binding| member.traits.has(binding))
}

/// Each member is bound once, to something that can hold it, and to its own place.
pub(crate) fn check_bindings(model: &Model, shape: &Shape, problems: &mut Vec<Diagnostic>) {
    if shape.kind != Kind::Structure {
        return;
    }
    let mut places: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for member in &shape.members {
        let bound: Vec<&str> = BINDINGS
            .iter()
            .copied()
            .filter(|binding| member.traits.has(binding))
            .collect();
        if let [first, second, ..] = bound.as_slice() {
            problems.push(report_member(
                shape,
                member,
                "bound-twice",
                format!("the member is bound by `{first}` and by `{second}`"),
                "keep one of the two",
            ));
        }
        for binding in bound {
            check_binding(model, shape, member, binding, problems);
            let place = match binding {
                "smithy.api#httpLabel" => continue,
                "smithy.api#httpHeader" => member
                    .traits
                    .text(binding)
                    .unwrap_or_default()
                    .to_lowercase(),
                "smithy.api#httpQuery" => {
                    member.traits.text(binding).unwrap_or_default().to_owned()
                }
                _ => String::new(),
            };
            if let Some(first) = places.insert((binding, place.clone()), &member.name) {
                let what = if place.is_empty() {
                    String::new()
                } else {
                    format!(" to `{place}`")
                };
                problems.push(report_member(
                    shape,
                    member,
                    "binding-conflict",
                    format!("`{binding}` binds this member{what}, as it binds `{first}`"),
                    "bind each member to a place of its own",
                ));
            }
        }
    }
}

fn check_binding(
    model: &Model,
    shape: &Shape,
    member: &Member,
    binding: &str,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(target) = model.target(member) else {
        return;
    };
    let item = |shape: &Shape| {
        shape
            .members
            .first()
            .and_then(|member| model.target(member).map(|t| t.kind.clone()))
    };
    let is_text = |kind: &Kind| matches!(kind, Kind::Simple(Simple::String) | Kind::Enum);
    let is_scalar = |kind: &Kind| {
        is_text(kind)
            || match kind {
                Kind::Simple(simple) => !matches!(simple, Simple::Blob | Simple::Document),
                Kind::IntEnum => true,
                _ => false,
            }
    };
    let is_text_map = |value_may_be_list: bool| {
        let value = target.member("value").and_then(|value| model.target(value));
        target.kind == Kind::Map
            && value.is_some_and(|value| {
                is_text(&value.kind)
                    || (value_may_be_list
                        && value.kind == Kind::List
                        && item(value).is_some_and(|kind| is_text(&kind)))
            })
    };
    let is_scalar_list =
        || target.kind == Kind::List && item(target).is_some_and(|kind| is_scalar(&kind));
    let fits = match binding {
        "smithy.api#httpLabel" => is_scalar(&target.kind),
        "smithy.api#httpHeader" => is_scalar(&target.kind) || is_scalar_list(),
        "smithy.api#httpQuery" => is_scalar(&target.kind) || is_scalar_list(),
        "smithy.api#httpQueryParams" => is_text_map(true),
        "smithy.api#httpPrefixHeaders" => is_text_map(false),
        "smithy.api#httpResponseCode" => target.kind == Kind::Simple(Simple::Integer),
        _ => {
            !matches!(target.kind, Kind::List | Kind::Map | Kind::IntEnum)
                && !matches!(
                    target.kind,
                    Kind::Simple(
                        Simple::Boolean
                            | Simple::Byte
                            | Simple::Short
                            | Simple::Integer
                            | Simple::Long
                            | Simple::Float
                            | Simple::Double
                            | Simple::BigDecimal
                            | Simple::BigInteger
                            | Simple::Timestamp
                    )
                )
        }
    };
    if !fits {
        problems.push(report_member(
            shape,
            member,
            "binding-type",
            format!(
                "`{binding}` cannot bind {} such as `{}`",
                target.kind.described(),
                target.id
            ),
            match binding {
                "smithy.api#httpPrefixHeaders" => "bind a map of strings",
                "smithy.api#httpQueryParams" => "bind a map of strings or of lists of strings",
                "smithy.api#httpResponseCode" => "bind an integer",
                "smithy.api#httpPayload" => "bind a structure, union, document, blob or string",
                _ => "bind a string, number, boolean or timestamp",
            },
        ));
    }
    if binding == "smithy.api#httpLabel" && !member.traits.has("smithy.api#required") {
        problems.push(report_member(
            shape,
            member,
            "label-optional",
            "a label of the URI cannot be optional",
            "add the trait `smithy.api#required`",
        ));
    }
    if binding == "smithy.api#httpHeader" {
        let name = member.traits.text(binding).unwrap_or_default();
        let good = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_ascii_graphic() && !"()<>@,;:\\\"/[]?={}".contains(c));
        if !good {
            problems.push(report_member(
                shape,
                member,
                "header-name",
                format!("`{name}` is not the name of a header"),
                "use letters, digits and hyphens",
            ));
        }
    }
}

/// Labels and members go together one to one.
pub(crate) fn check_operation(
    model: &Model,
    shape: &Shape,
    operation: &Operation,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(http) = shape.traits.get("smithy.api#http") else {
        return;
    };
    let input = operation
        .input
        .as_ref()
        .and_then(|target| model.get(&target.id));
    let at = |message: String, rule: &'static str, help: &str| {
        Diagnostic::new(rule, message, help)
            .at(http.value.place.location())
            .on(shape.id.as_str())
    };
    if let Some(node) = http.value.get("code").filter(|node| {
        node.as_i64()
            .is_some_and(|code| !(200..=299).contains(&code))
    }) {
        problems.push(
            Diagnostic::new(
                "http-code",
                "this is not the HTTP status of a success",
                "use a status from 200 to 299",
            )
            .at(node.place.location())
            .on(shape.id.as_str()),
        );
    }
    if let Some(node) = http.value.get("method").filter(|node| {
        node.as_str().is_some_and(|method| {
            method.is_empty() || !method.chars().all(|c| c.is_ascii_alphabetic())
        })
    }) {
        problems.push(
            Diagnostic::new(
                "http-method",
                "this is not an HTTP method",
                "use GET, POST, PUT, PATCH, DELETE or HEAD",
            )
            .at(node.place.location())
            .on(shape.id.as_str()),
        );
    }
    let Some(uri) = http.value.get("uri").and_then(|node| node.as_str()) else {
        return;
    };
    let pattern = match UriPattern::parse(uri) {
        Ok(pattern) => pattern,
        Err(why) => {
            problems.push(at(
                format!("the URI `{uri}` is not well formed: {why}"),
                "uri-form",
                "write a path such as /rooms/{RoomId}, with labels as whole segments",
            ));
            return;
        }
    };
    let labels: Vec<&str> = pattern.labels().collect();
    for (i, label) in labels.iter().enumerate() {
        if labels[..i].contains(label) {
            problems.push(at(
                format!("the label `{{{label}}}` appears twice in the URI"),
                "label-twice",
                "give each label a member of its own",
            ));
        }
        let member = input.and_then(|input| input.member(label));
        if !member.is_some_and(|member| member.traits.has("smithy.api#httpLabel")) {
            problems.push(at(
                format!("the URI has the label `{{{label}}}`, but no member of the input is bound to it"),
                "label-without-member",
                "add a member of that name with the traits `smithy.api#httpLabel` and `smithy.api#required`",
            ));
        }
    }
    for member in input.iter().flat_map(|input| &input.members) {
        if member.traits.has("smithy.api#httpLabel") && !labels.contains(&member.name.as_str()) {
            problems.push(
                Diagnostic::new(
                    "member-without-label",
                    format!(
                        "the member is bound to a label, but the URI of `{}` has no `{{{}}}`",
                        shape.id, member.name
                    ),
                    "put the label into the URI, or take the trait off the member",
                )
                .at(member.place.location())
                .on(input.map_or_else(String::new, |input| input.member_id(member))),
            );
        }
    }
    check_payload(model, shape, operation, problems);
    check_host_prefix(shape, input, problems);
}

fn check_payload(
    model: &Model,
    shape: &Shape,
    operation: &Operation,
    problems: &mut Vec<Diagnostic>,
) {
    for target in operation.input.iter().chain(&operation.output) {
        let Some(structure) = model.get(&target.id) else {
            continue;
        };
        let unbound = structure.members.iter().find(|member| !is_bound(member));
        let payload = structure
            .members
            .iter()
            .find(|member| member.traits.has("smithy.api#httpPayload"));
        if let (Some(unbound), Some(payload)) = (unbound, payload) {
            problems.push(report_member(
                structure,
                unbound,
                "payload-and-body",
                format!(
                    "`{}` is the whole body, so this member has no place",
                    payload.name
                ),
                "bind it to a header or the query, or take `smithy.api#httpPayload` off the other",
            ));
        }
        for member in &structure.members {
            let streams = model.target(member).is_some_and(|shape| {
                shape.kind == Kind::Simple(Simple::Blob) && shape.traits.has("smithy.api#streaming")
            });
            if streams && !member.traits.has("smithy.api#httpPayload") {
                problems.push(report_member(
                    structure,
                    member,
                    "stream-without-payload",
                    format!("a stream must be the whole body of `{}`", shape.id),
                    "give the member the trait `smithy.api#httpPayload`",
                ));
            }
        }
    }
}

fn check_host_prefix(shape: &Shape, input: Option<&Shape>, problems: &mut Vec<Diagnostic>) {
    let Some(endpoint) = shape.traits.get("smithy.api#endpoint") else {
        return;
    };
    let Some(prefix) = endpoint
        .value
        .get("hostPrefix")
        .and_then(|node| node.as_str())
    else {
        return;
    };
    for segment in crate::uri::host_prefix(prefix) {
        let Segment::Label(name) = segment else {
            continue;
        };
        let member = input.and_then(|input| input.member(&name));
        if !member.is_some_and(|member| member.traits.has("smithy.api#hostLabel")) {
            problems.push(
                Diagnostic::new(
                    "host-label-without-member",
                    format!("the host prefix has the label `{{{name}}}`, but no member of the input is bound to it"),
                    "add a member of that name with the traits `smithy.api#hostLabel` and `smithy.api#required`",
                )
                .at(endpoint.place.location())
                .on(shape.id.as_str()),
            );
        }
    }
}

/// No two operations answer to the same requests.
pub(crate) fn check_conflicts(selection: &Selection<'_>, problems: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(String, String), &Shape> = BTreeMap::new();
    for shape in &selection.operations {
        let Some(http) = shape.traits.get("smithy.api#http") else {
            continue;
        };
        let text = |key: &str| {
            http.value
                .get(key)
                .and_then(|node| node.as_str())
                .unwrap_or_default()
        };
        let Ok(pattern) = UriPattern::parse(text("uri")) else {
            continue;
        };
        let key = (text("method").to_owned(), pattern.anonymous());
        // A prefix of the host tells requests apart too.
        if shape.traits.has("smithy.api#endpoint") {
            continue;
        }
        if let Some(first) = seen.insert(key, shape) {
            problems.push(report(
                shape,
                "http-conflict",
                format!(
                    "requests of this operation cannot be told from those of `{}`",
                    first.id
                ),
                "give one of them another method or URI",
            ));
        }
    }
}
