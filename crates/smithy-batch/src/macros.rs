//! The macro that makes an operation a batch operation.

/// Implements [`BatchOperation`](crate::BatchOperation) for an operation, and adds `send_all` to its
/// fluent builder.
///
/// Generated code calls it. The attributes describe the operation:
///
/// - `#[items(set = set_x, item = T, limit = 50)]`: the setter of the items, the type of an item, and the
///   maximum number of items in a request.
/// - `#[key(optional = field)]`: the member that identifies an item, or `#[key(itself)]` if the items are
///   strings.
/// - `#[failures(optional = field)]`: the output's list of failures.
/// - `#[failure(key(...), code(...), message(...))]`: the members of a failure. Each is `optional = field`
///   or `required = field`, followed by `as = text` or, for an enum, `as = code`. A message is optional.
/// - `#[codes(retry(...), throttle(...), done(...))]`: the codes that are worth a retry, those that
///   mean throttling, and those that mean that the item is already as requested.
/// - `#[repeat(safe)]` if a request that may have taken effect may be sent again, otherwise
///   `#[repeat(never)]`.
/// - `#[types(fluent = F, input = B, output = O)]`: the operation's fluent builder, the builder of its
///   input, and its output.
#[macro_export]
macro_rules! batch {
    (
        $(#[doc = $doc:expr])*
        #[items(set = $set_items:ident, item = $item:ty, limit = $limit:literal $(,)?)]
        #[key($key_presence:ident $(= $key:ident)? $(,)?)]
        #[failures($failures_presence:ident = $failures:ident $(,)?)]
        #[failure(
            key($key_is:ident = $failure_key:ident, as = $key_kind:ident $(,)?),
            code($code_is:ident = $failure_code:ident, as = $code_kind:ident $(,)?)
            $(, message($message_is:ident = $failure_message:ident, as = $message_kind:ident $(,)?))?
            $(,)?
        )]
        #[codes(
            retry($($retry:literal),* $(,)?),
            throttle($($throttle:literal),* $(,)?),
            done($($done:literal),* $(,)?)
            $(,)?
        )]
        #[repeat($repeat:ident)]
        #[types(fluent = $fluent:ident, input = $input:ident, output = $output:ident $(,)?)]
        pub type $run:ident = BatchRun<$operation:ident $(,)?>;
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
                $crate::__batch!(@borrowed $key_presence, item $(, $key)?)
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

        $crate::__blocking_batch! { $fluent, $operation, $item, $limit }

        /// The operation's run over any number of items.
        pub mod batch {
            $(#[doc = $doc])*
            pub type $run = $crate::BatchRun<super::$operation>;
        }
    };
}

/// Adds `send_all` to the blocking builder of a batch operation.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking_batch {
    ($fluent:ident, $operation:ident, $item:ty, $limit:literal) => {
        impl blocking::$fluent {
            #[doc = concat!("Sends any number of items, at most ", $limit, " in each request.")]
            ///
            /// Accepts an iterator or a stream, and returns an iterator over the outcomes. Items that were
            /// set on the builder before are not sent.
            #[inline]
            pub fn send_all<M>(
                self,
                items: impl $crate::IntoItems<$item, M>,
            ) -> $crate::blocking::BatchRun<$operation> {
                $crate::blocking::BatchRun::new($crate::FluentBuilder::into_call(self), items)
            }
        }
    };
}

#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking_batch {
    ($($input:tt)*) => {};
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
    (@borrowed itself, $item:ident) => {
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
