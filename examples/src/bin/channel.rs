//! Creates a channel and adds any number of members to it.
//!
//! ```console
//! $ cargo run -p chime-examples --bin channel -- APP_INSTANCE_ARN BEARER_ARN MEMBER_ARN...
//! $ cargo run -p chime-examples --bin channel -- --endpoint-url http://127.0.0.1:8080 APP_INSTANCE_ARN ...
//! ```
//!
//! The bearer is the user or bot of the app instance that makes the calls, and becomes a moderator of the channel.

use chime_sdk_messaging::Client;
use chime_sdk_messaging::batch::{BatchReport, ItemStatus};
use chime_sdk_messaging::config::{BehaviorVersion, default_http_client};
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
    let [app_instance, bearer, members @ ..] = arguments.as_slice() else {
        return Err(
            "usage: channel [--endpoint-url URL] APP_INSTANCE_ARN BEARER_ARN MEMBER_ARN...".into(),
        );
    };
    let client = Client::new(&config.load().await);

    let channel = create(&client, app_instance, bearer).await?;
    println!("channel {channel}");
    let report = fill(&client, &channel, bearer, members.to_vec()).await;
    println!(
        "{} of {} are members",
        report.counts.done, report.counts.items
    );
    for (_, status, member) in report.failures() {
        match status {
            ItemStatus::Refused { code, message, .. } => println!(
                "{member}: {} ({})",
                code.as_deref().unwrap_or("no code"),
                message.as_deref().unwrap_or("no message")
            ),
            other => println!("{member}: {other:?}"),
        }
    }
    if let Some(reason) = report.ended() {
        println!("stopped early: {reason}");
    }
    Ok(report.is_complete())
}

async fn create(client: &Client, app_instance: &str, bearer: &str) -> Result<String> {
    let created = client
        .create_channel()
        .app_instance_arn(app_instance)
        .chime_bearer(bearer)
        .name("Example")
        .send()
        .await
        // The service's error prints what happened in one line.
        .map_err(chime_sdk_messaging::Error::from)?;
    Ok(created
        .channel_arn()
        .ok_or("the response has no channel ARN")?
        .to_owned())
}

/// A request takes a hundred members at most. `send_all` splits and retries, and counts who is a member
/// already as done.
async fn fill(
    client: &Client,
    channel: &str,
    bearer: &str,
    members: Vec<String>,
) -> BatchReport<String> {
    let mut run = client
        .batch_create_channel_membership()
        .channel_arn(channel)
        .chime_bearer(bearer)
        .send_all(members);
    let handle = run.handle();
    while run.next().await.is_some() {}
    handle.report()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_http_client::test_util::infallible_client_fn;
    use aws_smithy_types::body::SdkBody;
    use chime_sdk_messaging::Config;
    use chime_sdk_messaging::config::{Credentials, Region};
    use serde_json::{Value, json};
    use std::sync::{Arc, Mutex};

    const APP: &str = "arn:aws:chime:us-east-1:111122223333:app-instance/app";
    const CHANNEL: &str = "arn:aws:chime:us-east-1:111122223333:app-instance/app/channel/1";

    fn member(name: &str) -> String {
        format!("{APP}/user/{name}")
    }

    /// A client whose requests are answered by a function, and how many members each batch had. Whoever ends
    /// with `-there` is a member already, and with `-blocked` may not be one.
    fn canned() -> (Client, Arc<Mutex<Vec<usize>>>) {
        let batches = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&batches);
        let http_client = infallible_client_fn(move |request: http::Request<SdkBody>| {
            assert_eq!(request.headers()["x-amz-chime-bearer"], member("admin"));
            let body: Value =
                serde_json::from_slice(request.body().bytes().unwrap_or_default()).expect("JSON");
            if request.uri().path() == "/channels" {
                assert_eq!(body["AppInstanceArn"], APP);
                let answer = json!({ "ChannelArn": CHANNEL }).to_string();
                return http::Response::new(SdkBody::from(answer));
            }
            assert_eq!(request.uri().query(), Some("operation=batch-create"));
            let members = body["MemberArns"].as_array().expect("members");
            seen.lock().expect("no panic").push(members.len());
            let errors = members.iter().filter_map(|arn| {
                let code = match arn.as_str().expect("a string") {
                    arn if arn.ends_with("-there") => "Conflict",
                    arn if arn.ends_with("-blocked") => "Forbidden",
                    _ => return None,
                };
                Some(json!({ "MemberArn": arn, "ErrorCode": code, "ErrorMessage": "no" }))
            });
            let answer = json!({ "Errors": errors.collect::<Vec<_>>() }).to_string();
            http::Response::new(SdkBody::from(answer))
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
    async fn fills_the_channel_that_it_creates() {
        let (client, batches) = canned();
        let bearer = member("admin");
        let channel = create(&client, APP, &bearer).await.expect("a channel");
        assert_eq!(channel, CHANNEL);

        let mut members: Vec<String> = (0..240).map(|it| member(&it.to_string())).collect();
        members[7] = member("7-there");
        members[70] = member("70-blocked");
        let report = fill(&client, &channel, &bearer, members).await;
        assert_eq!((report.counts.done, report.counts.refused), (239, 1));
        let failures: Vec<_> = report.failures().map(|(_, _, arn)| arn.clone()).collect();
        assert_eq!(failures, [member("70-blocked")]);
        let mut sizes = batches.lock().expect("no panic").clone();
        sizes.sort_unstable();
        assert_eq!(sizes, [40, 100, 100]);
    }

    #[tokio::test]
    async fn names_the_arguments_that_are_missing() {
        let error = run(vec![APP.to_owned()]).await.expect_err("no bearer");
        assert!(error.to_string().starts_with("usage: "), "{error}");
    }
}
