//! Tags of resources, for all services.

use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

pub(crate) const TAGS: Table = Table {
    name: "tags",
    key: &["ResourceARN", "Key"],
    indexes: &[],
};

/// The most tags of a resource.
const MOST: usize = 50;

/// Adds the tags in the member `Tags` of an input to a resource.
pub(crate) fn set(tx: &mut Tx<'_>, arn: &str, input: &Doc) -> Result<(), Refusal> {
    for tag in input.docs("Tags") {
        tx.put(&TAGS, &tag.with(object! {"ResourceARN": arn}))?;
    }
    if tx.count(&Scan::of(&TAGS, arn), MOST + 1)? > MOST {
        return Err(Refusal::limit(format!("{arn} has more than {MOST} tags")));
    }
    Ok(())
}

/// Removes all tags of a resource, which is deleted.
pub(crate) fn clear(tx: &mut Tx<'_>, arn: &str) -> Result<(), Refusal> {
    tx.remove_all(&Scan::of(&TAGS, arn))
}

/// `TagResource`. The caller has made sure that the resource exists.
pub(crate) fn tag(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    set(tx, input.str("ResourceARN"), input)?;
    Ok(Doc::default())
}

/// `UntagResource`. The caller has made sure that the resource exists.
pub(crate) fn untag(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    for key in input.strs("TagKeys") {
        tx.remove(&TAGS, (input.str("ResourceARN"), key))?;
    }
    Ok(Doc::default())
}

/// `ListTagsForResource`. The caller has made sure that the resource exists.
pub(crate) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let tags = tx.all(&Scan::of(&TAGS, input.str("ResourceARN")))?;
    Ok(object! {"Tags": tags})
}
