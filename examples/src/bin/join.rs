//! What a web server answers to a browser that wants to join a meeting, as JSON.
//!
//! `MeetingSessionConfiguration` of amazon-chime-sdk-js takes a meeting and an attendee as the service describes
//! them. They are serialized with the names of the model, so the answer needs no types of its own.
//!
//! ```console
//! $ cargo run -p chime-examples --bin join -- standup ada      # Region and credentials as every AWS SDK finds them
//! {"JoinInfo":{"Attendee":{"AttendeeId":...},"Meeting":{...},"Title":"standup"}}
//! ```

use chime_sdk_meetings::config::{BehaviorVersion, default_http_client};
use chime_sdk_meetings::types::{Attendee, Meeting};
use chime_sdk_meetings::{Client, Error};
use serde::Serialize;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [title, user] = arguments.as_slice() else {
        eprintln!("usage: join TITLE USER");
        return ExitCode::FAILURE;
    };
    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(default_http_client())
        .load()
        .await;
    let (status, body) = handle(&Client::new(&config), title, user).await;
    println!("{body}");
    match status {
        200 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct JoinInfo {
    attendee: Option<Attendee>,
    meeting: Option<Meeting>,
    title: String,
}

/// Answers a request: a status and a body.
async fn handle(client: &Client, title: &str, user: &str) -> (u16, String) {
    match join(client, title, user).await {
        Ok(info) => (200, serde_json::json!({ "JoinInfo": info }).to_string()),
        Err(error) => (
            502,
            serde_json::json!({ "error": error.to_string() }).to_string(),
        ),
    }
}

async fn join(client: &Client, title: &str, user: &str) -> Result<JoinInfo, Error> {
    // Requests with the same token return the same meeting.
    let meeting = client
        .create_meeting()
        .client_request_token(title)
        .external_meeting_id(title)
        .media_region("us-east-1")
        .send()
        .await?
        .meeting;
    let id = meeting.as_ref().and_then(|meeting| meeting.meeting_id());
    let attendee = client
        .create_attendee()
        .set_meeting_id(id.map(str::to_owned))
        .external_user_id(user)
        .send()
        .await?
        .attendee;
    Ok(JoinInfo {
        attendee,
        meeting,
        title: title.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_http_client::test_util::infallible_client_fn;
    use aws_smithy_types::body::SdkBody;
    use chime_sdk_meetings::Config;
    use chime_sdk_meetings::config::{Credentials, Region};
    use serde_json::{Value, json};

    fn client(answer: impl Fn(&str) -> (u16, Value) + Send + Sync + 'static) -> Client {
        let http_client = infallible_client_fn(move |request: http::Request<SdkBody>| {
            let (status, answer) = answer(request.uri().path());
            http::Response::builder()
                .status(status)
                .body(SdkBody::from(answer.to_string()))
                .expect("a response")
        });
        let config = Config::builder()
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
            .http_client(http_client)
            .build();
        Client::from_conf(config)
    }

    #[tokio::test]
    async fn the_browser_gets_what_the_service_said() {
        let meeting = json!({
            "ExternalMeetingId": "standup",
            "MediaPlacement": {
                "AudioFallbackUrl": "wss://haxrp.example/calls/m-1",
                "AudioHostUrl": "audio.example:3478",
                "EventIngestionUrl": "https://data.example/v1/client-events",
                "SignalingUrl": "wss://signal.example/control/m-1",
                "TurnControlUrl": "https://turn.example/v2/turn_sessions",
            },
            "MediaRegion": "us-east-1",
            "MeetingArn": "arn:aws:chime:us-east-1:1:meeting/m-1",
            "MeetingFeatures": { "Video": { "MaxResolution": "FHD" } },
            "MeetingId": "m-1",
            "TenantIds": [],
        });
        let attendee = json!({
            "AttendeeId": "a-1",
            "Capabilities": { "Audio": "SendReceive", "Content": "None", "Video": "Receive" },
            "ExternalUserId": "ada",
            "JoinToken": "token",
        });
        let (said_meeting, said_attendee) = (meeting.clone(), attendee.clone());
        let client = client(move |path| match path {
            "/meetings" => (200, json!({ "Meeting": said_meeting })),
            "/meetings/m-1/attendees" => (200, json!({ "Attendee": said_attendee })),
            path => panic!("an unexpected path: {path}"),
        });
        let (status, body) = handle(&client, "standup", "ada").await;
        assert_eq!(status, 200);
        assert_eq!(
            serde_json::from_str::<Value>(&body).expect("JSON"),
            json!({ "JoinInfo": { "Attendee": attendee, "Meeting": meeting, "Title": "standup" } })
        );
    }

    #[tokio::test]
    async fn a_refusal_is_reported() {
        let client = client(|_| (403, json!({ "Message": "not you" })));
        let (status, body) = handle(&client, "standup", "ada").await;
        assert_eq!(status, 502);
        assert!(body.contains("not you"), "{body}");
    }
}
