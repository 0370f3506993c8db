//! The client, and what can be changed about a single call.

use crate::config::Config;
use smithy_operation::Handle;

/// Calls Amazon Chime.
///
/// A client is cheap to clone; clones share connections, credentials and the retry quota. Make one
/// at the start of a program and keep it.
#[derive(Debug, Clone)]
pub struct Client {
    client: smithy_client::Client,
}

impl Client {
    /// Makes a client from the configuration that all AWS clients of a program share.
    ///
    /// The service's own endpoint settings (`AWS_ENDPOINT_URL_CHIME`, or `endpoint_url` in a
    /// `services` section of the profile) are honoured.
    pub fn new(config: &aws_types::SdkConfig) -> Self {
        Self::from_conf(config.into())
    }

    /// Makes a client from a configuration of its own.
    ///
    /// What the configuration lacks is only missed when a call is sent, and reported then.
    pub fn from_conf(config: Config) -> Self {
        Self {
            client: smithy_client::Client::new(&chime_api::SERVICE, config),
        }
    }

    /// The client's configuration.
    #[inline]
    pub fn config(&self) -> &Config {
        self.client.config()
    }

    #[inline]
    fn handle(&self) -> Handle {
        self.client.handle().clone()
    }
}

impl AsRef<Handle> for Client {
    #[inline]
    fn as_ref(&self) -> &Handle {
        self.client.handle()
    }
}

chime_api::client_operations!(Client);

/// Changes of a single call, which a fluent builder's `customize()` opens.
pub mod customize {
    pub use smithy_operation::CustomizableOperation;
}
