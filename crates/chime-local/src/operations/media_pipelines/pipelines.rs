//! Pipelines of all kinds.

use super::life::{self, State};
use super::{insights, tasks};
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::operations::common::tags;
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Index, Scan, Table, Tx};

/// A row is a pipeline with the members of its kind. `Source` is the ARN that it takes its media from.
pub(super) const PIPELINES: Table = Table {
    name: "media_pipelines_pipelines",
    key: &["MediaPipelineId"],
    indexes: &[
        Index {
            name: BY_KIND,
            columns: &["Kind"],
        },
        Index {
            name: BY_SOURCE,
            columns: &["Source"],
        },
        Index {
            name: BY_END,
            columns: &["StoppedTimestamp"],
        },
    ],
};

pub(super) const BY_KIND: &str = "media_pipelines_pipelines_by_kind";
pub(super) const BY_SOURCE: &str = "media_pipelines_pipelines_by_source";
const BY_END: &str = "media_pipelines_pipelines_by_end";

/// Kinds are the names of the structures, which are members of `MediaPipeline` too.
pub(super) const CAPTURE: &str = "MediaCapturePipeline";
pub(super) const CONCATENATION: &str = "MediaConcatenationPipeline";
pub(super) const INSIGHTS: &str = "MediaInsightsPipeline";
pub(super) const LIVE_CONNECTOR: &str = "MediaLiveConnectorPipeline";
pub(super) const STREAM: &str = "MediaStreamPipeline";

/// Adds a pipeline, and returns the output of the operation.
pub(super) fn add(
    tx: &mut Tx<'_>,
    kind: &str,
    source: &str,
    input: &Doc,
    members: &[&str],
) -> Answer {
    purge(tx)?;
    let id = tx.new_id();
    let arn = tx.arn(&format!("media-pipeline/{id}"));
    let mut pipeline = object! {
        "MediaPipelineId": &id,
        "MediaPipelineArn": &arn,
        "Kind": kind,
        "Source": source,
        "CreatedTimestamp": tx.now(),
        "UpdatedTimestamp": tx.now(),
    };
    pipeline.copy(input, members);
    tx.put(&PIPELINES, &pipeline)?;
    tags::set(tx, &arn, input)?;
    if kind == CONCATENATION {
        let source = of_arn(tx, source)?.unwrap_or_default();
        concatenate(tx, &source, &mut pipeline)?;
    }
    let mut output = Doc::default();
    output.set(kind, show(tx, pipeline)?);
    Ok(output)
}

/// Removes the pipelines that are gone.
fn purge(tx: &mut Tx<'_>) -> Result<(), Refusal> {
    let horizon = life::horizon(tx.now());
    while let Some(row) = tx.first(&Scan::by(&PIPELINES, BY_END, ()))? {
        if row
            .int("StoppedTimestamp")
            .is_none_or(|time| time > horizon)
        {
            break;
        }
        let id = row.str("MediaPipelineId");
        tx.remove_all(&Scan::of(&tasks::TASKS, id))?;
        tags::clear(tx, row.str("MediaPipelineArn"))?;
        tx.remove(&PIPELINES, id)?;
    }
    Ok(())
}

/// Returns a pipeline as it is shown.
fn show(tx: &Tx<'_>, mut pipeline: Doc) -> Answer {
    let state = life::show(&mut pipeline, "Status", tx.now());
    if pipeline.str("Kind") == INSIGHTS {
        let elements = insights::elements(tx, &pipeline, state)?;
        pipeline.set("ElementStatuses", elements);
    }
    Ok(pipeline)
}

/// Returns whether a pipeline still exists.
pub(super) fn exists(tx: &Tx<'_>, pipeline: &Doc) -> bool {
    state(tx, pipeline) != State::Gone
}

pub(super) fn state(tx: &Tx<'_>, pipeline: &Doc) -> State {
    life::state(pipeline, tx.now()).0
}

/// Returns the pipeline with an ID, as it is stored.
pub(super) fn find(tx: &Tx<'_>, id: &str) -> Answer {
    let pipeline = tx.get(&PIPELINES, id)?;
    let pipeline = pipeline.filter(|pipeline| exists(tx, pipeline));
    pipeline.ok_or_else(|| Refusal::not_found("pipeline", id))
}

