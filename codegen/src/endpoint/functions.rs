//! Templates, paths and functions of endpoint rules.

use super::check::{Compiler, Scope};
use super::{Expr, Function, RecordField, TextPart, ValueType};
use crate::source::json::Node;

impl Compiler<'_> {
    /// A string with `{Name}` and `{Name#field}` in it; doubled braces are plain braces.
    pub(super) fn template(
        &mut self,
        node: &Node,
        text: &str,
        scope: &Scope,
    ) -> Option<Vec<TextPart>> {
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
                    "close it, or double it to write the brace itself",
                );
                return None;
            };
            if !literal.is_empty() {
                pieces.push(TextPart::Literal(std::mem::take(&mut literal)));
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
            if value.ty() != ValueType::Text {
                self.problem(
                    node,
                    format!("`{{{inner}}}` is {}, not a string", value.ty().name()),
                    "put only strings into a string, and ask first whether they are set",
                );
                return None;
            }
            pieces.push(TextPart::Value(value));
        }
        literal.push_str(rest);
        if !literal.is_empty() || pieces.is_empty() {
            pieces.push(TextPart::Literal(literal));
        }
        Some(pieces)
    }

    /// The value at a path such as `resourceId[0]` in a record.
    fn attribute(&mut self, node: &Node, of: Expr, path: &str) -> Option<Expr> {
        let mut value = of;
        for step in path.split('.') {
            let (name, index) = match step.split_once('[') {
                Some((name, rest)) => {
                    let index = rest.strip_suffix(']').and_then(|i| i.parse::<i64>().ok());
                    (name, Some(index))
                }
                None => (step, None),
            };
            let index = match index {
                Some(None) => None,
                None if name.is_empty() => None,
                index => Some(index.flatten()),
            };
            let Some(index) = index else {
                self.problem(
                    node,
                    format!("`{path}` is not a path to a value"),
                    "write names and indexes, such as `resourceId[0]`",
                );
                return None;
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
                if value.ty() != ValueType::TextList {
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

    pub(super) fn call(&mut self, node: &Node, function: &str, scope: &Scope) -> Option<Expr> {
        let argv = self.array(node, "argv");
        let wrong = |compiler: &mut Self| {
            compiler.problem(
                node,
                format!("`{function}` is called with {} arguments", argv.len()),
                "give it as many as its definition says",
            );
        };
        let text =
            |compiler: &mut Self, at: usize| compiler.expect(&argv[at], scope, &ValueType::Text);
        let boolean =
            |compiler: &mut Self, at: usize| compiler.expect(&argv[at], scope, &ValueType::Bool);
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
        let call = |function: Function, args: Vec<Expr>, ty: ValueType| {
            Some(Expr::Call { function, args, ty })
        };
        match function {
            "isSet" => Some(self.expr(&argv[0], scope)?.set()),
            "not" => Some(boolean(self, 0)?.not()),
            "booleanEquals" => Some(boolean(self, 0)?.equals(boolean(self, 1)?)),
            "stringEquals" => {
                let (a, b) = (self.expr(&argv[0], scope)?, self.expr(&argv[1], scope)?);
                for (expr, node) in [(&a, &argv[0]), (&b, &argv[1])] {
                    if !matches!(expr.ty(), ValueType::Text)
                        && expr.ty() != ValueType::Text.optional()
                    {
                        self.problem(
                            node,
                            format!("{} is used where a string is needed", expr.ty().name()),
                            "compare strings",
                        );
                        return None;
                    }
                }
                Some(a.equals(b))
            }
            "getAttr" => {
                let of = self.expr(&argv[0], scope)?;
                let Some(path) = argv[1].as_str() else {
                    self.problem(
                        &argv[1],
                        "the path of `getAttr` must be a string",
                        "write names and indexes, such as `resourceId[0]`",
                    );
                    return None;
                };
                self.attribute(&argv[1], of, path)
            }
            "aws.partition" => call(
                Function::Partition,
                vec![text(self, 0)?],
                ValueType::Partition.optional(),
            ),
            "parseURL" => call(
                Function::ParseUrl,
                vec![text(self, 0)?],
                ValueType::Url.optional(),
            ),
            "uriEncode" => call(Function::UriEncode, vec![text(self, 0)?], ValueType::Text),
            "aws.parseArn" => call(
                Function::ParseArn,
                vec![text(self, 0)?],
                ValueType::Arn.optional(),
            ),
            "isValidHostLabel" => call(
                Function::IsValidHostLabel,
                vec![text(self, 0)?, boolean(self, 1)?],
                ValueType::Bool,
            ),
            "aws.isVirtualHostableS3Bucket" => call(
                Function::IsVirtualHostableS3Bucket,
                vec![text(self, 0)?, boolean(self, 1)?],
                ValueType::Bool,
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
                if start < 0 || stop < 0 {
                    self.problem(
                        node,
                        "`substring` counts from zero",
                        "write whole numbers that are not negative",
                    );
                    return None;
                }
                let args = vec![
                    text(self, 0)?,
                    Expr::Number(start),
                    Expr::Number(stop),
                    boolean(self, 3)?,
                ];
                call(Function::Substring, args, ValueType::Text.optional())
            }
            "split" => {
                let Some(limit) = argv[2].as_i64().filter(|limit| *limit >= 0) else {
                    self.problem(
                        node,
                        "`split` needs a whole number as its limit, at least 0",
                        "write 0 for no limit",
                    );
                    return None;
                };
                let args = vec![text(self, 0)?, text(self, 1)?, Expr::Number(limit)];
                call(Function::Split, args, ValueType::TextList)
            }
            "ite" => {
                let condition = boolean(self, 0)?;
                let (then, other) = (self.expr(&argv[1], scope)?, self.expr(&argv[2], scope)?);
                let ty = self.common(node, &[&then, &other])?;
                match condition {
                    Expr::Bool(true) if then.ty() == ty => return Some(then),
                    Expr::Bool(false) if other.ty() == ty => return Some(other),
                    _ => {}
                }
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
                if values.is_empty() {
                    wrong(self);
                    return None;
                }
                let inner = self
                    .common(node, &values.iter().collect::<Vec<_>>())?
                    .certain();
                // What follows a value that is certain is never used.
                let end = values.iter().position(|value| !value.ty().is_optional());
                let ty = if end.is_some() {
                    inner
                } else {
                    inner.optional()
                };
                let mut values = values;
                match end {
                    Some(0) => return values.into_iter().next(),
                    Some(end) => values.truncate(end + 1),
                    None => {}
                }
                Some(Expr::Coalesce(values, ty))
            }
        }
    }

    /// The type that these have in common, optional if one of them is.
    fn common(&mut self, node: &Node, exprs: &[&Expr]) -> Option<ValueType> {
        let first = exprs.first()?.ty().certain();
        if exprs.iter().any(|expr| expr.ty().certain() != first) {
            self.problem(
                node,
                "the values are of different types",
                "use values of one type",
            );
            return None;
        }
        let optional = exprs.iter().any(|expr| expr.ty().is_optional());
        Some(if optional { first.optional() } else { first })
    }
}

/// The fields of the records that functions give.
fn field(of: &ValueType, name: &str) -> Option<(RecordField, ValueType)> {
    Some(match (of, name) {
        (ValueType::Partition, "name") => (RecordField::Name, ValueType::Text),
        (ValueType::Partition, "dnsSuffix") => (RecordField::DnsSuffix, ValueType::Text),
        (ValueType::Partition, "dualStackDnsSuffix") => {
            (RecordField::DualStackDnsSuffix, ValueType::Text)
        }
        (ValueType::Partition, "supportsFIPS") => (RecordField::SupportsFips, ValueType::Bool),
        (ValueType::Partition, "supportsDualStack") => {
            (RecordField::SupportsDualStack, ValueType::Bool)
        }
        (ValueType::Partition, "implicitGlobalRegion") => {
            (RecordField::ImplicitGlobalRegion, ValueType::Text)
        }
        (ValueType::Url, "scheme") => (RecordField::Scheme, ValueType::Text),
        (ValueType::Url, "authority") => (RecordField::Authority, ValueType::Text),
        (ValueType::Url, "path") => (RecordField::Path, ValueType::Text),
        (ValueType::Url, "normalizedPath") => (RecordField::NormalizedPath, ValueType::Text),
        (ValueType::Url, "isIp") => (RecordField::IsIp, ValueType::Bool),
        (ValueType::Arn, "partition") => (RecordField::Partition, ValueType::Text),
        (ValueType::Arn, "service") => (RecordField::Service, ValueType::Text),
        (ValueType::Arn, "region") => (RecordField::Region, ValueType::Text),
        (ValueType::Arn, "accountId") => (RecordField::AccountId, ValueType::Text),
        (ValueType::Arn, "resourceId") => (RecordField::ResourceId, ValueType::TextList),
        _ => return None,
    })
}
