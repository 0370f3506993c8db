//! AWS's partitions: groups of regions, and the suffixes of their hosts.

// Generated from model/partitions.json, and formatted by the generator.
#[rustfmt::skip]
mod table;

use table::PARTITIONS;

/// A partition of AWS's regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partition {
    /// The name, such as `aws`.
    pub name: &'static str,
    /// The suffix of its hosts.
    pub dns_suffix: &'static str,
    /// The suffix of its hosts that support both IPv4 and IPv6.
    pub dual_stack_dns_suffix: &'static str,
    /// Whether it has endpoints that comply with FIPS.
    pub supports_fips: bool,
    /// Whether it has endpoints that support both IPv4 and IPv6.
    pub supports_dual_stack: bool,
    /// The region in which requests to global services are signed.
    pub implicit_global_region: &'static str,
    /// Its known regions.
    regions: &'static [&'static str],
    /// The prefix of its region names, before `-NAME-NUMBER`. It also applies to new regions.
    region_prefixes: &'static [&'static str],
}

impl Partition {
    /// Returns the partition without dual-stack endpoints, if its name is among these.
    #[must_use]
    pub fn without_dual_stack_in(mut self, names: &[&str]) -> Self {
        self.supports_dual_stack &= !names.contains(&self.name);
        self
    }

    /// Returns whether the name has the form of the partition's regions.
    fn matches(&self, region: &str) -> bool {
        self.region_prefixes.iter().any(|prefix| {
            region
                .strip_prefix(prefix)
                .and_then(|rest| rest.strip_prefix('-'))
                .and_then(|rest| rest.split_once('-'))
                .is_some_and(|(name, number)| {
                    !name.is_empty()
                        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
                        && !number.is_empty()
                        && number.bytes().all(|b| b.is_ascii_digit())
                })
        })
    }
}

/// Returns the partition of a region: the one that lists it, or else the one whose region names have its
/// form. All other regions belong to `aws`.
pub fn partition(region: &str) -> Option<Partition> {
    PARTITIONS
        .iter()
        .find(|partition| partition.regions.contains(&region))
        .or_else(|| {
            PARTITIONS
                .iter()
                .find(|partition| partition.matches(region))
        })
        .or_else(|| PARTITIONS.first())
        .copied()
}
