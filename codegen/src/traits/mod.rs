//! Every trait that the generator knows: the form of its value, where it may be applied, and what
//! becomes of it. A trait that is not in this table is an error.

mod check;
mod support;

pub(crate) use check::check_values;
pub(crate) use support::{Lack, What, lacks};

/// What becomes of a trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Support {
    /// It shapes the generated code.
    Used,
    /// A client that leaves it out does nothing wrong; the reason is beside it.
    NoEffect(&'static str),
    /// It changes what a client must do, and the generator cannot do it yet.
    Unsupported(&'static str),
    /// The same, where this field of the trait is true.
    UnsupportedIf(&'static str, &'static str),
}

/// The form of a trait's value.
#[derive(Debug)]
enum Form {
    /// `{}`
    Annotation,
    Text,
    Number,
    Integer,
    Boolean,
    Any,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    List(&'static Form),
    /// An object with these fields and no others.
    Object(&'static [Field]),
    /// An object with these fields; others get a warning.
    Open(&'static [Field]),
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

/// What a streaming union and its traits ask for.
pub(crate) const EVENT_STREAMS: &str = "event streams";

const XML: &str = "it shapes XML, and the protocol is JSON";
const SERVER: &str = "the service checks it; the documentation says it";
const TOOLS: &str = "it is for other tools";
const PROTOCOL: &str = "it belongs to another protocol than the one that is used";
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
        Form::Open(&[
            must("sdkId", Form::Text),
            may("arnNamespace", Form::Text),
            may("cloudFormationName", Form::Text),
            may("cloudTrailEventSource", Form::Text),
            may("docId", Form::Text),
            may("endpointPrefix", Form::Text),
        ]),
        &[On::Service],
    ),
    // Authentication: `auth.rs` decides which scheme an operation uses.
    used(
        "aws.auth#sigv4",
        Form::Object(&[must("name", Form::Text)]),
        &[On::Service],
    ),
    used("aws.auth#sigv4a", Form::Any, &[On::Service]),
    used("aws.auth#cognitoUserPools", Form::Any, &[On::Service]),
    used("smithy.api#httpApiKeyAuth", Form::Any, &[On::Service]),
    used("smithy.api#httpBasicAuth", Form::Any, &[On::Service]),
    used("smithy.api#httpBearerAuth", Form::Any, &[On::Service]),
    used("smithy.api#httpDigestAuth", Form::Any, &[On::Service]),
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
    // A service with this trait alone is refused, in `rules`.
    no_effect(
        "smithy.rules#endpointBdd",
        Form::Any,
        "it says what `smithy.rules#endpointRuleSet` says, which is used",
    ),
    // Nothing to do
    no_effect("smithy.api#cors", Form::Any, "it is for browsers"),
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
    no_effect("aws.protocols#awsJson1_0", Form::Any, PROTOCOL),
    no_effect("aws.protocols#awsJson1_1", Form::Any, PROTOCOL),
    no_effect("aws.protocols#awsQuery", Form::Any, PROTOCOL),
    no_effect("aws.protocols#awsQueryCompatible", Form::Any, PROTOCOL),
    no_effect("aws.protocols#awsQueryError", Form::Any, PROTOCOL),
    no_effect("aws.protocols#ec2Query", Form::Any, PROTOCOL),
    no_effect("aws.protocols#ec2QueryName", Form::Any, PROTOCOL),
    no_effect("aws.protocols#restXml", Form::Any, PROTOCOL),
    no_effect("smithy.protocols#rpcv2Cbor", Form::Any, PROTOCOL),
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
        "aws.api#clientEndpointDiscovery",
        Form::Any,
        "operations that require a discovered endpoint say so themselves",
    ),
    no_effect("aws.api#controlPlane", Form::Any, TOOLS),
    no_effect("aws.api#data", Form::Any, TOOLS),
    no_effect("aws.api#dataPlane", Form::Any, TOOLS),
    no_effect("aws.api#tagEnabled", Form::Any, TOOLS),
    no_effect("aws.api#taggable", Form::Any, TOOLS),
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
    Known {
        id: "aws.api#clientDiscoveredEndpoint",
        form: Form::Object(&[must("required", Form::Boolean)]),
        on: &[On::Operation],
        support: Support::UnsupportedIf("endpoint discovery", "required"),
    },
    unsupported("aws.auth#unsignedPayload", "signing without the payload"),
    unsupported(
        "aws.customizations#s3UnwrappedXmlOutput",
        "Amazon S3's unwrapped XML",
    ),
    unsupported("aws.protocols#httpChecksum", "checksums of messages"),
    unsupported("smithy.api#eventHeader", EVENT_STREAMS),
    unsupported("smithy.api#eventPayload", EVENT_STREAMS),
    unsupported("smithy.api#httpChecksumRequired", "checksums of requests"),
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
        "smithy.rules#operationContextParams",
        "endpoint parameters from members",
    ),
    unsupported(
        "smithy.rules#staticContextParams",
        "endpoint parameters of operations",
    ),
];

/// Looks up a trait.
fn known(id: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

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
                Support::NoEffect(why)
                | Support::Unsupported(why)
                | Support::UnsupportedIf(why, _) => {
                    assert!(!why.is_empty(), "{}", known.id)
                }
            }
        }
    }
}
