//! Traits of event streams.

use super::shapes::Streaming;
use super::{Declared, Form, On, annotations};
use crate::model::{Kind, Shape};

annotations! {
    /// The member is a header of its event.
    EventHeader = "smithy.api#eventHeader";
    /// The member is the whole payload of its event.
    EventPayload = "smithy.api#eventPayload";
}

/// Whether a shape is an event stream: a union that is sent or read event by event.
pub(crate) fn is_event_stream(shape: &Shape) -> bool {
    shape.kind == Kind::Union && shape.traits.has::<Streaming>()
}

pub(super) const TRAITS: &[Declared] = &[
    Declared::used::<EventHeader>(Form::Annotation, &[On::Member]),
    Declared::used::<EventPayload>(Form::Annotation, &[On::Member]),
];
