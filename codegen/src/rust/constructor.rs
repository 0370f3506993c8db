//! Which members the constructors of structures take, and in which order.

use crate::ir::{Binding, Constructor, Member, Role};
use crate::names;
use crate::traits::uri::UriPattern;

/// The constructor of a structure: of every input, and of types that have required members.
///
/// Labels come first, in the order of the URI. All others are in the order of the members, which are sorted by name.
pub(super) fn of(role: &Role, members: &[Member]) -> Option<Constructor> {
    let mut required: Vec<&Member> = members.iter().filter(|member| member.required).collect();
    match role {
        Role::Input { request } => {
            let uri = UriPattern::parse(&request.uri);
            let labels: Vec<&str> = uri.iter().flat_map(UriPattern::labels).collect();
            let place = |member: &&Member| {
                let is_label = member.schema.binding == Some(Binding::Label);
                let place = labels.iter().position(|label| *label == member.name);
                place.filter(|_| is_label).unwrap_or(labels.len())
            };
            // The sort is stable.
            required.sort_by_key(place);
        }
        Role::Type if !required.is_empty() => {}
        Role::Type | Role::Output | Role::Error { .. } => return None,
    }
    let is_taken = |name: &str| members.iter().any(|member| member.field == name);
    Some(Constructor {
        name: names::constructor(is_taken)?,
        fields: required.iter().map(|member| member.field.clone()).collect(),
    })
}
