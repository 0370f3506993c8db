//! Any number of items through the batch operations.
//!
//! BatchCreateRoomMembership takes 50 members and may refuse any of them while it succeeds as a
//! whole. `send_all(items)` takes as many as there are, by iterator or stream. It cuts them into
//! requests, sends several at once, tries again what is worth it, slows down when the service
//! throttles, and tells the fate of every item exactly once.
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
//!     // Feed these to another run.
//! }
//! # }
//! ```
//!
//! # What becomes of an item
//!
//! | what happened | what the run does | fate |
//! | --- | --- | --- |
//! | the request succeeds and does not name the item | | done |
//! | it names the item with a code that may pass (`Throttled`, `Throttling`, `ServiceUnavailable`, `ServiceFailure`) | tries again after a while, up to `max_tries`; slows down if most of a request is throttled | refused when the tries ran out |
//! | with `Conflict`, adding a member | | done, unless `already_done_counts(false)` |
//! | with any other code | | refused |
//! | the request is throttled (HTTP 429) | slows all requests down, sends again; this was no try | refused when that happened ten times `max_tries` |
//! | it is refused as a whole with HTTP 401, 403 or 404 | ends, unless `end_on_refusal(false)` | refused; what waited is not sent |
//! | with another HTTP 4xx | sends its halves, to find the item at fault | refused, that item |
//! | with HTTP 503, or there is no connection to send on | tries again | refused when the tries ran out |
//! | nobody knows whether it took effect: HTTP 500, a connection lost, a timeout, an answer that breaks off | tries again, if the operation may be repeated; then `Conflict` is done | unknown otherwise, and when the tries ran out; never done |
//! | the deadline passes, or the run is dropped | | unknown if under way, else not sent |
//!
//! All but BatchDeletePhoneNumber may be repeated. The rules are in the model, as the trait
//! `chime.sdk#batch` of each operation.

pub use smithy_operation::batch::{
    BatchConfig, BatchCounts, BatchHandle, BatchReport, BatchRun, Duplicates, IntoItems,
    ItemStatus, Outcome,
};
