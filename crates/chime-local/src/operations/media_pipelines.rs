//! Chime SDK media pipelines, as resources with states but without media.
//!
//! States follow the clock, and no media is needed for them; see [`life`]. What a pipeline takes its media from must
//! exist: the meeting, the capture pipeline that is concatenated, the pool of streams, and the configuration. What
//! other services keep, such as buckets and voice profile domains, is taken for granted.

mod checks;
mod configurations;
mod create;
mod insights;
mod life;
mod pipelines;
mod pools;
mod tagging;
mod tasks;

use super::Handlers;
use crate::store::Table;

pub(super) use pipelines::meeting_ended;

pub(super) const OPERATIONS: Handlers = &[
    ("CreateMediaCapturePipeline", create::capture),
    ("CreateMediaConcatenationPipeline", create::concatenation),
    ("CreateMediaInsightsPipeline", insights::create),
    (
        "CreateMediaInsightsPipelineConfiguration",
        configurations::create,
    ),
    ("CreateMediaLiveConnectorPipeline", create::live_connector),
    ("CreateMediaPipelineKinesisVideoStreamPool", pools::create),
    ("CreateMediaStreamPipeline", create::stream),
    ("DeleteMediaCapturePipeline", pipelines::delete_capture),
    (
        "DeleteMediaInsightsPipelineConfiguration",
        configurations::delete,
    ),
    ("DeleteMediaPipeline", pipelines::delete),
    ("DeleteMediaPipelineKinesisVideoStreamPool", pools::delete),
    ("GetMediaCapturePipeline", pipelines::get_capture),
    ("GetMediaInsightsPipelineConfiguration", configurations::get),
    ("GetMediaPipeline", pipelines::get),
    ("GetMediaPipelineKinesisVideoStreamPool", pools::get),
    ("GetSpeakerSearchTask", tasks::get_speaker_search),
    ("GetVoiceToneAnalysisTask", tasks::get_voice_tone),
    ("ListMediaCapturePipelines", pipelines::list_capture),
    (
        "ListMediaInsightsPipelineConfigurations",
        configurations::list,
    ),
    ("ListMediaPipelineKinesisVideoStreamPools", pools::list),
    ("ListMediaPipelines", pipelines::list),
    ("ListTagsForResource", tagging::list),
    ("StartSpeakerSearchTask", tasks::start_speaker_search),
    ("StartVoiceToneAnalysisTask", tasks::start_voice_tone),
    ("StopSpeakerSearchTask", tasks::stop_speaker_search),
    ("StopVoiceToneAnalysisTask", tasks::stop_voice_tone),
    ("TagResource", tagging::tag),
    ("UntagResource", tagging::untag),
    (
        "UpdateMediaInsightsPipelineConfiguration",
        configurations::update,
    ),
    ("UpdateMediaInsightsPipelineStatus", insights::update_status),
    ("UpdateMediaPipelineKinesisVideoStreamPool", pools::update),
];

pub(super) const TABLES: &[&Table] = &[
    &pipelines::PIPELINES,
    &configurations::CONFIGURATIONS,
    &pools::POOLS,
    &tasks::TASKS,
];
