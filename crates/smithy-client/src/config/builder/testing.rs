//! Fixed values for tests.

use super::Builder;
use crate::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_smithy_async::time::SharedTimeSource;

impl Builder {
    /// Sets credentials, clock, user agent and tokens to fixed values for tests.
    #[inline]
    pub fn apply_test_defaults(&mut self) -> &mut Self {
        let then = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_234_567_890);
        self.set_idempotency_token_provider(Some("00000000-0000-4000-8000-000000000000".into()));
        self.set_time_source(Some(SharedTimeSource::new(
            aws_smithy_async::time::StaticTimeSource::new(then),
        )));
        self.layer
            .store_put(aws_runtime::user_agent::AwsUserAgent::for_tests());
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(
            Credentials::for_tests(),
        )));
        self.set_behavior_version(Some(BehaviorVersion::latest()))
    }

    /// Sets credentials, clock, user agent and tokens to fixed values for tests.
    #[inline]
    pub fn with_test_defaults(mut self) -> Self {
        self.apply_test_defaults();
        self
    }

    /// Calls [`apply_test_defaults`](Self::apply_test_defaults), and sets the region to `us-east-1` if none
    /// is set.
    #[inline]
    pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
        self.apply_test_defaults();
        if self.layer.load::<Region>().is_none() {
            self.set_region(Some(Region::from_static("us-east-1")));
        }
        self
    }

    /// Calls [`with_test_defaults`](Self::with_test_defaults), and sets the region to `us-east-1` if none is
    /// set.
    #[inline]
    pub fn with_test_defaults_v2(mut self) -> Self {
        self.apply_test_defaults_v2();
        self
    }
}
