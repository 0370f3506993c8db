//! Chime SDK meetings: meetings and attendees.
//!
//! Nobody joins a local meeting: the addresses of its media are those of no host, and it does not end before it is
//! deleted. AWS also ends meetings that nobody has joined for some time.

mod attendees;
mod capabilities;
mod meeting;
mod tagging;
mod transcription;

use super::Handlers;
use crate::document::Doc;
use crate::refusal::Refusal;
use crate::store::{Table, Tx};

pub(super) const OPERATIONS: Handlers = &[
    ("BatchCreateAttendee", attendees::batch_create),
    (
        "BatchUpdateAttendeeCapabilitiesExcept",
        attendees::batch_update_except,
    ),
    ("CreateAttendee", attendees::create),
    ("CreateMeeting", meeting::create),
    ("CreateMeetingWithAttendees", meeting::create_with_attendees),
    ("DeleteAttendee", attendees::delete),
    ("DeleteMeeting", meeting::delete),
    ("GetAttendee", attendees::get),
    ("GetMeeting", meeting::get),
    ("ListAttendees", attendees::list),
    ("ListTagsForResource", tagging::list),
    ("StartMeetingTranscription", transcription::start),
    ("StopMeetingTranscription", transcription::stop),
    ("TagResource", tagging::tag),
    ("UntagResource", tagging::untag),
    ("UpdateAttendeeCapabilities", attendees::update),
];

pub(super) const TABLES: &[&Table] = &[&meeting::MEETINGS, &attendees::ATTENDEES];

/// Returns the meeting with an ARN; `None` if there is none.
pub(super) fn of_arn(tx: &Tx<'_>, arn: &str) -> Result<Option<Doc>, Refusal> {
    meeting::of_arn(tx, arn)
}
