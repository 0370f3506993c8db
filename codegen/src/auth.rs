//! Which authentication schemes an operation uses.

use crate::ir::AuthScheme;
use crate::model::Shape;
use crate::source::json::Place;
use crate::traits::auth::{Auth, HttpApiKey, OptionalAuth, Scheme, may_use, schemes};
use crate::traits::{Lack, What};
use std::collections::BTreeSet;

/// The schemes of an operation, the preferred one first.
///
/// The operation's trait `auth` decides, then the service's, and without either, every scheme of the
/// service is allowed, sorted by ID. Schemes that the generator does not support are left out. An operation
/// whose authentication is optional can also do without.
///
/// # Errors
///
/// If the operation needs a scheme and the generator supports none of those that the model offers.
pub(crate) fn of_operation<'m>(
    service: &'m Shape,
    operation: &'m Shape,
    ignored: &BTreeSet<String>,
) -> Result<Vec<AuthScheme>, Lack<'m>> {
    let on = match operation.traits.has::<Auth>() {
        true => operation,
        false => service,
    };
    let schemes = listed(service, on, ignored);
    if !operation.traits.has::<OptionalAuth>() {
        return schemes;
    }
    let mut schemes = schemes.unwrap_or_default();
    if !schemes.contains(&AuthScheme::None) {
        schemes.push(AuthScheme::None);
    }
    Ok(schemes)
}

/// The schemes of the service, which apply to the operations that have none of their own.
pub(crate) fn of_service(service: &Shape, ignored: &BTreeSet<String>) -> Vec<AuthScheme> {
    // The operations that need a scheme that the generator lacks report it.
    listed(service, service, ignored).unwrap_or_default()
}

/// The schemes that a shape's trait `auth` lists, or all that the service has.
fn listed<'m>(
    service: &'m Shape,
    on: &'m Shape,
    ignored: &BTreeSet<String>,
) -> Result<Vec<AuthScheme>, Lack<'m>> {
    let offered: Vec<(&str, &Place)> = match on.traits.get::<Auth>() {
        Some(auth) => {
            let listed = auth.schemes.iter();
            let listed = listed.map(|scheme| (scheme.value.as_str(), &scheme.place));
            // The check of the selection reports a scheme that the service does not have.
            let known = listed.filter(|(id, _)| may_use(&service.traits, id));
            known.collect()
        }
        None => schemes(&service.traits).collect(),
    };
    let mut found = Vec::new();
    let mut lacking = None;
    for (id, place) in offered {
        let scheme = match Scheme::of(id) {
            Scheme::Sigv4 => Ok(AuthScheme::Sigv4),
            Scheme::Sigv4a => Ok(AuthScheme::Sigv4a),
            Scheme::HttpBearer => Ok(AuthScheme::HttpBearer),
            Scheme::HttpBasic => Ok(AuthScheme::HttpBasic),
            Scheme::HttpApiKey => match service.traits.get::<HttpApiKey>() {
                Some(key) => Ok(AuthScheme::HttpApiKey(key.clone())),
                // The check of the trait's form reports it.
                None => continue,
            },
            Scheme::None => Ok(AuthScheme::None),
            _ if ignored.contains(id) => continue,
            Scheme::Lacking(what) => Err(What::Feature(what)),
            Scheme::Unknown => Err(What::AuthScheme(id)),
        };
        match scheme {
            Ok(scheme) if found.contains(&scheme) => {}
            Ok(scheme) => found.push(scheme),
            Err(what) => {
                lacking.get_or_insert_with(|| Lack {
                    what,
                    asked_by: id,
                    place,
                    on: on.id.as_str().to_owned(),
                });
            }
        }
    }
    match lacking {
        Some(lack) if found.is_empty() => Err(lack),
        _ if found.is_empty() => Ok(vec![AuthScheme::None]),
        _ => Ok(found),
    }
}
