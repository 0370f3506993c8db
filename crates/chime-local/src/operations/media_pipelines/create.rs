//! Creates the pipelines that take their media from meetings, and those that concatenate captures.

use super::pipelines::{self, CAPTURE, CONCATENATION, LIVE_CONNECTOR, STREAM};
use super::{checks, pools};
use crate::document::Doc;
use crate::operations::{Answer, meetings};
use crate::refusal::Refusal;
use crate::store::Tx;

/// Refuses a source that is not a meeting.
fn check_meeting(tx: &Tx<'_>, arn: &str) -> Result<(), Refusal> {
    match meetings::of_arn(tx, arn)? {
        Some(_) => Ok(()),
        None => Err(Refusal::bad_request(format!(
            "the source {arn} is not a meeting that exists"
        ))),
    }
}

/// Returns the first structure of a list.
fn first(input: &Doc, name: &str) -> Doc {
    input.docs(name).into_iter().next().unwrap_or_default()
}

pub(super) fn capture(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let source = input.str("SourceArn");
    check_meeting(tx, source)?;
    checks::belongs("SinkArn", input.str("SinkArn"), "s3")?;
    if let Some(role) = input.opt_str("SinkIamRoleArn") {
        checks::belongs("SinkIamRoleArn", role, "iam")?;
    }
    checks::selection(&input.doc("ChimeSdkMeetingConfiguration"))?;
    let members = [
        "ChimeSdkMeetingConfiguration",
        "SinkArn",
        "SinkIamRoleArn",
        "SinkType",
        "SourceArn",
        "SourceType",
        "SseAwsKeyManagementParams",
    ];
    pipelines::add(tx, CAPTURE, source, input, &members)
}

pub(super) fn concatenation(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let source = first(input, "Sources").doc("MediaCapturePipelineSourceConfiguration");
    let source = source.str("MediaPipelineArn");
    let captured = pipelines::of_arn(tx, source)?;
    if captured.is_none_or(|pipeline| pipeline.str("Kind") != CAPTURE) {
        return Err(Refusal::bad_request(format!(
            "the source {source} is not a capture pipeline that exists"
        )));
    }
    let sink = first(input, "Sinks").doc("S3BucketSinkConfiguration");
    checks::belongs("Destination", sink.str("Destination"), "s3")?;
    pipelines::add(tx, CONCATENATION, source, input, &["Sinks", "Sources"])
}

pub(super) fn live_connector(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let source = first(input, "Sources").doc("ChimeSdkMeetingLiveConnectorConfiguration");
    check_meeting(tx, source.str("Arn"))?;
    checks::selection(&source)?;
    let sink = first(input, "Sinks").doc("RTMPConfiguration");
    let url = sink.str("Url");
    if !["rtmp://", "rtmps://"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
    {
        return Err(Refusal::bad_request(
            "Url must begin with rtmp:// or rtmps://",
        ));
    }
    let members = ["Sinks", "Sources"];
    pipelines::add(tx, LIVE_CONNECTOR, source.str("Arn"), input, &members)
}

pub(super) fn stream(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    for source in input.docs("Sources") {
        check_meeting(tx, source.str("SourceArn"))?;
    }
    for sink in input.docs("Sinks") {
        pools::check_sink(tx, sink.str("SinkArn"))?;
    }
    let source = first(input, "Sources");
    let members = ["Sinks", "Sources"];
    pipelines::add(tx, STREAM, source.str("SourceArn"), input, &members)
}
