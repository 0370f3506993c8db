//! Protocols: how the messages of a service are sent. A protocol is a file here and a line in a list.

mod aws_json;
mod aws_query;
mod ec2_query;
mod http;
mod names;
mod rest_json_1;
mod rest_xml;
mod rpc;
mod rpc_v2_cbor;

use crate::diagnostic::{Diagnostic, Problems, listed};
use crate::model::{Model, Shape};
use crate::select::Selection;
use crate::settings::Settings;
use crate::traits::http::Binding;
use crate::traits::{Trait, Traits, protocols};
use std::fmt;

/// A protocol that the generator supports.
pub(crate) trait Protocol: fmt::Debug + Sync {
    /// The ID of its trait, which services have that support it.
    fn id(&self) -> &'static str;

    /// Its name in botocore.
    fn botocore_name(&self) -> &'static str;

    /// The name of the type that implements it for a service, in the runtime's module of protocols.
    fn runtime_type(&self, service: &Traits) -> &'static str;

    /// The feature of the runtime that the type needs.
    fn runtime_feature(&self) -> &'static str;

    /// Whether requests and responses may consist of events.
    fn has_event_streams(&self) -> bool {
        true
    }

    /// The IDs of the traits that it reads, among those that only some protocols read. The others have
    /// no effect.
    fn reads(&self) -> &'static [&'static str];

    /// The first line of an operation's requests; `None` if the operation lacks what the protocol
    /// requires, which `check_selection` reports.
    fn request_line(&self, operation: &Shape) -> Option<RequestLine>;

    /// Reports what the protocol does not allow in a shape in scope.
    fn check_shape(&self, model: &Model, shape: &Shape, problems: &mut Problems);

    /// Reports what the selected operations and their shapes lack, and conflicts between them.
    fn check_selection(&self, model: &Model, selection: &Selection<'_>, problems: &mut Problems);
}

/// How requests of an operation begin, and the status of its successful responses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestLine {
    pub(crate) method: String,
    pub(crate) uri: String,
    pub(crate) status: u16,
}

/// The supported protocols. The first one that a service supports is used, unless `sdk.toml` chooses.
/// The order is that of AWS's own SDKs.
const SUPPORTED: &[&dyn Protocol] = &[
    &rpc_v2_cbor::RpcV2Cbor,
    &aws_json::AwsJson1_0,
    &aws_json::AwsJson1_1,
    &rest_json_1::RestJson1,
    &rest_xml::RestXml,
    &aws_query::AwsQuery,
    &ec2_query::Ec2Query,
];

impl dyn Protocol + '_ {
    /// The protocol's name, such as `restJson1`.
    pub(crate) fn name(&self) -> &'static str {
        protocols::name(self.id())
    }

    /// A trait that only some protocols read; `None` if this one does not read it.
    pub(crate) fn get<'t, T: Trait>(&self, traits: &'t Traits) -> Option<&'t T> {
        traits.get().filter(|_| self.reads().contains(&T::ID))
    }

    /// Which part of an HTTP message a member is bound to; `None` if the protocol puts it into the body.
    pub(crate) fn binding(&self, member: &Traits) -> Option<Binding> {
        let mut bindings = Binding::all(member).into_iter();
        bindings.find(|binding| self.reads().contains(&binding.id()))
    }
}

/// The protocol that is used for a service. A service without a supported protocol is reported and not
/// checked further, since traits mean different things in different protocols.
pub(crate) fn of(
    service: &Shape,
    settings: &Settings,
    problems: &mut Problems,
) -> Option<&'static dyn Protocol> {
    let spoken: Vec<_> = protocols::spoken(&service.traits).collect();
    let names: Vec<&str> = spoken.iter().map(|(id, _)| protocols::name(id)).collect();
    let mut usable = SUPPORTED
        .iter()
        .filter(|protocol| spoken.iter().any(|(id, _)| *id == protocol.id()));
    let used = match &settings.protocol {
        Some((name, at)) if !names.is_empty() => {
            let chosen = usable.find(|protocol| protocol.name() == name);
            if chosen.is_none() {
                problems.push(
                    Diagnostic::new(
                        "protocol",
                        format!("the service does not support `{name}`"),
                        format!("choose {}, or leave `protocol` out", listed(&names)),
                    )
                    .at(at.clone())
                    .on(service.id.as_str()),
                );
                return None;
            }
            chosen
        }
        _ => usable.next(),
    };
    if let Some(protocol) = used {
        return Some(*protocol);
    }
    let (message, place) = match spoken.first() {
        Some((_, place)) => (
            format!(
                "the service supports {}; the generator supports only {}",
                listed(&names),
                listed(&supported(|protocol| protocol.name()))
            ),
            *place,
        ),
        None => (
            "the service has no protocol that the generator supports".to_owned(),
            &service.place,
        ),
    };
    let ids = supported(|protocol| protocol.id()).join("` or `");
    problems.push(
        Diagnostic::new(
            "protocol",
            message,
            format!("generate a service that has the trait `{ids}`"),
        )
        .at(place.location())
        .on(service.id.as_str()),
    );
    None
}

