//! Authentication: botocore's lists and signature versions as Smithy's traits.

use super::Converter;
use crate::source::json::Node;
use crate::traits::Trait;
use crate::traits::auth::{
    Auth, HTTP_DIGEST, HttpBasic, HttpBearer, NO_AUTH, SIGV2, Sigv4, Sigv4a, UnsignedPayload,
};
use serde_json::{Map, Value, json};

const SIGV4: &str = Sigv4::ID;
const SIGV4A: &str = Sigv4a::ID;
const HTTP_BASIC: &str = HttpBasic::ID;
const HTTP_BEARER: &str = HttpBearer::ID;

impl<'a> Converter<'a> {
    /// The traits of every scheme that the service or an operation uses, and the order in which the
    /// service prefers them.
    pub(super) fn service_auth(&mut self, metadata: &Node, traits: &mut Map<String, Value>) {
        let service = self.service.clone();
        let preferred = match metadata.get("auth") {
            Some(list) => self.schemes(list, &service),
            None => {
                let version = metadata.get("signatureVersion");
                self.scheme_of(version, &service).into_iter().collect()
            }
        };
        let mut all = preferred.clone();
        for entry in self.entries("operations") {
            all.extend(
                self.operation_schemes(&entry.value, &entry.key)
                    .into_iter()
                    .flatten(),
            );
        }
        all.retain(|scheme| *scheme != NO_AUTH);
        all.sort_unstable();
        all.dedup();
        let text = |key: &str| metadata.get(key).and_then(Node::as_str);
        let name = text("signingName").or(text("endpointPrefix"));
        for scheme in &all {
            let value = match *scheme {
                SIGV4 | SIGV4A => json!({"name": name.unwrap_or_default()}),
                _ => json!({}),
            };
            traits.insert((*scheme).to_owned(), value);
        }
        // The list is needed only if it has an order or leaves some of the schemes out.
        if preferred.len() > 1 || preferred != all {
            traits.insert(Auth::ID.to_owned(), auth(&preferred));
        }
    }

    /// The traits of an operation whose authentication differs from the service's.
    pub(super) fn operation_auth(
        &mut self,
        node: &Node,
        on: &str,
        traits: &mut Map<String, Value>,
    ) {
        if let Some(schemes) = self.operation_schemes(node, on) {
            traits.insert(Auth::ID.to_owned(), auth(&schemes));
        }
        let authtype = node.get("authtype").and_then(Node::as_str);
        if authtype == Some("v4-unsigned-body") || super::flag(node, "unsignedPayload") {
            traits.insert(UnsignedPayload::ID.to_owned(), json!({}));
        }
    }

    fn operation_schemes(&mut self, node: &Node, on: &str) -> Option<Vec<&'static str>> {
        if let Some(list) = node.get("auth") {
            return Some(self.schemes(list, on));
        }
        match node.get("authtype") {
            None => None,
            // The scheme is the same as for other operations.
            Some(kind) if matches!(kind.as_str(), Some("v4" | "v4-unsigned-body")) => None,
            kind => Some(self.scheme_of(kind, on).into_iter().collect()),
        }
    }

    fn schemes(&mut self, list: &Node, on: &str) -> Vec<&'static str> {
        let mut schemes = Vec::new();
        for node in list.as_array().unwrap_or_default() {
            let known = [SIGV4, SIGV4A, HTTP_BEARER, NO_AUTH, HTTP_BASIC, HTTP_DIGEST];
            match known.into_iter().find(|known| node.as_str() == Some(known)) {
                Some(known) => schemes.push(known),
                None => {
                    let name = node.as_str().unwrap_or("this").to_owned();
                    self.no_counterpart(node, on, &name);
                }
            }
        }
        schemes
    }

    /// The scheme of a signature version or of an authentication type.
    fn scheme_of(&mut self, node: Option<&Node>, on: &str) -> Option<&'static str> {
        match (node, node.and_then(Node::as_str)) {
            // S3's names of version 4 only differ in how botocore escapes paths.
            (None, _) | (_, Some("v4" | "s3" | "s3v4")) => Some(SIGV4),
            (_, Some("v2")) => Some(SIGV2),
            (_, Some("v4a")) => Some(SIGV4A),
            (_, Some("bearer")) => Some(HTTP_BEARER),
            (_, Some("none")) => Some(NO_AUTH),
            (Some(node), name) => {
                self.no_counterpart(node, on, name.unwrap_or("this"));
                None
            }
        }
    }

    fn no_counterpart(&mut self, node: &Node, on: &str, name: &str) {
        let message = format!("the authentication `{name}` has no counterpart");
        let place = node.place.location();
        // The conversion of the operation reads the same list again.
        if !self.problems.has_at(&place) {
            self.problem(node, on, message);
        }
    }
}

/// The value of the trait `auth`. It is an empty list if the only entry is no authentication.
fn auth(schemes: &[&str]) -> Value {
    match schemes {
        [NO_AUTH] => json!([]),
        schemes => json!(schemes),
    }
}
