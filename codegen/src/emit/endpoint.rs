//! Endpoint rules as plain conditions.

use super::{File, Piece, ident, number};
use crate::endpoint::{
    Condition, DefaultValue, Expr, Outcome, Piece as TextPiece, PropertyValue, Rule, RuleSet,
    Source, Ty,
};
use proc_macro2::TokenStream;
use quote::quote;

/// `endpoint.rs`.
pub(super) fn file(rules: &RuleSet, without_dual_stack: &[String]) -> File {
    let used = |name: &str| mentions_rules(&rules.rules, name);
    let parameters: Vec<TokenStream> = rules
        .parameters
        .iter()
        .filter(|parameter| used(&parameter.ident))
        .map(|parameter| {
            let name = ident(&parameter.ident);
            let value = match &parameter.source {
                Source::Region => quote!(built_ins.region),
                Source::UseFips => quote!(built_ins.use_fips),
                Source::UseDualStack => quote!(built_ins.use_dual_stack),
                Source::Endpoint => quote!(built_ins.endpoint),
                Source::Default(Some(DefaultValue::Bool(value))) => quote!(#value),
                Source::Default(Some(DefaultValue::Text(text))) => quote!(#text),
                Source::Default(None) if parameter.boolean => quote!(None::<bool>),
                Source::Default(None) => quote!(None::<&str>),
            };
            quote!(let #name = #value;)
        })
        .collect();
    let argument = if parameters
        .iter()
        .any(|p| p.to_string().contains("built_ins"))
    {
        quote!(built_ins)
    } else {
        quote!(_built_ins)
    };
    let (body, ends) = block(&rules.rules);
    let end = if ends {
        TokenStream::new()
    } else {
        quote!(Err(ResolveEndpointError::no_rule()))
    };
    let partition = (!without_dual_stack.is_empty()).then(|| {
        quote! {
            /// The partition of a region; the service has no dual-stack endpoints in some.
            fn partition(region: &str) -> Option<Partition> {
                let partition = ::smithy_operation::endpoint::partition(region)?;
                Some(partition.without_dual_stack_in(&[#(#without_dual_stack),*]))
            }
        }
    });
    File {
        docs: vec!["The endpoint rules of the service's model.".to_owned()],
        pieces: vec![Piece::Items(quote! {
            use ::smithy_operation::endpoint::*;

            /// The endpoint for these values.
            #[allow(clippy::collapsible_if, clippy::needless_return, unused_imports)]
            pub(crate) fn resolve(#argument: &BuiltIns<'_>) -> Result<Endpoint, ResolveEndpointError> {
                #(#parameters)*
                #body
                #end
            }

            #partition
        })],
    }
}

/// The rules one after the other, and whether one of them always has a result.
fn block(rules: &[Rule]) -> (TokenStream, bool) {
    let mut tokens = TokenStream::new();
    for rule in rules {
        let (body, ends) = self::rule(rule);
        tokens.extend(body);
        if ends {
            return (tokens, true);
        }
    }
    (tokens, false)
}

fn rule(rule: &Rule) -> (TokenStream, bool) {
    let mut body = match &rule.outcome {
        Outcome::Error(message) => {
            let message = owned(message);
            quote!(return Err(ResolveEndpointError::message(#message));)
        }
        Outcome::Endpoint {
            url,
            properties,
            headers,
        } => {
            let url = owned(url);
            let headers = headers.iter().flat_map(|(name, values)| {
                values.iter().map(move |value| {
                    let value = owned(value);
                    quote!(.header(#name, #value))
                })
            });
            let properties = properties.iter().map(|(name, value)| {
                if name == "authSchemes"
                    && let Some(schemes) = auth_schemes(value)
                {
                    return schemes;
                }
                let value = property(value);
                quote!(.property(#name, #value))
            });
            quote!(return Ok(Endpoint::builder().url(#url) #(#headers)* #(#properties)* .build());)
        }
        Outcome::Tree(rules) => {
            let (body, ends) = block(rules);
            if ends {
                body
            } else {
                // Who enters a tree does not leave it for the next rule.
                quote!(#body return Err(ResolveEndpointError::no_rule());)
            }
        }
    };
    let mut certain = true;
    // Conditions in a row become one `if`; an assignment that cannot fail comes between.
    let mut chain: Vec<TokenStream> = Vec::new();
    let close = |chain: &mut Vec<TokenStream>, body: TokenStream| {
        if chain.is_empty() {
            return body;
        }
        let conditions = chain.drain(..).rev();
        quote!(if #(#conditions)&&* { #body })
    };
    for (i, condition) in rule.conditions.iter().enumerate().rev() {
        match condition {
            Condition::Holds(expr) => {
                certain = false;
                chain.push(value(expr));
            }
            Condition::Bind { name, value: expr } => {
                certain = false;
                let value = value(expr);
                chain.push(if mentioned_after(rule, i, name) {
                    let name = ident(name);
                    quote!(let Some(#name) = #value)
                } else {
                    quote!(#value.is_some())
                });
            }
            Condition::Let { name, value: expr } => {
                body = close(&mut chain, body);
                let (name, value) = (ident(name), value(expr));
                body = quote!(let #name = #value; #body);
            }
        }
    }
    body = close(&mut chain, body);
    // A block keeps what a rule binds from the rules after it.
    let scoped = matches!(rule.conditions.first(), Some(Condition::Let { .. }));
    if scoped && !certain {
        body = quote!({ #body });
    }
    (body, certain)
}

fn mentioned_after(rule: &Rule, condition: usize, name: &str) -> bool {
    rule.conditions[condition + 1..]
        .iter()
        .any(|condition| match condition {
            Condition::Holds(expr)
            | Condition::Bind { value: expr, .. }
            | Condition::Let { value: expr, .. } => mentions(expr, name),
        })
        || mentions_outcome(&rule.outcome, name)
}

fn mentions_rules(rules: &[Rule], name: &str) -> bool {
    rules.iter().any(|rule| {
        rule.conditions.iter().any(|condition| match condition {
            Condition::Holds(expr)
            | Condition::Bind { value: expr, .. }
            | Condition::Let { value: expr, .. } => mentions(expr, name),
        }) || mentions_outcome(&rule.outcome, name)
    })
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
    }
}

fn mentions_property(value: &PropertyValue, name: &str) -> bool {
    match value {
        PropertyValue::Bool(_) | PropertyValue::Number(_) => false,
        PropertyValue::Text(expr) => mentions(expr, name),
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
            TextPiece::Literal(_) => false,
            TextPiece::Value(expr) => mentions(expr, name),
        }),
        Expr::IsSet(inner)
        | Expr::Not(inner)
        | Expr::Field { of: inner, .. }
        | Expr::Item(inner, _) => mentions(inner, name),
        Expr::BoolEquals(a, b) | Expr::TextEquals(a, b) => mentions(a, name) || mentions(b, name),
        Expr::Call { args, .. } | Expr::Coalesce(args, _) => {
            args.iter().any(|arg| mentions(arg, name))
        }
        Expr::IfElse(a, b, c, _) => [a, b, c].iter().any(|expr| mentions(expr, name)),
    }
}

/// An expression's value: texts are borrowed.
fn value(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Bool(value) => quote!(#value),
        Expr::Number(value) => {
            let value = number(value);
            quote!(#value)
        }
        Expr::Text(_) => text(expr),
        Expr::Ref { name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
        Expr::IsSet(inner) => match inner.ty() {
            Ty::Optional(_) => {
                let inner = value(inner);
                quote!(#inner.is_some())
            }
            _ => quote!(true),
        },
        Expr::Not(inner) => {
            let inner = value(inner);
            quote!(!#inner)
        }
        Expr::BoolEquals(a, b) => match (&**a, &**b) {
            (other, Expr::Bool(true)) | (Expr::Bool(true), other) => value(other),
            (other, Expr::Bool(false)) | (Expr::Bool(false), other) => {
                let other = value(other);
                quote!(!#other)
            }
            (a, b) => {
                let (a, b) = (value(a), value(b));
                quote!(#a == #b)
            }
        },
        Expr::TextEquals(a, b) => {
            let side = |expr: &Expr, other: &Expr| {
                let tokens = value(expr);
                match (expr.ty(), other.ty()) {
                    (Ty::Text, Ty::Optional(_)) => quote!(Some(#tokens)),
                    _ => tokens,
                }
            };
            let (left, right) = (side(a, b), side(b, a));
            quote!(#left == #right)
        }
        Expr::Field { of, field, ty } => {
            let (of, name, field) = (value(of), field, ident(field));
            match (*name, ty) {
                ("normalized_path", _) | (_, Ty::TextList) => quote!(&*#of.#field),
                _ => quote!(#of.#field),
            }
        }
        Expr::Item(of, index) => {
            let of = value(of);
            let index = if *index < 0 {
                let magnitude = number(index.unsigned_abs());
                quote!(-#magnitude)
            } else {
                number(index).into_token_stream()
            };
            quote!(item(&#of, #index).copied())
        }
        Expr::Call { function, args, ty } => {
            let function = ident(function);
            let args = args.iter().map(value);
            match ty {
                Ty::Text => quote!(&*#function(#(#args),*)),
                _ => quote!(#function(#(#args),*)),
            }
        }
        Expr::Coalesce(values, ty) => {
            let certain = !matches!(ty, Ty::Optional(_));
            let mut values = values.iter().rev();
            let last = values.next().map(value).unwrap_or_default();
            let mut result = last;
            let mut first = true;
            for expr in values {
                let optional = matches!(expr.ty(), Ty::Optional(_));
                let tokens = value(expr);
                result = match (optional, first && !certain, certain) {
                    (true, _, true) => quote!(#tokens.unwrap_or(#result)),
                    (true, _, false) => quote!(#tokens.or(#result)),
                    (false, _, true) => tokens,
                    (false, _, false) => quote!(Some(#tokens)),
                };
                first = false;
            }
            result
        }
        Expr::IfElse(condition, then, other, ty) => {
            let branch = |expr: &Expr| {
                let tokens = value(expr);
                match (expr.ty(), ty) {
                    (Ty::Optional(_), _) => tokens,
                    (_, Ty::Optional(_)) => quote!(Some(#tokens)),
                    _ => tokens,
                }
            };
            let (condition, then, other) = (value(condition), branch(then), branch(other));
            quote!(if #condition { #then } else { #other })
        }
    }
}

use quote::ToTokens;

/// A text, borrowed.
fn text(expr: &Expr) -> TokenStream {
    match expr.literal() {
        Some(literal) => quote!(#literal),
        None => match expr {
            Expr::Text(_) => {
                let owned = owned(expr);
                quote!(&*#owned)
            }
            other => value(other),
        },
    }
}

/// A text, owned or a literal: what `Into<String>` takes.
fn owned(expr: &Expr) -> TokenStream {
    if let Some(literal) = expr.literal() {
        return quote!(#literal);
    }
    let Expr::Text(pieces) = expr else {
        let value = value(expr);
        return quote!(#value.to_owned());
    };
    if let [TextPiece::Value(only)] = pieces.as_slice() {
        let value = value(only);
        return quote!(#value.to_owned());
    }
    let pieces = pieces.iter().map(|piece| match piece {
        TextPiece::Literal(text) => quote!(#text),
        TextPiece::Value(expr) => value(expr),
    });
    quote!([#(#pieces),*].concat())
}

/// Authentication schemes as the runtime has them; `None` if they are not a list of objects with
/// names.
fn auth_schemes(value: &PropertyValue) -> Option<TokenStream> {
    let PropertyValue::List(schemes) = value else {
        return None;
    };
    let mut tokens = TokenStream::new();
    for scheme in schemes {
        let PropertyValue::Object(entries) = scheme else {
            return None;
        };
        let (names, others): (Vec<_>, Vec<_>) = entries.iter().partition(|(key, _)| key == "name");
        let [(_, PropertyValue::Text(name))] = names.as_slice() else {
            return None;
        };
        let name = owned(name);
        let entries = others.iter().map(|(key, value)| {
            let value = property(value);
            quote!((#key, #value))
        });
        tokens.extend(quote!(.auth_scheme(auth_scheme(#name, [#(#entries),*]))));
    }
    Some(tokens)
}

fn property(property: &PropertyValue) -> TokenStream {
    match property {
        PropertyValue::Bool(value) => quote!(Document::from(#value)),
        PropertyValue::Number(value) => {
            let value = number(value);
            quote!(Document::from(#value))
        }
        PropertyValue::Text(expr) => {
            let value = owned(expr);
            match expr.literal() {
                Some(_) => quote!(Document::from(#value)),
                None => quote!(Document::from(#value)),
            }
        }
        PropertyValue::List(items) => {
            let items = items.iter().map(self::property);
            quote!(Vec::from([#(#items),*]))
        }
        PropertyValue::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let value = self::property(value);
                quote!((#key, #value))
            });
            quote!(object([#(#entries),*]))
        }
    }
}
