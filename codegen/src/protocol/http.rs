//! Rules of the HTTP binding traits, for the protocols that read them.

use super::{Protocol, RequestLine};
use crate::check::{report, report_member};
use crate::diagnostic::{Diagnostic, Problems};
use crate::model::{Kind, Member, Model, Operation, Shape, Simple};
use crate::select::Selection;
use crate::source::json::Place;
use crate::traits::endpoint::StaticContextParams;
use crate::traits::http::{Binding, Endpoint, HostLabel, Http, HttpError, HttpLabel, HttpPayload};
use crate::traits::shapes::{Fault, Required, Streaming};
use crate::traits::uri::{Segment, UriPattern};
use std::collections::{BTreeMap, BTreeSet};

/// The request line of the trait `http`.
pub(super) fn request_line(operation: &Shape) -> Option<RequestLine> {
    let http: &Http = operation.traits.get()?;
    let status = http.code.as_ref().map_or(200, |code| code.value);
    Some(RequestLine {
        method: http.method.value.clone(),
        uri: http.uri.clone(),
        status: u16::try_from(status).unwrap_or(200),
    })
}

/// Checks that only errors have an error status, and that it is one.
pub(super) fn check_error(shape: &Shape, problems: &mut Problems) {
    if let Some(HttpError(code)) = shape.traits.get()
        && !(400..=599).contains(&code.value)
    {
        problems.push(
            Diagnostic::new(
                "http-code",
                "this is not an error status",
                "use a status from 400 to 599",
            )
            .at(code.place.location())
            .on(shape.id.as_str()),
        );
    }
    if shape.traits.has::<HttpError>() && !shape.traits.has::<Fault>() {
        problems.push(report(
            shape,
            "not-an-error",
            "the structure has an HTTP status for errors but is not an error",
            "add the trait `smithy.api#error`",
        ));
    }
}

/// Checks that each member is bound once, to a place of its own that can hold it.
pub(super) fn check_bindings(model: &Model, shape: &Shape, problems: &mut Problems) {
    if shape.kind != Kind::Structure {
        return;
    }
    let mut places: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for member in &shape.members {
        let bound = Binding::all(&member.traits);
        if let [first, second, ..] = bound.as_slice() {
            problems.push(report_member(
                shape,
                member,
                "bound-twice",
                format!(
                    "the member is bound by `{}` and by `{}`",
                    first.id(),
                    second.id()
                ),
                "keep one of the two",
            ));
        }
        for binding in &bound {
            check_target(model, shape, member, binding, problems);
            check_header_name(shape, member, binding, problems);
            let place = match binding {
                Binding::Label => {
                    check_label(shape, member, problems);
                    continue;
                }
                Binding::Header(name) => name.to_lowercase(),
                Binding::Query(name) => name.clone(),
                _ => String::new(),
            };
            if let Some(first) = places.insert((binding.id(), place.clone()), &member.name) {
                let what = match place.as_str() {
                    "" => String::new(),
                    place => format!(" to `{place}`"),
                };
                let id = binding.id();
                problems.push(report_member(
                    shape,
                    member,
                    "binding-conflict",
                    format!("`{id}` binds both this member and `{first}`{what}"),
                    "bind each member to a place of its own",
                ));
            }
        }
    }
}

/// Checks that a binding can hold its member.
fn check_target(
    model: &Model,
    shape: &Shape,
    member: &Member,
    binding: &Binding,
    problems: &mut Problems,
) {
    let Some(target) = model.target(member) else {
        return;
    };
    let (fits, help) = match binding {
        Binding::Label => (is_scalar(&target.kind), SCALARS),
        Binding::Header(_) | Binding::Query(_) => (
            is_scalar(&target.kind) || is_list_of(model, target, is_scalar),
            SCALARS,
        ),
        Binding::QueryParams => (
            is_map_of_text(model, target, true),
            "bind a map of strings or of lists of strings",
        ),
        Binding::PrefixHeaders(_) => (
            is_map_of_text(model, target, false),
            "bind a map of strings",
        ),
        Binding::ResponseCode => (
            target.kind == Kind::Simple(Simple::Integer),
            "bind an integer",
        ),
        Binding::Payload => (
            is_payload(&target.kind),
            "bind a structure, union, document, blob or string",
        ),
    };
    if !fits {
        problems.push(report_member(
            shape,
            member,
            "binding-type",
            format!(
                "`{}` cannot bind {} such as `{}`",
                binding.id(),
                target.kind.described(),
                target.id
            ),
            help,
        ));
    }
}

const SCALARS: &str = "bind a string, number, boolean or timestamp";

fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::Simple(Simple::String) | Kind::Enum)
}

