//! JMESPath expressions in traits: parsed, and checked against the shapes that they walk through.
//!
//! [`parse`] reads an expression, [`check`] finds out the type of its value. Both report where in the expression
//! a problem is. Supported is what Smithy's models use: members, indices, projections (`[*]`, `[]`, `[?...]`,
//! `.*`), pipes, multi-select lists and hashes, comparisons, `&&`, `||`, `!`, literals and a few functions.

mod check;
mod lexer;
mod parser;

pub(crate) use check::{Type, check};
pub(crate) use parser::parse;

/// An expression, with its offset in the string.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expr {
    pub(crate) kind: Kind,
    /// The offset in bytes.
    pub(crate) at: usize,
}

/// What an expression does with the current value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// `@`: the value itself.
    Current,
    /// A member of a structure, or the entry of a map.
    Field(String),
    /// An item of a list. A negative index counts from the end.
    Index(i64),
    Literal(Literal),
    /// `a.b` or `a | b`: the second is evaluated for the value of the first.
    Then(Box<Expr>, Box<Expr>),
    /// `a[*].b`: the second is evaluated for each item of the first. Nulls are left out.
    Each(Box<Expr>, Box<Expr>),
    /// `a.*`: the values of an object. Nulls are left out.
    Values(Box<Expr>),
    /// `a[]`: the items of a list, where those that are lists are replaced by their items. Nulls are left out.
    Flatten(Box<Expr>),
    /// `a[?b]`: the items of a list for which the second is true.
    Filter(Box<Expr>, Box<Expr>),
    /// `[a, b]`: a list of the values.
    List(Vec<Expr>),
    /// `{a: b}`: an object of the values.
    Object(Vec<(String, Expr)>),
    Compare(Comparison, Box<Expr>, Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Call(Function, Vec<Expr>),
}

/// A literal of a simple type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Contains,
    EndsWith,
    Keys,
    Length,
    StartsWith,
    Values,
}

impl Function {
    const ALL: &[(&str, Self)] = &[
        ("contains", Self::Contains),
        ("ends_with", Self::EndsWith),
        ("keys", Self::Keys),
        ("length", Self::Length),
        ("starts_with", Self::StartsWith),
        ("values", Self::Values),
    ];

    /// The function's name.
    pub(crate) fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(_, function)| *function == self)
            .map_or("", |(name, _)| name)
    }

    /// How many arguments it takes.
    fn arity(self) -> usize {
        match self {
            Self::Contains | Self::EndsWith | Self::StartsWith => 2,
            Self::Keys | Self::Length | Self::Values => 1,
        }
    }
}

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The offset in bytes.
    pub(crate) at: usize,
    pub(crate) message: String,
    pub(crate) help: String,
}

impl Problem {
    fn new(at: usize, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
            help: help.into(),
        }
    }

    /// The message, with where in the expression the problem is.
    pub(crate) fn message_in(&self, expression: &str) -> String {
        let before = expression.get(..self.at).unwrap_or(expression);
        format!(
            "{}, at character {} of `{expression}`",
            self.message,
            before.chars().count() + 1
        )
    }
}
