//! Batch operations: the table that makes an operation take many items.

use super::{Style, ident, number};
use crate::ir::{Batch, Operation, Step};
use crate::names;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

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
        None => quote!(itself, text),
        Some(step) => {
            let (field, presence) = (ident(&step.field), presence(step));
            quote!(#field, #presence)
        }
    };
    let (failures, failures_presence) = (ident(&batch.failures.field), presence(&batch.failures));
    let members = [&batch.failure.key, &batch.failure.code];
    let members = members.into_iter().chain(&batch.failure.message);
    let members = members.map(|(step, is_enum)| {
        let (field, presence) = (ident(&step.field), presence(step));
        let kind = format_ident!("{}", if *is_enum { "code" } else { "text" });
        quote!(#field(#presence, #kind))
    });
    let (retry, throttle, done) = (&batch.retry, &batch.throttle, &batch.done);
    let repeat = format_ident!("{}", if batch.repeatable { "safe" } else { "never" });
    quote! {
        #[doc = #doc]
        #[items(#setter, #item, #limit)]
        #[key(#key)]
        #[failures(#failures, #failures_presence)]
        #[failure(#(#members),*)]
        #[codes(retry(#(#retry),*), throttle(#(#throttle),*), done(#(#done),*))]
        #[repeat(#repeat)]
        pub type #run = (#name, #fluent, #input, #output);
    }
}

/// Whether a member may be absent, as the table spells it.
fn presence(step: &Step) -> Ident {
    format_ident!(
        "{}",
        if step.optional {
            "optional"
        } else {
            "required"
        }
    )
}
