//! Typed expressions of endpoint rules.

/// The type of an expression. `Optional` is a value that may be absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ValueType {
    Bool,
    Text,
    Number,
    /// A list of strings: a parameter, or the result of `split` or a part of an ARN.
    TextList,
    Partition,
    Url,
    Arn,
    Optional(Box<ValueType>),
}

impl ValueType {
    pub(crate) fn optional(self) -> Self {
        match self {
            Self::Optional(_) => self,
            other => Self::Optional(Box::new(other)),
        }
    }

    pub(crate) fn is_optional(&self) -> bool {
        matches!(self, Self::Optional(_))
    }

    /// The type of the value, if it is present.
    pub(crate) fn certain(self) -> Self {
        match self {
            Self::Optional(inner) => *inner,
            other => other,
        }
    }

    /// Whether values are `Copy`.
    pub(crate) fn is_copy(&self) -> bool {
        match self {
            Self::Bool | Self::Text | Self::Number | Self::Partition => true,
            Self::TextList | Self::Url | Self::Arn => false,
            Self::Optional(inner) => inner.is_copy(),
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Bool => "a boolean",
            Self::Text => "a string",
            Self::Number => "a number",
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
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    Bool(bool),
    /// A string with values interpolated.
    Text(Vec<TextPart>),
    /// A variable.
    Ref {
        name: String,
        ty: ValueType,
    },
    /// Whether an optional value is present.
    IsSet(Box<Expr>),
    Not(Box<Expr>),
    /// Compares two booleans or two strings. An absent value equals no other.
    Equals(Box<Expr>, Box<Expr>),
    /// A field of a record.
    Field {
        of: Box<Expr>,
        field: RecordField,
        ty: ValueType,
    },
    /// An item of a list, counted from the front, or from the back where it is negative.
    Item(Box<Expr>, i64),
    Call {
        function: Function,
        args: Vec<Expr>,
        ty: ValueType,
    },
    /// A number as an argument.
    Number(i64),
    /// The first of these that is present.
    Coalesce(Vec<Expr>, ValueType),
    IfElse(Box<Expr>, Box<Expr>, Box<Expr>, ValueType),
}

/// A function of the runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    IsValidHostLabel,
    IsVirtualHostableS3Bucket,
    ParseArn,
    ParseUrl,
    Partition,
    Split,
    Substring,
    UriEncode,
}

/// A field of a function's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordField {
    AccountId,
    Authority,
    DnsSuffix,
    DualStackDnsSuffix,
    ImplicitGlobalRegion,
    IsIp,
    Name,
    NormalizedPath,
    Partition,
    Path,
    Region,
    ResourceId,
    Scheme,
    Service,
    SupportsDualStack,
    SupportsFips,
}

/// A part of a string.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TextPart {
    Literal(String),
    Value(Expr),
}

impl Expr {
    pub(crate) fn ty(&self) -> ValueType {
        match self {
            Self::Bool(_) | Self::IsSet(_) | Self::Not(_) | Self::Equals(..) => ValueType::Bool,
            Self::Text(_) => ValueType::Text,
            Self::Number(_) => ValueType::Number,
            Self::Item(..) => ValueType::Text.optional(),
            Self::Ref { ty, .. }
            | Self::Field { ty, .. }
            | Self::Call { ty, .. }
            | Self::Coalesce(_, ty)
            | Self::IfElse(_, _, _, ty) => ty.clone(),
        }
    }

    /// Whether the value is present. A certain value always is.
    pub(crate) fn set(self) -> Self {
        match self.ty() {
            ValueType::Optional(_) => Self::IsSet(Box::new(self)),
            _ => Self::Bool(true),
        }
    }

    pub(crate) fn not(self) -> Self {
        match self {
            Self::Bool(value) => Self::Bool(!value),
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    pub(crate) fn equals(self, other: Self) -> Self {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => Self::Bool(a == b),
            (expr, Self::Bool(value)) | (Self::Bool(value), expr)
                if expr.ty() == ValueType::Bool =>
            {
                if value {
                    expr
                } else {
                    expr.not()
                }
            }
            (a, b) => match (a.literal(), b.literal()) {
                (Some(a), Some(b)) => Self::Bool(a == b),
                _ => Self::Equals(Box::new(a), Box::new(b)),
            },
        }
    }

    /// The string, if it is known when the code is generated.
    pub(crate) fn literal(&self) -> Option<String> {
        match self {
            Self::Text(pieces) => pieces
                .iter()
                .map(|piece| match piece {
                    TextPart::Literal(text) => Some(text.as_str()),
                    TextPart::Value(_) => None,
                })
                .collect(),
            _ => None,
        }
    }

    /// Whether the expression creates a string rather than borrowing one.
    pub(crate) fn makes_string(&self) -> bool {
        match self {
            Self::Text(pieces) => match pieces.as_slice() {
                [TextPart::Value(only)] => only.makes_string(),
                _ => self.literal().is_none(),
            },
            Self::Call { ty, .. } => *ty == ValueType::Text,
            _ => false,
        }
    }

    /// The operands of this expression.
    pub(crate) fn parts_mut(&mut self) -> Vec<&mut Expr> {
        match self {
            Self::Bool(_) | Self::Number(_) | Self::Ref { .. } => Vec::new(),
            Self::Text(pieces) => pieces
                .iter_mut()
                .filter_map(|piece| match piece {
                    TextPart::Literal(_) => None,
                    TextPart::Value(expr) => Some(expr),
                })
                .collect(),
            Self::IsSet(inner)
            | Self::Not(inner)
            | Self::Field { of: inner, .. }
            | Self::Item(inner, _) => vec![inner],
            Self::Equals(a, b) => vec![a, b],
            Self::Call { args, .. } | Self::Coalesce(args, _) => args.iter_mut().collect(),
            Self::IfElse(a, b, c, _) => vec![a, b, c],
        }
    }
}
