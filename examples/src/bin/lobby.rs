//! A lobby that keeps its meetings in a file, so that people find the same meeting after a restart.
//!
//! The file has the service's own meetings and attendees, as they are serialized. Nothing mirrors them.
//!
//! ```console
//! $ cargo run -p chime-examples --bin lobby -- lobby.json standup ada    # Region and credentials as every AWS SDK finds them
//! created m-1, ada is a-1
//! $ cargo run -p chime-examples --bin lobby -- lobby.json standup grace
//! found m-1, grace is a-2
//! ```

use chime_sdk_meetings::Client;
use chime_sdk_meetings::config::{BehaviorVersion, default_http_client};
use chime_sdk_meetings::types::{Attendee, Meeting};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, title, user] = arguments.as_slice() else {
        eprintln!("usage: lobby FILE TITLE USER");
        return ExitCode::FAILURE;
    };
    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(default_http_client())
        .load()
        .await;
    match enter(&Client::new(&config), Path::new(file), title, user).await {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The open meetings, by their titles.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Lobby(BTreeMap<String, Open>);

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Open {
    meeting: Meeting,
    /// With their join tokens, which are secrets: the file is one too.
    attendees: Vec<Attendee>,
}

impl Lobby {
    fn load(file: &Path) -> Result<Self> {
        match std::fs::read_to_string(file) {
            Ok(text) => Ok(serde_json::from_str(&text)?),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error.into()),
        }
    }

    fn save(&self, file: &Path) -> Result<()> {
        Ok(std::fs::write(file, serde_json::to_string_pretty(self)?)?)
    }
}

/// Lets a user into a meeting, which is created if it is not open.
async fn enter(client: &Client, file: &Path, title: &str, user: &str) -> Result<String> {
    let mut lobby = Lobby::load(file)?;
    let (found, mut open) = match lobby.0.remove(title) {
        Some(open) => ("found", open),
        None => ("created", create(client, title).await?),
    };
    let id = open.meeting.meeting_id().unwrap_or_default().to_owned();
    let attendee = client
        .create_attendee()
        .meeting_id(&id)
        .external_user_id(user)
        .send()
        .await
        .map_err(chime_sdk_meetings::Error::from)?
        .attendee
        .ok_or("the response has no attendee")?;
    let attendee_id = attendee.attendee_id().unwrap_or_default().to_owned();
    open.attendees.push(attendee);
    lobby.0.insert(title.to_owned(), open);
    lobby.save(file)?;
    Ok(format!("{found} {id}, {user} is {attendee_id}"))
}

async fn create(client: &Client, title: &str) -> Result<Open> {
    let created = client
        .create_meeting()
        .external_meeting_id(title)
        .media_region("us-east-1")
        .send()
        .await
        .map_err(chime_sdk_meetings::Error::from)?;
    Ok(Open {
        meeting: created.meeting.ok_or("the response has no meeting")?,
        attendees: Vec::new(),
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

    /// A client of a service that numbers its meetings and attendees.
    fn client() -> Client {
        let meetings = std::sync::atomic::AtomicU32::new(0);
        let attendees = std::sync::atomic::AtomicU32::new(0);
        let next = |counter: &std::sync::atomic::AtomicU32| {
            counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1
        };
        let http_client = infallible_client_fn(move |request: http::Request<SdkBody>| {
            let body = request.body().bytes().unwrap_or_default();
            let body: Value = serde_json::from_slice(body).expect("JSON");
            let answer = match request.uri().path() {
                "/meetings" => json!({ "Meeting": {
                    "MeetingId": format!("m-{}", next(&meetings)),
                    "MediaPlacement": { "AudioHostUrl": "audio.example:3478" },
                } }),
                "/meetings/m-1/attendees" => json!({ "Attendee": {
                    "AttendeeId": format!("a-{}", next(&attendees)),
                    "ExternalUserId": body["ExternalUserId"],
                    "JoinToken": "t0k3n",
                } }),
                path => panic!("an unexpected path: {path}"),
            };
            http::Response::new(SdkBody::from(answer.to_string()))
        });
        let config = Config::builder()
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
            .http_client(http_client)
            .build();
        Client::from_conf(config)
    }

    #[tokio::test]
    async fn a_meeting_survives_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("lobby.json");
        let client = client();
        for (user, said) in [
            ("ada", "created m-1, ada is a-1"),
            ("grace", "found m-1, grace is a-2"),
        ] {
            let result = enter(&client, &file, "standup", user).await;
            assert_eq!(result.expect("a seat"), said);
        }

        let text = std::fs::read_to_string(&file).expect("a file");
        let saved: Value = serde_json::from_str(&text).expect("JSON");
        let attendee = |id: &str, user: &str| json!({ "AttendeeId": id, "ExternalUserId": user, "JoinToken": "t0k3n" });
        assert_eq!(
            saved,
            json!({ "standup": {
                "Attendees": [attendee("a-1", "ada"), attendee("a-2", "grace")],
                "Meeting": {
                    "MediaPlacement": { "AudioHostUrl": "audio.example:3478" },
                    "MeetingId": "m-1",
                },
            } })
        );
        let lobby = Lobby::load(&file).expect("a lobby");
        let open = &lobby.0["standup"];
        let placement = open.meeting.media_placement().expect("a placement");
        assert_eq!(placement.audio_host_url(), Some("audio.example:3478"));
        // Tokens stay out of logs.
        assert!(!format!("{lobby:?}").contains("t0k3n"));
    }

    #[tokio::test]
    async fn a_damaged_file_is_reported() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("lobby.json");
        std::fs::write(
            &file,
            r#"{"standup": {"Meeting": {"MeetingId": 1}, "Attendees": []}}"#,
        )
        .expect("written");
        let error = enter(&client(), &file, "standup", "ada").await;
        let error = error.expect_err("damaged").to_string();
        assert!(
            error.contains("a string for `Meeting.MeetingId`"),
            "{error}"
        );
    }
}
