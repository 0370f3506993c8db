//! The contract between a generated Smithy client and a runtime that sends its requests.
//!
//! A generated crate describes shapes and operations: it implements [`Structure`] and [`Value`] for its
//! shapes and [`Operation`] for its operations, based on the schemas of `aws-smithy-schema`. A runtime
//! implements [`Runtime`] and knows operations only through [`OperationDescriptor`], so it is compiled once
//! rather than once per operation. Neither depends on the other; both depend on this crate.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
mod call;
#[doc(hidden)]
pub mod customization;
mod discovery;
#[cfg(feature = "dynamic")]
pub mod dynamic;
pub mod endpoint;
mod enums;
pub mod error;
#[cfg(feature = "event-stream")]
pub mod event_stream;
mod failure;
mod macros;
mod new;
mod operation;
mod paginate;
#[cfg(feature = "presigning")]
pub mod presigning;
mod send;
#[cfg(feature = "serde")]
pub mod serde;
mod stream;
mod structure;
#[cfg(any(feature = "dynamic", feature = "serde"))]
mod timestamp;
mod value;

pub use auth::{ApiKey, AuthScheme};
pub use call::{
    BoxFuture, Call, ConfigOverride, Customizable, CustomizableOperation, FluentBuilder, Handle,
    Overrides, Request, Runtime, SendResult,
};
pub use customization::{Customizations, SettingSource};
pub use discovery::{DiscoveredEndpoint, EndpointDiscovery};
pub use enums::UnknownVariantValue;
pub use new::{collect, collect_into, collect_map};
pub use operation::{
    CalledOperation, Checksums, EndpointRules, Operation, OperationDescriptor, RetryRule,
    ServiceDescriptor, Vtable,
};
pub use paginate::{Page, PaginatedItems, PaginatedOperation, Paginator, PaginatorItems};
pub use send::{OperationInput, SendInput};
pub use stream::ResponseStream;
pub use structure::{
    ErrorShape, InputShape, OperationOutput, ReadMembers, ReadVariant, Structure, debug_member,
    debug_variant, missing_field, read_member, read_structure, read_union, read_unit, write_member,
    write_structure, write_unit,
};
pub use value::{MapKey, Value, blob_of_base64, read_value};

/// Everything that generated code uses.
///
/// Generated files import all of it, so a generated crate depends only on `smithy-operation`.
pub mod generated {
    pub use crate::endpoint;
    pub use crate::{
        Checksums, FluentBuilder, Operation, OperationDescriptor, ServiceDescriptor, Structure,
        Value,
    };
    pub use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
    pub use aws_smithy_schema::serde::{
        SerdeError, SerializableStruct, ShapeDeserializer, ShapeSerializer,
    };
    pub use aws_smithy_schema::traits::{HttpTrait, TimestampFormat};
    pub use aws_smithy_schema::{
        OperationSchema, PayloadHint, Schema, ShapeId, ShapeType, shape_id,
    };
    pub use aws_smithy_types::body::SdkBody;
    pub use aws_smithy_types::byte_stream::ByteStream;
    pub use aws_smithy_types::config_bag::FrozenLayer;
    pub use aws_smithy_types::error::ErrorMetadata;
    pub use aws_smithy_types::error::metadata::ProvideErrorMetadata;
    pub use aws_smithy_types::error::operation::BuildError;
    pub use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, Number};
    pub use aws_types::request_id::RequestId;
}
