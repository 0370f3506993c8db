//! Meetings.

use super::attendees;
use crate::arn;
use crate::document::{Doc, object};
use crate::operations::common::tags;
use crate::operations::{Answer, media_pipelines};
use crate::refusal::Refusal;
use crate::store::{Index, Scan, Table, Tx};

pub(super) const MEETINGS: Table = Table {
    name: "meetings_meetings",
    key: &["MeetingId"],
    indexes: &[Index {
        name: BY_PRIMARY,
        columns: &["PrimaryMeetingId"],
    }],
};

/// Finds the replicas of a meeting.
const BY_PRIMARY: &str = "meetings_meetings_by_primary";

/// The most replicas of a meeting.
const REPLICAS: usize = 4;

/// The regions that host meetings. The model does not list them.
const REGIONS: &[&str] = &[
    "af-south-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-south-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
];

/// The most attendees of a meeting whose features set no other limit.
pub(super) const USUAL_ATTENDEES: i64 = 250;

/// Returns the meeting of a request.
pub(super) fn find(tx: &Tx<'_>, input: &Doc) -> Answer {
    tx.find(&MEETINGS, input.str("MeetingId"), "meeting")
}

/// Makes sure that the meeting of a request exists.
pub(super) fn check(tx: &Tx<'_>, input: &Doc) -> Result<(), Refusal> {
    tx.require(&MEETINGS, input.str("MeetingId"), "meeting")
}

pub(super) fn of_arn(tx: &Tx<'_>, arn: &str) -> Result<Option<Doc>, Refusal> {
    let Some(id) = arn::id_of(arn, "meeting") else {
        return Ok(None);
    };
    let meeting = tx.get(&MEETINGS, id)?;
    Ok(meeting.filter(|meeting| meeting.str("MeetingArn") == arn))
}

/// Refuses an ID of the caller's with characters or a prefix that AWS does not accept.
pub(super) fn check_external(member: &str, id: &str) -> Result<(), Refusal> {
    let is_allowed = |character: char| {
        character.is_ascii_alphanumeric()
            || character.is_whitespace()
            || ('À'..='ÿ').contains(&character)
            || "-_&@+=,(){}[]/«».:|'\"#".contains(character)
    };
    if let Some(wrong) = id.chars().find(|character| !is_allowed(*character)) {
        return Err(Refusal::bad_request(format!(
            "{member} must not contain {wrong:?}"
        )));
    }
    let prefix = id.get(..4).unwrap_or_default();
    if prefix.eq_ignore_ascii_case("aws:") {
        return Err(Refusal::bad_request(format!(
            "{member} must not begin with aws:, which is reserved"
        )));
    }
    Ok(())
}

fn check_features(features: &Doc) -> Result<(), Refusal> {
    let most = features.doc("Attendee").int("MaxCount");
    for (feature, large) in [("Video", "FHD"), ("Content", "UHD")] {
        let resolution = features.doc(feature);
        if resolution.str("MaxResolution") == large
            && most.is_none_or(|most| most >= USUAL_ATTENDEES)
        {
            return Err(Refusal::bad_request(format!(
                "{feature}.MaxResolution {large} needs an Attendee.MaxCount below {USUAL_ATTENDEES}"
            )));
        }
    }
    Ok(())
}

/// Returns the addresses of a meeting's media, which belong to no host.
fn placement(id: &str, region: &str) -> Doc {
    let host = |name: &str| format!("{name}.{region}.media.local.invalid");
    object! {
        "AudioHostUrl": format!("{}:3478", host("audio")),
        "AudioFallbackUrl": format!("wss://{}:443/calls/{id}", host("audio")),
        "SignalingUrl": format!("wss://{}/control/{id}", host("signal")),
        "TurnControlUrl": format!("https://{}/v2/turn_sessions", host("turn")),
        "ScreenDataUrl": format!("wss://{}:443/v2/screen/{id}", host("screen")),
        "ScreenViewingUrl": format!("wss://{}:443/ws/connect?call={id}", host("screen")),
        "ScreenSharingUrl": format!("wss://{}:443/v2/screen/{id}", host("screen")),
        "EventIngestionUrl": format!("https://{}/v1/client-events", host("events")),
    }
}

/// Makes sure that a meeting can have another replica.
fn check_primary(tx: &Tx<'_>, id: &str) -> Result<(), Refusal> {
    let Some(primary) = tx.get(&MEETINGS, id)? else {
        return Err(Refusal::bad_request(format!(
            "PrimaryMeetingId is {id}, but there is no such meeting"
        )));
    };
    if primary.has("PrimaryMeetingId") {
        return Err(Refusal::bad_request(format!(
            "PrimaryMeetingId is {id}, but that meeting is a replica itself"
        )));
    }
    if tx.count(&Scan::by(&MEETINGS, BY_PRIMARY, id), REPLICAS)? >= REPLICAS {
        return Err(Refusal::limit(format!(
            "the meeting {id} has {REPLICAS} replicas, which is the limit"
        )));
    }
    Ok(())
}

/// Adds a meeting.
fn add(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let region = input.str("MediaRegion");
    if !REGIONS.contains(&region) {
        return Err(Refusal::bad_request(format!(
            "MediaRegion {region} hosts no meetings"
        )));
    }
    for member in ["ExternalMeetingId", "MeetingHostId"] {
        if let Some(id) = input.opt_str(member) {
            check_external(member, id)?;
        }
    }
    check_features(&input.doc("MeetingFeatures"))?;
    if let Some(primary) = input.opt_str("PrimaryMeetingId") {
        check_primary(tx, primary)?;
    }
    let id = tx.new_id();
    let arn = tx.arn(&format!("meeting/{id}"));
    let mut meeting = object! {
        "MeetingId": &id,
        "MeetingArn": &arn,
        "MediaPlacement": placement(&id, region),
        "CreatedTimestamp": tx.now(),
    };
    meeting.copy(
        input,
        &[
            "ExternalMeetingId",
            "MediaRegion",
            "MeetingFeatures",
            "MeetingHostId",
            "NotificationsConfiguration",
            "PrimaryMeetingId",
            "TenantIds",
        ],
    );
    tx.put(&MEETINGS, &meeting)?;
    tags::set(tx, &arn, input)?;
    Ok(meeting)
}

pub(super) fn create(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"Meeting": add(tx, input)?})
}

pub(super) fn create_with_attendees(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let meeting = add(tx, input)?;
    let attendees = attendees::add_all(tx, &meeting, input)?;
    Ok(object! {"Meeting": meeting}.with(attendees))
}

pub(super) fn get(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    Ok(object! {"Meeting": find(tx, input)?})
}

/// Deletes a meeting with its attendees, and stops the pipelines that take its media.
pub(super) fn delete(tx: &mut Tx<'_>, input: &Doc) -> Answer {
    let meeting = find(tx, input)?;
    let (id, arn) = (meeting.str("MeetingId"), meeting.str("MeetingArn"));
    media_pipelines::meeting_ended(tx, arn)?;
    tx.remove_all(&Scan::of(&attendees::ATTENDEES, id))?;
    tags::clear(tx, arn)?;
    tx.remove(&MEETINGS, id)?;
    Ok(Doc::default())
}
