//! Templates, paths and functions of endpoint rules.

use super::check::{Compiler, Scope};
use super::{Expr, Function, RecordField, TextPart, ValueType};
use crate::source::json::Node;

/// A call of a function with the right number of arguments.
struct Call<'c> {
    node: &'c Node,
    argv: &'c [Node],
    scope: &'c Scope,
}

type Compile = fn(&mut Compiler<'_>, &Call<'_>) -> Option<Expr>;

/// The functions of Smithy's rules engine, with the number of their arguments; without a number, any
/// number of arguments except none.
const FUNCTIONS: &[(&str, Option<usize>, Compile)] = &[
    ("aws.isVirtualHostableS3Bucket", Some(2), |it, call| {
        let args = vec![it.text(call, 0)?, it.boolean(call, 1)?];
        called(Function::IsVirtualHostableS3Bucket, args, ValueType::Bool)
    }),
    ("aws.parseArn", Some(1), |it, call| {
        let args = vec![it.text(call, 0)?];
        called(Function::ParseArn, args, ValueType::Arn.optional())
    }),
    ("aws.partition", Some(1), |it, call| {
        let args = vec![it.text(call, 0)?];
        called(Function::Partition, args, ValueType::Partition.optional())
    }),
    ("booleanEquals", Some(2), |it, call| {
        Some(it.boolean(call, 0)?.equals(it.boolean(call, 1)?))
    }),
    ("coalesce", None, |it, call| it.coalesce(call)),
    ("getAttr", Some(2), |it, call| it.get_attr(call)),
    ("isSet", Some(1), |it, call| {
        Some(it.expr(&call.argv[0], call.scope)?.set())
    }),
    ("isValidHostLabel", Some(2), |it, call| {
        let args = vec![it.text(call, 0)?, it.boolean(call, 1)?];
        called(Function::IsValidHostLabel, args, ValueType::Bool)
    }),
    ("ite", Some(3), |it, call| it.if_else(call)),
    ("not", Some(1), |it, call| Some(it.boolean(call, 0)?.not())),
    ("parseURL", Some(1), |it, call| {
        let args = vec![it.text(call, 0)?];
        called(Function::ParseUrl, args, ValueType::Url.optional())
    }),
    ("split", Some(3), |it, call| it.split(call)),
    ("stringEquals", Some(2), |it, call| it.string_equals(call)),
    ("substring", Some(4), |it, call| it.substring(call)),
    ("uriEncode", Some(1), |it, call| {
        let args = vec![it.text(call, 0)?];
        called(Function::UriEncode, args, ValueType::Text)
    }),
];

/// A call of a function of the runtime.
fn called(function: Function, args: Vec<Expr>, ty: ValueType) -> Option<Expr> {
    Some(Expr::Call { function, args, ty })
}

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
                    "close it, or write `{{` or `}}` for a literal brace",
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
                    "interpolate strings only, and check first with `isSet` that they are set",
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
                    "write names and indices, such as `resourceId[0]`",
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
                        "use an index on lists only",
                    );
                    return None;
                }
                value = Expr::Item(Box::new(value), index);
            }
        }
        Some(value)
    }

    pub(super) fn call(&mut self, node: &Node, function: &str, scope: &Scope) -> Option<Expr> {
        let Some((_, arity, compile)) = FUNCTIONS.iter().find(|(name, ..)| *name == function)
        else {
            self.problem(
                node,
                format!("the endpoint function `{function}` is unknown"),
                "use a function of Smithy's rules engine",
            );
            return None;
        };
        let argv = self.array(node, "argv");
        let fits = match arity {
            Some(arity) => argv.len() == *arity,
            None => !argv.is_empty(),
        };
        if !fits {
            self.problem(
                node,
                format!("`{function}` does not take {} arguments", argv.len()),
                "use the number of arguments of its definition",
            );
            return None;
        }
        compile(self, &Call { node, argv, scope })
    }

    fn text(&mut self, call: &Call<'_>, at: usize) -> Option<Expr> {
        self.expect(&call.argv[at], call.scope, &ValueType::Text)
    }

    fn boolean(&mut self, call: &Call<'_>, at: usize) -> Option<Expr> {
        self.expect(&call.argv[at], call.scope, &ValueType::Bool)
    }

    fn string_equals(&mut self, call: &Call<'_>) -> Option<Expr> {
        let a = self.expr(&call.argv[0], call.scope)?;
        let b = self.expr(&call.argv[1], call.scope)?;
        for (expr, node) in [&a, &b].into_iter().zip(call.argv) {
            if expr.ty().certain() != ValueType::Text {
                self.problem(
                    node,
                    format!("{} is used where a string is expected", expr.ty().name()),
                    "compare strings",
                );
                return None;
            }
        }
        Some(a.equals(b))
    }

    fn get_attr(&mut self, call: &Call<'_>) -> Option<Expr> {
        let of = self.expr(&call.argv[0], call.scope)?;
        let node = &call.argv[1];
        let Some(path) = node.as_str() else {
            self.problem(
                node,
                "the path of `getAttr` must be a string",
                "write names and indices, such as `resourceId[0]`",
            );
            return None;
        };
        self.attribute(node, of, path)
    }

    fn substring(&mut self, call: &Call<'_>) -> Option<Expr> {
        let (Some(start), Some(stop)) = (call.argv[1].as_i64(), call.argv[2].as_i64()) else {
            self.problem(
                call.node,
                "`substring` needs two whole numbers",
                "write the start and the stop index",
            );
            return None;
        };
        if start < 0 || stop < 0 {
            self.problem(
                call.node,
                "`substring` counts from zero",
                "write whole numbers that are not negative",
            );
            return None;
        }
        let args = vec![
            self.text(call, 0)?,
            Expr::Number(start),
            Expr::Number(stop),
            self.boolean(call, 3)?,
        ];
        called(Function::Substring, args, ValueType::Text.optional())
    }

    fn split(&mut self, call: &Call<'_>) -> Option<Expr> {
        let Some(limit) = call.argv[2].as_i64().filter(|limit| *limit >= 0) else {
            self.problem(
                call.node,
                "`split` needs a whole number as its limit, at least 0",
                "write 0 for no limit",
            );
            return None;
        };
        let args = vec![
            self.text(call, 0)?,
            self.text(call, 1)?,
            Expr::Number(limit),
        ];
        called(Function::Split, args, ValueType::TextList)
    }

    fn if_else(&mut self, call: &Call<'_>) -> Option<Expr> {
        let condition = self.boolean(call, 0)?;
        let then = self.expr(&call.argv[1], call.scope)?;
        let other = self.expr(&call.argv[2], call.scope)?;
        let ty = self.common(call.node, &[&then, &other])?;
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

    fn coalesce(&mut self, call: &Call<'_>) -> Option<Expr> {
        let values: Option<Vec<Expr>> = call
            .argv
            .iter()
            .map(|node| self.expr(node, call.scope))
            .collect();
        let mut values = values?;
        let all: Vec<&Expr> = values.iter().collect();
        let ty = self.common(call.node, &all)?.certain();
        // Values after one that is certain are never used.
        let end = values.iter().position(|value| !value.ty().is_optional());
        match end {
            Some(0) => values.into_iter().next(),
            Some(end) => {
                values.truncate(end + 1);
                Some(Expr::Coalesce(values, ty))
            }
            None => Some(Expr::Coalesce(values, ty.optional())),
        }
    }

    /// The common type of these values, optional if one of them is.
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

/// The fields of the records that functions return.
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
