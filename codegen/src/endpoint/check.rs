//! Reads a rule set and checks all types in it.

use super::{Expr, Outcome, Parameter, PropertyValue, Rule, RuleSet, ValueType};
use crate::diagnostic::{Diagnostic, Problems};
use crate::names;
use crate::source::json::{Node, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The names in scope at a place in the rules, with identifier and type.
pub(super) type Scope = BTreeMap<String, (String, ValueType)>;

pub(super) struct Compiler<'a> {
    on: &'a str,
    /// Parameters that the client's settings or operations give a value.
    pub(super) given: &'a BTreeSet<&'a str>,
    problems: &'a mut Problems,
    pub(super) reserved: &'static [&'static str],
    /// The identifiers of all names so far, which may differ only in what an identifier drops.
    idents: BTreeMap<String, String>,
    /// How many strings have a variable of their own.
    pub(super) texts: usize,
}

/// The variables of the generated function itself.
const RESERVED: &[&str] = &["built_ins"];

impl<'a> Compiler<'a> {
    pub(super) fn new(
        on: &'a str,
        given: &'a BTreeSet<&'a str>,
        problems: &'a mut Problems,
    ) -> Self {
        Self {
            on,
            given,
            problems,
            reserved: RESERVED,
            idents: BTreeMap::new(),
            texts: 0,
        }
    }

    pub(super) fn problem(
        &mut self,
        node: &Node,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(
            Diagnostic::new("endpoint-rules", message, help)
                .at(node.place.location())
                .on(self.on),
        );
    }

