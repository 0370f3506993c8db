//! SigV4 with a cached signing key, which is valid for a day, a region and a service.
//!
//! The common case, a signature in the headers of a request with its body in memory, is implemented here,
//! following AWS's "Signature Version 4 signing process". With the feature `general-signing`, everything else
//! (signatures in the query, streaming bodies, other options) is passed to the signer of `aws-runtime`. Both
//! produce the same signatures, but that signer logs the request at level TRACE.

mod canonical;
#[cfg(feature = "event-stream")]
mod events;
#[cfg(any(feature = "general-signing", test))]
mod general;
#[cfg(not(any(feature = "general-signing", test)))]
#[path = "sigv4/lacks_general.rs"]
mod general;
#[cfg(test)]
mod tests;

use crate::setting::{BadSetting, check_credentials, check_region};
use crate::skew::Skew;
use aws_credential_types::Credentials;
use aws_runtime::auth::sigv4::SCHEME_ID;
use aws_runtime::auth::{
    HttpSignatureType, PayloadSigningOverride, SigV4OperationSigningConfig,
    SigV4SessionTokenNameOverride, SigningOptions,
};
use aws_runtime::content_encoding::DeferredSignerSender;
use aws_sigv4::http_request::SignableBody;
use aws_sigv4::sign::v4::generate_signing_key;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign,
};
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::{GetIdentityResolver, RuntimeComponents};
use aws_smithy_runtime_api::http::HttpError;
use aws_smithy_types::Document;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::SigningName;
use aws_types::region::SigningRegion;
pub(crate) use canonical::hex;
use canonical::{Canonical, DateTime};
use general::General;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use smithy_operation::{OperationDescriptor, ServiceDescriptor};
use std::fmt;
use std::sync::{Arc, LazyLock, RwLock};
use std::time::SystemTime;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const DATE: &str = "x-amz-date";
const TOKEN: &str = "x-amz-security-token";
const AUTHORIZATION: &str = "authorization";

/// The scheme `sigv4`, whose signer caches its last signing key.
#[derive(Debug)]
pub(crate) struct Scheme {
    signer: Signer,
}

impl Scheme {
    /// Creates a scheme that signs with the service's time.
    pub(crate) fn new(skew: Arc<Skew>) -> Self {
        Self {
            signer: Signer::new(skew),
        }
    }
}

impl AuthScheme for Scheme {
    fn scheme_id(&self) -> AuthSchemeId {
        SCHEME_ID
    }

    fn identity_resolver(
        &self,
        identity_resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        identity_resolvers.identity_resolver(SCHEME_ID)
    }

    fn signer(&self) -> &dyn Sign {
        &self.signer
    }
}

struct Signer {
    skew: Arc<Skew>,
    /// Signs requests outside the common case.
    general: General,
    last: RwLock<Option<Arc<Key>>>,
}

// Omits the cached signing key.
impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").finish_non_exhaustive()
    }
}

impl Sign for Signer {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        endpoint: AuthSchemeEndpointConfig<'_>,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Result<(), BoxError> {
        #[cfg(feature = "event-stream")]
        if let Some(sender) = events::Sender::of(config) {
            return self.sign_events(sender, request, identity, endpoint, components, config);
        }
        self.sign_request(request, identity, endpoint, components, config)
    }
}

impl Signer {
    fn new(skew: Arc<Skew>) -> Self {
        Self {
            skew,
            general: General::new(),
            last: RwLock::new(None),
        }
    }

    fn sign_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        endpoint: AuthSchemeEndpointConfig<'_>,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Result<(), BoxError> {
        let now = components.time_source().unwrap_or_default().now();
        let time = self.skew.correct(now, config);
        let date = DateTime::of(time).ok_or(OTHER_TIME)?;
        let scope = Scope::of(identity, &endpoint, config);
        if let Some(scope) = &scope
            && is_ordinary(&endpoint, config)
            && let Some(signed) = self.sign(request, scope, &date)?
        {
            let token = scope.credentials.session_token();
            return signed.apply(request, token).map_err(Into::into);
        }
        if let Some(scope) = &scope {
            scope.check()?;
        }
        if request.uri().starts_with(['/', '*']) {
            return Err(NO_HOST.into());
        }
        let clock = (time != now && !is_in_query(config)).then_some(time);
        self.general
            .sign(request, identity, endpoint, components, config, clock)
    }
}

