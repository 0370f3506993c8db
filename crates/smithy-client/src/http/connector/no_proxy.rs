//! Replaces `proxy` if the feature is off.

use super::Limit;
use super::tls::Tls;
use aws_smithy_runtime_api::box_error::BoxError;
use hyper::{Request, Uri};
use hyper_util::client::legacy::connect::HttpConnector as Tcp;

pub(super) use super::tls::Connection as Stream;

/// Uses no proxies, whatever the environment contains.
#[derive(Clone, Debug)]
pub(super) struct Proxies;

impl Proxies {
    pub(super) fn from_env() -> Self {
        Self
    }

    /// Opens a connection to a URL within the time limit.
    pub(super) async fn connect(
        self,
        limit: Limit,
        tls: Tls,
        tcp: Tcp,
        uri: Uri,
    ) -> Result<Stream, BoxError> {
        limit.hold(tls.open(tcp, uri)).await
    }

    pub(super) fn authorize<B>(&self, _: &mut Request<B>) {}
}
