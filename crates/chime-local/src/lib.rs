//! A local Amazon Chime: accounts, users, bots, rooms and memberships in memory.
//!
//! [`Server`] listens on the loopback interface and answers any AWS SDK that is given its URL as
//! the endpoint. [`Chime`] is the service behind it, for programs that bring their own listener.
//!
//! Requests are routed and read by the schemas that are generated from the service's model, and
//! answers are written by them. Operations that are not kept here answer with a
//! `BadRequestException` that says so. Signatures are not checked, and nothing is kept when the
//! process ends.
//!
//! [`Faults`] make it misbehave, for programs that have to bear that: [`Chime::set_faults`], or by
//! HTTP under `/_chime/faults`. [`Chime::http_client`] is for tests without sockets.
//!
//! ```no_run
//! # async fn run() -> std::io::Result<()> {
//! let server = chime_local::Server::start(0).await?;
//! println!("{}", server.url());
//! server.stop().await;
//! # Ok(())
//! # }
//! ```

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
