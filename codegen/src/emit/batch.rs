//! What makes an operation one that takes many items.

use super::{Style, ident, number};
use crate::ir::{Batch, Operation, Step};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

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
    let item = style.ty(&batch.item);
    let setter = ident(&batch.setter);
    let key = match &batch.key {
        None => quote!(::core::option::Option::Some(item)),
        Some(step) => {
            let field = ident(&step.field);
            match step.optional {
                true => quote!(item.#field.as_deref()),
                false => quote!(::core::option::Option::Some(&*item.#field)),
            }
        }
    };
    let failures = ident(&batch.failures.field);
    let failures = match batch.failures.optional {
        true => quote!(output.#failures.unwrap_or_default()),
        false => quote!(output.#failures),
    };
    let failure_key = text(&batch.failure.key);
    let failure_code = text(&batch.failure.code);
    let failure_message = match &batch.failure.message {
        Some(message) => text(message),
        None => quote!(::core::option::Option::None),
    };
    let limit = number(batch.limit);
    let (retry, throttle, done) = (&batch.retry, &batch.throttle, &batch.done);
    let repeatable = batch.repeatable;
    let takes = format!(
        " Sends any number of items, {} at most in a request.",
        batch.limit
    );
    let run = format_ident!("{}Run", operation.name);
    let doc = format!(" A run of `{}` over any number of items.", operation.name);
    quote! {
        impl ::smithy_operation::batch::BatchOperation for #name {
            type Item = #item;

            const RULES: ::smithy_operation::batch::BatchRules = ::smithy_operation::batch::BatchRules {
                limit: #limit,
                retry: &[#(#retry),*],
                throttle: &[#(#throttle),*],
                done: &[#(#done),*],
                repeatable: #repeatable,
            };

            fn key(item: &Self::Item) -> ::core::option::Option<&str> {
                #key
            }

            fn set_items(input: #input, items: ::std::vec::Vec<Self::Item>) -> #input {
                input.#setter(::core::option::Option::Some(items))
            }

            fn failures(output: #output) -> ::std::vec::Vec<::smithy_operation::batch::BatchFailure> {
                #failures
                    .into_iter()
                    .map(|failure| ::smithy_operation::batch::BatchFailure {
                        key: #failure_key,
                        code: #failure_code,
                        message: #failure_message,
                    })
                    .collect()
            }
        }

        impl #fluent {
            #[doc = #takes]
            ///
            /// Takes an iterator or a stream. Items that the fluent builder holds already are not sent.
            #[inline]
            pub fn send_all<M>(
                self,
                items: impl ::smithy_operation::batch::IntoItems<#item, M>,
            ) -> batch::#run {
                ::smithy_operation::batch::BatchRun::new(
                    ::smithy_operation::FluentBuilder::into_call(self),
                    items,
                )
            }
        }

        /// The operation's run over any number of items.
        pub mod batch {
            #[doc = #doc]
            pub type #run = ::smithy_operation::batch::BatchRun<super::#name>;
        }
    }
}

/// A text of a failure's, owned.
fn text((step, is_enum): &(Step, bool)) -> TokenStream {
    let field = ident(&step.field);
    match (step.optional, is_enum) {
        (true, false) => quote!(failure.#field),
        (false, false) => quote!(::core::option::Option::Some(failure.#field)),
        (true, true) => quote!(failure.#field.map(|code| code.as_str().to_owned())),
        (false, true) => quote!(::core::option::Option::Some(failure.#field.as_str().to_owned())),
    }
}
