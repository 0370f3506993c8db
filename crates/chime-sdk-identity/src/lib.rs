//! An SDK for the Amazon Chime SDK identity service.
//!
//! [`Client`] manages app instances: the users, administrators, bots and endpoints of an application that
//! sends messages with `chime-sdk-messaging`. Each method of the client returns a builder that collects the
//! input of an operation and sends the request.
//!
//! ```no_run
//! use chime_sdk_identity::Client;
//!
//! # async fn run(config: &chime_sdk_identity::config::SdkConfig) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(config);
//! let user = client
//!     .create_app_instance_user()
//!     .app_instance_arn("arn:aws:chime:us-east-1:111122223333:app-instance/1d3c6a52")
//!     .app_instance_user_id("mary")
//!     .name("Mary Major")
//!     .send()
//!     .await?;
//! println!("{:?}", user.app_instance_user_arn());
//! # Ok(())
//! # }
//! ```
//!
//! The crate is a drop-in replacement for `aws-sdk-chimesdkidentity`, with the same paths, types and
//! signatures.
//!
//! With the feature `from-env`, `Client::from_env()` finds region and credentials like every AWS tool. A client is
//! also made from the configuration that [`aws-config`](https://docs.rs/aws-config) loads ([`Client::new`]), or from
//! [`Config::builder()`].
//!
//! With the feature `serde`, all [`types`], inputs, outputs and errors implement serde's `Serialize` and
//! `Deserialize`, with the names of the service's model.

#![cfg_attr(docsrs, feature(doc_cfg))]

// Generated and formatted by `cargo xtask regenerate`.
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

pub use chime_sdk_identity_api::{Error, operation, types};
pub use client::Client;
pub use config::Config;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
