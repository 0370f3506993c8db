//! Traits that shape XML.

use super::{Declared, Form, On, Trait, annotations, strings};
use crate::source::json::Node;
use std::rc::Rc;

annotations! {
    /// The member is an attribute of its structure's element.
    XmlAttribute = "smithy.api#xmlAttribute";
    /// The items of the list or map are not wrapped in an element.
    XmlFlattened = "smithy.api#xmlFlattened";
    /// The root element of the operation's responses is the output's only member.
    S3UnwrappedXmlOutput = "aws.customizations#s3UnwrappedXmlOutput";
}

strings! {
    /// The element's name.
    XmlName = "smithy.api#xmlName";
}

/// The namespace of an element.
#[derive(Debug)]
pub(crate) struct XmlNamespace {
    pub(crate) uri: String,
    pub(crate) prefix: Option<String>,
}

impl XmlNamespace {
    /// The URI and the prefix.
    pub(crate) fn parts(&self) -> (String, Option<String>) {
        (self.uri.clone(), self.prefix.clone())
    }
}

impl Trait for XmlNamespace {
    const ID: &'static str = "smithy.api#xmlNamespace";

    fn parse(value: &Rc<Node>) -> Option<Self> {
        let text = |key: &str| value.get(key).and_then(Node::as_str).map(str::to_owned);
        Some(Self {
            uri: text("uri")?,
            prefix: text("prefix"),
        })
    }
}

pub(super) const TRAITS: &[Declared] = &[
    Declared::of_protocol::<XmlAttribute>(Form::Any, &[]),
    Declared::of_protocol::<XmlFlattened>(Form::Any, &[]),
    Declared::of_protocol::<XmlName>(Form::Any, &[]),
    Declared::of_protocol::<XmlNamespace>(Form::Any, &[]),
    Declared::of_protocol::<S3UnwrappedXmlOutput>(Form::Any, &[On::Operation]),
];
