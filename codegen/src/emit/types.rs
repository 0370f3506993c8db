//! The modules of types, builders, errors and schemas.

use super::structure::structure;
use super::{File, Section, Style, docs, enums, ident, schema, union};
use crate::ir::{ErrorVariant, Ir, Part, Type, Union};
use crate::names;
use proc_macro2::TokenStream;
use quote::quote;

/// `types.rs`.
pub(super) fn index(ir: &Ir) -> File {
    let modules = ir.types.iter().map(|ty| {
        let module = ident(&names::type_module(ty.name()));
        quote!(mod #module;)
    });
    let exports = ir.types.iter().map(|ty| {
        let (module, name) = (ident(&names::type_module(ty.name())), ident(ty.name()));
        quote!(pub use #module::#name;)
    });
    File {
        docs: vec![
            "Structures, unions and enums that are used in inputs, outputs and errors.".to_owned(),
        ],
        sections: vec![Section::Items(quote! {
            pub mod builders;
            pub mod error;
            #(#modules)*
            #(#exports)*
        })],
    }
}

/// `types/TYPE.rs`.
pub(super) fn file(ty: &Type) -> File {
    let docs = match ty {
        Type::Structure(structure) => &structure.docs,
        Type::Union(union) => &union.docs,
        Type::Enum(shape) => &shape.docs,
        Type::IntEnum(shape) => &shape.docs,
    };
    let mut file = File {
        docs: vec![docs::summary(docs)],
        sections: Vec::new(),
    };
    let style = Style::next_to(ty.name());
    match ty {
        Type::Structure(shape) => structure(&mut file, shape, style, None),
        Type::Union(shape) => union::union(&mut file, shape, style),
        Type::Enum(shape) => enums::string_enum(&mut file, shape),
        Type::IntEnum(shape) => enums::int_enum(&mut file, shape),
    }
    file
}

/// `types/builders.rs`.
pub(super) fn builders(ir: &Ir) -> File {
    let exports = ir.types.iter().filter_map(|ty| match ty {
        Type::Structure(structure) => {
            let (module, builder) = (
                ident(&names::type_module(&structure.name)),
                ident(&structure.builder),
            );
            Some(quote!(pub use super::#module::#builder;))
        }
        _ => None,
    });
    File {
        docs: vec!["Builders of the structures.".to_owned()],
        sections: vec![Section::Items(quote!(#(#exports)*))],
    }
}

/// `types/error.rs`.
pub(super) fn errors(ir: &Ir) -> File {
    let mut file = File {
        docs: vec!["The modeled errors of the service.".to_owned()],
        sections: Vec::new(),
    };
    let hidden = ir
        .errors
        .iter()
        .any(|error| names::hides_a_prelude_name(&error.name));
    let style = if hidden { Style::Full } else { Style::Short };
    for error in &ir.errors {
        structure(&mut file, error, style, None);
    }
    for ty in &ir.types {
        if let Type::Union(union) = ty
            && let Some(errors) = &union.errors
        {
            file.sections.push(stream_error(union, errors));
        }
    }
    let builders = ir.errors.iter().map(|error| ident(&error.builder));
    let exports = if ir.errors.is_empty() {
        TokenStream::new()
    } else {
        quote!(pub use super::{#(#builders),*};)
    };
    file.sections.push(Section::Items(quote! {
        /// Builders of the errors.
        pub mod builders {
            #exports
        }
    }));
    file
}

/// The errors of an event stream.
fn stream_error(union: &Union, errors: &[(String, ErrorVariant)]) -> Section {
    let (name, stream) = (ident(&names::stream_error(&union.name)), union.id.name());
    let doc = format!(" Why the event stream `{stream}` ended.");
    let variants = errors.iter().map(|(member, error)| {
        let doc = docs::attributes(&[docs::summary(&error.docs)]);
        let (variant, is) = (ident(&error.variant), ident(&error.is_method));
        let path = super::types_path(&error.name, true);
        quote!(#doc #[member(name = #member, is = #is)] #variant(#path))
    });
    Section::Macro(
        "::smithy_operation::stream_error",
        quote! {
            #[doc = #doc]
            #[stream(name = #stream, service_error = crate::Error)]
            pub enum #name {
                #(#variants,)*
            }
        },
    )
}

/// `service_error.rs`.
pub(super) fn service_error(ir: &Ir) -> File {
    let title = &ir.service.title;
    let doc = docs::attributes(&[format!(
        "All errors of {title}. The error of each operation converts into this type."
    )]);
    let variants = ir.errors.iter().map(|error| {
        let doc = docs::attributes(&[docs::summary(&error.docs)]);
        let name = ident(&error.name);
        let variant = ident(&names::error_variant(&error.name));
        quote!(#doc #variant(crate::types::error::#name))
    });
    File {
        docs: vec!["The error type that all operations share.".to_owned()],
        sections: vec![Section::Macro(
            "::smithy_operation::service_error",
            quote! {
                #doc
                ///
                /// `Display` describes the failure in one line.
                #[service(crate::SERVICE)]
                pub enum Error {
                    #(#variants,)*
                }
            },
        )],
    }
}

/// `schemas.rs`.
pub(super) fn schemas(ir: &Ir) -> File {
    let statics = ir.collections.iter().flat_map(|collection| {
        collection
            .parts
            .iter()
            .enumerate()
            .map(move |(index, part)| {
                let (name, member) = (ident(&part.name), &part.member);
                let doc = format!(" The {member} of `{}`.", collection.id.name());
                let schema = schema::expression(&collection.id, member, index, &part.schema);
                // Maybe only flattened lists use it, with a description of their own.
                let is_flattened =
                    |other: &Part| other.member == part.member && other.name != part.name;
                let unused = (index == 0 && collection.parts.iter().any(is_flattened))
                    .then(|| quote!(#[allow(dead_code)]));
                quote! {
                    #[doc = #doc]
                    #unused
                    pub(crate) static #name: Schema<'static> = #schema;
                }
            })
    });
    File {
        docs: vec!["Schemas of the contents of lists and maps. Members refer to them.".to_owned()],
        sections: vec![Section::Items(quote! {
            use ::smithy_operation::generated::{Schema, ShapeType, shape_id};
            #(#statics)*
        })],
    }
}
