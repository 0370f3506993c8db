//! The methods of a member: the getter of the structure and the setter of its builder.

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
