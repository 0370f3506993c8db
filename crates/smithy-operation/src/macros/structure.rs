//! Structures and their builders.

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
///   setter takes. Presence is `optional`, `checked` (optional until the request is sent), `filled`
///   (optional until an answer is read), `required`, `default = value` or `streaming`. The setter takes `value`, `into`, `boxed(T)`, or
///   one more item: `push(T)`, `push_into(T)`, `insert(K, V)`. `K` and `V` may be `impl Into<String>`.
#[macro_export]
macro_rules! structure {
    (
        $(#[doc = $doc:expr])*
        $(#[derive($($derive:ident),* $(,)?)])?
        #[builds($target:ident, $fallible:ident $(,)?)]
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
        $(#[derive($($derive:ident),* $(,)?)])?
        #[builds($target:ident, $fallible:ident $(,)?)]
        #[schema($namespace:literal, $shape:literal $(, $call:ident($($arg:expr),* $(,)?))* $(,)?)]
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
                    $(, $member_call:ident($($member_arg:expr),* $(,)?))*
                    $(,)?
                )]
                #[build(
                    $presence:ident $(= $default:expr)?,
                    $setter:ident $(($($setter_arg:ty),* $(,)?))?,
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
    (value, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
        $(#[$meta])*
        #[inline]
        pub fn $field(mut self, input: $ty) -> Self {
            self.$field = ::core::option::Option::Some(input);
            self
        }
    };
    (into, $field:ident: $ty:ty, { $(#[$meta:meta])* }) => {
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
    (filled, $value:expr, $schema:expr, $serializer:expr) => {
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
