//! Requests.

use crate::cases::{Model, Place, Random};
use crate::differences::Differences;
use crate::peer::{Botocore, Sent};
use crate::sdk::Wired;
use crate::{Service, each, is_sample, seed};
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl Service {
    /// Sends inputs drawn at random.
    pub async fn compare_requests(&self) {
        let (each, seed) = (each(), seed());
        let model = Model::read(self.name);
        let mut random = Random::new(seed, false);
        let (ours, theirs) = (Wired::new(self.ours), Wired::new(self.theirs));
        let mut botocore = Botocore::start(self.name);
        let (mut differences, mut from_botocore) = (Differences::default(), Differences::default());
        let (mut sent, mut told, mut reordered) = (0, 0, 0);
        // By the README's table: refused by us and by botocore, sent by the aws-sdk crate.
        let mut incomplete = 0;
        // By the same table: refused by us alone.
        let mut refused = 0;
        // Also by that table: sent by us and by botocore, refused by the aws-sdk crate.
        let mut empty = 0;
        let operations = model.operations();
        for operation in &operations {
            let name = operation.name;
            let required = operation.required();
            let labels = operation.labels();
            let query = operation.required_query();
            let headers = operation.headers();
            let mut cases = Vec::new();
            let mut requests = Vec::new();
            for _ in 0..each {
                let input = operation.input(&mut random);
                let missing = required.iter().any(|name| input.get(name).is_none());
                let label = |name: &&str| input.get(*name).and_then(Value::as_str);
                let no_label = labels
                    .iter()
                    .any(|name| label(name).is_none_or(str::is_empty));
                let dots = labels
                    .iter()
                    .any(|name| label(name).is_some_and(|label| matches!(label, "." | "..")));
                let our = ours.request(name, &input).await;
                let their = theirs.request(name, &input).await;
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
                if query.iter().any(|name| input[name] == "") {
                    // A request that is refused for another reason is refused by both.
                    assert_eq!(their, Err(json!("ConstructionFailure")), "{input}");
                    empty += usize::from(our.is_ok());
                } else {
                    let their = match (&our, their) {
                        (Ok(our), Ok(their)) => Ok(in_order_of(our, their, &mut reordered)),
                        (_, their) => their,
                    };
                    differences.compare(name, &input, &our, &their);
                }
                let Ok(our) = our else {
                    continue;
                };
                sent += 1;
                if !random.has_fraction && headers.iter().all(|it| is_plain(&input[it.member])) {
                    let input = operation.without_defaults(&input);
                    cases.push(json!({"operation": name, "input": input}));
                    requests.push(our);
                }
            }
            told += cases.len();
            let names: Vec<&str> = headers.iter().map(|it| it.name.as_str()).collect();
            botocore.compare_requests(&cases, &requests, &names, &mut from_botocore);
        }
        differences.end(&format!(
            "{}: requests, seed {seed}: {} operations, {each} inputs each, {sent} sent \
             ({reordered} in another order), {incomplete} without a required member, {empty} with \
             an empty one in the query, {refused} with a label of dots; against the aws-sdk crate",
            self.name,
            operations.len(),
        ));
        botocore.end(
            from_botocore,
            self.name,
            &format!("requests, {told} of them"),
        );
    }

    /// Sends every character in each place of a request; in a sample, one in ten of those past U+1000.
    pub async fn compare_every_character(&self) {
        let model = Model::read(self.name);
        let (ours, theirs) = (Wired::new(self.ours), Wired::new(self.theirs));
        let mut botocore = Botocore::start(self.name);
        let (mut differences, mut from_botocore) = (Differences::default(), Differences::default());
        let all: Vec<char> = ('\0'..=char::MAX).collect();
        let mut places = Vec::new();
        for place in [Place::Label, Place::Query, Place::Body, Place::Header] {
            let Some((operation, member)) = model.string_in(place) else {
                continue;
            };
            places.push(place);
            let name = operation.name;
            // A URI has at most 65,534 bytes, and a character up to 12 in it. A header that is not
            // sent says nothing about the other characters in it.
            let chunks = match place {
                Place::Header => all[..0x300].chunks(1),
                _ => all.chunks(2000),
            };
            let mut cases = Vec::new();
            let mut requests = Vec::new();
            for (number, characters) in chunks.enumerate() {
                if is_sample() && characters[0] > '\u{1000}' && number % 10 != 0 {
                    continue;
                }
                let text: String = characters.iter().collect();
                let mut input = operation.good_input();
                input[member] = json!(text);
                let our = ours.request(name, &input).await;
                let their = theirs.request(name, &input).await;
                differences.compare(name, &json!(text), &our, &their);
                match our {
                    Ok(our) if place != Place::Header => {
                        requests.push(our);
                        cases.push(json!({"operation": name, "input": input}));
                    }
                    Ok(_) => {}
                    Err(error) => assert_eq!(place, Place::Header, "{name}: {error}"),
                }
            }
            botocore.compare_requests(&cases, &requests, &[], &mut from_botocore);
        }
        let some = if is_sample() {
            "some characters"
        } else {
            "every character"
        };
        let what = format!("{some} in {places:?}");
        differences.end(&format!("{}: {what}; against the aws-sdk crate", self.name));
        botocore.end(from_botocore, self.name, &what);
    }

    /// Signs a request of every operation in several partitions.
    pub async fn compare_signatures(&self) {
        let model = Model::read(self.name);
        let operations = model.operations();
        let mut differences = Differences::default();
        for region in ["us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1"] {
            let ours = Wired::in_region(self.ours, region);
            let theirs = Wired::in_region(self.theirs, region);
            for operation in &operations {
                let (name, input) = (operation.name, operation.good_input());
                let our = ours.request(name, &input).await.expect("sent");
                let their = theirs.request(name, &input).await.expect("sent");
                let signature = our.headers.get("authorization");
                assert!(
                    signature.is_some_and(|text| text.starts_with("AWS4-HMAC-SHA256 Credential="))
                );
                differences.compare(name, &input, &our, &in_order_of(&our, their, &mut 0));
            }
        }
        differences.end(&format!(
            "{}: signatures: {} operations in 4 regions against the aws-sdk crate",
            self.name,
            operations.len()
        ));
    }
}

