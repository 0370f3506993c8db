//! Which protocol a service speaks.

use crate::diagnostic::Diagnostic;
use crate::model::Shape;

/// The protocol that the generator supports.
pub(crate) const REST_JSON: &str = "aws.protocols#restJson1";

/// Protocols that it lacks.
const LACKING: &[&str] = &[
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "aws.protocols#restXml",
    "smithy.protocols#rpcv2Cbor",
];

/// Reports a service that speaks no protocol that the generator supports. Nothing else of such a
/// service can be judged, as traits mean different things in different protocols.
pub(crate) fn check(service: &Shape) -> Option<Diagnostic> {
    if service.traits.has(REST_JSON) {
        return None;
    }
    let declared: Vec<_> = LACKING
        .iter()
        .filter_map(|id| Some((id.split_once('#')?.1, service.traits.get(id)?)))
        .collect();
    let names: Vec<&str> = declared.iter().map(|(name, _)| *name).collect();
    let (message, place) = match declared.first() {
        Some((_, applied)) => (
            format!(
                "the service speaks {}; the generator supports restJson1 only",
                crate::diagnostic::listed(&names)
            ),
            &applied.place,
        ),
        None => (
            "the service declares no protocol that the generator supports".to_owned(),
            &service.place,
        ),
    };
    Some(
        Diagnostic::new(
            "protocol",
            message,
            format!("generate a service that has the trait `{REST_JSON}`"),
        )
        .at(place.location())
        .on(service.id.as_str()),
    )
}
