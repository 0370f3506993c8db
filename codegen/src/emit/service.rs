//! The root of the crate of shapes and operations, and its service descriptor.

use super::{File, Holds, Section, docs, ident, number, structure};
use crate::ir::{AuthScheme, Customizations, Ir, RetryOn, Service};
use proc_macro2::TokenStream;
use quote::quote;

/// `lib.rs`.
pub(super) fn lib(ir: &Ir, holds: Holds) -> File {
    let service = &ir.service;
    let what = match holds {
        Holds::Api => "Shapes, schemas and operations of",
        Holds::Client => "A client for",
    };
    let mut docs = vec![format!(
        "{what} {}, version {}.",
        service.title, service.version
    )];
    docs.extend(service.docs.iter().cloned());
    docs.push(
        match holds {
            Holds::Api => {
                "The crate does no I/O. A client sends the requests that its fluent builders collect, and a server uses the \
                 same schemas."
            }
            Holds::Client => {
                "[`Client`] has a method for each operation, which returns a fluent builder that collects the input \
                 and sends the request."
            }
        }
        .to_owned(),
    );
    let limit = recursion_limit(ir.nesting);
    if let Some(limit) = limit {
        docs.push(format!(
            "Structures nest deeper in this crate than rustc looks by default. A crate that sends them between threads, as \
             `tokio::spawn` does, needs `#![recursion_limit = \"{limit}\"]`, too."
        ));
    }
    let limit = limit.map(|limit| {
        let limit = limit.to_string();
        quote!(#![recursion_limit = #limit])
    });
    let endpoint = (!ir.endpoint.is_empty()).then(|| {
        quote!(
            mod endpoint;
        )
    });
    let schemas = (!ir.collections.is_empty()).then(|| {
        quote!(
            mod schemas;
        )
    });
    let batch = ir.has_batches().then(|| {
        quote!(
            pub mod batch;
        )
    });
    let waiters = ir.has_waiters().then(|| {
        quote!(
            pub mod waiters;
        )
    });
    let client = (holds == Holds::Client).then(|| {
        quote! {
            #batch
            #[cfg(feature = "blocking")]
            pub mod blocking;
            pub mod client;
            pub mod config;
            #[cfg(feature = "dynamic")]
            pub mod dynamic;
            pub mod error;
            pub mod meta;
            #[cfg(feature = "mock")]
            pub mod mock;
            #[cfg(feature = "presigning")]
            pub mod presigning;
            pub mod prelude;
            pub mod primitives;
            #waiters

            pub use client::Client;
            pub use config::Config;
        }
    });
    File {
        docs,
        sections: vec![Section::Items(quote! {
            #limit
            #![cfg_attr(docsrs, feature(doc_cfg))]
            #![allow(deprecated, reason = "deprecated shapes are generated as well")]
            #![allow(
                non_camel_case_types,
                clippy::enum_variant_names,
                clippy::large_enum_variant,
                clippy::module_inception,
                clippy::self_named_constructors,
                reason = "names and sizes come from the model"
            )]

            #endpoint
            pub mod operation;
            #schemas
            mod service;
            mod service_error;
            pub mod types;
            #client

            pub use service::{OPERATIONS, SERVICE};
            pub use service_error::Error;
        })],
    }
}

/// The recursion limit that types of this depth need; `None` if rustc's default is enough.
fn recursion_limit(nesting: usize) -> Option<usize> {
    const DEFAULT: usize = 128;
    // The types are nested in an operation's input and in the future that sends it.
    let needed = nesting + 48;
    (needed > DEFAULT).then(|| needed.next_multiple_of(DEFAULT))
}

