//! The texts that the console shows for copying requests as Rust compile, and make the same requests again.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/recorded.rs"]
mod recorded;

macro_rules! copies {
    ($($module:ident, $client:ident;)*) => {
        $(
            #[rustfmt::skip]
            #[allow(clippy::all, non_snake_case, reason = "the texts are as the console shows them")]
            mod $module;
        )*

        /// Makes all requests.
        async fn all(config: &chime_sdk::Config) -> Vec<Outcome> {
            let mut outcomes = Vec::new();
            $(
                let client = $client::Client::from_conf(config.clone());
                outcomes.extend($module::all(&client).await);
            )*
            outcomes
        }
    };
}

copies! {
    chime, chime_sdk;
    identity, chime_sdk_identity;
    messaging, chime_sdk_messaging;
    meetings, chime_sdk_meetings;
    media_pipelines, chime_sdk_media_pipelines;
}

use chime_local::{Chime, LoggedRequest};
use common::config;
use serde_json::{Value, json};

/// What a copy returns: the error is that of its first `?`.
type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Returns a request without the values that the console does not know.
fn known(request: &LoggedRequest) -> Value {
    json!([
        request.service,
        request.operation,
        request.path,
        without_hidden(&request.request)
    ])
}

fn without_hidden(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().filter(|(_, value)| **value != "(hidden)");
            let members = members.map(|(name, value)| (name.clone(), without_hidden(value)));
            Value::Object(members.collect())
        }
        Value::Array(items) => items.iter().map(without_hidden).collect(),
        value => value.clone(),
    }
}

#[tokio::test]
async fn copies_make_the_same_requests() {
    let requests = recorded::requests(&Chime::new()).await;
    let chime = Chime::new();
    let outcomes = all(&config(&chime)).await;
    assert_eq!(outcomes.len(), requests.len());
    let again = chime.requests();
    for (i, request) in requests.iter().enumerate() {
        let again = again.get(i).map(known);
        assert_eq!(again, Some(known(request)), "{:?}", outcomes[i]);
    }
    println!("{} copies make the same requests", requests.len());
}
