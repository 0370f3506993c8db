//! An SDK for the Amazon Chime SDK voice service.
//!
//! [`Client`] manages phone numbers, Voice Connectors, SIP media applications and voice profiles. Each method
//! of the client returns a builder that collects the input of an operation and sends the request.
//!
//! ```no_run
//! use chime_sdk_voice::Client;
//!
//! # async fn run(config: &chime_sdk_voice::config::SdkConfig) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new(config);
//! let mut pages = client.list_phone_numbers().into_paginator().send();
//! while let Some(page) = pages.next().await {
//!     for number in page?.phone_numbers() {
//!         println!("{:?}", number.status());
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The crate is a drop-in replacement for `aws-sdk-chimesdkvoice`, with the same paths, types and signatures.
//!
//! With the feature `from-env`, `Client::from_env()` finds region and credentials like every AWS tool. A client is
//! also made from the configuration that [`aws-config`](https://docs.rs/aws-config) loads ([`Client::new`]), or from
//! [`Config::builder()`].
//!
//! With the feature `serde`, all [`types`], inputs, outputs and errors implement serde's `Serialize` and
//! `Deserialize`, with the names of the service's model.

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

pub use chime_sdk_voice_api::{Error, operation, types};
pub use client::Client;
pub use config::Config;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
