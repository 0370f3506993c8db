//! Rules of event streams.

use super::{report, report_member};
use crate::diagnostic::Problems;
use crate::model::{Kind, Member, Model, Operation, Shape, Simple};
use crate::protocol::Protocol;
use crate::select::Selection;
use crate::traits::events::{EventHeader, EventPayload, is_event_stream};
use crate::traits::shapes::Fault;
use std::collections::BTreeMap;

/// An event stream consists of events and of errors, each a structure.
pub(super) fn check_shape(model: &Model, shape: &Shape, problems: &mut Problems) {
    if !is_event_stream(shape) {
        return;
    }
    let mut errors: BTreeMap<&str, &str> = BTreeMap::new();
    let mut has_events = false;
    for member in &shape.members {
        let Some(target) = model.target(member) else {
            continue;
        };
        if target.kind != Kind::Structure || target.id.is_unit() {
            let what = match target.id.is_unit() {
                true => "the unit shape".to_owned(),
                false => target.kind.described(),
            };
            problems.push(report_member(
                shape,
                member,
                "event-type",
                format!("an event must be a structure, not {what}"),
                "target a structure; it may be empty",
            ));
            continue;
        }
        if !target.traits.has::<Fault>() {
            has_events = true;
        } else if let Some(first) = errors.insert(target.id.as_str(), &member.name) {
            problems.push(report_member(
                shape,
                member,
                "event-error-twice",
                format!("`{first}` is the same error, `{}`", target.id),
                "remove one of the two members, or give each an error of its own",
            ));
        }
        check_event(model, target, problems);
    }
    if !has_events && !shape.members.is_empty() {
        problems.push(report(
            shape,
            "event-stream-without-events",
            "the event stream has no members but errors",
            "add a member whose structure is not an error",
        ));
    }
}

/// The members of an event are in headers, or one is the payload, or those that are neither are.
fn check_event(model: &Model, event: &Shape, problems: &mut Problems) {
    let payload = event
        .members
        .iter()
        .find(|member| member.traits.has::<EventPayload>());
    for member in &event.members {
        let Some(target) = model.target(member) else {
            continue;
        };
        let is_header = member.traits.has::<EventHeader>();
        let is_payload = member.traits.has::<EventPayload>();
        if is_header && is_payload {
            problems.push(report_member(
                event,
                member,
                "bound-twice",
                "the member is a header of the event and its payload",
                "keep one of `smithy.api#eventHeader` and `smithy.api#eventPayload`",
            ));
        } else if is_header && !is_header_value(&target.kind) {
            problems.push(report_member(
                event,
                member,
                "event-binding-type",
                format!("{} cannot be a header of an event", target.kind.described()),
                "bind a boolean, an integer of up to 64 bits, a string, a blob or a timestamp",
            ));
        } else if is_payload && !is_payload_value(&target.kind) {
            problems.push(report_member(
                event,
                member,
                "event-binding-type",
                format!(
                    "{} cannot be the payload of an event",
                    target.kind.described()
                ),
                "bind a structure, a union, a string or a blob",
            ));
        }
        if let Some(payload) = payload
            && payload.name != member.name
            && !is_header
        {
            problems.push(report_member(
                event,
                member,
                "event-payload",
                format!(
                    "`{}` is the whole payload of the event, so this member has no place",
                    payload.name
                ),
                "give the member the trait `smithy.api#eventHeader`, or take \
                 `smithy.api#eventPayload` off the other",
            ));
        }
    }
}

fn is_header_value(kind: &Kind) -> bool {
    match kind {
        Kind::Enum | Kind::IntEnum => true,
        Kind::Simple(simple) => matches!(
            simple,
            Simple::Boolean
                | Simple::Byte
                | Simple::Short
                | Simple::Integer
                | Simple::Long
                | Simple::Blob
                | Simple::String
                | Simple::Timestamp
        ),
        _ => false,
    }
}

fn is_payload_value(kind: &Kind) -> bool {
    match kind {
        Kind::Enum | Kind::Structure | Kind::Union => true,
        Kind::Simple(simple) => matches!(simple, Simple::Blob | Simple::String),
        _ => false,
    }
}

/// An input or output has one event stream at most.
pub(super) fn check_operation(model: &Model, operation: &Operation, problems: &mut Problems) {
    for target in operation.input.iter().chain(&operation.output) {
        let Some(structure) = model.get(&target.id) else {
            continue;
        };
        let mut streams = structure
            .members
            .iter()
            .filter(|member| streams(model, member));
        if let (Some(first), Some(second)) = (streams.next(), streams.next()) {
            problems.push(report_member(
                structure,
                second,
                "several-streams",
                format!("`{}` is an event stream, too", first.name),
                "keep one event stream in an input or output",
            ));
        }
    }
}

fn streams(model: &Model, member: &Member) -> bool {
    model.target(member).is_some_and(is_event_stream)
}

/// An event stream is a member of an input or output, and of nothing else.
pub(super) fn check_places(
    model: &Model,
    selection: &Selection<'_>,
    protocol: &dyn Protocol,
    problems: &mut Problems,
) {
    for shape in selection.closure.iter().filter_map(|id| model.get(id)) {
        let is_top = selection.tops.contains(&shape.id) && !selection.nested.contains(&shape.id);
        for member in shape.members.iter().filter(|it| streams(model, it)) {
            if !protocol.has_event_streams() {
                problems.push(report_member(
                    shape,
                    member,
                    "no-event-streams",
                    format!("{} has no event streams", protocol.name()),
                    "leave out the operation: list it under `except` in sdk.toml",
                ));
            } else if !is_top {
                problems.push(report_member(
                    shape,
                    member,
                    "nested-stream",
                    "an event stream must be a member of an operation's input or output",
                    "move the member there",
                ));
            }
        }
    }
}