/// Returns whether a service is S3 or its control plane, which require the hash of the body in a header.
pub(crate) fn is_s3(service: &ServiceDescriptor) -> bool {
    service.signing_name == "s3"
}

/// Returns the options with which the requests of an operation are signed.
pub(crate) fn options(
    service: &ServiceDescriptor,
    operation: &OperationDescriptor,
) -> SigningOptions {
    let mut options = SigningOptions::default();
    // S3 signs paths as they are sent, because `a//b` and `a/../b` are the names of objects.
    if service.sdk_id == "S3" {
        options.double_uri_encode = false;
        options.normalize_uri_path = false;
    }
    options.content_sha256_header = is_s3(service) || operation.unsigned_payload;
    if operation.unsigned_payload {
        options.payload_override = Some(SignableBody::UnsignedPayload);
    }
    options
}

/// The error if the clock is out of range.
const OTHER_TIME: &str = "the time source returns a time at which no request can be signed: it must be \
    between the years 1970 and 9999";

/// The error if an interceptor has removed the host from the URI.
pub(crate) const NO_HOST: &str = "the request's URI has no host: an interceptor has removed it";

/// Returns whether the signature goes into the headers and the body is in memory.
fn is_ordinary(endpoint: &AuthSchemeEndpointConfig<'_>, config: &ConfigBag) -> bool {
    static ORDINARY: LazyLock<SigningOptions> = LazyLock::new(SigningOptions::default);
    config
        .load::<SigV4OperationSigningConfig>()
        .is_some_and(|it| it.signing_options == *ORDINARY)
        && endpoint.get("disableDoubleEncoding").is_none()
        && endpoint.get("disableNormalizePath").is_none()
        && config.load::<PayloadSigningOverride>().is_none()
        && config.load::<SigV4SessionTokenNameOverride>().is_none()
        && config.load::<DeferredSignerSender>().is_none()
}

/// Returns whether the signature goes into the query. Such URLs are passed on, and must be valid by the
/// caller's clock.
pub(crate) fn is_in_query(config: &ConfigBag) -> bool {
    config
        .load::<SigV4OperationSigningConfig>()
        .is_some_and(|it| {
            it.signing_options.signature_type == HttpSignatureType::HttpRequestQueryParams
        })
}

/// The identity, and the scope of its signatures.
struct Scope<'a> {
    credentials: &'a Credentials,
    region: &'a str,
    name: &'a str,
}

impl<'a> Scope<'a> {
    /// Returns `None` if something is missing.
    fn of(
        identity: &'a Identity,
        endpoint: &AuthSchemeEndpointConfig<'a>,
        config: &'a ConfigBag,
    ) -> Option<Self> {
        let operation = config.load::<SigV4OperationSigningConfig>()?;
        let region = match endpoint.get("signingRegion") {
            Some(Document::String(region)) => region,
            Some(_) => return None,
            None => match config.load::<SigningRegion>() {
                Some(region) => region.as_ref(),
                None => operation.region.as_ref()?.as_ref(),
            },
        };
        let name = match endpoint.get("signingName") {
            Some(Document::String(name)) => name,
            Some(_) => return None,
            None => match config.load::<SigningName>() {
                Some(name) => name.as_ref(),
                None => operation.name.as_ref()?.as_ref(),
            },
        };
        Some(Self {
            credentials: identity.data::<Credentials>()?,
            region,
            name,
        })
    }

    /// Checks the values that become part of headers.
    fn check(&self) -> Result<(), BadSetting> {
        check_credentials(self.credentials)?;
        check_region("signing region", self.region)?;
        match self.name.bytes().all(|byte| byte.is_ascii_graphic()) {
            true => Ok(()),
            false => Err(BadSetting::SigningScope),
        }
    }
}

