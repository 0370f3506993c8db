//! Modelled errors and operation errors.

/// Implements the code, message and `Display` of a modelled error.
#[doc(hidden)]
#[macro_export]
macro_rules! __error_shape {
    (
        $error:ident, $builder:ident, $code:literal, [$($message:ident)?], [$($retry:ident)?],
        [$($status:literal)?]
    ) => {
        impl ::core::fmt::Display for $error {
            #[inline]
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
            #[inline]
            fn meta(&self) -> &$crate::generated::ErrorMetadata {
                &self.meta
            }
        }

        impl $crate::generated::RequestId for $error {
            #[inline]
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
            #[inline]
            fn shape_code(&self) -> &'static str {
                $code
            }

            #[inline]
            fn shape_message(&self) -> ::core::option::Option<&str> {
                $(if true {
                    return self.$message.as_deref();
                })?
                None
            }

            #[inline]
            fn retryable(&self) -> ::core::option::Option<$crate::error::ErrorKind> {
                $(if true {
                    return Some($crate::error::ErrorKind::$retry);
                })?
                None
            }

            #[inline]
            fn status(&self) -> ::core::option::Option<u16> {
                $(if true {
                    return Some($status);
                })?
                None
            }
        }

        impl $crate::ErrorShape for $error {
            const CODE: &'static str = $code;

            #[inline]
            fn set_metadata(builder: &mut $builder, meta: $crate::generated::ErrorMetadata) {
                $(if builder.$message.is_none() {
                    builder.$message = meta.message().map(::core::convert::Into::into);
                })?
                builder.meta = meta;
            }
        }
    };
}

/// Defines the error of a service: one variant for each modelled error, and one for all others. All
/// operations read their errors through it.
///
/// `#[service(crate::SERVICE)]` names the descriptor of the service.
#[macro_export]
macro_rules! service_error {
    (
        $(#[doc = $doc:expr])*
        #[service($service:path)]
        pub enum $name:ident {
            $($(#[doc = $variant_doc:expr])* $variant:ident($shape:path $(,)?),)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $variant_doc])* $variant($shape),)*
            /// An error that is not in the model, a response that cannot be read, or a call without a
            /// response.
            #[deprecated(note = "match with a wildcard and look at `code()` instead; \
                a later version may give the error a variant of its own")]
            Unhandled($crate::error::Unhandled),
        }

        #[allow(deprecated)]
        impl $name {
            /// Reads the error with this code, if there is one.
            #[allow(unused_variables)]
            pub(crate) fn read(
                metadata: &mut $crate::generated::ErrorMetadata,
                deserializer: &mut dyn $crate::generated::ShapeDeserializer,
            ) -> ::core::option::Option<
                ::core::result::Result<Self, $crate::generated::SerdeError>,
            > {
                match metadata.code()? {
                    $(
                        <$shape as $crate::ErrorShape>::CODE => Some(
                            match $crate::error::read_error_shape::<$shape>(metadata, deserializer) {
                                Ok(error) => Ok(Self::$variant(error)),
                                Err(error) => Err(error),
                            },
                        ),
                    )*
                    _ => None,
                }
            }

            #[inline]
            fn view(&self) -> $crate::error::ErrorView<'_> {
                match self {
                    $(Self::$variant(inner) => $crate::error::ErrorView::Modelled(inner),)*
                    Self::Unhandled(inner) => $crate::error::ErrorView::Unhandled(inner),
                }
            }

            /// Returns the service.
            #[inline]
            pub(crate) fn service() -> &'static $crate::ServiceDescriptor {
                &$service
            }
        }

        impl $crate::error::CallFailure for $name {
            #[inline]
            fn parts(&self) -> $crate::error::FailureParts<'_> {
                $crate::error::FailureParts::of_service(&$service, self.view())
            }
        }

        #[allow(deprecated)]
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let operation = match self {
                    Self::Unhandled(inner) => inner.operation(),
                    _ => None,
                };
                self.view().fmt(operation, f)
            }
        }

        #[allow(deprecated)]
        impl ::std::error::Error for $name {
            #[inline]
            fn source(&self) -> ::core::option::Option<&(dyn ::std::error::Error + 'static)> {
                match self {
                    Self::Unhandled(inner) => Some(inner.source()),
                    // `Display` includes it.
                    _ => None,
                }
            }
        }

        impl $crate::generated::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &$crate::generated::ErrorMetadata {
                self.view().meta()
            }
        }

        impl $crate::generated::RequestId for $name {
            #[inline]
            fn request_id(&self) -> ::core::option::Option<&str> {
                $crate::generated::RequestId::request_id(self.view().meta())
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<$crate::generated::BuildError> for $name {
            #[inline]
            fn from(error: $crate::generated::BuildError) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(None, error.into(), None))
            }
        }
    };
}

