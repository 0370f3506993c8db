//! What operations give endpoint parameters.

use super::{File, Section};
use crate::endpoint::Path;
use crate::ir::{EndpointParam, EndpointSource};
use crate::traits::endpoint::ParameterValue;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// The table of an operation; `None` if it gives endpoint parameters nothing.
pub(super) fn table(params: &[EndpointParam]) -> Option<TokenStream> {
    let rows = params.iter().map(|param| {
        let (name, source) = (&param.name, source(&param.source));
        quote! {
            ::smithy_operation::endpoint::OperationParam::new(
                #name,
                ::smithy_operation::endpoint::ParamSource::#source,
            )
        }
    });
    (!params.is_empty()).then(|| quote!([#(#rows),*]))
}

/// The tables of all operations, by name.
pub(crate) fn tables(operations: &BTreeMap<String, Vec<EndpointParam>>) -> File {
    let rows = operations.iter().map(|(name, params)| {
        let table = table(params).unwrap_or_else(|| quote!([]));
        quote!((#name, &#table))
    });
    File {
        docs: vec!["What operations give endpoint parameters.".to_owned()],
        sections: vec![Section::Items(quote! {
            pub(crate) static OPERATIONS: &[(&str, &[::smithy_operation::endpoint::OperationParam])] =
                &[#(#rows),*];
        })],
    }
}

fn source(source: &EndpointSource) -> TokenStream {
    match source {
        EndpointSource::Fixed(ParameterValue::Bool(value)) => quote!(Bool(#value)),
        EndpointSource::Fixed(ParameterValue::Text(text)) => quote!(String(#text)),
        EndpointSource::Fixed(ParameterValue::List(items)) => quote!(Strings(&[#(#items),*])),
        EndpointSource::Input {
            path: Path::Field(name, then),
            is_list: false,
        } if **then == Path::Value => quote!(Member(#name)),
        EndpointSource::Input { path, is_list } => {
            let path = self::path(path);
            match is_list {
                true => quote!(InputList(#path)),
                false => quote!(Input(#path)),
            }
        }
        EndpointSource::AccountId => quote!(AccountId),
        EndpointSource::AccountIdEndpointMode => quote!(AccountIdEndpointMode),
    }
}

fn path(path: &Path) -> TokenStream {
    let path = match path {
        Path::Value => quote!(Value),
        Path::Keys => quote!(Keys),
        Path::Field(name, then) => {
            let then = self::path(then);
            quote!(Field(#name, &#then))
        }
        Path::Items(then) => {
            let then = self::path(then);
            quote!(Items(&#then))
        }
        Path::Values(then) => {
            let then = self::path(then);
            quote!(Values(&#then))
        }
        Path::All(paths) => {
            let paths = paths.iter().map(self::path);
            quote!(All(&[#(#paths),*]))
        }
    };
    quote!(::smithy_operation::endpoint::Path::#path)
}
