//! The crate's root, its service descriptor, and the methods that a client gets.

use super::operation::fluent_path;
use super::{File, Piece, deprecated, docs, ident};
use crate::ir::Ir;
use quote::quote;

/// `lib.rs`.
pub(super) fn lib(ir: &Ir) -> File {
    let service = &ir.service;
    let mut docs = vec![format!(
        "Shapes, schemas and operations of {}, version {}.",
        service.title, service.version
    )];
    docs.extend(service.docs.iter().cloned());
    docs.push(
        "The crate does no input or output: a runtime such as `chime-sdk` sends what its fluent builders \
         collect, and a server reads and writes the same schemas."
            .to_owned(),
    );
    let endpoint = ir.endpoint.as_ref().map(|_| {
        quote!(
            mod endpoint;
        )
    });
    let schemas = (!ir.collections.is_empty()).then(|| {
        quote!(
            mod schemas;
        )
    });
    File {
        docs,
        pieces: vec![Piece::Items(quote! {
            #![allow(deprecated, reason = "what the model deprecates is generated all the same")]

            #endpoint
            mod error;
            pub mod operation;
            #schemas
            mod service;
            pub mod types;

            pub use error::Error;
            pub use service::{OPERATIONS, SERVICE};
        })],
    }
}

/// `service.rs`.
pub(super) fn service(ir: &Ir) -> File {
    let service = &ir.service;
    let (sdk_id, version, signing_name) =
        (&service.sdk_id, &service.version, &service.signing_name);
    let (namespace, shape, protocol) =
        (service.id.namespace(), service.id.name(), &service.protocol);
    let mut sorted: Vec<_> = ir.operations.iter().collect();
    sorted.sort_by(|a, b| a.id.name().cmp(b.id.name()));
    let descriptors = sorted.iter().map(|operation| {
        let (module, name) = (ident(&operation.module), ident(&operation.name));
        quote!(<crate::operation::#module::#name as Operation>::DESCRIPTOR)
    });
    let endpoint = match ir.endpoint {
        Some(_) => quote!(Some(crate::endpoint::resolve)),
        None => quote!(None),
    };
    let operation_import = (!sorted.is_empty()).then(|| {
        quote!(
            use ::smithy_operation::Operation;
        )
    });
    let unsigned = sorted.iter().filter(|operation| !operation.signed);
    let unsigned = unsigned.map(|operation| operation.id.name());
    let title = format!(
        " All that a runtime or a server needs to know of {}.",
        service.title
    );
    let methods = ir.operations.iter().map(|operation| {
        let doc = docs::attributes(&operation.docs);
        let note = deprecated(&operation.deprecated);
        let method = ident(&operation.module);
        let fluent = fluent_path(operation);
        quote! {
            #doc
            #note
            #[inline]
            pub fn #method(&self) -> #fluent {
                #fluent::new(self.handle())
            }
        }
    });
    File {
        docs: vec!["The service, and the methods of a client for it.".to_owned()],
        pieces: vec![Piece::Items(quote! {
            #operation_import
            use ::smithy_operation::{OperationDescriptor, ServiceDescriptor};

            #[doc = #title]
            pub static SERVICE: ServiceDescriptor = ServiceDescriptor {
                sdk_id: #sdk_id,
                api_version: #version,
                signing_name: #signing_name,
                namespace: #namespace,
                shape: #shape,
                protocol: #protocol,
                crate_version: env!("CARGO_PKG_VERSION"),
                unsigned: &[#(#unsigned),*],
                resolve_endpoint: #endpoint,
            };

            /// Every operation that is generated, sorted by its name in the model.
            ///
            /// A constant: who looks at it compiles all of them, who does not only those it calls.
            pub const OPERATIONS: &[&OperationDescriptor] = &[#(#descriptors),*];

            /// Gives a client one method for each operation.
            ///
            /// The client needs a method `handle()` that returns a `smithy_operation::Handle`.
            #[macro_export]
            macro_rules! client_operations {
                ($client:ident) => {
                    impl $client {
                        #(#methods)*
                    }
                };
            }
        })],
    }
}
