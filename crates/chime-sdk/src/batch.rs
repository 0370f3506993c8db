//! Sending any number of items through the batch operations.
//!
//! BatchCreateRoomMembership, for example, accepts 50 members in one request, and may refuse any of
//! them while the request succeeds as a whole. Its fluent builder and those of the other batch
//! operations have a method `send_all(items)`, which accepts any number of items, as an iterator or a
//! stream. It returns a [`BatchRun`] that reports the outcome of every item exactly once.
//!
//! ```no_run
//! # async fn run(client: chime_sdk::Client, ids: Vec<String>) {
//! use chime_sdk::batch::{BatchConfig, ItemStatus};
//! use chime_sdk::types::MembershipItem;
//!
//! let members = ids.into_iter().map(|id| MembershipItem::builder().member_id(id).build());
//! let mut run = client
//!     .batch_create_room_membership()
//!     .account_id("8f2b6f3e-8a6c-4a34-9c0d-0d9a6a1f6b10")
//!     .room_id("1d3c6a52-52a8-4c43-bf6b-9f5e8f0d7a77")
//!     .send_all(members)
//!     .config(BatchConfig::new().concurrency(16));
//! let handle = run.handle();
//! while let Some(outcome) = run.next().await {
//!     if outcome.status != ItemStatus::Done {
//!         println!("{:?}: {:?}", outcome.item.member_id(), outcome.status);
//!     }
//! }
//! let report = handle.report();
//! println!("{} done in {:?}", report.counts.done, report.counts.elapsed);
//! for item in report.remaining() {
//!     // Pass these to another run.
//! }
//! # }
//! ```
//!
//! The documentation of [`smithy_batch`] says what a run does in which case. All operations except
//! BatchDeletePhoneNumber may be repeated, so their items are retried even if it is unknown whether a
//! request took effect.

pub use smithy_batch::{
    BatchConfig, BatchCounts, BatchHandle, BatchReport, BatchRun, Duplicates, IntoItems,
    ItemStatus, Outcome,
};
