//! The keys of botocore's `service-2.json`, and whether the import reads them. A key that is in no table
//! is an error.

use Key::{NoEffect, Read};

/// Whether the import reads a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    /// The conversion reads it.
    Read,
    /// The key makes no difference to a client, for this reason.
    NoEffect(&'static str),
}

/// A table with its name for messages.
#[derive(Debug)]
pub(crate) struct Keys {
    pub(crate) what: &'static str,
    pub(crate) keys: &'static [(&'static str, Key)],
}

const SENTENCES: Key = NoEffect("documentation is written for this repository");
const UNREAD: Key = NoEffect("nothing reads it, not even botocore");
const EXPORT: Key = NoEffect("it describes how the file was made");
const NULLABLE: Key = NoEffect("botocore treats every member as nullable");
const OF_SHAPE: Key = NoEffect("the error's shape contains it");
const RULES: Key = NoEffect("the endpoint rules contain it");

pub(crate) const TOP: Keys = Keys {
    what: "the model",
    keys: &[
        ("clientContextParams", Read),
        ("deprecated", Read),
        ("deprecatedMessage", SENTENCES),
        ("documentation", SENTENCES),
        ("examples", SENTENCES),
        ("metadata", Read),
        ("operations", Read),
        ("shapes", Read),
        ("version", EXPORT),
    ],
};

pub(crate) const METADATA: Keys = Keys {
    what: "`metadata`",
    keys: &[
        ("apiVersion", Read),
        ("auth", Read),
        ("awsQueryCompatible", Read),
        ("checksumFormat", UNREAD),
        ("endpointPrefix", Read),
        ("globalEndpoint", RULES),
        ("jsonVersion", Read),
        ("protocol", Read),
        ("protocolSettings", Read),
        ("protocols", Read),
        ("ripServiceName", EXPORT),
        ("serviceAbbreviation", Read),
        ("serviceFullName", Read),
        ("serviceId", Read),
        ("signatureVersion", Read),
        ("signingName", Read),
        ("targetPrefix", Read),
        ("uid", EXPORT),
        ("xmlNamespace", Read),
    ],
};

pub(crate) const OPERATION: Keys = Keys {
    what: "an operation",
    keys: &[
        ("auth", Read),
        ("authtype", Read),
        ("deprecated", Read),
        ("deprecatedMessage", SENTENCES),
        ("deprecatedSince", Read),
        ("documentation", SENTENCES),
        ("endpoint", Read),
        ("endpointdiscovery", Read),
        ("endpointoperation", Read),
        ("errors", Read),
        ("http", Read),
        ("httpChecksum", Read),
        ("httpChecksumRequired", Read),
        ("idempotent", Read),
        ("input", Read),
        ("name", NoEffect("it is the key of the operation")),
        ("operationContextParams", Read),
        ("output", Read),
        ("readonly", Read),
        ("requestcompression", Read),
        ("staticContextParams", Read),
        ("unsignedPayload", Read),
    ],
};

pub(crate) const HTTP: Keys = Keys {
    what: "`http`",
    keys: &[
        ("method", Read),
        ("requestUri", Read),
        ("responseCode", Read),
    ],
};

pub(crate) const ENDPOINT: Keys = Keys {
    what: "`endpoint`",
    keys: &[("hostPrefix", Read)],
};

pub(crate) const INPUT: Keys = Keys {
    what: "a reference",
    keys: &[
        ("documentation", SENTENCES),
        ("error", OF_SHAPE),
        ("exception", OF_SHAPE),
        ("fault", OF_SHAPE),
        ("locationName", Read),
        ("resultWrapper", Read),
        ("shape", Read),
        ("xmlNamespace", Read),
    ],
};

pub(crate) const SHAPE: Keys = Keys {
    what: "a shape",
    keys: &[
        ("box", NULLABLE),
        ("deprecated", Read),
        ("deprecatedMessage", SENTENCES),
        ("deprecatedSince", Read),
        ("documentation", SENTENCES),
        ("sensitive", Read),
        ("synthetic", EXPORT),
        ("type", Read),
    ],
};

pub(crate) const STRUCTURE: Keys = Keys {
    what: "a structure",
    keys: &[
        ("document", Read),
        ("error", Read),
        (
            "event",
            NoEffect("the event stream that has it as a member shows it"),
        ),
        ("eventstream", Read),
        ("exception", Read),
        ("fault", Read),
        ("locationName", Read),
        ("members", Read),
        ("payload", Read),
        ("required", Read),
        ("retryable", Read),
        ("union", Read),
        ("wrapper", UNREAD),
        ("xmlNamespace", Read),
        ("xmlOrder", UNREAD),
    ],
};

