//! Keeps sensitive values out of errors and logs.
//!
//! The smithy-rs runtime logs requests and responses at level TRACE, and includes the response in the error's
//! `Debug`. The bodies of operations with sensitive members are wrapped so that `Debug` does not show them,
//! and the values of such a request are removed from what an error quotes.

mod values;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, FinalizerInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::{Order, RuntimePlugin};
use aws_smithy_schema::Schema;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use smithy_operation::OperationDescriptor;
use smithy_operation::endpoint::uri_encode;
use std::borrow::Cow;
use std::fmt;
use tracing::level_filters::LevelFilter;

/// Replaces what is removed.
const REDACTED: &str = "***";

/// Shorter strings occur in most text. Replacing them would reveal more than it hides.
const SHORTEST: usize = 3;

/// Returns whether the runtime logs requests and responses.
pub(crate) fn are_logged() -> bool {
    LevelFilter::current() >= LevelFilter::TRACE
}

/// A request with sensitive members as it was sent. Its values are removed if the service repeats them.
pub(crate) struct Sent {
    uri: String,
    body: Option<SdkBody>,
}

impl Storable for Sent {
    type Storer = StoreReplace<Self>;
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sent")
    }
}

impl Sent {
    pub(crate) fn of(request: &HttpRequest) -> Self {
        Self {
            uri: request.uri().to_owned(),
            body: request.body().try_clone(),
        }
    }

    /// Removes the values of the call's request from a string, if the request has sensitive members.
    pub(crate) fn redact<'t>(text: &'t str, config: &ConfigBag) -> Cow<'t, str> {
        match config.load::<Self>() {
            Some(sent) => without(text, &sent.strings()),
            None => Cow::Borrowed(text),
        }
    }

    /// Removes the values of the request from the headers of a response: a redirect may repeat the URI.
    fn redact_headers(&self, response: &mut HttpResponse) -> Result<(), BoxError> {
        let strings = self.strings();
        let mut redacted = Vec::new();
        for (name, value) in response.headers() {
            if let Cow::Owned(value) = without(value, &strings) {
                redacted.push((name.to_owned(), value));
            }
        }
        for (name, value) in redacted {
            response.headers_mut().try_insert(name, value)?;
        }
        Ok(())
    }

    /// Returns the values in the request, sensitive or not, each unencoded and as encoded in the body, URIs and
    /// HTML; the longest first.
    fn strings(&self) -> Vec<String> {
        let mut strings = Vec::new();
        let (path, query) = self.uri.split_once('?').unwrap_or((&self.uri, ""));
        for encoded in path.split('/').chain(query.split(['&', '='])) {
            let pairs = format!("={}", encoded.replace('+', "%2B"));
            let decoded = form_urlencoded::parse(pairs.as_bytes());
            strings.extend(decoded.map(|(_, value)| value.into_owned()));
        }
        let body = self
            .body
            .as_ref()
            .and_then(SdkBody::bytes)
            .unwrap_or_default();
        values::collect(body, &mut strings);
        let encoded = strings
            .iter()
            .flat_map(|string| [uri_encode(string), html_encode(string)]);
        let encoded: Vec<_> = encoded.collect();
        strings.extend(encoded);
        strings.retain(|string| string.len() >= SHORTEST);
        strings.sort_by_key(|string| std::cmp::Reverse(string.len()));
        strings.dedup();
        strings
    }
}

fn without<'t>(text: &'t str, strings: &[String]) -> Cow<'t, str> {
    let mut text = Cow::Borrowed(text);
    for string in strings {
        if text.contains(&**string) {
            text = Cow::Owned(text.replace(&**string, REDACTED));
        }
    }
    text
}

fn html_encode(string: &str) -> String {
    let string = string.replace('&', "&amp;").replace('<', "&lt;");
    string.replace('>', "&gt;").replace('"', "&quot;")
}

/// Wraps a body so that `Debug` does not show it.
fn hidden(body: SdkBody) -> SdkBody {
    body.map_preserve_contents(SdkBody::from_body_1_x)
}

