//! What is the same for every generated structure, written once.
//!
//! The bodies of these macros are ordinary items with attributes, so that generated code reads
//! like Rust.

/// Defines a structure's builder, and implements what reads and writes the structure.
///
/// The structure itself, with its public fields and getters, stands beside it in plain Rust.
///
/// - `#[builds(S, fallible)]` names the structure, and whether `build()` can fail.
/// - `#[schema("namespace", "Shape", setters())]` gives the shape's ID and calls setters of its
///   schema.
/// - `#[http("METHOD", "/uri", status)]` binds an operation's input, and `#[fluent(Builder, Operation,
///   Output, Error)]` defines the fluent builder beside it, with the same setters.
/// - `#[extra(field, Type)]` adds a field that is not a member to both.
/// - `#[nested(value)]` makes the structure a value that members can hold.
/// - `#[member(0, "Name", Kind, setters())]` gives a member's index, its name in the model, its kind
///   (a variant of `ShapeType`), and calls setters of its schema.
/// - `#[build(presence, setter, set_x, get_x)]` says whether the member may be absent and what its
///   setter takes. Presence is `optional`, `checked` (optional until the request is sent),
///   `required`, `default = value` or `streaming`. The setter takes `value`, `into`, `boxed(T)`, or
///   one more item: `push(T)`, `push_into(T)`, `insert(K, V)`.
#[macro_export]
macro_rules! structure {
    (
        $(#[doc = $doc:expr])*
        $(#[derive($($derive:ident),*)])?
        #[builds($target:ident, $fallible:ident)]
        #[schema $schema:tt]
        #[http $http:tt]
        #[fluent($fluent:ident, $operation:ident, $output:ident, $error:ident $(,)?)]
        $(#[token($token:ident)])?
        $(#[streams($body:ident)])?
        $(#[host_prefix($($prefix:tt)*)])?
        pub struct $builder:ident {
            $($members:tt)*
        }
    ) => {
        $crate::structure! {
            $(#[doc = $doc])*
            $(#[derive($($derive),*)])?
            #[builds($target, $fallible)]
            #[schema $schema]
            #[http $http]
            pub struct $builder {
                $($members)*
            }
        }

        $crate::__fluent_builder! {
            $(#[derive($($derive),*)])?
            #[calls($operation, $target, $builder, $output, $error)]
            $(#[token($token)])?
            $(#[streams($body)])?
            $(#[host_prefix($($prefix)*)])?
            pub struct $fluent {
                $($members)*
            }
        }
    };
    (
        $(#[doc = $doc:expr])*
        $(#[derive($($derive:ident),*)])?
        #[builds($target:ident, $fallible:ident)]
        #[schema($namespace:literal, $shape:literal $(, $call:ident($($arg:expr),*))* $(,)?)]
        $(#[http($method:literal, $uri:literal, $status:literal $(,)?)])?
        $(#[extra($extra:ident, $extra_ty:ty $(,)?)])?
        $(#[nested($nested:ident)])?
        pub struct $builder:ident {
            $(
                $(#[doc = $member_doc:expr])*
                $(#[deprecated(note = $note:literal)])?
                #[member(
                    $index:literal,
                    $name:literal,
                    $kind:ident
                    $(, $member_call:ident($($member_arg:expr),*))*
                    $(,)?
                )]
                #[build(
                    $presence:ident $(= $default:expr)?,
                    $setter:ident $(($($setter_arg:ty),*))?,
                    $set:ident,
                    $get:ident
                    $(,)?
                )]
                $field:ident: $ty:ty,
            )*
        }
    ) => {
        $(#[doc = $doc])*
        $(#[derive($($derive),*)])?
        #[derive(Default)]
        #[non_exhaustive]
        pub struct $builder {
            $($field: ::core::option::Option<$ty>,)*
            $($extra: $extra_ty,)?
        }

        impl $target {
            #[doc = concat!("Starts building a [`", stringify!($target), "`].")]
            #[inline]
            pub fn builder() -> $builder {
                ::core::default::Default::default()
            }
        }

        impl $builder {
            $(
                $crate::__setter! {
                    $setter $(($($setter_arg),*))?, $field: $ty, {
                        $(#[doc = $member_doc])*
                        $(#[deprecated(note = $note)])?
                    }
                }

                $(#[doc = $member_doc])*
                $(#[deprecated(note = $note)])?
                #[inline]
                pub fn $set(mut self, input: ::core::option::Option<$ty>) -> Self {
                    self.$field = input;
                    self
                }

                $(#[doc = $member_doc])*
                $(#[deprecated(note = $note)])?
                #[inline]
                pub fn $get(&self) -> &::core::option::Option<$ty> {
                    &self.$field
                }
            )*

            $crate::__build! { $fallible, $target, {
                $($field: $crate::__finish!(build $presence $(= $default)?, self.$field, stringify!($field), concat!("it is required by ", stringify!($target))),)*
                $($extra: self.$extra,)?
            }, self }
        }

        const _: () = {
            const COUNT: usize = <[usize]>::len(&[$($index),*]);
            static MEMBERS: [$crate::generated::Schema<'static>; COUNT] = [$(
                $crate::generated::Schema::new_member(
                    $crate::generated::shape_id!($namespace, $shape, $name),
                    $crate::generated::ShapeType::$kind,
                    $name,
                    $index,
                )$(.$member_call($($member_arg),*))*
            ),*];
            static MEMBER_REFS: [&$crate::generated::Schema<'static>; COUNT] = [$(&MEMBERS[$index]),*];
            static SCHEMA: $crate::generated::Schema<'static> = $crate::generated::Schema::new_struct(
                $crate::generated::shape_id!($namespace, $shape),
                $crate::generated::ShapeType::Structure,
                &MEMBER_REFS,
            )
            $(.with_http($crate::generated::HttpTrait::new($method, $uri, Some($status))))?
            $(.$call($($arg),*))*;

            impl $crate::generated::SerializableStruct for $target {
                #[inline]
                fn schema(&self) -> &$crate::generated::Schema<'_> {
                    &SCHEMA
                }

                #[allow(unused_variables)]
                #[inline]
                fn serialize_members(
                    &self,
                    serializer: &mut dyn $crate::generated::ShapeSerializer,
                ) -> ::core::result::Result<(), $crate::generated::SerdeError> {
                    $($crate::__write!($presence, self.$field, &MEMBERS[$index], serializer)?;)*
                    Ok(())
                }
            }

            impl $crate::Structure for $target {
                type Builder = $builder;

                const SCHEMA: &'static $crate::generated::Schema<'static> = &SCHEMA;

                #[allow(unused_variables)]
                #[inline]
                fn complete(builder: $builder) -> Self {
                    Self {
                        $($field: $crate::__finish!(read $presence $(= $default)?, builder.$field, "", ""),)*
                        $($extra: builder.$extra,)?
                    }
                }
            }

            $($crate::__value! { $nested $target })?

            impl $crate::ReadMembers for $builder {
                #[allow(unused_variables)]
                #[inline]
                fn read_member(
                    &mut self,
                    index: usize,
                    schema: &$crate::generated::Schema<'_>,
                    deserializer: &mut dyn $crate::generated::ShapeDeserializer,
                ) -> ::core::result::Result<(), $crate::generated::SerdeError> {
                    match index {
                        $($index => $crate::__read!($presence, &mut self.$field, schema, deserializer),)*
                        _ => Ok(()),
                    }
                }
            }

            $crate::__debug! { $target, { $($index $field,)* } $(, $extra)? }
            $crate::__debug! { $builder, { $($index $field,)* } $(, $extra)? }
        };
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __value {
    (value $target:ident) => {
        impl $crate::Value for $target {
            #[inline]
            fn write(
                &self,
                schema: &$crate::generated::Schema<'_>,
                serializer: &mut dyn $crate::generated::ShapeSerializer,
            ) -> ::core::result::Result<(), $crate::generated::SerdeError> {
                serializer.write_struct(schema, self)
            }

            #[inline]
            fn read(
                _schema: &$crate::generated::Schema<'_>,
                deserializer: &mut dyn $crate::generated::ShapeDeserializer,
            ) -> ::core::result::Result<Self, $crate::generated::SerdeError> {
                $crate::read_structure(deserializer)
            }

            #[inline]
            fn zero() -> Self {
                $crate::Structure::complete(::core::default::Default::default())
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __debug {
    ($target:ident, { $($index:literal $field:ident,)* } $(, $extra:ident)?) => {
        impl ::core::fmt::Debug for $target {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut debug = f.debug_struct(stringify!($target));
                $($crate::debug_member(&mut debug, stringify!($field), &MEMBERS[$index], &self.$field);)*
                $(debug.field(stringify!($extra), &self.$extra);)?
                debug.finish()
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    (value, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, input: $ty) -> Self {
            self.$field = Some(input);
            self
        }
    };
    (into, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, input: impl ::core::convert::Into<$ty>) -> Self {
            self.$field = Some(input.into());
            self
        }
    };
    (boxed($inner:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, input: impl ::core::convert::Into<$ty>) -> Self {
            self.$field = Some(input.into());
            self
        }
    };
    (push($item:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        ///
        /// Appends one item; the setter with `set_` before its name replaces them all.
        #[inline]
        pub fn $field(mut self, input: $item) -> Self {
            self.$field.get_or_insert_default().push(input);
            self
        }
    };
    (push_into($item:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        ///
        /// Appends one item; the setter with `set_` before its name replaces them all.
        #[inline]
        pub fn $field(mut self, input: impl ::core::convert::Into<$item>) -> Self {
            self.$field.get_or_insert_default().push(input.into());
            self
        }
    };
    (insert($key:ty, $value:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        ///
        /// Adds one entry; the setter with `set_` before its name replaces them all.
        #[inline]
        pub fn $field(
            mut self,
            k: impl ::core::convert::Into<$key>,
            v: impl ::core::convert::Into<$value>,
        ) -> Self {
            self.$field.get_or_insert_default().insert(k.into(), v.into());
            self
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __build {
    (fallible, $target:ident, { $($fields:tt)* }, $self:ident) => {
        #[doc = concat!("Makes the [`", stringify!($target), "`].")]
        ///
        /// # Errors
        ///
        /// If a required member is missing. Required members of an operation's input are checked
        /// when the request is sent.
        #[inline]
        pub fn build($self) -> ::core::result::Result<$target, $crate::generated::BuildError> {
            Ok($target { $($fields)* })
        }
    };
    (infallible, $target:ident, { $($fields:tt)* }, $self:ident) => {
        #[doc = concat!("Makes the [`", stringify!($target), "`].")]
        #[inline]
        pub fn build($self) -> $target {
            $target { $($fields)* }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __finish {
    ($when:ident optional, $value:expr, $field:expr, $target:expr) => {
        $value
    };
    ($when:ident checked, $value:expr, $field:expr, $target:expr) => {
        $value
    };
    (build required, $value:expr, $field:expr, $target:expr) => {
        $value.ok_or_else(|| $crate::missing_field($field, $target))?
    };
    (read required, $value:expr, $field:expr, $target:expr) => {
        $value.unwrap_or_else($crate::Value::zero)
    };
    ($when:ident default = $default:expr, $value:expr, $field:expr, $target:expr) => {
        $value.unwrap_or_else(|| $default)
    };
    ($when:ident streaming, $value:expr, $field:expr, $target:expr) => {
        $value.unwrap_or_default()
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __write {
    (optional, $value:expr, $schema:expr, $serializer:expr) => {
        $crate::write_member(&$value, $schema, $serializer)
    };
    (checked, $value:expr, $schema:expr, $serializer:expr) => {
        $crate::write_member(&$value, $schema, $serializer)
    };
    (streaming, $value:expr, $schema:expr, $serializer:expr) => {
        // The body is sent as it is; see `Operation::take_streaming_body`.
        ::core::result::Result::<(), $crate::generated::SerdeError>::Ok(())
    };
    ($presence:ident, $value:expr, $schema:expr, $serializer:expr) => {
        $crate::Value::write(&$value, $schema, $serializer)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __read {
    (streaming, $place:expr, $schema:expr, $deserializer:expr) => {
        Ok(())
    };
    ($presence:ident, $place:expr, $schema:expr, $deserializer:expr) => {
        $crate::read_member($place, $schema, $deserializer)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __missing {
    (checked, $value:expr, $name:literal, $field:expr) => {
        if $value.is_none() {
            return Some(($name, $field));
        }
    };
    ($presence:ident, $value:expr, $name:literal, $field:expr) => {};
}

/// Defines an operation's fluent builder, whose setters are those of the input's builder.
#[doc(hidden)]
#[macro_export]
macro_rules! __fluent_builder {
    (
        $(#[derive($clone:ident $(, $derive:ident)*)])?
        #[calls(
            $operation:ident,
            $input:ident,
            $input_builder:ident,
            $output:ident,
            $error:ident
        )]
        $(#[token($token:ident)])?
        $(#[streams($body:ident)])?
        $(#[host_prefix($format:literal $(, $label:ident)* $(,)?)])?
        pub struct $fluent:ident {
            $(
                $(#[doc = $member_doc:expr])*
                $(#[deprecated(note = $note:literal)])?
                #[member($index:literal, $name:literal $($member:tt)*)]
                #[build(
                    $presence:ident $(= $default:expr)?,
                    $setter:ident $(($($setter_arg:ty),*))?,
                    $set:ident,
                    $get:ident
                    $(,)?
                )]
                $field:ident: $ty:ty,
            )*
        }
    ) => {
        #[doc = concat!("A request of [`", stringify!($operation), "`] in the making.")]
        ///
        /// Each setter fills a member of the input; `send()` sends the request.
        #[derive(Debug)]
        $(#[derive($clone)])?
        pub struct $fluent {
            call: $crate::Call<$operation>,
        }

        impl $fluent {
            /// Starts a call.
            #[inline]
            pub fn new(handle: $crate::Handle) -> Self {
                Self { call: $crate::Call::new(handle) }
            }

            /// The input as it is so far.
            #[inline]
            pub fn as_input(&self) -> &$input_builder {
                &self.call.input
            }

            /// Sends the request.
            ///
            /// # Errors
            ///
            /// Says why the call failed: see the error's variants. A failure that may pass is
            /// retried first, as the client's retry configuration says.
            #[inline]
            pub async fn send(
                self,
            ) -> ::core::result::Result<$output, $crate::error::SdkError<$error>> {
                self.call.send().await
            }

            /// Opens the call for changes: interceptors, edits of the request, configuration.
            #[inline]
            pub fn customize(self) -> $crate::CustomizableOperation<$output, $error, Self> {
                $crate::CustomizableOperation::new(self)
            }

            $(
                $crate::__fluent_setter! {
                    $setter $(($($setter_arg),*))?, $field: $ty, {
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
                fn idempotency_token(
                    &mut self,
                ) -> ::core::option::Option<&mut ::core::option::Option<::std::string::String>> {
                    Some(&mut self.$token)
                }
            )?

            $(
                fn body(&mut self) -> ::core::option::Option<&mut $crate::generated::ByteStream> {
                    Some(&mut self.$body)
                }
            )?

            $(
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
            fn into_call(self) -> $crate::Call<$operation> {
                self.call
            }

            #[inline]
            fn call(&mut self) -> &mut $crate::Call<$operation> {
                &mut self.call
            }
        }

        impl $input_builder {
            /// Sends a request with this input by the client.
            ///
            /// # Errors
            ///
            /// As the fluent builder's `send()`.
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

#[doc(hidden)]
#[macro_export]
macro_rules! __fluent_setter {
    (insert($key:ty, $value:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        ///
        /// Adds one entry; the setter with `set_` before its name replaces them all.
        #[inline]
        pub fn $field(
            mut self,
            k: impl ::core::convert::Into<$key>,
            v: impl ::core::convert::Into<$value>,
        ) -> Self {
            self.call.input = self.call.input.$field(k, v);
            self
        }
    };
    (value, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, input: $ty) -> Self {
            self.call.input = self.call.input.$field(input);
            self
        }
    };
    (push($item:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        ///
        /// Appends one item; the setter with `set_` before its name replaces them all.
        #[inline]
        pub fn $field(mut self, input: $item) -> Self {
            self.call.input = self.call.input.$field(input);
            self
        }
    };
    (push_into($item:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        ///
        /// Appends one item; the setter with `set_` before its name replaces them all.
        #[inline]
        pub fn $field(mut self, input: impl ::core::convert::Into<$item>) -> Self {
            self.call.input = self.call.input.$field(input);
            self
        }
    };
    ($setter:ident $(($inner:ty))?, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, input: impl ::core::convert::Into<$ty>) -> Self {
            self.call.input = self.call.input.$field(input);
            self
        }
    };
}

/// Implements what every operation's output has: the request ID that came with it.
#[macro_export]
macro_rules! operation_output {
    ($(#[streams($body:ident)])? pub struct $output:ident($builder:ident $(,)?);) => {
        impl $crate::generated::RequestId for $output {
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
            fn set_beside(
                builder: &mut $builder,
                request_id: ::core::option::Option<::std::string::String>,
                body: ::core::option::Option<$crate::generated::SdkBody>,
            ) {
                builder._request_id = request_id;
                $(builder.$body = body.map($crate::generated::ByteStream::new);)?
            }
        }
    };
}

/// Implements what every modelled error has: its code, its message, its `Display`.
#[macro_export]
macro_rules! error_shape {
    (
        #[answers($code:literal)]
        $(#[message($message:ident)])?
        $(#[retry($retry:ident)])?
        pub struct $error:ident($builder:ident $(,)?);
    ) => {
        impl ::core::fmt::Display for $error {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str($code)?;
                $(if let Some(message) = &self.$message {
                    write!(f, ": {message}")?;
                })?
                Ok(())
            }
        }

        impl ::std::error::Error for $error {}

        impl $crate::generated::ProvideErrorMetadata for $error {
            fn meta(&self) -> &$crate::generated::ErrorMetadata {
                &self.meta
            }
        }

        impl $crate::generated::RequestId for $error {
            fn request_id(&self) -> ::core::option::Option<&str> {
                $crate::generated::RequestId::request_id(&self.meta)
            }
        }

        impl $builder {
            /// Sets the code, message and request ID that come with the error.
            #[inline]
            pub fn meta(mut self, meta: $crate::generated::ErrorMetadata) -> Self {
                self.meta = meta;
                self
            }

            /// Sets the code, message and request ID that come with the error.
            #[inline]
            pub fn set_meta(
                &mut self,
                meta: ::core::option::Option<$crate::generated::ErrorMetadata>,
            ) -> &mut Self {
                self.meta = meta.unwrap_or_default();
                self
            }
        }

        impl $crate::error::ModelledError for $error {
            fn shape_code(&self) -> &'static str {
                $code
            }

            fn retryable(&self) -> ::core::option::Option<$crate::error::ErrorKind> {
                $(if true {
                    return Some($crate::error::ErrorKind::$retry);
                })?
                None
            }
        }

        impl $crate::ErrorShape for $error {
            const CODE: &'static str = $code;

            fn set_metadata(builder: &mut $builder, meta: $crate::generated::ErrorMetadata) {
                $(if builder.$message.is_none() {
                    builder.$message = meta.message().map(Into::into);
                })?
                builder.meta = meta;
            }
        }
    };
}

/// Defines an enum of all modelled errors of a service, which reads them once for all operations.
#[macro_export]
macro_rules! modelled_errors {
    (
        $(#[doc = $doc:expr])*
        pub(crate) enum $name:ident {
            $($error:ident($shape:ident),)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug)]
        #[allow(clippy::enum_variant_names, reason = "the variants are named as the shapes are")]
        pub(crate) enum $name {
            $($error($shape),)*
        }

        impl $name {
            /// Reads the error of a code, if there is one.
            #[allow(unused_variables)]
            pub(crate) fn read(
                metadata: &$crate::generated::ErrorMetadata,
                deserializer: &mut dyn $crate::generated::ShapeDeserializer,
            ) -> ::core::option::Option<
                ::core::result::Result<Self, $crate::generated::SerdeError>,
            > {
                match metadata.code()? {
                    $(
                        <$shape as $crate::ErrorShape>::CODE => Some(
                            match $crate::error::read_error_shape::<$shape>(metadata, deserializer) {
                                Ok(error) => Ok(Self::$error(error)),
                                Err(error) => Err(error),
                            },
                        ),
                    )*
                    _ => None,
                }
            }
        }
    };
}

/// Defines an operation's error: one variant for each modelled error, and one for all others.
///
/// `#[refuses("Operation", AllErrors)]` names the operation and the enum of all modelled errors.
#[macro_export]
macro_rules! operation_error {
    (
        $(#[doc = $doc:expr])*
        #[refuses($operation:literal, $all:ident)]
        pub enum $name:ident {
            $($(#[doc = $variant_doc:expr])* #[method($is:ident)] $variant:ident($type:ty),)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $variant_doc])* $variant($type),)*
            /// An error that the model does not know, or an answer that cannot be read.
            #[deprecated(note = "match with a wildcard and look at `code()` instead; \
                a later version may give the error a variant of its own")]
            Unhandled($crate::error::Unhandled),
        }

        #[allow(deprecated)]
        impl $name {
            /// Makes the unhandled variant of any error.
            #[inline]
            pub fn unhandled(err: impl ::core::convert::Into<$crate::error::BoxError>) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(err.into(), ::core::default::Default::default()))
            }

            /// Makes the unhandled variant of an error's code and message.
            #[inline]
            pub fn generic(err: $crate::generated::ErrorMetadata) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(err.clone().into(), err))
            }

            /// The code, message and request ID that came with the error.
            #[inline]
            pub fn meta(&self) -> &$crate::generated::ErrorMetadata {
                $crate::error::OperationError::view(self).meta()
            }

            $(
                #[doc = concat!("Whether the error is a `", stringify!($variant), "`.")]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }
            )*
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::error::OperationError::view(self).fmt($operation, f)
            }
        }

        impl ::std::error::Error for $name {
            fn source(&self) -> ::core::option::Option<&(dyn ::std::error::Error + 'static)> {
                Some($crate::error::OperationError::view(self).source())
            }
        }

        impl $crate::generated::ProvideErrorMetadata for $name {
            fn meta(&self) -> &$crate::generated::ErrorMetadata {
                $crate::error::OperationError::view(self).meta()
            }
        }

        impl $crate::generated::RequestId for $name {
            #[inline]
            fn request_id(&self) -> ::core::option::Option<&str> {
                $crate::generated::RequestId::request_id(self.meta())
            }
        }

        #[allow(deprecated)]
        impl $crate::error::CreateUnhandledError for $name {
            fn create_unhandled_error(
                source: $crate::error::BoxError,
                meta: ::core::option::Option<$crate::generated::ErrorMetadata>,
            ) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(source, meta.unwrap_or_default()))
            }
        }

        #[allow(deprecated)]
        impl $crate::error::OperationError for $name {
            fn view(&self) -> $crate::error::ErrorView<'_> {
                match self {
                    $(Self::$variant(inner) => $crate::error::ErrorView::Modelled(inner),)*
                    Self::Unhandled(inner) => $crate::error::ErrorView::Unhandled(inner),
                }
            }

            fn read(
                metadata: &$crate::generated::ErrorMetadata,
                deserializer: &mut dyn $crate::generated::ShapeDeserializer,
            ) -> ::core::option::Option<
                ::core::result::Result<Self, $crate::generated::SerdeError>,
            > {
                match $all::read(metadata, deserializer)? {
                    $(Ok($all::$variant(inner)) => Some(Ok(Self::$variant(inner))),)*
                    Err(error) => Some(Err(error)),
                    // Another operation's error.
                    #[allow(unreachable_patterns)]
                    Ok(_) => None,
                }
            }
        }
    };
}
