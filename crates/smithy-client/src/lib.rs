//! Sends the requests of any generated Smithy client through the smithy-rs orchestrator.
//!
//! [`Engine`] implements `smithy_operation::Runtime`: it signs with SigV4, retries, resolves
//! endpoints by the model's rules and reads answers. It knows a service only by its
//! `ServiceDescriptor`, so it is compiled once, whatever the number of services and operations.
//! A service's own crate, such as `chime-sdk`, adds its client and its configuration.

pub mod auth;
pub mod endpoint;
mod engine;
mod http;
mod idempotency;
mod interceptors;
mod limits;
mod retry;
mod secrets;
mod serde;
mod setting;
mod sigv4;
mod skew;
mod telemetry;
mod unreadable;
mod user_agent;

pub use engine::{Engine, Settings};
#[cfg(any(feature = "http-client", feature = "s2n-tls"))]
pub use http::default_http_client;
pub use idempotency::IdempotencyTokenProvider;
