//! Unions: enums that hold one member's value, or one that the model does not know.

use super::{File, Piece, Style, deprecated, docs, ident, member_schema, number};
use crate::ir::{Ty, Union, Variant};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn union(file: &mut File, union: &Union, style: Style) {
    file.pieces.push(Piece::Items(definition(union, style)));
    file.pieces.push(Piece::Items(wire(union)));
}

fn definition(union: &Union, style: Style) -> TokenStream {
    let doc = docs::attributes(&union.docs);
    let note = deprecated(&union.deprecated);
    let name = ident(&union.name);
    let variants = union.variants.iter().map(|variant| {
        let doc = docs::attributes(&variant.docs);
        let name = ident(&variant.name);
        match &variant.ty {
            Some(ty) => {
                let ty = style.ty(ty);
                quote!(#doc #name(#ty))
            }
            None => quote!(#doc #name),
        }
    });
    let methods = union.variants.iter().map(|variant| methods(variant, style));
    quote! {
        #doc
        #note
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A member that this version of the crate does not know. It can be read, not written.
            Unknown,
        }

        impl #name {
            #(#methods)*

            /// Whether it is a member that this version of the crate does not know.
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown)
            }
        }
    }
}

fn methods(variant: &Variant, style: Style) -> TokenStream {
    let (name, is, as_) = (
        ident(&variant.name),
        ident(&variant.is_method),
        ident(&variant.as_method),
    );
    let is_doc = format!(" Whether it is a `{}`.", variant.name);
    let Some(ty) = &variant.ty else {
        return quote! {
            #[doc = #is_doc]
            pub fn #is(&self) -> bool {
                matches!(self, Self::#name)
            }
        };
    };
    let as_doc = format!(
        " The value, if it is a `{}`; otherwise the union itself.",
        variant.name
    );
    let inner = match ty {
        Ty::Shape { name, .. } => super::types_path(name),
        other => style.ty(other),
    };
    let result = match style {
        Style::Short => quote!(Result),
        Style::Full => quote!(::core::result::Result),
    };
    quote! {
        #[doc = #as_doc]
        ///
        /// # Errors
        ///
        /// The union itself, if it is another variant.
        pub fn #as_(&self) -> #result<&#inner, &Self> {
            match self {
                Self::#name(value) => ::core::result::Result::Ok(value),
                other => ::core::result::Result::Err(other),
            }
        }

        #[doc = #is_doc]
        pub fn #is(&self) -> bool {
            matches!(self, Self::#name(_))
        }
    }
}

fn wire(union: &Union) -> TokenStream {
    let name = ident(&union.name);
    let text = &union.name;
    let (namespace, shape) = (union.id.namespace(), union.id.name());
    let count = number(union.variants.len());
    let schemas =
        union.variants.iter().enumerate().map(|(index, variant)| {
            member_schema(&union.id, &variant.member, index, &variant.schema)
        });
    let refs = (0..union.variants.len()).map(|index| {
        let index = number(index);
        quote!(&MEMBERS[#index])
    });
    let writes = union.variants.iter().enumerate().map(|(index, variant)| {
        let (index, variant_name) = (number(index), ident(&variant.name));
        match &variant.ty {
            Some(_) => quote! {
                Self::#variant_name(value) => ::smithy_operation::Value::write(value, &MEMBERS[#index], serializer)
            },
            None => quote! {
                Self::#variant_name => ::smithy_operation::write_unit(&MEMBERS[#index], serializer)
            },
        }
    });
    let reads = union.variants.iter().enumerate().map(|(index, variant)| {
        let (index, variant_name) = (number(index), ident(&variant.name));
        match &variant.ty {
            Some(_) => quote! {
                #index => ::smithy_operation::Value::read(schema, deserializer).map(Self::#variant_name)
            },
            None => quote! {
                #index => ::smithy_operation::read_unit(deserializer).map(|()| Self::#variant_name)
            },
        }
    });
    let debugs = union.variants.iter().enumerate().map(|(index, variant)| {
        let (index, variant_name) = (number(index), ident(&variant.name));
        let text = &variant.name;
        match &variant.ty {
            Some(_) => quote! {
                Self::#variant_name(value) => debug_variant(f, #text, &MEMBERS[#index], value)
            },
            None => quote!(Self::#variant_name => f.write_str(#text)),
        }
    });
    let result = quote!(::core::result::Result);
    // A union of units reads nothing by its members' schemas.
    let schema = match union.variants.iter().any(|variant| variant.ty.is_some()) {
        true => quote!(schema),
        false => quote!(_schema),
    };
    quote! {
        const _: () = {
            use ::smithy_operation::generated::*;

            static MEMBERS: [Schema<'static>; #count] = [#(#schemas),*];
            static MEMBER_REFS: [&Schema<'static>; #count] = [#(#refs),*];
            static SCHEMA: Schema<'static> =
                Schema::new_struct(shape_id!(#namespace, #shape), ShapeType::Union, &MEMBER_REFS);

            impl ::core::fmt::Debug for self::#name {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    match self {
                        #(#debugs,)*
                        Self::Unknown => f.write_str("Unknown"),
                    }
                }
            }

            impl SerializableStruct for self::#name {
                fn schema(&self) -> &Schema<'_> {
                    &SCHEMA
                }

                fn serialize_members(&self, serializer: &mut dyn ShapeSerializer) -> #result<(), SerdeError> {
                    match self {
                        #(#writes,)*
                        Self::Unknown => #result::Err(SerdeError::invalid_input(concat!(
                            "the variant `Unknown` of ", #text, " cannot be sent"
                        ))),
                    }
                }
            }

            impl ::smithy_operation::Value for self::#name {
                fn write(&self, schema: &Schema<'_>, serializer: &mut dyn ShapeSerializer) -> #result<(), SerdeError> {
                    serializer.write_struct(schema, self)
                }

                fn read(_schema: &Schema<'_>, deserializer: &mut dyn ShapeDeserializer) -> #result<Self, SerdeError> {
                    read_union(&SCHEMA, deserializer, Self::Unknown, &mut |index, #schema, deserializer| match index {
                        #(#reads,)*
                        _ => #result::Ok(Self::Unknown),
                    })
                }

                fn zero() -> Self {
                    Self::Unknown
                }
            }
        };
    }
}
