//! Schemas, as calls of the runtime.

use super::{ident, number};
use crate::ir::{Binding, EventBinding, Schema, TimestampFormat, WireKind, Xml};
use crate::shape_id::ShapeId;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// A schema for a member, as an expression.
pub(super) fn expression(id: &ShapeId, member: &str, index: usize, schema: &Schema) -> TokenStream {
    let (namespace, shape) = (id.namespace(), id.name());
    let (kind, calls, index) = (kind(&schema.kind), calls(schema), number(index));
    quote! {
        Schema::new_member(shape_id!(#namespace, #shape, #member), ShapeType::#kind, #member, #index) #(.#calls)*
    }
}

/// The variant of `ShapeType`.
pub(super) fn kind(kind: &WireKind) -> Ident {
    let name = match kind {
        WireKind::BigDecimal => "BigDecimal",
        WireKind::BigInteger => "BigInteger",
        WireKind::Blob => "Blob",
        WireKind::Boolean => "Boolean",
        WireKind::Byte => "Byte",
        WireKind::Document => "Document",
        WireKind::Double => "Double",
        WireKind::Float => "Float",
        WireKind::Integer => "Integer",
        WireKind::List(_) => "List",
        WireKind::Long => "Long",
        WireKind::Map(..) => "Map",
        WireKind::Short => "Short",
        WireKind::String => "String",
        WireKind::Structure => "Structure",
        WireKind::Timestamp => "Timestamp",
        WireKind::Union => "Union",
    };
    format_ident!("{name}")
}

/// Calls of `Schema`'s setters, such as `with_http_label()`.
pub(super) fn calls(schema: &Schema) -> Vec<TokenStream> {
    let elements = match &schema.kind {
        WireKind::List(item) => {
            let item = collection_part(item);
            Some(quote!(with_list_member(#item)))
        }
        WireKind::Map(key, value) => {
            let (key, value) = (collection_part(key), collection_part(value));
            Some(quote!(with_map_members(#key, #value)))
        }
        _ => None,
    };
    let json_name = schema.json_name.as_ref();
    // Schemas have no place for it, and JSON is no part of ec2Query.
    let ec2_query_name = schema.ec2_query_name.as_ref();
    let media_type = schema.media_type.as_ref();
    elements
        .into_iter()
        .chain(json_name.map(|name| quote!(with_json_name(#name))))
        .chain(ec2_query_name.map(|name| quote!(with_json_name(#name))))
        .chain(xml(&schema.xml))
        .chain(schema.binding.as_ref().map(binding))
        .chain(schema.host_label.then(|| quote!(with_host_label())))
        .chain(schema.timestamp_format.map(timestamp_format))
        .chain(media_type.map(|name| quote!(with_media_type(#name))))
        .chain(schema.streaming.then(|| quote!(with_streaming())))
        .chain(schema.event.map(event_binding))
        .chain(schema.sensitive.then(|| quote!(with_sensitive())))
        .collect()
}

fn collection_part(name: &str) -> TokenStream {
    let name = ident(name);
    quote!(&crate::schemas::#name)
}

fn binding(binding: &Binding) -> TokenStream {
    match binding {
        Binding::Header(name) => quote!(with_http_header(#name)),
        Binding::Label => quote!(with_http_label()),
        Binding::Payload => quote!(with_http_payload()),
        Binding::PrefixHeaders(prefix) => quote!(with_http_prefix_headers(#prefix)),
        Binding::Query(name) => quote!(with_http_query(#name)),
        Binding::QueryParams => quote!(with_http_query_params()),
        Binding::ResponseCode => quote!(with_http_response_code()),
    }
}

fn event_binding(binding: EventBinding) -> TokenStream {
    match binding {
        EventBinding::Header => quote!(with_event_header()),
        EventBinding::Payload => quote!(with_event_payload()),
    }
}

fn timestamp_format(format: TimestampFormat) -> TokenStream {
    let format = format_ident!(
        "{}",
        match format {
            TimestampFormat::DateTime => "DateTime",
            TimestampFormat::EpochSeconds => "EpochSeconds",
            TimestampFormat::HttpDate => "HttpDate",
        }
    );
    quote!(with_timestamp_format(::smithy_operation::generated::TimestampFormat::#format))
}

pub(super) fn xml(xml: &Xml) -> Vec<TokenStream> {
    let name = xml.name.as_ref().map(|name| quote!(with_xml_name(#name)));
    let namespace = xml.namespace.as_ref().map(|(uri, prefix)| {
        let prefix = match prefix {
            Some(prefix) => quote!(::core::option::Option::Some(#prefix)),
            None => quote!(::core::option::Option::None),
        };
        quote!(with_xml_namespace(#uri, #prefix))
    });
    name.into_iter()
        .chain(xml.attribute.then(|| quote!(with_xml_attribute())))
        .chain(xml.flattened.then(|| quote!(with_xml_flattened())))
        .chain(xml.unwrapped.then(|| quote!(with_xml_unwrapped_output())))
        .chain(namespace)
        .collect()
}
