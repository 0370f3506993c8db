//! Serialization and deserialization with serde, if the feature is on.

/// Implements serde's traits for a structure.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_structure {
    ($target:ident) => {
        $crate::__serialize! { $target }

        #[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
        impl<'de> $crate::serde::Deserialize<'de> for $target {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde::deserialize_structure(stringify!($target), deserializer)
            }
        }
    };
}

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_structure {
    ($target:ident) => {};
}

/// Implements serde's traits for a modelled error.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_error {
    ($target:ident, $builder:ident, [$($message:ident)?]) => {
        $crate::__serialize! { $target }

        #[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
        impl<'de> $crate::serde::Deserialize<'de> for $target {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                #[allow(unused_variables)]
                fn message(builder: &$builder) -> ::core::option::Option<&str> {
                    $(if let ::core::option::Option::Some(message) = &builder.$message {
                        return ::core::option::Option::Some(message.as_ref());
                    })?
                    ::core::option::Option::None
                }
                $crate::serde::deserialize_error(stringify!($target), deserializer, message)
            }
        }
    };
}

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_error {
    ($target:ident, $builder:ident, [$($message:ident)?]) => {};
}

/// Implements serde's traits for a union.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_union {
    ($target:ident) => {
        $crate::__serialize! { $target }

        #[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
        impl<'de> $crate::serde::Deserialize<'de> for $target {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde::deserialize_value(stringify!($target), deserializer)
            }
        }
    };
}

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_union {
    ($target:ident) => {};
}

/// Implements serde's traits for an enum of strings.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_string_enum {
    ($target:ident) => {
        #[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
        impl $crate::serde::Serialize for $target {
            #[inline]
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
        impl<'de> $crate::serde::Deserialize<'de> for $target {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let text = $crate::serde::deserialize_text(stringify!($target), deserializer)?;
                ::core::result::Result::Ok(Self::from(text.as_str()))
            }
        }
    };
}

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_string_enum {
    ($target:ident) => {};
}

/// Implements serde's traits for an enum of integers.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_int_enum {
    ($target:ident) => {
        #[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
        impl $crate::serde::Serialize for $target {
            #[inline]
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i32(self.as_i32())
            }
        }

        #[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
        impl<'de> $crate::serde::Deserialize<'de> for $target {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let number = $crate::serde::deserialize_number(stringify!($target), deserializer)?;
                ::core::result::Result::Ok(Self::from(number))
            }
        }
    };
}

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_int_enum {
    ($target:ident) => {};
}

/// Implements `Serialize` for a structure, union or error.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize {
    ($target:ident) => {
        #[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
        impl $crate::serde::Serialize for $target {
            #[inline]
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::serde::serialize(self, serializer)
            }
        }
    };
}

/// Defines `Structure::restore`.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __restore {
    (
        $builder:ident,
        { $($presence:ident $(= $default:expr)?, $name:literal, $field:ident;)* },
        [$($extra:ident)?]
    ) => {
        #[allow(unused_variables)]
        #[inline]
        fn restore(
            builder: $builder,
        ) -> ::core::result::Result<Self, $crate::generated::SerdeError> {
            ::core::result::Result::Ok(Self {
                $($field: $crate::__restore_member!($presence $(= $default)?, builder.$field, $name),)*
                $($extra: builder.$extra,)?
            })
        }
    };
}

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __restore {
    ($($tokens:tt)*) => {};
}

#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __restore_member {
    (required, $value:expr, $name:literal) => {
        $value.ok_or_else(|| $crate::generated::SerdeError::missing_member($name))?
    };
    // A message lacks what nobody set, so it is not filled in.
    (filled, $value:expr, $name:literal) => {
        $value
    };
    ($presence:ident $(= $default:expr)?, $value:expr, $name:literal) => {
        $crate::__finish!(read $presence $(= $default)?, $value, "", "")
    };
}
