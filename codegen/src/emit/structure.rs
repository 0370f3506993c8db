//! Structures: the plain struct with its getters, and the table that its builder is made of.

use super::{File, Piece, Style, deprecated, docs, ident, number, schema_calls};
use crate::ir::{Literal, Member, Presence, Role, Structure, Ty};
use proc_macro2::TokenStream;
use quote::quote;

/// Adds a structure and its builder to a file.
///
/// An operation's input brings the attribute that defines the fluent builder with it.
pub(super) fn structure(
    file: &mut File,
    structure: &Structure,
    style: Style,
    fluent: Option<TokenStream>,
) {
    file.pieces.push(Piece::Items(plain(structure, style)));
    file.pieces.push(Piece::Macro(
        "::smithy_operation::structure",
        table(structure, style, fluent),
    ));
    let (name, builder) = (ident(&structure.name), ident(&structure.builder));
    match &structure.role {
        Role::Type | Role::Input { .. } => {}
        Role::Output => {
            let streams = streams(structure);
            file.pieces.push(Piece::Macro(
                "::smithy_operation::operation_output",
                quote!(#streams pub struct #name(#builder);),
            ));
        }
        Role::Error { code, retry } => {
            let message = structure
                .members
                .iter()
                .find(|member| {
                    member.field == "message"
                        && member.ty == Ty::String
                        && member.presence == Presence::Optional
                })
                .map(|_| quote!(#[message(message)]));
            let retry = retry.map(|kind| {
                let kind = ident(kind);
                quote!(#[retry(#kind)])
            });
            file.pieces.push(Piece::Macro(
                "::smithy_operation::error_shape",
                quote!(#[answers(#code)] #message #retry pub struct #name(#builder);),
            ));
        }
    }
}

/// The attribute that names the member that is a stream.
pub(super) fn streams(structure: &Structure) -> Option<TokenStream> {
    let mut members = structure.members.iter();
    let member = members.find(|member| member.presence == Presence::Streaming)?;
    let field = ident(&member.field);
    Some(quote!(#[streams(#field)]))
}

/// A field that is no member: what came beside the members.
fn extra(structure: &Structure, style: Style) -> Option<(TokenStream, TokenStream)> {
    match structure.role {
        Role::Type | Role::Input { .. } => None,
        Role::Output => {
            let (option, string) = (style.option(), style.ty(&Ty::String));
            Some((quote!(_request_id), quote!(#option<#string>)))
        }
        Role::Error { .. } => Some((
            quote!(meta),
            quote!(::smithy_operation::generated::ErrorMetadata),
        )),
    }
}

fn derives(structure: &Structure) -> TokenStream {
    // A stream can be neither copied nor compared.
    if structure.streams() {
        TokenStream::new()
    } else {
        quote!(#[derive(Clone, PartialEq)])
    }
}

fn plain(structure: &Structure, style: Style) -> TokenStream {
    let doc = docs::attributes(&structure.docs);
    let note = deprecated(&structure.deprecated);
    let name = ident(&structure.name);
    let derives = derives(structure);
    let option = style.option();
    let fields = structure.members.iter().map(|member| {
        let doc = docs::attributes(&member.docs);
        let note = deprecated(&member.deprecated);
        let field = ident(&member.field);
        let ty = style.ty(&member.ty);
        let ty = match member.presence {
            Presence::Optional | Presence::Checked | Presence::Filled => quote!(#option<#ty>),
            Presence::Required | Presence::Default(_) | Presence::Streaming => ty,
        };
        quote!(#doc #note pub #field: #ty)
    });
    let extra = extra(structure, style).map(|(field, ty)| {
        let visibility = match structure.role {
            Role::Error { .. } => quote!(pub(crate)),
            _ => TokenStream::new(),
        };
        quote!(#visibility #field: #ty)
    });
    let fields = fields.chain(extra);
    let getters: Vec<TokenStream> = structure
        .members
        .iter()
        .map(|member| getter(member, style))
        .collect();
    let getters = if getters.is_empty() {
        TokenStream::new()
    } else {
        quote!(impl #name { #(#getters)* })
    };
    quote! {
        #doc
        #note
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        #getters
    }
}

fn getter(member: &Member, style: Style) -> TokenStream {
    // The field beside it says the rest.
    let doc = docs::attributes(&[docs::summary(&member.docs)]);
    let note = deprecated(&member.deprecated);
    let field = ident(&member.field);
    let option = style.option();
    let optional = matches!(
        member.presence,
        Presence::Optional | Presence::Checked | Presence::Filled
    );
    let ty = style.ty(&member.ty);
    let (returns, body) = match (&member.ty, optional) {
        (
            Ty::Bool | Ty::I8 | Ty::I16 | Ty::I32 | Ty::I64 | Ty::F32 | Ty::F64 | Ty::IntEnum(_),
            true,
        ) => (quote!(#option<#ty>), quote!(self.#field)),
        (
            Ty::Bool | Ty::I8 | Ty::I16 | Ty::I32 | Ty::I64 | Ty::F32 | Ty::F64 | Ty::IntEnum(_),
            false,
        ) => (quote!(#ty), quote!(self.#field)),
        (Ty::String, true) => (quote!(#option<&str>), quote!(self.#field.as_deref())),
        (Ty::String, false) => (quote!(&str), quote!(&self.#field)),
        (Ty::List(item), true) => {
            let item = style.ty(item);
            (
                quote!(&[#item]),
                quote!(self.#field.as_deref().unwrap_or_default()),
            )
        }
        (Ty::List(item), false) => {
            let item = style.ty(item);
            (quote!(&[#item]), quote!(&self.#field))
        }
        (Ty::Shape { name, boxed: true }, true) => {
            let inner = super::types_path(name);
            (quote!(#option<&#inner>), quote!(self.#field.as_deref()))
        }
        (Ty::Shape { name, boxed: true }, false) => {
            let inner = super::types_path(name);
            (quote!(&#inner), quote!(&self.#field))
        }
        (_, true) => (quote!(#option<&#ty>), quote!(self.#field.as_ref())),
        (_, false) => (quote!(&#ty), quote!(&self.#field)),
    };
    quote! {
        #doc
        #note
        #[inline]
        pub fn #field(&self) -> #returns {
            #body
        }
    }
}

/// The body of `structure!`.
fn table(structure: &Structure, style: Style, fluent: Option<TokenStream>) -> TokenStream {
    let name = ident(&structure.name);
    let builder = ident(&structure.builder);
    let builder_doc = format!(" Collects the members of a [`{}`].", structure.name);
    let derives = derives(structure);
    let fallible = ident(if structure.fallible {
        "fallible"
    } else {
        "infallible"
    });
    let (namespace, shape) = (structure.id.namespace(), structure.id.name());
    let mut calls = Vec::new();
    let mut http_attribute = None;
    if let Role::Input { http } = &structure.role {
        let (method, uri, code) = (&http.method, &http.uri, number(http.code));
        http_attribute = Some(quote!(#[http(#method, #uri, #code)]));
        if !structure.has_body {
            calls.push(quote!(with_no_body_members()));
        }
        // Of structures and unions, the schema itself tells.
        let is_document =
            |member: &Member| member.ty == Ty::Document && member.schema.has("with_http_payload");
        if structure.members.iter().any(is_document) {
            calls.push(quote!(with_payload_hint(
                ::smithy_operation::generated::PayloadHint::StructPayload
            )));
        }
    }
    let extra = extra(structure, style).map(|(field, ty)| quote!(#[extra(#field, #ty)]));
    let nested = structure.nested.then(|| quote!(#[nested(value)]));
    let members = structure.members.iter().enumerate().map(|(index, member)| {
        let doc = docs::attributes(&member.docs);
        let note = deprecated(&member.deprecated);
        let field = ident(&member.field);
        let ty = style.ty(&member.ty);
        let index = number(index);
        let wire = &member.name;
        let kind = ident(member.schema.shape_type);
        let calls = schema_calls(&member.schema);
        let build = build_attribute(member, style);
        quote! {
            #doc
            #note
            #[member(#index, #wire, #kind #(, #calls)*)]
            #build
            #field: #ty
        }
    });
    quote! {
        #[doc = #builder_doc]
        #derives
        #[builds(#name, #fallible)]
        #[schema(#namespace, #shape #(, #calls)*)]
        #http_attribute
        #fluent
        #extra
        #nested
        pub struct #builder {
            #(#members,)*
        }
    }
}

/// `#[build(presence, setter, set_x, get_x)]`.
fn build_attribute(member: &Member, style: Style) -> TokenStream {
    let setter = match &member.ty {
        Ty::String => quote!(into),
        Ty::List(item) => {
            let ty = style.ty(item);
            if **item == Ty::String {
                quote!(push_into(#ty))
            } else {
                quote!(push(#ty))
            }
        }
        Ty::Map(key, value) => {
            let (key, value) = (style.ty(key), style.ty(value));
            quote!(insert(#key, #value))
        }
        Ty::Shape { name, boxed: true } => {
            let inner = super::types_path(name);
            quote!(boxed(#inner))
        }
        _ => quote!(value),
    };
    let presence = presence(member, style);
    let (set, get) = (ident(&member.setter), ident(&member.getter));
    quote!(#[build(#presence, #setter, #set, #get)])
}

fn presence(member: &Member, style: Style) -> TokenStream {
    match &member.presence {
        Presence::Optional => quote!(optional),
        Presence::Checked => quote!(checked),
        Presence::Filled => quote!(filled),
        Presence::Required => quote!(required),
        Presence::Streaming => quote!(streaming),
        Presence::Default(literal) => {
            let value = literal_value(literal, &member.ty, style);
            quote!(default = #value)
        }
    }
}

fn literal_value(literal: &Literal, ty: &Ty, style: Style) -> TokenStream {
    match literal {
        Literal::Bool(value) => quote!(#value),
        Literal::Int(value) => {
            let value = signed(*value);
            quote!(#value)
        }
        Literal::Float(value) => {
            let magnitude = proc_macro2::Literal::f64_unsuffixed(value.abs());
            if value.is_sign_negative() {
                quote!(-#magnitude)
            } else {
                quote!(#magnitude)
            }
        }
        Literal::BigNumber(text) => quote!(#text.parse().unwrap_or_default()),
        Literal::Text(text) => quote!(#text.into()),
        Literal::Bytes(base64) => {
            quote!(::smithy_operation::blob_of_base64(#base64))
        }
        Literal::Timestamp(seconds, nanos) => {
            let (seconds, nanos) = (signed(*seconds), number(nanos));
            quote!(::smithy_operation::generated::DateTime::from_secs_and_nanos(#seconds, #nanos))
        }
        Literal::EnumText(text) => {
            let ty = style.ty(ty);
            quote!(<#ty>::from(#text))
        }
        Literal::EnumNumber(value) => {
            let (ty, value) = (style.ty(ty), signed(*value));
            quote!(<#ty>::from(#value))
        }
        Literal::EmptyList | Literal::EmptyMap => quote!(::core::default::Default::default()),
        Literal::Document(value) => document(value),
    }
}

fn signed(value: i64) -> TokenStream {
    let magnitude = number(value.unsigned_abs());
    if value < 0 {
        quote!(-#magnitude)
    } else {
        quote!(#magnitude)
    }
}

/// A document as an expression.
fn document(value: &serde_json::Value) -> TokenStream {
    let generated = quote!(::smithy_operation::generated);
    match value {
        serde_json::Value::Null => quote!(#generated::Document::Null),
        serde_json::Value::Bool(value) => quote!(#generated::Document::Bool(#value)),
        serde_json::Value::Number(value) => {
            match (value.as_u64(), value.as_i64(), value.as_f64()) {
                (Some(value), _, _) => {
                    let value = number(value);
                    quote!(#generated::Document::Number(#generated::Number::PosInt(#value)))
                }
                (_, Some(value), _) => {
                    let value = signed(value);
                    quote!(#generated::Document::Number(#generated::Number::NegInt(#value)))
                }
                (_, _, value) => {
                    let value = proc_macro2::Literal::f64_unsuffixed(value.unwrap_or_default());
                    quote!(#generated::Document::Number(#generated::Number::Float(#value)))
                }
            }
        }
        serde_json::Value::String(text) => quote!(#generated::Document::String(#text.to_owned())),
        serde_json::Value::Array(items) => {
            let items = items.iter().map(document);
            quote!(#generated::Document::Array(vec![#(#items),*]))
        }
        serde_json::Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let value = document(value);
                quote!((#key, #value))
            });
            quote!(::smithy_operation::endpoint::object([#(#entries),*]))
        }
    }
}