/// Whether botocore sends a header's value: it refuses all but ASCII, with an error of Python's.
fn is_plain(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
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

impl Botocore {
    /// Compares requests with those that botocore sends.
    fn compare_requests(
        &mut self,
        cases: &[Value],
        sent: &[Sent],
        headers: &[&str],
        differences: &mut Differences,
    ) {
        for ((case, our), their) in cases.iter().zip(sent).zip(self.run(cases)) {
            differences.compare(
                case["operation"].as_str().unwrap_or_default(),
                case,
                &comparable(our, headers),
                &comparable(&read(&their), headers),
            );
        }
    }
}

/// A request as botocore's script shows it.
fn read(shown: &Value) -> Sent {
    let request = &shown["request"];
    let text = |key: &str| request[key].as_str().unwrap_or_default().to_owned();
    let headers = request["headers"].as_object().into_iter().flatten();
    Sent {
        method: text("method"),
        host: text("host"),
        path: text("path"),
        query: text("query"),
        headers: headers
            .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
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
    headers: BTreeMap<String, String>,
    body: Value,
}

fn comparable(sent: &Sent, headers: &[&str]) -> Comparable {
    let mut query: Vec<String> = sent.query.split('&').map(str::to_owned).collect();
    query.retain(|part| !part.is_empty());
    query.sort();
    let body = match sent.body.as_slice() {
        [] => Value::Null,
        bytes => {
            serde_json::from_slice(bytes).unwrap_or_else(|_| json!(String::from_utf8_lossy(bytes)))
        }
    };
    let headers = headers.iter().chain(&["content-type"]);
    Comparable {
        method: sent.method.clone(),
        host: sent.host.clone(),
        path: sent.path.clone(),
        query,
        headers: headers
            .filter_map(|name| {
                let value = sent.headers.get(*name)?;
                Some(((*name).to_owned(), value.trim().to_owned()))
            })
            .collect(),
        body,
    }
}
