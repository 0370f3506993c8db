//! Creates a meeting and any number of attendees.
//!
//! ```console
//! $ cargo run -p chime-examples --bin meeting -- ada grace      # Region and credentials as every AWS SDK finds them
//! $ cargo run -p chime-examples --bin meeting -- --endpoint-url http://127.0.0.1:8080 ada grace
//! ```

use chime_sdk_meetings::Client;
use chime_sdk_meetings::batch::ItemStatus;
use chime_sdk_meetings::config::{BehaviorVersion, default_http_client};
use chime_sdk_meetings::types::CreateAttendeeRequestItem;
use std::error::Error;
use std::process::ExitCode;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(mut arguments: Vec<String>) -> Result<bool> {
    let mut config =
        aws_config::defaults(BehaviorVersion::latest()).http_client(default_http_client());
    if arguments.first().is_some_and(|it| it == "--endpoint-url") {
        let url = arguments.get(1).ok_or("--endpoint-url needs a URL")?;
        config = config.endpoint_url(url);
        arguments.drain(..2);
    }
    let client = Client::new(&config.load().await);

    let meeting = hold(&client, arguments).await?;
    println!("meeting  {}", meeting.id);
    for (user, attendee) in &meeting.attendees {
        println!("attendee {attendee}  {user}");
    }
    for (user, reason) in &meeting.missing {
        println!("missing  {user}: {reason}");
    }
    Ok(meeting.missing.is_empty())
}

/// A meeting, who may join it, and who was left out and why.
#[derive(Debug, PartialEq)]
struct Meeting {
    id: String,
    attendees: Vec<(String, String)>,
    missing: Vec<(String, String)>,
}

async fn hold(client: &Client, users: Vec<String>) -> Result<Meeting> {
    let created = client
        .create_meeting()
        .external_meeting_id("example")
        .media_region("us-east-1")
        .send()
        .await
        // The service's error prints what happened in one line.
        .map_err(chime_sdk_meetings::Error::from)?;
    let id = created
        .meeting()
        .and_then(|meeting| meeting.meeting_id())
        .ok_or("the response has no meeting ID")?
        .to_owned();

    // A request takes a hundred attendees at most. `send_all` splits and retries.
    let items = users
        .into_iter()
        .map(|user| {
            CreateAttendeeRequestItem::builder()
                .external_user_id(user)
                .build()
        })
        .collect::<std::result::Result<Vec<_>, _>>()?;
    let mut run = client
        .batch_create_attendee()
        .meeting_id(&id)
        .send_all(items);
    let mut missing = Vec::new();
    while let Some(outcome) = run.next().await {
        let user = outcome.item.external_user_id().to_owned();
        match outcome.status {
            ItemStatus::Done => {}
            ItemStatus::Refused { code, message, .. } => {
                let reason = [code, message].into_iter().flatten();
                missing.push((user, reason.collect::<Vec<_>>().join(": ")));
            }
            other => missing.push((user, format!("{other:?}"))),
        }
    }

    let mut pages = client
        .list_attendees()
        .meeting_id(&id)
        .into_paginator()
        .send();
    let mut attendees = Vec::new();
    while let Some(page) = pages.next().await {
        for attendee in page.map_err(chime_sdk_meetings::Error::from)?.attendees() {
            // A client joins with the attendee's ID and its join token, which is a secret.
            attendees.push((
                attendee.external_user_id().unwrap_or_default().to_owned(),
                attendee.attendee_id().unwrap_or_default().to_owned(),
            ));
        }
    }
    Ok(Meeting {
        id,
        attendees,
        missing,
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
    use std::sync::{Arc, Mutex};

    /// A client whose requests are answered by a function, and how many attendees each batch had.
    fn canned() -> (Client, Arc<Mutex<Vec<usize>>>) {
        let batches = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&batches);
        let http_client = infallible_client_fn(move |request: http::Request<SdkBody>| {
            let body: Value = serde_json::from_slice(request.body().bytes().unwrap_or_default())
                .unwrap_or_default();
            let path = request
                .uri()
                .path_and_query()
                .map_or("", |path| path.as_str());
            let answer = match (request.method().as_str(), path) {
                ("POST", "/meetings") => {
                    assert_eq!(body["ExternalMeetingId"], "example");
                    assert!(body["ClientRequestToken"].is_string());
                    json!({ "Meeting": { "MeetingId": "m-1" } })
                }
                ("POST", "/meetings/m-1/attendees?operation=batch-create") => {
                    let users = body["Attendees"].as_array().expect("attendees");
                    seen.lock().expect("no panic").push(users.len());
                    let blocked = users
                        .iter()
                        .filter(|user| user["ExternalUserId"] == "blocked")
                        .map(|user| {
                            json!({
                                "ExternalUserId": user["ExternalUserId"],
                                "ErrorCode": "BadRequest",
                                "ErrorMessage": "not here",
                            })
                        });
                    json!({ "Attendees": [], "Errors": blocked.collect::<Vec<_>>() })
                }
                ("GET", "/meetings/m-1/attendees") => json!({
                    "Attendees": [{ "ExternalUserId": "ada", "AttendeeId": "a-1", "JoinToken": "t" }],
                    "NextToken": "more",
                }),
                ("GET", "/meetings/m-1/attendees?next-token=more") => json!({
                    "Attendees": [{ "ExternalUserId": "grace", "AttendeeId": "a-2", "JoinToken": "t" }],
                }),
                other => panic!("an unexpected request: {other:?}"),
            };
            http::Response::new(SdkBody::from(answer.to_string()))
        });
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
            .http_client(http_client)
            .build();
        (Client::from_conf(config), batches)
    }

    #[tokio::test]
    async fn reports_who_is_in_and_who_is_not() {
        let (client, _) = canned();
        let users = ["ada", "blocked", "grace"].map(str::to_owned).to_vec();
        let pair = |user: &str, value: &str| (user.to_owned(), value.to_owned());
        assert_eq!(
            hold(&client, users).await.expect("a meeting"),
            Meeting {
                id: "m-1".to_owned(),
                attendees: vec![pair("ada", "a-1"), pair("grace", "a-2")],
                missing: vec![pair("blocked", "BadRequest: not here")],
            }
        );
    }

    #[tokio::test]
    async fn sends_no_batch_beyond_the_limit() {
        let (client, batches) = canned();
        let users = (0..250).map(|number| format!("user-{number}")).collect();
        let meeting = hold(&client, users).await.expect("a meeting");
        assert_eq!(meeting.missing, []);
        let mut sizes = batches.lock().expect("no panic").clone();
        sizes.sort_unstable();
        assert_eq!(sizes, [50, 100, 100]);
    }
}
