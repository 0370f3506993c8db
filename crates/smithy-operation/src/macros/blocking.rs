//! Builders and clients whose calls block the thread. Without the feature `blocking`, the builders' macros
//! expand to nothing.

/// Defines the fluent builder of an operation whose `send()` blocks the thread, in the module `blocking`.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking_builder {
    (
        [$($clone:ident $(, $derive:ident)*)?]
        [$operation:ident, $input_builder:ident, $output:ident, $error:ident]
        $fluent:ident,
        {
            $(
                $(#[doc = $member_doc:expr])*
                $(#[deprecated(note = $note:literal)])?
                #[member($($member:tt)*)]
                #[build(
                    $presence:ident = $ty:ty,
                    $(value = $default:expr,)?
                    as = $passed:ident $(($($passed_arg:ty),* $(,)?))?,
                    set = $set:ident,
                    get = $get:ident
                    $(,)?
                )]
                pub $field:ident: $field_ty:ty,
            )*
        }
    ) => {
        /// The builder of the operation's request for calls that block the thread.
        #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
        pub mod blocking {
            use super::*;

            #[doc = concat!("A builder for a request to [`", stringify!($operation), "`].")]
            ///
            /// Each setter sets a member of the input; `send()` sends the request and blocks the thread until
            /// the response is there.
            #[derive(Debug)]
            $(#[derive($clone)])?
            pub struct $fluent {
                call: $crate::Call<$operation>,
            }

            impl $fluent {
                /// Returns the builder of the input.
                #[inline]
                pub fn as_input(&self) -> &$input_builder {
                    &self.call.input
                }

                /// Sends the request, and blocks the thread until the response is there.
                ///
                /// # Errors
                ///
                /// Returns why the call failed; see the variants of the error. Transient failures are retried
                /// first, according to the retry configuration of the client.
                #[inline]
                pub fn send(
                    self,
                ) -> ::core::result::Result<$output, $crate::error::SdkError<$error>> {
                    $crate::blocking::send(self.call)
                }

                $crate::__blocking_presigned! { $error }

                /// Customizes the call: interceptors, changes to the request, configuration.
                #[inline]
                pub fn customize(
                    self,
                ) -> $crate::blocking::CustomizableOperation<$output, $error, Self> {
                    $crate::blocking::CustomizableOperation::new(self)
                }

                $(
                    $crate::__fluent_setter! {
                        $passed $(($($passed_arg),*))?, $field: $ty, {
                            $(#[doc = $member_doc])*
                            $(#[deprecated(note = $note)])?
                        }
                    }

                    $(#[doc = $member_doc])*
                    $(#[deprecated(note = $note)])?
                    #[inline]
                    pub fn $set(mut self, input: ::core::option::Option<$ty>) -> Self {
                        self.call.input = self.call.input.$set(input);
                        self
                    }

                    $(#[doc = $member_doc])*
                    $(#[deprecated(note = $note)])?
                    #[inline]
                    pub fn $get(&self) -> &::core::option::Option<$ty> {
                        self.call.input.$get()
                    }
                )*
            }

            impl $crate::FluentBuilder for $fluent {
                type Operation = $operation;

                #[inline]
                fn new(handle: $crate::Handle) -> Self {
                    Self { call: $crate::Call::new(handle) }
                }

                #[inline]
                fn into_call(self) -> $crate::Call<$operation> {
                    self.call
                }

                #[inline]
                fn call(&mut self) -> &mut $crate::Call<$operation> {
                    &mut self.call
                }
            }
        }
    };
}

#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking_builder {
    ($($input:tt)*) => {};
}

/// Implements presigning of a blocking builder's request, if the feature is on.
#[cfg(all(feature = "blocking", feature = "presigning"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking_presigned {
    ($error:ident) => {
        /// Signs the request without sending it, so that whoever has its URI can send it until it expires.
        ///
        /// # Errors
        ///
        /// Returns why the request cannot be signed.
        #[inline]
        #[cfg_attr(docsrs, doc(cfg(feature = "presigning")))]
        pub fn presigned(
            self,
            config: $crate::presigning::PresigningConfig,
        ) -> ::core::result::Result<
            $crate::presigning::PresignedRequest,
            $crate::error::SdkError<$error>,
        > {
            $crate::blocking::presigned(self.call, config)
        }
    };
}

#[cfg(all(feature = "blocking", not(feature = "presigning")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking_presigned {
    ($error:ident) => {};
}

/// Adds `into_paginator` to the blocking builder of an operation that returns its results in pages.
#[cfg(feature = "blocking")]
#[macro_export]
macro_rules! blocking_paginator {
    ($fluent:ident, $operation:ident) => {
        impl blocking::$fluent {
            /// Returns a paginator, which requests all pages one after the other.
            #[inline]
            pub fn into_paginator(self) -> $crate::blocking::Paginator<$operation> {
                $crate::blocking::Paginator::new($crate::FluentBuilder::into_call(self))
            }
        }
    };
}

/// Without the feature `blocking`, there is nothing to add.
#[cfg(not(feature = "blocking"))]
#[macro_export]
macro_rules! blocking_paginator {
    ($fluent:ident, $operation:ident) => {};
}

/// Defines the client of a service whose calls block the thread.
///
/// Each line of the table has the method, the module of the operation and its fluent builder. The operations'
/// modules are in `operation`, which the caller imports.
#[cfg(feature = "blocking")]
#[macro_export]
macro_rules! blocking_client {
    (
        $async_client:ty, $config:ty, $sdk_config:ty, $error:ty;
        $(
            $(#[$meta:meta])*
            $method:ident: $module:ident::$fluent:ident;
        )*
    ) => {
        /// Calls the service, and blocks the thread until the response is there.
        ///
        /// It has the methods of the other [`Client`](crate::Client), and needs no runtime. A client is cheap
        /// to clone. Clones share connections, credentials and the retry quota.
        #[derive(Debug, Clone)]
        pub struct Client {
            inner: $async_client,
        }

        impl Client {
            /// Creates a client from the configuration that all AWS clients of a program share.
            #[inline]
            pub fn new(config: &$sdk_config) -> Self {
                Self { inner: <$async_client>::new(config) }
            }

            /// Creates a client from a service configuration.
            ///
            /// A call fails with an error if it needs a setting that the configuration does not have.
            #[inline]
            pub fn from_conf(config: $config) -> Self {
                Self { inner: <$async_client>::from_conf(config) }
            }

            /// Creates a client with the configuration of the environment.
            ///
            /// # Errors
            ///
            /// Returns an error if the thread for blocking calls cannot be started. What the configuration lacks is
            /// reported by the calls that need it.
            #[cfg(feature = "from-env")]
            pub fn from_env() -> ::core::result::Result<Self, $crate::blocking::StartError> {
                $crate::blocking::block_on(<$async_client>::from_env()).map(|inner| Self { inner })
            }

            /// Returns the client's configuration.
            #[inline]
            pub fn config(&self) -> &$config {
                self.inner.config()
            }

            /// Calls an operation with this input, and blocks the thread until the response is there.
            ///
            /// The type of the input determines the operation. Its constructor `new` takes the required members.
            ///
            /// # Errors
            ///
            /// Returns the same errors as `send()` of the operation's fluent builder.
            #[inline]
            pub fn send<I>(
                &self,
                input: I,
            ) -> ::core::result::Result<
                <I::Operation as $crate::Operation>::Output,
                $crate::error::SdkError<<I::Operation as $crate::Operation>::Error>,
            >
            where
                I: $crate::OperationInput<ServiceError = $error>,
            {
                $crate::blocking::send_input::<I::Operation>(&self.handle(), input)
            }

            #[inline]
            fn handle(&self) -> $crate::Handle {
                ::core::convert::AsRef::<$crate::Handle>::as_ref(&self.inner).clone()
            }
        }

        /// Makes the calls of a client block the thread. The two share connections.
        impl ::core::convert::From<$async_client> for Client {
            #[inline]
            fn from(inner: $async_client) -> Self {
                Self { inner }
            }
        }

        /// Returns the client whose calls return futures.
        impl ::core::convert::AsRef<$async_client> for Client {
            #[inline]
            fn as_ref(&self) -> &$async_client {
                &self.inner
            }
        }

        /// A method for each operation. It returns a fluent builder, which collects the input and
        /// sends the request.
        impl Client {
            $(
                #[doc = concat!(
                    "Calls the operation of [`", stringify!($module), "`](mod@operation::",
                    stringify!($module), "), which [`Client`](crate::Client) documents.",
                )]
                $(#[$meta])*
                #[inline]
                pub fn $method(&self) -> operation::$module::blocking::$fluent {
                    $crate::FluentBuilder::new(self.handle())
                }
            )*
        }
    };
}
