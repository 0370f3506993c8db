//! Cases of requests.

use crate::body;
use crate::http::{Answer, Connection, Request, Sent, config};
use aws_smithy_protocol_test::{
    forbid_headers, forbid_query_params, require_headers, require_query_params, validate_headers,
    validate_query_string,
};
use aws_types::region::Region;
use smithy_client::config::Config;
use std::fmt::{Debug, Display};

/// A request that an input must become: a case of `smithy.test#httpRequestTests`.
#[derive(Debug, Clone, Copy, Default)]
pub struct RequestCase {
    /// The case's ID.
    pub id: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path.
    pub uri: &'static str,
    /// The host, and maybe a path, that the client is configured with.
    pub host: Option<&'static str>,
    /// The host that the request is sent to.
    pub resolved_host: Option<&'static str>,
    /// The ID of the auth scheme that signs the request.
    pub auth_scheme: Option<&'static str>,
    /// Parameters of the query, in their encoded form.
    pub query_params: &'static [&'static str],
    /// Names of parameters that must be absent.
    pub forbid_query_params: &'static [&'static str],
    /// Names of parameters that must be present.
    pub require_query_params: &'static [&'static str],
    /// Headers with their values. Values of repeated headers are joined by commas.
    pub headers: &'static [(&'static str, &'static str)],
    /// Names of headers that must be absent.
    pub forbid_headers: &'static [&'static str],
    /// Names of headers that must be present.
    pub require_headers: &'static [&'static str],
    /// The body. `None` if it does not matter.
    pub body: Option<&'static str>,
    /// How bodies are compared.
    pub body_media_type: Option<&'static str>,
    /// Settings of the vendor, as JSON.
    pub vendor_params: Option<&'static str>,
}

impl RequestCase {
    /// Returns the configuration of the client, and where its request will be.
    pub fn start(&self) -> (Config, Sent) {
        let sent = Sent::default();
        let connection = Connection {
            answer: Answer {
                status: 200,
                headers: Vec::new(),
                body: Vec::new(),
            },
            sent: sent.clone(),
        };
        let mut config = config(connection);
        if let Some(host) = self.host {
            config = config.endpoint_url(format!("https://{host}"));
        }
        if let Some(region) = self.region() {
            config = config.region(Region::new(region));
        }
        (config.build(), sent)
    }

    fn region(&self) -> Option<String> {
        let params: serde_json::Value = serde_json::from_str(self.vendor_params?).ok()?;
        let places = [
            "/scopedConfig/client/region",
            "/endpointParams/builtInParams/AWS::Region",
        ];
        let region = places.iter().find_map(|place| params.pointer(place))?;
        Some(region.as_str()?.to_owned())
    }

    /// Judges the request. The result of the call only matters if there is no request.
    pub async fn check<T: Debug, E: Debug>(&self, sent: Sent, result: Result<T, E>) {
        let Some(request) = sent.take() else {
            panic!("{}: no request was sent: {result:#?}", self.id);
        };
        let problems = self.problems(&request);
        assert!(
            problems.is_empty(),
            "{}:\n{}\nin the request\n{request:#?}\nwith the body\n{}",
            self.id,
            problems.join("\n"),
            String::from_utf8_lossy(&request.body)
        );
    }

    pub(crate) fn problems(&self, request: &Request) -> Vec<String> {
        let mut problems = Vec::new();
        let mut same = |what: &str, expected: &str, found: &str| {
            if expected != found {
                problems.push(format!("{what}: expected `{expected}`, found `{found}`"));
            }
        };
        let head = &request.head;
        let (host, path) = host_and_path(head.uri());
        same("method", self.method, head.method());
        same("path", self.uri, path);
        if let Some(expected) = self.resolved_host {
            // What follows the host is part of the path.
            let expected = expected.split('/').next().unwrap_or(expected);
            same("host", expected, host);
        }
        if let Some(prefix) = self.auth_scheme.and_then(authorization) {
            let header = head.headers().get("authorization").unwrap_or_default();
            let found = header.split(' ').next().unwrap_or_default();
            same("authorization", prefix, found);
        }
        let headers = || head.headers();
        note(
            &mut problems,
            validate_query_string(head, self.query_params),
        );
        note(
            &mut problems,
            forbid_query_params(head, self.forbid_query_params),
        );
        note(
            &mut problems,
            require_query_params(head, self.require_query_params),
        );
        note(
            &mut problems,
            validate_headers(headers(), self.headers.iter().copied()),
        );
        note(
            &mut problems,
            forbid_headers(headers(), self.forbid_headers),
        );
        note(
            &mut problems,
            require_headers(headers(), self.require_headers),
        );
        if let Some(expected) = self.body {
            note(
                &mut problems,
                body::compare(&request.body, expected, self.body_media_type),
            );
        }
        problems
    }
}

fn note(problems: &mut Vec<String>, result: Result<(), impl Display>) {
    problems.extend(result.err().map(|problem| problem.to_string()));
}

/// What the header `Authorization` begins with.
fn authorization(scheme: &str) -> Option<&'static str> {
    match scheme {
        "aws.auth#sigv4" => Some("AWS4-HMAC-SHA256"),
        "aws.auth#sigv4a" => Some("AWS4-ECDSA-P256-SHA256"),
        "smithy.api#httpBearerAuth" => Some("Bearer"),
        "smithy.api#httpBasicAuth" => Some("Basic"),
        _ => None,
    }
}

fn host_and_path(uri: &str) -> (&str, &str) {
    let rest = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    let rest = rest.split('?').next().unwrap_or(rest);
    match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    }
}