/// Defines the error of an operation: one variant for each modelled error, and one for all others.
///
/// `#[operation(name = "Operation", service_error = crate::Error)]` names the operation and the error of the
/// service, and `#[method(is = is_x)]` the method that checks for a variant.
#[macro_export]
macro_rules! operation_error {
    (
        $(#[doc = $doc:expr])*
        #[operation(name = $operation:literal, service_error = $all:ty $(,)?)]
        pub enum $name:ident {
            $($(#[doc = $variant_doc:expr])* #[method(is = $is:ident $(,)?)] $variant:ident($type:ty $(,)?),)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $variant_doc])* $variant($type),)*
            /// An error that is not in the model, or a response that cannot be read.
            #[deprecated(note = "match with a wildcard and look at `code()` instead; \
                a later version may give the error a variant of its own")]
            Unhandled($crate::error::Unhandled),
        }

        #[allow(deprecated)]
        impl $name {
            /// Creates the unhandled variant from any error.
            #[inline]
            pub fn unhandled(
                err: impl ::core::convert::Into<
                    ::std::boxed::Box<
                        dyn ::std::error::Error + ::core::marker::Send + ::core::marker::Sync + 'static,
                    >,
                >,
            ) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(Some($operation), err.into(), None))
            }

            /// Creates the unhandled variant from the code and message of an error.
            #[inline]
            pub fn generic(err: $crate::generated::ErrorMetadata) -> Self {
                let source = err.clone().into();
                Self::Unhandled($crate::error::Unhandled::new(Some($operation), source, Some(err)))
            }

            /// Returns the code, message and request ID that came with the error.
            #[inline]
            pub fn meta(&self) -> &$crate::generated::ErrorMetadata {
                $crate::error::OperationError::view(self).meta()
            }

            $(
                #[doc = concat!("Returns whether the error is a `", stringify!($variant), "`.")]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }
            )*
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::error::OperationError::view(self).fmt(Some($operation), f)
            }
        }

        impl ::std::error::Error for $name {
            #[inline]
            fn source(&self) -> ::core::option::Option<&(dyn ::std::error::Error + 'static)> {
                Some($crate::error::OperationError::view(self).source())
            }
        }

        impl $crate::generated::ProvideErrorMetadata for $name {
            #[inline]
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

        impl $crate::error::ProvideErrorKind for $name {
            #[inline]
            fn code(&self) -> ::core::option::Option<&str> {
                self.meta().code()
            }

            #[inline]
            fn retryable_error_kind(&self) -> ::core::option::Option<$crate::error::ErrorKind> {
                $crate::error::OperationError::view(self).retryable()
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<$name> for $all {
            #[inline]
            fn from(error: $name) -> Self {
                match error {
                    $($name::$variant(inner) => Self::$variant(inner),)*
                    $name::Unhandled(inner) => Self::Unhandled(inner),
                }
            }
        }

        #[allow(deprecated)]
        impl<R> ::core::convert::From<$crate::error::SdkError<$name, R>> for $all
        where
            R: ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
        {
            #[inline]
            fn from(error: $crate::error::SdkError<$name, R>) -> Self {
                let noted = $crate::error::noted(&error);
                let mut error = error.into_service_error();
                if let $name::Unhandled(inner) = &mut error {
                    inner.note(noted);
                }
                error.into()
            }
        }

        #[allow(deprecated)]
        impl $crate::error::CreateUnhandledError for $name {
            #[inline]
            fn create_unhandled_error(
                source: $crate::error::BoxError,
                meta: ::core::option::Option<$crate::generated::ErrorMetadata>,
            ) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(Some($operation), source, meta))
            }
        }

        #[allow(deprecated)]
        impl $crate::error::OperationError for $name {
            const OPERATION: &'static str = $operation;

            type ServiceError = $all;

            #[inline]
            fn service() -> &'static $crate::ServiceDescriptor {
                <$all>::service()
            }

            #[inline]
            fn view(&self) -> $crate::error::ErrorView<'_> {
                match self {
                    $(Self::$variant(inner) => $crate::error::ErrorView::Modelled(inner),)*
                    Self::Unhandled(inner) => $crate::error::ErrorView::Unhandled(inner),
                }
            }

            #[inline]
            fn read(
                metadata: &mut $crate::generated::ErrorMetadata,
                deserializer: &mut dyn $crate::generated::ShapeDeserializer,
            ) -> ::core::option::Option<
                ::core::result::Result<Self, $crate::generated::SerdeError>,
            > {
                // A pattern accepts an alias, but not a qualified path.
                type All = $all;
                match All::read(metadata, deserializer)? {
                    $(Ok(All::$variant(inner)) => Some(Ok(Self::$variant(inner))),)*
                    Err(error) => Some(Err(error)),
                    // Another operation's error.
                    #[allow(unreachable_patterns)]
                    Ok(_) => None,
                }
            }
        }
    };
}

/// Defines the errors of an event stream: one variant for each modelled error, and one for all others.
///
/// `#[stream(name = "Stream", service_error = crate::Error)]` names the stream and the error of the service, and
/// `#[member(name = "Member", is = is_x)]` the member of the union and the method that checks for a variant.
#[macro_export]
macro_rules! stream_error {
    (
        $(#[doc = $doc:expr])*
        #[stream(name = $stream:literal, service_error = $all:ty $(,)?)]
        pub enum $name:ident {
            $(
                $(#[doc = $variant_doc:expr])*
                #[member(name = $member:literal, is = $is:ident $(,)?)]
                $variant:ident($type:ty $(,)?),
            )*
        }
    ) => {
        $crate::operation_error! {
            $(#[doc = $doc])*
            #[operation(name = $stream, service_error = $all)]
            pub enum $name {
                $($(#[doc = $variant_doc])* #[method(is = $is)] $variant($type),)*
            }
        }

        impl $crate::event_stream::EventError for $name {
            #[inline]
            fn code_of(member: &str) -> ::core::option::Option<&'static str> {
                match member {
                    $($member => Some(<$type as $crate::ErrorShape>::CODE),)*
                    _ => None,
                }
            }

            #[inline]
            fn modelled(
                &self,
            ) -> ::core::option::Option<(&'static str, &dyn $crate::generated::SerializableStruct)> {
                match self {
                    $(Self::$variant(error) => Some(($member, error)),)*
                    #[allow(deprecated)]
                    Self::Unhandled(_) => None,
                }
            }
        }
    };
}
