//! What the clients of all services are made of.

use crate::config::Config;
use crate::engine::Engine;
use smithy_operation::{Handle, ServiceDescriptor};
use std::sync::Arc;

/// A configuration, and the engine that it sets up: what a service's own client holds.
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
    /// Makes a client of a service.
    ///
    /// What the configuration lacks is missed, and reported, when a call is sent.
    pub fn new(service: &'static ServiceDescriptor, config: Config) -> Self {
        let config = config.of_service(service);
        let handle = Handle::new(Engine::new(service, &config));
        Self {
            shared: Arc::new(Shared { config, handle }),
        }
    }

    /// The client's configuration.
    #[inline]
    pub fn config(&self) -> &Config {
        &self.shared.config
    }

    /// What calls are sent by.
    #[inline]
    pub fn handle(&self) -> &Handle {
        &self.shared.handle
    }
}
