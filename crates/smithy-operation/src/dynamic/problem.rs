//! What can be wrong with an input.

use std::fmt;

/// How deep an input may nest. Deeper ones could exhaust the stack.
pub(super) const DEPTH: usize = 128;

/// Something that is wrong with an input.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InputProblem {
    /// Where it is, such as `$.MembershipItemList[3].Role`.
    pub path: String,
    /// What it is.
    pub kind: ProblemKind,
}

impl InputProblem {
    pub(super) fn new(path: impl Into<String>, kind: ProblemKind) -> Self {
        Self {
            path: path.into(),
            kind,
        }
    }
}

/// What is wrong with a part of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The model does not have the member.
    #[non_exhaustive]
    UnknownMember {
        /// The structure or union.
        of: &'static str,
        /// The names of its members that resemble the one in the input.
        nearest: Vec<&'static str>,
        /// The names of all of its members.
        members: Vec<&'static str>,
    },
    /// A required member is missing.
    #[non_exhaustive]
    Missing {
        /// Its type.
        expected: String,
    },
    /// A value has another type than the model says.
    #[non_exhaustive]
    WrongType {
        /// What the value should be.
        expected: String,
        /// What it is.
        found: String,
    },
    /// A union must have exactly one member.
    #[non_exhaustive]
    NotOneMember {
        /// The union.
        of: &'static str,
        /// The names of its members in the input.
        found: Vec<String>,
        /// The names of all of its members.
        members: Vec<&'static str>,
    },
    /// A member in the path of the request is empty.
    Empty,
    /// The value nests too deep.
    TooDeep,
    /// The value cannot be read for another reason.
    Unreadable(String),
}

impl fmt::Display for InputProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.kind)
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownMember {
                of,
                nearest,
                members,
            } => {
                write!(f, "{of} has no such member; ")?;
                match (nearest.is_empty(), members.is_empty()) {
                    (false, _) => write!(f, "did you mean {}?", quoted(nearest, "or")),
                    (true, false) => write!(f, "it has {}", quoted(members, "and")),
                    (true, true) => f.write_str("it has none"),
                }
            }
            Self::Missing { expected } => {
                write!(f, "the required member is missing; expected {expected}")
            }
            Self::WrongType { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::NotOneMember { of, found, members } => {
                write!(f, "expected one member of the union {of}: ")?;
                write!(f, "{}; found ", quoted(members, "or"))?;
                match found.is_empty() {
                    true => f.write_str("none"),
                    false => f.write_str(&quoted(found, "and")),
                }
            }
            Self::Empty => f.write_str(
                "the string must not be empty, because it is a part of the request's path",
            ),
            Self::TooDeep => write!(f, "the value nests deeper than {DEPTH} levels"),
            Self::Unreadable(why) => f.write_str(why),
        }
    }
}

/// Returns names as a phrase.
pub(super) fn quoted<T: AsRef<str>>(names: &[T], conjunction: &str) -> String {
    let mut text = String::new();
    for (index, name) in names.iter().enumerate() {
        match index {
            0 => {}
            _ if index + 1 < names.len() => text.push_str(", "),
            _ => text.push_str(&format!(" {conjunction} ")),
        }
        text.push_str(&format!("`{}`", name.as_ref()));
    }
    text
}
