//! All known traits, each parsed once into a Rust type.
//!
//! A file contains a family of traits: for each, its ID, the form of its value, the shapes that it may be
//! applied to, its effect and, if the generator reads it, its type. A trait that no file
//! declares is an error. No stage after this one looks a trait up by its ID.

pub(crate) mod auth;
pub(crate) mod behaviour;
pub(crate) mod constraints;
pub(crate) mod customizations;
pub(crate) mod docs;
pub(crate) mod endpoint;
pub(crate) mod events;
mod form;
pub(crate) mod http;
pub(crate) mod json;
mod parsed;
pub(crate) mod protocols;
mod raw;
pub(crate) mod service;
pub(crate) mod shapes;
mod support;
pub(crate) mod tests;
pub(crate) mod tools;
pub(crate) mod uri;
pub(crate) mod waiters;
pub(crate) mod xml;

pub(crate) use form::check_values;
pub(crate) use parsed::{Traits, parse};
pub(crate) use raw::{Applied, RawTraits};
pub(crate) use support::{Lack, What, lacks};

use crate::source::json::Node;
use form::{Form, On, may, must};
use std::any::Any;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::LazyLock;

/// A trait that the generator reads.
pub(crate) trait Trait: Sized + 'static {
    /// The trait's shape ID.
    const ID: &'static str;

    /// Reads the trait's value. Returns `None` if the value does not have the trait's form, which is
    /// reported elsewhere.
    fn parse(value: &Rc<Node>) -> Option<Self>;
}

/// The effect of a trait.
#[derive(Debug, Clone, Copy)]
enum Support {
    /// It shapes the generated code.
    Used,
    /// It shapes the generated code of a service whose protocol reads it. Otherwise, it has no effect.
    OfProtocol,
    /// A client can ignore it, for this reason.
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "the reasons are for readers; a test checks that they are not empty"
        )
    )]
    NoEffect(&'static str),
    /// It changes what a client must do, and the generator does not support that yet.
    Unsupported(&'static str),
}

type Parse = fn(&Rc<Node>) -> Option<Box<dyn Any>>;

/// The declaration of a trait.
#[derive(Debug)]
struct Declared {
    id: &'static str,
    form: Form,
    /// What it may be applied to; an empty list allows everything.
    on: &'static [On],
    support: Support,
    /// `None` if the generator does not read its value.
    parse: Option<Parse>,
}

impl Declared {
    /// A trait that shapes the generated code.
    const fn used<T: Trait>(form: Form, on: &'static [On]) -> Self {
        Self::new(T::ID, form, on, Support::Used).reading::<T>()
    }

    /// A trait that shapes the code of services whose protocol reads it.
    const fn of_protocol<T: Trait>(form: Form, on: &'static [On]) -> Self {
        Self::new(T::ID, form, on, Support::OfProtocol).reading::<T>()
    }

    /// A trait that a client can ignore.
    const fn no_effect(id: &'static str, form: Form, why: &'static str) -> Self {
        Self::new(id, form, &[], Support::NoEffect(why))
    }

    /// A trait that needs an unsupported feature.
    const fn unsupported(id: &'static str, what: &'static str) -> Self {
        Self::new(id, Form::Any, &[], Support::Unsupported(what))
    }

    const fn new(id: &'static str, form: Form, on: &'static [On], support: Support) -> Self {
        Self {
            id,
            form,
            on,
            support,
            parse: None,
        }
    }

    /// Adds the type that its value is parsed into.
    const fn reading<T: Trait>(mut self) -> Self {
        self.parse = Some(|value| {
            let parsed: Box<dyn Any> = Box::new(T::parse(value)?);
            Some(parsed)
        });
        self
    }
}

/// The tables of all families.
const FAMILIES: &[&[Declared]] = &[
    auth::TRAITS,
    behaviour::TRAITS,
    constraints::TRAITS,
    customizations::TRAITS,
    docs::TRAITS,
    endpoint::TRAITS,
    events::TRAITS,
    http::TRAITS,
    json::TRAITS,
    protocols::TRAITS,
    service::TRAITS,
    shapes::TRAITS,
    tests::TRAITS,
    tools::TRAITS,
    waiters::TRAITS,
    xml::TRAITS,
];

/// The declaration of a trait.
fn declared(id: &str) -> Option<&'static Declared> {
    static BY_ID: LazyLock<BTreeMap<&str, &Declared>> = LazyLock::new(|| {
        let all = FAMILIES.iter().copied().flatten();
        all.map(|declared| (declared.id, declared)).collect()
    });
    BY_ID.get(id).copied()
}

/// Defines traits that have no value.
macro_rules! annotations {
    ($($(#[$meta:meta])* $name:ident = $id:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Debug)]
        pub(crate) struct $name;

        impl $crate::traits::Trait for $name {
            const ID: &'static str = $id;

            fn parse(_: &::std::rc::Rc<$crate::source::json::Node>) -> Option<Self> {
                Some(Self)
            }
        }
    )*};
}

/// Defines traits whose value is a string.
macro_rules! strings {
    ($($(#[$meta:meta])* $name:ident = $id:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Debug)]
        pub(crate) struct $name(pub(crate) String);

        impl $crate::traits::Trait for $name {
            const ID: &'static str = $id;

            fn parse(value: &::std::rc::Rc<$crate::source::json::Node>) -> Option<Self> {
                value.as_str().map(|text| Self(text.to_owned()))
            }
        }
    )*};
}

use {annotations, strings};

#[cfg(test)]
mod declarations {
    use super::*;

    #[test]
    fn no_trait_is_declared_twice() {
        let all = FAMILIES.iter().copied().flatten();
        let mut seen = std::collections::BTreeSet::new();
        for declared in all {
            assert!(seen.insert(declared.id), "{}", declared.id);
        }
    }

    #[test]
    fn every_reason_is_given() {
        for declared in FAMILIES.iter().copied().flatten() {
            match declared.support {
                Support::Used | Support::OfProtocol => {
                    assert!(declared.parse.is_some(), "{}", declared.id);
                }
                Support::NoEffect(why) | Support::Unsupported(why) => {
                    assert!(!why.is_empty(), "{}", declared.id)
                }
            }
        }
    }
}
