//! Clients that answer calls themselves, for tests of programs.
//!
//! A program that calls a service takes the service's `Client`. A test gives it one of a [`MockClient`], which
//! needs no Region, no credentials and no network. The crate of each service has a `MockClient` of its own in
//! the module `mock`, behind the feature `mock`:
//!
//! ```ignore
//! let mock = MockClient::new();
//! mock.on::<GetRoom>().returns(GetRoomOutput::builder().room(room).build());
//! mock.on::<CreateRoom>().once().fails(CreateRoomError::ForbiddenException(error));
//!
//! program(&mock.client()).await;
//!
//! assert_eq!(mock.calls::<GetRoom>()[0].room_id(), Some("r-1"));
//! mock.verify()?;
//! ```
//!
//! # Answers
//!
//! [`on`](MockClient::on) begins an answer to the calls of an operation. [`when`](On::when), [`once`](On::once)
//! and [`times`](On::times) limit which calls it is for, and one of the other methods of [`On`] says what the
//! answer is. Each call gets the first answer, in the order in which they were set up, that matches it and is
//! not used up.
//!
//! A call without an answer fails with an error that names the operation, its input and the answers that there
//! are. [`verify`](MockClient::verify) reports such calls again, and answers that were expected to be used and
//! were not.
//!
//! # What a mock client does
//!
//! A mock client checks required members like any client, records the call and returns the answer. Between the
//! program and the answer there is nothing else: no request is built, so there are no interceptors, no
//! retries and no timeouts, and each call of `send()` takes one answer. Paginators, batch runs and waiters
//! work, because they consist of calls. Their waits take no time: the clock of a mock client moves on when
//! something waits for it.
//!
//! To test what is below the calls, use a client whose HTTP client is replaced: `aws-smithy-mocks` does that,
//! and so does `chime-local` for Amazon Chime.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod answers;
mod api;
mod calls;
mod client;
mod macros;
mod problems;
mod runtime;

pub use answers::On;
pub use api::{ApiFuture, call, not_implemented};
pub use calls::Recorded;
pub use client::{MockClient, Mocked};
pub use problems::{Unexpected, Unmet};
