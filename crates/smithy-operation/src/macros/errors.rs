//! Modelled errors, and the errors of operations.

/// Implements what every modelled error has: its code, its message, its `Display`.
#[macro_export]
macro_rules! error_shape {
    (
        #[answers($code:literal)]
        $(#[message($message:ident)])?
        $(#[retry($retry:ident)])?
        pub struct $error:ident($builder:ident $(,)?);
    ) => {
        impl ::core::fmt::Display for $error {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str($code)?;
                $(if let Some(message) = &self.$message {
                    write!(f, ": {message}")?;
                })?
                Ok(())
            }
        }

        impl ::std::error::Error for $error {}

        impl $crate::generated::ProvideErrorMetadata for $error {
            fn meta(&self) -> &$crate::generated::ErrorMetadata {
                &self.meta
            }
        }

        impl $crate::generated::RequestId for $error {
            fn request_id(&self) -> ::core::option::Option<&str> {
                $crate::generated::RequestId::request_id(&self.meta)
            }
        }

        impl $builder {
            /// Sets the code, message and request ID that come with the error.
            #[inline]
            pub fn meta(mut self, meta: $crate::generated::ErrorMetadata) -> Self {
                self.meta = meta;
                self
            }

            /// Sets the code, message and request ID that come with the error.
            #[inline]
            pub fn set_meta(
                &mut self,
                meta: ::core::option::Option<$crate::generated::ErrorMetadata>,
            ) -> &mut Self {
                self.meta = meta.unwrap_or_default();
                self
            }
        }

        impl $crate::error::ModelledError for $error {
            fn shape_code(&self) -> &'static str {
                $code
            }

            fn retryable(&self) -> ::core::option::Option<$crate::error::ErrorKind> {
                $(if true {
                    return Some($crate::error::ErrorKind::$retry);
                })?
                None
            }
        }

        impl $crate::ErrorShape for $error {
            const CODE: &'static str = $code;

            fn set_metadata(builder: &mut $builder, meta: $crate::generated::ErrorMetadata) {
                $(if builder.$message.is_none() {
                    builder.$message = meta.message().map(Into::into);
                })?
                builder.meta = meta;
            }
        }
    };
}

/// Defines an enum of all modelled errors of a service, which reads them once for all operations.
#[macro_export]
macro_rules! modelled_errors {
    (
        $(#[doc = $doc:expr])*
        pub(crate) enum $name:ident {
            $($error:ident($shape:ident),)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug)]
        #[allow(clippy::enum_variant_names, reason = "the variants are named as the shapes are")]
        pub(crate) enum $name {
            $($error($shape),)*
        }

        impl $name {
            /// Reads the error of a code, if there is one.
            #[allow(unused_variables)]
            pub(crate) fn read(
                metadata: &$crate::generated::ErrorMetadata,
                deserializer: &mut dyn $crate::generated::ShapeDeserializer,
            ) -> ::core::option::Option<
                ::core::result::Result<Self, $crate::generated::SerdeError>,
            > {
                match metadata.code()? {
                    $(
                        <$shape as $crate::ErrorShape>::CODE => Some(
                            match $crate::error::read_error_shape::<$shape>(metadata, deserializer) {
                                Ok(error) => Ok(Self::$error(error)),
                                Err(error) => Err(error),
                            },
                        ),
                    )*
                    _ => None,
                }
            }
        }
    };
}

/// Defines an operation's error: one variant for each modelled error, and one for all others.
///
/// `#[refuses("Operation", AllErrors)]` names the operation and the enum of all modelled errors.
#[macro_export]
macro_rules! operation_error {
    (
        $(#[doc = $doc:expr])*
        #[refuses($operation:literal, $all:ident)]
        pub enum $name:ident {
            $($(#[doc = $variant_doc:expr])* #[method($is:ident)] $variant:ident($type:ty),)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $variant_doc])* $variant($type),)*
            /// An error that the model does not know, or an answer that cannot be read.
            #[deprecated(note = "match with a wildcard and look at `code()` instead; \
                a later version may give the error a variant of its own")]
            Unhandled($crate::error::Unhandled),
        }

        #[allow(deprecated)]
        impl $name {
            /// Makes the unhandled variant of any error.
            #[inline]
            pub fn unhandled(err: impl ::core::convert::Into<$crate::error::BoxError>) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(err.into(), ::core::default::Default::default()))
            }

            /// Makes the unhandled variant of an error's code and message.
            #[inline]
            pub fn generic(err: $crate::generated::ErrorMetadata) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(err.clone().into(), err))
            }

            /// The code, message and request ID that came with the error.
            #[inline]
            pub fn meta(&self) -> &$crate::generated::ErrorMetadata {
                $crate::error::OperationError::view(self).meta()
            }

            $(
                #[doc = concat!("Whether the error is a `", stringify!($variant), "`.")]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }
            )*
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::error::OperationError::view(self).fmt($operation, f)
            }
        }

        impl ::std::error::Error for $name {
            fn source(&self) -> ::core::option::Option<&(dyn ::std::error::Error + 'static)> {
                Some($crate::error::OperationError::view(self).source())
            }
        }

        impl $crate::generated::ProvideErrorMetadata for $name {
            fn meta(&self) -> &$crate::generated::ErrorMetadata {
                $crate::error::OperationError::view(self).meta()
            }
        }

        impl $crate::generated::RequestId for $name {
            #[inline]
            fn request_id(&self) -> ::core::option::Option<&str> {
                $crate::generated::RequestId::request_id(self.meta())
            }
        }

        #[allow(deprecated)]
        impl $crate::error::CreateUnhandledError for $name {
            fn create_unhandled_error(
                source: $crate::error::BoxError,
                meta: ::core::option::Option<$crate::generated::ErrorMetadata>,
            ) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(source, meta.unwrap_or_default()))
            }
        }

        #[allow(deprecated)]
        impl $crate::error::OperationError for $name {
            fn view(&self) -> $crate::error::ErrorView<'_> {
                match self {
                    $(Self::$variant(inner) => $crate::error::ErrorView::Modelled(inner),)*
                    Self::Unhandled(inner) => $crate::error::ErrorView::Unhandled(inner),
                }
            }

            fn read(
                metadata: &$crate::generated::ErrorMetadata,
                deserializer: &mut dyn $crate::generated::ShapeDeserializer,
            ) -> ::core::option::Option<
                ::core::result::Result<Self, $crate::generated::SerdeError>,
            > {
                match $all::read(metadata, deserializer)? {
                    $(Ok($all::$variant(inner)) => Some(Ok(Self::$variant(inner))),)*
                    Err(error) => Some(Err(error)),
                    // Another operation's error.
                    #[allow(unreachable_patterns)]
                    Ok(_) => None,
                }
            }
        }
    };
}
