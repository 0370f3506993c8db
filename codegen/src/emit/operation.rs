//! Operations: the operation itself, its error, input and output, and its fluent builder.

use super::structure::{streams, structure};
use super::{File, Section, Style, deprecated, docs, endpoint_params, ident, number};
use crate::ir::{
    Checksums, ErrorVariant, Ir, Operation, Pagination, Preparation, Role, Step, Structure,
};
use crate::names;
use crate::traits::uri::Segment;
use proc_macro2::TokenStream;
use quote::quote;

/// `operation.rs`.
pub(super) fn index(ir: &Ir) -> File {
    let modules = ir.operations.iter().map(|operation| {
        let doc = docs::attributes(&[docs::summary(&operation.docs)]);
        let module = ident(&operation.module);
        quote!(#doc pub mod #module;)
    });
    File {
        docs: vec!["The operations, one module each.".to_owned()],
        sections: vec![Section::Items(quote! {
            #(#modules)*
            pub use ::smithy_operation::generated::RequestId;
        })],
    }
}

/// `operation/OPERATION.rs`.
pub(super) fn file(operation: &Operation) -> File {
    let mut file = File {
        docs: vec![docs::summary(&operation.docs)],
        sections: Vec::new(),
    };
    let style = Style::next_to(&operation.name);
    file.sections.push(Section::Macro(
        "::smithy_operation::operation",
        head(operation),
    ));
    file.sections.push(Section::Macro(
        "::smithy_operation::operation_error",
        error(operation),
    ));
    structure(&mut file, &operation.input, style, Some(fluent(operation)));
    structure(&mut file, &operation.output, style, None);
    if let Some(pagination) = &operation.pagination {
        let paginator = paginator(operation, pagination, style);
        file.sections.push(Section::Items(paginator));
    }
    if let Some(batch) = &operation.batch {
        let batch = super::batch::batch(operation, batch, &fluent_name(operation), style);
        file.sections
            .push(Section::Macro("::smithy_batch::batch", batch));
    }
    file.sections.push(Section::Items(builders(operation)));
    file
}

pub(super) fn fluent_name(operation: &Operation) -> proc_macro2::Ident {
    ident(&names::fluent_builder(&operation.name))
}

pub(super) fn error_name(operation: &Operation) -> proc_macro2::Ident {
    ident(&names::operation_error(&operation.name))
}

/// The path of an error's structure.
fn error_path(error: &ErrorVariant) -> TokenStream {
    super::types_path(&error.name, true)
}

fn head(operation: &Operation) -> TokenStream {
    let doc = docs::attributes(&operation.docs);
    let note = deprecated(&operation.deprecated);
    let name = ident(&operation.name);
    let wire = operation.id.name();
    let (namespace, error) = (operation.id.namespace(), error_name(operation));
    let (input, output) = (ident(&operation.input.name), ident(&operation.output.name));
    let errors = operation.errors.iter().map(error_path);
    let mut calls = Vec::new();
    if operation.unsigned_payload {
        calls.push(quote!(unsigned_payload()));
    }
    if let Role::Input { request } = &operation.input.role
        && request.status != 200
    {
        let status = number(request.status);
        calls.push(quote!(status(#status)));
    }
    if operation.input.streams() {
        calls.push(quote!(streaming_input()));
    }
    if let Some(params) = endpoint_params::table(&operation.endpoint_params) {
        calls.push(quote!(endpoint_params(&#params)));
    }
    if operation.sensitive_input {
        calls.push(quote!(sensitive_input()));
    }
    if operation.sensitive_output {
        calls.push(quote!(sensitive_output()));
    }
    if let Some(checksums) = &operation.checksums {
        let checksums = self::checksums(checksums);
        calls.push(quote!(checksums(#checksums)));
    }
    if !operation.compression.is_empty() {
        let encodings = &operation.compression;
        calls.push(quote!(compression(&[#(#encodings),*])));
    }
    if operation.requires_length {
        calls.push(quote!(requires_length()));
    }
    if let Some(required) = operation.discovered_endpoint {
        let ids = &operation.discovery_ids;
        calls.push(match required {
            true => quote!(discovered_endpoint(&crate::service::DISCOVERY, &[#(#ids),*])),
            false => quote!(optional_discovery(&crate::service::DISCOVERY, &[#(#ids),*])),
        });
    }
    if operation.tree_hash {
        calls.push(quote!(tree_hash()));
    }
    if !operation.lenient_headers.is_empty() {
        let headers = operation.lenient_headers.iter();
        let headers = headers.map(|(header, text)| quote!((#header, #text)));
        calls.push(quote!(lenient_headers(&[#(#headers),*])));
    }
    if operation.output.streams() {
        calls.push(quote!(streaming_output()));
    }
    let pages = operation.pagination.as_ref().map(pages);
    quote! {
        #doc
        #note
        #[operation(namespace = #namespace, name = #wire #(, #calls)*)]
        #[types(input = #input, output = #output, error = #error)]
        #[errors(#(#errors),*)]
        #pages
        pub struct #name;
    }
}

/// The attribute that names the members by which results come in pages.
fn pages(pagination: &Pagination) -> TokenStream {
    let token = &pagination.token_name;
    let next = pagination.next_token.iter().map(|step| &step.name);
    let size = pagination.page_size_name.as_ref();
    let size = size.map(|name| quote!(, size = #name));
    let items = pagination.items.as_ref().map(|(way, _)| {
        let names = way.iter().map(|step| &step.name);
        quote!(, items = [#(#names),*])
    });
    quote!(#[pages(token = #token, next = [#(#next),*] #size #items)])
}

fn checksums(checksums: &Checksums) -> TokenStream {
    let mut calls = TokenStream::new();
    if let Some(name) = &checksums.algorithm_header {
        calls.extend(quote!(.algorithm_header(#name)));
    }
    if checksums.required {
        calls.extend(quote!(.required()));
    }
    if checksums.md5 {
        calls.extend(quote!(.md5()));
    }
    if let Some(name) = &checksums.validation_header {
        calls.extend(quote!(.validation_header(#name)));
    }
    if !checksums.response_algorithms.is_empty() {
        let algorithms = &checksums.response_algorithms;
        calls.extend(quote!(.response_algorithms(&[#(#algorithms),*])));
    }
    quote!(::smithy_operation::generated::Checksums::NONE #calls)
}

fn error(operation: &Operation) -> TokenStream {
    let name = error_name(operation);
    let wire = operation.id.name();
    let doc = format!(" The error of the operation `{wire}`.");
    let variants = operation.errors.iter().map(|error| {
        let doc = docs::attributes(&[docs::summary(&error.docs)]);
        let (variant, is) = (ident(&error.variant), ident(&error.is_method));
        let path = error_path(error);
        quote!(#doc #[method(is = #is)] #variant(#path))
    });
    quote! {
        #[doc = #doc]
        #[operation(name = #wire, service_error = crate::Error)]
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
    let streams = streams(&operation.input);
    let host_prefix = host_prefix(operation);
    let prepared = operation.prepared.iter().map(|(field, how)| {
        let field = ident(field);
        let how = match how {
            Preparation::LastSegment => quote!(keep_last_segment()),
            Preparation::Default(default) => quote!(set_default(#default)),
        };
        quote!(#[prepared(#field, #how)])
    });
    let endpoint = operation.call_endpoint.as_ref().map(|field| {
        let field = ident(field);
        quote!(#[call_endpoint(#field)])
    });
    quote! {
        #[fluent(name = #fluent, operation = #name, output = #output, error = #error)]
        #token
        #streams
        #host_prefix
        #(#prepared)*
        #endpoint
    }
}

/// The attribute for the host prefix: a format string and the fields that fill it.
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

/// The paginator of an operation that returns its results in pages.
fn paginator(operation: &Operation, pagination: &Pagination, style: Style) -> TokenStream {
    let name = ident(&operation.name);
    let fluent = fluent_name(operation);
    let (input, output) = (
        ident(&operation.input.builder),
        ident(&operation.output.name),
    );
    let paginator = ident(&names::paginator(&operation.name));
    let doc = format!(
        " Requests all pages of `{}`, one after the other.",
        operation.name
    );
    let (_, set_token, get_token) = &pagination.token;
    let token = style.ty(&pagination.token_ty);
    let (set_token, get_token) = (ident(set_token), ident(get_token));
    let next_token = borrowed(&pagination.next_token);
    let page_size = pagination.page_size.as_ref().map(|(setter, is_long)| {
        let setter = ident(setter);
        let size = match is_long {
            true => quote!(i64::from(size)),
            false => quote!(size),
        };
        quote! {
            #[inline]
            fn set_page_size(input: #input, size: i32) -> #input {
                input.#setter(Some(#size))
            }
        }
    });
    let items = pagination.items.as_ref().map(|(way, ty)| {
        let ty = style.ty(ty);
        let value = owned(way);
        quote! {
            impl ::smithy_operation::PaginatedItems for #name {
                type Item = #ty;

                #[inline]
                fn items(output: #output) -> ::std::vec::Vec<Self::Item> {
                    let items = || ::core::option::Option::Some(#value.into_iter().collect());
                    items().unwrap_or_default()
                }
            }
        }
    });
    let items_type = pagination.items.as_ref().map(|_| {
        let paginator = ident(&names::paginator_items(&operation.name));
        let doc = format!(
            " Requests all pages of `{}`, one after the other, and returns their items.",
            operation.name
        );
        quote! {
            #[doc = #doc]
            pub type #paginator = ::smithy_operation::PaginatorItems<super::#name>;
        }
    });
    quote! {
        impl ::smithy_operation::PaginatedOperation for #name {
            type Token = #token;

            #[inline]
            fn next_token(output: &#output) -> ::core::option::Option<&Self::Token> {
                #next_token
            }

            #[inline]
            fn token(input: &#input) -> ::core::option::Option<&Self::Token> {
                input.#get_token().as_ref()
            }

            #[inline]
            fn set_token(input: #input, token: ::core::option::Option<Self::Token>) -> #input {
                input.#set_token(token)
            }

            #page_size
        }

        #items

        impl #fluent {
            /// Returns a paginator, which requests all pages one after the other.
            #[inline]
            pub fn into_paginator(self) -> paginator::#paginator {
                ::smithy_operation::Paginator::new(::smithy_operation::FluentBuilder::into_call(self))
            }
        }

        ::smithy_operation::blocking_paginator!(#fluent, #name);

        /// The operation's paginator.
        pub mod paginator {
            #[doc = #doc]
            pub type #paginator = ::smithy_operation::Paginator<super::#name>;

            #items_type
        }
    }
}

/// The value at the end of a path in an output, borrowed.
fn borrowed(way: &[Step]) -> TokenStream {
    let mut value = quote!(output);
    for (i, step) in way.iter().enumerate() {
        let field = ident(&step.field);
        let last = i + 1 == way.len();
        value = match (last, step.optional) {
            (true, true) => quote!(#value.#field.as_ref()),
            (true, false) => quote!(::core::option::Option::Some(&#value.#field)),
            (false, true) => quote!(#value.#field.as_ref()?),
            (false, false) => quote!(#value.#field),
        };
    }
    value
}

/// The value at the end of a path in an output, moved out of it.
fn owned(way: &[Step]) -> TokenStream {
    let mut value = quote!(output);
    for step in way {
        let field = ident(&step.field);
        value = match step.optional {
            true => quote!(#value.#field?),
            false => quote!(#value.#field),
        };
    }
    value
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
