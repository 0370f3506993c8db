//! The first program of the README: adds one member to a room, with the configuration of the environment.
//!
//! Both SDKs build the same source, except for the lines that make the client.

use sdk::types::{MembershipItem, RoomMembershipRole};

#[tokio::main]
async fn main() {
    #[cfg(feature = "ours")]
    let chime = sdk::Client::from_env().await;
    #[cfg(feature = "theirs")]
    let chime = {
        let version = aws_config::BehaviorVersion::latest();
        sdk::Client::new(&aws_config::load_defaults(version).await)
    };

    let response = chime
        .batch_create_room_membership()
        .account_id("8f2b6f3e-8a6c-4a34-9c0d-0d9a6a1f6b10")
        .room_id("1d3c6a52-52a8-4c43-bf6b-9f5e8f0d7a77")
        .membership_item_list(
            MembershipItem::builder()
                .member_id("0b7e7e0a-4c55-4a0e-8f6c-6f4dfb5d0a12")
                .role(RoomMembershipRole::Administrator)
                .build(),
        )
        .send()
        .await;
    match response {
        Ok(response) => {
            for refused in response.errors() {
                println!(
                    "{:?} {:?} {:?}",
                    refused.member_id(),
                    refused.error_code(),
                    refused.error_message()
                );
            }
        }
        Err(error) => eprintln!("{}", error.into_service_error()),
    }
}
