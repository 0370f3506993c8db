//! Tests a batch against a local Chime in the same process, without sockets and without waiting.

use chime_local::{Chime, Faults};
use chime_sdk::config::{Credentials, Region};
use chime_sdk::types::{MembershipItem, RoomMembershipRole};
use chime_sdk::{Client, Config};

fn client(chime: &Chime) -> Client {
    Client::from_conf(
        Config::builder()
            .http_client(chime.http_client())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::for_tests())
            .build(),
    )
}

// With the time paused, waits between retries take no time.
#[tokio::test(start_paused = true)]
async fn everyone_is_added_although_the_service_misbehaves() {
    let local = Chime::new();
    let sample = local.populate(500);
    local
        .set_faults(Faults {
            rate: Some(5.0),
            reset_after: 0.4,
            only: vec!["BatchCreateRoomMembership".to_owned()],
            ..Faults::default()
        })
        .expect("faults");

    let members = sample.user_ids.into_iter().map(|user| {
        MembershipItem::builder()
            .member_id(user)
            .role(RoomMembershipRole::Member)
            .build()
    });
    let run = client(&local)
        .batch_create_room_membership()
        .account_id(&sample.account_id)
        .room_id(&sample.room_id)
        .send_all(members);
    let report = run.report().await;

    assert!(report.is_complete(), "{:?}", report.counts);
    assert_eq!(report.counts.done, 500);
    // The local Chime counts what it did to the program.
    let counts = local.counts();
    assert!(counts.reset_after > 0, "{counts:?}");
    assert_eq!(
        counts.requests["BatchCreateRoomMembership"],
        report.counts.requests
    );
}
