//! Holds chime-sdk against aws-sdk-chime and botocore: the same inputs and answers for all of them.

pub mod cases;
pub mod peer;
pub mod values;

/// chime-sdk.
pub mod ours {
    use chime_sdk as sdk;

    include!("driver.rs");
    include!(concat!(env!("OUT_DIR"), "/driver.rs"));
}

/// aws-sdk-chime.
pub mod theirs {
    use aws_sdk_chime as sdk;

    include!("driver.rs");
    include!(concat!(env!("OUT_DIR"), "/driver.rs"));
}
