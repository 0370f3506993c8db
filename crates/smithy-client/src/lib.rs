//! Sends the requests of any generated Smithy client through the smithy-rs orchestrator.
//!
//! [`Engine`] implements `smithy_operation::Runtime`: it signs with SigV4, retries, resolves endpoints
//! according to the rules in the model, and reads responses. It knows a service only by its
//! `ServiceDescriptor`, so it is compiled once, whatever the number of services and operations.
//! [`config::Config`] configures the clients of all services. The crate of a service, such as `chime-sdk`,
//! adds a client with a method for each operation.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod auth;
#[cfg(feature = "checksums")]
mod checksums;
mod client;
#[cfg(feature = "compression")]
mod compression;
pub mod config;
#[cfg(feature = "endpoint-discovery")]
mod discovery;
#[cfg(any(feature = "endpoint-discovery", feature = "waiters"))]
mod document;
pub mod endpoint;
mod engine;
pub mod error;
#[cfg(feature = "event-stream")]
mod events;
mod http;
mod idempotency;
mod interceptors;
mod limits;
mod macros;
mod observe;
#[cfg(feature = "presigning")]
mod presigning;
pub mod primitives;
pub mod protocol;
mod retry;
mod secrets;
mod serde;
mod setting;
mod sigv4;
#[cfg(feature = "sigv4a")]
mod sigv4a;
mod skew;
mod telemetry;
#[cfg(feature = "tree-hash")]
mod tree_hash;
mod unreadable;
mod user_agent;
#[cfg(feature = "waiters")]
pub mod waiters;

pub use client::Client;
pub use engine::Engine;
pub use retry::error_kind;
pub use serde::MissingMember;
