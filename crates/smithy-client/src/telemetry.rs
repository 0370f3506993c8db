//! Members of inputs that are added to metrics and spans on request.

use aws_smithy_schema::document::DocumentShapeSerializer;
use aws_smithy_types::Document;
use aws_smithy_types::telemetry::{CapturedTelemetryAttributes, RequestedTelemetryAttributes};
use smithy_operation::{InputShape, OperationDescriptor};

/// Returns the requested members, by their names in the model: strings that are not sensitive.
pub(crate) fn capture(
    requested: &RequestedTelemetryAttributes,
    operation: &OperationDescriptor,
    input: &dyn InputShape,
) -> CapturedTelemetryAttributes {
    let mut captured = CapturedTelemetryAttributes::new();
    let schema = operation.schema.input();
    let mut serializer = DocumentShapeSerializer::new();
    // Errors are reported when the request is serialized.
    let document = match serializer.write_struct(schema, input) {
        Ok(()) => serializer.finish().map(|written| written.into_document()),
        Err(error) => Err(error),
    };
    let Ok(Document::Object(members)) = document else {
        return captured;
    };
    for member in schema.members() {
        let Some(name) = member.member_name() else {
            continue;
        };
        if let Some(Document::String(text)) = members.get(name)
            && member.sensitive().is_none()
            && requested.should_capture(name)
        {
            captured.insert(name, text);
        }
    }
    captured
}
