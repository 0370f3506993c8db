//! Traits of event streams.

use super::Declared;

/// The feature that a streaming union and its traits need.
pub(crate) const EVENT_STREAMS: &str = "event streams";

pub(crate) const EVENT_HEADER: &str = "smithy.api#eventHeader";
pub(crate) const EVENT_PAYLOAD: &str = "smithy.api#eventPayload";

pub(super) const TRAITS: &[Declared] = &[
    Declared::unsupported(EVENT_HEADER, EVENT_STREAMS),
    Declared::unsupported(EVENT_PAYLOAD, EVENT_STREAMS),
];
