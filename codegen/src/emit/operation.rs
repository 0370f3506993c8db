//! Operations: the operation itself, its error, input and output, and its fluent builder.

use super::structure::structure;
use super::{File, Piece, Style, deprecated, docs, ident, number};
use crate::ir::{Ir, Operation, Presence, Role, Structure};
use crate::uri::Segment;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// `operation.rs`.
pub(super) fn index(ir: &Ir) -> File {
    let modules = ir.operations.iter().map(|operation| {
        let doc = docs::attributes(&[docs::summary(&operation.docs)]);
        let module = ident(&operation.module);
        quote!(#doc pub mod #module;)
    });
    File {
        docs: vec!["Every operation that is generated, one module each.".to_owned()],
        pieces: vec![Piece::Items(quote! {
            #(#modules)*
            pub use ::smithy_operation::generated::RequestId;
        })],
    }
}

/// `operation/OPERATION.rs`.
pub(super) fn file(_ir: &Ir, operation: &Operation) -> File {
    let mut file = File {
        docs: vec![docs::summary(&operation.docs)],
        pieces: Vec::new(),
    };
    let style = Style::beside(&operation.name);
    file.pieces.push(Piece::Items(head(operation)));
    file.pieces
        .push(Piece::Macro("operation_error", error(operation)));
    structure(&mut file, &operation.input, style, Some(fluent(operation)));
    structure(&mut file, &operation.output, style, None);
    file.pieces.push(Piece::Items(builders(operation)));
    file
}

fn fluent_name(operation: &Operation) -> proc_macro2::Ident {
    format_ident!("{}FluentBuilder", operation.name)
}

pub(super) fn error_name(operation: &Operation) -> proc_macro2::Ident {
    format_ident!("{}Error", operation.name)
}

fn head(operation: &Operation) -> TokenStream {
    let doc = docs::attributes(&operation.docs);
    let note = deprecated(&operation.deprecated);
    let name = ident(&operation.name);
    let wire = operation.id.name();
    let (namespace, error) = (operation.id.namespace(), error_name(operation));
    let (input, output) = (ident(&operation.input.name), ident(&operation.output.name));
    let errors: Vec<_> = operation
        .errors
        .iter()
        .map(|error| ident(&error.name))
        .collect();
    let imports = quote!(use crate::types::error::{AllErrors #(, #errors)*};);
    let rt = match Style::beside(&operation.name) {
        Style::Short => TokenStream::new(),
        Style::Full => quote!(::smithy_operation::generated::),
    };
    let mut describe = quote!(#rt OperationDescriptor::new::<#name>(&SCHEMA));
    if !operation.signed {
        describe = quote!(#describe.unsigned());
    }
    if let Role::Input { http } = &operation.input.role
        && http.code != 200
    {
        let code = number(http.code);
        describe = quote!(#describe.status(#code));
    }
    if operation.input.streams() {
        describe = quote!(#describe.streaming_input());
    }
    if operation.output.streams() {
        describe = quote!(#describe.streaming_output());
    }
    quote! {
        #imports
        use ::smithy_operation::generated::*;

        #doc
        #note
        #[derive(Clone, Debug, Default)]
        #[non_exhaustive]
        pub struct #name;

        static SCHEMA: #rt OperationSchema<'static> = #rt OperationSchema::builder(shape_id!(#namespace, #wire))
            .input(#input::SCHEMA)
            .output(#output::SCHEMA)
            .errors(&[#(#errors::SCHEMA),*])
            .build();

        static DESCRIPTOR: #rt OperationDescriptor = #describe;

        impl #rt Operation for #name {
            type Input = #input;
            type Output = #output;
            type Error = #error;

            const NAME: &'static str = #wire;
            const DESCRIPTOR: &'static #rt OperationDescriptor = &DESCRIPTOR;
        }
    }
}

fn error(operation: &Operation) -> TokenStream {
    let name = error_name(operation);
    let wire = operation.id.name();
    let doc = format!(" Why a call of `{wire}` was refused.");
    let variants = operation.errors.iter().map(|error| {
        let doc = docs::attributes(&[docs::summary(&error.docs)]);
        let (variant, is) = (ident(&error.name), ident(&error.is_method));
        quote!(#doc #[method(#is)] #variant(#variant))
    });
    quote! {
        #[doc = #doc]
        #[refuses(#wire, AllErrors)]
        pub enum #name {
            #(#variants,)*
        }
    }
}

/// The attribute of the input's table that defines the fluent builder.
fn fluent(operation: &Operation) -> TokenStream {
    let (fluent, error) = (fluent_name(operation), error_name(operation));
    let (name, output) = (ident(&operation.name), ident(&operation.output.name));
    let members = &operation.input.members;
    let token = members
        .iter()
        .find(|member| member.idempotency_token)
        .map(|member| {
            let field = ident(&member.field);
            quote!(#[token(#field)])
        });
    let streams = members
        .iter()
        .find(|member| member.presence == Presence::Streaming)
        .map(|member| {
            let field = ident(&member.field);
            quote!(#[streams(#field)])
        });
    let host_prefix = host_prefix(operation);
    quote!(#[fluent(#fluent, #name, #output, #error)] #token #streams #host_prefix)
}

/// The attribute that says what stands before the host: a format, and the fields that fill it.
fn host_prefix(operation: &Operation) -> Option<TokenStream> {
    if operation.host_prefix.is_empty() {
        return None;
    }
    let mut format = String::new();
    let mut fields = Vec::new();
    for (segment, field) in &operation.host_prefix {
        match segment {
            Segment::Literal(text) => format.push_str(&text.replace('{', "{{").replace('}', "}}")),
            Segment::Label(name) | Segment::Greedy(name) => {
                format.push_str("{}");
                fields.push(ident(field.as_ref().unwrap_or(name)));
            }
        }
    }
    Some(quote!(#[host_prefix(#format #(, #fields)*)]))
}

fn builders(operation: &Operation) -> TokenStream {
    let fluent = fluent_name(operation);
    let [input, output] = [&operation.input, &operation.output]
        .map(|structure: &Structure| ident(&structure.builder));
    quote! {
        /// Builders of the operation's request, input and output.
        pub mod builders {
            pub use super::{#fluent, #input, #output};
        }
    }
}

/// The path of an operation's fluent builder from outside the crate.
pub(super) fn fluent_path(operation: &Operation) -> TokenStream {
    let (module, fluent) = (ident(&operation.module), fluent_name(operation));
    quote!($crate::operation::#module::builders::#fluent)
}
