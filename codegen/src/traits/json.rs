//! Traits that shape JSON.

use super::{Declared, Form, On, strings};

strings! {
    /// The member's name in JSON.
    JsonName = "smithy.api#jsonName";
}

pub(super) const TRAITS: &[Declared] =
    &[Declared::of_protocol::<JsonName>(Form::Text, &[On::Member])];
