//! Checks signatures of requests as AWS does: Signature Version 4, in headers and in the query.

mod canonical;

use crate::refusal::{Kind, Refusal};
use bytes::Bytes;
use canonical::Signed;
pub(crate) use canonical::sha256_hex;
use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use sha2::Sha256;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// How far the time of a signature may be from the server's.
const SKEW: i64 = 5 * 60;

/// The longest validity of a signature in the query: a week.
const LONGEST: i64 = 7 * 24 * 60 * 60;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The end of the scope of each credential.
const TERMINATOR: &str = "aws4_request";

/// An access key and its secret.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessKey {
    id: String,
    secret: String,
}

impl AccessKey {
    /// Creates a pair of an access key and its secret.
    pub fn new(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
        }
    }
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl FromStr for AccessKey {
    type Err = String;

    /// Reads `KEY:SECRET`. The message of an error does not contain the secret.
    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some((id, secret)) if !id.is_empty() && !secret.is_empty() => Ok(Self::new(id, secret)),
            _ => Err("use KEY:SECRET, such as test:secret".to_owned()),
        }
    }
}

/// The keys whose signatures are accepted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keys(BTreeMap<String, String>);

impl Keys {
    pub(crate) fn new(keys: impl IntoIterator<Item = AccessKey>) -> Self {
        Self(keys.into_iter().map(|key| (key.id, key.secret)).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Checks the signature of a request for a service, at a time in milliseconds since the epoch.
    pub(crate) fn check(
        &self,
        request: &Request<Bytes>,
        service: &str,
        now: i64,
    ) -> Result<(), Refusal> {
        let claim = Claim::of(request)?;
        let [key, date, region, scope_service, end] = claim.scope()?;
        let secret = self.0.get(key).ok_or_else(|| {
            common(
                "UnrecognizedClientException",
                403,
                "The security token included in the request is invalid.",
            )
        })?;
        if claim.token.is_some() {
            // The keys are long-term ones. No session has begun, so no token is known, nor has one expired.
            return Err(common(
                "UnrecognizedClientException",
                403,
                "The security token included in the request is invalid.",
            ));
        }
        claim.check_time(now / 1000)?;
        let day = claim.date.get(..8).unwrap_or_default();
        if day != date {
            return Err(invalid(format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{date}' != \
                 '{day}', from '{}'.",
                claim.date
            )));
        }
        if scope_service != service {
            return Err(invalid(format!(
                "Credential should be scoped to correct service: '{service}'."
            )));
        }
        if end != TERMINATOR {
            return Err(invalid(format!(
                "Credential should be scoped with a valid terminator: '{TERMINATOR}', not '{end}'."
            )));
        }
        let signed = Signed::of(request, &claim.signed_headers, claim.in_query).map_err(invalid)?;
        let scope = [date, region, scope_service, end].join("/");
        let hash = sha256_hex(signed.canonical.as_bytes());
        let to_sign = format!("{ALGORITHM}\n{}\n{scope}\n{hash}", claim.date);
        let mut signing_key = format!("AWS4{secret}").into_bytes();
        for part in [date, region, scope_service, end] {
            signing_key = mac(&signing_key, part.as_bytes())?
                .finalize()
                .into_bytes()
                .to_vec();
        }
        let signature = unhex(&claim.signature).unwrap_or_default();
        // Compares in constant time.
        let is_right = mac(&signing_key, to_sign.as_bytes())?
            .verify_slice(&signature)
            .is_ok();
        match is_right {
            true => Ok(()),
            false => Err(invalid(
                "The request signature we calculated does not match the signature you provided. Check your AWS \
                 Secret Access Key and signing method.",
            )),
        }
    }
}

fn mac(key: &[u8], data: &[u8]) -> Result<Hmac<Sha256>, Refusal> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .map_err(|error| Refusal::failure(format!("the signature cannot be checked: {error}")))?;
    mac.update(data);
    Ok(mac)
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok())
        .collect()
}

fn common(name: &'static str, status: u16, message: impl Into<String>) -> Refusal {
    Refusal {
        kind: Kind::Common(name, status),
        message: message.into(),
    }
}

fn invalid(message: impl Into<String>) -> Refusal {
    common("InvalidSignatureException", 403, message)
}

fn incomplete(message: impl Into<String>) -> Refusal {
    common("IncompleteSignatureException", 403, message)
}

