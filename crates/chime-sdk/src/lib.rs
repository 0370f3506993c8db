//! An SDK for Amazon Chime.
//!
//! [`Client`] has a method for each operation of the API. Each method returns a builder that collects the
//! input and sends the request.
//!
//! ```no_run
//! use chime_sdk::Client;
//! use chime_sdk::types::{MembershipItem, RoomMembershipRole};
//!
//! # async fn run(config: &chime_sdk::config::SdkConfig) -> Result<(), Box<dyn std::error::Error>> {
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
//! With the feature `from-env`, `Client::from_env()` finds region and credentials like every AWS tool. A client is
//! also made from the configuration that [`aws-config`](https://docs.rs/aws-config) loads ([`Client::new`]), or from
//! [`Config::builder()`].
//!
//! With the feature `serde`, all [`types`], inputs, outputs and errors implement serde's `Serialize` and
//! `Deserialize`, with the names of the service's model.
//!
//! ```
//! # #[cfg(feature = "serde")]
//! # fn main() -> Result<(), serde_json::Error> {
//! use chime_sdk::types::MembershipItem;
//!
//! let item: MembershipItem = serde_json::from_str(r#"{"MemberId": "m", "Role": "Member"}"#)?;
//! assert_eq!(item.member_id(), Some("m"));
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "serde"))]
//! # fn main() {}
//! ```
//!
//! # Inputs and errors
//!
//! An input can also be created from its required members, and sent as it is. With the [`prelude`], errors have
//! methods that answer the usual questions. [`CallError`](error::CallError) is the error of any call of any service.
//!
//! ```no_run
//! use chime_sdk::error::CallError;
//! use chime_sdk::operation::get_room::GetRoomInput;
//! use chime_sdk::prelude::*;
//!
//! # async fn run(client: &chime_sdk::Client) -> Result<(), CallError> {
//! match client.send(GetRoomInput::new("account", "room")).await {
//!     Ok(output) => println!("{:?}", output.room()),
//!     Err(error) if error.is_throttling() => eprintln!("{}", error.summary()),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Tests and blocking calls
//!
//! The feature `mock` has clients that answer calls themselves, for tests. The feature `blocking` has a client
//! for programs without a runtime.
//!
//! ```
//! # #[cfg(all(feature = "blocking", feature = "mock"))]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use chime_sdk::blocking::Client;
//! use chime_sdk::mock::MockClient;
//! use chime_sdk::operation::get_room::{GetRoom, GetRoomOutput};
//! use chime_sdk::types::Room;
//!
//! let mock = MockClient::new();
//! let room = Room::builder().name("lobby").build();
//! mock.on::<GetRoom>().once().returns(GetRoomOutput::builder().room(room).build());
//!
//! let client = Client::from(mock.client());
//! let read = client.get_room().account_id("a").room_id("r").send()?;
//!
//! assert_eq!(read.room().and_then(|room| room.name()), Some("lobby"));
//! assert_eq!(mock.calls::<GetRoom>()[0].room_id(), Some("r"));
//! mock.verify()?;
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "blocking", feature = "mock")))]
//! # fn main() {}
//! ```
//!
//! # Security
//!
//! The sensitive members of the model, secret access keys, session tokens and `Authorization` headers do not
//! appear in any error (`Display`, `Debug`, sources), nor in any log line at any level. If an operation has
//! sensitive members, an unreadable response is shown without them: a successful response is not shown at
//! all, and an error response is shown without the parts that repeat the request.
//! [`SdkError::raw_response`](error::SdkError::raw_response) still contains the whole response. A test calls
//! every operation with every kind of failure and logs at level TRACE.
//!
//! The following cannot be hidden:
//!
//! - The message of an error ([`message()`](error::ProvideErrorMetadata::message)) is shown as the service
//!   wrote it, unless the model marks it as sensitive.
//! - Access key IDs are not secret. `Debug` of [`Credentials`](config::Credentials) and of a [`Config`] shows
//!   them, and so does the smithy-rs runtime in its logs at levels DEBUG and TRACE.
//! - At level TRACE, the runtime logs the headers of requests and responses. It hides those with credentials,
//!   but not sensitive members that the model binds to headers. Chime has none.
//! - Requests with an uncommon kind of signature (in the query, or over a streaming body) are signed by
//!   `aws-sigv4`, which logs their URI and headers at level TRACE.
//! - `LOG_SENSITIVE_BODIES=true` and `LOG_SIGNABLE_BODY=true` in the environment make the runtime log bodies.
//! - If the feature `log` of `tracing` forwards logs to the crate `log`, and no subscriber of `tracing` is
//!   set, bodies and URIs are logged at level TRACE. The SDK cannot detect this.
//! - Custom interceptors and HTTP clients control what they log.
//!
//! While the log level is TRACE, interceptors see `***` instead of the path and query in
//! `read_before_transmit` if they contain a sensitive member (`ListAccounts` and `ListUsers`).
//!
//! The shapes and operations are in the crate `chime-api`, which is generated from the service's model.
//! `smithy-client` sends the requests: it signs, retries, resolves endpoints and reads responses, with one
//! engine for all operations. This crate adds the client and its configuration.

#![cfg_attr(docsrs, feature(doc_cfg))]

// Generated and formatted by `cargo xtask regenerate`.
#[rustfmt::skip]
pub mod batch;
#[cfg(feature = "blocking")]
#[rustfmt::skip]
pub mod blocking;
#[rustfmt::skip]
pub mod client;
#[rustfmt::skip]
pub mod config;
#[cfg(feature = "dynamic")]
#[rustfmt::skip]
pub mod dynamic;
#[rustfmt::skip]
pub mod error;
#[rustfmt::skip]
pub mod meta;
#[rustfmt::skip]
pub mod prelude;
#[cfg(feature = "mock")]
#[rustfmt::skip]
pub mod mock;
#[cfg(feature = "presigning")]
#[rustfmt::skip]
pub mod presigning;
#[rustfmt::skip]
pub mod primitives;

pub use chime_api::{Error, operation, types};
pub use client::Client;
pub use config::Config;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