/// `service.rs`.
pub(super) fn service(ir: &Ir) -> File {
    let service = &ir.service;
    let (sdk_id, user_agent, signing_name) =
        (&service.sdk_id, &service.user_agent, &service.signing_name);
    let mut sorted: Vec<_> = ir.operations.iter().collect();
    sorted.sort_by(|a, b| a.id.name().cmp(b.id.name()));
    let descriptors = sorted.iter().map(|operation| {
        let (module, name) = (ident(&operation.module), ident(&operation.name));
        quote!(<crate::operation::#module::#name as ::smithy_operation::Operation>::DESCRIPTOR)
    });
    let endpoint = match ir.endpoint.as_slice() {
        [_, ..] => quote!(Some(crate::endpoint::resolve)),
        [] => quote!(None),
    };
    let auth = auth_schemes(&service.auth);
    let auth_of = sorted
        .iter()
        .filter(|operation| operation.auth != service.auth)
        .map(|operation| {
            let (name, schemes) = (operation.id.name(), auth_schemes(&operation.auth));
            quote!((#name, #schemes))
        });
    let retries = service.retries.iter().map(|rule| {
        let kind = structure::error_kind(rule.retry);
        let kind = quote!(::smithy_operation::error::ErrorKind::#kind);
        match &rule.on {
            RetryOn::Code(code) => quote!(::smithy_operation::RetryRule::Code(#code, #kind)),
            RetryOn::Status(status) => {
                let status = number(status);
                quote!(::smithy_operation::RetryRule::Status(#status, #kind))
            }
        }
    });
    let (shape_name, version) = (&service.shape_name, &service.version);
    let xml_namespace = match &service.xml_namespace {
        Some((uri, Some(prefix))) => quote!(Some((#uri, Some(#prefix)))),
        Some((uri, None)) => quote!(Some((#uri, None))),
        None => quote!(None),
    };
    let query_codes = match &service.query_codes {
        Some(codes) => {
            let codes = codes.iter().map(|(name, code)| quote!((#name, #code)));
            quote!(Some(&[#(#codes),*]))
        }
        None => quote!(None),
    };
    let discovery = service.discovery.as_ref().map(|discovery| {
        let (module, name) = &discovery.operation;
        let (module, name) = (ident(module), ident(name));
        let code = match &discovery.invalid_endpoint {
            Some(code) => quote!(Some(#code)),
            None => quote!(None),
        };
        quote! {
            /// How clients find the endpoint of calls that require a discovered one.
            pub(crate) static DISCOVERY: ::smithy_operation::EndpointDiscovery =
                ::smithy_operation::EndpointDiscovery::of::<crate::operation::#module::#name>(#code);
        }
    });
    let customizations = customizations(&service.customizations);
    let title = docs::attributes(&[format!(
        "What a runtime or a server needs to know about {}.",
        service.title
    )]);
    File {
        docs: vec!["The service and its operations.".to_owned()],
        sections: vec![Section::Items(quote! {
            use ::smithy_operation::{AuthScheme, OperationDescriptor, ServiceDescriptor};

            #title
            pub static SERVICE: ServiceDescriptor = ServiceDescriptor {
                sdk_id: #sdk_id,
                user_agent: #user_agent,
                signing_name: #signing_name,
                shape_name: #shape_name,
                version: #version,
                xml_namespace: #xml_namespace,
                query_codes: #query_codes,
                crate_version: env!("CARGO_PKG_VERSION"),
                auth: #auth,
                auth_of: &[#(#auth_of),*],
                retries: &[#(#retries),*],
                customizations: #customizations,
                resolve_endpoint: #endpoint,
            };

            #discovery

            /// All operations, sorted by their name in the model.
            ///
            /// It is a constant, so a program that does not use it compiles only the operations that it calls.
            pub const OPERATIONS: &[&OperationDescriptor] = &[#(#descriptors),*];
        })],
    }
}

/// The number of customizations that the runtime has.
const ALL: usize = 6;

/// What the service needs beyond its protocol.
fn customizations(customizations: &Customizations) -> TokenStream {
    let Customizations {
        request_headers,
        empty_errors,
        endpoint_labels,
        errors_in_success,
        raw_paths,
        settings,
    } = customizations;
    let mut fields = Vec::new();
    if !request_headers.is_empty() {
        let headers = request_headers.iter();
        let headers = headers.map(|(name, value)| quote!((#name, #value)));
        fields.push(quote!(request_headers: &[#(#headers),*]));
    }
    if !empty_errors.is_empty() {
        let codes = empty_errors.iter().map(|(status, code)| {
            let status = number(status);
            quote!((#status, #code))
        });
        fields.push(quote!(empty_errors: &[#(#codes),*]));
    }
    if !endpoint_labels.is_empty() {
        fields.push(quote!(endpoint_labels: &[#(#endpoint_labels),*]));
    }
    if *errors_in_success {
        fields.push(quote!(errors_in_success: true));
    }
    if *raw_paths {
        fields.push(quote!(raw_paths: true));
    }
    if !settings.is_empty() {
        let sources = settings.iter().map(|source| {
            let (param, variable, key) = (&source.param, &source.variable, &source.key);
            let default = match source.default {
                Some(default) => quote!(Some(#default)),
                None => quote!(None),
            };
            quote! {
                ::smithy_operation::SettingSource {
                    param: #param,
                    variable: #variable,
                    key: #key,
                    default: #default,
                }
            }
        });
        fields.push(quote!(settings: &[#(#sources),*]));
    }
    if fields.is_empty() {
        return quote!(::smithy_operation::Customizations::NONE);
    }
    let others = (fields.len() < ALL).then(|| quote!(..::smithy_operation::Customizations::NONE));
    quote! {
        ::smithy_operation::Customizations { #(#fields,)* #others }
    }
}

fn auth_schemes(schemes: &[AuthScheme]) -> TokenStream {
    let schemes = schemes.iter().map(|scheme| {
        let scheme = match scheme {
            AuthScheme::Sigv4 => quote!(Sigv4),
            AuthScheme::Sigv4a => quote!(Sigv4a),
            AuthScheme::HttpBearer => quote!(HttpBearer),
            AuthScheme::HttpBasic => quote!(HttpBasic),
            AuthScheme::None => quote!(None),
            AuthScheme::HttpApiKey(key) => {
                let name = &key.name;
                let place = match (key.in_query, &key.scheme) {
                    (true, _) => quote!(Query(#name)),
                    (false, None) => quote!(Header(#name, None)),
                    (false, Some(scheme)) => quote!(Header(#name, Some(#scheme))),
                };
                quote!(HttpApiKey(::smithy_operation::ApiKey::#place))
            }
        };
        quote!(AuthScheme::#scheme)
    });
    quote!(&[#(#schemes),*])
}

/// The type of the runtime that implements the service's protocol.
pub(super) fn protocol(service: &Service) -> TokenStream {
    let name = ident(service.protocol_type);
    quote!(::smithy_client::protocol::#name)
}
