//! The macro that defines the trait of a service.

/// Defines the trait `Api`, which has a method for each operation of a service, and implements it for the
/// service's client.
///
/// Each line of the table has the method, the module, the operation and its input. The operations' modules are
/// in `operation`, which the caller imports.
#[macro_export]
macro_rules! api {
    (
        $client:ty;
        $(
            $(#[$meta:meta])*
            $method:ident: $module:ident::{$operation:ident, $input:ident};
        )*
    ) => {
        /// The operations of the service as a trait, for programs that prefer one to a [`Client`](crate::Client).
        ///
        /// `Client` implements it. An implementation of your own need only have the methods that the test
        /// calls: the others fail with an error that says so. The trait can be used as `dyn Api`.
        ///
        /// A method takes the whole input. On a `Client`, the methods of the same names return fluent builders,
        /// so use the trait through a generic parameter or `&dyn Api`.
        #[allow(deprecated)]
        pub trait Api: ::core::marker::Send + ::core::marker::Sync {
            $(
                #[doc = concat!("Calls [`", stringify!($operation), "`](operation::", stringify!($module), "::", stringify!($operation), ").")]
                $(#[$meta])*
                fn $method(
                    &self,
                    input: operation::$module::$input,
                ) -> $crate::ApiFuture<'_, operation::$module::$operation> {
                    $crate::not_implemented::<operation::$module::$operation>(input)
                }
            )*
        }

        #[allow(deprecated)]
        impl Api for $client {
            $(
                fn $method(
                    &self,
                    input: operation::$module::$input,
                ) -> $crate::ApiFuture<'_, operation::$module::$operation> {
                    $crate::call::<operation::$module::$operation>(self, input)
                }
            )*
        }
    };
}
