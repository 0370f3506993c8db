//! Every trait that the generator knows: the form of its value, where it may stand, and what
//! becomes of it. A trait that is not in this table is an error.

use crate::diagnostic::Diagnostic;
use crate::json::{Node, Value};
use crate::model::{Applied, Kind, Model, Shape};
use std::collections::BTreeSet;

/// What becomes of a trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Support {
    /// It shapes the generated code.
    Used,
    /// A client that leaves it out does nothing wrong; the reason is beside it.
    NoEffect(&'static str),
    /// It changes what a client must do, and the generator cannot do it yet.
    Unsupported(&'static str),
}

/// The form of a trait's value.
#[derive(Debug)]
enum Form {
    /// `{}`
    Annotation,
    Text,
    Number,
    Integer,
    Any,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    List(&'static Form),
    /// An object with these fields and no others.
    Object(&'static [Field]),
    /// An object whose values are of this form.
    MapOf(&'static Form),
    /// Text or a number.
    TextOrInteger,
}

#[derive(Debug)]
struct Field {
    name: &'static str,
    form: Form,
    required: bool,
}

const fn must(name: &'static str, form: Form) -> Field {
    Field {
        name,
        form,
        required: true,
    }
}

const fn may(name: &'static str, form: Form) -> Field {
    Field {
        name,
        form,
        required: false,
    }
}

/// What a trait may stand on; an empty list allows everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    Member,
    Structure,
    Union,
    Operation,
    Service,
    /// Any data shape that is not a member.
    Data,
}

#[derive(Debug)]
pub(crate) struct Known {
    id: &'static str,
    form: Form,
    on: &'static [On],
    pub(crate) support: Support,
}

const fn used(id: &'static str, form: Form, on: &'static [On]) -> Known {
    Known {
        id,
        form,
        on,
        support: Support::Used,
    }
}

const fn no_effect(id: &'static str, form: Form, why: &'static str) -> Known {
    Known {
        id,
        form,
        on: &[],
        support: Support::NoEffect(why),
    }
}

const fn unsupported(id: &'static str, what: &'static str) -> Known {
    Known {
        id,
        form: Form::Any,
        on: &[],
        support: Support::Unsupported(what),
    }
}

const XML: &str = "it shapes XML, and the protocol is JSON";
const SERVER: &str = "the service checks it; the documentation says it";
const TOOLS: &str = "it speaks to other tools";
const TEST: &str = "it describes tests";

/// The table.
const KNOWN: &[Known] = &[
    // Shapes and values
    used("smithy.api#addedDefault", Form::Annotation, &[On::Member]),
    used("smithy.api#box", Form::Annotation, &[]),
    used("smithy.api#clientOptional", Form::Annotation, &[On::Member]),
    used("smithy.api#default", Form::Any, &[On::Member, On::Data]),
    used("smithy.api#enumValue", Form::TextOrInteger, &[On::Member]),
    used(
        "smithy.api#error",
        Form::OneOf(&["client", "server"]),
        &[On::Structure],
    ),
    used("smithy.api#input", Form::Annotation, &[On::Structure]),
    used("smithy.api#output", Form::Annotation, &[On::Structure]),
    used(
        "smithy.api#mixin",
        Form::Object(&[
            may("localTraits", Form::List(&Form::Text)),
            may("interface", Form::Any),
        ]),
        &[],
    ),
    used("smithy.api#required", Form::Annotation, &[On::Member]),
    used(
        "smithy.api#retryable",
        Form::Object(&[may("throttling", Form::Any)]),
        &[On::Structure],
    ),
    used("smithy.api#sensitive", Form::Annotation, &[]),
    used("smithy.api#sparse", Form::Annotation, &[On::Data]),
    used(
        "smithy.api#idempotencyToken",
        Form::Annotation,
        &[On::Member],
    ),
    // Ours
    used(
        "chime.sdk#batch",
        Form::Object(&[
            must("items", Form::Text),
            may("key", Form::Text),
            must("failures", Form::Text),
            must("failureKey", Form::Text),
            must("failureCode", Form::Text),
            may("failureMessage", Form::Text),
            may("limit", Form::Integer),
            may("retry", Form::List(&Form::Text)),
            may("throttle", Form::List(&Form::Text)),
            may("done", Form::List(&Form::Text)),
            must("repeat", Form::OneOf(&["safe", "unsafe"])),
        ]),
        &[On::Operation],
    ),
    // Documentation and constraints
    used("smithy.api#documentation", Form::Text, &[]),
    used(
        "smithy.api#deprecated",
        Form::Object(&[may("message", Form::Text), may("since", Form::Text)]),
        &[],
    ),
    used(
        "smithy.api#length",
        Form::Object(&[may("min", Form::Integer), may("max", Form::Integer)]),
        &[On::Member, On::Data],
    ),
    used("smithy.api#pattern", Form::Text, &[On::Member, On::Data]),
    used(
        "smithy.api#range",
        Form::Object(&[may("min", Form::Number), may("max", Form::Number)]),
        &[On::Member, On::Data],
    ),
    used("smithy.api#title", Form::Text, &[]),
    used("smithy.api#uniqueItems", Form::Annotation, &[]),
    // HTTP and the protocol
    used(
        "aws.protocols#restJson1",
        Form::Object(&[
            may("http", Form::List(&Form::Text)),
            may("eventStreamHttp", Form::List(&Form::Text)),
        ]),
        &[On::Service],
    ),
    used(
        "smithy.api#endpoint",
        Form::Object(&[must("hostPrefix", Form::Text)]),
        &[On::Operation],
    ),
    used("smithy.api#hostLabel", Form::Annotation, &[On::Member]),
    used(
        "smithy.api#http",
        Form::Object(&[
            must("method", Form::Text),
            must("uri", Form::Text),
            may("code", Form::Integer),
        ]),
        &[On::Operation],
    ),
    used("smithy.api#httpError", Form::Integer, &[On::Structure]),
    used("smithy.api#httpHeader", Form::Text, &[On::Member]),
    used("smithy.api#httpLabel", Form::Annotation, &[On::Member]),
    used("smithy.api#httpPayload", Form::Annotation, &[On::Member]),
    used("smithy.api#httpPrefixHeaders", Form::Text, &[On::Member]),
    used("smithy.api#httpQuery", Form::Text, &[On::Member]),
    used(
        "smithy.api#httpQueryParams",
        Form::Annotation,
        &[On::Member],
    ),
    used(
        "smithy.api#httpResponseCode",
        Form::Annotation,
        &[On::Member],
    ),
    used("smithy.api#jsonName", Form::Text, &[On::Member]),
    used("smithy.api#mediaType", Form::Text, &[]),
    used("smithy.api#streaming", Form::Annotation, &[On::Data]),
    used(
        "smithy.api#timestampFormat",
        Form::OneOf(&["date-time", "http-date", "epoch-seconds"]),
        &[On::Member, On::Data],
    ),
    // The service
    used(
        "aws.api#service",
        Form::Object(&[
            must("sdkId", Form::Text),
            may("arnNamespace", Form::Text),
            may("cloudFormationName", Form::Text),
            may("cloudTrailEventSource", Form::Text),
            may("docId", Form::Text),
            may("endpointPrefix", Form::Text),
        ]),
        &[On::Service],
    ),
    used(
        "aws.auth#sigv4",
        Form::Object(&[must("name", Form::Text)]),
        &[On::Service],
    ),
    used(
        "smithy.api#auth",
        Form::List(&Form::Text),
        &[On::Service, On::Operation],
    ),
    used(
        "smithy.api#optionalAuth",
        Form::Annotation,
        &[On::Operation],
    ),
    used(
        "smithy.api#paginated",
        Form::Object(&[
            may("inputToken", Form::Text),
            may("outputToken", Form::Text),
            may("items", Form::Text),
            may("pageSize", Form::Text),
        ]),
        &[On::Service, On::Operation],
    ),
    used(
        "smithy.rules#endpointRuleSet",
        Form::MapOf(&Form::Any),
        &[On::Service],
    ),
    used(
        "smithy.rules#endpointTests",
        Form::MapOf(&Form::Any),
        &[On::Service],
    ),
    // Nothing to do
    no_effect("smithy.api#cors", Form::Any, "it speaks to browsers"),
    no_effect(
        "smithy.api#examples",
        Form::Any,
        "examples are not part of the interface",
    ),
    no_effect("smithy.api#externalDocumentation", Form::Any, TOOLS),
    no_effect(
        "smithy.api#idempotent",
        Form::Annotation,
        "retries are safe or not by the error's kind",
    ),
    no_effect("smithy.api#internal", Form::Any, TOOLS),
    no_effect("smithy.api#nestedProperties", Form::Any, TOOLS),
    no_effect("smithy.api#noReplace", Form::Any, TOOLS),
    no_effect("smithy.api#notProperty", Form::Any, TOOLS),
    no_effect(
        "smithy.api#private",
        Form::Any,
        "it limits references between models",
    ),
    no_effect("smithy.api#property", Form::Any, TOOLS),
    no_effect(
        "smithy.api#readonly",
        Form::Annotation,
        "retries are safe or not by the error's kind",
    ),
    no_effect("smithy.api#recommended", Form::Any, TOOLS),
    no_effect("smithy.api#references", Form::Any, TOOLS),
    no_effect("smithy.api#requiresLength", Form::Annotation, SERVER),
    no_effect("smithy.api#resourceIdentifier", Form::Any, TOOLS),
    no_effect("smithy.api#since", Form::Any, TOOLS),
    no_effect("smithy.api#suppress", Form::Any, TOOLS),
    no_effect("smithy.api#tags", Form::Any, TOOLS),
    no_effect("smithy.api#trait", Form::Any, "it defines a trait"),
    no_effect(
        "smithy.api#traitValidators",
        Form::Any,
        "it defines a trait",
    ),
    no_effect("smithy.api#authDefinition", Form::Any, "it defines a trait"),
    no_effect(
        "smithy.api#protocolDefinition",
        Form::Any,
        "it defines a trait",
    ),
    no_effect("smithy.api#idRef", Form::Any, "it defines a trait"),
    no_effect("smithy.api#unitType", Form::Any, TOOLS),
    no_effect("smithy.api#unstable", Form::Any, TOOLS),
    no_effect("smithy.api#xmlAttribute", Form::Any, XML),
    no_effect("smithy.api#xmlFlattened", Form::Any, XML),
    no_effect("smithy.api#xmlName", Form::Any, XML),
    no_effect("smithy.api#xmlNamespace", Form::Any, XML),
    no_effect("smithy.test#eventStreamTests", Form::Any, TEST),
    no_effect("smithy.test#httpMalformedRequestTests", Form::Any, TEST),
    no_effect("smithy.test#httpRequestTests", Form::Any, TEST),
    no_effect("smithy.test#httpResponseTests", Form::Any, TEST),
    no_effect("smithy.test#smokeTests", Form::Any, TEST),
    no_effect(
        "smithy.waiters#waitable",
        Form::Any,
        "a waiter is a convenience beside the operations",
    ),
    no_effect("aws.api#arn", Form::Any, TOOLS),
    no_effect("aws.api#arnReference", Form::Any, TOOLS),
    no_effect(
        "aws.api#clientDiscoveredEndpoint",
        Form::Any,
        "the service's own endpoint answers too",
    ),
    no_effect("aws.api#controlPlane", Form::Any, TOOLS),
    no_effect("aws.api#data", Form::Any, TOOLS),
    no_effect("aws.api#dataPlane", Form::Any, TOOLS),
    no_effect("aws.api#tagEnabled", Form::Any, TOOLS),
    no_effect("aws.api#taggable", Form::Any, TOOLS),
    no_effect(
        "aws.auth#cognitoUserPools",
        Form::Any,
        "the service takes signed requests too",
    ),
    no_effect(
        "aws.endpoints#dualStackOnlyEndpoints",
        Form::Any,
        "the endpoint rules say it",
    ),
    no_effect(
        "aws.endpoints#endpointsModifier",
        Form::Any,
        "the endpoint rules say it",
    ),
    no_effect(
        "aws.endpoints#rulesBasedEndpoints",
        Form::Any,
        "the endpoint rules say it",
    ),
    no_effect(
        "aws.endpoints#standardPartitionalEndpoints",
        Form::Any,
        "the endpoint rules say it",
    ),
    no_effect(
        "aws.endpoints#standardRegionalEndpoints",
        Form::Any,
        "the endpoint rules say it",
    ),
    no_effect("aws.iam#actionName", Form::Any, TOOLS),
    no_effect("aws.iam#actionPermissionDescription", Form::Any, TOOLS),
    no_effect("aws.iam#conditionKeyValue", Form::Any, TOOLS),
    no_effect("aws.iam#conditionKeys", Form::Any, TOOLS),
    no_effect("aws.iam#defineConditionKeys", Form::Any, TOOLS),
    no_effect("aws.iam#disableConditionKeyInference", Form::Any, TOOLS),
    no_effect("aws.iam#iamAction", Form::Any, TOOLS),
    no_effect("aws.iam#iamResource", Form::Any, TOOLS),
    no_effect("aws.iam#requiredActions", Form::Any, TOOLS),
    no_effect("aws.iam#serviceResolvedConditionKeys", Form::Any, TOOLS),
    no_effect("aws.iam#supportedPrincipalTypes", Form::Any, TOOLS),
    no_effect(
        "aws.cloudformation#cfnAdditionalIdentifier",
        Form::Any,
        TOOLS,
    ),
    no_effect("aws.cloudformation#cfnExcludeProperty", Form::Any, TOOLS),
    no_effect("aws.cloudformation#cfnMutability", Form::Any, TOOLS),
    no_effect("aws.cloudformation#cfnName", Form::Any, TOOLS),
    no_effect("aws.cloudformation#cfnResource", Form::Any, TOOLS),
    // A client has to act on these
    unsupported("aws.api#clientEndpointDiscovery", "endpoint discovery"),
    unsupported("aws.auth#sigv4a", "signing with SigV4a"),
    unsupported("aws.auth#unsignedPayload", "signing without the payload"),
    unsupported(
        "aws.customizations#s3UnwrappedXmlOutput",
        "Amazon S3's unwrapped XML",
    ),
    unsupported("aws.protocols#awsJson1_0", "the protocol awsJson1_0"),
    unsupported("aws.protocols#awsJson1_1", "the protocol awsJson1_1"),
    unsupported("aws.protocols#awsQuery", "the protocol awsQuery"),
    unsupported(
        "aws.protocols#awsQueryCompatible",
        "codes of the awsQuery protocol",
    ),
    unsupported(
        "aws.protocols#awsQueryError",
        "codes of the awsQuery protocol",
    ),
    unsupported("aws.protocols#ec2Query", "the protocol ec2Query"),
    unsupported("aws.protocols#ec2QueryName", "the protocol ec2Query"),
    unsupported("aws.protocols#httpChecksum", "checksums of messages"),
    unsupported("aws.protocols#restXml", "the protocol restXml"),
    unsupported("smithy.protocols#rpcv2Cbor", "the protocol rpcv2Cbor"),
    unsupported("smithy.api#eventHeader", "event streams"),
    unsupported("smithy.api#eventPayload", "event streams"),
    unsupported("smithy.api#httpApiKeyAuth", "authentication with API keys"),
    unsupported("smithy.api#httpBasicAuth", "HTTP basic authentication"),
    unsupported(
        "smithy.api#httpBearerAuth",
        "authentication with bearer tokens",
    ),
    unsupported("smithy.api#httpChecksumRequired", "checksums of requests"),
    unsupported("smithy.api#httpDigestAuth", "HTTP digest authentication"),
    unsupported("smithy.api#requestCompression", "compressed requests"),
    unsupported(
        "smithy.rules#clientContextParams",
        "endpoint parameters from the client's settings",
    ),
    unsupported(
        "smithy.rules#contextParam",
        "endpoint parameters from members",
    ),
    unsupported(
        "smithy.rules#endpointBdd",
        "endpoint rules as decision diagrams",
    ),
    unsupported(
        "smithy.rules#operationContextParams",
        "endpoint parameters from members",
    ),
    unsupported(
        "smithy.rules#staticContextParams",
        "endpoint parameters of operations",
    ),
];

/// Looks a trait up.
pub(crate) fn known(id: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.id == id)
}

/// Checks the form and the place of every trait in the model.
pub(crate) fn check_values(model: &Model, problems: &mut Vec<Diagnostic>) {
    for shape in model.shapes.values() {
        for (id, applied) in shape.traits.iter() {
            let target = match shape.kind {
                Kind::Structure => &[On::Structure, On::Data][..],
                Kind::Union => &[On::Union, On::Data],
                Kind::Operation(_) => &[On::Operation],
                Kind::Service(_) => &[On::Service],
                Kind::Resource(_) => &[],
                _ => &[On::Data],
            };
            check(
                id,
                applied,
                target,
                shape.kind.name(),
                shape.id.as_str(),
                problems,
            );
        }
        for member in &shape.members {
            for (id, applied) in member.traits.iter() {
                check(
                    id,
                    applied,
                    &[On::Member],
                    "member",
                    &shape.member_id(member),
                    problems,
                );
            }
        }
    }
}

fn check(
    id: &str,
    applied: &Applied,
    target: &[On],
    kind: &str,
    on: &str,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(known) = known(id) else {
        return;
    };
    if !known.on.is_empty() && !known.on.iter().any(|allowed| target.contains(allowed)) {
        problems.push(
            Diagnostic::new(
                "trait-target",
                format!("the trait `{id}` has no meaning on a {kind}"),
                "remove it, or move it to the shape that it is meant for",
            )
            .at(applied.place.location())
            .on(on),
        );
    }
    check_form(
        &known.form,
        &applied.value,
        &format!("the trait `{id}`"),
        on,
        problems,
    );
}

fn check_form(form: &Form, node: &Node, what: &str, on: &str, problems: &mut Vec<Diagnostic>) {
    let expected = match (form, &node.value) {
        (Form::Any, _) | (Form::Text, Value::String(_)) | (Form::Number, Value::Number(_)) => {
            return;
        }
        (Form::TextOrInteger, Value::String(_)) => return,
        (Form::Annotation, Value::Object(entries)) if entries.is_empty() => return,
        (Form::Integer | Form::TextOrInteger, Value::Number(_)) if node.as_i64().is_some() => {
            return;
        }
        (Form::OneOf(texts), Value::String(text)) if texts.contains(&text.as_str()) => return,
        (Form::List(item), Value::Array(items)) => {
            let what = format!("an item of {what}");
            items
                .iter()
                .for_each(|node| check_form(item, node, &what, on, problems));
            return;
        }
        (Form::MapOf(form), Value::Object(entries)) => {
            for entry in entries {
                check_form(
                    form,
                    &entry.value,
                    &format!("`{}` of {what}", entry.key),
                    on,
                    problems,
                );
            }
            return;
        }
        (Form::Object(fields), Value::Object(_)) => {
            check_fields(fields, node, what, on, problems);
            return;
        }
        (Form::Annotation, _) => "an empty object, {}".to_owned(),
        (Form::Text, _) => "a string".to_owned(),
        (Form::Number, _) => "a number".to_owned(),
        (Form::Integer, _) => "a whole number".to_owned(),
        (Form::TextOrInteger, _) => "a string or a whole number".to_owned(),
        (Form::List(_), _) => "an array".to_owned(),
        (Form::Object(_) | Form::MapOf(_), _) => "an object".to_owned(),
        (Form::OneOf(texts), _) => format!("one of \"{}\"", texts.join("\", \"")),
    };
    let found = match &node.value {
        Value::String(text) => format!("\"{text}\""),
        Value::Number(text) => text.clone(),
        _ => node.kind().to_owned(),
    };
    problems.push(
        Diagnostic::new(
            "trait-value",
            format!("{what} must be {expected}, not {found}"),
            format!("write {expected}"),
        )
        .at(node.place.location())
        .on(on),
    );
}

fn check_fields(
    fields: &[Field],
    node: &Node,
    what: &str,
    on: &str,
    problems: &mut Vec<Diagnostic>,
) {
    let entries = node.as_object().unwrap_or_default();
    for entry in entries {
        match fields.iter().find(|field| field.name == entry.key) {
            Some(field) => {
                check_form(
                    &field.form,
                    &entry.value,
                    &format!("`{}` of {what}", entry.key),
                    on,
                    problems,
                );
            }
            None => {
                let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
                problems.push(
                    Diagnostic::new(
                        "trait-value",
                        format!("{what} has no `{}`", entry.key),
                        format!("it has: {}", names.join(", ")),
                    )
                    .at(entry.key_place.location())
                    .on(on),
                );
            }
        }
    }
    for field in fields.iter().filter(|field| field.required) {
        if node.get(field.name).is_none() {
            problems.push(
                Diagnostic::new(
                    "trait-value",
                    format!("{what} lacks `{}`", field.name),
                    format!("add `{}`", field.name),
                )
                .at(node.place.location())
                .on(on),
            );
        }
    }
}

/// Reports traits of a shape that is to be generated and that the generator cannot honour.
pub(crate) fn check_support(
    shape: &Shape,
    needed_by: &str,
    ignored: &BTreeSet<String>,
    problems: &mut Vec<Diagnostic>,
) {
    let on_shape = shape
        .traits
        .iter()
        .map(|(id, applied)| (id, applied, shape.id.as_str().to_owned()));
    let on_members = shape.members.iter().flat_map(|member| {
        let on = shape.member_id(member);
        member
            .traits
            .iter()
            .map(move |(id, applied)| (id, applied, on.clone()))
    });
    for (id, applied, on) in on_shape.chain(on_members) {
        if !ignored.contains(id) {
            problems.extend(
                unsupported_use(id, needed_by)
                    .map(|problem| problem.at(applied.place.location()).on(on)),
            );
        }
    }
}

fn unsupported_use(id: &str, needed_by: &str) -> Option<Diagnostic> {
    match known(id).map(|known| known.support) {
        Some(Support::Used | Support::NoEffect(_)) => None,
        Some(Support::Unsupported(what)) => Some(Diagnostic::new(
            "unsupported-trait",
            format!("the trait `{id}` asks for {what}, which the generator cannot do yet"),
            format!(
                "leave the operations that need it{needed_by} out of sdk.toml, or, if the service works \
                 without it, list the trait there under `ignore-traits`"
            ),
        )),
        None => Some(Diagnostic::new(
            "unknown-trait",
            format!("the generator does not know the trait `{id}`"),
            "if it changes nothing on the wire, list it in sdk.toml under `ignore-traits`; \
             otherwise add it to codegen/src/traits.rs",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_trait_is_listed_twice() {
        let ids: BTreeSet<&str> = KNOWN.iter().map(|known| known.id).collect();
        assert_eq!(ids.len(), KNOWN.len());
    }

    #[test]
    fn every_reason_is_given() {
        for known in KNOWN {
            match known.support {
                Support::Used => {}
                Support::NoEffect(why) | Support::Unsupported(why) => {
                    assert!(!why.is_empty(), "{}", known.id)
                }
            }
        }
    }
}
