//! Reads a rule set and checks the type of everything in it.

use super::{
    Condition, DefaultValue, Expr, Outcome, Parameter, Piece, PropertyValue, Rule, RuleSet, Source,
    Ty,
};
use crate::diagnostic::Diagnostic;
use crate::json::{Node, Value};
use crate::names;
use std::collections::BTreeMap;

/// What is known of the names at one place of the rules: identifier and type.
type Scope = BTreeMap<String, (String, Ty)>;

pub(crate) struct Compiler<'a> {
    on: &'a str,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(on: &'a str, problems: &'a mut Vec<Diagnostic>) -> Self {
        Self { on, problems }
    }

    pub(crate) fn problem(
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

    fn array<'n>(&mut self, node: &'n Node, key: &str) -> &'n [Node] {
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

    pub(crate) fn rule_set(&mut self, node: &Node) -> Option<RuleSet> {
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
            let ty = if parameter.boolean {
                Ty::Bool
            } else {
                Ty::Text
            };
            let certain = match &parameter.source {
                Source::UseFips | Source::UseDualStack => true,
                Source::Region | Source::Endpoint => false,
                Source::Default(value) => value.is_some(),
            };
            let ty = if certain { ty } else { ty.optional() };
            scope.insert(parameter.name.clone(), (parameter.ident.clone(), ty));
            parameters.push(parameter);
        }
        let rules = self.rules(node, &scope);
        if rules.is_empty() {
            self.problem(node, "the rule set has no rules", "add `rules`");
            return None;
        }
        Some(RuleSet { parameters, rules })
    }

    fn parameter(&mut self, name: &str, node: &Node) -> Option<Parameter> {
        let kind = node.get("type").and_then(Node::as_str).unwrap_or_default();
        let boolean = match kind.to_ascii_lowercase().as_str() {
            "boolean" => true,
            "string" => false,
            _ => {
                self.problem(
                    node,
                    format!("the endpoint parameter `{name}` has a type that the generator does not know"),
                    "use String or Boolean",
                );
                return None;
            }
        };
        let default = node.get("default").and_then(|node| match &node.value {
            Value::Bool(value) => Some(DefaultValue::Bool(*value)),
            Value::String(text) => Some(DefaultValue::Text(text.clone())),
            _ => None,
        });
        let source = match (node.get("builtIn").and_then(Node::as_str), boolean) {
            (Some("AWS::Region"), false) => Source::Region,
            (Some("SDK::Endpoint"), false) => Source::Endpoint,
            (Some("AWS::UseFIPS"), true) => Source::UseFips,
            (Some("AWS::UseDualStack"), true) => Source::UseDualStack,
            (_, _) => {
                let required = node
                    .get("required")
                    .and_then(Node::as_bool)
                    .unwrap_or(false);
                if required && default.is_none() {
                    self.problem(
                        node,
                        format!("nothing gives the required endpoint parameter `{name}` a value"),
                        "the generator sets AWS::Region, AWS::UseFIPS, AWS::UseDualStack and SDK::Endpoint; \
                         others need a default",
                    );
                    return None;
                }
                Source::Default(default)
            }
        };
        Some(Parameter {
            name: name.to_owned(),
            ident: ident(name),
            boolean,
            source,
        })
    }

    fn rules(&mut self, node: &Node, scope: &Scope) -> Vec<Rule> {
        self.array(node, "rules")
            .iter()
            .filter_map(|rule| self.rule(rule, scope))
            .collect()
    }

    fn rule(&mut self, node: &Node, scope: &Scope) -> Option<Rule> {
        let mut scope = scope.clone();
        let mut conditions = Vec::new();
        for condition in self.array(node, "conditions") {
            conditions.extend(self.condition(condition, &mut scope));
        }
        let outcome = match node.get("type").and_then(Node::as_str) {
            Some("tree") => Outcome::Tree(self.rules(node, &scope)),
            Some("error") => {
                let Some(error) = node.get("error") else {
                    self.problem(node, "an error rule has no `error`", "add its text");
                    return None;
                };
                Outcome::Error(self.expect(error, &scope, &Ty::Text)?)
            }
            Some("endpoint") => self.endpoint(node, &scope)?,
            _ => {
                self.problem(
                    node,
                    "a rule has no type that the generator knows",
                    "use \"endpoint\", \"error\" or \"tree\"",
                );
                return None;
            }
        };
        Some(Rule {
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
        let url = self.expect(url, scope, &Ty::Text)?;
        let mut properties = Vec::new();
        for entry in sorted_entries(endpoint.get("properties")) {
            properties.push((entry.key.clone(), self.property(&entry.value, scope)?));
        }
        let mut headers = Vec::new();
        for entry in sorted_entries(endpoint.get("headers")) {
            let values = entry.value.as_array().unwrap_or_default();
            let values: Option<Vec<Expr>> = values
                .iter()
                .map(|value| self.expect(value, scope, &Ty::Text))
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
            Value::Bool(value) => PropertyValue::Bool(*value),
            Value::Number(_) => PropertyValue::Number(node.as_i64()?),
            Value::String(_) => PropertyValue::Text(self.expect(node, scope, &Ty::Text)?),
            Value::Array(items) => {
                let items: Option<Vec<_>> = items
                    .iter()
                    .map(|item| self.property(item, scope))
                    .collect();
                PropertyValue::List(items?)
            }
            Value::Object(_) if node.get("ref").is_some() || node.get("fn").is_some() => {
                PropertyValue::Text(self.expect(node, scope, &Ty::Text)?)
            }
            Value::Object(_) => {
                let mut entries = Vec::new();
                for entry in sorted_entries(Some(node)) {
                    entries.push((entry.key.clone(), self.property(&entry.value, scope)?));
                }
                PropertyValue::Object(entries)
            }
            Value::Null => return None,
        })
    }

    fn condition(&mut self, node: &Node, scope: &mut Scope) -> Option<Condition> {
        let assign = node.get("assign").and_then(Node::as_str);
        // `isSet` of a variable makes it certain in what follows.
        if assign.is_none()
            && node.get("fn").and_then(Node::as_str) == Some("isSet")
            && let [argument] = self.array(node, "argv")
            && let Some(name) = argument.get("ref").and_then(Node::as_str)
        {
            let value = self.expr(argument, scope)?;
            if let (Expr::Ref { name: ident, .. }, Ty::Optional(inner)) = (&value, value.ty()) {
                let ident = ident.clone();
                scope.insert(name.to_owned(), (ident.clone(), *inner));
                return Some(Condition::Bind { name: ident, value });
            }
        }
        let value = self.expr(node, scope)?;
        let ty = value.ty();
        match (assign, ty) {
            (Some(name), Ty::Optional(inner)) => {
                let ident = ident(name);
                scope.insert(name.to_owned(), (ident.clone(), *inner));
                Some(Condition::Bind { name: ident, value })
            }
            (Some(name), ty) => {
                let ident = ident(name);
                scope.insert(name.to_owned(), (ident.clone(), ty));
                Some(Condition::Let { name: ident, value })
            }
            (None, Ty::Bool) => Some(Condition::Holds(value)),
            (None, Ty::Optional(_)) => Some(Condition::Holds(Expr::IsSet(Box::new(value)))),
            (None, ty) => {
                self.problem(
                    node,
                    format!(
                        "a condition must be a boolean or an optional value, not {}",
                        ty.name()
                    ),
                    "compare it with something",
                );
                None
            }
        }
    }

    fn expect(&mut self, node: &Node, scope: &Scope, expected: &Ty) -> Option<Expr> {
        let expr = self.expr(node, scope)?;
        if expr.ty() == *expected {
            return Some(expr);
        }
        let help = match expr.ty() {
            Ty::Optional(_) => "ask first whether it is set, with isSet",
            _ => "use a value of the type that is needed",
        };
        self.problem(
            node,
            format!(
                "{} stands where {} is needed",
                expr.ty().name(),
                expected.name()
            ),
            help,
        );
        None
    }

    fn expr(&mut self, node: &Node, scope: &Scope) -> Option<Expr> {
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
                    format!("{} cannot stand in a rule", node.kind()),
                    "use a string, a boolean, a reference or a call",
                );
                None
            }
        }
    }

    fn reference(&mut self, node: &Node, name: &str, scope: &Scope) -> Option<Expr> {
        match scope.get(name) {
            Some((ident, ty)) => Some(Expr::Ref {
                name: ident.clone(),
                ty: ty.clone(),
            }),
            None => {
                self.problem(
                    node,
                    format!("`{name}` is neither a parameter nor assigned before"),
                    "declare the parameter, or assign the value in an earlier condition",
                );
                None
            }
        }
    }

    /// A text with `{Name}` and `{Name#field}` in it; doubled braces stand for themselves.
    fn template(&mut self, node: &Node, text: &str, scope: &Scope) -> Option<Vec<Piece>> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            literal.push_str(&rest[..at]);
            let brace = &rest[at..at + 1];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                literal.push_str(brace);
                rest = after;
                continue;
            }
            let Some(close) = rest.find('}').filter(|_| brace == "{") else {
                self.problem(
                    node,
                    "a brace is not closed",
                    "close it, or double it if it stands for itself",
                );
                return None;
            };
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            }
            let inner = &rest[..close];
            rest = &rest[close + 1..];
            let value = match inner.split_once('#') {
                None => self.reference(node, inner, scope)?,
                Some((name, path)) => {
                    let record = self.reference(node, name, scope)?;
                    self.attribute(node, record, path)?
                }
            };
            if value.ty() != Ty::Text {
                self.problem(
                    node,
                    format!("`{{{inner}}}` is {}, not a string", value.ty().name()),
                    "put only strings into a text, and ask first whether they are set",
                );
                return None;
            }
            pieces.push(Piece::Value(value));
        }
        literal.push_str(rest);
        if !literal.is_empty() || pieces.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        Some(pieces)
    }

    /// The value at a path such as `resourceId[0]` in a record.
    fn attribute(&mut self, node: &Node, of: Expr, path: &str) -> Option<Expr> {
        let mut value = of;
        for step in path.split('.') {
            let (name, index) = match step.split_once('[') {
                Some((name, index)) => (
                    name,
                    index.strip_suffix(']').and_then(|i| i.parse::<i64>().ok()),
                ),
                None => (step, None),
            };
            if !name.is_empty() {
                let Some((field, ty)) = field(&value.ty(), name) else {
                    self.problem(
                        node,
                        format!("{} has no `{name}`", value.ty().name()),
                        "use a field of the record",
                    );
                    return None;
                };
                value = Expr::Field {
                    of: Box::new(value),
                    field,
                    ty,
                };
            }
            if let Some(index) = index {
                if value.ty() != Ty::TextList {
                    self.problem(
                        node,
                        format!("{} has no items", value.ty().name()),
                        "take an item of a list only",
                    );
                    return None;
                }
                value = Expr::Item(Box::new(value), index);
            }
        }
        Some(value)
    }

    fn call(&mut self, node: &Node, function: &str, scope: &Scope) -> Option<Expr> {
        let argv = self.array(node, "argv");
        let wrong = |compiler: &mut Self| {
            compiler.problem(
                node,
                format!("`{function}` is called with {} arguments", argv.len()),
                "give it as many as its definition says",
            );
        };
        let text = |compiler: &mut Self, at: usize| compiler.expect(&argv[at], scope, &Ty::Text);
        let boolean = |compiler: &mut Self, at: usize| compiler.expect(&argv[at], scope, &Ty::Bool);
        let arity = match function {
            "isSet" | "not" | "aws.partition" | "parseURL" | "uriEncode" | "aws.parseArn" => {
                Some(1)
            }
            "booleanEquals"
            | "stringEquals"
            | "getAttr"
            | "isValidHostLabel"
            | "aws.isVirtualHostableS3Bucket" => Some(2),
            "ite" | "split" => Some(3),
            "substring" => Some(4),
            "coalesce" => None,
            _ => {
                self.problem(
                    node,
                    format!("there is no function `{function}` in endpoint rules that the generator knows"),
                    "use a function of Smithy's rules engine",
                );
                return None;
            }
        };
        if arity.is_some_and(|arity| arity != argv.len()) {
            wrong(self);
            return None;
        }
        let call = |function: &'static str, args: Vec<Expr>, ty: Ty| {
            Some(Expr::Call { function, args, ty })
        };
        match function {
            "isSet" => Some(Expr::IsSet(Box::new(self.expr(&argv[0], scope)?))),
            "not" => Some(Expr::Not(Box::new(boolean(self, 0)?))),
            "booleanEquals" => Some(Expr::BoolEquals(
                Box::new(boolean(self, 0)?),
                Box::new(boolean(self, 1)?),
            )),
            "stringEquals" => {
                let (a, b) = (self.expr(&argv[0], scope)?, self.expr(&argv[1], scope)?);
                for (expr, node) in [(&a, &argv[0]), (&b, &argv[1])] {
                    if !matches!(expr.ty(), Ty::Text) && expr.ty() != Ty::Text.optional() {
                        self.problem(
                            node,
                            format!("{} stands where a string is needed", expr.ty().name()),
                            "compare strings",
                        );
                        return None;
                    }
                }
                Some(Expr::TextEquals(Box::new(a), Box::new(b)))
            }
            "getAttr" => {
                let of = self.expr(&argv[0], scope)?;
                let path = argv[1].as_str().unwrap_or_default();
                self.attribute(&argv[1], of, path)
            }
            "aws.partition" => call("partition", vec![text(self, 0)?], Ty::Partition.optional()),
            "parseURL" => call("parse_url", vec![text(self, 0)?], Ty::Url.optional()),
            "uriEncode" => call("uri_encode", vec![text(self, 0)?], Ty::Text),
            "aws.parseArn" => call("parse_arn", vec![text(self, 0)?], Ty::Arn.optional()),
            "isValidHostLabel" => call(
                "is_valid_host_label",
                vec![text(self, 0)?, boolean(self, 1)?],
                Ty::Bool,
            ),
            "aws.isVirtualHostableS3Bucket" => call(
                "is_virtual_hostable_s3_bucket",
                vec![text(self, 0)?, boolean(self, 1)?],
                Ty::Bool,
            ),
            "substring" => {
                let (Some(start), Some(stop)) = (argv[1].as_i64(), argv[2].as_i64()) else {
                    self.problem(
                        node,
                        "`substring` needs two whole numbers",
                        "write the start and the stop",
                    );
                    return None;
                };
                let args = vec![
                    text(self, 0)?,
                    Expr::Number(start),
                    Expr::Number(stop),
                    boolean(self, 3)?,
                ];
                call("substring", args, Ty::Text.optional())
            }
            "split" => {
                let Some(limit) = argv[2].as_i64() else {
                    self.problem(
                        node,
                        "`split` needs a whole number as its limit",
                        "write 0 for no limit",
                    );
                    return None;
                };
                let args = vec![text(self, 0)?, text(self, 1)?, Expr::Number(limit)];
                call("split", args, Ty::TextList)
            }
            "ite" => {
                let condition = boolean(self, 0)?;
                let (then, other) = (self.expr(&argv[1], scope)?, self.expr(&argv[2], scope)?);
                let ty = self.common(node, &[&then, &other])?;
                Some(Expr::IfElse(
                    Box::new(condition),
                    Box::new(then),
                    Box::new(other),
                    ty,
                ))
            }
            _ => {
                let values: Option<Vec<Expr>> =
                    argv.iter().map(|node| self.expr(node, scope)).collect();
                let values = values?;
                let Some(last) = values.last() else {
                    wrong(self);
                    return None;
                };
                let certain = !matches!(last.ty(), Ty::Optional(_));
                let inner = self.common(node, &values.iter().collect::<Vec<_>>())?;
                let inner = match inner {
                    Ty::Optional(inner) => *inner,
                    other => other,
                };
                let ty = if certain { inner } else { inner.optional() };
                Some(Expr::Coalesce(values, ty))
            }
        }
    }

    /// The type that these have in common, optional if one of them is.
    fn common(&mut self, node: &Node, exprs: &[&Expr]) -> Option<Ty> {
        let plain = |ty: Ty| match ty {
            Ty::Optional(inner) => *inner,
            other => other,
        };
        let first = plain(exprs.first()?.ty());
        if exprs.iter().any(|expr| plain(expr.ty()) != first) {
            self.problem(
                node,
                "the values are of different types",
                "use values of one type",
            );
            return None;
        }
        let optional = exprs
            .iter()
            .any(|expr| matches!(expr.ty(), Ty::Optional(_)));
        Some(if optional { first.optional() } else { first })
    }
}

