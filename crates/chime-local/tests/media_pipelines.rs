//! Chime SDK media pipelines of the local Chime.

#[path = "common/json.rs"]
mod json;

use json::{Still, text};
use serde_json::{Value, json};

const CAPTURES: &str = "/sdk-media-capture-pipelines";

fn capture(world: &Still, meeting: &Value) -> Value {
    let input = json!({
        "SourceType": "ChimeSdkMeeting",
        "SourceArn": meeting["MeetingArn"],
        "SinkType": "S3Bucket",
        "SinkArn": "arn:aws:s3:::captures",
    });
    world.ok("POST", CAPTURES, input)["MediaCapturePipeline"].take()
}

fn pipeline(of: &Value) -> String {
    format!("/sdk-media-pipelines/{}", text(&of["MediaPipelineId"]))
}

/// Returns the status of a pipeline of any kind.
#[track_caller]
fn status(world: &Still, of: &Value) -> String {
    let answer = world.ok("GET", &pipeline(of), Value::Null);
    let kinds = answer["MediaPipeline"].as_object().expect("a pipeline");
    let shown = kinds.values().next().expect("a kind");
    text(&shown["Status"]).to_owned()
}

#[test]
fn states_follow_the_clock() {
    Still::both().iter().for_each(check_states_follow_the_clock);
}

