//! Decision diagrams: conditions that are asked one after the other, and what they lead to.
//!
//! A diagram has no nesting that shows which variables are there, so a condition does not hold if a
//! variable that it uses is absent.

use super::check::{Compiler, Scope};
use super::nodes::{self, Graph};
use super::{Condition, Expr, Outcome, Parameter, Rule, ValueType, mentions_rules};
use crate::source::json::{Node, Value};

/// A decision diagram that can be emitted.
#[derive(Debug)]
pub(crate) struct Diagram {
    pub(crate) parameters: Vec<Parameter>,
    /// The variables that conditions set, those that others borrow from first.
    pub(crate) variables: Vec<(String, ValueType)>,
    /// Each has the outcome `Holds`.
    pub(crate) conditions: Vec<Rule>,
    pub(crate) results: Vec<Rule>,
    pub(crate) graph: Graph,
}

/// The variables of the generated function itself.
const RESERVED: &[&str] = &["built_ins", "condition", "found", "result"];

/// Functions whose arguments may be absent.
const TAKE_ABSENT: &[&str] = &["isSet", "coalesce"];

impl Compiler<'_> {
    pub(super) fn diagram(&mut self, node: &Node) -> Option<Diagram> {
        self.reserved = RESERVED;
        let (parameters, mut scope) = self.parameters(node);
        let mut variables = Vec::new();
        let mut conditions = Vec::new();
        let nodes = self.array(node, "conditions");
        for node in nodes {
            conditions.extend(self.diagram_condition(node, &mut scope, &mut variables));
        }
        let result_nodes = self.array(node, "results");
        let mut results = Vec::new();
        for node in result_nodes {
            results.extend(self.diagram_result(node, &scope));
        }
        let graph = nodes::read(self, node, nodes.len(), result_nodes.len())?;
        if conditions.len() < nodes.len() || results.len() < result_nodes.len() {
            return None;
        }
        keep_what_is_used(&mut conditions, &results, &mut variables);
        Some(Diagram {
            parameters,
            variables,
            conditions,
            results,
            graph,
        })
    }

    fn diagram_condition(
        &mut self,
        node: &Node,
        scope: &mut Scope,
        variables: &mut Vec<(String, ValueType)>,
    ) -> Option<Rule> {
        let mut inner = scope.clone();
        let mut conditions = self.require(node, &mut inner);
        let Some(name) = node.get("assign").and_then(Node::as_str) else {
            let holds = self.condition(node, &mut inner, &mut conditions);
            if !holds {
                conditions.push(Condition::Holds(Expr::Bool(false)));
            }
            return Some(Rule {
                conditions,
                outcome: Outcome::Holds(None),
            });
        };
        if scope.contains_key(name) {
            self.problem(
                node,
                format!("`{name}` is assigned twice"),
                "give each value of a decision diagram a name of its own",
            );
            return None;
        }
        let mut value = self.expr(node, &inner)?;
        let ty = value.ty().certain();
        match ty {
            ValueType::Url | ValueType::Arn | ValueType::TextList => {
                // What is borrowed from a string needs it to be a variable, too.
                let before = conditions.len();
                for part in value.parts_mut() {
                    self.name_strings(part, &mut conditions);
                }
                for condition in &conditions[before..] {
                    if let Condition::Let { name, .. } = condition {
                        variables.insert(0, (name.clone(), ValueType::Text));
                    }
                }
            }
            _ => self.settle(&mut value, &mut conditions),
        }
        let ident = self.ident(name);
        scope.insert(name.to_owned(), (ident.clone(), ty.clone().optional()));
        match ty {
            ValueType::Text => variables.insert(0, (ident.clone(), ty)),
            ty => variables.push((ident.clone(), ty)),
        }
        Some(Rule {
            conditions,
            outcome: Outcome::Holds(Some((ident, value))),
        })
    }

    fn diagram_result(&mut self, node: &Node, scope: &Scope) -> Option<Rule> {
        let mut inner = scope.clone();
        let mut conditions = self.require(node, &mut inner);
        let rule = self.rule(node, &inner)?;
        conditions.extend(rule.conditions);
        Some(Rule {
            conditions,
            outcome: rule.outcome,
        })
    }

    /// Asks for the variables that are used in a node and may be absent.
    fn require(&mut self, node: &Node, scope: &mut Scope) -> Vec<Condition> {
        let mut names = Vec::new();
        names_in(node, &mut names);
        let mut conditions = Vec::new();
        for name in names {
            let Some((ident, ValueType::Optional(inner))) = scope.get(name).cloned() else {
                continue;
            };
            let value = Expr::Ref {
                name: ident.clone(),
                ty: inner.as_ref().clone().optional(),
            };
            scope.insert(name.to_owned(), (ident.clone(), *inner));
            conditions.push(Condition::Bind { name: ident, value });
        }
        conditions
    }
}

/// The names that a node refers to, except those that may be absent.
fn names_in<'n>(node: &'n Node, names: &mut Vec<&'n str>) {
    match &node.value {
        Value::String(text) => names_in_template(text, names),
        Value::Array(items) => items.iter().for_each(|item| names_in(item, names)),
        Value::Object(entries) => {
            if let Some(name) = node.get("ref").and_then(Node::as_str) {
                names.push(name);
                return;
            }
            let function = node.get("fn").and_then(Node::as_str);
            if function.is_some_and(|function| TAKE_ABSENT.contains(&function)) {
                let arguments = node
                    .get("argv")
                    .and_then(Node::as_array)
                    .unwrap_or_default();
                for argument in arguments.iter().filter(|node| node.get("ref").is_none()) {
                    names_in(argument, names);
                }
                return;
            }
            entries
                .iter()
                .for_each(|entry| names_in(&entry.value, names));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn names_in_template<'n>(text: &'n str, names: &mut Vec<&'n str>) {
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(after) = rest.strip_prefix('{') {
            rest = after;
            continue;
        }
        let inner = rest.split('}').next().unwrap_or_default();
        names.push(inner.split('#').next().unwrap_or_default());
    }
}

/// Removes variables that nothing uses. Their conditions still hold only if the value is there.
fn keep_what_is_used(
    conditions: &mut [Rule],
    results: &[Rule],
    variables: &mut Vec<(String, ValueType)>,
) {
    variables.retain(|(name, _)| {
        let is_own = conditions.iter().any(|rule| {
            rule.conditions.iter().any(
                |condition| matches!(condition, Condition::Let { name: own, .. } if own == name),
            )
        });
        is_own || mentions_rules(conditions, name) || mentions_rules(results, name)
    });
    for rule in conditions {
        if let Outcome::Holds(Some((name, _))) = &rule.outcome
            && !variables.iter().any(|(kept, _)| kept == name)
            && let Outcome::Holds(Some((_, value))) =
                std::mem::replace(&mut rule.outcome, Outcome::Holds(None))
        {
            match value.ty() {
                ValueType::Bool => rule.conditions.push(Condition::Holds(value)),
                _ => match value.set() {
                    Expr::Bool(true) => {}
                    set => rule.conditions.push(Condition::Holds(set)),
                },
            }
        }
    }
}
