//! Settings of a client that are endpoint parameters.

use super::ident;
use crate::endpoint::ValueType;
use crate::ir::{EndpointSetting, Ir};
use crate::names;
use proc_macro2::TokenStream;
use quote::quote;

/// The settings that the runtime's builder has with its feature `s3`, as the aws-sdk crates have them.
const S3: &[&str] = &[
    "Accelerate",
    "DisableMultiRegionAccessPoints",
    "DisableS3ExpressSessionAuth",
    "ForcePathStyle",
    "UseArnRegion",
];

fn is_of_s3(setting: &EndpointSetting) -> bool {
    setting.ty == ValueType::Bool && S3.contains(&setting.name.as_str())
}

/// The features of the runtime that the client needs.
pub(super) fn features(ir: &Ir) -> Vec<&'static str> {
    let mut features = Vec::new();
    if ir.has_account_id() {
        features.push("account-id-endpoints");
    }
    if ir.endpoint_settings.iter().any(is_of_s3) {
        features.push("s3");
    }
    features
}

/// The trait with all other settings.
pub(super) fn settings(ir: &Ir) -> Option<TokenStream> {
    let others: Vec<_> = ir
        .endpoint_settings
        .iter()
        .filter(|setting| !is_of_s3(setting))
        .map(|setting| {
            let (field, setter, _) = names::member(&setting.name);
            let (field, setter, name) = (ident(&field), ident(&setter), &setting.name);
            let kind = match setting.ty {
                ValueType::Bool => quote!(Bool(bool)),
                ValueType::TextList => quote!(Strings(Vec<String>)),
                _ => quote!(String(String)),
            };
            quote!(#field, #setter = #name, #kind;)
        })
        .collect();
    (!others.is_empty()).then(|| quote!(::smithy_client::endpoint_settings! { #(#others)* }))
}