/// The supported protocol with one of the names that botocore gives.
pub(crate) fn of_botocore(names: &[&str]) -> Option<&'static dyn Protocol> {
    SUPPORTED
        .iter()
        .copied()
        .find(|protocol| names.contains(&protocol.botocore_name()))
}

/// Something of every supported protocol, for messages.
pub(crate) fn supported(what: impl Fn(&'static dyn Protocol) -> &'static str) -> Vec<&'static str> {
    SUPPORTED.iter().map(|protocol| what(*protocol)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::Holds;
    use crate::traits::xml::{XmlAttribute, XmlFlattened, XmlName, XmlNamespace};
    use crate::{Source, check, emit, ir, load, print, rust, select, settings};

    /// A protocol without HTTP bindings, whose bodies are XML.
    #[derive(Debug)]
    struct Xml;

    impl Protocol for Xml {
        fn id(&self) -> &'static str {
            protocols::AWS_QUERY
        }

        fn botocore_name(&self) -> &'static str {
            "query"
        }

        fn runtime_type(&self, _: &Traits) -> &'static str {
            "Xml"
        }

        fn runtime_feature(&self) -> &'static str {
            "xml"
        }

        fn reads(&self) -> &'static [&'static str] {
            &[
                XmlAttribute::ID,
                XmlFlattened::ID,
                XmlName::ID,
                XmlNamespace::ID,
            ]
        }

        fn request_line(&self, _: &Shape) -> Option<RequestLine> {
            Some(RequestLine {
                method: "POST".to_owned(),
                uri: "/".to_owned(),
                status: 200,
            })
        }

        fn check_shape(&self, _: &Model, _: &Shape, _: &mut Problems) {}

        fn check_selection(&self, _: &Model, _: &Selection<'_>, _: &mut Problems) {}
    }

    const MODEL: &str = r##"{
        "smithy": "2.0",
        "shapes": {
            "a#Service": {
                "type": "service",
                "operations": [{"target": "a#Get"}],
                "traits": {"aws.api#service": {"sdkId": "A"}, "aws.protocols#restJson1": {}}
            },
            "a#Get": {
                "type": "operation",
                "input": {"target": "a#In"},
                "traits": {"smithy.api#http": {"method": "GET", "uri": "/get"}}
            },
            "a#In": {"type": "structure", "members": {
                "Attribute": {"target": "smithy.api#String", "traits": {
                    "smithy.api#xmlAttribute": {}, "smithy.api#xmlName": "attr", "smithy.api#httpQuery": "q"
                }},
                "Items": {"target": "a#Items", "traits": {
                    "smithy.api#jsonName": "items", "smithy.api#xmlFlattened": {},
                    "smithy.api#xmlNamespace": {"uri": "urn:x", "prefix": "x"}
                }}
            }},
            "a#Items": {"type": "list", "member": {"target": "smithy.api#String"}}
        }
    }"##;

    /// The operation's code and its request line.
    fn generated(protocol: &'static dyn Protocol) -> (String, ir::Role) {
        let mut problems = Problems::default();
        let source = Source {
            name: "model.json",
            text: MODEL,
        };
        let model = load(&[source], None, &mut problems);
        let settings = "crate = \"a\"\noperations = \"all\"\n";
        let settings = settings::read("sdk.toml", settings, &mut problems).expect("good");
        let service = select::service(&model, &settings, &mut problems).expect("one");
        let selection = select::select(&model, service, &settings, &mut problems);
        let plans = check::check_selection(&model, &selection, protocol, &mut problems);
        let naming = rust::Naming::new(&model, &selection, &settings, &mut problems);
        assert!(problems.is_empty(), "{}", problems.into_diagnostics());
        let checked = rust::Checked {
            model: &model,
            selection: &selection,
            protocol,
            plans,
            naming,
            endpoint: crate::check::EndpointPlan::default(),
        };
        let ir = rust::lower(checked, &settings);
        let mut files = emit::emit(&ir, Holds::Api);
        let file = files.remove("operation/get.rs").expect("the operation");
        let text = print::print("// A test.", file).expect("Rust");
        (text, ir.operations[0].input.role.clone())
    }

    #[test]
    fn a_protocol_reads_its_own_traits_and_no_others() {
        let http = [
            "with_http_query(\"q\")",
            "with_json_name(\"items\")",
            "with_no_body_members",
        ];
        let xml = [
            "with_xml_name(\"attr\")",
            "with_xml_attribute()",
            "with_xml_flattened()",
            "with_xml_namespace(\"urn:x\", ::core::option::Option::Some(\"x\"))",
        ];
        let (text, role) = generated(&rest_json_1::RestJson1);
        assert!(text.contains(http[0]) && text.contains(http[1]), "{text}");
        assert!(xml.iter().all(|part| !text.contains(part)), "{text}");
        let uri = |role| match role {
            ir::Role::Input { request } => request.uri,
            _ => String::new(),
        };
        assert_eq!(uri(role), "/get");
        let (text, role) = generated(&Xml);
        let flat: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in xml {
            assert!(flat.contains(part), "`{part}` is missing in\n{text}");
        }
        assert!(http.iter().all(|part| !text.contains(part)), "{text}");
        assert_eq!(uri(role), "/");
    }
}
