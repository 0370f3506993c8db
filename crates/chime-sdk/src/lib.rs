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
