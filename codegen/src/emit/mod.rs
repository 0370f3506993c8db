//! Turns the IR into token streams, one file for each concern.

mod batch;
mod blocking;
mod cases;
mod client;
mod diagram;
mod docs;
pub(crate) use docs::lines as docs_lines;
mod endpoint;
mod endpoint_params;
mod endpoint_settings;
mod enums;
mod event_cases;
mod examples;
mod mock;
mod operation;
pub(crate) mod package;
mod schema;
mod service;
pub(crate) mod standalone;
mod structure;
mod types;
mod union;
mod value;
mod waiters;

use crate::ir::{Docs, Ir, Ty};
use crate::names;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::collections::BTreeMap;

/// One file to be formatted.
#[derive(Debug, Default)]
pub(crate) struct File {
    /// The module's documentation.
    pub(crate) docs: Docs,
    pub(crate) sections: Vec<Section>,
}

/// A part of a file.
#[derive(Debug)]
pub(crate) enum Section {
    Items(TokenStream),
    /// A call of one of the runtime's macros, whose body is an item. The path has the crate and the macro.
    Macro(&'static str, TokenStream),
    /// A call of one of the runtime's macros, whose body is a table of a line for each operation.
    Table(&'static str, Vec<String>),
}

/// What a table's line says about an operation that the model deprecates.
fn table_note(note: &Option<String>) -> String {
    match note {
        Some(note) => format!("#[deprecated(note = {note:?})] "),
        None => String::new(),
    }
}

pub(crate) use cases::files as cases;
pub(crate) use client::files as client;
pub(crate) use endpoint::file as endpoint;
pub(crate) use endpoint_params::tables as endpoint_tables;
pub(crate) use examples::in_modules as with_examples;

/// What a crate contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Shapes and operations.
    Api,
    /// Shapes, operations and the client.
    Client,
}

/// All files of a crate, by their path below `src`.
pub(crate) fn emit(ir: &Ir, holds: Holds) -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    files.insert("lib.rs".to_owned(), service::lib(ir, holds));
    files.insert("service.rs".to_owned(), service::service(ir));
    files.insert("operation.rs".to_owned(), operation::index(ir));
    for operation in &ir.operations {
        files.insert(
            format!("operation/{}.rs", file_name(&operation.module)),
            operation::file(operation),
        );
    }
    files.insert("types.rs".to_owned(), types::index(ir));
    for ty in &ir.types {
        files.insert(
            format!("types/{}.rs", file_name(&names::type_module(ty.name()))),
            types::file(ty),
        );
    }
    files.insert("types/builders.rs".to_owned(), types::builders(ir));
    files.insert("types/error.rs".to_owned(), types::errors(ir));
    files.insert("service_error.rs".to_owned(), types::service_error(ir));
    if !ir.collections.is_empty() {
        files.insert("schemas.rs".to_owned(), types::schemas(ir));
    }
    if let Some(file) = endpoint::shortest(&ir.endpoint, &ir.without_dual_stack) {
        files.insert("endpoint.rs".to_owned(), file);
    }
    if holds == Holds::Client {
        files.extend(client::files(ir, "crate", &ir.service.crate_name));
    }
    files
}

/// The file of a module. The file of a raw identifier has its plain name.
fn file_name(module: &str) -> &str {
    module.strip_prefix("r#").unwrap_or(module)
}

/// An identifier, raw or not.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// How the types that generated code uses are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// With the names that each file imports.
    Short,
    /// With their full paths, in a file that defines a type of one of those names.
    Full,
}

impl Style {
    /// The style of a file that defines a type of this name.
    fn next_to(type_name: &str) -> Self {
        if names::hides_a_prelude_name(type_name) {
            Self::Full
        } else {
            Self::Short
        }
    }

    fn option(self) -> TokenStream {
        match self {
            Self::Short => quote!(Option),
            Self::Full => quote!(::core::option::Option),
        }
    }

    fn ty(self, ty: &Ty) -> TokenStream {
        let full = self == Self::Full;
        match ty {
            Ty::Bool => quote!(bool),
            Ty::I8 => quote!(i8),
            Ty::I16 => quote!(i16),
            Ty::I32 => quote!(i32),
            Ty::I64 => quote!(i64),
            Ty::F32 => quote!(f32),
            Ty::F64 => quote!(f64),
            Ty::String if full => quote!(::std::string::String),
            Ty::String => quote!(String),
            Ty::BigInteger => quote!(::smithy_operation::generated::BigInteger),
            Ty::BigDecimal => quote!(::smithy_operation::generated::BigDecimal),
            Ty::Blob => quote!(::smithy_operation::generated::Blob),
            Ty::DateTime => quote!(::smithy_operation::generated::DateTime),
            Ty::Document => quote!(::smithy_operation::generated::Document),
            Ty::ByteStream => quote!(::smithy_operation::generated::ByteStream),
            Ty::Events { stream, sent } => {
                let end = match sent {
                    true => quote!(EventStreamSender),
                    false => quote!(EventReceiver),
                };
                let (event, error) = (types_path(stream, false), stream_error_path(stream));
                quote!(::smithy_operation::event_stream::#end<#event, #error>)
            }
            Ty::List(item) => {
                let item = self.ty(item);
                if full {
                    quote!(::std::vec::Vec<#item>)
                } else {
                    quote!(Vec<#item>)
                }
            }
            Ty::Map(key, value) => {
                let (key, value) = (self.ty(key), self.ty(value));
                quote!(::std::collections::HashMap<#key, #value>)
            }
            Ty::Nullable(item) => {
                let (option, item) = (self.option(), self.ty(item));
                quote!(#option<#item>)
            }
            Ty::Pair(key, value) => {
                let (key, value) = (self.ty(key), self.ty(value));
                quote!((#key, #value))
            }
            Ty::Shape { name, boxed, error } => {
                let path = types_path(name, *error);
                match (boxed, full) {
                    (true, true) => quote!(::std::boxed::Box<#path>),
                    (true, false) => quote!(Box<#path>),
                    (false, _) => path,
                }
            }
            Ty::Enum(name) | Ty::IntEnum(name) => types_path(name, false),
        }
    }
}

/// The path of a type from anywhere in the crate.
fn types_path(name: &str, is_error: bool) -> TokenStream {
    let name = ident(name);
    match is_error {
        true => quote!(crate::types::error::#name),
        false => quote!(crate::types::#name),
    }
}

/// The path of the errors of an event stream.
fn stream_error_path(stream: &str) -> TokenStream {
    types_path(&names::stream_error(stream), true)
}

/// `#[deprecated]`, if the model deprecates the shape or member.
fn deprecated(note: &Option<String>) -> TokenStream {
    match note {
        Some(note) => quote!(#[deprecated(note = #note)]),
        None => TokenStream::new(),
    }
}

/// An integer literal without a suffix.
fn number(value: impl std::fmt::Display) -> proc_macro2::Literal {
    value
        .to_string()
        .parse()
        .unwrap_or_else(|_| proc_macro2::Literal::u8_unsuffixed(0))
}
