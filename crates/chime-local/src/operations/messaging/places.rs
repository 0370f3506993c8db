//! Where the members of a channel are: the sub-channels of an elastic channel, or the one place of any other.

use super::access;
use super::{PARTS, memberships};
use crate::document::{Doc, object};
use crate::operations::Answer;
use crate::pages;
use crate::refusal::Refusal;
use crate::store::{Scan, Table, Tx};

/// The name of a place is the ID of the sub-channel, or empty.
pub(super) const PLACES: Table = Table {
    name: "messaging_places",
    key: &["ChannelArn", "Place"],
    indexes: &[],
};

/// The most members of a channel that is not elastic.
const MOST: i64 = 10_000;

fn members(place: &Doc) -> i64 {
    place.int("MembershipCount").unwrap_or_default()
}

/// Chooses the place of a new member and counts it there.
///
/// Members of elastic channels go to the first sub-channel that has room, or to a new one. Only moderators choose.
pub(super) fn take(
    tx: &mut Tx<'_>,
    channel: &Doc,
    chosen: Option<&str>,
) -> Result<String, Refusal> {
    let arn = channel.str("ChannelArn");
    let Some(configuration) = channel.opt_doc("ElasticChannelConfiguration") else {
        let place = tx.get(&PLACES, (arn, ""))?;
        let place = place.unwrap_or_else(|| object! {"ChannelArn": arn, "Place": ""});
        if members(&place) >= MOST {
            return Err(Refusal::limit(format!("{arn} has {MOST} members already")));
        }
        return count(tx, place, 1);
    };
    if let Some(id) = chosen {
        let place = tx.find(&PLACES, (arn, id), "sub-channel")?;
        return count(tx, place, 1);
    }
    let target = configuration.int("TargetMembershipsPerSubChannel");
    let most = configuration.int("MaximumSubChannels").unwrap_or_default();
    let places = tx.all(&Scan::of(&PLACES, arn))?;
    let number = places.len();
    let with_room = places
        .into_iter()
        .find(|it| members(it) < target.unwrap_or_default());
    match with_room {
        Some(place) => count(tx, place, 1),
        None if usize::try_from(most).is_ok_and(|most| number < most) => {
            let id = tx.new_id();
            let place = object! {"ChannelArn": arn, "Place": &id, "SubChannelId": &id};
            count(tx, place, 1)
        }
        None => Err(Refusal::limit(format!(
            "the {most} sub-channels of {arn} are full"
        ))),
    }
}

/// Changes the number of members of a place, and returns its name.
fn count(tx: &mut Tx<'_>, mut place: Doc, by: i64) -> Result<String, Refusal> {
    place.set("MembershipCount", members(&place) + by);
    tx.put(&PLACES, &place)?;
    Ok(place.str("Place").to_owned())
}

/// Counts a member less in its place. If a sub-channel becomes too small, its members move to others with room.
pub(super) fn leave(tx: &mut Tx<'_>, channel: &Doc, place: &str) -> Result<(), Refusal> {
    let arn = channel.str("ChannelArn");
    let Some(row) = tx.get(&PLACES, (arn, place))? else {
        return Ok(());
    };
    let left = members(&row) - 1;
    count(tx, row, -1)?;
    let Some(configuration) = channel.opt_doc("ElasticChannelConfiguration") else {
        return Ok(());
    };
    let of = |name| configuration.int(name).unwrap_or_default();
    let target = of("TargetMembershipsPerSubChannel");
    let percentage = of("MinimumMembershipPercentage");
    let least = target.saturating_mul(percentage).saturating_add(99) / 100;
    let others = tx.all(&Scan::of(&PLACES, arn))?.into_iter();
    let others = others.filter(|other| other.str("Place") != place);
    let room: i64 = others.map(|other| (target - members(&other)).max(0)).sum();
    if left > 0 && (left >= least || left > room) {
        return Ok(());
    }
    let scan = Scan::of(&memberships::MEMBERSHIPS, (arn, place));
    let moved = tx.all(&scan)?;
    for table in PARTS
        .into_iter()
        .filter(|table| table.key.contains(&"Place"))
    {
        tx.remove_all(&Scan::of(table, (arn, place)))?;
    }
    for membership in moved {
        let to = take(tx, channel, None)?;
        let key = (arn, &*to, membership.str("MemberArn"));
        if tx.has(&memberships::MEMBERSHIPS, key)? {
            // A moderator is in both.
            if let Some(row) = tx.get(&PLACES, (arn, &*to))? {
                count(tx, row, -1)?;
            }
            continue;
        }
        let new = object! {"Place": &to, "SubChannelId": &to, "LastUpdatedTimestamp": tx.now()};
        tx.put(&memberships::MEMBERSHIPS, &membership.with(new))?;
    }
    Ok(())
}

/// Lists the sub-channels of an elastic channel.
pub(super) fn list(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let visit = access::enter(tx, input)?;
    visit.manage("list sub-channels")?;
    if !visit.is_elastic() {
        return Err(Refusal::bad_request(format!(
            "{} is not elastic",
            visit.arn()
        )));
    }
    let scan = Scan::of(&PLACES, visit.arn());
    let page = pages::page(tx, input, &scan, 50, "SubChannels", |_, place| {
        Ok(Some(place))
    })?;
    Ok(page.with(object! {"ChannelArn": visit.arn()}))
}
