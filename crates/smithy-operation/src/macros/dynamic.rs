//! Descriptions of shapes and operations at run time. Without the feature `dynamic`, all of these macros expand
//! to nothing.

/// Describes a structure.
#[cfg(feature = "dynamic")]
#[doc(hidden)]
#[macro_export]
macro_rules! __described_structure {
    (
        [$(#[doc = $doc:expr])* $(#[deprecated(note = $note:literal)])?]
        $target:ident, $schema:ident, $members:ident,
        {
            $(
                [$($member_doc:expr)*] [$($member_note:literal)?]
                $index:literal $name:literal $presence:ident $field:ident: $ty:ty,
            )*
        }
    ) => {
        static DESCRIPTION: $crate::dynamic::StructureShape = $crate::dynamic::StructureShape {
            schema: &$schema,
            docs: $crate::dynamic::Docs(&[$($doc),*]),
            deprecated: $crate::__note!($($note)?),
            members: &[$(
                $crate::dynamic::MemberShape {
                    name: $name,
                    field: stringify!($field),
                    schema: &$members[$index],
                    docs: $crate::dynamic::Docs(&[$($member_doc),*]),
                    deprecated: $crate::__note!($($member_note)?),
                    required: $crate::__is_required!($presence),
                    of: $crate::__shape_of!($presence $ty),
                },
            )*],
        };

        impl $crate::dynamic::DescribedStructure for $target {
            const DESCRIPTION: &'static $crate::dynamic::StructureShape = &DESCRIPTION;
        }

        impl $crate::dynamic::Described for $target {
            fn shape() -> $crate::dynamic::Shape {
                $crate::dynamic::Shape::Structure(&DESCRIPTION)
            }
        }
    };
}

/// Describes a union.
#[cfg(feature = "dynamic")]
#[doc(hidden)]
#[macro_export]
macro_rules! __described_union {
    (
        [$(#[doc = $doc:expr])* $(#[deprecated(note = $note:literal)])?]
        $target:ident, $schema:ident, $members:ident,
        { $([$($member_doc:expr)*] $index:literal $name:literal $field:ident $(($ty:ty))?,)* }
    ) => {
        static DESCRIPTION: $crate::dynamic::StructureShape = $crate::dynamic::StructureShape {
            schema: &$schema,
            docs: $crate::dynamic::Docs(&[$($doc),*]),
            deprecated: $crate::__note!($($note)?),
            members: &[$(
                $crate::dynamic::MemberShape {
                    name: $name,
                    field: stringify!($field),
                    schema: &$members[$index],
                    docs: $crate::dynamic::Docs(&[$($member_doc),*]),
                    deprecated: None,
                    required: false,
                    of: $crate::__shape_of!(variant $($ty)?),
                },
            )*],
        };

        impl $crate::dynamic::DescribedStructure for $target {
            const DESCRIPTION: &'static $crate::dynamic::StructureShape = &DESCRIPTION;
        }

        impl $crate::dynamic::Described for $target {
            fn shape() -> $crate::dynamic::Shape {
                $crate::dynamic::Shape::Union(&DESCRIPTION)
            }
        }
    };
}

/// Describes an enum: of strings with `EnumShape` and `Enum`, of integers with `IntEnumShape` and `IntEnum`.
#[cfg(feature = "dynamic")]
#[doc(hidden)]
#[macro_export]
macro_rules! __described_enum {
    (
        [$($doc:expr)*] [$($note:literal)?] $target:ident, $description:ident, $shape:ident,
        { $([$($value_doc:expr)*] $value:literal,)* }
    ) => {
        impl $crate::dynamic::Described for $target {
            fn shape() -> $crate::dynamic::Shape {
                static DESCRIPTION: $crate::dynamic::$description = $crate::dynamic::$description {
                    name: stringify!($target),
                    docs: $crate::dynamic::Docs(&[$($doc),*]),
                    deprecated: $crate::__note!($($note)?),
                    values: &[$(($value, $crate::dynamic::Docs(&[$($value_doc),*]))),*],
                };
                $crate::dynamic::Shape::$shape(&DESCRIPTION)
            }
        }
    };
}

/// Describes the input of an operation.
#[cfg(feature = "dynamic")]
#[doc(hidden)]
#[macro_export]
macro_rules! __described_input {
    ($input:ident, [$($token:ident)?]) => {
        impl $crate::dynamic::DescribedInput for $input {
            const IDEMPOTENCY_TOKEN: ::core::option::Option<&'static str> =
                $crate::__note!($(stringify!($token))?);
        }
    };
}

/// The descriptor of an operation, with the description of its shapes.
#[cfg(feature = "dynamic")]
#[doc(hidden)]
#[macro_export]
macro_rules! __descriptor {
    (
        $descriptor:expr,
        [$(#[doc = $doc:expr])* $(#[deprecated(note = $note:literal)])?]
        $name:literal, $input:ident, $output:ident, [$($error:ty),*],
        [$(
            $token:literal, [$($next:literal),*],
            $(size = $size:literal,)? [$($item:literal),*]
        )?]
    ) => {
        {
            static DESCRIPTION: $crate::dynamic::OperationShape = $crate::dynamic::OperationShape {
                name: $name,
                docs: $crate::dynamic::Docs(&[$($doc),*]),
                deprecated: $crate::__note!($($note)?),
                input: <$input as $crate::dynamic::DescribedStructure>::DESCRIPTION,
                output: <$output as $crate::dynamic::DescribedStructure>::DESCRIPTION,
                errors: &[$(<$error as $crate::dynamic::DescribedStructure>::DESCRIPTION),*],
                idempotency_token: <$input as $crate::dynamic::DescribedInput>::IDEMPOTENCY_TOKEN,
                pagination: $crate::__pages!($(
                    $crate::dynamic::PaginationShape {
                        input_token: $token,
                        output_token: &[$($next),*],
                        page_size: $crate::__note!($($size)?),
                        items: &[$($item),*],
                    }
                )?),
            };
            $descriptor.described(&DESCRIPTION)
        }
    };
}

/// An optional string.
#[cfg(feature = "dynamic")]
#[doc(hidden)]
#[macro_export]
macro_rules! __note {
    () => {
        ::core::option::Option::None
    };
    ($note:expr) => {
        ::core::option::Option::Some($note)
    };
}

#[cfg(feature = "dynamic")]
#[doc(hidden)]
#[macro_export]
macro_rules! __pages {
    () => {
        ::core::option::Option::None
    };
    ($pages:expr) => {
        ::core::option::Option::Some($pages)
    };
}

/// Whether a member is required, by its presence.
#[cfg(feature = "dynamic")]
#[doc(hidden)]
#[macro_export]
macro_rules! __is_required {
    (checked) => {
        true
    };
    (filled) => {
        true
    };
    (required) => {
        true
    };
    ($presence:ident) => {
        false
    };
}

/// A function that returns the shape of a member, by its presence and type.
#[cfg(feature = "dynamic")]
#[doc(hidden)]
#[macro_export]
macro_rules! __shape_of {
    (streaming $ty:ty) => {
        $crate::dynamic::stream
    };
    (events $ty:ty) => {
        $crate::dynamic::events
    };
    (variant) => {
        $crate::dynamic::unit
    };
    ($presence:ident $ty:ty) => {
        <$ty as $crate::dynamic::Described>::shape
    };
}

#[cfg(not(feature = "dynamic"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __described_structure {
    ($($tokens:tt)*) => {};
}

#[cfg(not(feature = "dynamic"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __described_union {
    ($($tokens:tt)*) => {};
}

#[cfg(not(feature = "dynamic"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __described_enum {
    ($($tokens:tt)*) => {};
}

#[cfg(not(feature = "dynamic"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __described_input {
    ($($tokens:tt)*) => {};
}

#[cfg(not(feature = "dynamic"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __descriptor {
    ($descriptor:expr, $($tokens:tt)*) => {
        $descriptor
    };
}
