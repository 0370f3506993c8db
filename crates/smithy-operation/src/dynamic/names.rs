//! Names that resemble a wrong one.

use std::collections::BTreeSet;

/// The maximum number of suggestions.
const MOST: usize = 3;

/// Returns the candidates that resemble a name, the best first. There are three at most.
///
/// Case, hyphens and underscores make no difference, so `create-room` resembles `CreateRoom` most.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let wanted = plain(name);
    // Strangers have nothing in common with a very long name either.
    if wanted.is_empty() || wanted.len() > 200 {
        return Vec::new();
    }
    let mut found: Vec<(usize, &str)> = candidates
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .filter_map(|candidate| distance(&wanted, &plain(candidate)).map(|far| (far, candidate)))
        .collect();
    found.sort();
    // If one is the same but for its spelling, the others do not matter.
    if let Some((0, _)) = found.first() {
        found.retain(|(far, _)| *far == 0);
    }
    found.truncate(MOST);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    letters.flat_map(char::to_lowercase).collect()
}

/// Returns how far apart two names are; `None` if they do not resemble each other.
fn distance(wanted: &str, candidate: &str) -> Option<usize> {
    let edits = strsim::osa_distance(wanted, candidate);
    let longer = wanted.len().max(candidate.len());
    if edits <= longer / 3 {
        return Some(edits);
    }
    // A part of the name, such as `RoomMembership` for `CreateRoomMembership`.
    let is_part = wanted.len() >= 4 && (candidate.contains(wanted) || wanted.contains(candidate));
    is_part.then_some(longer)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 6] = [
        "CreateRoom",
        "CreateRoomMembership",
        "GetRoom",
        "ListRooms",
        "UpdateRoom",
        "Id",
    ];

    #[test]
    fn names_with_few_differences_come_first() {
        for (name, expected) in [
            ("CreateRom", &["CreateRoom"][..]),
            ("create-room", &["CreateRoom"]),
            ("create_room_membership", &["CreateRoomMembership"]),
            ("GetRoms", &["GetRoom"]),
            ("Membership", &["CreateRoomMembership"]),
            ("DeleteVoiceConnector", &[]),
            ("ID", &["Id"]),
            ("", &[]),
            ("-", &[]),
            ("größer", &[]),
        ] {
            assert_eq!(nearest(name, NAMES), expected, "{name}");
        }
    }

    #[test]
    fn there_are_three_at_most() {
        assert_eq!(
            nearest("Room", ["Room1", "Room2", "Room3", "Room4"]).len(),
            3
        );
    }
}
