//! Decision diagrams, as a table of nodes and a function for the conditions.

use super::endpoint::Emitter;
use super::{ident, number};
use crate::endpoint::{Condition, Diagram, Expr, Outcome, Rule, ValueType, mentioned_after};
use proc_macro2::TokenStream;
use quote::quote;

/// The body of the function that resolves an endpoint, after its parameters.
pub(super) fn body(emitter: &Emitter, diagram: &Diagram) -> TokenStream {
    let variables = diagram.variables.iter().map(|(name, ty)| {
        let name = ident(name);
        let ty = match ty {
            ValueType::Text => quote!(String),
            ValueType::Bool => quote!(bool),
            ValueType::TextList => quote!(Vec<&str>),
            ValueType::Url => quote!(rules::Url<'_>),
            ValueType::Arn => quote!(rules::Arn<'_>),
            _ => quote!(rules::Partition),
        };
        quote!(let #name = rules::Variable::<#ty>::new();)
    });
    let graph = &diagram.graph;
    let asked = |i: usize| graph.nodes.iter().any(|node| usize::from(node[0]) == i);
    let conditions = diagram.conditions.iter().enumerate();
    let conditions = conditions.filter(|(i, _)| asked(*i)).map(|(i, rule)| {
        let number = number(i);
        match emitter.plain_condition(rule) {
            Some(holds) => quote!(#number => #holds,),
            None => {
                let end = (!returns(rule)).then(|| quote!(false));
                let rule = emitter.rule(rule);
                quote!(#number => { #rule #end })
            }
        }
    });
    let reached = |i: usize| {
        let ends = graph.nodes.iter().flat_map(|node| &node[1..]);
        ends.chain([&graph.root]).any(|end| usize::from(*end) == i)
    };
    let results = (1..).zip(&diagram.results);
    let results = results.filter(|(i, _)| reached(*i)).map(|(i, rule)| {
        let (i, rule) = (number(i), emitter.rule(rule));
        quote!(#i => { #rule })
    });
    let nodes = graph.nodes.as_flattened().iter().map(number);
    let count = number(3 * graph.nodes.len());
    let (root, all) = (number(graph.root), number(diagram.results.len()));
    quote! {
        static NODES: [u16; #count] = [#(#nodes),*];
        #(#variables)*
        let result = rules::decide(&NODES, #all, #root, &|condition| {
            match condition {
                #(#conditions)*
                _ => false,
            }
        });
        match result {
            #(#results)*
            _ => {}
        }
        Err(rules::ResolveEndpointError::no_rule())
    }
}

impl Emitter {
    /// What follows when a condition of a diagram holds.
    pub(super) fn holds(&self, value: Option<&(String, Expr)>) -> TokenStream {
        let Some((name, value)) = value else {
            return quote!(return true;);
        };
        let name = ident(name);
        let ty = value.ty();
        let set = |value: TokenStream| quote!(#name.set(#value););
        match ty {
            ValueType::Optional(inner) => {
                let value = self.moved(value);
                let set = match *inner {
                    ValueType::Text => set(quote!(found.to_owned())),
                    _ => set(quote!(found)),
                };
                let holds = match *inner {
                    ValueType::Bool => quote!(found),
                    _ => quote!(true),
                };
                quote!(if let Some(found) = #value { #set return #holds; })
            }
            ValueType::Bool => {
                let (value, set) = (self.value(value), set(quote!(found)));
                quote!(let found = #value; #set return found;)
            }
            ValueType::Text => {
                let owned = self.owned(value);
                let set = match value.literal() {
                    Some(_) => set(quote!(#owned.to_owned())),
                    None => set(owned),
                };
                quote!(#set return true;)
            }
            _ => {
                let set = set(self.moved(value));
                quote!(#set return true;)
            }
        }
    }

    /// A condition that is one expression.
    fn plain_condition(&self, rule: &Rule) -> Option<TokenStream> {
        let Outcome::Holds(None) = rule.outcome else {
            return None;
        };
        let parts = rule.conditions.iter().enumerate().map(|(i, condition)| {
            let is_used = |name: &str| mentioned_after(rule, i, name);
            match condition {
                Condition::Holds(expr) => Some(self.operand(expr)),
                Condition::Bind { name, value } if !is_used(name) => {
                    let value = self.receiver(value);
                    Some(quote!(#value.is_some()))
                }
                Condition::Bind { .. } | Condition::Let { .. } => None,
            }
        });
        let parts: Vec<TokenStream> = parts.collect::<Option<_>>()?;
        Some(match parts.is_empty() {
            true => quote!(true),
            false => quote!(#(#parts)&&*),
        })
    }

    /// A variable that a diagram's condition may have set.
    pub(super) fn variable(&self, name: &str, ty: &ValueType) -> Option<TokenStream> {
        let is_own = self.variables.iter().any(|variable| variable == name);
        if !is_own || !ty.is_optional() {
            return None;
        }
        let name = ident(name);
        Some(match ty.clone().certain() {
            ValueType::Text => quote!(#name.string()),
            ValueType::Bool | ValueType::Partition => quote!(#name.copied()),
            _ => quote!(#name.get()),
        })
    }
}

/// Whether the code of a condition always returns.
fn returns(rule: &Rule) -> bool {
    let is_there = match &rule.outcome {
        Outcome::Holds(Some((_, value))) => !value.ty().is_optional(),
        _ => true,
    };
    is_there && rule.is_certain()
}

/// The variables of a diagram.
pub(super) fn variables(diagram: &Diagram) -> Vec<String> {
    let names = diagram.variables.iter().map(|(name, _)| name.clone());
    names.collect()
}
