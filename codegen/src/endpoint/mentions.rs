//! Which variables and properties rules use, so that nothing else is emitted.

use super::{Condition, Expr, Outcome, PropertyValue, Rule, TextPart};

/// Whether a rule uses a variable after the condition that sets it.
pub(crate) fn mentioned_after(rule: &Rule, condition: usize, name: &str) -> bool {
    rule.conditions[condition + 1..]
        .iter()
        .any(|condition| match condition {
            Condition::Holds(expr)
            | Condition::Bind { value: expr, .. }
            | Condition::Let { value: expr, .. } => mentions(expr, name),
        })
        || mentions_outcome(&rule.outcome, name)
}

/// Whether rules use a variable.
pub(crate) fn mentions_rules(rules: &[Rule], name: &str) -> bool {
    rules.iter().any(|rule| {
        rule.conditions.iter().any(|condition| match condition {
            Condition::Holds(expr)
            | Condition::Bind { value: expr, .. }
            | Condition::Let { value: expr, .. } => mentions(expr, name),
        }) || mentions_outcome(&rule.outcome, name)
    })
}

/// Whether any endpoint of these rules has a property with one of these names, at any depth.
pub(super) fn has_property(rules: &[Rule], names: &[&str]) -> bool {
    rules.iter().any(|rule| match &rule.outcome {
        Outcome::Endpoint { properties, .. } => names_property(properties, names),
        Outcome::Tree(rules) => has_property(rules, names),
        Outcome::Error(_) | Outcome::Holds(_) => false,
    })
}

fn names_property(properties: &[(String, PropertyValue)], names: &[&str]) -> bool {
    fn is_in(value: &PropertyValue, names: &[&str]) -> bool {
        match value {
            PropertyValue::Integer(_) | PropertyValue::Float(_) | PropertyValue::Value(_) => false,
            PropertyValue::List(items) => items.iter().any(|item| is_in(item, names)),
            PropertyValue::Object(entries) => names_property(entries, names),
        }
    }
    properties
        .iter()
        .any(|(name, value)| names.contains(&name.as_str()) || is_in(value, names))
}

fn mentions_outcome(outcome: &Outcome, name: &str) -> bool {
    match outcome {
        Outcome::Error(expr) => mentions(expr, name),
        Outcome::Endpoint {
            url,
            properties,
            headers,
        } => {
            mentions(url, name)
                || properties
                    .iter()
                    .any(|(_, value)| mentions_property(value, name))
                || headers
                    .iter()
                    .any(|(_, values)| values.iter().any(|value| mentions(value, name)))
        }
        Outcome::Tree(rules) => mentions_rules(rules, name),
        Outcome::Holds(value) => value
            .as_ref()
            .is_some_and(|(_, value)| mentions(value, name)),
    }
}

fn mentions_property(value: &PropertyValue, name: &str) -> bool {
    match value {
        PropertyValue::Integer(_) | PropertyValue::Float(_) => false,
        PropertyValue::Value(expr) => mentions(expr, name),
        PropertyValue::List(items) => items.iter().any(|item| mentions_property(item, name)),
        PropertyValue::Object(entries) => entries
            .iter()
            .any(|(_, value)| mentions_property(value, name)),
    }
}

fn mentions(expr: &Expr, name: &str) -> bool {
    match expr {
        Expr::Bool(_) | Expr::Number(_) => false,
        Expr::Ref { name: other, .. } => other == name,
        Expr::Text(pieces) => pieces.iter().any(|piece| match piece {
            TextPart::Literal(_) => false,
            TextPart::Value(expr) => mentions(expr, name),
        }),
        Expr::IsSet(inner)
        | Expr::Not(inner)
        | Expr::Field { of: inner, .. }
        | Expr::Item(inner, _) => mentions(inner, name),
        Expr::Equals(a, b) => mentions(a, name) || mentions(b, name),
        Expr::Call { args, .. } | Expr::Coalesce(args, _) => {
            args.iter().any(|arg| mentions(arg, name))
        }
        Expr::IfElse(a, b, c, _) => [a, b, c].iter().any(|expr| mentions(expr, name)),
    }
}
