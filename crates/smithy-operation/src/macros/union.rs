//! Unions: enums that hold the value of one member, or of a member that is not in the model.

/// Defines a union: its variants, the methods that check for them, and its [`Value`](crate::Value).
///
/// - `#[shape(namespace = "...", name = "...", setters())]` sets the ID of the shape, and calls setters of its
///   schema.
/// - `#[member(index = 0, name = "name", kind = String, setters())]` describes the member of a variant: its
///   index, its name in the model, its kind (a variant of `ShapeType`), and calls to setters of its schema.
/// - `#[methods(is = is_x, as = as_x, value = T)]` names the methods that check for a variant and access its
///   value, and the type of the value. `#[methods(is = is_x)]` is the form for a member without a value.
#[macro_export]
macro_rules! union {
    (
        $(#[doc = $doc:expr])*
        $(#[deprecated(note = $note:literal)])?
        #[shape(namespace = $namespace:literal, name = $shape:literal $(, $shape_call:ident($($shape_arg:expr),* $(,)?))* $(,)?)]
        pub enum $name:ident {
            $(
                $(#[doc = $variant_doc:expr])*
                #[member(
                    index = $index:literal,
                    name = $member:literal,
                    kind = $kind:ident
                    $(, $call:ident($($arg:expr),* $(,)?))*
                    $(,)?
                )]
                #[methods(is = $is:ident $(, as = $as:ident, value = $inner:ty)? $(,)?)]
                $variant:ident $(($ty:ty $(,)?))?,
            )*
        }
    ) => {
        $(#[doc = $doc])*
        $(#[deprecated(note = $note)])?
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $variant_doc])* $variant $(($ty))?,)*
            /// A member that this version of the crate does not know. It can be read but not written.
            Unknown,
        }

        impl $name {
            $(
                #[doc = concat!("Returns whether the value is a `", stringify!($variant), "`.")]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant { .. })
                }

                $(
                    #[doc = concat!("Returns the value, if it is a `", stringify!($variant), "`.")]
                    ///
                    /// # Errors
                    ///
                    /// Returns the union itself if it is another variant.
                    #[inline]
                    pub fn $as(&self) -> ::core::result::Result<&$inner, &Self> {
                        match self {
                            Self::$variant(value) => Ok(value),
                            other => Err(other),
                        }
                    }
                )?
            )*

            /// Returns whether it is a member that this version of the crate does not know.
            #[inline]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown)
            }
        }

        const _: () = {
            const COUNT: usize = <[usize]>::len(&[$($index),*]);
            static MEMBERS: [$crate::generated::Schema<'static>; COUNT] = [$(
                $crate::generated::Schema::new_member(
                    $crate::generated::shape_id!($namespace, $shape, $member),
                    $crate::generated::ShapeType::$kind,
                    $member,
                    $index,
                )$(.$call($($arg),*))*
            ),*];
            static MEMBER_REFS: [&$crate::generated::Schema<'static>; COUNT] = [$(&MEMBERS[$index]),*];
            static SCHEMA: $crate::generated::Schema<'static> = $crate::generated::Schema::new_struct(
                $crate::generated::shape_id!($namespace, $shape),
                $crate::generated::ShapeType::Union,
                &MEMBER_REFS,
            )$(.$shape_call($($shape_arg),*))*;

            $crate::__described_union! {
                [$(#[doc = $doc])* $(#[deprecated(note = $note)])?]
                $name, SCHEMA, MEMBERS,
                { $([$($variant_doc)*] $index $member $variant $(($ty))?,)* }
            }

            impl ::core::fmt::Debug for $name {
                #[inline]
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    $($crate::__union_debug! { self, f, &MEMBERS[$index], $variant $(($ty))? })*
                    f.write_str("Unknown")
                }
            }

            impl $crate::generated::SerializableStruct for $name {
                #[inline]
                fn schema(&self) -> &$crate::generated::Schema<'_> {
                    &SCHEMA
                }

                #[inline]
                fn serialize_members(
                    &self,
                    serializer: &mut dyn $crate::generated::ShapeSerializer,
                ) -> ::core::result::Result<(), $crate::generated::SerdeError> {
                    $($crate::__union_write! { self, serializer, &MEMBERS[$index], $variant $(($ty))? })*
                    Err($crate::generated::SerdeError::invalid_input(concat!(
                        "the variant `Unknown` of ",
                        stringify!($name),
                        " cannot be sent"
                    )))
                }
            }

            impl $crate::Value for $name {
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
                    $crate::read_union(&SCHEMA, deserializer, Self::Unknown, &mut |index, _schema, deserializer| {
                        match index {
                            $($index => $crate::__union_read!(_schema, deserializer, $variant $(($ty))?),)*
                            _ => Ok(Self::Unknown),
                        }
                    })
                }

                #[inline]
                fn zero() -> Self {
                    Self::Unknown
                }
            }
        };

        $crate::__serde_union! { $name }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __union_debug {
    ($self:ident, $f:ident, $schema:expr, $variant:ident($ty:ty)) => {
        if let Self::$variant(value) = $self {
            return $crate::debug_variant($f, stringify!($variant), $schema, value);
        }
    };
    ($self:ident, $f:ident, $schema:expr, $variant:ident) => {
        if let Self::$variant = $self {
            return $f.write_str(stringify!($variant));
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __union_write {
    ($self:ident, $serializer:ident, $schema:expr, $variant:ident($ty:ty)) => {
        if let Self::$variant(value) = $self {
            return $crate::Value::write(value, $schema, $serializer);
        }
    };
    ($self:ident, $serializer:ident, $schema:expr, $variant:ident) => {
        if let Self::$variant = $self {
            return $crate::write_unit($schema, $serializer);
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __union_read {
    ($schema:ident, $deserializer:ident, $variant:ident($ty:ty)) => {
        $crate::Value::read($schema, $deserializer).map(Self::$variant)
    };
    ($schema:ident, $deserializer:ident, $variant:ident) => {
        $crate::read_unit($deserializer).map(|()| Self::$variant)
    };
}
