//! The client of a service, in plain Rust: what a program calls.

use super::examples::Examples;
use super::operation::fluent_name;
use super::{File, Section, blocking, deprecated, docs, endpoint_settings, ident, mock, waiters};
use crate::ir::Ir;
use crate::names;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// The files of the client, by their path below `src`. `api` is the path of the crate with
/// the service in code of the client's crate, and `name` is the name of that crate.
pub(crate) fn files(ir: &Ir, api: &str, name: &str) -> BTreeMap<String, File> {
    let api = ident(&api.replace('-', "_"));
    let examples = Examples::new(ir, name);
    let mut files = BTreeMap::from([
        ("blocking.rs".to_owned(), blocking::file(ir, &examples)),
        ("client.rs".to_owned(), client(ir, &quote!(#api), &examples)),
        ("config.rs".to_owned(), config(ir, &quote!(#api), &examples)),
        ("dynamic.rs".to_owned(), dynamic(&examples)),
        ("error.rs".to_owned(), error(ir, &examples)),
        ("meta.rs".to_owned(), meta(&examples)),
        ("prelude.rs".to_owned(), prelude(&examples)),
        (
            "mock.rs".to_owned(),
            mock::file(ir, &quote!(#api), &examples),
        ),
        ("presigning.rs".to_owned(), presigning(&examples)),
        ("primitives.rs".to_owned(), primitives(ir, &examples)),
    ]);
    if ir.has_batches() {
        files.insert("batch.rs".to_owned(), batch(&examples));
    }
    files.extend(waiters::files(ir));
    files
}

fn file(docs: Vec<String>, items: TokenStream) -> File {
    File {
        docs,
        sections: vec![Section::Items(items)],
    }
}

fn client(ir: &Ir, api: &TokenStream, examples: &Examples) -> File {
    let service = &ir.service;
    let mut title = vec![
        format!("A client for {}, with a method for each operation.", service.title),
        "A client is cheap to clone. Clones share connections, credentials and the retry quota, so make one at the \
         start of a program and keep it."
            .to_owned(),
    ];
    title.extend(examples.client());
    let title = docs::attributes(&title);
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
    let mut customize_docs = vec![
        "Customization of a single call, through `customize()` of a fluent builder.".to_owned(),
    ];
    customize_docs.extend(examples.customize());
    let customize_docs = docs::attributes(&customize_docs);
    let customize = quote! {
        #customize_docs
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
        #[allow(clippy::should_implement_trait)]
        impl Client {
            #(#methods)*
        }

        #[cfg(feature = "dynamic")]
        ::smithy_client::dynamic_client!(Client, #api::OPERATIONS);

        #waiters

        #customize
    };
    let summary = format!(
        "The client for {}, with a method for each operation.",
        service.title
    );
    file(vec![summary], items)
}

fn config(ir: &Ir, api: &TokenStream, examples: &Examples) -> File {
    let settings = endpoint_settings::settings(ir);
    let endpoint = docs::attributes(&[
        "Endpoints: where requests go, and resolvers that decide it.".to_owned(),
        examples.endpoint(),
    ]);
    let items = quote! {
        pub use ::smithy_client::config::*;

        #settings

        #endpoint
        pub mod endpoint {
            pub use ::smithy_client::endpoint::{
                Endpoint, EndpointFuture, InvalidParams, Params, ParamsBuilder, ResolveEndpoint,
                SharedEndpointResolver,
            };

            ::smithy_client::default_endpoint_resolver!(#api::SERVICE);
        }

        /// Authentication: the schemes that sign requests, and resolvers that choose among them.
        pub mod auth {
            pub use ::smithy_client::auth::{BuildError, Params, ParamsBuilder, ResolveAuthScheme};

            ::smithy_client::default_auth_scheme_resolver!(#api::SERVICE);
        }
    };
    let summary = format!(
        "Configuration of the client for {}: region, credentials, endpoint, retries and timeouts.",
        ir.service.title
    );
    file(vec![summary, examples.config()], items)
}

fn error(ir: &Ir, examples: &Examples) -> File {
    let mut docs = vec![format!("Errors of calls to {}.", ir.service.title)];
    docs.push(
        "A call fails with an [`SdkError`], the type that all AWS SDKs for Rust share. Its own `Display` only names \
         the kind of failure. Convert it into the operation's error with \
         [`into_service_error`](SdkError::into_service_error), or into the service's [`Error`](crate::Error) with `?` or \
         `into()`. Their `Display` is one line with the operation, the error's code and message, and the request ID if \
         there is one."
            .to_owned(),
    );
    docs.push(
        "[`ErrorExt`] adds methods to all of them, such as `is_throttling()`, `http_status()` and `summary()`. \
         [`CallError`] is the error of any call: those of all operations and services convert into it with `?`."
            .to_owned(),
    );
    docs.extend(examples.error());
    File {
        docs,
        sections: vec![Section::Items(quote! {
            pub use ::smithy_client::error::{CallError, ErrorExt};
            pub use ::smithy_operation::error::{
                BoxError, BuildError, ConnectorError, DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata, SdkError,
                UnknownVariantError,
            };
        })],
    }
}

fn prelude(examples: &Examples) -> File {
    let docs = [
        "Traits to import for the methods of errors: codes, request IDs, whether to retry.",
        "With all of this module imported, what a call returns has the methods `code()`, `message()`, `request_id()`, \
         `http_status()`, `is_retryable()`, `is_throttling()`, `is_timeout()` and `summary()`. The traits are the same in \
         all client crates, so the preludes of several crates can be imported together.",
    ];
    let mut docs = docs.map(str::to_owned).to_vec();
    docs.extend(examples.prelude());
    File {
        docs,
        sections: vec![Section::Items(quote! {
            pub use ::smithy_client::error::ErrorExt;
            pub use ::smithy_operation::error::ProvideErrorMetadata;
            pub use ::smithy_operation::generated::RequestId;
        })],
    }
}

fn meta(examples: &Examples) -> File {
    let items = quote! {
        /// This crate's version.
        pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
    };
    file(
        vec![
            "Metadata about this crate: its version.".to_owned(),
            examples.meta(),
        ],
        items,
    )
}

fn primitives(ir: &Ir, examples: &Examples) -> File {
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
    let summary = "Types of simple values, such as timestamps and blobs.".to_owned();
    file(vec![summary, examples.primitives()], items)
}

fn dynamic(examples: &Examples) -> File {
    let items = quote! {
        pub use ::smithy_operation::dynamic::*;
    };
    let docs = [
        "Dynamic calls: operations by their names, with documents for inputs and outputs (feature `dynamic`).",
        "[`Client::call`](crate::Client::call) calls an operation by its name in the model, and \
         [`Client::operations`](crate::Client::operations) describes all of them. The documentation of \
         [`smithy_operation::dynamic`] says how values look in documents.",
    ];
    let mut docs = docs.map(str::to_owned).to_vec();
    docs.extend(examples.dynamic().into_iter().flatten());
    file(docs, items)
}

fn presigning(examples: &Examples) -> File {
    let items = quote! {
        pub use ::smithy_operation::presigning::{
            PresignedRequest, PresigningConfig, PresigningConfigBuilder, PresigningConfigError,
        };
    };
    let mut docs = vec!["Presigned requests, which are signed now and sent later.".to_owned()];
    docs.extend(examples.presigning());
    file(docs, items)
}

fn batch(examples: &Examples) -> File {
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
    let mut docs = docs.map(str::to_owned).to_vec();
    docs.push(examples.batch());
    file(docs, items)
}
