//! Refusals in the form of Chime's errors.

use serde_json::json;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) kind: Kind,
    pub(crate) message: String,
}

/// The errors that Chime returns. Names, statuses and codes are those in its model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    AccessDenied,
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    ResourceLimitExceeded,
    ServiceFailure,
    ServiceUnavailable,
    Throttled,
    Unauthorized,
    Unprocessable,
    /// The request matches no operation of the service.
    UnknownOperation,
}

/// The values of the model's `ErrorCode`.
pub(crate) const CODES: &[&str] = &[
    "AccessDenied",
    "BadRequest",
    "Conflict",
    "Forbidden",
    "NotFound",
    "PhoneNumberAssociationsExist",
    "PreconditionFailed",
    "ResourceLimitExceeded",
    "ServiceFailure",
    "ServiceUnavailable",
    "Throttled",
    "Throttling",
    "Unauthorized",
    "Unprocessable",
    "VoiceConnectorGroupAssociationsExist",
];

impl Kind {
    /// The errors with a shape in the model.
    pub(crate) const OF_MODEL: &'static [Self] = &[
        Self::AccessDenied,
        Self::BadRequest,
        Self::Conflict,
        Self::Forbidden,
        Self::NotFound,
        Self::ResourceLimitExceeded,
        Self::ServiceFailure,
        Self::ServiceUnavailable,
        Self::Throttled,
        Self::Unauthorized,
        Self::Unprocessable,
    ];

    /// Returns the name of the error shape, its HTTP status, and the equivalent value of `ErrorCode`.
    fn parts(self) -> (&'static str, u16, &'static str) {
        match self {
            Self::AccessDenied => ("AccessDeniedException", 403, "AccessDenied"),
            Self::BadRequest => ("BadRequestException", 400, "BadRequest"),
            Self::Conflict => ("ConflictException", 409, "Conflict"),
            Self::Forbidden => ("ForbiddenException", 403, "Forbidden"),
            Self::NotFound => ("NotFoundException", 404, "NotFound"),
            Self::ResourceLimitExceeded => (
                "ResourceLimitExceededException",
                400,
                "ResourceLimitExceeded",
            ),
            Self::ServiceFailure => ("ServiceFailureException", 500, "ServiceFailure"),
            Self::ServiceUnavailable => ("ServiceUnavailableException", 503, "ServiceUnavailable"),
            Self::Throttled => ("ThrottledClientException", 429, "Throttled"),
            Self::Unauthorized => ("UnauthorizedClientException", 401, "Unauthorized"),
            Self::Unprocessable => ("UnprocessableEntityException", 422, "Unprocessable"),
            Self::UnknownOperation => ("UnknownOperationException", 404, "BadRequest"),
        }
    }

    /// Returns the name of the error shape.
    pub(crate) fn shape(self) -> &'static str {
        self.parts().0
    }

    /// Returns the HTTP status.
    pub(crate) fn status(self) -> u16 {
        self.parts().1
    }

    /// Returns the equivalent value of `ErrorCode`.
    pub(crate) fn code(self) -> &'static str {
        self.parts().2
    }

    /// Returns the error of the model with this shape.
    pub(crate) fn of_shape(shape: &str) -> Option<Self> {
        let mut kinds = Self::OF_MODEL.iter().copied();
        kinds.find(|kind| kind.shape() == shape)
    }
}

/// Why a batch item is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemError {
    pub(crate) code: String,
    pub(crate) message: String,
}

impl From<Refusal> for ItemError {
    fn from(refusal: Refusal) -> Self {
        Self {
            code: refusal.kind.code().to_owned(),
            message: refusal.message,
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

    /// Returns the body of the response.
    pub(crate) fn body(&self) -> Vec<u8> {
        json!({"Code": self.kind.code(), "Message": self.message})
            .to_string()
            .into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_shapes_are_those_of_the_model() {
        assert_eq!(CODES, chime_api::types::ErrorCode::values());
        for kind in Kind::OF_MODEL {
            assert!(CODES.contains(&kind.code()), "{kind:?}");
            assert_eq!(Kind::of_shape(kind.shape()), Some(*kind));
        }
        assert_eq!(Kind::of_shape("UnknownOperationException"), None);
    }
}
