//! Protocols: how the messages of a service travel.
//!
//! Each type is behind a cargo feature and implements smithy-rs's `ClientProtocol`. The codecs come from the
//! smithy-rs crates. What a released codec does differently from its protocol's specification is corrected
//! here, in the file of the protocol.

#[cfg(any(
    feature = "aws-json",
    feature = "aws-query",
    feature = "rest-json",
    feature = "rest-xml",
    feature = "rpc-v2-cbor"
))]
mod adapted;
#[cfg(feature = "aws-json")]
mod aws_json;
#[cfg(feature = "aws-query")]
mod aws_query;
#[cfg(feature = "ec2-query")]
mod ec2_query;
#[cfg(any(feature = "aws-json", feature = "rest-json"))]
mod json;
#[cfg(any(feature = "aws-query", feature = "ec2-query"))]
mod query;
#[cfg(feature = "rest-json")]
mod rest_json;
#[cfg(feature = "rest-xml")]
mod rest_xml;
#[cfg(feature = "rpc-v2-cbor")]
mod rpc_v2_cbor;
#[cfg(any(feature = "aws-query", feature = "ec2-query"))]
mod xml;

#[cfg(feature = "aws-json")]
pub use aws_json::{AwsJson1_0, AwsJson1_1};
#[cfg(feature = "aws-query")]
pub use aws_query::AwsQuery;
#[cfg(feature = "ec2-query")]
pub use ec2_query::Ec2Query;
#[cfg(feature = "rest-json")]
pub use rest_json::RestJson1;
#[cfg(feature = "rest-xml")]
pub use rest_xml::{RestXml, RestXmlWithoutErrorWrapping};
#[cfg(feature = "rpc-v2-cbor")]
pub use rpc_v2_cbor::RpcV2Cbor;

pub use aws_smithy_schema::protocol::ClientProtocol;

use crate::setting::{self, BadSetting, BadUrl};
use aws_smithy_runtime_api::client::endpoint::EndpointPrefix;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_schema::Schema;
use aws_smithy_schema::serde::SerdeError;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::endpoint::Endpoint;
use std::borrow::Cow;

/// Sets the endpoint of a request: the `update_endpoint` of every protocol over HTTP.
///
/// Unlike the implementation of smithy-rs, it does not show the request if that fails.
///
/// # Errors
///
/// Returns an error if the endpoint has a URL or a header that a request cannot have.
pub fn update_endpoint(
    request: &mut HttpRequest,
    endpoint: &Endpoint,
    config: &ConfigBag,
) -> Result<(), SerdeError> {
    let prefix = config.load::<EndpointPrefix>().map(EndpointPrefix::as_str);
    let own = config.load::<CallEndpoint>();
    let url = own.map_or(endpoint.url(), |CallEndpoint(url)| {
        url.trim_end_matches('/')
    });
    let url = match (prefix, url.split_once("://")) {
        (Some(prefix), Some((scheme, rest))) => Cow::Owned(format!("{scheme}://{prefix}{rest}")),
        _ => Cow::Borrowed(url),
    };
    // A configured URL has been checked, but the URL from a custom resolver has not.
    let bad = |error: BadSetting| SerdeError::custom(error.to_string());
    if request.uri_mut().set_endpoint(&url).is_err() {
        let why = BadUrl::Syntax;
        let unknown = BadSetting::EndpointUrl { url: None, why };
        return Err(bad(setting::endpoint_url(&url).err().unwrap_or(unknown)));
    }
    for (name, values) in endpoint.headers() {
        request.headers_mut().remove(name);
        for value in values {
            let (name, value) = (name.to_owned(), value.to_owned());
            if request
                .headers_mut()
                .try_append(name.clone(), value)
                .is_err()
            {
                return Err(bad(BadSetting::EndpointHeader(name)));
            }
        }
    }
    Ok(())
}

/// The URL that the input of a call names as its endpoint.
#[derive(Debug)]
pub(crate) struct CallEndpoint(pub(crate) String);

impl Storable for CallEndpoint {
    type Storer = StoreReplace<Self>;
}

/// Returns the member that is the whole body.
pub(crate) fn payload<'s>(schema: &'s Schema<'s>) -> Option<&'s Schema<'s>> {
    let mut members = schema.members().iter();
    members
        .find(|member| member.http_payload().is_some())
        .copied()
}
