//! Tests that cross crates; see `tests/tests/`. Below is what must not compile.
//!
//! A client sends inputs of its own service only:
//!
//! ```
//! # fn send(client: &chime_sdk::Client) {
//! let _ = client.send(chime_sdk::operation::get_room::GetRoomInput::new("a", "r"));
//! # }
//! ```
//!
//! ```compile_fail,E0271
//! # fn send(client: &chime_sdk_meetings::Client) {
//! let _ = client.send(chime_sdk::operation::get_room::GetRoomInput::new("a", "r"));
//! # }
//! ```
//!
//! A constructor takes every required member:
//!
//! ```compile_fail,E0061
//! let _ = chime_sdk::operation::get_room::GetRoomInput::new("a");
//! ```
