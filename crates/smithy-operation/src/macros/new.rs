//! Constructors of structures, which take the required members.

/// Defines the constructor of a structure, if there is one.
///
/// The names of the parameters are in the order in which the constructor takes them. What a parameter is depends
/// on how its member is passed: strings and boxes are `impl Into<T>`, lists and maps are `impl IntoIterator`.
#[doc(hidden)]
#[macro_export]
macro_rules! __new {
    ([], $($rest:tt)*) => {};
    // Without required members, it is the default.
    ([$new:ident()], $target:ident, $builder:ident, $members:tt) => {
        impl $target {
            #[doc = concat!("Creates a [`", stringify!($target), "`]. No member is required.")]
            #[inline]
            pub fn $new() -> Self {
                $crate::Structure::complete(::core::default::Default::default())
            }
        }

        impl ::core::default::Default for $target {
            #[inline]
            fn default() -> Self {
                Self::$new()
            }
        }
    };
    (
        [$new:ident($($param:ident),+)],
        $target:ident, $builder:ident,
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
        const _: () = {
            // A macro cannot look a member up by its name. These two can: they have an arm for each member.
            macro_rules! parameter {
                $(($field) => { $crate::__param! { $passed $(($($passed_arg),*))?, $ty } };)*
            }
            macro_rules! converter {
                $(($field) => { $crate::__convert! { $passed } };)*
            }

            impl $target {
                #[doc = concat!("Creates a [`", stringify!($target), "`] with the required members:")]
                #[doc = concat!($("\n- `", stringify!($param), "`"),+)]
                ///
                /// All other members are unset. They are public fields.
                #[inline]
                #[allow(clippy::too_many_arguments)]
                pub fn $new($($param: parameter!($param)),+) -> Self {
                    let mut builder = <$builder as ::core::default::Default>::default();
                    $(builder.$param = ::core::option::Option::Some(converter!($param)($param));)+
                    $crate::Structure::complete(builder)
                }
            }
        };
    };
}

/// The type of a parameter.
#[doc(hidden)]
#[macro_export]
macro_rules! __param {
    (copy, $ty:ty) => { $ty };
    (value, $ty:ty) => { $ty };
    (text, $ty:ty) => { impl ::core::convert::Into<$ty> };
    (boxed($inner:ty), $ty:ty) => { impl ::core::convert::Into<$ty> };
    (list($item:ty), $ty:ty) => { impl ::core::iter::IntoIterator<Item = $item> };
    (texts($item:ty), $ty:ty) => {
        impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$item>>
    };
    (map($key:ty, $value:ty), $ty:ty) => {
        impl ::core::iter::IntoIterator<Item = ($key, $value)>
    };
}

/// The function that makes the member of a parameter.
#[doc(hidden)]
#[macro_export]
macro_rules! __convert {
    (copy) => {
        ::core::convert::identity
    };
    (value) => {
        ::core::convert::identity
    };
    (text) => {
        ::core::convert::Into::into
    };
    (boxed) => {
        ::core::convert::Into::into
    };
    (list) => {
        $crate::collect
    };
    (texts) => {
        $crate::collect_into
    };
    (map) => {
        $crate::collect_map
    };
}