pub(crate) const ERROR: Keys = Keys {
    what: "`error`",
    keys: &[
        ("code", Read),
        ("httpStatusCode", Read),
        ("senderFault", Read),
    ],
};

pub(crate) const RETRYABLE: Keys = Keys {
    what: "`retryable`",
    keys: &[("throttling", Read)],
};

pub(crate) const LIST: Keys = Keys {
    what: "a list",
    keys: &[
        ("flattened", Read),
        ("locationName", Read),
        ("max", Read),
        ("member", Read),
        ("min", Read),
        ("sparse", Read),
    ],
};

pub(crate) const MAP: Keys = Keys {
    what: "a map",
    keys: &[
        ("flattened", Read),
        ("key", Read),
        ("locationName", Read),
        ("max", Read),
        ("min", Read),
        ("sparse", Read),
        ("value", Read),
    ],
};

pub(crate) const STRING: Keys = Keys {
    what: "a string",
    keys: &[
        ("enum", Read),
        ("max", Read),
        ("min", Read),
        ("pattern", Read),
    ],
};

pub(crate) const NUMBER: Keys = Keys {
    what: "a number",
    keys: &[("max", Read), ("min", Read)],
};

pub(crate) const BLOB: Keys = Keys {
    what: "a blob",
    keys: &[
        ("max", Read),
        ("min", Read),
        ("requiresLength", Read),
        ("streaming", Read),
    ],
};

pub(crate) const BOOLEAN: Keys = Keys {
    what: "a boolean",
    keys: &[],
};

pub(crate) const TIMESTAMP: Keys = Keys {
    what: "a timestamp",
    keys: &[("timestampFormat", Read)],
};

pub(crate) const MEMBER: Keys = Keys {
    what: "a member",
    keys: &[
        ("box", NULLABLE),
        ("contextParam", Read),
        ("deprecated", Read),
        ("deprecatedMessage", SENTENCES),
        ("deprecatedSince", Read),
        ("documentation", SENTENCES),
        ("enum", NoEffect("the member's shape defines the values")),
        ("eventheader", Read),
        ("eventpayload", Read),
        ("flattened", Read),
        ("hostLabel", Read),
        ("idempotencyToken", Read),
        ("jsonvalue", Read),
        ("location", Read),
        ("locationName", Read),
        ("queryName", Read),
        ("shape", Read),
        ("streaming", Read),
        ("timestampFormat", Read),
        ("xmlAttribute", Read),
        ("xmlNamespace", Read),
    ],
};

pub(crate) const PART: Keys = Keys {
    what: "a part of a list or map",
    keys: &[
        ("documentation", SENTENCES),
        ("jsonvalue", Read),
        ("locationName", Read),
        ("shape", Read),
    ],
};

pub(crate) const PAGINATOR: Keys = Keys {
    what: "a paginator",
    keys: &[
        ("input_token", Read),
        ("limit_key", Read),
        (
            "more_results",
            NoEffect("in Smithy, the last page has no token"),
        ),
        (
            "non_aggregate_keys",
            NoEffect("paginators return whole pages"),
        ),
        ("output_token", Read),
        ("result_key", Read),
    ],
};

pub(crate) const WAITER: Keys = Keys {
    what: "a waiter",
    keys: &[
        ("acceptors", Read),
        ("delay", Read),
        ("description", SENTENCES),
        (
            "maxAttempts",
            NoEffect("in Smithy, the caller limits how long to wait"),
        ),
        ("operation", Read),
    ],
};

pub(crate) const ACCEPTOR: Keys = Keys {
    what: "an acceptor",
    keys: &[
        ("argument", Read),
        ("expected", Read),
        ("matcher", Read),
        ("state", Read),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_given_and_no_key_appears_twice() {
        for table in [
            &TOP, &METADATA, &OPERATION, &HTTP, &ENDPOINT, &INPUT, &SHAPE, &STRUCTURE, &ERROR,
            &RETRYABLE, &LIST, &MAP, &STRING, &NUMBER, &BLOB, &BOOLEAN, &TIMESTAMP, &MEMBER, &PART,
            &PAGINATOR, &WAITER, &ACCEPTOR,
        ] {
            for (i, (name, key)) in table.keys.iter().enumerate() {
                assert_ne!(*key, NoEffect(""), "{name}");
                assert!(
                    table.keys[..i].iter().all(|(other, _)| other != name),
                    "{name}"
                );
            }
        }
    }
}
