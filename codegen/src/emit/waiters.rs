//! Waiters: a module with a builder for each.

use super::structure::{passed, presence};
use super::{File, Section, Style, docs, ident, number};
use crate::ir::{Ir, Member, Operation, State, Waiter, WaiterMatch, WaiterTest};
use crate::jmespath::{Comparison, Expr, Function, Kind, Literal};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// All waiters, with their operations, by their modules.
pub(super) fn all(ir: &Ir) -> BTreeMap<&str, (&Operation, &Waiter)> {
    let operations = ir.operations.iter();
    let waiters = operations.flat_map(|operation| {
        let waiters = operation.waiters.iter();
        waiters.map(move |waiter| (waiter.module.as_str(), (operation, waiter)))
    });
    waiters.collect()
}

/// The files of the waiters, by their path below `src`.
pub(super) fn files(ir: &Ir) -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    if !ir.has_waiters() {
        return files;
    }
    let waiters = all(ir);
    let modules = waiters.values().map(|(_, waiter)| {
        let doc = docs::attributes(&[docs::summary(&waiter.docs)]);
        let module = ident(&waiter.module);
        quote!(#doc pub mod #module;)
    });
    let index = File {
        docs: vec![
            "Waiting for a state, one module for each state. [`Waiters`](crate::client::Waiters) has the methods."
                .to_owned(),
        ],
        sections: vec![Section::Items(quote!(#(#modules)*))],
    };
    files.insert("waiters.rs".to_owned(), index);
    for (module, (operation, waiter)) in waiters {
        let path = format!("waiters/{}.rs", super::file_name(module));
        files.insert(path, file(operation, waiter));
    }
    files
}

/// The trait that adds the methods to the client.
pub(super) fn client(ir: &Ir) -> TokenStream {
    if !ir.has_waiters() {
        return TokenStream::new();
    }
    let method = |waiter: &Waiter| {
        let (method, module) = (ident(&waiter.method), ident(&waiter.module));
        let builder = ident(&waiter.builder);
        quote!(fn #method(&self) -> crate::waiters::#module::#builder)
    };
    let waiters = all(ir);
    let declared = waiters.values().map(|(_, waiter)| {
        let doc = docs::attributes(&waiter.docs);
        let note = note(waiter);
        let method = method(waiter);
        quote!(#doc #note #method;)
    });
    let defined = waiters.values().map(|(_, waiter)| {
        let (builder, module) = (ident(&waiter.builder), ident(&waiter.module));
        let method = method(waiter);
        quote! {
            #[inline]
            #method {
                crate::waiters::#module::#builder {
                    call: ::smithy_operation::Call::new(self.handle()),
                }
            }
        }
    });
    quote! {
        /// A method for each state that can be waited for. Import the trait to call them on a client.
        ///
        /// Each returns a builder, which collects the input of the operation that is called again and again.
        /// `wait()` takes the longest time to wait.
        pub trait Waiters {
            #(#declared)*
        }

        impl Waiters for Client {
            #(#defined)*
        }
    }
}

fn note(waiter: &Waiter) -> Option<TokenStream> {
    waiter.deprecated.then(|| quote!(#[deprecated]))
}

fn file(operation: &Operation, waiter: &Waiter) -> File {
    let doc = docs::attributes(&waiter.docs);
    let note = note(waiter);
    let module = ident(&operation.module);
    let (name, input) = (ident(&operation.name), ident(&operation.input.builder));
    let (min, max) = (number(waiter.min_delay), number(waiter.max_delay));
    let acceptors = waiter.acceptors.iter().map(|(state, matched)| {
        let state = ident(match state {
            State::Success => "Success",
            State::Failure => "Failure",
            State::Retry => "Retry",
        });
        let matcher = matcher(matched);
        quote!(#[acceptor(#state, #matcher)])
    });
    let (final_poll, error) = (ident(&waiter.final_poll), ident(&waiter.error));
    let builder = ident(&waiter.builder);
    let members = operation.input.members.iter().map(member);
    let table = quote! {
        #doc
        #note
        #[waiter(
            operation = crate::operation::#module::#name,
            input = crate::operation::#module::builders::#input,
            min_delay = #min,
            max_delay = #max
        )]
        #(#acceptors)*
        #[results(final_poll = #final_poll, error = #error)]
        pub struct #builder {
            #(#members,)*
        }
    };
    File {
        docs: vec![docs::summary(&waiter.docs)],
        sections: vec![Section::Macro("::smithy_client::waiter", table)],
    }
}

fn member(member: &Member) -> TokenStream {
    let doc = docs::attributes(&member.docs);
    let note = super::deprecated(&member.deprecated);
    let style = Style::Short;
    let (presence, passed) = (presence(member, style), passed(&member.ty, style));
    let (set, get) = (ident(&member.setter), ident(&member.getter));
    let (field, ty) = (ident(&member.field), style.ty(&member.ty));
    quote! {
        #doc
        #note
        #[build(#presence, as = #passed, set = #set, get = #get)]
        pub #field: #ty
    }
}

fn matcher(matched: &WaiterMatch) -> TokenStream {
    match matched {
        WaiterMatch::Success(success) => quote!(Success(#success)),
        WaiterMatch::Error(code) => quote!(ErrorType(#code)),
        WaiterMatch::Output(expr, test) => {
            let (expr, test) = (expression(expr), self::test(test));
            quote!(Output(#expr, #test))
        }
        WaiterMatch::InputOutput(expr, test) => {
            let (expr, test) = (expression(expr), self::test(test));
            quote!(InputOutput(#expr, #test))
        }
    }
}

fn test(test: &WaiterTest) -> TokenStream {
    match test {
        WaiterTest::StringEquals(text) => quote!(StringEquals(#text)),
        WaiterTest::BooleanEquals(value) => quote!(BooleanEquals(#value)),
        WaiterTest::AllStringEquals(text) => quote!(AllStringEquals(#text)),
        WaiterTest::AnyStringEquals(text) => quote!(AnyStringEquals(#text)),
    }
}

/// A JMESPath expression in the words of the runtime.
fn expression(expr: &Expr) -> TokenStream {
    let unary = |name: &str, inner: &Expr| {
        let (name, inner) = (ident(name), expression(inner));
        quote!(#name(&#inner))
    };
    let binary = |name: &str, left: &Expr, right: &Expr| {
        let (name, left, right) = (ident(name), expression(left), expression(right));
        quote!(#name(&#left, &#right))
    };
    let signed = |value: i64| {
        let value = proc_macro2::Literal::i64_unsuffixed(value);
        quote!(#value)
    };
    match &expr.kind {
        Kind::Current => quote!(Current),
        Kind::Field(name) => quote!(Field(#name)),
        Kind::Index(index) => {
            let index = signed(*index);
            quote!(Index(#index))
        }
        Kind::Literal(literal) => match literal {
            Literal::Null => quote!(Null),
            Literal::Bool(value) => quote!(Bool(#value)),
            Literal::Integer(value) => {
                let value = signed(*value);
                quote!(Integer(#value))
            }
            Literal::Float(value) => {
                let value = proc_macro2::Literal::f64_unsuffixed(*value);
                quote!(Float(#value))
            }
            Literal::Text(text) => quote!(Text(#text)),
        },
        Kind::Then(first, then) => binary("Then", first, then),
        Kind::Each(list, each) => binary("Each", list, each),
        Kind::Values(of) => unary("Values", of),
        Kind::Flatten(list) => unary("Flatten", list),
        Kind::Filter(list, predicate) => binary("Filter", list, predicate),
        Kind::List(items) => {
            let items = items.iter().map(expression);
            quote!(List(&[#(#items),*]))
        }
        Kind::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let value = expression(value);
                quote!((#key, #value))
            });
            quote!(Object(&[#(#entries),*]))
        }
        Kind::Compare(comparison, left, right) => {
            let name = match comparison {
                Comparison::Equal => "Equal",
                Comparison::NotEqual => "NotEqual",
                Comparison::Less => "Less",
                Comparison::LessOrEqual => "LessOrEqual",
                Comparison::Greater => "Greater",
                Comparison::GreaterOrEqual => "GreaterOrEqual",
            };
            binary(name, left, right)
        }
        Kind::And(left, right) => binary("And", left, right),
        Kind::Or(left, right) => binary("Or", left, right),
        Kind::Not(inner) => unary("Not", inner),
        Kind::Call(function, arguments) => {
            let name = ident(match function {
                Function::Contains => "Contains",
                Function::EndsWith => "EndsWith",
                Function::Keys => "Keys",
                Function::Length => "Length",
                Function::StartsWith => "StartsWith",
                Function::Values => "Values",
            });
            let arguments = arguments.iter().map(expression);
            quote!(#name(#(&#arguments),*))
        }
    }
}
