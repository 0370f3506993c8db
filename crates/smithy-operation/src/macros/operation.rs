//! The parts of an operation's input and output other than their members.

/// Defines an operation: its name as a type, its schema and its descriptor.
///
/// The attributes, in this order:
///
/// - `#[operation(namespace = "...", name = "...", setters())]` sets the ID of the operation and calls setters of
///   its descriptor.
/// - `#[types(input = I, output = O, error = E)]` names the types of the operation.
/// - `#[errors(crate::types::error::E, ...)]` lists the structures of the errors in the model.
/// - `#[pages(token = "Token", next = ["Next"], size = "Size", items = ["Items"])]`, if results come in pages,
///   names the input's token and page size and the paths in the output to the next token and the items. The last
///   two are optional.
#[macro_export]
macro_rules! operation {
    (
        $(#[doc = $doc:expr])*
        $(#[deprecated(note = $note:literal)])?
        #[operation(
            namespace = $namespace:literal,
            name = $wire:literal
            $(, $call:ident($($arg:expr),* $(,)?))*
            $(,)?
        )]
        #[types(input = $input:ident, output = $output:ident, error = $error:ident $(,)?)]
        #[errors($($shape:ty),* $(,)?)]
        $(#[pages(
            token = $token:literal,
            next = [$($next:literal),* $(,)?]
            $(, size = $size:literal)?
            $(, items = [$($item:literal),* $(,)?])?
            $(,)?
        )])?
        pub struct $name:ident;
    ) => {
        $(#[doc = $doc])*
        $(#[deprecated(note = $note)])?
        #[derive(Clone, Debug, Default)]
        #[non_exhaustive]
        pub struct $name;

        const _: () = {
            static SCHEMA: $crate::generated::OperationSchema<'static> =
                $crate::generated::OperationSchema::builder($crate::generated::shape_id!($namespace, $wire))
                    .input(<$input as $crate::generated::Structure>::SCHEMA)
                    .output(<$output as $crate::generated::Structure>::SCHEMA)
                    .errors(&[$(<$shape as $crate::generated::Structure>::SCHEMA),*])
                    .build();

            impl $crate::generated::Operation for $name {
                type Input = $input;
                type Output = $output;
                type Error = $error;

                const NAME: &'static str = $wire;
                const DESCRIPTOR: &'static $crate::generated::OperationDescriptor =
                    &$crate::__descriptor! {
                        $crate::generated::OperationDescriptor::new::<Self>(&SCHEMA)
                            $(.$call($($arg),*))*,
                        [$(#[doc = $doc])* $(#[deprecated(note = $note)])?]
                        $wire, $input, $output, [$($shape),*],
                        [$($token, [$($next),*], $(size = $size,)? [$($($item),*)?])?]
                    };
            }
        };
    };
}

/// Defines the fluent builder of an operation, whose setters are those of the input's builder.
#[doc(hidden)]
#[macro_export]
macro_rules! __fluent_builder {
    (
        [$($clone:ident $(, $derive:ident)*)?]
        [$operation:ident, $input:ident, $input_builder:ident, $output:ident, $error:ident]
        $(#[token($token:ident)])?
        $(#[streams($body:ident)])?
        $(#[events($events:ident)])?
        $(#[host_prefix($format:literal $(, $label:ident)* $(,)?)])?
        $(#[prepared($prepared:ident, $prepare:ident($($how:expr),*))])*
        $(#[call_endpoint($endpoint:ident)])?
        $fluent:ident,
        {
            $(
                $(#[doc = $member_doc:expr])*
                $(#[deprecated(note = $note:literal)])?
                #[member(index = $index:literal, name = $name:literal $($member:tt)*)]
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
        #[doc = concat!("A builder for a request to [`", stringify!($operation), "`].")]
        ///
        /// Each setter sets a member of the input; `send()` sends the request.
        #[derive(Debug)]
        $(#[derive($clone)])?
        pub struct $fluent {
            call: $crate::Call<$operation>,
        }

        impl $operation {
            /// Returns the name of the operation.
            #[inline]
            pub fn new() -> Self {
                Self
            }
        }

        impl $crate::generated::RuntimePlugin for $operation {
            #[inline]
            fn config(&self) -> ::core::option::Option<$crate::generated::FrozenLayer> {
                let called = $crate::CalledOperation(<$operation as $crate::Operation>::DESCRIPTOR);
                Some(called.layer().freeze())
            }
        }

        impl $fluent {
            /// Returns the builder of the input.
            #[inline]
            pub fn as_input(&self) -> &$input_builder {
                &self.call.input
            }

            /// Sends the request.
            ///
            /// # Errors
            ///
            /// Returns why the call failed; see the variants of the error. Transient failures are retried
            /// first, according to the retry configuration of the client.
            #[inline]
            pub async fn send(
                self,
            ) -> ::core::result::Result<$output, $crate::error::SdkError<$error>> {
                self.call.send().await
            }

            $crate::__presigned! { $error }

            /// Customizes the call: interceptors, changes to the request, configuration.
            #[inline]
            pub fn customize(self) -> $crate::CustomizableOperation<$output, $error, Self> {
                $crate::CustomizableOperation::new(self)
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

        impl $crate::InputShape for $input {
            #[inline]
            fn missing_required(&self) -> ::core::option::Option<(&'static str, &'static str)> {
                $($crate::__missing!($presence, self.$field, $name, stringify!($field));)*
                None
            }

            $(
                #[inline]
                fn idempotency_token(
                    &mut self,
                ) -> ::core::option::Option<&mut ::core::option::Option<::std::string::String>> {
                    Some(&mut self.$token)
                }
            )?

            $(
                #[inline]
                fn body(&mut self) -> ::core::option::Option<&mut $crate::generated::ByteStream> {
                    Some(&mut self.$body)
                }
            )?

            $(
                #[inline]
                fn take_events(
                    &mut self,
                    codec: &$crate::event_stream::EventCodec,
                ) -> ::core::option::Option<$crate::event_stream::Messages> {
                    self.$events.take_messages(codec)
                }
            )?

            $crate::__prepare! { $($prepared, $prepare($($how),*);)* }

            $(
                #[inline]
                fn call_endpoint(&self) -> ::core::option::Option<&str> {
                    self.$endpoint.as_deref()
                }
            )?

            $(
                #[inline]
                fn host_prefix(
                    &self,
                ) -> ::core::result::Result<
                    ::core::option::Option<::std::string::String>,
                    $crate::generated::BuildError,
                > {
                    Ok(Some(::std::format!(
                        $format
                        $(, $crate::endpoint::host_label(stringify!($label), self.$label.as_deref())?)*
                    )))
                }
            )?
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

        impl $input_builder {
            /// Sends a request with this input through the client.
            ///
            /// # Errors
            ///
            /// Returns the same errors as `send()` of the fluent builder.
            #[inline]
            pub async fn send_with(
                self,
                client: &impl ::core::convert::AsRef<$crate::Handle>,
            ) -> ::core::result::Result<$output, $crate::error::SdkError<$error>> {
                let mut call = $crate::Call::<$operation>::new(client.as_ref().clone());
                call.input = self;
                call.send().await
            }
        }
    };
}

/// Implements what changes an input before it is sent, if anything does.
#[doc(hidden)]
#[macro_export]
macro_rules! __prepare {
    () => {};
    ($($field:ident, $prepare:ident($($how:expr),*);)+) => {
        #[inline]
        fn prepare(&mut self) {
            $($crate::customization::$prepare(&mut self.$field, $($how),*);)+
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __fluent_setter {
    (map($key:ty, $value:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        ///
        /// Adds one entry. The setter with the prefix `set_` replaces the map.
        #[inline]
        pub fn $field(
            mut self,
            k: $key,
            v: $value,
        ) -> Self {
            self.call.input = self.call.input.$field(k, v);
            self
        }
    };
    (copy, $($rest:tt)*) => {
        $crate::__fluent_setter! { value, $($rest)* }
    };
    (value, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, input: $ty) -> Self {
            self.call.input = self.call.input.$field(input);
            self
        }
    };
    (list($item:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        ///
        /// Appends one item. The setter with the prefix `set_` replaces the list.
        #[inline]
        pub fn $field(mut self, input: $item) -> Self {
            self.call.input = self.call.input.$field(input);
            self
        }
    };
    (texts($item:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        ///
        /// Appends one item. The setter with the prefix `set_` replaces the list.
        #[inline]
        pub fn $field(mut self, input: impl ::core::convert::Into<$item>) -> Self {
            self.call.input = self.call.input.$field(input);
            self
        }
    };
    ($passed:ident $(($inner:ty))?, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, input: impl ::core::convert::Into<$ty>) -> Self {
            self.call.input = self.call.input.$field(input);
            self
        }
    };
}

/// Implements access to the request ID that came with an operation's output.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation_output {
    ($output:ident, $builder:ident, [$($body:ident)?], [$($demanded:ident)*]) => {
        impl $crate::generated::RequestId for $output {
            #[inline]
            fn request_id(&self) -> ::core::option::Option<&str> {
                self._request_id.as_deref()
            }
        }

        #[allow(clippy::missing_const_for_fn)]
        impl $builder {
            #[doc(hidden)]
            #[inline]
            pub fn _request_id(
                mut self,
                request_id: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                self._request_id = Some(request_id.into());
                self
            }

            #[doc(hidden)]
            #[inline]
            pub fn _set_request_id(
                &mut self,
                request_id: ::core::option::Option<::std::string::String>,
            ) -> &mut Self {
                self._request_id = request_id;
                self
            }
        }

        impl $crate::OperationOutput for $output {
            #[allow(unused_variables)]
            #[inline]
            fn set_beside(
                builder: &mut $builder,
                request_id: ::core::option::Option<::std::string::String>,
                body: ::core::option::Option<$crate::ResponseStream>,
            ) {
                builder._request_id = request_id;
                $(builder.$body = body.map(::core::convert::Into::into);)?
            }

            $crate::__lacks! { $builder, $($demanded)* }
        }
    };
}

/// Implements the check of members that must be in a response, if there are any.
#[doc(hidden)]
#[macro_export]
macro_rules! __lacks {
    ($builder:ident,) => {};
    ($builder:ident, $($demanded:ident)+) => {
        #[inline]
        fn lacks(builder: &$builder) -> ::core::option::Option<&'static str> {
            $(if builder.$demanded.is_none() {
                return Some(stringify!($demanded));
            })+
            None
        }
    };
}

/// Implements presigning of a fluent builder's request, if the feature is on.
#[cfg(feature = "presigning")]
#[doc(hidden)]
#[macro_export]
macro_rules! __presigned {
    ($error:ident) => {
        /// Signs the request without sending it, so that whoever has its URI can send it until it expires.
        ///
        /// # Errors
        ///
        /// Returns why the request cannot be signed.
        #[inline]
        #[cfg_attr(docsrs, doc(cfg(feature = "presigning")))]
        pub async fn presigned(
            self,
            config: $crate::presigning::PresigningConfig,
        ) -> ::core::result::Result<
            $crate::presigning::PresignedRequest,
            $crate::error::SdkError<$error>,
        > {
            self.call.presigned(config).await
        }
    };
}

#[cfg(not(feature = "presigning"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __presigned {
    ($error:ident) => {};
}
