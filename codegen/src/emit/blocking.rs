//! The client of a service whose calls block the thread.

use super::examples::Examples;
use super::operation::fluent_name;
use super::{File, Section, table_note, waiters};
use crate::ir::Ir;
use quote::quote;

/// `blocking.rs`.
pub(super) fn file(ir: &Ir, examples: &Examples) -> File {
    let docs = [
        "A blocking client: calls that block the thread, for programs without an async runtime (feature `blocking`).",
        "[`Client`] has the methods of the other [`Client`](crate::Client). `send()` returns the result instead of a \
         future, and lists are iterators. [`block_on`] runs a future, such as one of `aws-config`.",
    ];
    let operation = (!ir.operations.is_empty()).then(|| {
        quote!(
            use crate::operation;
        )
    });
    let batch = ir.has_batches().then(|| {
        quote!(
            pub use ::smithy_batch::blocking::BatchRun;
        )
    });
    let waiter_modules = ir.has_waiters().then(|| {
        quote!(
            use crate::waiters;
        )
    });
    let items = quote! {
        #operation
        #waiter_modules

        #batch
        pub use ::smithy_operation::blocking::{
            CustomizableOperation, Pages, Paginator, PaginatorItems, StartError, block_on,
        };
    };
    let mut lines = vec![
        "crate::Client, crate::Config, ::smithy_client::config::SdkConfig, crate::Error;"
            .to_owned(),
    ];
    lines.extend(ir.operations.iter().map(|operation| {
        let note = table_note(&operation.deprecated);
        let (method, module) = (&operation.method, &operation.module);
        format!("{note}{method}: {module}::{};", fluent_name(operation))
    }));
    let mut sections = vec![
        Section::Items(items),
        Section::Table("::smithy_operation::blocking_client", lines),
    ];
    if ir.has_waiters() {
        let mut lines = vec!["crate::Client;".to_owned()];
        lines.extend(waiters::all(ir).into_iter().map(|(module, (_, waiter))| {
            let note = if waiter.deprecated {
                "#[deprecated] "
            } else {
                ""
            };
            format!("{note}{}: {module}::{};", waiter.method, waiter.builder)
        }));
        sections.push(Section::Table("::smithy_client::blocking_waiters", lines));
    }
    let mut docs = docs.map(str::to_owned).to_vec();
    docs.extend(examples.blocking());
    File { docs, sections }
}
