//! Signatures of events, each of which covers the signature before it.

use super::canonical::{DateTime, hex};
use super::{AUTHORIZATION, Key, OTHER_TIME, Scope, Signer};
use aws_credential_types::Credentials;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_eventstream::frame::{write_headers_to, write_message_to};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::AuthSchemeEndpointConfig;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::event_stream::{
    DeferredSignerSender, Header, HeaderValue, Message, SignMessage, SignMessageError,
};
use hmac::Mac;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Passes the signer of events to the body of a request.
#[derive(Clone, Copy)]
pub(super) struct Sender<'c>(&'c DeferredSignerSender);

impl<'c> Sender<'c> {
    /// Returns `None` if the body does not consist of events.
    pub(super) fn of(config: &'c ConfigBag) -> Option<Self> {
        config.load::<DeferredSignerSender>().map(Self)
    }
}

impl Signer {
    /// Signs a request without its body, and creates the signer of the events in the body.
    pub(super) fn sign_events(
        &self,
        Sender(sender): Sender<'_>,
        request: &mut HttpRequest,
        identity: &Identity,
        endpoint: AuthSchemeEndpointConfig<'_>,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Result<(), BoxError> {
        let clock = components.time_source().unwrap_or_default();
        let now = clock.now();
        let shift = Shift::between(now, self.skew.correct(now, config));
        let scope = Scope::of(identity, &endpoint, config).map(|scope| Owned {
            credentials: scope.credentials.clone(),
            region: scope.region.to_owned(),
            name: scope.name.to_owned(),
        });
        let body = std::mem::replace(request.body_mut(), SdkBody::empty());
        let signed = self.sign_request(request, identity, endpoint, components, config);
        *request.body_mut() = body;
        signed?;
        let header = request.headers().get(AUTHORIZATION);
        let signature = header.and_then(|header| header.rsplit_once("Signature="));
        let (Some(scope), Some((_, signature))) = (scope, signature) else {
            return Err(NO_SIGNATURE.into());
        };
        let signer: Box<dyn SignMessage + Send + Sync> = Box::new(EventSigner {
            scope,
            clock,
            shift,
            last: signature.to_owned(),
            key: None,
        });
        sender.send(signer).map_err(Into::into)
    }
}

/// The error if the configuration puts the signature elsewhere.
const NO_SIGNATURE: &str = "events can only be signed if the signature of the request is in its header \
    `authorization`";

/// The scope of signatures that outlives the request.
struct Owned {
    credentials: Credentials,
    region: String,
    name: String,
}

/// How far the service's clock is ahead of or behind the client's.
enum Shift {
    Ahead(Duration),
    Behind(Duration),
}

impl Shift {
    fn between(client: SystemTime, service: SystemTime) -> Self {
        match service.duration_since(client) {
            Ok(ahead) => Self::Ahead(ahead),
            Err(behind) => Self::Behind(behind.duration()),
        }
    }

    fn apply(&self, time: SystemTime) -> Option<SystemTime> {
        match self {
            Self::Ahead(by) => time.checked_add(*by),
            Self::Behind(by) => time.checked_sub(*by),
        }
    }
}

/// Signs the events of a request, in order.
struct EventSigner {
    scope: Owned,
    clock: SharedTimeSource,
    shift: Shift,
    /// The last signature.
    last: String,
    /// The signing key of the day.
    key: Option<Arc<Key>>,
}

impl fmt::Debug for EventSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventSigner")
    }
}

impl EventSigner {
    /// Returns a message with this payload, signed.
    fn message(&mut self, payload: Vec<u8>) -> Result<Message, SignMessageError> {
        let time = self.shift.apply(self.clock.now()).ok_or(OTHER_TIME)?;
        let date = DateTime::of(time).ok_or(OTHER_TIME)?;
        // The header has whole seconds, like the signature.
        let seconds = time.duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
        let seconds = aws_smithy_types::DateTime::from_secs(i64::try_from(seconds)?);
        let header = Header::new(":date", HeaderValue::Timestamp(seconds));
        let mut headers = Vec::new();
        write_headers_to(std::slice::from_ref(&header), &mut headers)?;

        let key = self.key(time, &date)?;
        let (mut of_headers, mut of_payload) = ([0; 64], [0; 64]);
        let mut mac = key.mac.clone();
        for part in [
            "AWS4-HMAC-SHA256-PAYLOAD\n",
            date.as_str(),
            "\n",
            &key.scope,
            "\n",
            &self.last,
            "\n",
            hex(&Sha256::digest(&headers), &mut of_headers),
            "\n",
            hex(&Sha256::digest(&payload), &mut of_payload),
        ] {
            mac.update(part.as_bytes());
        }
        let signature = mac.finalize().into_bytes();
        self.last = hex(&signature, &mut of_headers).to_owned();
        let signature = Header::new(
            ":chunk-signature",
            HeaderValue::ByteArray(signature.to_vec().into()),
        );
        Ok(Message::new_from_parts(vec![signature, header], payload))
    }

    fn key(&mut self, time: SystemTime, date: &DateTime) -> Result<Arc<Key>, SignMessageError> {
        if let Some(key) = self.key.as_ref().filter(|key| key.day == *date.day()) {
            return Ok(key.clone());
        }
        let scope = Scope {
            credentials: &self.scope.credentials,
            region: &self.scope.region,
            name: &self.scope.name,
        };
        let key =
            Key::derive(&scope, time, *date.day()).ok_or("the signing key cannot be derived")?;
        let key = Arc::new(key);
        self.key = Some(key.clone());
        Ok(key)
    }
}

impl SignMessage for EventSigner {
    fn sign(&mut self, message: Message) -> Result<Message, SignMessageError> {
        let mut frame = Vec::new();
        write_message_to(&message, &mut frame)?;
        self.message(frame)
    }

    fn sign_empty(&mut self) -> Option<Result<Message, SignMessageError>> {
        Some(self.message(Vec::new()))
    }
}
