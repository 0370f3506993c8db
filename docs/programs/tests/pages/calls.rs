//! Parts of `docs/calls.md`.

use chime_local::Chime;
use chime_sdk::Client;
use chime_sdk::error::CallError;
use chime_sdk::types::{MembershipItem, RoomMembershipRole};

#[tokio::test]
async fn an_input_of_required_members() -> Result<(), CallError> {
    let chime = Chime::new();
    let sample = chime.populate(1);
    let client = Client::from_conf(super::config(&chime));
    let (account_id, room_id) = (sample.account_id, sample.room_id);
    let items = sample.user_ids.into_iter().map(|user| {
        MembershipItem::builder()
            .member_id(user)
            .role(RoomMembershipRole::Member)
            .build()
    });
    // ANCHOR: new
    use chime_sdk::operation::batch_create_room_membership::BatchCreateRoomMembershipInput;

    let input = BatchCreateRoomMembershipInput::new(account_id, room_id, items);
    let output = client.send(input).await?;
    // ANCHOR_END: new
    assert!(output.errors().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_customized_call() -> Result<(), CallError> {
    use chime_sdk::operation::create_account::CreateAccountInput;

    let client = Client::from_conf(super::config(&Chime::new()));
    let input = CreateAccountInput::new("Example");
    // ANCHOR: customize
    let call = client.send(input).customize();
    let call = call.mutate_request(|request| {
        request.headers_mut().insert("x-trace", "guide");
    });
    let output = call.send().await?;
    // ANCHOR_END: customize
    assert!(output.account().is_some());
    Ok(())
}
