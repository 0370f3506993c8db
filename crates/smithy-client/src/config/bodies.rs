//! Settings of bodies: checksums and compression.

use super::{Builder, Config};
#[cfg(feature = "compression")]
use aws_smithy_types::config_bag::{Storable, StoreReplace};

#[cfg(feature = "checksums")]
use super::{RequestChecksumCalculation, ResponseChecksumValidation};

#[cfg(feature = "checksums")]
impl Builder {
    /// Sets for which requests checksums are computed. The default is all for which the service supports them.
    #[inline]
    pub fn request_checksum_calculation(mut self, when: RequestChecksumCalculation) -> Self {
        self.set_request_checksum_calculation(Some(when));
        self
    }

    /// Sets for which requests checksums are computed.
    #[inline]
    pub fn set_request_checksum_calculation(
        &mut self,
        when: Option<RequestChecksumCalculation>,
    ) -> &mut Self {
        self.layer.store_or_unset(when);
        self
    }

    /// Sets which responses are checked against their checksums. The default is all for which the service
    /// supports them.
    #[inline]
    pub fn response_checksum_validation(mut self, when: ResponseChecksumValidation) -> Self {
        self.set_response_checksum_validation(Some(when));
        self
    }

    /// Sets which responses are checked against their checksums.
    #[inline]
    pub fn set_response_checksum_validation(
        &mut self,
        when: Option<ResponseChecksumValidation>,
    ) -> &mut Self {
        self.layer.store_or_unset(when);
        self
    }
}

#[cfg(feature = "checksums")]
impl Config {
    /// Returns for which requests checksums are computed, if that is set.
    #[inline]
    pub fn request_checksum_calculation(&self) -> Option<&RequestChecksumCalculation> {
        self.layer.load::<RequestChecksumCalculation>()
    }

    /// Returns which responses are checked against their checksums, if that is set.
    #[inline]
    pub fn response_checksum_validation(&self) -> Option<&ResponseChecksumValidation> {
        self.layer.load::<ResponseChecksumValidation>()
    }
}

/// Whether requests are never compressed.
#[cfg(feature = "compression")]
#[derive(Debug, Clone, Copy)]
pub(crate) struct DisableRequestCompression(pub(crate) bool);

#[cfg(feature = "compression")]
impl Storable for DisableRequestCompression {
    type Storer = StoreReplace<Self>;
}

/// The length from which bodies are compressed.
#[cfg(feature = "compression")]
#[derive(Debug, Clone, Copy)]
pub(crate) struct RequestMinCompressionSizeBytes(pub(crate) u32);

#[cfg(feature = "compression")]
impl Storable for RequestMinCompressionSizeBytes {
    type Storer = StoreReplace<Self>;
}

#[cfg(feature = "compression")]
impl Builder {
    /// Sets whether requests are sent without compression, although the service accepts it.
    #[inline]
    pub fn disable_request_compression(mut self, disable: impl Into<Option<bool>>) -> Self {
        self.set_disable_request_compression(disable.into());
        self
    }

    /// Sets whether requests are sent without compression, although the service accepts it.
    #[inline]
    pub fn set_disable_request_compression(&mut self, disable: Option<bool>) -> &mut Self {
        self.layer
            .store_or_unset(disable.map(DisableRequestCompression));
        self
    }

    /// Sets the number of bytes from which bodies are compressed, 10485760 at most. The default is 10240.
    #[inline]
    pub fn request_min_compression_size_bytes(mut self, size: impl Into<Option<u32>>) -> Self {
        self.set_request_min_compression_size_bytes(size.into());
        self
    }

    /// Sets the number of bytes from which bodies are compressed.
    #[inline]
    pub fn set_request_min_compression_size_bytes(&mut self, size: Option<u32>) -> &mut Self {
        self.layer
            .store_or_unset(size.map(RequestMinCompressionSizeBytes));
        self
    }
}

#[cfg(feature = "compression")]
impl Config {
    /// Returns whether requests are never compressed, if that is set.
    #[inline]
    pub fn disable_request_compression(&self) -> Option<bool> {
        self.layer
            .load::<DisableRequestCompression>()
            .map(|it| it.0)
    }

    /// Returns the number of bytes from which bodies are compressed, if it is set.
    #[inline]
    pub fn request_min_compression_size_bytes(&self) -> Option<u32> {
        self.layer
            .load::<RequestMinCompressionSizeBytes>()
            .map(|it| it.0)
    }
}

/// Takes the settings from those that all clients of a program share.
pub(super) fn share(builder: &mut Builder, config: &aws_types::SdkConfig) {
    #[cfg(feature = "checksums")]
    builder
        .set_request_checksum_calculation(config.request_checksum_calculation())
        .set_response_checksum_validation(config.response_checksum_validation());
    #[cfg(feature = "compression")]
    builder
        .set_disable_request_compression(config.disable_request_compression())
        .set_request_min_compression_size_bytes(config.request_min_compression_size_bytes());
}
