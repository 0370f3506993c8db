//! Which authentication scheme an operation uses.

use crate::json::{Node, Place};
use crate::model::Shape;
use crate::traits::{Lack, What};
use std::collections::BTreeSet;

const SIGV4: &str = "aws.auth#sigv4";
const NONE: &str = "smithy.api#noAuth";

/// Schemes that the generator lacks.
const LACKING: &[(&str, &str)] = &[
    (
        "aws.auth#cognitoUserPools",
        "authentication with Amazon Cognito user pools",
    ),
    ("aws.auth#sigv4a", "signing with SigV4a"),
    ("smithy.api#httpApiKeyAuth", "authentication with API keys"),
    ("smithy.api#httpBasicAuth", "HTTP basic authentication"),
    (
        "smithy.api#httpBearerAuth",
        "authentication with bearer tokens",
    ),
    ("smithy.api#httpDigestAuth", "HTTP digest authentication"),
];

/// Whether requests of the operation are signed.
///
/// The trait `auth` of the operation counts, or else that of the service, or else every scheme that
/// the service has. The first scheme that the generator supports is used.
///
/// # Errors
///
/// If the operation needs a scheme, and the generator lacks all that the model offers.
pub(crate) fn is_signed<'m>(
    service: &'m Shape,
    operation: &'m Shape,
    ignored: &BTreeSet<String>,
) -> Result<bool, Lack<'m>> {
    let listed = |shape: &'m Shape| {
        let applied = shape.traits.get("smithy.api#auth")?;
        let schemes: Vec<(&'m str, &'m Place, &'m Shape)> = applied
            .value
            .as_array()?
            .iter()
            .filter_map(|scheme| Some((Node::as_str(scheme)?, &scheme.place, shape)))
            // The rules report a scheme that the service does not have.
            .filter(|(id, ..)| *id == NONE || service.traits.has(id))
            .collect();
        Some(schemes)
    };
    let of_service = || {
        let schemes = LACKING.iter().map(|(id, _)| *id).chain([SIGV4]);
        schemes
            .filter_map(|id| Some((id, &service.traits.get(id)?.place, service)))
            .collect()
    };
    let schemes = listed(operation)
        .or_else(|| listed(service))
        .unwrap_or_else(of_service);
    if operation.traits.has("smithy.api#optionalAuth") {
        return Ok(false);
    }
    let mut lacking = None;
    for (id, place, on) in schemes {
        match id {
            SIGV4 => return Ok(true),
            NONE => return Ok(false),
            _ if ignored.contains(id) => {}
            _ => {
                let known = LACKING.iter().find(|(known, _)| *known == id);
                lacking.get_or_insert_with(|| Lack {
                    what: match known {
                        Some((_, what)) => What::Feature(what),
                        None => What::AuthScheme(id),
                    },
                    asked_by: id,
                    place,
                    on: on.id.as_str().to_owned(),
                });
            }
        }
    }
    match lacking {
        Some(lack) => Err(lack),
        None => Ok(false),
    }
}