fn check_states_follow_the_clock(world: &Still) {
    let meeting = world.meeting("recorded", json!({}));
    let captured = capture(world, &meeting);
    assert_eq!(captured["Status"], "Initializing");
    world.advance(999);
    assert_eq!(status(world, &captured), "Initializing");
    world.advance(1);
    assert_eq!(status(world, &captured), "InProgress");
    world.advance(3_600_000);
    assert_eq!(status(world, &captured), "InProgress");
    world.ok("DELETE", &pipeline(&captured), Value::Null);
    assert_eq!(status(world, &captured), "Stopping");
    let shape = world.refused("DELETE", &pipeline(&captured), Value::Null);
    assert_eq!(shape, "ConflictException");
    world.advance(1000);
    assert_eq!(status(world, &captured), "Stopped");
    let shown = world.ok("GET", &pipeline(&captured), Value::Null);
    let shown = &shown["MediaPipeline"]["MediaCapturePipeline"];
    assert_eq!(shown["CreatedTimestamp"], "2027-01-15T08:00:00Z");
    assert_eq!(shown["UpdatedTimestamp"], "2027-01-15T09:00:02Z");
    world.advance(59_999);
    assert_eq!(status(world, &captured), "Stopped");
    world.advance(1);
    for uri in [
        pipeline(&captured),
        format!("{CAPTURES}/{}", text(&captured["MediaPipelineId"])),
    ] {
        for method in ["GET", "DELETE"] {
            let shape = world.refused(method, &uri, Value::Null);
            assert_eq!(shape, "NotFoundException");
        }
    }
    let list = world.ok("GET", CAPTURES, Value::Null);
    assert_eq!(list["MediaCapturePipelines"], json!([]));
    // The next pipeline takes the rows of those that are gone away, and only those.
    let next = capture(world, &meeting);
    let list = world.ok("GET", "/sdk-media-pipelines", Value::Null);
    assert_eq!(list["MediaPipelines"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        list["MediaPipelines"][0]["MediaPipelineId"],
        next["MediaPipelineId"]
    );
}

#[test]
fn a_concatenation_ends_after_its_capture() {
    let world = Still::new();
    let meeting = world.meeting("recorded", json!({}));
    let captured = capture(&world, &meeting);
    let (on, off) = (json!({"State": "Enabled"}), json!({"State": "Disabled"}));
    let input = json!({
        "Sources": [{
            "Type": "MediaCapturePipeline",
            "MediaCapturePipelineSourceConfiguration": {
                "MediaPipelineArn": captured["MediaPipelineArn"],
                "ChimeSdkMeetingConfiguration": {"ArtifactsConfiguration": {
                    "Audio": on, "Video": off, "Content": off, "DataChannel": off,
                    "TranscriptionMessages": off, "MeetingEvents": off, "CompositedVideo": off,
                }},
            },
        }],
        "Sinks": [{"Type": "S3Bucket", "S3BucketSinkConfiguration": {"Destination": "arn:aws:s3:::captures"}}],
    });
    let uri = "/sdk-media-concatenation-pipelines";
    let early = world.ok("POST", uri, input.clone())["MediaConcatenationPipeline"].take();
    world.advance(10_000);
    assert_eq!(status(&world, &early), "InProgress");
    // The end of the meeting stops the capture, and that lets the concatenation end.
    let id = text(&meeting["MeetingId"]);
    world.ok("DELETE", &format!("/meetings/{id}"), Value::Null);
    assert_eq!(status(&world, &captured), "Stopping");
    assert_eq!(status(&world, &early), "InProgress");
    world.advance(1000);
    let late = world.ok("POST", uri, input.clone())["MediaConcatenationPipeline"].take();
    assert_eq!(late["Status"], "Initializing");
    for (early_one, late_one) in [
        ("Stopping", "InProgress"),
        ("Stopped", "Stopping"),
        ("Stopped", "Stopped"),
    ] {
        world.advance(1000);
        assert_eq!(status(&world, &early), early_one);
        assert_eq!(status(&world, &late), late_one);
    }
    world.advance(60_000);
    assert_eq!(world.refused("POST", uri, input), "BadRequestException");
}

#[test]
fn selections_are_limited() {
    let world = Still::new();
    let meeting = world.meeting("recorded", json!({}));
    for (count, is_possible) in [(25, true), (26, false)] {
        let users: Vec<String> = (0..count).map(|i| format!("user-{i}")).collect();
        let input = json!({
            "SourceType": "ChimeSdkMeeting",
            "SourceArn": meeting["MeetingArn"],
            "SinkType": "S3Bucket",
            "SinkArn": "arn:aws:s3:::captures",
            "ChimeSdkMeetingConfiguration": {
                "SourceConfiguration": {"SelectedVideoStreams": {"ExternalUserIds": users}},
            },
        });
        let (status, ..) = world.send("POST", CAPTURES, &input);
        assert_eq!(status < 300, is_possible, "{count}");
    }
}

#[test]
fn pools_can_be_created_again() {
    Still::both()
        .iter()
        .for_each(check_pools_can_be_created_again);
}

fn check_pools_can_be_created_again(world: &Still) {
    let uri = "/media-pipeline-kinesis-video-stream-pools";
    let input = json!({"PoolName": "calls", "StreamConfiguration": {"Region": "us-east-1"}});
    let pool = |uri: &str| {
        let mut answer = world.ok("GET", uri, Value::Null);
        answer["KinesisVideoStreamPoolConfiguration"].take()
    };
    let named = format!("{uri}/calls");
    let first = world.ok("POST", uri, input.clone());
    let first = &first["KinesisVideoStreamPoolConfiguration"];
    world.advance(1000);
    assert_eq!(pool(&named)["PoolStatus"], "ACTIVE");
    let arn = text(&first["PoolArn"]).replace('/', "%2F");
    world.ok("DELETE", &format!("{uri}/{arn}"), Value::Null);
    assert_eq!(pool(&named)["PoolStatus"], "DELETING");
    let refused = [
        ("POST", uri, input.clone()),
        (
            "PUT",
            named.as_str(),
            json!({"StreamConfiguration": {"DataRetentionInHours": 1}}),
        ),
        ("DELETE", named.as_str(), Value::Null),
    ];
    for (method, uri, input) in refused {
        assert_eq!(world.refused(method, uri, input), "ConflictException");
    }
    world.advance(1000);
    assert_eq!(
        world.refused("GET", &named, Value::Null),
        "NotFoundException"
    );
    let second = world.ok("POST", uri, input);
    let second = &second["KinesisVideoStreamPoolConfiguration"];
    assert_eq!(second["PoolArn"], first["PoolArn"]);
    assert_ne!(second["PoolId"], first["PoolId"]);
    assert_eq!(pool(&named)["PoolId"], second["PoolId"]);
}

#[test]
fn tasks_end_with_their_pipeline() {
    Still::both()
        .iter()
        .for_each(check_tasks_end_with_their_pipeline);
}

fn check_tasks_end_with_their_pipeline(world: &Still) {
    let configuration = |name: &str, search: &str| {
        let input = json!({
            "MediaInsightsPipelineConfigurationName": name,
            "ResourceAccessRoleArn": "arn:aws:iam::000000000000:role/insights",
            "Elements": [{
                "Type": "VoiceAnalyticsProcessor",
                "VoiceAnalyticsProcessorConfiguration": {
                    "SpeakerSearchStatus": search, "VoiceToneAnalysisStatus": "Enabled",
                },
            }],
        });
        let uri = "/media-insights-pipeline-configurations";
        world.ok("POST", uri, input)["MediaInsightsPipelineConfiguration"].take()
    };
    let stream = "arn:aws:kinesisvideo:us-east-1:000000000000:stream/calls/1";
    let create = |configuration: &Value| {
        let input = json!({
            "MediaInsightsPipelineConfigurationArn":
                configuration["MediaInsightsPipelineConfigurationArn"],
            "KinesisVideoStreamSourceRuntimeConfiguration": {
                "MediaEncoding": "pcm",
                "MediaSampleRate": 8000,
                "Streams": [{"StreamArn": stream, "StreamChannelDefinition": {"NumberOfChannels": 2}}],
            },
        });
        world.ok("POST", "/media-insights-pipelines", input)["MediaInsightsPipeline"].take()
    };
    let tasks = |of: &Value| {
        let id = text(&of["MediaPipelineId"]);
        format!("/media-insights-pipelines/{id}/speaker-search-tasks")
    };
    let input = json!({"VoiceProfileDomainArn": "arn:aws:chime:us-east-1:000000000000:voice-profile-domain/a"});

    let off = create(&configuration("off", "Disabled"));
    let start = format!("{}?operation=start", tasks(&off));
    let shape = world.refused("POST", &start, input.clone());
    assert_eq!(shape, "BadRequestException");

    let on = create(&configuration("on", "Enabled"));
    let start = format!("{}?operation=start", tasks(&on));
    let task = world.ok("POST", &start, input.clone())["SpeakerSearchTask"].take();
    let task = format!("{}/{}", tasks(&on), text(&task["SpeakerSearchTaskId"]));
    let shown = || {
        let mut answer = world.ok("GET", &task, Value::Null);
        answer["SpeakerSearchTask"]["SpeakerSearchTaskStatus"].take()
    };
    world.advance(1000);
    assert_eq!(shown(), "InProgress");
    world.ok("DELETE", &pipeline(&on), Value::Null);
    assert_eq!(shown(), "Stopping");
    let stop = format!("{task}?operation=stop");
    assert_eq!(
        world.refused("POST", &stop, Value::Null),
        "ConflictException"
    );
    assert_eq!(world.refused("POST", &start, input), "ConflictException");
    world.advance(1000);
    assert_eq!(shown(), "Stopped");
    world.advance(60_000);
    assert_eq!(
        world.refused("GET", &task, Value::Null),
        "NotFoundException"
    );
}

#[test]
fn too_many_tags_are_refused_with_an_error_of_the_operation() {
    let world = Still::new();
    let meeting = world.meeting("recorded", json!({}));
    let captured = capture(&world, &meeting);
    let tags: Vec<Value> = (0..51)
        .map(|i| json!({"Key": format!("key-{i}"), "Value": ""}))
        .collect();
    let input = json!({"ResourceARN": captured["MediaPipelineArn"], "Tags": tags});
    let shape = world.refused("POST", "/tags?operation=tag-resource", input);
    assert_eq!(shape, "BadRequestException");
}
