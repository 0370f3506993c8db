//! Members in the path cannot change it to the path of another operation.

mod common;

use chime_api::OPERATIONS;
use common::model::{Model, call, each_operation};
use common::{answered_by, response};
use serde_json::json;
use smithy_operation::{Operation, Overrides};
use std::collections::BTreeSet;
use std::error::Error;

/// Returns the URI of a call with this value as a label, or its error.
async fn outcome<O: Operation>(model: &Model, label: &str, value: &str) -> Result<String, String> {
    let (client, sent) = answered_by(|_| response(200, &[], "{}"), |config| config);
    let mut input = model.input(O::NAME, "x");
    input[label] = json!(value);
    let result = call::<O>(&client, &input, Overrides::default()).await;
    let sent = sent.take();
    match result {
        Err(error) => {
            assert!(sent.is_empty(), "{sent:?}");
            Err(error.source().expect("a cause").to_string())
        }
        Ok(_) => Ok(sent[0].uri().path().to_owned()),
    }
}

async fn check<O: Operation>(model: &Model, seen: &mut BTreeSet<&'static str>) {
    seen.insert(O::NAME);
    for label in model.labels(O::NAME) {
        let label = &*label;
        assert_eq!(
            outcome::<O>(model, label, "").await,
            Err(format!(
                "the member `{label}` is empty, but it is part of the request's path"
            ))
        );
        for dots in [".", ".."] {
            let expected = format!(
                "the member `{label}` contains a segment `.` or `..`, but it is part of the request's path"
            );
            assert_eq!(outcome::<O>(model, label, dots).await, Err(expected));
        }
        for (value, expected) in [
            ("...", "/..."),
            (".a", "/.a"),
            ("a/../b", "/a%2F..%2Fb"),
            ("%2e%2E", "/%252e%252E"),
            ("\u{e9}", "/%C3%A9"),
        ] {
            let path = outcome::<O>(model, label, value).await.expect("sent");
            assert!(path.contains(expected), "{} {label}: {path}", O::NAME);
        }
    }
}

#[tokio::test]
async fn no_label_is_empty_or_a_dot_segment() {
    let model = Model::read();
    let mut seen = BTreeSet::new();
    each_operation!(check(&model, &mut seen));
    let all: BTreeSet<_> = OPERATIONS.iter().map(|operation| operation.name).collect();
    assert_eq!(seen, all);
}
