//! A local Amazon Chime: accounts, users, bots, rooms and memberships in memory.
//!
//! [`Server`] listens on the loopback interface and serves any AWS SDK that uses its URL as the endpoint.
//! [`Chime`] is the service behind it, for programs with their own listener.
//!
//! Requests are routed and read according to schemas that are generated from the service's model, and
//! responses are written according to them. Operations that are not implemented return a
//! `BadRequestException` that says so. Signatures are not checked, and all data is lost when the process
//! ends.
//!
//! [`Faults`] make the service misbehave, for testing programs that must handle it: use
//! [`Chime::set_faults`], or HTTP under `/_chime/faults`. [`Chime::http_client`] is for tests without
//! sockets.
//!
//! ```no_run
//! # async fn run() -> std::io::Result<()> {
//! let server = chime_local::Server::start(0).await?;
//! println!("{}", server.url());
//! server.stop().await;
//! # Ok(())
//! # }
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

mod admin;
mod body;
mod faults;
mod in_process;
mod ledger;
mod refusal;
mod router;
mod server;
mod service;
mod socket;
mod store;
mod wire;

pub use body::Body;
pub use faults::{Fail, Faults, FaultsError, Refuse};
pub use ledger::{Counts, RecordedBatch};
pub use server::Server;
pub use service::Chime;
pub use store::Sample;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
