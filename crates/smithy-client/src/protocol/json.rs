//! What the protocols with JSON bodies have in common.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_schema::serde::SerdeError;

/// A body may be empty, but whitespace alone is not JSON. The codec treats it as empty.
pub(super) fn not_blank(response: &HttpResponse) -> Result<(), SerdeError> {
    match response.body().bytes() {
        Some(bytes) if !bytes.is_empty() && bytes.iter().all(u8::is_ascii_whitespace) => Err(
            SerdeError::invalid_input("the body contains only whitespace"),
        ),
        _ => Ok(()),
    }
}