fn is_scalar(kind: &Kind) -> bool {
    match kind {
        Kind::Simple(simple) => !matches!(simple, Simple::Blob | Simple::Document),
        Kind::Enum | Kind::IntEnum => true,
        _ => false,
    }
}

fn is_list_of(model: &Model, shape: &Shape, fits: fn(&Kind) -> bool) -> bool {
    let item = shape.members.first().and_then(|item| model.target(item));
    shape.kind == Kind::List && item.is_some_and(|item| fits(&item.kind))
}

fn is_map_of_text(model: &Model, shape: &Shape, or_of_lists: bool) -> bool {
    let value = shape.member("value").and_then(|value| model.target(value));
    shape.kind == Kind::Map
        && value.is_some_and(|value| {
            is_text(&value.kind) || (or_of_lists && is_list_of(model, value, is_text))
        })
}

fn is_payload(kind: &Kind) -> bool {
    match kind {
        Kind::Simple(simple) => matches!(simple, Simple::Blob | Simple::Document | Simple::String),
        other => !matches!(other, Kind::List | Kind::Map | Kind::IntEnum),
    }
}

fn check_label(shape: &Shape, member: &Member, problems: &mut Problems) {
    if !member.traits.has::<Required>() {
        problems.push(report_member(
            shape,
            member,
            "label-optional",
            "a label of the URI cannot be optional",
            "add the trait `smithy.api#required`",
        ));
    }
}

fn check_header_name(shape: &Shape, member: &Member, binding: &Binding, problems: &mut Problems) {
    let Binding::Header(name) = binding else {
        return;
    };
    let is_token = |c: char| c.is_ascii_graphic() && !"()<>@,;:\\\"/[]?={}".contains(c);
    if name.is_empty() || !name.chars().all(is_token) {
        problems.push(report_member(
            shape,
            member,
            "header-name",
            format!("`{name}` is not the name of a header"),
            "use letters, digits and hyphens",
        ));
    }
}

/// Checks the method, the status and the URI of an operation, and that its members have a place.
pub(super) fn check_operation(
    model: &Model,
    shape: &Shape,
    operation: &Operation,
    problems: &mut Problems,
) {
    let Some(http) = shape.traits.get::<Http>() else {
        return;
    };
    let input = model.structure(operation.input.as_ref());
    check_method_and_status(shape, http, problems);
    match &http.pattern {
        Ok(pattern) => check_labels(shape, http, pattern, input, problems),
        Err(why) => {
            let uri = &http.uri;
            problems.push(of_operation(
                shape,
                &http.place,
                "uri-form",
                format!("the URI `{uri}` is not well-formed: {why}"),
                "write a path such as /rooms/{RoomId}, with labels as whole segments",
            ));
            return;
        }
    }
    check_payload(model, shape, operation, problems);
    check_host_prefix(shape, input, problems);
}

/// A problem of an operation, at one of its traits.
fn of_operation(
    shape: &Shape,
    place: &Place,
    rule: &'static str,
    message: impl Into<String>,
    help: &str,
) -> Diagnostic {
    Diagnostic::new(rule, message, help)
        .at(place.location())
        .on(shape.id.as_str())
}

fn check_method_and_status(shape: &Shape, http: &Http, problems: &mut Problems) {
    if let Some(code) = &http.code
        && !(200..=299).contains(&code.value)
    {
        problems.push(of_operation(
            shape,
            &code.place,
            "http-code",
            "this is not a success status",
            "use a status from 200 to 299",
        ));
    }
    let method = &http.method;
    if method.value.is_empty() || !method.value.chars().all(|c| c.is_ascii_alphabetic()) {
        problems.push(of_operation(
            shape,
            &method.place,
            "http-method",
            "this is not an HTTP method",
            "use GET, POST, PUT, PATCH, DELETE or HEAD",
        ));
    }
}

/// Checks that labels and members correspond one to one.
fn check_labels(
    shape: &Shape,
    http: &Http,
    pattern: &UriPattern,
    input: Option<&Shape>,
    problems: &mut Problems,
) {
    let labels: Vec<&str> = pattern.labels().collect();
    for (i, label) in labels.iter().enumerate() {
        if labels[..i].contains(label) {
            problems.push(of_operation(
                shape,
                &http.place,
                "label-twice",
                format!("the label `{{{label}}}` appears twice in the URI"),
                "give each label a member of its own",
            ));
        }
        let member = input.and_then(|input| input.member(label));
        if !member.is_some_and(|member| member.traits.has::<HttpLabel>()) {
            problems.push(of_operation(
                shape,
                &http.place,
                "label-without-member",
                format!("the URI has the label `{{{label}}}`, but no member of the input is bound to it"),
                "add a member of that name with the traits `smithy.api#httpLabel` and `smithy.api#required`",
            ));
        }
    }
    let Some(input) = input else {
        return;
    };
    for member in &input.members {
        if member.traits.has::<HttpLabel>() && !labels.contains(&member.name.as_str()) {
            problems.push(report_member(
                input,
                member,
                "member-without-label",
                format!(
                    "the member is bound to a label, but the URI of `{}` has no `{{{}}}`",
                    shape.id, member.name
                ),
                "add the label to the URI, or remove the trait from the member",
            ));
        }
    }
}

