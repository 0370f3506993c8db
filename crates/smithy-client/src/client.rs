//! The parts that the clients of all services share.

use crate::config::Config;
use crate::engine::Engine;
use crate::protocol::ClientProtocol;
use aws_smithy_schema::protocol::SharedClientProtocol;
use smithy_operation::{Handle, ServiceDescriptor};
use std::sync::Arc;

/// A configuration and the engine that it configures. The client of each service wraps one.
///
/// A client is cheap to clone. Clones share connections, credentials and the retry quota.
#[derive(Debug, Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    config: Config,
    handle: Handle,
}

impl Client {
    /// Creates a client of a service that speaks the protocol.
    ///
    /// Missing configuration is reported when a call is sent.
    #[inline]
    pub fn new(
        service: &'static ServiceDescriptor,
        protocol: impl ClientProtocol + 'static,
        config: Config,
    ) -> Self {
        Self::speaking(service, SharedClientProtocol::new(protocol), config)
    }

    fn speaking(
        service: &'static ServiceDescriptor,
        protocol: SharedClientProtocol,
        config: Config,
    ) -> Self {
        let config = config.of_service(service);
        let handle = Handle::new(Engine::new(service, protocol, &config));
        Self {
            shared: Arc::new(Shared { config, handle }),
        }
    }

    /// Creates a client whose calls another runtime carries out, such as that of a mock.
    ///
    /// The configuration is what [`config`](Self::config) returns. Whether the runtime uses it is up to the
    /// runtime.
    pub fn with_runtime(
        service: &'static ServiceDescriptor,
        handle: Handle,
        config: Config,
    ) -> Self {
        let config = config.of_service(service);
        Self {
            shared: Arc::new(Shared { config, handle }),
        }
    }

    /// Returns the configuration of the client.
    #[inline]
    pub fn config(&self) -> &Config {
        &self.shared.config
    }

    /// Returns the handle that sends calls.
    #[inline]
    pub fn handle(&self) -> &Handle {
        &self.shared.handle
    }
}