fn hide(body: &mut SdkBody) {
    if body.bytes().is_some_and(|bytes| !bytes.is_empty()) {
        *body = hidden(std::mem::replace(body, SdkBody::taken()));
    }
}

/// Hides an error response, which becomes part of the error, if it may contain or repeat sensitive values.
#[derive(Debug)]
pub(crate) struct HideFailure;

#[dyn_dispatch_hint]
impl Intercept for HideFailure {
    fn name(&self) -> &'static str {
        "HideFailure"
    }

    fn modify_before_attempt_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if matches!(context.output_or_error(), Some(Ok(_))) {
            return Ok(());
        }
        let Some(response) = context.response_mut() else {
            return Ok(());
        };
        hide(response.body_mut());
        match config.load::<Sent>() {
            Some(sent) => sent.redact_headers(response),
            None => Ok(()),
        }
    }
}

/// Hides a request and its response from the runtime, which would log them. Added to calls of operations with
/// sensitive members while the log level is TRACE.
#[derive(Debug)]
pub(crate) struct Veil {
    operation: &'static OperationDescriptor,
    /// Whether it hides the request, as the last interceptor that changes it.
    hides_request: bool,
}

impl Veil {
    pub(crate) fn new(operation: &'static OperationDescriptor) -> Self {
        Self {
            operation,
            hides_request: false,
        }
    }

    pub(crate) fn with_interceptor(mut self) -> Self {
        self.hides_request = true;
        self
    }
}

impl RuntimePlugin for Veil {
    fn order(&self) -> Order {
        Order::NestedComponents
    }

    fn runtime_components(
        &self,
        current: &RuntimeComponentsBuilder,
    ) -> Cow<'_, RuntimeComponentsBuilder> {
        let mut components = RuntimeComponentsBuilder::new("Veil");
        if let Some(client) = current.http_client() {
            components.set_http_client(Some(Veiled(client)));
        }
        if self.hides_request {
            components.push_interceptor(SharedInterceptor::permanent(HideRequest(self.operation)));
        }
        Cow::Owned(components)
    }
}

/// Replaces a URI that contains a sensitive member until the request is sent.
#[derive(Debug)]
struct HideRequest(&'static OperationDescriptor);

/// The URI to send instead of the one that is logged.
#[derive(Clone)]
struct RealUri(String);

impl HideRequest {
    /// Returns whether a sensitive member is part of the URI.
    fn has_sensitive_uri(&self) -> bool {
        let is_in_uri = |member: &Schema<'_>| {
            member.http_label().is_some()
                || member.http_query().is_some()
                || member.http_query_params().is_some()
        };
        let mut members = self.0.schema.input().members().iter();
        members.any(|member| member.sensitive().is_some() && is_in_uri(member))
    }
}

#[dyn_dispatch_hint]
impl Intercept for HideRequest {
    fn name(&self) -> &'static str {
        "HideRequest"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        hide(request.body_mut());
        if self.has_sensitive_uri() {
            let real = request.uri().to_owned();
            let host = real.split('/').take(3).collect::<Vec<_>>().join("/");
            request.set_uri(format!("{host}/{REDACTED}"))?;
            request.add_extension(RealUri(real));
        }
        Ok(())
    }
}

/// Sends the hidden request, and hides the response.
#[derive(Debug)]
struct Veiled<T>(T);

impl HttpClient for Veiled<SharedHttpClient> {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Veiled(self.0.http_connector(settings, components)))
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.0.connector_metadata()
    }
}

impl HttpConnector for Veiled<SharedHttpConnector> {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        if let Some(RealUri(real)) = request.extension().cloned()
            && let Err(error) = request.set_uri(real)
        {
            return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into())));
        }
        let sent = Sent::of(&request);
        let answer = self.0.call(request);
        HttpConnectorFuture::new(async move {
            let mut response: HttpResponse = answer.await?;
            hide(response.body_mut());
            if !response.status().is_success() {
                let redacted = sent.redact_headers(&mut response);
                redacted.map_err(|error| ConnectorError::other(error, None))?;
            }
            Ok(response)
        })
    }
}