fn check_payload(model: &Model, shape: &Shape, operation: &Operation, problems: &mut Problems) {
    let is_bound = |member: &&Member| !Binding::all(&member.traits).is_empty();
    for target in operation.input.iter().chain(&operation.output) {
        let Some(structure) = model.get(&target.id) else {
            continue;
        };
        let members = || structure.members.iter();
        let unbound = members().find(|member| !is_bound(member));
        let payload = members().find(|member| member.traits.has::<HttpPayload>());
        if let (Some(unbound), Some(payload)) = (unbound, payload) {
            problems.push(report_member(
                structure,
                unbound,
                "payload-and-body",
                format!(
                    "`{}` is the whole body, so there is no place for this member",
                    payload.name
                ),
                "bind it to a header or the query, or remove `smithy.api#httpPayload` from the other",
            ));
        }
        for member in members() {
            let target = model.target(member);
            let streams = target.is_some_and(|shape| shape.traits.has::<Streaming>());
            if streams && !member.traits.has::<HttpPayload>() {
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

fn check_host_prefix(shape: &Shape, input: Option<&Shape>, problems: &mut Problems) {
    let (Some(endpoint), Some(place)) = (
        shape.traits.get::<Endpoint>(),
        shape.traits.place::<Endpoint>(),
    ) else {
        return;
    };
    for segment in &endpoint.host_prefix {
        let Segment::Label(name) = segment else {
            continue;
        };
        let member = input.and_then(|input| input.member(name));
        if !member.is_some_and(|member| member.traits.has::<HostLabel>()) {
            problems.push(of_operation(
                shape,
                place,
                "host-label-without-member",
                format!("the host prefix has the label `{{{name}}}`, but no member of the input is bound to it"),
                "add a member of that name with the traits `smithy.api#hostLabel` and `smithy.api#required`",
            ));
        }
    }
}

/// Checks that every operation has a method and a URI.
pub(super) fn check_presence(
    protocol: &dyn Protocol,
    selection: &Selection<'_>,
    problems: &mut Problems,
) {
    for shape in &selection.operations {
        if !shape.traits.has::<Http>() {
            problems.push(report(
                shape,
                "http-missing",
                "the operation has no method and URI",
                format!(
                    "give it the trait `smithy.api#http`, which {} needs",
                    protocol.name()
                ),
            ));
        }
    }
}

/// The headers and query parameters that all requests of an operation have.
fn required_parts(model: &Model, operation: &Shape) -> BTreeSet<String> {
    let Kind::Operation(kind) = &operation.kind else {
        return BTreeSet::new();
    };
    let members = model.structure(kind.input.as_ref()).map(|it| &it.members);
    let required = members
        .into_iter()
        .flatten()
        .filter(|member| member.traits.has::<Required>());
    required
        .flat_map(|member| Binding::all(&member.traits))
        .filter_map(|binding| match binding {
            Binding::Header(name) => Some(name.to_lowercase()),
            Binding::Query(name) => Some(format!("?{name}")),
            _ => None,
        })
        .collect()
}

/// Checks that no two operations have the same requests.
pub(super) fn check_conflicts(model: &Model, selection: &Selection<'_>, problems: &mut Problems) {
    let mut seen: BTreeMap<(&str, String, BTreeSet<String>), &Shape> = BTreeMap::new();
    for shape in &selection.operations {
        // Requests to different hosts do not conflict.
        if shape.traits.has::<Endpoint>() || shape.traits.has::<StaticContextParams>() {
            continue;
        }
        let Some(http) = shape.traits.get::<Http>() else {
            continue;
        };
        let Ok(pattern) = &http.pattern else {
            continue;
        };
        let method = http.method.value.as_str();
        let key = (method, pattern.anonymous(), required_parts(model, shape));
        if let Some(first) = seen.insert(key, shape) {
            problems.push(report(
                shape,
                "http-conflict",
                format!(
                    "this operation has the same method and URI pattern as `{}`",
                    first.id
                ),
                "change the method or URI of one of them",
            ));
        }
    }
}
