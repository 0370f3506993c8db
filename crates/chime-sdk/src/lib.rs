//! An SDK for Amazon Chime.
//!
//! [`Client`] has a method for each operation of the API; each returns a builder that collects
//! the request and sends it.
//!
//! ```no_run
//! use chime_sdk::Client;
//! use chime_sdk::types::{MembershipItem, RoomMembershipRole};
//!
//! # async fn run(config: &aws_types::SdkConfig) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(config);
//! let added = client
//!     .batch_create_room_membership()
//!     .account_id("8f2b6f3e-8a6c-4a34-9c0d-0d9a6a1f6b10")
//!     .room_id("1d3c6a52-52a8-4c43-bf6b-9f5e8f0d7a77")
//!     .membership_item_list(
//!         MembershipItem::builder()
//!             .member_id("0b7e7e0a-4c55-4a0e-8f6c-6f4dfb5d0a12")
//!             .role(RoomMembershipRole::Member)
//!             .build(),
//!     )
//!     .send()
//!     .await?;
//! for refused in added.errors() {
//!     println!("{:?}: {:?}", refused.member_id(), refused.error_code());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The configuration comes from [`aws-config`](https://docs.rs/aws-config), which finds region and
//! credentials as every AWS SDK does, or from [`Config::builder()`].
//!
//! # Security
//!
//! The sensitive members of the model, secret access keys, session tokens and `Authorization` headers are in no
//! error (`Display`, `Debug`, sources) and in no log line at any level. Where an operation has sensitive
//! members, an answer that cannot be read is shown without them: not at all if it is one of success, and without
//! what it repeats of the request if it is a refusal. [`SdkError::raw_response`](error::SdkError::raw_response) still
//! has the whole answer. A test calls every operation through every kind of failure with logs at level TRACE.
//!
//! What cannot be kept from being shown:
//!
//! - The message that the service gives an error ([`message()`](error::ProvideErrorMetadata::message)) is shown as the
//!   service wrote it.
//! - Access key IDs are not secret. `Debug` of [`Credentials`](config::Credentials) and of a [`Config`] shows them, and so
//!   does the smithy-rs runtime in its logs at levels DEBUG and TRACE.
//! - At level TRACE the runtime logs the headers of requests and answers. Of these it hides those with
//!   credentials; members of a model that are sensitive and sent as headers would be seen. Chime has none.
//! - Requests with a signature of another kind than usual (in the query, or over a streamed body) are signed by
//!   `aws-sigv4`, which logs their URI and headers at level TRACE.
//! - `LOG_SENSITIVE_BODIES=true` and `LOG_SIGNABLE_BODY=true` in the environment ask the runtime to log bodies.
//! - Where the feature `log` of `tracing` hands logs to the crate `log`, and no subscriber of `tracing` is set, bodies and
//!   URIs are logged at level TRACE: whether that is so cannot be seen from here.
//! - Interceptors and HTTP clients of your own log what they like.
//!
//! While logs are at level TRACE, interceptors see `***` in place of the path and query in
//! `read_before_transmit` where a sensitive member is part of them (`ListAccounts` and `ListUsers`).
//!
//! The shapes and operations are those of the crate `chime-api`, generated from the service's
//! model; `smithy-client` sends them: it signs, retries, resolves endpoints and reads answers, with
//! one engine that serves every operation. This crate adds the client and its configuration.

pub mod batch;
pub mod client;
pub mod config;
pub mod error;
pub mod meta;
pub mod primitives;

pub use chime_api::Error;
pub use chime_api::operation;
pub use chime_api::types;
pub use client::Client;
pub use config::Config;
