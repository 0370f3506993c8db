//! The mock of a client, and the trait of a service.

use super::examples::Examples;
use super::{File, Section, table_note};
use crate::ir::Ir;
use proc_macro2::TokenStream;
use quote::quote;

/// `mock.rs`. `api` is the path of the crate with the service.
pub(super) fn file(ir: &Ir, api: &TokenStream, examples: &Examples) -> File {
    let docs = [
        "Mock clients for tests, which answer calls themselves (feature `mock`).",
        "[`MockClient`] answers the calls of a [`Client`](crate::Client) as a test sets up, and records them. The \
         documentation of [`smithy_mock`] describes it.",
        "[`Api`] is the service as a trait, for programs that prefer one.",
    ];
    let items = quote! {
        use crate::operation;

        pub use ::smithy_mock::{ApiFuture, On, Recorded, Unexpected, Unmet};

        /// Answers the calls of a [`Client`](crate::Client), and records them.
        pub type MockClient = ::smithy_mock::MockClient<crate::Client>;

        impl ::smithy_mock::Mocked for crate::Client {
            const SERVICE: &'static ::smithy_operation::ServiceDescriptor = &#api::SERVICE;
        }
    };
    let mut lines = vec!["crate::Client;".to_owned()];
    lines.extend(ir.operations.iter().map(|operation| {
        format!(
            "{}{}: {}::{{{}, {}}};",
            table_note(&operation.deprecated),
            operation.method,
            operation.module,
            operation.name,
            operation.input.name
        )
    }));
    let mut docs = docs.map(str::to_owned).to_vec();
    docs.extend(examples.mock());
    File {
        docs,
        sections: vec![
            Section::Items(items),
            Section::Table("::smithy_mock::api", lines),
        ],
    }
}
