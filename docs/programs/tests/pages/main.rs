//! Parts of pages in `docs/`: the lines between `// ANCHOR: NAME` and `// ANCHOR_END: NAME` are shown there, after a
//! comment `<!-- part: FILE#NAME -->`.

mod calls;
mod configuration;
mod errors;
mod local_chime;
mod testing;

use chime_local::Chime;
use chime_sdk::Config;
use chime_sdk::config::{Credentials, Region};

/// A configuration for the clients of all services of a local Chime.
fn config(chime: &Chime) -> Config {
    Config::builder()
        .http_client(chime.http_client())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .build()
}