    pub(super) fn array<'n>(&mut self, node: &'n Node, key: &str) -> &'n [Node] {
        match node.get(key) {
            None => &[],
            Some(found) => match found.as_array() {
                Some(items) => items,
                None => {
                    self.problem(found, format!("`{key}` must be an array"), "write an array");
                    &[]
                }
            },
        }
    }

    pub(super) fn rule_set(&mut self, node: &Node) -> Option<RuleSet> {
        let (parameters, scope) = self.parameters(node);
        if self.array(node, "rules").is_empty() {
            self.problem(node, "the rule set has no rules", "add `rules`");
            return None;
        }
        let rules = self.rules(node, &scope);
        Some(RuleSet { parameters, rules })
    }

    /// The parameters, sorted by name, and the scope of what they name.
    pub(super) fn parameters(&mut self, node: &Node) -> (Vec<Parameter>, Scope) {
        let mut parameters = Vec::new();
        let mut scope = Scope::new();
        let entries = node
            .get("parameters")
            .and_then(Node::as_object)
            .unwrap_or_default();
        let mut sorted: Vec<_> = entries.iter().collect();
        sorted.sort_by(|a, b| a.key.cmp(&b.key));
        for entry in sorted {
            let Some(parameter) = self.parameter(&entry.key, &entry.value) else {
                continue;
            };
            let ty = match parameter.required {
                true => parameter.ty.clone().certain(),
                false => parameter.ty.clone(),
            };
            scope.insert(parameter.name.clone(), (parameter.ident.clone(), ty));
            parameters.push(parameter);
        }
        (parameters, scope)
    }

    /// A unique identifier for a name in the rules.
    pub(super) fn ident(&mut self, name: &str) -> String {
        if let Some(ident) = self.idents.get(name) {
            return ident.clone();
        }
        let plain = names::snake(name);
        // The generator uses such names for strings.
        let is_text = plain
            .strip_prefix("text_")
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
        let taken = |ident: &str| {
            self.reserved.contains(&ident) || self.idents.values().any(|other| other == ident)
        };
        let plain = if is_text {
            format!("{plain}_value")
        } else {
            plain
        };
        let ident = crate::names::unique_name(plain, taken);
        self.idents.insert(name.to_owned(), ident.clone());
        ident
    }

    fn rules(&mut self, node: &Node, scope: &Scope) -> Vec<Rule> {
        let mut rules: Vec<Rule> = self
            .array(node, "rules")
            .iter()
            .filter_map(|rule| self.rule(rule, scope))
            .collect();
        if let Some(last) = rules.iter().position(Rule::is_certain) {
            rules.truncate(last + 1);
        }
        rules
    }

    /// A rule; `None` if it is invalid or never applies.
    pub(super) fn rule(&mut self, node: &Node, scope: &Scope) -> Option<Rule> {
        let mut scope = scope.clone();
        let mut conditions = Vec::new();
        let mut possible = true;
        for condition in self.array(node, "conditions") {
            possible &= self.condition(condition, &mut scope, &mut conditions);
        }
        let outcome = match node.get("type").and_then(Node::as_str) {
            Some("tree") => Outcome::Tree(self.rules(node, &scope)),
            Some("error") => {
                let Some(error) = node.get("error") else {
                    self.problem(node, "an error rule has no `error`", "add its message");
                    return None;
                };
                Outcome::Error(self.expect(error, &scope, &ValueType::Text)?)
            }
            Some("endpoint") => self.endpoint(node, &scope)?,
            _ => {
                self.problem(
                    node,
                    "the rule has no known type",
                    "use \"endpoint\", \"error\" or \"tree\"",
                );
                return None;
            }
        };
        let mut outcome = outcome;
        for expr in outcome.exprs_mut() {
            self.settle(expr, &mut conditions);
        }
        possible.then_some(Rule {
            conditions,
            outcome,
        })
    }

    fn endpoint(&mut self, node: &Node, scope: &Scope) -> Option<Outcome> {
        let Some(endpoint) = node.get("endpoint") else {
            self.problem(node, "an endpoint rule has no `endpoint`", "add its URL");
            return None;
        };
        let Some(url) = endpoint.get("url") else {
            self.problem(endpoint, "an endpoint has no `url`", "add one");
            return None;
        };
        let url = self.expect(url, scope, &ValueType::Text)?;
        let mut properties = Vec::new();
        for entry in sorted_entries(endpoint.get("properties")) {
            properties.push((entry.key.clone(), self.property(&entry.value, scope)?));
        }
        let mut headers = Vec::new();
        for entry in sorted_entries(endpoint.get("headers")) {
            let Some(values) = entry.value.as_array() else {
                self.problem(
                    &entry.value,
                    format!("the values of the header `{}` must be an array", entry.key),
                    "write an array of strings",
                );
                return None;
            };
            let values: Option<Vec<Expr>> = values
                .iter()
                .map(|value| self.expect(value, scope, &ValueType::Text))
                .collect();
            headers.push((entry.key.clone(), values?));
        }
        Some(Outcome::Endpoint {
            url,
            properties,
            headers,
        })
    }

    fn property(&mut self, node: &Node, scope: &Scope) -> Option<PropertyValue> {
        Some(match &node.value {
            Value::Number(text) => match (node.as_i64(), text.parse::<f64>()) {
                (Some(value), _) => PropertyValue::Integer(value),
                (None, Ok(value)) => PropertyValue::Float(value),
                (None, Err(_)) => {
                    self.problem(
                        node,
                        "this number is not supported",
                        "write a 32-bit integer",
                    );
                    return None;
                }
            },
            Value::Bool(_) | Value::String(_) => PropertyValue::Value(self.expr(node, scope)?),
            Value::Array(items) => {
                let items: Option<Vec<_>> = items
                    .iter()
                    .map(|item| self.property(item, scope))
                    .collect();
                PropertyValue::List(items?)
            }
            Value::Object(_) if node.get("ref").is_some() || node.get("fn").is_some() => {
                let value = self.expr(node, scope)?;
                if !matches!(value.ty(), ValueType::Text | ValueType::Bool) {
                    self.problem(
                        node,
                        format!("{} cannot be a property", value.ty().name()),
                        "use a string or a boolean, and check with `isSet` that it is set",
                    );
                    return None;
                }
                PropertyValue::Value(value)
            }
            Value::Object(_) => {
                let mut entries = Vec::new();
                for entry in sorted_entries(Some(node)) {
                    entries.push((entry.key.clone(), self.property(&entry.value, scope)?));
                }
                PropertyValue::Object(entries)
            }
            Value::Null => {
                self.problem(node, "null cannot be a property", "remove the property");
                return None;
            }
        })
    }

    pub(super) fn expect(
        &mut self,
        node: &Node,
        scope: &Scope,
        expected: &ValueType,
    ) -> Option<Expr> {
        let expr = self.expr(node, scope)?;
        if expr.ty() == *expected {
            return Some(expr);
        }
        let help = match expr.ty() {
            ValueType::Optional(_) => "check first with `isSet` that it is set",
            _ => "use a value of the expected type",
        };
        self.problem(
            node,
            format!(
                "{} is used where {} is expected",
                expr.ty().name(),
                expected.name()
            ),
            help,
        );
        None
    }

    pub(super) fn expr(&mut self, node: &Node, scope: &Scope) -> Option<Expr> {
        match &node.value {
            Value::Bool(value) => Some(Expr::Bool(*value)),
            Value::String(text) => Some(Expr::Text(self.template(node, text, scope)?)),
            Value::Object(_) => {
                if let Some(name) = node.get("ref").and_then(Node::as_str) {
                    return self.reference(node, name, scope);
                }
                match node.get("fn").and_then(Node::as_str) {
                    Some(function) => self.call(node, function, scope),
                    None => {
                        self.problem(
                            node,
                            "this is neither a reference nor a call",
                            "write {\"ref\": ...} or {\"fn\": ...}",
                        );
                        None
                    }
                }
            }
            _ => {
                self.problem(
                    node,
                    format!("{} cannot be part of a rule", node.kind()),
                    "use a string, a boolean, a reference or a call",
                );
                None
            }
        }
    }

    pub(super) fn reference(&mut self, node: &Node, name: &str, scope: &Scope) -> Option<Expr> {
        match scope.get(name) {
            Some((ident, ty)) => Some(Expr::Ref {
                name: ident.clone(),
                ty: ty.clone(),
            }),
            None => {
                self.problem(
                    node,
                    format!(
                        "`{name}` is not a parameter and is not assigned by an earlier condition"
                    ),
                    "declare the parameter, or assign the value in an earlier condition",
                );
                None
            }
        }
    }
}

fn sorted_entries(node: Option<&Node>) -> Vec<&crate::source::json::Entry> {
    let mut entries: Vec<_> = node
        .and_then(Node::as_object)
        .unwrap_or_default()
        .iter()
        .collect();
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    entries
}
