//! What a crate of this workspace needs to be published.

use super::standalone::one_line;
use crate::ir::Ir;

/// The part of the manifest that says how the crate is published and documented.
pub(crate) const PUBLISHED: &str = "\
keywords.workspace = true
categories.workspace = true
include.workspace = true

[package.metadata.docs.rs]
all-features = true
rustdoc-args = [\"--cfg\", \"docsrs\"]
";

/// The same for a crate that is not published.
pub(crate) const UNPUBLISHED: &str = "publish = false\n";

/// The README, which is the crate's page in a registry.
pub(crate) fn readme(ir: &Ir, client: Option<&str>) -> String {
    let (title, name) = (one_line(&ir.service.title), &ir.service.crate_name);
    let mut text = format!(
        "# {name}\n\nThe shapes, schemas and operations of {title}, version {}, generated from the service's Smithy \
         model. The crate does no I/O.\n",
        one_line(&ir.service.version),
    );
    if let Some(client) = client {
        text.push_str(&format!(
            "\nPrograms depend on `{client}`, which has the client and its configuration and re-exports this crate's \
             types.\n",
        ));
    }
    text
}
