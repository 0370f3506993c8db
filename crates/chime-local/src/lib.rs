//! A local Amazon Chime and Chime SDK: their resources, in memory or in a file.
//!
//! [`Server`] listens on the loopback interface and serves any AWS SDK that uses its URL as the endpoint.
//! [`Chime`] is the service behind it, for programs with their own listener.
//!
//! Requests are routed, read and checked according to the services' models, and responses are written according to
//! them. Operations that are not implemented return a `BadRequestException` that says so. All data is lost when the
//! process ends, unless it is kept in a [file](Builder::data).
//!
//! [`Faults`] make the service misbehave, for testing programs that must handle it: use
//! [`Chime::set_faults`], or HTTP under `/_chime/faults`. [`Chime::http_client`] is for tests without
//! sockets.
//!
//! A test needs no more than this:
//!
//! ```
//! # async fn run() {
//! let chime = chime_local::Chime::new();
//! let config = chime_sdk::Config::builder().http_client(chime.http_client());
//! # let config = config.region(chime_sdk::config::Region::from_static("us-east-1"));
//! # let config = config.credentials_provider(chime_sdk::config::Credentials::new("a", "b", None, None, "test"));
//! let client = chime_sdk::Client::from_conf(config.build());
//! client.create_account().name("Test").send().await.expect("an account");
//! assert_eq!(chime.requests()[0].operation, Some("CreateAccount"));
//! # }
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run());
//! ```
//!
//! [`Chime::builder`] sets a clock of the test's own, a seed and a data file, and [`Chime::snapshot`] returns data to go
//! back to.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod admin;
mod arn;
mod auth;
mod body;
mod connections;
mod console;
mod context;
mod database;
mod document;
mod faults;
mod in_process;
mod ledger;
mod log;
mod model;
mod operations;
mod pages;
mod refusal;
mod router;
mod server;
mod service;
mod snapshot;
mod socket;
mod store;
mod wire;

pub use auth::AccessKey;
pub use body::Body;
pub use context::Clock;
pub use faults::{Fail, Faults, FaultsError, Refuse};
pub use ledger::{Counts, RecordedBatch};
pub use log::LoggedRequest;
pub use operations::Sample;
pub use server::Server;
pub use service::{Builder, Chime};
pub use snapshot::Snapshot;
pub use store::OpenError;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
