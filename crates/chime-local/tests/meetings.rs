//! Chime SDK meetings of the local Chime.

#[path = "common/json.rs"]
mod json;

use json::{Still, text};
use serde_json::{Value, json};

fn uri(meeting: &Value, rest: &str) -> String {
    format!("/meetings/{}{rest}", text(&meeting["MeetingId"]))
}

#[test]
fn a_repeated_token_creates_no_second_meeting() {
    let world = Still::new();
    let first = world.meeting("daily", json!({}));
    assert_eq!(world.meeting("daily", json!({})), first);
    assert_ne!(world.meeting("weekly", json!({})), first);
    // The token is required.
    let input = json!({"MediaRegion": "us-east-1", "ExternalMeetingId": "daily"});
    assert_eq!(
        world.refused("POST", "/meetings", input),
        "BadRequestException"
    );
    let id = text(&first["MeetingId"]);
    assert!(text(&first["MeetingArn"]).ends_with(&format!(":meeting/{id}")));
    let placement = first["MediaPlacement"].as_object().expect("a placement");
    assert_eq!(placement.len(), 8);
    for (name, url) in placement {
        // Nobody's media are sent to AWS by mistake.
        assert!(text(url).contains(".local.invalid"), "{name} is {url}");
    }
}

#[test]
fn attendees_are_limited() {
    Still::both().iter().for_each(check_attendees_are_limited);
}

fn check_attendees_are_limited(world: &Still) {
    let usual = world.meeting("usual", json!({}));
    for batch in 0..3 {
        let users: Vec<Value> = (0..100)
            .map(|i| json!({"ExternalUserId": format!("user-{batch}-{i}")}))
            .collect();
        let answer = world.ok(
            "POST",
            &uri(&usual, "/attendees?operation=batch-create"),
            json!({"Attendees": users}),
        );
        let (added, refused) = if batch < 2 { (100, 0) } else { (50, 50) };
        assert_eq!(answer["Attendees"].as_array().map(Vec::len), Some(added));
        assert_eq!(answer["Errors"].as_array().map(Vec::len), Some(refused));
    }
    let one = json!({"ExternalUserId": "one more"});
    let shape = world.refused("POST", &uri(&usual, "/attendees"), one.clone());
    assert_eq!(shape, "LimitExceededException");
    // Who is there already is not one more.
    let known = json!({"ExternalUserId": "USER-0-0"});
    world.ok("POST", &uri(&usual, "/attendees"), known);

    // A batch has at most a hundred.
    let users: Vec<Value> = (0..101)
        .map(|i| json!({"ExternalUserId": format!("user-{i}")}))
        .collect();
    let large = world.meeting("large", json!({}));
    let shape = world.refused(
        "POST",
        &uri(&large, "/attendees?operation=batch-create"),
        json!({"Attendees": users}),
    );
    assert_eq!(shape, "BadRequestException");

    let small = world.meeting("small", json!({"Attendee": {"MaxCount": 1}}));
    world.ok("POST", &uri(&small, "/attendees"), one);
    let two = json!({"ExternalUserId": "two"});
    let shape = world.refused("POST", &uri(&small, "/attendees"), two.clone());
    assert_eq!(shape, "LimitExceededException");
    // A place becomes free.
    let list = world.ok("GET", &uri(&small, "/attendees"), Value::Null);
    let attendee = text(&list["Attendees"][0]["AttendeeId"]);
    world.ok(
        "DELETE",
        &uri(&small, &format!("/attendees/{attendee}")),
        Value::Null,
    );
    world.ok("POST", &uri(&small, "/attendees"), two);
}

