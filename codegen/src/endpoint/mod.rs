//! Endpoint rule sets: read from the model, checked, and typed for the emitter.

mod check;
mod conditions;
mod diagram;
mod expr;
mod functions;
mod mentions;
mod nodes;
mod parameters;
mod path;

pub(crate) use diagram::Diagram;
pub(crate) use expr::{Expr, Function, RecordField, TextPart, ValueType};
use mentions::has_property;
pub(crate) use mentions::{mentioned_after, mentions_rules};
pub(crate) use path::{Path, parse as parse_path};

use crate::diagnostic::Problems;
use crate::source::json::Node;
use check::Compiler;
use std::collections::BTreeSet;

/// The endpoint rules of a service, in one of their forms.
#[derive(Debug)]
pub(crate) enum Rules {
    Tree(RuleSet),
    Diagram(Diagram),
}

impl Rules {
    pub(crate) fn parameters(&self) -> &[Parameter] {
        match self {
            Self::Tree(rules) => &rules.parameters,
            Self::Diagram(diagram) => &diagram.parameters,
        }
    }

    /// Whether any endpoint has a property with one of these names, at any depth.
    pub(crate) fn has_property(&self, names: &[&str]) -> bool {
        match self {
            Self::Tree(rules) => has_property(&rules.rules, names),
            Self::Diagram(diagram) => has_property(&diagram.results, names),
        }
    }
}

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
    /// The type of its value; optional if nothing guarantees that it is set.
    pub(crate) ty: ValueType,
    /// Whether the rules require it although the client may not have it.
    pub(crate) required: bool,
    pub(crate) source: ParameterSource,
}

/// Where a parameter's value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ParameterSource {
    Region,
    UseFips,
    UseDualStack,
    Endpoint,
    /// The account of the credentials.
    AccountId,
    /// Whether endpoints name the account.
    AccountIdEndpointMode,
    /// The client or an operation sets it; if neither does, it has its default.
    Named(Option<DefaultValue>),
    /// Nothing sets it but its default.
    Default(Option<DefaultValue>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DefaultValue {
    Bool(bool),
    Text(String),
    List(Vec<String>),
}

/// Conditions, and what follows when all of them hold.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) conditions: Vec<Condition>,
    pub(crate) outcome: Outcome,
}

impl Rule {
    /// Whether no condition can fail, so rules after this one are never reached.
    pub(crate) fn is_certain(&self) -> bool {
        let certain = |condition: &Condition| matches!(condition, Condition::Let { .. });
        self.conditions.iter().all(certain)
    }
}

#[derive(Debug)]
pub(crate) enum Condition {
    /// The value must be true.
    Holds(Expr),
    /// The value must be present. From here on, it has this name.
    Bind { name: String, value: Expr },
    /// The value is always present. From here on, it has this name.
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
    /// A condition of a diagram, whose value goes to a variable.
    Holds(Option<(String, Expr)>),
}

impl Outcome {
    /// The expressions of this outcome itself.
    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        match self {
            Self::Error(message) => vec![message],
            Self::Tree(_) | Self::Holds(None) => Vec::new(),
            Self::Holds(Some((_, value))) => vec![value],
            Self::Endpoint {
                url,
                properties,
                headers,
            } => {
                let mut exprs = vec![url];
                for (_, value) in properties {
                    value.exprs_mut(&mut exprs);
                }
                exprs.extend(headers.iter_mut().flat_map(|(_, values)| values));
                exprs
            }
        }
    }
}

/// A value of an endpoint's properties.
#[derive(Debug)]
pub(crate) enum PropertyValue {
    Integer(i64),
    Float(f64),
    /// A string or a boolean.
    Value(Expr),
    List(Vec<PropertyValue>),
    Object(Vec<(String, PropertyValue)>),
}

impl PropertyValue {
    fn exprs_mut<'a>(&'a mut self, exprs: &mut Vec<&'a mut Expr>) {
        match self {
            Self::Integer(_) | Self::Float(_) => {}
            Self::Value(expr) => exprs.push(expr),
            Self::List(items) => items.iter_mut().for_each(|item| item.exprs_mut(exprs)),
            Self::Object(entries) => {
                entries
                    .iter_mut()
                    .for_each(|(_, value)| value.exprs_mut(exprs));
            }
        }
    }
}

/// Compiles a decision diagram.
pub(crate) fn compile_diagram(
    node: &Node,
    given: &BTreeSet<&str>,
    on: &str,
    problems: &mut Problems,
) -> Option<Diagram> {
    Compiler::new(on, given, problems).diagram(node)
}

/// Compiles a rule set. Only the form of the rule set's tests is checked; tests of the
/// generated crate run them.
///
pub(crate) fn compile(
    node: &Node,
    tests: Option<&Node>,
    given: &BTreeSet<&str>,
    on: &str,
    problems: &mut Problems,
) -> Option<RuleSet> {
    let mut compiler = Compiler::new(on, given, problems);
    let rules = compiler.rule_set(node);
    if let Some(tests) = tests
        && tests.get("testCases").and_then(Node::as_array).is_none()
    {
        compiler.problem(
            tests,
            "the endpoint tests have no `testCases`",
            "add an array of tests",
        );
    }
    rules
}