/// A signing key, and the values that it was derived from.
struct Key {
    credentials: Credentials,
    region: String,
    name: String,
    /// The day as it appears in a credential scope, such as `20261124`.
    day: [u8; 8],
    /// Day, region and service as they appear in signatures.
    scope: String,
    /// A signing key that has signed nothing yet.
    mac: Hmac<Sha256>,
}

impl Key {
    fn derive(scope: &Scope<'_>, time: SystemTime, day: [u8; 8]) -> Option<Self> {
        let text = std::str::from_utf8(&day).ok()?;
        let secret = scope.credentials.secret_access_key();
        let key = generate_signing_key(secret, time, scope.region, scope.name);
        // HMAC accepts keys of any length.
        let mac = Hmac::new_from_slice(key.as_ref()).ok()?;
        Some(Self {
            credentials: scope.credentials.clone(),
            region: scope.region.to_owned(),
            name: scope.name.to_owned(),
            day,
            scope: format!("{text}/{}/{}/aws4_request", scope.region, scope.name),
            mac,
        })
    }

    fn is_for(&self, scope: &Scope<'_>, day: &[u8]) -> bool {
        let (own, other) = (&self.credentials, scope.credentials);
        self.day == day
            && self.region == scope.region
            && self.name == scope.name
            && own.access_key_id() == other.access_key_id()
            && own.secret_access_key() == other.secret_access_key()
            // It is not part of the key, but is checked when the key is derived.
            && own.session_token() == other.session_token()
    }
}

/// The headers that signing adds to a request.
struct Signed {
    date: String,
    authorization: String,
}

impl Signed {
    fn apply(self, request: &mut HttpRequest, token: Option<&str>) -> Result<(), HttpError> {
        let headers = request.headers_mut();
        headers.try_insert(DATE, self.date)?;
        headers.try_insert(AUTHORIZATION, self.authorization)?;
        if let Some(token) = token {
            headers.try_insert(TOKEN, token.to_owned())?;
        }
        Ok(())
    }
}

impl Signer {
    /// Returns `None` if the request is outside the common case.
    fn sign(
        &self,
        request: &HttpRequest,
        scope: &Scope<'_>,
        date: &DateTime,
    ) -> Result<Option<Signed>, BadSetting> {
        let token = scope.credentials.session_token();
        let Some(canonical) = Canonical::of(request, date.as_str(), token) else {
            return Ok(None);
        };
        let Some(key) = self.key(scope, date)? else {
            return Ok(None);
        };

        let mut hash = [0; 64];
        let mut mac = key.mac.clone();
        for part in [ALGORITHM, "\n", date.as_str(), "\n", &*key.scope, "\n"] {
            mac.update(part.as_bytes());
        }
        mac.update(hex(&Sha256::digest(&canonical.text), &mut hash).as_bytes());
        let signature = mac.finalize().into_bytes();

        let mut authorization = String::with_capacity(320);
        for part in [
            ALGORITHM,
            " Credential=",
            scope.credentials.access_key_id(),
            "/",
            &key.scope,
            ", SignedHeaders=",
            canonical.signed_headers(),
            ", Signature=",
            hex(&signature, &mut hash),
        ] {
            authorization.push_str(part);
        }
        Ok(Some(Signed {
            date: date.as_str().to_owned(),
            authorization,
        }))
    }

    /// Returns the last key if it is valid for this request, or a new one.
    fn key(&self, scope: &Scope<'_>, date: &DateTime) -> Result<Option<Arc<Key>>, BadSetting> {
        // The key in a poisoned lock is still complete.
        let last = self.last.read().unwrap_or_else(|e| e.into_inner());
        if let Some(key) = last.as_ref().filter(|key| key.is_for(scope, date.day())) {
            return Ok(Some(key.clone()));
        }
        drop(last);
        // Checked here rather than for each request: the values of a cached key have been checked.
        scope.check()?;
        let Some(key) = Key::derive(scope, date.time(), *date.day()).map(Arc::new) else {
            return Ok(None);
        };
        *self.last.write().unwrap_or_else(|e| e.into_inner()) = Some(key.clone());
        Ok(Some(key))
    }
}
