//! Refusals in the form of Chime's errors.

use serde_json::json;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) kind: Kind,
    pub(crate) message: String,
}

/// The errors that Chime answers with. Names, statuses and codes are those of its model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    BadRequest,
    Conflict,
    NotFound,
    Unprocessable,
    ServiceFailure,
    /// No operation of the service answers to the request.
    UnknownOperation,
}

impl Kind {
    /// The name of the error's shape.
    pub(crate) fn shape(self) -> &'static str {
        match self {
            Self::BadRequest => "BadRequestException",
            Self::Conflict => "ConflictException",
            Self::NotFound => "NotFoundException",
            Self::Unprocessable => "UnprocessableEntityException",
            Self::ServiceFailure => "ServiceFailureException",
            Self::UnknownOperation => "UnknownOperationException",
        }
    }

    /// The HTTP status.
    pub(crate) fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::NotFound | Self::UnknownOperation => 404,
            Self::Conflict => 409,
            Self::Unprocessable => 422,
            Self::ServiceFailure => 500,
        }
    }

    /// The value of `ErrorCode` that says the same.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::BadRequest | Self::UnknownOperation => "BadRequest",
            Self::Conflict => "Conflict",
            Self::NotFound => "NotFound",
            Self::Unprocessable => "Unprocessable",
            Self::ServiceFailure => "ServiceFailure",
        }
    }
}

impl Refusal {
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::BadRequest,
            message: message.into(),
        }
    }

    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        Self {
            kind: Kind::NotFound,
            message: format!("{what} {id} does not exist"),
        }
    }

    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Conflict,
            message: message.into(),
        }
    }

    pub(crate) fn unprocessable(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Unprocessable,
            message: message.into(),
        }
    }

    pub(crate) fn failure(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::ServiceFailure,
            message: message.into(),
        }
    }

    /// The body of the answer.
    pub(crate) fn body(&self) -> Vec<u8> {
        json!({"Code": self.kind.code(), "Message": self.message})
            .to_string()
            .into_bytes()
    }
}