/// What a request says of its signature.
#[derive(Debug)]
struct Claim {
    credential: String,
    signed_headers: Vec<String>,
    signature: String,
    /// Such as `20261124T140500Z`.
    date: String,
    token: Option<String>,
    /// How long the signature is valid, in seconds, if it is in the query.
    expires: Option<i64>,
    in_query: bool,
}

impl Claim {
    fn of(request: &Request<Bytes>) -> Result<Self, Refusal> {
        let header = |name: &str| request.headers().get(name)?.to_str().ok();
        let query: BTreeMap<String, String> =
            form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes())
                .into_owned()
                .collect();
        match (header("authorization"), query.get("X-Amz-Algorithm")) {
            (Some(authorization), _) => {
                let (algorithm, fields) =
                    authorization.split_once(' ').unwrap_or((authorization, ""));
                check_algorithm(algorithm)?;
                let field = |name: &str| {
                    let mut fields = fields
                        .split(',')
                        .filter_map(|field| field.trim().split_once('='));
                    let found = fields.find(|(known, _)| *known == name);
                    found.map(|(_, value)| value.to_owned()).ok_or_else(|| {
                        incomplete(format!("Authorization header requires '{name}' parameter."))
                    })
                };
                Ok(Self {
                    credential: field("Credential")?,
                    signed_headers: field("SignedHeaders")?
                        .split(';')
                        .map(str::to_owned)
                        .collect(),
                    signature: field("Signature")?,
                    date: header("x-amz-date").map(str::to_owned).ok_or_else(|| {
                        incomplete(
                            "Authorization header requires existence of a 'X-Amz-Date' header.",
                        )
                    })?,
                    token: header("x-amz-security-token").map(str::to_owned),
                    expires: None,
                    in_query: false,
                })
            }
            (None, Some(algorithm)) => {
                check_algorithm(algorithm)?;
                let field = |name: &str| {
                    let value = query.get(name).cloned();
                    value.ok_or_else(|| {
                        incomplete(format!("The query requires the parameter '{name}'."))
                    })
                };
                let expires = field("X-Amz-Expires")?.parse().ok();
                let expires = expires.filter(|expires| (1..=LONGEST).contains(expires));
                Ok(Self {
                    credential: field("X-Amz-Credential")?,
                    signed_headers: field("X-Amz-SignedHeaders")?
                        .split(';')
                        .map(str::to_owned)
                        .collect(),
                    signature: field("X-Amz-Signature")?,
                    date: field("X-Amz-Date")?,
                    token: query.get("X-Amz-Security-Token").cloned(),
                    expires: Some(expires.ok_or_else(|| {
                        incomplete(format!(
                            "X-Amz-Expires must be from 1 to {LONGEST} seconds."
                        ))
                    })?),
                    in_query: true,
                })
            }
            (None, None) => Err(common(
                "MissingAuthenticationTokenException",
                403,
                "Missing Authentication Token",
            )),
        }
    }

    /// Returns the access key, date, region, service and terminator of the credential.
    fn scope(&self) -> Result<[&str; 5], Refusal> {
        let parts: Vec<&str> = self.credential.split('/').collect();
        parts.try_into().map_err(|_| {
            incomplete(format!(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{}'.",
                self.credential
            ))
        })
    }

    fn check_time(&self, now: i64) -> Result<(), Refusal> {
        let at = canonical::seconds(&self.date).ok_or_else(|| {
            incomplete(format!(
                "Date must be in ISO-8601 'basic format'. Got '{}'.",
                self.date
            ))
        })?;
        let valid = self.expires.unwrap_or(SKEW);
        if now.saturating_sub(at) > valid {
            return Err(invalid(format!(
                "Signature expired: {} is now earlier than {} ({} - {})",
                self.date,
                canonical::date(now - valid),
                canonical::date(now),
                duration(valid)
            )));
        }
        if at.saturating_sub(now) > SKEW {
            return Err(invalid(format!(
                "Signature not yet current: {} is still later than {} ({} + {})",
                self.date,
                canonical::date(now + SKEW),
                canonical::date(now),
                duration(SKEW)
            )));
        }
        Ok(())
    }
}

/// Returns a duration as in AWS's messages: minutes, or seconds if it has no whole minutes.
fn duration(seconds: i64) -> String {
    match seconds % 60 {
        0 => format!("{} min.", seconds / 60),
        _ => format!("{seconds} s."),
    }
}

fn check_algorithm(algorithm: &str) -> Result<(), Refusal> {
    match algorithm {
        ALGORITHM => Ok(()),
        _ => Err(incomplete(format!(
            "Unsupported AWS 'algorithm': '{algorithm}'."
        ))),
    }
}
