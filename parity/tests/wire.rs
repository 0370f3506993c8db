//! The same inputs and answers for chime-sdk, aws-sdk-chime and botocore.
//!
//! Botocore takes part where `CHIME_TEST_PYTHON` names a Python that has it.

use parity::cases::{Model, Random};
use parity::peer::{Answer, Sent, Wire, botocore, python};
use parity::{ours, theirs};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How many inputs, and how many answers of success and as many of refusal, each operation gets.
const EACH: usize = 200;

/// The seed of a run: `PARITY_SEED`, or a new one.
fn seed() -> u64 {
    let given = std::env::var("PARITY_SEED").ok();
    given.map_or_else(|| fastrand::u64(..), |text| text.parse().expect("a number"))
}

fn members(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// Collects what differs, and shows the first of it.
#[derive(Default)]
struct Differences {
    count: usize,
    shown: String,
}

impl Differences {
    fn compare<T: std::fmt::Debug + PartialEq>(
        &mut self,
        what: &str,
        case: &Value,
        ours: &T,
        theirs: &T,
    ) {
        if ours != theirs {
            self.count += 1;
            if self.shown.len() < 6000 {
                self.shown += &format!(
                    "\n{what}\n  case:   {case}\n  ours:   {ours:?}\n  theirs: {theirs:?}\n"
                );
            }
        }
    }

    /// Says how many there are; fails if there are any.
    fn end(self, what: &str) {
        println!("{what}: {} differences", self.count);
        assert_eq!(self.count, 0, "{what}:{}", self.shown);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_the_same() {
    let seed = seed();
    let model = Model::default();
    let mut random = Random {
        rng: fastrand::Rng::with_seed(seed),
        odd: false,
    };
    let (our_wire, their_wire) = (Wire::default(), Wire::default());
    let (our_client, their_client) = (ours::client(&our_wire), theirs::client(&their_wire));
    let mut differences = Differences::default();
    let mut cases = Vec::new();
    let mut sent = Vec::new();
    // By the README's table: refused by us and by botocore, sent by aws-sdk-chime.
    let mut incomplete = 0;
    // By the README's table: refused by us alone.
    let mut refused = 0;
    let mut reordered = 0;
    let operations = model.operations();
    for operation in &operations {
        let required = operation.required();
        let labels = operation.labels();
        for _ in 0..EACH {
            let input = operation.input(&mut random);
            let missing = required.iter().any(|name| input.get(name).is_none());
            let label = |name: &&str| input.get(*name).and_then(Value::as_str);
            let no_label = labels
                .iter()
                .any(|name| label(name).is_none_or(str::is_empty));
            let dots = labels
                .iter()
                .any(|name| label(name).is_some_and(|label| matches!(label, "." | "..")));
            let our = ours::request(&our_client, &our_wire, operation.name, &input).await;
            let their = theirs::request(&their_client, &their_wire, operation.name, &input).await;
            if missing && !no_label {
                assert_eq!(our, Err(json!("ConstructionFailure")), "{input}");
                incomplete += 1;
                continue;
            }
            if dots {
                assert_eq!(our, Err(json!("ConstructionFailure")), "{input}");
                refused += 1;
                continue;
            }
            let their = match (&our, their) {
                (Ok(our), Ok(their)) => Ok(in_order_of(our, their, &mut reordered)),
                (_, their) => their,
            };
            differences.compare(operation.name, &input, &our, &their);
            if let Ok(our) = our {
                cases.push(json!({"operation": operation.name, "input": input}));
                sent.push(our);
            }
        }
    }
    differences.end(&format!(
        "requests, seed {seed}: {} operations, {EACH} inputs each, {} sent ({reordered} in \
         another order), {incomplete} without a required member, \
         {refused} with a label of dots; against aws-sdk-chime",
        operations.len(),
        sent.len(),
    ));
    against_botocore("requests", &cases, &sent);
}

/// Takes our query, body and signature for theirs where they are the same but for the order of the
/// query's parameters or of the members of JSON objects, which has no meaning; see the README's
/// table. The signature does not depend on the order of parameters.
fn in_order_of(our: &Sent, mut their: Sent, reordered: &mut usize) -> Sent {
    let sorted = |sent: &Sent| {
        let mut query: Vec<String> = sent.query.split('&').map(str::to_owned).collect();
        query.sort();
        query
    };
    let parsed = |sent: &Sent| serde_json::from_slice::<Value>(&sent.body).ok();
    let query = our.query != their.query && sorted(our) == sorted(&their);
    let body = our.body != their.body && parsed(our).is_some() && parsed(our) == parsed(&their);
    if query {
        their.query.clone_from(&our.query);
    }
    if body {
        their.body.clone_from(&our.body);
        let signature = our.headers.get("authorization").cloned();
        let signature = signature.unwrap_or_default();
        their.headers.insert("authorization".into(), signature);
    }
    *reordered += usize::from(query || body);
    their
}

/// Compares requests with those of botocore.
fn against_botocore(what: &str, cases: &[Value], sent: &[Sent]) {
    let Some(python) = python() else {
        println!("{what}: botocore is left out, as CHIME_TEST_PYTHON is not set");
        return;
    };
    let mut differences = Differences::default();
    for ((case, our), their) in cases.iter().zip(sent).zip(botocore(&python, cases)) {
        differences.compare(
            what,
            case,
            &comparable(our),
            &comparable(&read_botocore(&their)),
        );
    }
    differences.end(&format!("{what}: {} inputs against botocore", cases.len()));
}

/// A request as botocore's script tells it.
fn read_botocore(told: &Value) -> Sent {
    let request = &told["request"];
    let text = |key: &str| request[key].as_str().unwrap_or_default().to_owned();
    let headers = members(&request["headers"]);
    Sent {
        method: text("method"),
        host: text("host"),
        path: text("path"),
        query: text("query"),
        headers: headers
            .into_iter()
            .map(|(name, value)| (name, value.as_str().unwrap_or_default().to_owned()))
            .collect(),
        body: text("body").into_bytes(),
    }
}

/// What of a request has a meaning to the service; see the README's table.
#[derive(Debug, PartialEq)]
struct Comparable {
    method: String,
    host: String,
    path: String,
    query: Vec<String>,
    body: Value,
    content_type: Option<String>,
}

fn comparable(sent: &Sent) -> Comparable {
    let mut query: Vec<String> = sent.query.split('&').map(str::to_owned).collect();
    query.retain(|part| !part.is_empty());
    query.sort();
    let body = match sent.body.as_slice() {
        [] => Value::Null,
        bytes => {
            serde_json::from_slice(bytes).unwrap_or_else(|_| json!(String::from_utf8_lossy(bytes)))
        }
    };
    Comparable {
        method: sent.method.clone(),
        host: sent.host.clone(),
        path: sent.path.clone(),
        query,
        body,
        content_type: sent.headers.get("content-type").cloned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_character_is_sent_the_same() {
    let (our_wire, their_wire) = (Wire::default(), Wire::default());
    let (our_client, their_client) = (ours::client(&our_wire), theirs::client(&their_wire));
    let all: Vec<char> = ('\0'..=char::MAX).collect();
    let mut differences = Differences::default();
    let mut cases = Vec::new();
    let mut sent = Vec::new();
    // A URI has at most 65,534 bytes, and a character up to 12 in it.
    for characters in all.chunks(2000) {
        let text: String = characters.iter().collect();
        for (operation, input) in [
            ("GetRoom", json!({"AccountId": "a", "RoomId": text})),
            ("ListAccounts", json!({"Name": text})),
            (
                "CreateRoom",
                json!({"AccountId": "a", "Name": text, "ClientRequestToken": "t"}),
            ),
        ] {
            let our = ours::request(&our_client, &our_wire, operation, &input).await;
            let their = theirs::request(&their_client, &their_wire, operation, &input).await;
            differences.compare(operation, &json!(characters[0]), &our, &their);
            sent.push(our.expect("it can be sent"));
            cases.push(json!({"operation": operation, "input": input}));
        }
    }
    differences.end(&format!(
        "every character, {} of them, in path, query and body; against aws-sdk-chime",
        all.len()
    ));
    against_botocore("every character", &cases, &sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_read_the_same() {
    let seed = seed();
    let model = Model::default();
    let mut random = Random {
        rng: fastrand::Rng::with_seed(seed),
        odd: true,
    };
    let (our_wire, their_wire) = (Wire::default(), Wire::default());
    let (our_client, their_client) = (ours::client(&our_wire), theirs::client(&their_wire));
    let mut differences = Differences::default();
    let mut cases = Vec::new();
    let mut read = Vec::new();
    let mut variants: BTreeMap<String, usize> = BTreeMap::new();
    let operations = model.operations();
    for operation in &operations {
        let (name, input) = (operation.name, operation.good_input());
        for number in 0..2 * EACH {
            let answer = match number % 2 {
                0 => operation.success(&mut random),
                _ => operation.refusal(&mut random),
            };
            let told = answer.to_json();
            let our = ours::response(&our_client, &our_wire, name, &input, answer.clone()).await;
            let their = theirs::response(&their_client, &their_wire, name, &input, answer).await;
            let case = json!({"operation": name, "input": input, "answer": told});
            differences.compare(name, &case, &our, &their);
            let variant = our["variant"].as_str().unwrap_or("an output");
            *variants.entry(variant.to_owned()).or_default() += 1;
            cases.push(case);
            read.push(our);
        }
    }
    println!("answers: {variants:?}");
    differences.end(&format!(
        "answers, seed {seed}: {} operations, {} answers each; against aws-sdk-chime",
        operations.len(),
        2 * EACH,
    ));

    let Some(python) = python() else {
        println!("answers: botocore is left out, as CHIME_TEST_PYTHON is not set");
        return;
    };
    let mut differences = Differences::default();
    let mut by_member = 0;
    for ((case, our), their) in cases.iter().zip(&read).zip(botocore(&python, &cases)) {
        if code_is_in_a_member(case) {
            by_member += 1;
            continue;
        }
        let their = meaning(&their);
        let mut our = without_filled(meaning(our), &their);
        // The Rust SDKs take a message in lower case for the member `Message`, too.
        if their["members"].get("Message").is_none()
            && our["members"]
                .get("Message")
                .is_some_and(|message| *message == their["message"])
        {
            let mut others = members(&our["members"]);
            others.remove("Message");
            our["members"] = Value::Object(others);
        }
        differences.compare("answers", case, &our, &their);
    }
    differences.end(&format!(
        "answers: {} against botocore ({by_member} that it reads by another member left out)",
        cases.len() - by_member
    ));
}

/// Whether the code is in the body's `__type` alone, beside a modelled member `Code`, which botocore
/// takes for the code. The README's table says whom we follow.
fn code_is_in_a_member(case: &Value) -> bool {
    let answer = &case["answer"];
    let headers = answer["headers"].as_array().into_iter().flatten();
    let in_header = headers
        .into_iter()
        .any(|header| header[0] == "x-amzn-errortype");
    let body: Value =
        serde_json::from_str(answer["body"].as_str().unwrap_or_default()).unwrap_or_default();
    !in_header && body["__type"].is_string() && body.get("Code").is_some()
}

/// What of an answer both sides tell in their own words, in the same words.
fn meaning(result: &Value) -> Value {
    let mut result = members(result);
    if result.contains_key("output") {
        result.remove("request ID");
    }
    if result.get("variant") == Some(&json!("ClientError")) {
        result.insert("variant".into(), json!("Unhandled"));
    }
    if result.get("members") == Some(&Value::Null) {
        result.insert("members".into(), json!({}));
    }
    if result.get("message") == Some(&json!("")) {
        result.insert("message".into(), Value::Null);
    }
    Value::Object(result)
}

/// Takes away what we fill in for a required member that the answer lacks, and botocore does not.
fn without_filled(ours: Value, theirs: &Value) -> Value {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            let kept = ours.into_iter().filter_map(|(name, value)| {
                let other = theirs.get(&name);
                match other {
                    None if is_zero(&value) => None,
                    None => Some((name, value)),
                    Some(other) => Some((name, without_filled(value, other))),
                }
            });
            Value::Object(kept.collect())
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            let pairs = ours.into_iter().zip(theirs);
            pairs
                .map(|(ours, theirs)| without_filled(ours, theirs))
                .collect()
        }
        (ours, _) => ours,
    }
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Bool(value) => !value,
        Value::Number(value) => value.as_i64() == Some(0),
        Value::String(value) => value.is_empty(),
        Value::Array(value) => value.is_empty(),
        Value::Object(value) => value.values().all(is_zero),
        Value::Null => true,
    }
}

#[tokio::test]
async fn signatures_are_the_same() {
    let model = Model::default();
    let operations = model.operations();
    let mut differences = Differences::default();
    for region in ["us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1"] {
        let (our_wire, their_wire) = (Wire::default(), Wire::default());
        let our_client = ours::client_in(region, &our_wire);
        let their_client = theirs::client_in(region, &their_wire);
        for operation in &operations {
            let (name, input) = (operation.name, operation.good_input());
            let our = ours::request(&our_client, &our_wire, name, &input).await;
            let their = theirs::request(&their_client, &their_wire, name, &input).await;
            let (our, their) = (our.expect("sent"), their.expect("sent"));
            let signature = our.headers.get("authorization");
            assert!(signature.is_some_and(|text| text.starts_with("AWS4-HMAC-SHA256 Credential=")));
            differences.compare(name, &input, &our, &their);
        }
    }
    differences.end(&format!(
        "signatures: {} operations in 4 regions against aws-sdk-chime",
        operations.len()
    ));
}

#[tokio::test]
async fn endpoints_are_the_same() {
    use aws_sdk_chime::config::endpoint as their;
    use aws_sdk_chime::config::endpoint::ResolveEndpoint as _;
    use chime_sdk::config::endpoint as our;
    use chime_sdk::config::endpoint::ResolveEndpoint as _;

    const REGIONS: [&str; 27] = [
        "us-east-1",
        "us-west-2",
        "eu-central-1",
        "ap-southeast-7",
        "mx-central-1",
        "il-central-1",
        "aws-global",
        "cn-north-1",
        "cn-northwest-1",
        "aws-cn-global",
        "us-gov-east-1",
        "aws-us-gov-global",
        "us-iso-east-1",
        "us-iso-west-1",
        "aws-iso-global",
        "us-isob-east-1",
        "aws-iso-b-global",
        "us-isof-south-1",
        "eu-isoe-west-1",
        "eusc-de-east-1",
        "nowhere-at-all-1",
        "US-EAST-1",
        "us-east-1a",
        "",
        "-a",
        "a/b",
        "a.b",
    ];
    let (ours, theirs) = (our::DefaultResolver::new(), their::DefaultResolver::new());
    let mut differences = Differences::default();
    let (mut count, mut by_the_model) = (0, 0);
    let regions = REGIONS.iter().map(|region| Some((*region).to_owned()));
    for region in regions.chain([None]) {
        for flags in 0..8 {
            let (fips, dual_stack) = (flags & 1 != 0, flags & 2 != 0);
            let url = (flags & 4 != 0).then(|| "https://own.example/base".to_owned());
            let our_params = our::Params::builder()
                .set_region(region.clone())
                .use_fips(fips)
                .use_dual_stack(dual_stack)
                .set_endpoint(url.clone())
                .build();
            let their_params = their::Params::builder()
                .set_region(region.clone())
                .use_fips(fips)
                .use_dual_stack(dual_stack)
                .set_endpoint(url.clone())
                .build();
            let (our_params, their_params) = match (our_params, their_params) {
                (Ok(ours), Ok(theirs)) => (ours, theirs),
                (ours, theirs) => {
                    assert!(ours.is_err() && theirs.is_err(), "{region:?}");
                    count += 1;
                    continue;
                }
            };
            let ours = ours.resolve_endpoint(&our_params).await;
            let theirs = theirs.resolve_endpoint(&their_params).await;
            let case = json!([region, fips, dual_stack, url]);
            count += 1;
            let outdated = ["us-iso-", "us-isob-", "aws-iso-global", "aws-iso-b-global"];
            let outdated = region
                .as_deref()
                .is_some_and(|region| outdated.iter().any(|prefix| region.starts_with(prefix)));
            if outdated && dual_stack && url.is_none() {
                // The model's endpoint tests expect an error; see the README's table.
                assert!(ours.is_err() && theirs.is_ok(), "{case}");
                by_the_model += 1;
                continue;
            }
            let told = |result: Result<aws_smithy_types::endpoint::Endpoint, _>| {
                let described = |error: aws_smithy_runtime_api::box_error::BoxError| {
                    let cause = error.source().map(ToString::to_string);
                    cause.unwrap_or_else(|| error.to_string())
                };
                result
                    .map(|endpoint| (endpoint.url().to_owned(), endpoint.auth_schemes().to_vec()))
                    .map_err(described)
            };
            differences.compare("endpoint", &case, &told(ours), &told(theirs));
        }
    }
    differences.end(&format!(
        "endpoints: {} against aws-sdk-chime ({by_the_model} by the model's tests left out)",
        count - by_the_model
    ));
}

#[tokio::test]
async fn bad_answers_are_read_the_same() {
    const BODIES: [&str; 21] = [
        "",
        " ",
        "null",
        "[]",
        "5",
        r#""x""#,
        "{",
        "{}",
        "{}x",
        "<html>",
        r#"{"Room": 5}"#,
        r#"{"Room": null}"#,
        r#"{"Room": {"Name": 5}}"#,
        r#"{"Room": {"CreatedTimestamp": "soon"}}"#,
        r#"{"Message": 5}"#,
        r#"{"message": "lower"}"#,
        r#"{"Message": "upper"}"#,
        r#"{"__type": 5}"#,
        r#"{"code": "ForbiddenException"}"#,
        r#"{"__type": "a#ForbiddenException"}"#,
        r#"{"Room": {"Name": "a"}, "Room": {"RoomId": "b"}}"#,
    ];
    let (our_wire, their_wire) = (Wire::default(), Wire::default());
    let (our_client, their_client) = (ours::client(&our_wire), theirs::client(&their_wire));
    let input = json!({"AccountId": "a", "RoomId": "r"});
    let mut differences = Differences::default();
    let mut count = 0;
    for status in [200, 201, 204, 301, 400, 404, 429, 500, 503] {
        for code in [
            None,
            Some("NotFoundException"),
            Some("Teapot"),
            Some(""),
            Some(":"),
            Some("#"),
        ] {
            for body in BODIES {
                let headers = code.map(|code| ("x-amzn-errortype".to_owned(), code.to_owned()));
                let answer = Answer {
                    status,
                    headers: headers.into_iter().collect(),
                    body: body.to_owned(),
                };
                let told = answer.to_json();
                let our = ours::response(&our_client, &our_wire, "GetRoom", &input, answer.clone());
                let their = theirs::response(&their_client, &their_wire, "GetRoom", &input, answer);
                let (our, their) = (our.await, their.await);
                // Where aws-sdk-chime tells no code, message or request ID, we may.
                let told_by = |result: &Value| {
                    let mut result = members(result);
                    result.retain(|name, _| name == "members" || !their[name].is_null());
                    result
                };
                differences.compare("GetRoom", &told, &told_by(&our), &told_by(&their));
                count += 1;
            }
        }
    }
    differences.end(&format!("bad answers: {count} against aws-sdk-chime"));
}
