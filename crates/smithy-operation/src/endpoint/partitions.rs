//! AWS's partitions: which regions belong together, and how their hosts end.

/// A partition of AWS's regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partition {
    /// Such as `aws`.
    pub name: &'static str,
    /// How its hosts end.
    pub dns_suffix: &'static str,
    /// How its hosts end that speak IPv6 beside IPv4.
    pub dual_stack_dns_suffix: &'static str,
    /// Whether it has endpoints that comply with FIPS.
    pub supports_fips: bool,
    /// Whether it has endpoints that speak IPv6 beside IPv4.
    pub supports_dual_stack: bool,
    /// The region that signs for services which have only one.
    pub implicit_global_region: &'static str,
    /// The pseudo-region that stands for all of it.
    global: &'static str,
    /// What the names of its regions begin with, before `-NAME-NUMBER`.
    prefixes: &'static [&'static str],
}

impl Partition {
    /// The partition without dual-stack endpoints, if its name is among these.
    #[must_use]
    pub fn without_dual_stack_in(mut self, names: &[&str]) -> Self {
        self.supports_dual_stack &= !names.contains(&self.name);
        self
    }

    fn has(&self, region: &str) -> bool {
        region == self.global
            || self.prefixes.iter().any(|prefix| {
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

/// The partition of a region. Regions that no partition knows belong to `aws`.
pub fn partition(region: &str) -> Option<Partition> {
    PARTITIONS
        .iter()
        .find(|partition| partition.has(region))
        .or(PARTITIONS.first())
        .copied()
}

/// As AWS publishes them in its partition metadata, version 1.1.
static PARTITIONS: [Partition; 8] = [
    Partition {
        name: "aws",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-east-1",
        global: "aws-global",
        prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
    },
    Partition {
        name: "aws-cn",
        dns_suffix: "amazonaws.com.cn",
        dual_stack_dns_suffix: "api.amazonwebservices.com.cn",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "cn-northwest-1",
        global: "aws-cn-global",
        prefixes: &["cn"],
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        dual_stack_dns_suffix: "api.amazonwebservices.eu",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eusc-de-east-1",
        global: "aws-eusc-global",
        prefixes: &["eusc-de"],
    },
    Partition {
        name: "aws-iso",
        dns_suffix: "c2s.ic.gov",
        dual_stack_dns_suffix: "api.aws.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-iso-east-1",
        global: "aws-iso-global",
        prefixes: &["us-iso"],
    },
    Partition {
        name: "aws-iso-b",
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_dns_suffix: "api.aws.scloud",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isob-east-1",
        global: "aws-iso-b-global",
        prefixes: &["us-isob"],
    },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_dns_suffix: "api.cloud-aws.adc-e.uk",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eu-isoe-west-1",
        global: "aws-iso-e-global",
        prefixes: &["eu-isoe"],
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_dns_suffix: "api.aws.hci.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isof-south-1",
        global: "aws-iso-f-global",
        prefixes: &["us-isof"],
    },
    Partition {
        name: "aws-us-gov",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-gov-west-1",
        global: "aws-us-gov-global",
        prefixes: &["us-gov"],
    },
];
