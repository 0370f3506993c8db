//! The client of a service, in plain Rust: what a program calls.

use super::operation::fluent_name;
use super::{File, Section, blocking, deprecated, docs, endpoint_settings, ident, mock, waiters};
use crate::ir::Ir;
use crate::names;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// The files of the client, by their path below `src`. `api` is the path of the crate with
/// the service in code of the client's crate.
pub(crate) fn files(ir: &Ir, api: &str) -> BTreeMap<String, File> {
    let api = ident(&api.replace('-', "_"));
    let mut files = BTreeMap::from([
        ("blocking.rs".to_owned(), blocking::file(ir)),
        ("client.rs".to_owned(), client(ir, &quote!(#api))),
        ("config.rs".to_owned(), config(ir, &quote!(#api))),
        ("dynamic.rs".to_owned(), dynamic()),
        ("error.rs".to_owned(), error()),
        ("meta.rs".to_owned(), meta()),
        ("prelude.rs".to_owned(), prelude()),
        ("mock.rs".to_owned(), mock::file(ir, &quote!(#api))),
        ("presigning.rs".to_owned(), presigning()),
        ("primitives.rs".to_owned(), primitives(ir)),
    ]);
    if ir.has_batches() {
        files.insert("batch.rs".to_owned(), batch());
    }
    files.extend(waiters::files(ir));
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
        "Creates a client from the configuration that all AWS clients of a program share."
            .to_owned(),
        format!(
            "The client reads the service's own endpoint settings: the environment variable `{}`, and `endpoint_url` \
             in a `services` section of the profile.",
            names::endpoint_variable(&service.sdk_id)
        ),
    ]);
    let from_env = docs::attributes(&[
        "Creates a client with the configuration of the environment.".to_owned(),
        "Region, credentials, endpoints and retries are found as every AWS tool finds them: in environment variables, in \
         the profile, and from the machine or container that the program runs on. What is missing is reported by the calls \
         that need it. [`from_env`](crate::config::from_env()) loads the configuration for the clients of several services, \
         and can change it."
            .to_owned(),
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
    let waiters = waiters::client(ir);
    let customize = quote! {
        /// Customization of a single call, through `customize()` of a fluent builder.
        pub mod customize {
            pub use ::smithy_operation::{CustomizableOperation, SendInput};
        }
    };
    let items = quote! {
        use crate::config::Config;
        #(#imports)*
        use ::smithy_client::config::SdkConfig;
        use ::smithy_operation::{FluentBuilder, Handle, OperationInput, SendInput};

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

            #from_env
            #[cfg(feature = "from-env")]
            pub async fn from_env() -> Self {
                Self::from_conf(Config::from_env().await)
            }

            /// Creates a client from a service configuration.
            ///
            /// A call fails with an error if it needs a setting that the configuration does not have.
            pub fn from_conf(config: Config) -> Self {
                Self { inner: ::smithy_client::Client::new(&#api::SERVICE, #protocol, config) }
            }

            /// Returns the client's configuration.
            #[inline]
            pub fn config(&self) -> &Config {
                self.inner.config()
            }

            /// Sends the input of any operation of the service.
            ///
            /// The type of the input determines the operation. Its constructor `new` takes the required
            /// members. Await the call, or change it with `customize()` first.
            ///
            /// # Errors
            ///
            /// The call ends in the same errors as `send()` of the operation's fluent builder.
            #[inline]
            pub fn send<I>(&self, input: I) -> SendInput<I::Operation>
            where
                I: OperationInput<ServiceError = #api::Error>,
            {
                SendInput::new(self.handle(), input)
            }

            #[inline]
            fn handle(&self) -> Handle {
                self.inner.handle().clone()
            }
        }

        /// Wraps a client that the runtime has made, for example one with a runtime of your own.
        impl From<::smithy_client::Client> for Client {
            #[inline]
            fn from(inner: ::smithy_client::Client) -> Self {
                Self { inner }
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

        #[cfg(feature = "dynamic")]
        ::smithy_client::dynamic_client!(Client, #api::OPERATIONS);

        #waiters

        #customize
    };
    file("The client, with a method for each operation.", items)
}

fn config(ir: &Ir, api: &TokenStream) -> File {
    let settings = endpoint_settings::settings(ir);
    let items = quote! {
        pub use ::smithy_client::config::*;

        #settings

        /// Where requests go.
        pub mod endpoint {
            pub use ::smithy_client::endpoint::{
                Endpoint, EndpointFuture, InvalidParams, Params, ParamsBuilder, ResolveEndpoint,
                SharedEndpointResolver,
            };

            ::smithy_client::default_endpoint_resolver!(#api::SERVICE);
        }

        /// How requests are authenticated.
        pub mod auth {
            pub use ::smithy_client::auth::{BuildError, Params, ParamsBuilder, ResolveAuthScheme};

            ::smithy_client::default_auth_scheme_resolver!(#api::SERVICE);
        }
    };
    file("The client's configuration.", items)
}

fn error() -> File {
    let docs = [
        "Errors of calls.",
        "A call fails with an [`SdkError`], the type that all AWS SDKs for Rust share. Its own `Display` only names \
         the kind of failure. Convert it into the operation's error with \
         [`into_service_error`](SdkError::into_service_error), or into the service's [`Error`](crate::Error) with `?` or \
         `into()`. Their `Display` is one line with the operation, the error's code and message, and the request ID if \
         there is one.",
        "[`ErrorExt`] adds methods to all of them, such as `is_throttling()`, `http_status()` and `summary()`. \
         [`CallError`] is the error of any call: those of all operations and services convert into it with `?`.",
    ];
    File {
        docs: docs.map(str::to_owned).to_vec(),
        sections: vec![Section::Items(quote! {
            pub use ::smithy_client::error::{CallError, ErrorExt};
            pub use ::smithy_operation::error::{
                BoxError, BuildError, ConnectorError, DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata, SdkError,
                UnknownVariantError,
            };
        })],
    }
}

fn prelude() -> File {
    let docs = [
        "The traits whose methods errors have.",
        "With all of this module imported, what a call returns has the methods `code()`, `message()`, `request_id()`, \
         `http_status()`, `is_retryable()`, `is_throttling()`, `is_timeout()` and `summary()`. The traits are the same in \
         all client crates, so the preludes of several crates can be imported together.",
    ];
    File {
        docs: docs.map(str::to_owned).to_vec(),
        sections: vec![Section::Items(quote! {
            pub use ::smithy_client::error::ErrorExt;
            pub use ::smithy_operation::error::ProvideErrorMetadata;
            pub use ::smithy_operation::generated::RequestId;
        })],
    }
}

fn meta() -> File {
    let items = quote! {
        /// This crate's version.
        pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
    };
    file("Metadata about this crate.", items)
}

fn primitives(ir: &Ir) -> File {
    let event_stream = match ir.has_event_streams() {
        true => quote! {
            /// Types of event streams.
            pub mod event_stream {
                pub use ::smithy_operation::event_stream::{
                    EventReceiver, EventStreamSender, Header, HeaderValue, Message, RawMessage, StrBytes,
                };
            }
        },
        false => quote! {
            /// Types of event streams. The service has no event streams, so the module is empty.
            pub mod event_stream {}
        },
    };
    let items = quote! {
        pub use ::smithy_client::primitives::*;

        #event_stream
    };
    file(
        "Types of simple values, such as timestamps and blobs.",
        items,
    )
}

fn dynamic() -> File {
    let items = quote! {
        pub use ::smithy_operation::dynamic::*;
    };
    file(
        "Calls of operations by their names, with documents for inputs and outputs.",
        items,
    )
}

fn presigning() -> File {
    let items = quote! {
        pub use ::smithy_operation::presigning::{
            PresignedRequest, PresigningConfig, PresigningConfigBuilder, PresigningConfigError,
        };
    };
    file("Requests that are signed now and sent later.", items)
}

fn batch() -> File {
    let items = quote! {
        pub use ::smithy_batch::{
            BatchConfig, BatchCounts, BatchHandle, BatchReport, BatchRun, Duplicates, IntoItems, ItemStatus, Outcome,
        };
    };
    let docs = [
        "Sends any number of items through the batch operations.",
        "The fluent builder of a batch operation has a method `send_all(items)`, which accepts an iterator or a stream. It \
         returns a [`BatchRun`], which reports the outcome of every item exactly once. The documentation of \
         [`smithy_batch`] has an example and describes what a run does with items that fail.",
    ];
    File {
        docs: docs.map(str::to_owned).to_vec(),
        sections: vec![Section::Items(items)],
    }
}
