//! Structures: the tables that define them and their builders.

use super::{File, Section, Style, deprecated, docs, ident, number, schema};
use crate::ir::{Literal, Member, Presence, Retry, Role, Structure, Ty};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Adds a structure and its builder to a file.
///
/// For an operation's input, `fluent` has the attributes that define the fluent builder.
pub(super) fn structure(
    file: &mut File,
    structure: &Structure,
    style: Style,
    fluent: Option<TokenStream>,
) {
    let table = table(structure, style, fluent);
    file.sections
        .push(Section::Macro("::smithy_operation::structure", table));
}

/// The attribute that names the streaming member.
pub(super) fn streams(structure: &Structure) -> Option<TokenStream> {
    let member = structure.stream()?;
    let field = ident(&member.field);
    Some(match (&structure.role, &member.presence) {
        (Role::Input { .. }, Presence::Events) => quote!(#[events(#field)]),
        _ => quote!(#[streams(#field)]),
    })
}

/// What the structure is for, as attributes.
fn role(structure: &Structure, fluent: Option<TokenStream>) -> TokenStream {
    let value = structure.nested.then(|| quote!(#[value]));
    match &structure.role {
        // Without a role, a structure is a plain type.
        Role::Type => quote!(#[value]),
        Role::Input { request } => {
            let (method, uri, status) = (&request.method, &request.uri, number(request.status));
            quote!(#[input(method = #method, uri = #uri, status = #status)] #fluent)
        }
        Role::Output => {
            let streams = streams(structure);
            let demanded: Vec<_> = structure.demanded().map(|it| ident(&it.field)).collect();
            let demands = (!demanded.is_empty()).then(|| quote!(#[demands(#(#demanded),*)]));
            quote!(#[output] #streams #demands)
        }
        Role::Error {
            code,
            retry,
            status,
        } => {
            let message = structure.members.iter().find(|member| {
                member.field == "message"
                    && member.ty == Ty::String
                    && member.presence == Presence::Optional
                    && !member.schema.sensitive
            });
            let message = message.map(|_| quote!(, message = message));
            let retry = retry.map(|retry| {
                let kind = error_kind(retry);
                quote!(, retry = #kind)
            });
            let status = status.map(|status| {
                let status = number(status);
                quote!(, status = #status)
            });
            quote!(#[error(code = #code #message #retry #status)] #value)
        }
    }
}

/// The runtime's name for a kind of error that is worth a retry.
pub(super) fn error_kind(retry: Retry) -> Ident {
    ident(match retry {
        Retry::Throttling => "ThrottlingError",
        Retry::Transient => "TransientError",
        Retry::ClientFault => "ClientError",
        Retry::ServerFault => "ServerError",
    })
}

/// The body of `structure!`.
fn table(structure: &Structure, style: Style, fluent: Option<TokenStream>) -> TokenStream {
    let doc = docs::attributes(&structure.docs);
    let note = deprecated(&structure.deprecated);
    let (name, builder) = (ident(&structure.name), ident(&structure.builder));
    // A stream can be neither cloned nor compared.
    let derives = (!structure.streams()).then(|| quote!(#[derive(Clone, PartialEq)]));
    let build = ident(if structure.fallible {
        "fallible"
    } else {
        "infallible"
    });
    let (namespace, shape) = (structure.id.namespace(), structure.id.name());
    let mut calls = schema::xml(&structure.xml);
    if let Role::Input { .. } = &structure.role {
        if !structure.has_body {
            calls.push(quote!(with_no_body_members()));
        }
        // The schemas of structures and unions have this hint already.
        let is_document = |member: &Member| member.schema.is_document_payload();
        if structure.members.iter().any(is_document) {
            calls.push(quote!(with_payload_hint(
                ::smithy_operation::generated::PayloadHint::StructPayload
            )));
        }
    }
    let constructor = structure.constructor.as_ref().map(|constructor| {
        let name = ident(constructor.name);
        let fields = constructor.fields.iter().map(|field| ident(field));
        quote!(#[#name(#(#fields),*)])
    });
    let role = role(structure, fluent);
    let members = structure
        .members
        .iter()
        .enumerate()
        .map(|(index, member)| self::member(index, member, style));
    quote! {
        #doc
        #note
        #derives
        #[shape(namespace = #namespace, name = #shape #(, #calls)*)]
        #[builder(name = #builder, build = #build)]
        #constructor
        #role
        pub struct #name {
            #(#members,)*
        }
    }
}

fn member(index: usize, member: &Member, style: Style) -> TokenStream {
    let doc = docs::attributes(&member.docs);
    let note = deprecated(&member.deprecated);
    let (field, wire, index) = (ident(&member.field), &member.name, number(index));
    let kind = schema::kind(&member.schema.kind);
    let calls = schema::calls(&member.schema);
    let (ty, option) = (style.ty(&member.ty), style.option());
    let is_optional = matches!(
        member.presence,
        Presence::Optional | Presence::Checked | Presence::Filled
    );
    let field_ty = if is_optional {
        quote!(#option<#ty>)
    } else {
        ty.clone()
    };
    let presence = presence(member, style);
    let passed = passed(&member.ty, style);
    let (set, get) = (ident(&member.setter), ident(&member.getter));
    quote! {
        #doc
        #note
        #[member(index = #index, name = #wire, kind = #kind #(, #calls)*)]
        #[build(#presence, as = #passed, set = #set, get = #get)]
        pub #field: #field_ty
    }
}

/// Whether a member may be absent, and its type when it is present.
pub(super) fn presence(member: &Member, style: Style) -> TokenStream {
    let ty = style.ty(&member.ty);
    match &member.presence {
        Presence::Optional => quote!(optional = #ty),
        Presence::Checked => quote!(checked = #ty),
        Presence::Filled => quote!(filled = #ty),
        Presence::Required => quote!(required = #ty),
        Presence::Streaming => quote!(streaming = #ty),
        Presence::Events => quote!(events = #ty),
        Presence::Default(literal) => {
            let value = literal_value(literal, &member.ty, style);
            quote!(default = #ty, value = #value)
        }
        Presence::Implied(literal) => {
            let value = literal_value(literal, &member.ty, style);
            quote!(implied = #ty, value = #value)
        }
    }
}

/// How setters take a value of the type, and how getters return it.
pub(super) fn passed(ty: &Ty, style: Style) -> TokenStream {
    match ty {
        Ty::Bool | Ty::I8 | Ty::I16 | Ty::I32 | Ty::I64 | Ty::F32 | Ty::F64 | Ty::IntEnum(_) => {
            quote!(copy)
        }
        Ty::String => quote!(text),
        Ty::List(item) => {
            let ty = style.ty(item);
            if **item == Ty::String {
                quote!(texts(#ty))
            } else {
                quote!(list(#ty))
            }
        }
        Ty::Map(key, value) => {
            let [key, value] = [key, value].map(|item| {
                let ty = style.ty(item);
                match **item {
                    Ty::String => quote!(impl ::core::convert::Into<#ty>),
                    _ => ty,
                }
            });
            quote!(map(#key, #value))
        }
        Ty::Shape {
            name,
            error,
            boxed: true,
        } => {
            let inner = super::types_path(name, *error);
            quote!(boxed(#inner))
        }
        _ => quote!(value),
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
