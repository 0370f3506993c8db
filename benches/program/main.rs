//! Adds one member to a room: what most programs with the SDK do, and nothing else.
//!
//! `program ACCOUNT ROOM MEMBER [ENDPOINT]`, with credentials from the environment. The same source is built
//! with both SDKs.

use sdk::config::{BehaviorVersion, Config, Credentials, Region};
use sdk::types::{MembershipItem, RoomMembershipRole};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut argument = || arguments.next().expect("an account, a room and a member");
    let (account, room, member) = (argument(), argument(), argument());
    let variable = |name| std::env::var(name).unwrap_or_default();
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new(
            variable("AWS_ACCESS_KEY_ID"),
            variable("AWS_SECRET_ACCESS_KEY"),
            None,
            None,
            "environment",
        ));
    config.set_endpoint_url(arguments.next());
    let answer = sdk::Client::from_conf(config.build())
        .batch_create_room_membership()
        .account_id(account)
        .room_id(room)
        .membership_item_list(
            MembershipItem::builder()
                .member_id(member)
                .role(RoomMembershipRole::Member)
                .build(),
        )
        .send()
        .await;
    match answer {
        Ok(answer) => println!("{:?}", answer.errors()),
        Err(error) => println!("{}", error.into_service_error()),
    }
}
