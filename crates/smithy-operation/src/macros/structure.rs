//! Structures and their builders.

mod accessors;
mod presence;

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