#[test]
fn capabilities_go_with_the_features() {
    let world = Still::new();
    let (send, receive, none) = ("Send", "Receive", "None");
    for (i, (features, usual, refused)) in [
        (json!({}), ["SendReceive", "SendReceive"], [none, receive]),
        (
            json!({"Video": {"MaxResolution": "None"}}),
            ["Receive", "SendReceive"],
            [send, none],
        ),
        (
            json!({"Content": {"MaxResolution": "None"}}),
            ["SendReceive", "None"],
            [receive, send],
        ),
        (
            json!({"Content": {"MaxResolution": "None"}, "Video": {"MaxResolution": "None"}}),
            ["None", "None"],
            [receive, none],
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let meeting = world.meeting(&format!("meeting-{i}"), features);
        let attendees = uri(&meeting, "/attendees");
        let input = json!({"ExternalUserId": "ana"});
        let attendee = world.ok("POST", &attendees, input)["Attendee"].take();
        let capabilities = |[video, content]: [&str; 2]| json!({"Audio": "SendReceive", "Video": video, "Content": content});
        assert_eq!(attendee["Capabilities"], capabilities(usual));
        let id = text(&attendee["AttendeeId"]);
        for (method, uri, input) in [
            ("POST", attendees.clone(), json!({"ExternalUserId": "ben"})),
            ("PUT", format!("{attendees}/{id}/capabilities"), json!({})),
            (
                "PUT",
                format!("{attendees}/capabilities?operation=batch-update-except"),
                json!({"ExcludedAttendeeIds": [{"AttendeeId": id}]}),
            ),
        ] {
            let mut input = input;
            input["Capabilities"] = capabilities(refused);
            assert_eq!(world.refused(method, &uri, input), "BadRequestException");
        }
    }
}

#[test]
fn a_meeting_has_four_replicas() {
    let world = Still::new();
    let primary = world.meeting("primary", json!({}));
    let replica = |name: &str| {
        json!({
            "ClientRequestToken": name,
            "MediaRegion": "us-east-1",
            "ExternalMeetingId": name,
            "PrimaryMeetingId": primary["MeetingId"],
        })
    };
    for name in ["r1", "r2", "r3", "r4"] {
        world.ok("POST", "/meetings", replica(name));
    }
    let shape = world.refused("POST", "/meetings", replica("r5"));
    assert_eq!(shape, "LimitExceededException");
}

#[test]
fn tags_are_limited() {
    let world = Still::new();
    let meeting = world.meeting("tagged", json!({}));
    let tags = |from: usize, to: usize| -> Vec<Value> {
        (from..to)
            .map(|i| json!({"Key": format!("key-{i}"), "Value": ""}))
            .collect()
    };
    let arn = text(&meeting["MeetingArn"]);
    let input = |tags: Vec<Value>| json!({"ResourceARN": arn, "Tags": tags});
    let uri = "/tags?operation=tag-resource";
    world.ok("POST", uri, input(tags(0, 50)));
    let shape = world.refused("POST", uri, input(tags(50, 51)));
    assert_eq!(shape, "TooManyTagsException");
    let list = world.ok("GET", &format!("/tags?arn={arn}"), Value::Null);
    assert_eq!(list["Tags"].as_array().map(Vec::len), Some(50));
}

#[test]
fn transcription_settings_are_checked() {
    let world = Still::new();
    let meeting = world.meeting("spoken", json!({}));
    let start = uri(&meeting, "/transcription?operation=start");
    let input =
        |name: &str, settings: Value| json!({"TranscriptionConfiguration": {name: settings}});
    let general = "EngineTranscribeSettings";
    for settings in [
        json!({"LanguageCode": "en-US", "ContentRedactionType": "PII", "PiiEntityTypes": "NAME"}),
        json!({"IdentifyLanguage": true, "LanguageOptions": "en-US,de-DE", "PreferredLanguage": "de-DE"}),
    ] {
        world.ok("POST", &start, input(general, settings));
    }
    let medical = json!({"LanguageCode": "en-US", "Specialty": "CARDIOLOGY", "Type": "DICTATION"});
    world.ok(
        "POST",
        &start,
        input("EngineTranscribeMedicalSettings", medical),
    );
    for settings in [
        json!({}),
        json!({"LanguageCode": "xx-XX"}),
        json!({"LanguageCode": "en-US", "LanguageOptions": "en-US,de-DE"}),
        json!({"IdentifyLanguage": true, "PreferredLanguage": "de-DE"}),
        json!({"LanguageCode": "en-US", "PiiEntityTypes": "NAME"}),
        json!({"LanguageCode": "en-US", "ContentRedactionType": "PII", "ContentIdentificationType": "PII"}),
        json!({"IdentifyLanguage": true, "ContentRedactionType": "PII"}),
    ] {
        let shape = world.refused("POST", &start, input(general, settings));
        assert_eq!(shape, "BadRequestException");
    }
}
