//! What makes an operation one that takes many items.

/// Defines an operation's run over any number of items, and its fluent builder's `send_all`.
///
/// - `#[items(set_x, T, 50)]` names the setter of the items, what an item is, and how many a request
///   takes.
/// - `#[key(field, optional)]` names an item by one of its members; `#[key(itself, text)]` by itself.
/// - `#[failures(field, optional)]` is the output's list of failures, and `#[failure(...)]` names a
///   failure's key, code and message, each with whether it may be absent and whether it is an enum.
/// - `#[codes(...)]` has the codes that are worth another try, those that say that requests come too
///   fast, and those that say that an item is as it was asked to be.
/// - `#[repeat(safe)]` says that a request may be sent again though it may have taken effect;
///   `#[repeat(never)]` that it may not.
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
        impl $crate::batch::BatchOperation for $operation {
            type Item = $item;

            const RULES: $crate::batch::BatchRules = $crate::batch::BatchRules {
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
            fn failures(output: $output) -> ::std::vec::Vec<$crate::batch::BatchFailure> {
                $crate::__batch!(@list $failures_presence, output.$failures)
                    .into_iter()
                    .map(|failure| $crate::batch::BatchFailure {
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
            #[doc = concat!("Sends any number of items, ", $limit, " at most in a request.")]
            ///
            /// Takes an iterator or a stream. Items that the fluent builder holds already are not
            /// sent.
            #[inline]
            pub fn send_all<M>(
                self,
                items: impl $crate::batch::IntoItems<$item, M>,
            ) -> batch::$run {
                $crate::batch::BatchRun::new($crate::FluentBuilder::into_call(self), items)
            }
        }

        /// The operation's run over any number of items.
        pub mod batch {
            $(#[doc = $doc])*
            pub type $run = $crate::batch::BatchRun<super::$operation>;
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
