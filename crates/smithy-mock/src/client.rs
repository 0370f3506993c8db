//! The mock of a client.

use crate::answers::On;
use crate::calls::Recorded;
use crate::problems::Unmet;
use crate::runtime::{MockRuntime, Shared};
use smithy_client::config::{BehaviorVersion, Config, Region};
use smithy_operation::{Handle, Operation, ServiceDescriptor};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// The client of a service.
pub trait Mocked: From<smithy_client::Client> {
    /// The service.
    const SERVICE: &'static ServiceDescriptor;
}

/// Answers the calls of a client, and records them.
///
/// Clones share answers and calls.
pub struct MockClient<C> {
    shared: Arc<Shared>,
    client: PhantomData<fn() -> C>,
}

impl<C> Clone for MockClient<C> {
    fn clone(&self) -> Self {
        Self {
            shared: self.shared.clone(),
            client: PhantomData,
        }
    }
}

impl<C> fmt::Debug for MockClient<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockClient")
            .field("calls", &self.shared.called())
            .finish_non_exhaustive()
    }
}

impl<C: Mocked> Default for MockClient<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C: Mocked> MockClient<C> {
    /// Creates a mock without answers.
    pub fn new() -> Self {
        Self {
            shared: Arc::new(Shared::new(C::SERVICE)),
            client: PhantomData,
        }
    }

    /// Returns a client whose calls this mock answers.
    ///
    /// Its configuration has the Region `us-east-1` and nothing else.
    /// [`client_with`](Self::client_with) takes another.
    pub fn client(&self) -> C {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"));
        self.client_with(config.build())
    }

    /// Returns a client whose calls this mock answers, with a configuration that the program may read. The
    /// mock itself uses no setting.
    pub fn client_with(&self, config: Config) -> C {
        let runtime = Handle::new(MockRuntime(self.shared.clone()));
        C::from(smithy_client::Client::with_runtime(
            C::SERVICE,
            runtime,
            config,
        ))
    }

    /// Begins an answer to the calls of an operation. The methods of [`On`] complete it.
    #[track_caller]
    pub fn on<O: Operation>(&self) -> On<O> {
        On::new(self.shared.clone())
    }

    /// Returns the inputs with which an operation was called, in the order of the calls.
    ///
    /// This includes calls without an answer, but not those that no client would send because a required
    /// member is missing.
    pub fn calls<O: Operation>(&self) -> Vec<Recorded<O>> {
        self.shared.calls_of()
    }

    /// Returns the names of the operations that were called, in the order of the calls.
    pub fn called(&self) -> Vec<&'static str> {
        self.shared.called()
    }

    /// Checks that every answer with [`once`](On::once) or [`times`](On::times) was used as often as that
    /// says, and that every call had an answer.
    ///
    /// Answers without a number need not be used.
    ///
    /// # Errors
    ///
    /// Returns what is missing and which calls were not expected.
    pub fn verify(&self) -> Result<(), Unmet> {
        self.shared.verify()
    }
}
