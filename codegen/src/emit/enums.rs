//! Enums of strings and of numbers.

use super::{File, Section, deprecated, docs, ident, number};
use crate::ir::{Enum, IntEnum};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn string_enum(file: &mut File, shape: &Enum) {
    let doc = docs::attributes(&shape.docs);
    let note = deprecated(&shape.deprecated);
    let name = ident(&shape.name);
    let variants = shape.variants.iter().map(|(variant, value, docs)| {
        let doc = docs::attributes(docs);
        let variant = ident(variant);
        quote!(#doc #variant = #value)
    });
    let sensitive = if shape.sensitive {
        quote!(#[sensitive(redacted)])
    } else {
        TokenStream::new()
    };
    file.sections.push(Section::Macro(
        "::smithy_operation::string_enum",
        quote!(#doc #note #sensitive pub enum #name { #(#variants,)* }),
    ));
}

pub(super) fn int_enum(file: &mut File, shape: &IntEnum) {
    let doc = docs::attributes(&shape.docs);
    let note = deprecated(&shape.deprecated);
    let name = ident(&shape.name);
    let variants = shape.variants.iter().map(|(variant, value, docs)| {
        let doc = docs::attributes(docs);
        let variant = ident(variant);
        let value = if *value < 0 {
            let magnitude = number(value.unsigned_abs());
            quote!(-#magnitude)
        } else {
            let magnitude = number(value);
            quote!(#magnitude)
        };
        quote!(#doc #variant = #value)
    });
    file.sections.push(Section::Macro(
        "::smithy_operation::int_enum",
        quote!(#doc #note pub enum #name { #(#variants,)* }),
    ));
}