/// Returns the pipeline with an ARN, as it is stored; `None` if there is none.
pub(super) fn of_arn(tx: &Tx<'_>, arn: &str) -> Result<Option<Doc>, Refusal> {
    let Some(id) = crate::arn::id_of(arn, "media-pipeline") else {
        return Ok(None);
    };
    let pipeline = tx.get(&PIPELINES, id)?;
    let is_it = |pipeline: &Doc| pipeline.str("MediaPipelineArn") == arn && exists(tx, pipeline);
    Ok(pipeline.filter(is_it))
}

/// Returns the capture pipeline of a request, as it is stored.
fn find_capture(tx: &Tx<'_>, input: &Doc) -> Answer {
    let id = input.str("MediaPipelineId");
    let pipeline = find(tx, id)?;
    match pipeline.str("Kind") {
        CAPTURE => Ok(pipeline),
        _ => Err(Refusal::not_found("capture pipeline", id)),
    }
}

pub(super) fn get(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let pipeline = find(tx, input.str("MediaPipelineId"))?;
    let kind = pipeline.str("Kind").to_owned();
    let mut shown = Doc::default();
    shown.set(&kind, show(tx, pipeline)?);
    Ok(object! {"MediaPipeline": shown})
}

pub(super) fn get_capture(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let pipeline = find_capture(tx, input)?;
    Ok(object! {"MediaCapturePipeline": show(tx, pipeline)?})
}

/// Lists the pipelines of a scan.
fn page(tx: &Tx<'_>, input: &Doc, scan: &Scan<'_>, name: &str) -> Answer {
    pages::page(tx, input, scan, 100, name, |tx, pipeline| {
        Ok(exists(tx, &pipeline).then_some(pipeline))
    })
}

pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    page(tx, input, &Scan::of(&PIPELINES, ()), "MediaPipelines")
}

pub(super) fn list_capture(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let scan = Scan::by(&PIPELINES, BY_KIND, CAPTURE);
    page(tx, input, &scan, "MediaCapturePipelines")
}

/// Has a concatenation work once its source stops. It takes a second, and ends by itself.
fn concatenate(tx: &mut Tx<'_>, source: &Doc, pipeline: &mut Doc) -> Result<(), Refusal> {
    let Some(stopping) = source.int("StoppedTimestamp") else {
        return Ok(());
    };
    let created = pipeline.int("CreatedTimestamp").unwrap_or_default();
    let starts = (stopping + life::STEP).max(created + life::STEP);
    life::stop(pipeline, starts + life::STEP);
    tx.put(&PIPELINES, pipeline)
}

/// Stops a pipeline, and then what takes its media from it.
fn stop(tx: &mut Tx<'_>, mut pipeline: Doc) -> Result<(), Refusal> {
    life::stop(&mut pipeline, tx.now());
    tx.put(&PIPELINES, &pipeline)?;
    let scan = Scan::by(&PIPELINES, BY_SOURCE, pipeline.str("MediaPipelineArn"));
    for mut dependent in tx.all(&scan)? {
        concatenate(tx, &pipeline, &mut dependent)?;
    }
    Ok(())
}

/// Deletes a pipeline of any kind.
pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let id = input.str("MediaPipelineId");
    let pipeline = find(tx, id)?;
    let state = state(tx, &pipeline);
    if !state.is_active() {
        let state = state.name();
        return Err(Refusal::conflict(format!("pipeline {id} is {state}")));
    }
    stop(tx, pipeline)?;
    Ok(Doc::default())
}

/// Deletes a capture pipeline. One that is stopping already goes on to do so, because the operation knows no
/// conflict.
pub(super) fn delete_capture(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let pipeline = find_capture(tx, input)?;
    if state(tx, &pipeline).is_active() {
        stop(tx, pipeline)?;
    }
    Ok(Doc::default())
}

/// Stops the pipelines that take their media from a meeting, which is deleted.
pub(in crate::operations) fn meeting_ended(tx: &mut Tx<'_>, arn: &str) -> Result<(), Refusal> {
    for pipeline in tx.all(&Scan::by(&PIPELINES, BY_SOURCE, arn))? {
        if state(tx, &pipeline).is_active() {
            stop(tx, pipeline)?;
        }
    }
    Ok(())
}
