//! What stands for the network and the clock, and botocore.

use crate::differences::Differences;
use aws_runtime::invocation_id::{InvocationId, InvocationIdGenerator};
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::body::SdkBody;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, BufWriter, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};

/// An ID that stays the same.
#[derive(Debug)]
pub struct FixedId;

impl InvocationIdGenerator for FixedId {
    fn generate(
        &self,
    ) -> Result<Option<InvocationId>, aws_smithy_runtime_api::box_error::BoxError> {
        let id = "00000000-0000-4000-8000-000000000000";
        Ok(Some(InvocationId::new(id.into())))
    }
}

/// A request as it went over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub method: String,
    pub host: String,
    pub path: String,
    pub query: String,
    /// By their names in lower case, values joined by commas.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

/// What the service answers.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn empty() -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            body: "{}".to_owned(),
        }
    }

    /// As botocore's script takes it.
    pub fn to_json(&self) -> Value {
        serde_json::json!({"status": self.status, "headers": self.headers, "body": self.body})
    }
}

/// Stands for the network: keeps the last request and gives the same answer again and again.
#[derive(Debug, Clone)]
pub struct Wire(Arc<Mutex<(Option<Sent>, Answer)>>);

impl Default for Wire {
    fn default() -> Self {
        Self(Arc::new(Mutex::new((None, Answer::empty()))))
    }
}

impl Wire {
    /// The request that was sent since the last call.
    pub fn take(&self) -> Option<Sent> {
        self.0.lock().expect("not poisoned").0.take()
    }

    pub fn answer_with(&self, answer: Answer) {
        self.0.lock().expect("not poisoned").1 = answer;
    }

    pub fn http_client(&self) -> SharedHttpClient {
        let wire = self.0.clone();
        infallible_client_fn(move |request: http::Request<SdkBody>| {
            let (head, body) = request.into_parts();
            let mut headers: BTreeMap<String, String> = BTreeMap::new();
            for (name, value) in &head.headers {
                let value = String::from_utf8_lossy(value.as_bytes());
                let joined = headers.entry(name.to_string()).or_default();
                if !joined.is_empty() {
                    joined.push(',');
                }
                joined.push_str(&value);
            }
            let mut wire = wire.lock().expect("not poisoned");
            wire.0 = Some(Sent {
                method: head.method.to_string(),
                host: head.uri.host().unwrap_or_default().to_owned(),
                path: head.uri.path().to_owned(),
                query: head.uri.query().unwrap_or_default().to_owned(),
                headers,
                body: body.bytes().expect("a body in memory").to_vec(),
            });
            let mut response = http::Response::builder().status(wire.1.status);
            for (name, value) in &wire.1.headers {
                response = response.header(name, value);
            }
            response
                .body(SdkBody::from(wire.1.body.clone()))
                .expect("the cases have good headers")
        })
    }
}

/// Botocore, if `CHIME_TEST_PYTHON` names a Python that has it: a script that answers each case, a
/// line of JSON, with a line of JSON.
pub struct Botocore(Option<Script>);

struct Script {
    child: Child,
    input: BufWriter<ChildStdin>,
    output: Lines<BufReader<ChildStdout>>,
}

impl Botocore {
    /// Starts it with a service.
    pub fn start(service: &str) -> Self {
        let Ok(python) = std::env::var("CHIME_TEST_PYTHON") else {
            return Self(None);
        };
        let mut child = Command::new(python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/botocore_peer.py"))
            .arg(service)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("CHIME_TEST_PYTHON is a Python");
        let input = BufWriter::new(child.stdin.take().expect("a pipe"));
        let output = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        Self(Some(Script {
            child,
            input,
            output,
        }))
    }

    /// What it does with each case, in order; nothing if it does not take part.
    pub fn run(&mut self, cases: &[Value]) -> Vec<Value> {
        let Some(Script { input, output, .. }) = &mut self.0 else {
            return Vec::new();
        };
        std::thread::scope(|scope| {
            scope.spawn(move || {
                for case in cases {
                    writeln!(input, "{case}").expect("the script reads on");
                }
                input.flush().expect("the script reads on");
            });
            let results = output.take(cases.len()).map(|line| {
                serde_json::from_str(&line.expect("a line of text")).expect("a line of JSON")
            });
            let results: Vec<Value> = results.collect();
            assert_eq!(results.len(), cases.len(), "the script failed");
            results
        })
    }

    /// Ends it, and reports what differs.
    pub(crate) fn end(self, differences: Differences, service: &str, what: &str) {
        let Some(Script {
            mut child, input, ..
        }) = self.0
        else {
            println!("{service}: {what}: botocore is left out, as CHIME_TEST_PYTHON is not set");
            return;
        };
        drop(input);
        assert!(child.wait().expect("it ran").success(), "the script failed");
        differences.end(&format!("{service}: {what}; against botocore"));
    }
}
