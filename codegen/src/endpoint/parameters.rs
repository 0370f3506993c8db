//! Parameters of rule sets.

use super::check::Compiler;
use super::{DefaultValue, Parameter, ParameterSource, ValueType};
use crate::source::json::{Node, Value};

impl Compiler<'_> {
    pub(super) fn parameter(&mut self, name: &str, node: &Node) -> Option<Parameter> {
        let kind = node.get("type").and_then(Node::as_str).unwrap_or_default();
        let ty = match kind.to_ascii_lowercase().as_str() {
            "boolean" => ValueType::Bool,
            "string" => ValueType::Text,
            "stringarray" => ValueType::TextList,
            _ => {
                self.problem(
                    node,
                    format!("the type of the endpoint parameter `{name}` is unknown"),
                    "use String, Boolean or StringArray",
                );
                return None;
            }
        };
        let default = match node.get("default") {
            Some(node) => Some(self.default(name, node, &ty)?),
            None => None,
        };
        let required = node
            .get("required")
            .and_then(Node::as_bool)
            .unwrap_or(false);
        let source = match (node.get("builtIn").and_then(Node::as_str), &ty) {
            (Some("AWS::Region"), ValueType::Text) => ParameterSource::Region,
            (Some("SDK::Endpoint"), ValueType::Text) => ParameterSource::Endpoint,
            (Some("AWS::UseFIPS"), ValueType::Bool) => ParameterSource::UseFips,
            (Some("AWS::UseDualStack"), ValueType::Bool) => ParameterSource::UseDualStack,
            (_, _) if self.given.contains(name) => ParameterSource::Named(default),
            (Some("AWS::Auth::AccountId"), ValueType::Text) => ParameterSource::AccountId,
            (Some("AWS::Auth::AccountIdEndpointMode"), ValueType::Text) => {
                ParameterSource::AccountIdEndpointMode
            }
            (_, _) => {
                if required && default.is_none() {
                    self.problem(
                        node,
                        format!("nothing sets the required endpoint parameter `{name}`"),
                        "the client sets AWS::Region, AWS::UseFIPS, AWS::UseDualStack, SDK::Endpoint and the \
                         account ID; others need a default, or a trait that gives them a value",
                    );
                }
                ParameterSource::Default(default)
            }
        };
        let certain = match &source {
            ParameterSource::UseFips | ParameterSource::UseDualStack => true,
            ParameterSource::Region
            | ParameterSource::Endpoint
            | ParameterSource::AccountId
            | ParameterSource::AccountIdEndpointMode => false,
            ParameterSource::Named(value) | ParameterSource::Default(value) => value.is_some(),
        };
        Some(Parameter {
            name: name.to_owned(),
            ident: self.ident(name),
            ty: if certain { ty } else { ty.optional() },
            required,
            source,
        })
    }

    fn default(&mut self, name: &str, node: &Node, ty: &ValueType) -> Option<DefaultValue> {
        let value = match (ty, &node.value) {
            (ValueType::Bool, Value::Bool(value)) => Some(DefaultValue::Bool(*value)),
            (ValueType::Text, Value::String(text)) => Some(DefaultValue::Text(text.clone())),
            (ValueType::TextList, Value::Array(items)) => items
                .iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect::<Option<_>>()
                .map(DefaultValue::List),
            _ => None,
        };
        if value.is_none() {
            self.problem(
                node,
                format!(
                    "the default of the endpoint parameter `{name}` is not {}",
                    ty.name()
                ),
                format!("write {}", ty.name()),
            );
        }
        value
    }
}
