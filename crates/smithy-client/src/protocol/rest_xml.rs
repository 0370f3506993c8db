//! restXml: HTTP bindings, and XML in the body.

use super::adapted::{Adapted, client_protocol};
use aws_smithy_xml::protocol::aws_rest_xml::AwsRestXmlProtocol;
use std::sync::LazyLock;

/// The protocol `aws.protocols#restXml`.
#[derive(Debug)]
pub struct RestXml;

/// The protocol `aws.protocols#restXml` of a service whose errors have no element around them
/// (`noErrorWrapping`).
#[derive(Debug)]
pub struct RestXmlWithoutErrorWrapping;

client_protocol!(RestXml);
client_protocol!(RestXmlWithoutErrorWrapping);

impl Adapted for RestXml {
    type Inner = AwsRestXmlProtocol;

    fn inner(&self) -> &AwsRestXmlProtocol {
        static INNER: LazyLock<AwsRestXmlProtocol> = LazyLock::new(AwsRestXmlProtocol::new);
        &INNER
    }
}

impl Adapted for RestXmlWithoutErrorWrapping {
    type Inner = AwsRestXmlProtocol;

    fn inner(&self) -> &AwsRestXmlProtocol {
        static INNER: LazyLock<AwsRestXmlProtocol> =
            LazyLock::new(|| AwsRestXmlProtocol::new().with_no_error_wrapping(true));
        &INNER
    }
}
