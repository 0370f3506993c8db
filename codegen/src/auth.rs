//! Which authentication scheme an operation uses.

use crate::model::Shape;
use crate::source::json::Place;
use crate::traits::auth::{Auth, OptionalAuth, Scheme, may_use, schemes};
use crate::traits::{Lack, What};
use std::collections::BTreeSet;

/// Whether requests of the operation are signed.
///
/// The operation's trait `auth` decides, then the service's, and without either, every scheme of the
/// service is allowed. The first scheme that the generator supports is used.
///
/// # Errors
///
/// If the operation needs a scheme and the generator supports none of those that the model offers.
pub(crate) fn is_signed<'m>(
    service: &'m Shape,
    operation: &'m Shape,
    ignored: &BTreeSet<String>,
) -> Result<bool, Lack<'m>> {
    if operation.traits.has::<OptionalAuth>() {
        return Ok(false);
    }
    let listed = [operation, service]
        .into_iter()
        .find_map(|shape| Some((shape, shape.traits.get::<Auth>()?)));
    let (on, offered): (_, Vec<(&str, &Place)>) = match listed {
        Some((on, auth)) => {
            let listed = auth.schemes.iter();
            let listed = listed.map(|scheme| (scheme.value.as_str(), &scheme.place));
            // The check of the selection reports a scheme that the service does not have.
            let known = listed.filter(|(id, _)| may_use(&service.traits, id));
            (on, known.collect())
        }
        None => (service, schemes(&service.traits).collect()),
    };
    let mut lacking = None;
    for (id, place) in offered {
        let what = match Scheme::of(id) {
            Scheme::Sigv4 => return Ok(true),
            Scheme::None => return Ok(false),
            _ if ignored.contains(id) => continue,
            Scheme::Lacking(what) => What::Feature(what),
            Scheme::Unknown => What::AuthScheme(id),
        };
        lacking.get_or_insert_with(|| Lack {
            what,
            asked_by: id,
            place,
            on: on.id.as_str().to_owned(),
        });
    }
    match lacking {
        Some(lack) => Err(lack),
        None => Ok(false),
    }
}
