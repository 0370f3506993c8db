//! Batch operations: the table that makes an operation take many items.

use super::{Style, ident, number};
use crate::ir::{Batch, Operation, Step};
use crate::names;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The table of an operation's batch.
pub(super) fn batch(
    operation: &Operation,
    batch: &Batch,
    fluent: &Ident,
    style: Style,
) -> TokenStream {
    let name = ident(&operation.name);
    let (input, output) = (
        ident(&operation.input.builder),
        ident(&operation.output.name),
    );
    let run = ident(&names::run(&operation.name));
    let doc = format!(" A run of `{}` over any number of items.", operation.name);
    let (setter, item, limit) = (
        ident(&batch.setter),
        style.ty(&batch.item),
        number(batch.limit),
    );
    let key = match &batch.key {
        None => quote!(itself),
        Some(step) => member(step),
    };
    let failures = member(&batch.failures);
    let failure = &batch.failure;
    let members = [("key", Some(&failure.key)), ("code", Some(&failure.code))];
    let members = members
        .into_iter()
        .chain([("message", failure.message.as_ref())])
        .filter_map(|(role, value)| {
            let (step, is_enum) = value?;
            let (role, member) = (ident(role), member(step));
            let kind = ident(if *is_enum { "code" } else { "text" });
            Some(quote!(#role(#member, as = #kind)))
        });
    let (retry, throttle, done) = (&batch.retry, &batch.throttle, &batch.done);
    let repeat = ident(if batch.repeatable { "safe" } else { "never" });
    quote! {
        #[doc = #doc]
        #[items(set = #setter, item = #item, limit = #limit)]
        #[key(#key)]
        #[failures(#failures)]
        #[failure(#(#members),*)]
        #[codes(retry(#(#retry),*), throttle(#(#throttle),*), done(#(#done),*))]
        #[repeat(#repeat)]
        #[types(fluent = #fluent, input = #input, output = #output)]
        pub type #run = BatchRun<#name>;
    }
}

/// A member, by whether it may be absent: `optional = field`.
fn member(step: &Step) -> TokenStream {
    let presence = ident(if step.optional {
        "optional"
    } else {
        "required"
    });
    let field = ident(&step.field);
    quote!(#presence = #field)
}
