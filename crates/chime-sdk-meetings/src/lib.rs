//! An SDK for the Amazon Chime SDK meetings service.
//!
//! [`Client`] creates meetings and attendees, with the credentials that clients of the Amazon Chime SDK use
//! to join, and starts transcriptions. Each method of the client returns a builder that collects the input of
//! an operation and sends the request.
//!
//! ```no_run
//! use chime_sdk_meetings::Client;
//!
//! # async fn run(config: &chime_sdk_meetings::config::SdkConfig) -> Result<(), Box<dyn std::error::Error>> {
//! use chime_sdk_meetings::types::CreateAttendeeRequestItem;
//!
//! let client = Client::new(config);
//! let meeting = client
//!     .create_meeting()
//!     .media_region("us-east-1")
//!     .external_meeting_id("weekly")
//!     .send()
//!     .await?;
//! let meeting = meeting.meeting().ok_or("no meeting")?;
//! let attendees = ["mary", "john"].map(|user| {
//!     CreateAttendeeRequestItem::builder().external_user_id(user).build()
//! });
//! let added = client
//!     .batch_create_attendee()
//!     .meeting_id(meeting.meeting_id().unwrap_or_default())
//!     .set_attendees(attendees.into_iter().collect::<Result<_, _>>().ok())
//!     .send()
//!     .await?;
//! for refused in added.errors() {
//!     println!("{:?}: {:?}", refused.external_user_id(), refused.error_code());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The crate is a drop-in replacement for `aws-sdk-chimesdkmeetings`, with the same paths, types and
//! signatures.
//!
//! With the feature `from-env`, `Client::from_env()` finds region and credentials like every AWS tool. A client is
//! also made from the configuration that [`aws-config`](https://docs.rs/aws-config) loads ([`Client::new`]), or from
//! [`Config::builder()`].
//!
//! With the feature `serde`, all [`types`], inputs, outputs and errors implement serde's `Serialize` and
//! `Deserialize`, with the names of the service's model, which the web clients of the Chime SDK expect.

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

pub use chime_sdk_meetings_api::{Error, operation, types};
pub use client::Client;
pub use config::Config;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
