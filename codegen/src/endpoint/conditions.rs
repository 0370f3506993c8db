//! Conditions: what they test, what they assign, and the strings that outlive them.

use super::check::{Compiler, Scope};
use super::{Condition, Expr, ValueType};
use crate::source::json::Node;

impl Compiler<'_> {
    /// Adds a condition's test and assignment. Returns `false` if it can never hold.
    pub(super) fn condition(
        &mut self,
        node: &Node,
        scope: &mut Scope,
        conditions: &mut Vec<Condition>,
    ) -> bool {
        let assign = node.get("assign").and_then(Node::as_str);
        let function = node.get("fn").and_then(Node::as_str);
        if !matches!(function, None | Some("isSet" | "not" | "coalesce" | "ite")) {
            self.require_arguments(node, scope, conditions);
        }
        // After `isSet`, the variable is certain.
        if assign.is_none()
            && function == Some("isSet")
            && let [argument] = self.array(node, "argv")
            && let Some(name) = argument.get("ref").and_then(Node::as_str)
        {
            let Some(value) = self.expr(argument, scope) else {
                return true;
            };
            if let (Expr::Ref { name: ident, .. }, ValueType::Optional(inner)) =
                (&value, value.ty())
            {
                let ident = ident.clone();
                scope.insert(name.to_owned(), (ident.clone(), *inner));
                conditions.push(Condition::Bind { name: ident, value });
            }
            return true;
        }
        let Some(mut value) = self.expr(node, scope) else {
            return true;
        };
        self.settle(&mut value, conditions);
        let ty = value.ty();
        let holds = match assign {
            Some(name) => {
                let name = self.assign(name, value, scope, conditions);
                // A condition fails if its value is absent or false.
                match ty.certain() {
                    ValueType::Bool => Expr::Ref {
                        name,
                        ty: ValueType::Bool,
                    },
                    _ => return true,
                }
            }
            None => match ty {
                ValueType::Bool => value,
                ValueType::Optional(inner) if *inner == ValueType::Bool => {
                    Expr::Equals(Box::new(value), Box::new(Expr::Bool(true)))
                }
                ValueType::Optional(_) => value.set(),
                ty => {
                    self.problem(
                        node,
                        format!(
                            "a condition must be a boolean or an optional value, not {}",
                            ty.name()
                        ),
                        "compare it with another value",
                    );
                    return true;
                }
            },
        };
        match holds {
            Expr::Bool(value) => value,
            holds => {
                conditions.push(Condition::Holds(holds));
                true
            }
        }
    }

    /// Adds tests for the optional variables among a condition's arguments. If one is absent, the condition
    /// fails, as published rule sets expect.
    fn require_arguments(
        &mut self,
        node: &Node,
        scope: &mut Scope,
        conditions: &mut Vec<Condition>,
    ) {
        for argument in self.array(node, "argv") {
            let Some(name) = argument.get("ref").and_then(Node::as_str) else {
                continue;
            };
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
    }

    /// Binds a value to a name for what follows, and returns the identifier.
    fn assign(
        &mut self,
        name: &str,
        mut value: Expr,
        scope: &mut Scope,
        conditions: &mut Vec<Condition>,
    ) -> String {
        let ident = self.ident(name);
        scope.insert(name.to_owned(), (ident.clone(), value.ty().certain()));
        if value.ty().is_optional() {
            conditions.push(Condition::Bind {
                name: ident.clone(),
                value,
            });
            return ident;
        }
        for part in value.parts_mut() {
            self.name_strings(part, conditions);
        }
        conditions.push(Condition::Let {
            name: ident.clone(),
            value,
        });
        ident
    }

    /// Puts each string that a choice creates into a variable, since what is borrowed from it has to
    /// outlive the choice.
    pub(super) fn settle(&mut self, expr: &mut Expr, conditions: &mut Vec<Condition>) {
        let is_choice = matches!(expr, Expr::Coalesce(..) | Expr::IfElse(..));
        for part in expr.parts_mut() {
            match is_choice {
                true => self.name_strings(part, conditions),
                false => self.settle(part, conditions),
            }
        }
    }

    /// Puts each string that an expression creates into a variable, so that what is borrowed from it
    /// lives as long as the variable.
    pub(super) fn name_strings(&mut self, expr: &mut Expr, conditions: &mut Vec<Condition>) {
        for part in expr.parts_mut() {
            self.name_strings(part, conditions);
        }
        if expr.makes_string() {
            self.texts += 1;
            let name = format!("text_{}", self.texts);
            let named = Expr::Ref {
                name: name.clone(),
                ty: ValueType::Text,
            };
            let value = std::mem::replace(expr, named);
            conditions.push(Condition::Let { name, value });
        }
    }
}
