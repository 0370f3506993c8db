//! Shape IDs: `namespace#Shape` and `namespace#Shape$member`.

use std::fmt;

/// The namespace of Smithy's prelude.
const PRELUDE: &str = "smithy.api";

/// The absolute ID of a shape.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ShapeId {
    text: String,
    hash: usize,
}

impl ShapeId {
    /// Reads the ID of a shape, without a member.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let hash = text.find('#')?;
        let (namespace, name) = (&text[..hash], &text[hash + 1..]);
        let valid = namespace.split('.').all(is_identifier) && is_identifier(name);
        valid.then(|| Self {
            text: text.to_owned(),
            hash,
        })
    }

    /// The unit shape, which members of enums target.
    pub(crate) fn unit() -> Self {
        Self {
            hash: PRELUDE.len(),
            text: format!("{PRELUDE}#Unit"),
        }
    }

    /// Whether the shape is the unit shape.
    pub(crate) fn is_unit(&self) -> bool {
        self.is_prelude() && self.name() == "Unit"
    }

    pub(crate) fn namespace(&self) -> &str {
        &self.text[..self.hash]
    }

    pub(crate) fn name(&self) -> &str {
        &self.text[self.hash + 1..]
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The ID of a member of this shape, as a string.
    pub(crate) fn member(&self, name: &str) -> String {
        format!("{}${name}", self.text)
    }

    /// Whether the shape belongs to Smithy's prelude.
    pub(crate) fn is_prelude(&self) -> bool {
        self.namespace() == PRELUDE
    }
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Whether the string is a Smithy identifier: letters, digits and underscores, not starting with a
/// digit, and with a letter or digit after leading underscores.
pub(crate) fn is_identifier(text: &str) -> bool {
    let rest = text.trim_start_matches('_');
    let starts_well = match rest.chars().next() {
        Some(first) => {
            first.is_ascii_alphabetic() || (rest.len() < text.len() && first.is_ascii_digit())
        }
        None => false,
    };
    starts_well && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_parsed_or_rejected() {
        for (text, good) in [
            ("com.amazonaws.chime#Room", true),
            ("a#B", true),
            ("a#_B1", true),
            ("a#_1", true),
            ("a.b_c#D", true),
            ("Room", false),
            ("#Room", false),
            ("a#", false),
            ("a#1b", false),
            ("a#__", false),
            ("a..b#C", false),
            ("a#B$c", false),
            ("a#B#C", false),
            ("a#É", false),
        ] {
            assert_eq!(ShapeId::parse(text).is_some(), good, "{text}");
        }
        let id = ShapeId::parse("a.b#C").expect("valid");
        assert_eq!((id.namespace(), id.name()), ("a.b", "C"));
        assert_eq!(id.member("d"), "a.b#C$d");
    }
}
