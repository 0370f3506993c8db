//! Speaker searches and voice tone analyses of insights pipelines.

use super::life::{self, State};
use super::pipelines;
use super::{checks, insights};
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

pub(super) const TASKS: Table = Table {
    name: "media_pipelines_tasks",
    key: &["MediaPipelineId", "Kind", "TaskId"],
    indexes: &[],
};

/// A kind of task, and the names that the operations have for it.
#[derive(Debug)]
struct Kind {
    /// The structure of a task.
    name: &'static str,
    id: &'static str,
    status: &'static str,
    /// The member of a voice analytics configuration that enables it.
    enabled: &'static str,
}

const SPEAKER_SEARCH: Kind = Kind {
    name: "SpeakerSearchTask",
    id: "SpeakerSearchTaskId",
    status: "SpeakerSearchTaskStatus",
    enabled: "SpeakerSearchStatus",
};

const VOICE_TONE: Kind = Kind {
    name: "VoiceToneAnalysisTask",
    id: "VoiceToneAnalysisTaskId",
    status: "VoiceToneAnalysisTaskStatus",
    enabled: "VoiceToneAnalysisStatus",
};

/// Returns whether a pipeline has a task that has not been asked to stop.
pub(super) fn any_active(tx: &Tx<'_>, pipeline: &Doc) -> Result<bool, Refusal> {
    let tasks = tx.all(&Scan::of(&TASKS, pipeline.str("MediaPipelineId")))?;
    Ok(tasks
        .iter()
        .any(|task| state(tx, pipeline, task).is_active()))
}

/// Returns a task that stops with its pipeline.
fn tied(pipeline: &Doc, task: &Doc) -> Doc {
    let mut task = task.clone();
    if let Some(stopped) = pipeline.int("StoppedTimestamp") {
        life::stop(&mut task, stopped);
    }
    task
}

/// Returns the state of a task. It is kept as long as its pipeline.
fn state(tx: &Tx<'_>, pipeline: &Doc, task: &Doc) -> State {
    life::state(&tied(pipeline, task), tx.now()).0
}

/// Returns the output of an operation.
fn show(tx: &Tx<'_>, kind: &Kind, pipeline: &Doc, task: &Doc) -> Doc {
    let mut task = tied(pipeline, task);
    life::show(&mut task, kind.status, tx.now());
    task.set(kind.id, task.opt_str("TaskId").map(str::to_owned));
    let mut output = Doc::default();
    output.set(kind.name, task);
    output
}

fn start(tx: &mut Tx<'_>, kind: &Kind, input: &Doc) -> Answer {
    let pipeline = insights::find(tx, input)?;
    let id = pipeline.str("MediaPipelineId");
    let state = pipelines::state(tx, &pipeline);
    if !matches!(state, State::Initializing | State::InProgress) {
        let state = state.name();
        return Err(Refusal::conflict(format!("pipeline {id} is {state}")));
    }
    let is_enabled = pipeline.docs("Elements").iter().any(|element| {
        let configuration = element.doc("VoiceAnalyticsProcessorConfiguration");
        configuration.str(kind.enabled) == "Enabled"
    });
    if !is_enabled {
        return Err(Refusal::bad_request(format!(
            "the configuration of pipeline {id} has no VoiceAnalyticsProcessor with {} Enabled",
            kind.enabled
        )));
    }
    let source = input.doc("KinesisVideoStreamSourceTaskConfiguration");
    if let Some(stream) = source.opt_str("StreamArn")
        && !insights::streams(&pipeline).iter().any(|it| it == stream)
    {
        return Err(Refusal::bad_request(format!(
            "{stream} is not a stream of pipeline {id}"
        )));
    }
    let mut task = object! {
        "MediaPipelineId": id,
        "Kind": kind.name,
        "TaskId": tx.new_id(),
        "CreatedTimestamp": tx.now(),
        "UpdatedTimestamp": tx.now(),
    };
    task.copy(
        input,
        &[
            "KinesisVideoStreamSourceTaskConfiguration",
            "LanguageCode",
            "VoiceProfileDomainArn",
        ],
    );
    tx.put(&TASKS, &task)?;
    Ok(show(tx, kind, &pipeline, &task))
}

/// Returns the pipeline and the task of a request.
fn find(tx: &Tx<'_>, kind: &Kind, input: &Doc) -> Result<(Doc, Doc), Refusal> {
    let pipeline = insights::find(tx, input)?;
    let key = (
        pipeline.str("MediaPipelineId"),
        kind.name,
        input.str(kind.id),
    );
    let task = tx.find(&TASKS, key, "task")?;
    Ok((pipeline, task))
}

fn get(tx: &Tx<'_>, kind: &Kind, input: &Doc) -> Answer {
    let (pipeline, task) = find(tx, kind, input)?;
    Ok(show(tx, kind, &pipeline, &task))
}

fn stop(tx: &mut Tx<'_>, kind: &Kind, input: &Doc) -> Answer {
    let (pipeline, mut task) = find(tx, kind, input)?;
    let state = state(tx, &pipeline, &task);
    if !state.is_active() {
        return Err(Refusal::conflict(format!(
            "task {} is {}",
            task.str("TaskId"),
            state.name()
        )));
    }
    life::stop(&mut task, tx.now());
    tx.put(&TASKS, &task)?;
    Ok(Doc::default())
}

pub(super) fn start_speaker_search(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    checks::belongs(
        "VoiceProfileDomainArn",
        input.str("VoiceProfileDomainArn"),
        "chime",
    )?;
    start(tx, &SPEAKER_SEARCH, input)
}

pub(super) fn get_speaker_search(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    get(tx, &SPEAKER_SEARCH, input)
}

pub(super) fn stop_speaker_search(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    stop(tx, &SPEAKER_SEARCH, input)
}

pub(super) fn start_voice_tone(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    start(tx, &VOICE_TONE, input)
}

pub(super) fn get_voice_tone(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    get(tx, &VOICE_TONE, input)
}

pub(super) fn stop_voice_tone(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    stop(tx, &VOICE_TONE, input)
}
