//! Expressions of endpoint rules.

use super::Emitter;
use crate::emit::{ident, number};
use crate::endpoint::{Expr, Function, RecordField, TextPart, ValueType};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

impl Emitter {
    /// An expression's value: strings are borrowed.
    pub(in crate::emit) fn value(&self, expr: &Expr) -> TokenStream {
        if expr.makes_string() {
            let owned = self.owned(expr);
            return quote!(&*#owned);
        }
        match expr {
            Expr::Bool(value) => quote!(#value),
            Expr::Number(value) => {
                let value = number(value);
                quote!(#value)
            }
            Expr::Text(pieces) => match (expr.literal(), pieces.as_slice()) {
                (None, [TextPart::Value(only)]) => self.value(only),
                (literal, _) => {
                    let literal = literal.unwrap_or_default();
                    quote!(#literal)
                }
            },
            Expr::Ref { name, ty } => self.variable(name, ty).unwrap_or_else(|| {
                let name = ident(name);
                quote!(#name)
            }),
            Expr::IsSet(inner) => {
                let inner = self.receiver(inner);
                quote!(#inner.is_some())
            }
            Expr::Not(inner) => self.negated(inner),
            Expr::Equals(a, b) => self.comparison(a, true, b),
            Expr::Field { of, field, .. } => {
                let (of, name) = (self.receiver(of), self::field(*field));
                match *field {
                    RecordField::NormalizedPath => quote!(&*#of.#name),
                    _ => quote!(#of.#name),
                }
            }
            Expr::Item(of, index) => {
                // The variables of diagrams are references.
                let is_reference =
                    matches!(&**of, Expr::Ref { name, .. } if self.variables.contains(name));
                let of = self.receiver(of);
                let index = number(index);
                if is_reference {
                    return quote!(rules::item(#of, #index).copied());
                }
                quote!(rules::item(&#of, #index).copied())
            }
            Expr::Call { function, args, .. } => {
                let name = self::function(*function);
                let args = args.iter().map(|arg| self.argument(arg));
                match self.own_partition && *function == Function::Partition {
                    true => quote!(self::#name(#(#args),*)),
                    false => quote!(rules::#name(#(#args),*)),
                }
            }
            Expr::Coalesce(values, ty) => {
                // Only the last one can be certain, so this starts from the back.
                let mut values = values.iter().rev();
                let last = values.next().map(|last| self.moved(last));
                values.fold(last.unwrap_or_default(), |rest, expr| {
                    let first = match expr.ty().is_copy() {
                        true => self.receiver(expr),
                        false => self.moved(expr),
                    };
                    match ty.is_optional() {
                        true => quote!(#first.or(#rest)),
                        false => quote!(#first.unwrap_or(#rest)),
                    }
                })
            }
            Expr::IfElse(condition, then, other, ty) => {
                let branch = |expr: &Expr| {
                    let tokens = self.moved(expr);
                    match !expr.ty().is_optional() && ty.is_optional() {
                        true => quote!(Some(#tokens)),
                        false => tokens,
                    }
                };
                let condition = self.operand(condition);
                let (then, other) = (branch(then), branch(other));
                quote!(if #condition { #then } else { #other })
            }
        }
    }

    fn negated(&self, expr: &Expr) -> TokenStream {
        match expr {
            Expr::Equals(a, b) => self.comparison(a, false, b),
            Expr::IsSet(inner) => {
                let inner = self.receiver(inner);
                quote!(#inner.is_none())
            }
            Expr::Not(inner) => self.value(inner),
            other => {
                let other = self.receiver(other);
                quote!(!#other)
            }
        }
    }

    /// Whether two values are equal, or differ.
    fn comparison(&self, a: &Expr, equal: bool, b: &Expr) -> TokenStream {
        let is_empty = |expr: &Expr| expr.literal().is_some_and(|text| text.is_empty());
        let not_empty = if is_empty(a) { b } else { a };
        if (is_empty(a) || is_empty(b)) && not_empty.ty() == ValueType::Text {
            let value = self.receiver(not_empty);
            return match equal {
                true => quote!(#value.is_empty()),
                false => quote!(!#value.is_empty()),
            };
        }
        let operator = match equal {
            true => quote!(==),
            false => quote!(!=),
        };
        let side = |expr: &Expr, other: &Expr| {
            let tokens = self.operand(expr);
            match !expr.ty().is_optional() && other.ty().is_optional() {
                true => quote!(Some(#tokens)),
                false => tokens,
            }
        };
        let (left, right) = (side(a, b), side(b, a));
        let nested = |expr: &Expr| {
            matches!(expr, Expr::Equals(..))
                || matches!(expr, Expr::Not(inner) if matches!(**inner, Expr::Equals(..)))
        };
        let parens = |expr: &Expr, tokens| match nested(expr) {
            true => quote!((#tokens)),
            false => tokens,
        };
        let (left, right) = (parens(a, left), parens(b, right));
        quote!(#left #operator #right)
    }

    /// An argument of a function, borrowed where it has to be.
    fn argument(&self, expr: &Expr) -> TokenStream {
        match expr {
            Expr::Field { of, field, .. } if *field == RecordField::NormalizedPath => {
                let (of, name) = (self.receiver(of), self::field(*field));
                quote!(&#of.#name)
            }
            _ if expr.makes_string() => {
                let owned = self.owned(expr);
                quote!(&#owned)
            }
            _ => self.value(expr),
        }
    }

    /// An operand.
    pub(in crate::emit) fn operand(&self, expr: &Expr) -> TokenStream {
        let value = self.value(expr);
        match expr {
            Expr::IfElse(..) => quote!((#value)),
            _ => value,
        }
    }

    /// A value followed by a method or a field, or preceded by `!`.
    pub(in crate::emit) fn receiver(&self, expr: &Expr) -> TokenStream {
        let value = self.value(expr);
        let is_simple = match expr {
            Expr::IfElse(..) | Expr::Equals(..) | Expr::Not(_) => false,
            Expr::Field { field, .. } => *field != RecordField::NormalizedPath,
            _ => !expr.makes_string(),
        };
        match is_simple {
            true => value,
            false => quote!((#value)),
        }
    }

    /// An owned value: variables remain usable.
    pub(in crate::emit) fn moved(&self, expr: &Expr) -> TokenStream {
        let value = self.value(expr);
        match expr {
            Expr::Ref { name, ty } if self.variable(name, ty).is_some() => value,
            Expr::Ref { ty, .. } | Expr::Field { ty, .. } if !ty.is_copy() => {
                quote!(#value.clone())
            }
            _ => value,
        }
    }

    /// A string that implements `Into<String>`: owned or a literal.
    pub(in crate::emit) fn owned(&self, expr: &Expr) -> TokenStream {
        if let Some(literal) = expr.literal() {
            return quote!(#literal);
        }
        match expr {
            Expr::Text(pieces) => match pieces.as_slice() {
                [TextPart::Value(only)] => self.owned(only),
                pieces => {
                    let pieces = pieces.iter().map(|piece| match piece {
                        TextPart::Literal(text) => quote!(#text),
                        TextPart::Value(expr) => self.value(expr),
                    });
                    quote!([#(#pieces),*].concat())
                }
            },
            Expr::Call { function, args, ty } if *ty == ValueType::Text => {
                let function = self::function(*function);
                let args = args.iter().map(|arg| self.argument(arg));
                quote!(rules::#function(#(#args),*))
            }
            Expr::Field { of, field, .. } if *field == RecordField::NormalizedPath => {
                let (of, name) = (self.receiver(of), self::field(*field));
                quote!(#of.#name.clone())
            }
            other => {
                let value = self.receiver(other);
                quote!(#value.to_owned())
            }
        }
    }
}

/// The name of a function in the runtime's endpoint module.
fn function(function: Function) -> Ident {
    ident(match function {
        Function::IsValidHostLabel => "is_valid_host_label",
        Function::IsVirtualHostableS3Bucket => "is_virtual_hostable_s3_bucket",
        Function::ParseArn => "parse_arn",
        Function::ParseUrl => "parse_url",
        Function::Partition => "partition",
        Function::Split => "split",
        Function::Substring => "substring",
        Function::UriEncode => "uri_encode",
    })
}

/// The name of a field of what these functions return.
fn field(field: RecordField) -> Ident {
    ident(match field {
        RecordField::AccountId => "account_id",
        RecordField::Authority => "authority",
        RecordField::DnsSuffix => "dns_suffix",
        RecordField::DualStackDnsSuffix => "dual_stack_dns_suffix",
        RecordField::ImplicitGlobalRegion => "implicit_global_region",
        RecordField::IsIp => "is_ip",
        RecordField::Name => "name",
        RecordField::NormalizedPath => "normalized_path",
        RecordField::Partition => "partition",
        RecordField::Path => "path",
        RecordField::Region => "region",
        RecordField::ResourceId => "resource_id",
        RecordField::Scheme => "scheme",
        RecordField::Service => "service",
        RecordField::SupportsDualStack => "supports_dual_stack",
        RecordField::SupportsFips => "supports_fips",
    })
}
