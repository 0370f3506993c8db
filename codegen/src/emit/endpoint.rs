//! Endpoint rules as plain Rust conditions.

mod expr;

use super::{File, Section, diagram, ident};
use crate::endpoint::{
    Condition, DefaultValue, Outcome, Parameter, ParameterSource, PropertyValue, Rule, Rules,
    ValueType, mentioned_after, mentions_rules,
};
use proc_macro2::TokenStream;
use quote::quote;

/// `endpoint.rs`: the shortest of these forms of the same rules, of equals the first.
pub(super) fn shortest(forms: &[Rules], without_dual_stack: &[String]) -> Option<File> {
    let files = forms.iter().map(|rules| file(rules, without_dual_stack));
    let length = |file: &File| match file.sections.as_slice() {
        [Section::Items(items)] if forms.len() > 1 => items.to_string().len(),
        _ => 0,
    };
    files.min_by_key(length)
}

/// `endpoint.rs`.
///
/// The rules name their own variables, so everything else is written with the path `rules`, which
/// cannot be a variable.
pub(crate) fn file(rules: &Rules, without_dual_stack: &[String]) -> File {
    let parameters: Vec<&Parameter> = match rules {
        Rules::Tree(tree) => tree
            .parameters
            .iter()
            .filter(|parameter| mentions_rules(&tree.rules, &parameter.ident))
            .collect(),
        Rules::Diagram(diagram) => diagram
            .parameters
            .iter()
            .filter(|parameter| {
                mentions_rules(&diagram.conditions, &parameter.ident)
                    || mentions_rules(&diagram.results, &parameter.ident)
            })
            .collect(),
    };
    let takes_any = parameters
        .iter()
        .any(|parameter| !matches!(parameter.source, ParameterSource::Default(_)));
    let argument = match takes_any {
        true => quote!(built_ins),
        false => quote!(_built_ins),
    };
    let parameters = parameters
        .iter()
        .map(|parameter| self::parameter(parameter));
    let emitter = Emitter {
        own_partition: !without_dual_stack.is_empty(),
        variables: match rules {
            Rules::Tree(_) => Vec::new(),
            Rules::Diagram(diagram) => diagram::variables(diagram),
        },
    };
    let body = match rules {
        Rules::Diagram(diagram) => diagram::body(&emitter, diagram),
        Rules::Tree(tree) => {
            let (body, ends) = emitter.block(&tree.rules);
            let end = (!ends).then(|| quote!(Err(rules::ResolveEndpointError::no_rule())));
            quote!(#body #end)
        }
    };
    let partition = emitter.own_partition.then(|| {
        quote! {
            /// Returns the partition of a Region. The service has no dual-stack endpoints in some partitions.
            fn partition(region: &str) -> Option<rules::Partition> {
                let partition = rules::partition(region)?;
                Some(partition.without_dual_stack_in(&[#(#without_dual_stack),*]))
            }
        }
    });
    File {
        docs: vec!["The endpoint rules of the service's model.".to_owned()],
        sections: vec![Section::Items(quote! {
            use ::smithy_operation::endpoint as rules;

            /// Returns the endpoint for these values.
            #[allow(clippy::collapsible_if, clippy::needless_return)]
            pub(crate) fn resolve(
                #argument: &rules::BuiltIns<'_>,
            ) -> Result<rules::Endpoint, rules::ResolveEndpointError> {
                #(#parameters)*
                #body
            }

            #partition
        })],
    }
}

/// The variable of a parameter.
fn parameter(parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.ident);
    let value = match &parameter.source {
        ParameterSource::Region => quote!(built_ins.region),
        ParameterSource::UseFips => quote!(built_ins.use_fips),
        ParameterSource::UseDualStack => quote!(built_ins.use_dual_stack),
        ParameterSource::Endpoint => quote!(built_ins.endpoint),
        ParameterSource::Default(Some(DefaultValue::Bool(value))) => quote!(#value),
        ParameterSource::Default(Some(DefaultValue::Text(text))) => quote!(#text),
        ParameterSource::Default(Some(DefaultValue::List(items))) => {
            quote!(Vec::<&str>::from([#(#items),*]))
        }
        ParameterSource::AccountId | ParameterSource::AccountIdEndpointMode => {
            let name = &parameter.name;
            quote!(built_ins.string(#name))
        }
        ParameterSource::Named(default) => {
            let name = &parameter.name;
            let value = match parameter.ty.clone().certain() {
                ValueType::Bool => quote!(built_ins.bool(#name)),
                ValueType::TextList => quote!(built_ins.strings(#name)),
                _ => quote!(built_ins.string(#name)),
            };
            match default {
                None => value,
                Some(DefaultValue::Bool(default)) => quote!(#value.unwrap_or(#default)),
                Some(DefaultValue::Text(default)) => quote!(#value.unwrap_or(#default)),
                Some(DefaultValue::List(items)) if items.is_empty() => {
                    quote!(#value.unwrap_or_default())
                }
                Some(DefaultValue::List(items)) => {
                    quote!(#value.unwrap_or_else(|| vec![#(#items),*]))
                }
            }
        }
        ParameterSource::Default(None) => match parameter.ty.clone().certain() {
            ValueType::Bool => quote!(None::<bool>),
            ValueType::TextList => quote!(None::<Vec<&str>>),
            _ => quote!(None::<&str>),
        },
    };
    if parameter.required && parameter.ty.is_optional() {
        let message = format!("the endpoint parameter {} is not set", parameter.name);
        return quote! {
            let Some(#name) = #value else {
                return Err(rules::ResolveEndpointError::message(#message));
            };
        };
    }
    quote!(let #name = #value;)
}

/// Emits rules; the fields depend on the settings.
pub(super) struct Emitter {
    /// Whether the file has a function `partition` of its own.
    own_partition: bool,
    /// The variables that the conditions of a diagram set.
    pub(super) variables: Vec<String>,
}

impl Emitter {
    /// The rules in order, and whether one of them always has a result.
    fn block(&self, rules: &[Rule]) -> (TokenStream, bool) {
        let ends = rules.last().is_some_and(Rule::is_certain);
        (rules.iter().map(|rule| self.rule(rule)).collect(), ends)
    }

    pub(super) fn rule(&self, rule: &Rule) -> TokenStream {
        let mut body = self.outcome(&rule.outcome);
        // Consecutive conditions become one `if`; an assignment that cannot fail separates them.
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
                Condition::Holds(expr) => chain.push(self.operand(expr)),
                Condition::Bind { name, value } if mentioned_after(rule, i, name) => {
                    let (name, value) = (ident(name), self.moved(value));
                    chain.push(quote!(let Some(#name) = #value));
                }
                Condition::Bind { value, .. } => {
                    let value = self.receiver(value);
                    chain.push(quote!(#value.is_some()));
                }
                Condition::Let { name, value } if mentioned_after(rule, i, name) => {
                    body = close(&mut chain, body);
                    let is_variable = self.variables.contains(name);
                    let name = ident(name);
                    body = if is_variable {
                        let value = self.owned(value);
                        quote!(let #name = #name.get_or_init(|| #value); #body)
                    } else if value.makes_string() {
                        let value = self.owned(value);
                        quote!(let #name = #value; let #name = &*#name; #body)
                    } else {
                        let value = self.moved(value);
                        quote!(let #name = #value; #body)
                    };
                }
                Condition::Let { .. } => {}
            }
        }
        let scoped = chain.is_empty() && !rule.is_certain();
        body = close(&mut chain, body);
        // A block hides what a rule binds from the rules after it.
        if scoped {
            body = quote!({ #body });
        }
        body
    }

    fn outcome(&self, outcome: &Outcome) -> TokenStream {
        match outcome {
            Outcome::Error(message) => {
                let message = self.owned(message);
                quote!(return Err(rules::ResolveEndpointError::message(#message));)
            }
            Outcome::Endpoint {
                url,
                properties,
                headers,
            } => {
                let url = self.owned(url);
                let headers = headers.iter().flat_map(|(name, values)| {
                    values.iter().map(move |value| {
                        let value = self.owned(value);
                        quote!(.header(#name, #value))
                    })
                });
                let properties = properties.iter().map(|(name, value)| {
                    if name == "authSchemes"
                        && let Some(schemes) = self.auth_schemes(value)
                    {
                        return schemes;
                    }
                    let value = self.property(value);
                    quote!(.property(#name, #value))
                });
                quote! {
                    return Ok(rules::Endpoint::builder().url(#url) #(#headers)* #(#properties)* .build());
                }
            }
            Outcome::Holds(value) => self.holds(value.as_ref()),
            Outcome::Tree(rules) => {
                let (body, ends) = self.block(rules);
                // Once a tree is entered, the rules after it are not tried.
                let end =
                    (!ends).then(|| quote!(return Err(rules::ResolveEndpointError::no_rule());));
                quote!(#body #end)
            }
        }
    }

    /// Authentication schemes as the runtime's type; `None` if they are not a list of objects with
    /// names.
    fn auth_schemes(&self, value: &PropertyValue) -> Option<TokenStream> {
        let PropertyValue::List(schemes) = value else {
            return None;
        };
        let mut tokens = TokenStream::new();
        for scheme in schemes {
            let PropertyValue::Object(entries) = scheme else {
                return None;
            };
            let (names, others): (Vec<_>, Vec<_>) =
                entries.iter().partition(|(key, _)| key == "name");
            let [(_, PropertyValue::Value(name))] = names.as_slice() else {
                return None;
            };
            if name.ty() != ValueType::Text {
                return None;
            }
            let name = self.owned(name);
            let entries = others.iter().map(|(key, value)| {
                let value = self.property(value);
                quote!((#key, #value))
            });
            tokens.extend(quote!(.auth_scheme(rules::auth_scheme(#name, [#(#entries),*]))));
        }
        Some(tokens)
    }

    fn property(&self, property: &PropertyValue) -> TokenStream {
        match property {
            PropertyValue::Integer(value) => quote!(rules::Document::from(#value)),
            PropertyValue::Float(value) => quote!(rules::Document::from(#value)),
            PropertyValue::Value(expr) => {
                let value = match expr.ty() {
                    ValueType::Text => self.owned(expr),
                    _ => self.value(expr),
                };
                quote!(rules::Document::from(#value))
            }
            PropertyValue::List(items) => {
                let items = items.iter().map(|item| self.property(item));
                quote!(rules::Document::Array(vec![#(#items),*]))
            }
            PropertyValue::Object(entries) => {
                let entries = entries.iter().map(|(key, value)| {
                    let value = self.property(value);
                    quote!((#key, #value))
                });
                quote!(rules::object([#(#entries),*]))
            }
        }
    }
}
