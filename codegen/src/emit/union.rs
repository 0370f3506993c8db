//! Unions: enums with a variant for each member and one for members that the model does not have.

use super::{File, Section, Style, deprecated, docs, ident, number, schema};
use crate::ir::{Ty, Union};
use quote::quote;

pub(super) fn union(file: &mut File, union: &Union, style: Style) {
    let doc = docs::attributes(&union.docs);
    let note = deprecated(&union.deprecated);
    let name = ident(&union.name);
    let (namespace, shape) = (union.id.namespace(), union.id.name());
    let root = schema::xml(&union.xml);
    let variants = union.variants.iter().enumerate().map(|(index, variant)| {
        let doc = docs::attributes(&variant.docs);
        let (index, member) = (number(index), &variant.member);
        let kind = schema::kind(&variant.schema.kind);
        let calls = schema::calls(&variant.schema);
        let (name, is, as_) = (
            ident(&variant.name),
            ident(&variant.is_method),
            ident(&variant.as_method),
        );
        let (methods, value) = match &variant.ty {
            Some(ty) => {
                // The accessor returns the value without its box.
                let inner = match ty {
                    Ty::Shape { name, error, .. } => super::types_path(name, *error),
                    other => style.ty(other),
                };
                let ty = style.ty(ty);
                (
                    quote!(is = #is, as = #as_, value = #inner),
                    Some(quote!((#ty))),
                )
            }
            None => (quote!(is = #is), None),
        };
        quote! {
            #doc
            #[member(index = #index, name = #member, kind = #kind #(, #calls)*)]
            #[methods(#methods)]
            #name #value
        }
    });
    file.sections.push(Section::Macro(
        "::smithy_operation::union",
        quote! {
            #doc
            #note
            #[shape(namespace = #namespace, name = #shape #(, #root)*)]
            pub enum #name {
                #(#variants,)*
            }
        },
    ));
}
