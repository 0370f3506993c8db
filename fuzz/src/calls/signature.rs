//! The signature of a request according to `aws-sigv4`.

use super::capture::Sent;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::display::DisplayErrorContext;
use std::error::Error;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

/// Records a request before it is signed.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen(Arc<Mutex<Option<Sent>>>);

impl Seen {
    pub(super) fn take(&self) -> Option<Sent> {
        self.0.lock().unwrap_or_else(|e| e.into_inner()).take()
    }
}

#[dyn_dispatch_hint]
impl Intercept for Seen {
    fn name(&self) -> &'static str {
        "Seen"
    }

    fn read_before_signing(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let sent = Sent::of(context.request());
        *self.0.lock().unwrap_or_else(|e| e.into_inner()) = Some(sent);
        Ok(())
    }
}

/// Returns the `Authorization` header of a request: `before` is the request before it was signed, with the
/// same signing time.
pub(super) fn expected(
    before: &Sent,
    signed: &Sent,
    key: &str,
    secret: &str,
    token: Option<&str>,
    region: &str,
) -> Result<String, String> {
    let date = signed.header("x-amz-date").unwrap_or_default();
    let time = time(date).ok_or_else(|| format!("the time is {date:?}"))?;
    // Every header value is signed with its runs of spaces collapsed. aws-sigv4 leaves the token out of that,
    // so the service refuses its signature; botocore's is like ours.
    let words = |token: &str| {
        token
            .split(' ')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let credentials = Credentials::new(key, secret, token.map(words), None, "fuzz");
    let identity = credentials.into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name("chime")
        .time(time)
        .settings(SigningSettings::default())
        .build()
        .map_err(|error| error.to_string())?;
    let headers = before.headers.iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
    let body = match &before.body {
        Some(body) => SignableBody::Bytes(body),
        None => SignableBody::UnsignedPayload,
    };
    let shown = |error: &dyn Error| DisplayErrorContext(error).to_string();
    let request = SignableRequest::new(&before.method, before.uri.clone(), headers, body)
        .map_err(|error| shown(&error))?;
    let signed = sign(request, &params.into()).map_err(|error| shown(&error))?;
    let (headers, _) = signed.into_parts().0.into_parts();
    let mut headers = headers.into_iter();
    let header = headers.find(|header| header.name() == "authorization");
    Ok(header.map_or(String::new(), |header| header.value().to_owned()))
}

fn time(date: &str) -> Option<SystemTime> {
    let format = time::macros::format_description!("[year][month][day]T[hour][minute][second]Z");
    let time = time::PrimitiveDateTime::parse(date, format).ok()?;
    Some(time.assume_utc().into())
}
