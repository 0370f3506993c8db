//! Enums that keep values that are not in the model.

/// The string of an enum value that is not in the model.
///
/// `as_str()` of the enum returns it. Only generated code can create one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownVariantValue(String);

impl UnknownVariantValue {
    #[doc(hidden)]
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// Returns the value as the service sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ::std::fmt::Display for UnknownVariantValue {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Defines an enum of strings: its variants, its conversions from and to strings, and its [`Value`].
///
/// A string that matches no variant becomes `Unknown`, which keeps the string.
///
/// [`Value`]: crate::Value
#[macro_export]
macro_rules! string_enum {
    (
        $(#[doc = $doc:expr])*
        $(#[deprecated(note = $note:literal)])?
        $(#[sensitive($sensitive:ident)])?
        pub enum $name:ident {
            $($(#[doc = $variant_doc:expr])* $variant:ident = $value:literal,)*
        }
    ) => {
        $(#[doc = $doc])*
        $(#[deprecated(note = $note)])?
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $variant_doc])* $variant,)*
            /// A value that this version of the crate does not know.
            ///
            /// Do not match on it: a later version may know the value and add a variant for it. Match with a
            /// wildcard and use `as_str()` instead.
            #[deprecated(note = "match with a wildcard and look at `as_str()` instead; \
                a later version may give the value a variant of its own")]
            Unknown($crate::UnknownVariantValue),
        }

        #[allow(deprecated)]
        impl $name {
            /// Returns the value as it appears on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// Returns every value in the model, as it appears on the wire.
            #[inline]
            pub const fn values() -> &'static [&'static str] {
                &[$($value),*]
            }

            /// Creates the enum from a value in the model.
            ///
            /// # Errors
            ///
            /// Returns an error if the value is not in the model. Use `from` to keep such values.
            #[inline]
            pub fn try_parse(value: &str) -> ::core::result::Result<Self, $crate::error::UnknownVariantError> {
                match Self::from(value) {
                    Self::Unknown(_) => Err($crate::error::UnknownVariantError::new(value)),
                    known => Ok(known),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown($crate::UnknownVariantValue::new(other)),
                }
            }
        }

        $crate::__enum_debug!($name, { $($variant)* } $(, $sensitive)?);

        $crate::__described_enum! {
            [$($doc)*] [$($note)?] $name, EnumShape, Enum,
            { $([$($variant_doc)*] $value,)* }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::core::convert::Infallible;
            // `Self::Err` may be a variant.
            #[inline]
            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::MapKey for $name {
            #[inline]
            fn from_text(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl $crate::Value for $name {
            #[inline]
            fn write(
                &self,
                schema: &$crate::generated::Schema<'_>,
                serializer: &mut dyn $crate::generated::ShapeSerializer,
            ) -> ::core::result::Result<(), $crate::generated::SerdeError> {
                serializer.write_string(schema, self.as_str())
            }
            #[inline]
            fn read(
                schema: &$crate::generated::Schema<'_>,
                deserializer: &mut dyn $crate::generated::ShapeDeserializer,
            ) -> ::core::result::Result<Self, $crate::generated::SerdeError> {
                deserializer.read_string(schema).map(|text| Self::from(text.as_str()))
            }
            #[inline]
            fn zero() -> Self {
                // The response lacks a required member. This is not a value in the model.
                Self::from("no value was set")
            }
        }

        $crate::__serde_string_enum! { $name }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __enum_debug {
    ($name:ident, { $($variant:ident)* }) => {
        #[allow(deprecated)]
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$variant => f.write_str(stringify!($variant)),)*
                    Self::Unknown(value) => f.debug_tuple("Unknown").field(value).finish(),
                }
            }
        }
    };
    ($name:ident, { $($variant:ident)* }, redacted) => {
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str("*** Sensitive Data Redacted ***")
            }
        }
    };
}

/// Defines an enum of integers: its variants, its conversions from and to `i32`, and its [`Value`].
///
/// A number that matches no variant becomes `Unknown`, which keeps the number.
///
/// [`Value`]: crate::Value
#[macro_export]
macro_rules! int_enum {
    (
        $(#[doc = $doc:expr])*
        $(#[deprecated(note = $note:literal)])?
        pub enum $name:ident {
            $($(#[doc = $variant_doc:expr])* $variant:ident = $value:literal,)*
        }
    ) => {
        $(#[doc = $doc])*
        $(#[deprecated(note = $note)])?
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $variant_doc])* $variant,)*
            /// A number that this version of the crate does not know.
            #[deprecated(note = "match with a wildcard and look at `as_i32()` instead; \
                a later version may give the number a variant of its own")]
            Unknown(i32),
        }

        #[allow(deprecated)]
        impl $name {
            /// Returns the number as it appears on the wire.
            #[inline]
            pub const fn as_i32(self) -> i32 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }

            /// Returns every number in the model.
            #[inline]
            pub const fn values() -> &'static [i32] {
                &[$($value),*]
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<i32> for $name {
            #[inline]
            fn from(value: i32) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown(other),
                }
            }
        }

        $crate::__described_enum! {
            [$($doc)*] [$($note)?] $name, IntEnumShape, IntEnum,
            { $([$($variant_doc)*] $value,)* }
        }

        impl ::core::convert::From<$name> for i32 {
            #[inline]
            fn from(value: $name) -> i32 {
                value.as_i32()
            }
        }

        impl $crate::Value for $name {
            #[inline]
            fn write(
                &self,
                schema: &$crate::generated::Schema<'_>,
                serializer: &mut dyn $crate::generated::ShapeSerializer,
            ) -> ::core::result::Result<(), $crate::generated::SerdeError> {
                serializer.write_integer(schema, self.as_i32())
            }
            #[inline]
            fn read(
                schema: &$crate::generated::Schema<'_>,
                deserializer: &mut dyn $crate::generated::ShapeDeserializer,
            ) -> ::core::result::Result<Self, $crate::generated::SerdeError> {
                deserializer.read_integer(schema).map(Self::from)
            }
            #[inline]
            fn zero() -> Self {
                Self::from(0)
            }
        }

        $crate::__serde_int_enum! { $name }
    };
}
