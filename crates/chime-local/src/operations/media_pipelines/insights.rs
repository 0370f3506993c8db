//! Insights pipelines, which follow a configuration.

use super::life::State;
use super::pipelines::{self, INSIGHTS, PIPELINES};
use super::{checks, configurations, tasks};
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::refusal::Refusal;
use crate::store::Tx;

/// The members that are sources, of which a pipeline has one.
const SOURCES: &[&str] = &[
    "KinesisVideoStreamRecordingSourceRuntimeConfiguration",
    "KinesisVideoStreamSourceRuntimeConfiguration",
];

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let arn = input.str("MediaInsightsPipelineConfigurationArn");
    let configuration =
        configurations::of_arn(tx, arn)?.ok_or_else(|| Refusal::not_found("configuration", arn))?;
    if SOURCES.iter().filter(|source| input.has(source)).count() != 1 {
        return Err(Refusal::bad_request(format!(
            "exactly one of {} is required",
            SOURCES.join(" and ")
        )));
    }
    let range = input
        .doc("KinesisVideoStreamRecordingSourceRuntimeConfiguration")
        .doc("FragmentSelector")
        .doc("TimestampRange");
    if range.has("EndTimestamp") && range.int("EndTimestamp") <= range.int("StartTimestamp") {
        return Err(Refusal::bad_request(
            "EndTimestamp must be after StartTimestamp",
        ));
    }
    if let Some(sink) = input.opt_doc("S3RecordingSinkRuntimeConfiguration") {
        checks::belongs("Destination", sink.str("Destination"), "s3")?;
    }
    let members = [
        "KinesisVideoStreamRecordingSourceRuntimeConfiguration",
        "KinesisVideoStreamSourceRuntimeConfiguration",
        "MediaInsightsPipelineConfigurationArn",
        "MediaInsightsRuntimeMetadata",
        "S3RecordingSinkRuntimeConfiguration",
        "Elements",
    ];
    // A later change of the configuration does not change the pipeline.
    let mut input = input.clone();
    input.copy(&configuration, &["Elements"]);
    pipelines::add(tx, INSIGHTS, arn, &input, &members)
}

/// Returns the states of a pipeline's elements: that of the pipeline, but voice analytics start with a task.
pub(super) fn elements(tx: &Tx<'_>, pipeline: &Doc, state: State) -> Result<Vec<Doc>, Refusal> {
    let listens = tasks::any_active(tx, pipeline)?;
    let elements = pipeline.docs("Elements").into_iter().map(|element| {
        let waits = element.str("Type") == "VoiceAnalyticsProcessor" && !listens;
        let status = match waits && state.is_active() {
            true => "NotStarted",
            false => state.name(),
        };
        object! {"Type": element.str("Type"), "Status": status}
    });
    Ok(elements.collect())
}

/// Returns the streams of a pipeline.
pub(super) fn streams(pipeline: &Doc) -> Vec<String> {
    let sources = SOURCES
        .iter()
        .flat_map(|source| pipeline.doc(source).docs("Streams"));
    sources
        .map(|stream| stream.str("StreamArn").to_owned())
        .collect()
}

/// Returns the insights pipeline that a request identifies by its ID or ARN, as it is stored.
pub(super) fn find(tx: &Tx<'_>, input: &Doc) -> Answer {
    let id = checks::id(input.str("Identifier"), "media-pipeline");
    let pipeline = pipelines::find(tx, id)?;
    match pipeline.str("Kind") {
        INSIGHTS => Ok(pipeline),
        _ => Err(Refusal::not_found("insights pipeline", id)),
    }
}

pub(super) fn update_status(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let mut pipeline = find(tx, input)?;
    let state = pipelines::state(tx, &pipeline);
    let pauses = input.str("UpdateStatus") == "Pause";
    let is_possible = match state {
        State::Initializing | State::InProgress => pauses,
        State::Paused => !pauses,
        State::Stopping | State::Stopped | State::Gone => false,
    };
    if !is_possible {
        return Err(Refusal::conflict(format!(
            "pipeline {} is {}",
            pipeline.str("MediaPipelineId"),
            state.name()
        )));
    }
    pipeline.set("Paused", pauses);
    pipeline.set("UpdatedTimestamp", tx.now());
    tx.put(&PIPELINES, &pipeline)?;
    Ok(Doc::default())
}
