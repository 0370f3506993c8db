//! Refusals in the form of the services' errors.

use crate::document::{Doc, object};
use crate::model::Service;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) kind: Kind,
    pub(crate) message: String,
}

/// What kind of error a refusal is. Names of shapes and statuses are those of the service's model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    AccessDenied,
    BadRequest,
    Conflict,
    Forbidden,
    Gone,
    NotFound,
    /// A bad request, because a phone number is assigned to a user.
    PhoneNumberAssociationsExist,
    ResourceLimitExceeded,
    ServiceFailure,
    ServiceUnavailable,
    Throttled,
    Unauthorized,
    Unprocessable,
    /// The request matches no operation of any service.
    UnknownOperation,
    /// An error that a fault asks for, by the name of its shape.
    Named(&'static str),
    /// An error that AWS returns for all services, such as those of signatures.
    Common(&'static str, u16),
}

/// The values of `ErrorCode` in Chime's model.
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
    /// Returns the names that services have for the error, and the equivalent value of `ErrorCode`.
    fn parts(self) -> (&'static [&'static str], &'static str) {
        match self {
            Self::AccessDenied => (
                &["AccessDeniedException", "ForbiddenException"],
                "AccessDenied",
            ),
            Self::BadRequest => (&["BadRequestException"], "BadRequest"),
            Self::Conflict => (&["ConflictException"], "Conflict"),
            Self::Forbidden => (&["ForbiddenException"], "Forbidden"),
            Self::Gone => (&["GoneException", "NotFoundException"], "NotFound"),
            Self::NotFound => (&["NotFoundException"], "NotFound"),
            Self::PhoneNumberAssociationsExist => {
                (&["BadRequestException"], "PhoneNumberAssociationsExist")
            }
            Self::ResourceLimitExceeded => (
                &["ResourceLimitExceededException", "LimitExceededException"],
                "ResourceLimitExceeded",
            ),
            Self::ServiceFailure => (&["ServiceFailureException"], "ServiceFailure"),
            Self::ServiceUnavailable => (&["ServiceUnavailableException"], "ServiceUnavailable"),
            Self::Throttled => (
                &["ThrottledClientException", "ThrottlingException"],
                "Throttled",
            ),
            Self::Unauthorized => (
                &["UnauthorizedClientException", "UnauthorizedException"],
                "Unauthorized",
            ),
            Self::Unprocessable => (
                &["UnprocessableEntityException", "BadRequestException"],
                "Unprocessable",
            ),
            Self::UnknownOperation => (&["UnknownOperationException"], "BadRequest"),
            Self::Named(_) | Self::Common(..) => (&[], "BadRequest"),
        }
    }

    /// All kinds that a fault's error shape may stand for.
    const OF_MODELS: [Self; 12] = [
        Self::AccessDenied,
        Self::BadRequest,
        Self::Conflict,
        Self::Forbidden,
        Self::Gone,
        Self::NotFound,
        Self::ResourceLimitExceeded,
        Self::ServiceFailure,
        Self::ServiceUnavailable,
        Self::Throttled,
        Self::Unauthorized,
        Self::Unprocessable,
    ];

    /// Returns the error with a shape that one of the services has.
    pub(crate) fn of_shape(shape: &str) -> Option<Self> {
        let known = crate::model::services()
            .iter()
            .find_map(|service| service.error(shape))?;
        let find = |matches: &dyn Fn(&[&str]) -> bool| {
            let mut kinds = Self::OF_MODELS.into_iter();
            kinds.find(|kind| matches(kind.parts().0))
        };
        let kind = find(&|names| names.first() == Some(&shape))
            .or_else(|| find(&|names| names.contains(&shape)));
        Some(kind.unwrap_or(Self::Named(&known.name)))
    }

    /// Returns the name of the error's shape in a service, and its HTTP status.
    pub(crate) fn shape(self, service: &'static Service) -> (&'static str, u16) {
        let names = match self {
            Self::Common(name, status) => return (name, status),
            Self::UnknownOperation => return ("UnknownOperationException", 404),
            Self::Named(name) => return (name, self.status_anywhere(service, name)),
            kind => kind.parts().0,
        };
        let error = names.iter().find_map(|name| service.error(name));
        match error {
            Some(error) => (&error.name, error.status),
            None => {
                let name = names.first().copied().unwrap_or_default();
                (name, self.status_anywhere(service, name))
            }
        }
    }

    fn status_anywhere(self, service: &'static Service, name: &str) -> u16 {
        let services = crate::model::services().iter();
        let error = std::iter::once(service)
            .chain(services)
            .find_map(|service| service.error(name));
        error.map_or(500, |error| error.status)
    }

    /// Returns the equivalent value of `ErrorCode`.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Named(name) | Self::Common(name, _) => {
                name.strip_suffix("Exception").unwrap_or(name)
            }
            kind => kind.parts().1,
        }
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

impl ItemError {
    /// Returns an entry for the errors of a batch, in which a member identifies the item.
    pub(crate) fn entry(self, member: &str, id: impl crate::document::Field) -> Doc {
        let mut entry = object! {"ErrorCode": self.code, "ErrorMessage": self.message};
        entry.set(member, id);
        entry
    }
}

macro_rules! refusals {
    ($($name:ident = $kind:ident;)+) => {
        $(pub(crate) fn $name(message: impl Into<String>) -> Self {
            Self {
                kind: Kind::$kind,
                message: message.into(),
            }
        })+
    };
}

impl Refusal {
    refusals! {
        bad_request = BadRequest;
        conflict = Conflict;
        forbidden = Forbidden;
        limit = ResourceLimitExceeded;
        number_is_assigned = PhoneNumberAssociationsExist;
        unprocessable = Unprocessable;
        failure = ServiceFailure;
    }

    /// Refuses a request because something that it names does not exist.
    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        Self {
            kind: Kind::NotFound,
            message: format!("{what} {id} does not exist"),
        }
    }

    /// Returns the body of the response.
    pub(crate) fn body(&self) -> Vec<u8> {
        let body = match self.kind {
            Kind::Common(..) => object! {"message": &self.message},
            kind => object! {"Code": kind.code(), "Message": &self.message},
        };
        serde_json::Value::Object(body.0).to_string().into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::services;

    #[test]
    fn shapes_and_statuses_are_those_of_the_models() {
        for service in services() {
            for error in &service.errors {
                let kind = Kind::of_shape(&error.name).expect("a kind");
                assert_eq!(kind.shape(service), (error.name.as_str(), error.status));
            }
            for kind in Kind::OF_MODELS {
                assert!((400..600).contains(&kind.shape(service).1), "{kind:?}");
                assert!(CODES.contains(&kind.code()), "{kind:?}");
            }
        }
        assert_eq!(Kind::of_shape("UnknownOperationException"), None);
    }

    #[test]
    fn codes_are_those_of_the_model() {
        let shapes = services()[0].shapes().iter();
        let mut shapes = shapes.filter(|shape| shape.name == "ErrorCode");
        let Some(crate::model::Kind::String { values, .. }) = shapes.next().map(|it| &it.kind)
        else {
            panic!("ErrorCode is an enum");
        };
        for value in values {
            assert!(CODES.contains(&value.as_str()), "{value}");
        }
        assert_eq!(values.len(), CODES.len());
    }
}
