//! What the model does not say about inputs.

use crate::arn;
use crate::document::Doc;
use crate::refusal::Refusal;

/// Returns the service that an ARN belongs to.
fn service(arn: &str) -> Option<&str> {
    let mut parts = arn.splitn(6, ':');
    (parts.next()? == "arn").then_some(())?;
    parts.nth(1)
}

/// Refuses an ARN that is not one of a service's resources.
pub(super) fn belongs(member: &str, arn: &str, to: &str) -> Result<(), Refusal> {
    if service(arn) != Some(to) || arn::resource(arn).is_none() {
        return Err(Refusal::bad_request(format!(
            "{member} is {arn}, which is not the ARN of a resource of {to}"
        )));
    }
    Ok(())
}

/// The most video streams that can be selected.
const STREAMS: usize = 25;

/// Refuses a selection of too many video streams.
pub(super) fn selection(configuration: &Doc) -> Result<(), Refusal> {
    let streams = configuration
        .doc("SourceConfiguration")
        .doc("SelectedVideoStreams");
    let count = streams.list("AttendeeIds").len() + streams.list("ExternalUserIds").len();
    if count > STREAMS {
        return Err(Refusal::bad_request(format!(
            "SelectedVideoStreams selects {count} streams, but at most {STREAMS} are possible"
        )));
    }
    Ok(())
}

/// Returns the structure whose name is the value of `Type` and `Configuration`.
pub(super) fn of_type(item: &Doc) -> Option<Doc> {
    item.opt_doc(&format!("{}Configuration", item.str("Type")))
}

/// Returns the ID in an identifier, which may also be the ARN of a kind of resource.
pub(super) fn id<'a>(identifier: &'a str, kind: &str) -> &'a str {
    arn::id_of(identifier, kind).unwrap_or(identifier)
}
