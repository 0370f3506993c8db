//! Retries, timeouts and stalled streams.

use super::Builder;
use crate::config::StalledStreamProtectionConfig;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, SharedRetryClassifier};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

impl Builder {
    /// Sets how often a call is attempted and how long to wait between attempts. The default is three
    /// attempts.
    #[inline]
    pub fn retry_config(mut self, config: RetryConfig) -> Self {
        self.set_retry_config(Some(config));
        self
    }

    /// Sets how often a call is attempted; `None` changes nothing.
    #[inline]
    pub fn set_retry_config(&mut self, config: Option<RetryConfig>) -> &mut Self {
        if let Some(config) = config {
            self.layer.store_put(config);
        }
        self
    }

    /// Sets the partition of the retry quota. Clients with the same partition share their quota.
    #[inline]
    pub fn retry_partition(mut self, partition: RetryPartition) -> Self {
        self.set_retry_partition(Some(partition));
        self
    }

    /// Sets the partition of the retry quota; `None` changes nothing.
    #[inline]
    pub fn set_retry_partition(&mut self, partition: Option<RetryPartition>) -> &mut Self {
        if let Some(partition) = partition {
            self.layer.store_put(partition);
        }
        self
    }

    /// Adds a retry classifier, which decides which failures to retry.
    #[inline]
    pub fn retry_classifier(mut self, classifier: impl ClassifyRetry + 'static) -> Self {
        self.push_retry_classifier(SharedRetryClassifier::new(classifier));
        self
    }

    /// Adds a retry classifier, which decides which failures to retry.
    #[inline]
    pub fn push_retry_classifier(&mut self, classifier: SharedRetryClassifier) -> &mut Self {
        self.components.push_retry_classifier(classifier);
        self
    }

    /// Replaces the retry classifiers.
    #[inline]
    pub fn set_retry_classifiers(
        &mut self,
        classifiers: impl IntoIterator<Item = SharedRetryClassifier>,
    ) -> &mut Self {
        self.components
            .set_retry_classifiers(classifiers.into_iter());
        self
    }

    /// Sets the timeouts for connections, attempts and whole calls.
    #[inline]
    pub fn timeout_config(mut self, config: TimeoutConfig) -> Self {
        self.set_timeout_config(Some(config));
        self
    }

    /// Sets the timeouts. Timeouts that it does not set are unchanged, and `None` changes nothing.
    #[inline]
    pub fn set_timeout_config(&mut self, config: Option<TimeoutConfig>) -> &mut Self {
        if let Some(mut config) = config {
            if let Some(base) = self.layer.load::<TimeoutConfig>() {
                config.take_defaults_from(base);
            }
            self.layer.store_put(config);
        }
        self
    }

    /// Sets how stalled streams are handled.
    #[inline]
    pub fn stalled_stream_protection(mut self, config: StalledStreamProtectionConfig) -> Self {
        self.set_stalled_stream_protection(Some(config));
        self
    }

    /// Sets how stalled streams are handled.
    #[inline]
    pub fn set_stalled_stream_protection(
        &mut self,
        config: Option<StalledStreamProtectionConfig>,
    ) -> &mut Self {
        self.layer.store_or_unset(config);
        self
    }
}
