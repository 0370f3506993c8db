//! Typed expressions of endpoint rules.

/// The type of an expression. `Optional` is a value that may be absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ty {
    Bool,
    Text,
    /// A list of texts, from a list in a rule, `split`, or an ARN.
    TextList,
    Partition,
    Url,
    Arn,
    Optional(Box<Ty>),
}

impl Ty {
    pub(crate) fn optional(self) -> Self {
        match self {
            Self::Optional(_) => self,
            other => Self::Optional(Box::new(other)),
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Bool => "a boolean",
            Self::Text => "a string",
            Self::TextList => "a list of strings",
            Self::Partition => "a partition",
            Self::Url => "a URL",
            Self::Arn => "an ARN",
            Self::Optional(inner) => match **inner {
                Self::Bool => "an optional boolean",
                Self::Text => "an optional string",
                _ => "an optional value",
            },
        }
    }
}

/// An expression whose types have been checked.
#[derive(Debug, Clone)]
pub(crate) enum Expr {
    Bool(bool),
    /// A text, with the values that are put into it.
    Text(Vec<Piece>),
    /// A variable.
    Ref {
        name: String,
        ty: Ty,
    },
    IsSet(Box<Expr>),
    Not(Box<Expr>),
    BoolEquals(Box<Expr>, Box<Expr>),
    TextEquals(Box<Expr>, Box<Expr>),
    /// A field of a record.
    Field {
        of: Box<Expr>,
        field: &'static str,
        ty: Ty,
    },
    /// An item of a list, counted from the front, or from the back where it is negative.
    Item(Box<Expr>, i64),
    /// A function of the runtime's endpoint module.
    Call {
        function: &'static str,
        args: Vec<Expr>,
        ty: Ty,
    },
    /// A number that is an argument.
    Number(i64),
    /// The first of these that is there.
    Coalesce(Vec<Expr>, Ty),
    IfElse(Box<Expr>, Box<Expr>, Box<Expr>, Ty),
}

/// A piece of a text.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Literal(String),
    Value(Expr),
}

impl Expr {
    pub(crate) fn ty(&self) -> Ty {
        match self {
            Self::Bool(_)
            | Self::IsSet(_)
            | Self::Not(_)
            | Self::BoolEquals(..)
            | Self::TextEquals(..) => Ty::Bool,
            Self::Text(_) | Self::Number(_) => Ty::Text,
            Self::Item(..) => Ty::Text.optional(),
            Self::Ref { ty, .. }
            | Self::Field { ty, .. }
            | Self::Call { ty, .. }
            | Self::Coalesce(_, ty)
            | Self::IfElse(_, _, _, ty) => ty.clone(),
        }
    }

    /// Whether the expression is a text that is known when the code is generated.
    pub(crate) fn literal(&self) -> Option<String> {
        match self {
            Self::Text(pieces) => pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Literal(text) => Some(text.as_str()),
                    Piece::Value(_) => None,
                })
                .collect(),
            _ => None,
        }
    }
}
