//! The macro that makes an operation a batch operation.

/// Implements [`BatchOperation`](crate::BatchOperation) for an operation, and adds `send_all` to its
/// fluent builder.
///
/// Generated code calls it. The attributes describe the operation:
///
/// - `#[items(set_x, T, 50)]`: the setter of the items, the type of an item, and the maximum number of
///   items in a request.
/// - `#[key(field, optional)]`: the member that identifies an item, or `#[key(itself, text)]` if the
///   items are strings.
/// - `#[failures(field, optional)]`: the output's list of failures. `#[failure(...)]` names the members
///   of a failure: its key, its code and its message. Each says whether it may be absent and whether it
///   is an enum.
/// - `#[codes(...)]`: the codes that are worth a retry, those that mean throttling, and those that mean
///   that the item is already as requested.
/// - `#[repeat(safe)]` if a request that may have taken effect may be sent again, otherwise
///   `#[repeat(never)]`.
#[macro_export]
macro_rules! batch {
    (
        $(#[doc = $doc:expr])*
        #[items($set_items:ident, $item:ty, $limit:literal $(,)?)]
        #[key($key:ident, $key_presence:ident)]
        #[failures($failures:ident, $failures_presence:ident)]
        #[failure(
            $failure_key:ident($key_is:ident, $key_kind:ident),
            $failure_code:ident($code_is:ident, $code_kind:ident)
            $(, $failure_message:ident($message_is:ident, $message_kind:ident))?
            $(,)?
        )]
        #[codes(
            retry($($retry:literal),* $(,)?),
            throttle($($throttle:literal),* $(,)?),
            done($($done:literal),* $(,)?)
            $(,)?
        )]
        #[repeat($repeat:ident)]
        pub type $run:ident = ($operation:ident, $fluent:ident, $input:ident, $output:ident $(,)?);
    ) => {
        impl $crate::BatchOperation for $operation {
            type Item = $item;

            const RULES: $crate::BatchRules = $crate::BatchRules {
                limit: $limit,
                retry: &[$($retry),*],
                throttle: &[$($throttle),*],
                done: &[$($done),*],
                repeatable: $crate::__batch!(@repeat $repeat),
            };

            #[inline]
            fn key(item: &$item) -> ::core::option::Option<&str> {
                $crate::__batch!(@borrowed $key_presence, item, $key)
            }

            #[inline]
            fn set_items(input: $input, items: ::std::vec::Vec<$item>) -> $input {
                input.$set_items(::core::option::Option::Some(items))
            }

            #[inline]
            fn failures(output: $output) -> ::std::vec::Vec<$crate::BatchFailure> {
                $crate::__batch!(@list $failures_presence, output.$failures)
                    .into_iter()
                    .map(|failure| $crate::BatchFailure {
                        key: $crate::__batch!(@owned $key_is $key_kind, failure.$failure_key),
                        code: $crate::__batch!(@owned $code_is $code_kind, failure.$failure_code),
                        message: $crate::__batch!(
                            @message $($message_is $message_kind, failure.$failure_message)?
                        ),
                    })
                    .collect()
            }
        }

        impl $fluent {
            #[doc = concat!("Sends any number of items, at most ", $limit, " in each request.")]
            ///
            /// Accepts an iterator or a stream. Items that were set on the fluent builder before are
            /// not sent.
            #[inline]
            pub fn send_all<M>(
                self,
                items: impl $crate::IntoItems<$item, M>,
            ) -> batch::$run {
                $crate::BatchRun::new($crate::FluentBuilder::into_call(self), items)
            }
        }

        /// The operation's run over any number of items.
        pub mod batch {
            $(#[doc = $doc])*
            pub type $run = $crate::BatchRun<super::$operation>;
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __batch {
    (@repeat safe) => {
        true
    };
    (@repeat never) => {
        false
    };
    (@borrowed text, $item:ident, itself) => {
        ::core::option::Option::Some($item)
    };
    (@borrowed optional, $item:ident, $field:ident) => {
        $item.$field.as_deref()
    };
    (@borrowed required, $item:ident, $field:ident) => {
        ::core::option::Option::Some(&*$item.$field)
    };
    (@list optional, $value:expr) => {
        $value.unwrap_or_default()
    };
    (@list required, $value:expr) => {
        $value
    };
    (@owned optional text, $value:expr) => {
        $value
    };
    (@owned required text, $value:expr) => {
        ::core::option::Option::Some($value)
    };
    (@owned optional code, $value:expr) => {
        $value.map(|code| code.as_str().to_owned())
    };
    (@owned required code, $value:expr) => {
        ::core::option::Option::Some($value.as_str().to_owned())
    };
    (@message) => {
        ::core::option::Option::None
    };
    (@message $presence:ident $kind:ident, $value:expr) => {
        $crate::__batch!(@owned $presence $kind, $value)
    };
}
