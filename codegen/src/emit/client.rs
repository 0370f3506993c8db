//! The client of a service: what a program calls, in plain Rust.

use super::operation::fluent_name;
use super::{File, Section, deprecated, docs, ident};
use crate::ir::Ir;
use crate::names;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// The files of the client, by their path below `src`. `api` is the crate that has the service, as
/// code of the client's crate names it.
pub(crate) fn files(ir: &Ir, api: &str) -> BTreeMap<String, File> {
    let api = ident(&api.replace('-', "_"));
    let mut files = BTreeMap::from([
        ("client.rs".to_owned(), client(ir, &quote!(#api))),
        ("config.rs".to_owned(), config(&quote!(#api))),
        ("error.rs".to_owned(), error()),
        ("meta.rs".to_owned(), meta()),
        ("primitives.rs".to_owned(), primitives()),
    ]);
    if ir.has_batches() {
        files.insert("batch.rs".to_owned(), batch());
    }
    files
}

fn file(summary: &str, items: TokenStream) -> File {
    File {
        docs: vec![summary.to_owned()],
        sections: vec![Section::Items(items)],
    }
}

fn client(ir: &Ir, api: &TokenStream) -> File {
    let service = &ir.service;
    let title = docs::attributes(&[
        format!("Calls {}.", service.title),
        "A client is cheap to clone. Clones share connections, credentials and the retry quota, so make one at the \
         start of a program and keep it."
            .to_owned(),
    ]);
    let new = docs::attributes(&[
        "Makes a client from the configuration that all AWS clients of a program share.".to_owned(),
        format!(
            "The service's own endpoint settings are honoured: `{}` in the environment, and `endpoint_url` in a \
             `services` section of the profile.",
            names::endpoint_variable(&service.sdk_id)
        ),
    ]);
    let protocol = super::service::protocol(service);
    let imports = ir.operations.iter().map(|operation| {
        let (module, fluent) = (ident(&operation.module), fluent_name(operation));
        quote!(use crate::operation::#module::builders::#fluent;)
    });
    let methods = ir.operations.iter().map(|operation| {
        let doc = docs::attributes(&operation.docs);
        let note = deprecated(&operation.deprecated);
        let (method, fluent) = (ident(&operation.method), fluent_name(operation));
        quote! {
            #doc
            #note
            #[inline]
            pub fn #method(&self) -> #fluent {
                FluentBuilder::new(self.handle())
            }
        }
    });
    let customize = quote! {
        /// Changes of a single call, which a fluent builder's `customize()` opens.
        pub mod customize {
            pub use ::smithy_operation::CustomizableOperation;
        }
    };
    let items = quote! {
        use crate::config::Config;
        #(#imports)*
        use ::smithy_client::config::SdkConfig;
        use ::smithy_operation::{FluentBuilder, Handle};

        #title
        #[derive(Debug, Clone)]
        pub struct Client {
            inner: ::smithy_client::Client,
        }

        impl Client {
            #new
            pub fn new(config: &SdkConfig) -> Self {
                Self::from_conf(config.into())
            }

            /// Makes a client from a configuration of its own.
            ///
            /// What the configuration lacks is missed, and reported, when a call is sent.
            pub fn from_conf(config: Config) -> Self {
                Self { inner: ::smithy_client::Client::new(&#api::SERVICE, #protocol, config) }
            }

            /// Returns the client's configuration.
            #[inline]
            pub fn config(&self) -> &Config {
                self.inner.config()
            }

            #[inline]
            fn handle(&self) -> Handle {
                self.inner.handle().clone()
            }
        }

        impl AsRef<Handle> for Client {
            #[inline]
            fn as_ref(&self) -> &Handle {
                self.inner.handle()
            }
        }

        /// A method for each operation. It returns a fluent builder, which collects the input and
        /// sends the request.
        impl Client {
            #(#methods)*
        }

        #customize
    };
    file("The client, with a method for each operation.", items)
}

fn config(api: &TokenStream) -> File {
    let items = quote! {
        pub use ::smithy_client::config::*;

        /// Where requests go.
        pub mod endpoint {
            pub use ::smithy_client::endpoint::{
                Endpoint, EndpointFuture, InvalidParams, Params, ParamsBuilder, ResolveEndpoint,
                SharedEndpointResolver,
            };

            ::smithy_client::default_endpoint_resolver!(#api::SERVICE);
        }

        /// Which requests are signed, and how.
        pub mod auth {
            pub use ::smithy_client::auth::{BuildError, Params, ParamsBuilder, ResolveAuthScheme};

            ::smithy_client::default_auth_scheme_resolver!(#api::SERVICE);
        }
    };
    file("The client's configuration.", items)
}

fn error() -> File {
    let docs = [
        "Errors that say what happened.",
        "A call fails with an [`SdkError`], the type that all AWS SDKs for Rust share. Its own `Display` names no more \
         than the kind of failure. Convert it into the operation's error with \
         [`into_service_error`](SdkError::into_service_error), or into the service's [`Error`](crate::Error) with `?` or \
         `into()`. Their `Display` says in one line what failed: the operation, the error's code and message, and the \
         request ID where there is one.",
    ];
    File {
        docs: docs.map(str::to_owned).to_vec(),
        sections: vec![Section::Items(quote! {
            pub use ::smithy_operation::error::{
                BoxError, BuildError, ConnectorError, DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata, SdkError,
                UnknownVariantError,
            };
        })],
    }
}

fn meta() -> File {
    let items = quote! {
        /// This crate's version.
        pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
    };
    file("What this crate is.", items)
}

fn primitives() -> File {
    let items = quote! {
        pub use ::smithy_client::primitives::*;

        /// What event streams are made of. The service has none, so there is nothing here.
        pub mod event_stream {}
    };
    file("Simple values that shapes are made of.", items)
}

fn batch() -> File {
    let items = quote! {
        pub use ::smithy_batch::{
            BatchConfig, BatchCounts, BatchHandle, BatchReport, BatchRun, Duplicates, IntoItems, ItemStatus, Outcome,
        };
    };
    let docs = [
        "Sending any number of items through the batch operations.",
        "The fluent builder of a batch operation has a method `send_all(items)`, which accepts an iterator or a stream. It \
         returns a [`BatchRun`], which reports the outcome of every item exactly once. The documentation of \
         [`smithy_batch`] has an example, and says what a run does with items that fail.",
    ];
    File {
        docs: docs.map(str::to_owned).to_vec(),
        sections: vec![Section::Items(items)],
    }
}
