//! Structures and their builders.

/// Defines a structure: its fields, getters and builder, and the code that reads and writes it.
///
/// The attributes of the structure, in this order:
///
/// - `#[derive(Clone, PartialEq)]`, unless a member is a stream.
/// - `#[shape(namespace = "...", name = "...", setters())]` sets the ID of the shape and calls setters of
///   its schema.
/// - `#[builder(name = B, build = fallible)]` names the builder and states whether `build()` can fail.
/// - `#[new(field, ...)]`, if the structure has a constructor: its parameters in their order. If a member is called
///   `new`, the attribute and the constructor are called `with_required`.
/// - One of these, depending on the role of the structure:
/// - `#[value]`: a value that members of other shapes can hold.
/// - `#[input(method = "POST", uri = "/...", status = 200)]`: the input of an operation, followed by
///   `#[fluent(name = F, operation = O, output = T, error = E)]`, which defines the fluent builder, and,
///   if they apply, `#[token(field)]`, `#[streams(field)]` or `#[events(field)]`, `#[host_prefix("{}.", field)]`,
///   `#[prepared(field, set_default(...))]` and `#[call_endpoint(field)]`.
/// - `#[output]`: the output of an operation, followed by `#[streams(field)]` if a member is a stream, and by
///   `#[demands(field, ...)]` if members must be in the response.
///   - `#[error(code = "...", message = field, retry = ServerError, status = 500)]`: a modelled error. The last
///     three are optional. `#[value]` may follow.
///
/// The attributes of a member:
///
/// - `#[member(index = 0, name = "Name", kind = String, setters())]` sets its index, its name in the
///   model, its kind (a variant of `ShapeType`), and calls setters of its schema.
/// - `#[build(optional = T, as = text, set = set_x, get = get_x)]` states whether the member may be absent,
///   its type when present, how it is passed, and the names of the builder's methods.
///   Presence is `optional`, `checked` (optional until the request is sent), `filled` (optional until an
///   response is read), `required`, `default` (followed by `value = expression`), `implied` (a default that
///   is not sent), `streaming` or `events` (a stream of events). It is passed as `copy`, `value`, `text`, `boxed(T)`, `list(T)`, `texts(T)` or
///   `map(K, V)`, where `K` and `V` may be `impl Into<T>`.
#[macro_export]
macro_rules! structure {
    // The input of an operation.
    (
        $(#[doc = $doc:expr])*
        $(#[deprecated(note = $note:literal)])?
        $(#[derive($($derive:ident),* $(,)?)])?
        #[shape(namespace = $namespace:literal, name = $shape:literal $(, $call:ident($($arg:expr),* $(,)?))* $(,)?)]
        #[builder(name = $builder:ident, build = $fallible:ident $(,)?)]
        $(#[new($($new:ident),* $(,)?)])?
        $(#[with_required($($with_required:ident),* $(,)?)])?
        #[input(method = $method:literal, uri = $uri:literal, status = $status:literal $(,)?)]
        #[fluent(
            name = $fluent:ident,
            operation = $operation:ident,
            output = $output:ident,
            error = $error:ident
            $(,)?
        )]
        $(#[token($token:ident)])?
        $(#[streams($body:ident)])?
        $(#[events($events:ident)])?
        $(#[host_prefix($($prefix:tt)*)])?
        $(#[prepared($prepared:ident, $prepare:ident($($how:expr),*))])*
        $(#[call_endpoint($endpoint:ident)])?
        pub struct $target:ident { $($members:tt)* }
    ) => {
        $crate::__structure! {
            [$(#[doc = $doc])* $(#[deprecated(note = $note)])?]
            [$($($derive),*)?]
            [
                $namespace, $shape,
                with_http($crate::generated::HttpTrait::new($method, $uri, Some($status)))
                $(, $call($($arg),*))*
            ]
            $target, $builder, $fallible, [], { $($members)* }
        }

        $crate::__new! {
            [$(new($($new),*))? $(with_required($($with_required),*))?],
            $target, $builder, { $($members)* }
        }

        impl $crate::OperationInput for $target {
            type Operation = $operation;
            type ServiceError = <$error as $crate::error::OperationError>::ServiceError;
        }

        $crate::__fluent_builder! {
            [$($($derive),*)?]
            [$operation, $target, $builder, $output, $error]
            $(#[token($token)])?
            $(#[streams($body)])?
            $(#[events($events)])?
            $(#[host_prefix($($prefix)*)])?
            $(#[prepared($prepared, $prepare($($how),*))])*
            $(#[call_endpoint($endpoint)])?
            $fluent, { $($members)* }
        }

        $crate::__serde_structure! { $target }
        $crate::__blocking_builder! {
            [$($($derive),*)?]
            [$operation, $builder, $output, $error]
            $fluent, { $($members)* }
        }
        $crate::__described_input! { $target, [$($token)?] }
    };
    // The output of an operation.
    (
        $(#[doc = $doc:expr])*
        $(#[deprecated(note = $note:literal)])?
        $(#[derive($($derive:ident),* $(,)?)])?
        #[shape(namespace = $namespace:literal, name = $shape:literal $(, $call:ident($($arg:expr),* $(,)?))* $(,)?)]
        #[builder(name = $builder:ident, build = $fallible:ident $(,)?)]
        #[output]
        $(#[streams($body:ident)])?
        $(#[demands($($demanded:ident),*)])?
        pub struct $target:ident { $($members:tt)* }
    ) => {
        $crate::__structure! {
            [$(#[doc = $doc])* $(#[deprecated(note = $note)])?]
            [$($($derive),*)?]
            [$namespace, $shape $(, $call($($arg),*))*]
            $target, $builder, $fallible,
            [_request_id: ::core::option::Option<::std::string::String>],
            { $($members)* }
        }

        $crate::__operation_output! { $target, $builder, [$($body)?], [$($($demanded)*)?] }

        $crate::__serde_structure! { $target }
    };
    // A modelled error.
    (
        $(#[doc = $doc:expr])*
        $(#[deprecated(note = $note:literal)])?
        $(#[derive($($derive:ident),* $(,)?)])?
        #[shape(namespace = $namespace:literal, name = $shape:literal $(, $call:ident($($arg:expr),* $(,)?))* $(,)?)]
        #[builder(name = $builder:ident, build = $fallible:ident $(,)?)]
        #[error(
            code = $code:literal
            $(, message = $message:ident)?
            $(, retry = $retry:ident)?
            $(, status = $status:literal)?
            $(,)?
        )]
        $(#[$value:ident])?
        pub struct $target:ident { $($members:tt)* }
    ) => {
        $crate::__structure! {
            [$(#[doc = $doc])* $(#[deprecated(note = $note)])?]
            [$($($derive),*)?]
            [$namespace, $shape $(, $call($($arg),*))*]
            $target, $builder, $fallible,
            [pub(crate) meta: $crate::generated::ErrorMetadata],
            { $($members)* }
        }

        $crate::__error_shape! {
            $target, $builder, $code, [$($message)?], [$($retry)?], [$($status)?]
        }

        $crate::__serde_error! { $target, $builder, [$($message)?] }

        $($crate::__value! { $value $target })?
    };
    // Any other structure.
    (
        $(#[doc = $doc:expr])*
        $(#[deprecated(note = $note:literal)])?
        $(#[derive($($derive:ident),* $(,)?)])?
        #[shape(namespace = $namespace:literal, name = $shape:literal $(, $call:ident($($arg:expr),* $(,)?))* $(,)?)]
        #[builder(name = $builder:ident, build = $fallible:ident $(,)?)]
        $(#[new($($new:ident),* $(,)?)])?
        $(#[with_required($($with_required:ident),* $(,)?)])?
        #[value]
        pub struct $target:ident { $($members:tt)* }
    ) => {
        $crate::__structure! {
            [$(#[doc = $doc])* $(#[deprecated(note = $note)])?]
            [$($($derive),*)?]
            [$namespace, $shape $(, $call($($arg),*))*]
            $target, $builder, $fallible, [], { $($members)* }
        }

        $crate::__serde_structure! { $target }

        $crate::__new! {
            [$(new($($new),*))? $(with_required($($with_required),*))?],
            $target, $builder, { $($members)* }
        }

        $crate::__value! { value $target }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __structure {
    (
        [$($meta:tt)*]
        [$($derive:ident),*]
        [$namespace:literal, $shape:literal $(, $call:ident($($arg:expr),*))*]
        $target:ident, $builder:ident, $fallible:ident,
        [$($visibility:vis $extra:ident: $extra_ty:ty)?],
        {
            $(
                $(#[doc = $member_doc:expr])*
                $(#[deprecated(note = $note:literal)])?
                #[member(
                    index = $index:literal,
                    name = $name:literal,
                    kind = $kind:ident
                    $(, $member_call:ident($($member_arg:expr),* $(,)?))*
                    $(,)?
                )]
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
        $($meta)*
        $(#[derive($derive)])*
        #[non_exhaustive]
        pub struct $target {
            $(
                $(#[doc = $member_doc])*
                $(#[deprecated(note = $note)])?
                pub $field: $field_ty,
            )*
            $($visibility $extra: $extra_ty,)?
        }

        impl $target {
            #[doc = concat!("Starts building a [`", stringify!($target), "`].")]
            #[inline]
            pub fn builder() -> $builder {
                ::core::default::Default::default()
            }

            $(
                $crate::__getter! {
                    $presence, $passed $(($($passed_arg),*))?, $field: $ty, {
                        $(#[doc = $member_doc])*
                        $(#[deprecated(note = $note)])?
                    }
                }
            )*
        }

        #[doc = concat!("Collects the members of a [`", stringify!($target), "`].")]
        $(#[derive($derive)])*
        #[derive(Default)]
        #[non_exhaustive]
        pub struct $builder {
            $($field: ::core::option::Option<$ty>,)*
            $($extra: $extra_ty,)?
        }

        impl $builder {
            $(
                $crate::__setter! {
                    $passed $(($($passed_arg),*))?, $field: $ty, {
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
                    $($crate::__write!($presence $(= $default)?, self.$field, &MEMBERS[$index], serializer)?;)*
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

                $crate::__restore! {
                    $builder, { $($presence $(= $default)?, $name, $field;)* }, [$($extra)?]
                }
            }

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

            $crate::__described_structure! {
                [$($meta)*]
                $target, SCHEMA, MEMBERS,
                {
                    $(
                        [$($member_doc)*] [$($note)?]
                        $index $name $presence $field: $ty,
                    )*
                }
            }

            $crate::__debug! { $target, { $($index $field,)* } $(, $extra)? }
            $crate::__debug! { $builder, { $($index $field,)* } $(, $extra)? }
        };
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __getter {
    (required, $($rest:tt)*) => {
        $crate::__getter! { @present $($rest)* }
    };
    (default, $($rest:tt)*) => {
        $crate::__getter! { @present $($rest)* }
    };
    (implied, $($rest:tt)*) => {
        $crate::__getter! { @present $($rest)* }
    };
    (streaming, $($rest:tt)*) => {
        $crate::__getter! { @present $($rest)* }
    };
    (events, $($rest:tt)*) => {
        $crate::__getter! { @present $($rest)* }
    };
    (@present copy, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(&self) -> $ty {
            self.$field
        }
    };
    (@present text, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(&self) -> &str {
            &self.$field
        }
    };
    (@present list($item:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(&self) -> &[$item] {
            &self.$field
        }
    };
    (@present texts($item:ty), $($rest:tt)*) => {
        $crate::__getter! { @present list($item), $($rest)* }
    };
    (@present boxed($inner:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(&self) -> &$inner {
            &self.$field
        }
    };
    (@present $passed:ident $(($($passed_arg:ty),*))?, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(&self) -> &$ty {
            &self.$field
        }
    };
    ($presence:ident, copy, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(&self) -> ::core::option::Option<$ty> {
            self.$field
        }
    };
    ($presence:ident, text, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(&self) -> ::core::option::Option<&str> {
            self.$field.as_deref()
        }
    };
    ($presence:ident, list($item:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        ///
        /// Returns an empty slice if the list is absent; the field distinguishes the two cases.
        #[inline]
        pub fn $field(&self) -> &[$item] {
            self.$field.as_deref().unwrap_or_default()
        }
    };
    ($presence:ident, texts($item:ty), $($rest:tt)*) => {
        $crate::__getter! { $presence, list($item), $($rest)* }
    };
    ($presence:ident, boxed($inner:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(&self) -> ::core::option::Option<&$inner> {
            self.$field.as_deref()
        }
    };
    ($presence:ident, $passed:ident $(($($passed_arg:ty),*))?, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(&self) -> ::core::option::Option<&$ty> {
            self.$field.as_ref()
        }
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
                $crate::write_structure(schema, self, serializer)
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
    (copy, $($rest:tt)*) => {
        $crate::__setter! { value, $($rest)* }
    };
    (value, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, input: $ty) -> Self {
            self.$field = ::core::option::Option::Some(input);
            self
        }
    };
    (text, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, input: impl ::core::convert::Into<$ty>) -> Self {
            self.$field = ::core::option::Option::Some(input.into());
            self
        }
    };
    (boxed($inner:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, input: impl ::core::convert::Into<$ty>) -> Self {
            self.$field = ::core::option::Option::Some(input.into());
            self
        }
    };
    (list($item:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        ///
        /// Appends one item. The setter with the prefix `set_` replaces the list.
        #[inline]
        pub fn $field(mut self, input: $item) -> Self {
            self.$field.get_or_insert_default().push(input);
            self
        }
    };
    (texts($item:ty), $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        ///
        /// Appends one item. The setter with the prefix `set_` replaces the list.
        #[inline]
        pub fn $field(mut self, input: impl ::core::convert::Into<$item>) -> Self {
            self.$field.get_or_insert_default().push(input.into());
            self
        }
    };
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
            self.$field.get_or_insert_default().insert(k.into(), v.into());
            self
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __build {
    (fallible, $target:ident, { $($fields:tt)* }, $self:ident) => {
        #[doc = concat!("Builds the [`", stringify!($target), "`].")]
        ///
        /// # Errors
        ///
        /// Returns an error if a required member is missing. Required members of an operation's input are
        /// checked when the request is sent.
        #[inline]
        pub fn build($self) -> ::core::result::Result<$target, $crate::generated::BuildError> {
            Ok($target { $($fields)* })
        }
    };
    (infallible, $target:ident, { $($fields:tt)* }, $self:ident) => {
        #[doc = concat!("Builds the [`", stringify!($target), "`].")]
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
    (build filled, $value:expr, $field:expr, $target:expr) => {
        $value
    };
    (read filled, $value:expr, $field:expr, $target:expr) => {
        Some($value.unwrap_or_else($crate::Value::zero))
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
    ($when:ident implied = $default:expr, $value:expr, $field:expr, $target:expr) => {
        $value.unwrap_or($default)
    };
    ($when:ident streaming, $value:expr, $field:expr, $target:expr) => {
        $value.unwrap_or_default()
    };
    (build events, $value:expr, $field:expr, $target:expr) => {
        $value.ok_or_else(|| $crate::missing_field($field, $target))?
    };
    (read events, $value:expr, $field:expr, $target:expr) => {
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
    (filled, $value:expr, $schema:expr, $serializer:expr) => {
        $crate::write_member(&$value, $schema, $serializer)
    };
    (streaming, $value:expr, $schema:expr, $serializer:expr) => {
        // The body is sent as is.
        ::core::result::Result::<(), $crate::generated::SerdeError>::Ok(())
    };
    (events, $value:expr, $schema:expr, $serializer:expr) => {
        ::core::result::Result::<(), $crate::generated::SerdeError>::Ok(())
    };
    (implied = $default:expr, $value:expr, $schema:expr, $serializer:expr) => {
        if $value == $default {
            ::core::result::Result::<(), $crate::generated::SerdeError>::Ok(())
        } else {
            $crate::Value::write(&$value, $schema, $serializer)
        }
    };
    ($presence:ident $(= $default:expr)?, $value:expr, $schema:expr, $serializer:expr) => {
        $crate::Value::write(&$value, $schema, $serializer)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __read {
    (streaming, $place:expr, $schema:expr, $deserializer:expr) => {
        Ok(())
    };
    (events, $place:expr, $schema:expr, $deserializer:expr) => {
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
    (events, $value:expr, $name:literal, $field:expr) => {
        if $value.is_missing() {
            return Some(($name, $field));
        }
    };
    ($presence:ident, $value:expr, $name:literal, $field:expr) => {};
}