fn ident(name: &str) -> String {
    names::snake(name)
}

fn sorted_entries(node: Option<&Node>) -> Vec<&crate::json::Entry> {
    let mut entries: Vec<_> = node
        .and_then(Node::as_object)
        .unwrap_or_default()
        .iter()
        .collect();
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    entries
}

/// The fields of the records that functions give.
fn field(of: &Ty, name: &str) -> Option<(&'static str, Ty)> {
    Some(match (of, name) {
        (Ty::Partition, "name") => ("name", Ty::Text),
        (Ty::Partition, "dnsSuffix") => ("dns_suffix", Ty::Text),
        (Ty::Partition, "dualStackDnsSuffix") => ("dual_stack_dns_suffix", Ty::Text),
        (Ty::Partition, "supportsFIPS") => ("supports_fips", Ty::Bool),
        (Ty::Partition, "supportsDualStack") => ("supports_dual_stack", Ty::Bool),
        (Ty::Partition, "implicitGlobalRegion") => ("implicit_global_region", Ty::Text),
        (Ty::Url, "scheme") => ("scheme", Ty::Text),
        (Ty::Url, "authority") => ("authority", Ty::Text),
        (Ty::Url, "path") => ("path", Ty::Text),
        (Ty::Url, "normalizedPath") => ("normalized_path", Ty::Text),
        (Ty::Url, "isIp") => ("is_ip", Ty::Bool),
        (Ty::Arn, "partition") => ("partition", Ty::Text),
        (Ty::Arn, "service") => ("service", Ty::Text),
        (Ty::Arn, "region") => ("region", Ty::Text),
        (Ty::Arn, "accountId") => ("account_id", Ty::Text),
        (Ty::Arn, "resourceId") => ("resource_id", Ty::TextList),
        _ => return None,
    })
}
