//! What attendees may send and receive.

use crate::document::{Doc, object};
use crate::refusal::Refusal;

/// Returns whether the features of a meeting turn a kind of media off.
fn is_off(features: &Doc, kind: &str) -> bool {
    features.doc(kind).str("MaxResolution") == "None"
}

fn receives(capability: &str) -> bool {
    matches!(capability, "SendReceive" | "Receive")
}

/// Returns the capabilities of an attendee that was created without any.
pub(super) fn usual(features: &Doc) -> Doc {
    let content = match is_off(features, "Content") {
        true => "None",
        false => "SendReceive",
    };
    let video = match (is_off(features, "Video"), content) {
        (false, _) => "SendReceive",
        // Content cannot be received without video.
        (true, "SendReceive") => "Receive",
        (true, _) => "None",
    };
    object! {"Audio": "SendReceive", "Video": video, "Content": content}
}

/// Makes sure that capabilities go with the features of the meeting, and with each other.
pub(super) fn check(features: &Doc, given: &Doc) -> Result<(), Refusal> {
    for kind in ["Video", "Content"] {
        let capability = given.str(kind);
        if is_off(features, kind) && capability != "None" {
            return Err(Refusal::bad_request(format!(
                "{kind} cannot be {capability}, because the meeting has {kind}.MaxResolution None"
            )));
        }
    }
    if receives(given.str("Content")) && !receives(given.str("Video")) {
        return Err(Refusal::bad_request(
            "Content cannot be received unless Video is received too",
        ));
    }
    Ok(())
}
