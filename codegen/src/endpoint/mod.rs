//! Endpoint rule sets: read from the model, checked, and typed for the emitter.

mod check;
mod expr;

pub(crate) use expr::{Expr, Piece, Ty};

use crate::diagnostic::Diagnostic;
use crate::json::Node;
use crate::model::Applied;
use check::Compiler;

/// A rule set that can be emitted.
#[derive(Debug)]
pub(crate) struct RuleSet {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) rules: Vec<Rule>,
}

/// A parameter of a rule set.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) ident: String,
    pub(crate) boolean: bool,
    pub(crate) source: Source,
}

/// Where a parameter's value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    Region,
    UseFips,
    UseDualStack,
    Endpoint,
    /// Nothing sets it but its default.
    Default(Option<DefaultValue>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DefaultValue {
    Bool(bool),
    Text(String),
}

/// Conditions, and what follows when all of them hold.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) conditions: Vec<Condition>,
    pub(crate) outcome: Outcome,
}

#[derive(Debug)]
pub(crate) enum Condition {
    /// The value must be true.
    Holds(Expr),
    /// The value must be there, and has this name from here on.
    Bind { name: String, value: Expr },
    /// The value is always there, and has this name from here on.
    Let { name: String, value: Expr },
}

#[derive(Debug)]
pub(crate) enum Outcome {
    Error(Expr),
    Endpoint {
        url: Expr,
        properties: Vec<(String, PropertyValue)>,
        headers: Vec<(String, Vec<Expr>)>,
    },
    Tree(Vec<Rule>),
}

/// A value of an endpoint's properties.
#[derive(Debug)]
pub(crate) enum PropertyValue {
    Bool(bool),
    Number(i64),
    Text(Expr),
    List(Vec<PropertyValue>),
    Object(Vec<(String, PropertyValue)>),
}

/// Compiles the trait's value. The rule set's tests are checked for their form alone; the
/// generated crate's users run them.
pub(crate) fn compile(
    node: &Node,
    tests: Option<&Applied>,
    on: &str,
    problems: &mut Vec<Diagnostic>,
) -> Option<RuleSet> {
    let mut compiler = Compiler::new(on, problems);
    let rules = compiler.rule_set(node);
    if let Some(tests) = tests
        && tests
            .value
            .get("testCases")
            .and_then(Node::as_array)
            .is_none()
    {
        compiler.problem(
            &tests.value,
            "the endpoint tests have no `testCases`",
            "add an array of tests",
        );
    }
    rules
}
