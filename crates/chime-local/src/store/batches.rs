//! Code that all batch operations share.

use super::members::Members;
use super::{object, text};
use crate::faults::ItemFaults;
use crate::refusal::ItemError;
use aws_smithy_types::Document;

/// Returns the IDs of a batch's items; `None` if the operation is not a batch.
pub(crate) fn ids(operation: &str, input: &Members) -> Option<Vec<String>> {
    let (list, member) = match operation {
        "BatchCreateRoomMembership" => ("MembershipItemList", Some("MemberId")),
        "BatchSuspendUser" | "BatchUnsuspendUser" => ("UserIdList", None),
        "BatchUpdateUser" => ("UpdateUserRequestItems", Some("UserId")),
        _ => return None,
    };
    let items = input.value(list)?.as_array()?;
    let id = |item: &Document| {
        let id = match member {
            Some(member) => item.as_object()?.get(member)?,
            None => item,
        };
        id.as_string().map(str::to_owned)
    };
    // An item without an ID also counts.
    let ids = items.iter().map(|item| id(item).unwrap_or_default());
    Some(ids.collect())
}

/// Returns why the faults refuse an item, if they do.
pub(super) fn fault(faults: &mut Option<ItemFaults>, id: &str) -> Option<ItemError> {
    faults.as_mut()?.refuse(id)
}

/// Returns an entry for the errors of a batch.
pub(super) fn item_error(member: &str, id: Option<Document>, error: ItemError) -> Document {
    object([
        (member, id),
        ("ErrorCode", text(error.code)),
        ("ErrorMessage", text(error.message)),
    ])
}
