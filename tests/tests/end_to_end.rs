//! The generated client against the local Chime, over HTTP.

mod common;

use chime_sdk::config::retry::RetryConfig;
use chime_sdk::error::ProvideErrorMetadata;
use chime_sdk::operation::RequestId;
use chime_sdk::types::{
    AccountSettings, ErrorCode, MemberType, MembershipItem, RegistrationStatus, RetentionSettings,
    RoomMembershipRole, RoomRetentionSettings, SigninDelegateGroup, TelephonySettings,
    UpdateUserRequestItem, UserSettings,
};
use common::{World, client};

#[tokio::test]
async fn members_are_added_and_refused_one_by_one() {
    let world = World::start().await;
    let chime = &world.client;
    let (ada, grace) = (world.user("ada").await, world.user("grace").await);
    let bot = world.bot("helper").await;
    let room = world.room("lab").await;
    let item = |id: &str, role: RoomMembershipRole| {
        MembershipItem::builder().member_id(id).role(role).build()
    };

    let answer = chime
        .batch_create_room_membership()
        .account_id(&world.account)
        .room_id(&room)
        .membership_item_list(item(&ada, RoomMembershipRole::Administrator))
        .membership_item_list(item(&bot, RoomMembershipRole::Member))
        .membership_item_list(item("nobody", RoomMembershipRole::Member))
        .membership_item_list(item(&ada, RoomMembershipRole::Member))
        .membership_item_list(item(&grace, RoomMembershipRole::Member))
        .send()
        .await
        .expect("the batch succeeds as a whole");
    assert!(answer.request_id().is_some());
    let refused: Vec<_> = answer
        .errors()
        .iter()
        .map(|error| {
            (
                error.member_id().unwrap(),
                error.error_code().unwrap().clone(),
            )
        })
        .collect();
    assert_eq!(
        refused,
        [
            ("nobody", ErrorCode::NotFound),
            (&*ada, ErrorCode::Conflict)
        ]
    );

    let page = chime
        .list_room_memberships()
        .account_id(&world.account)
        .room_id(&room)
        .send()
        .await
        .expect("a page");
    let members: Vec<_> = page
        .room_memberships()
        .iter()
        .map(|membership| {
            let member = membership.member().unwrap();
            (
                member.member_id().unwrap(),
                member.member_type().unwrap().clone(),
                membership.role().unwrap().clone(),
            )
        })
        .collect();
    assert_eq!(
        members,
        [
            (&*ada, MemberType::User, RoomMembershipRole::Administrator),
            (&*bot, MemberType::Bot, RoomMembershipRole::Member),
            (&*grace, MemberType::User, RoomMembershipRole::Member),
        ]
    );
    assert_eq!(page.next_token(), None);
}

#[tokio::test]
async fn lists_come_in_pages() {
    let world = World::start().await;
    let mut expected = Vec::new();
    for i in 0..7 {
        expected.push(world.room(&format!("room {i}")).await);
    }
    let mut found = Vec::new();
    let mut token = None;
    let mut pages = 0;
    loop {
        let page = world
            .client
            .list_rooms()
            .account_id(&world.account)
            .max_results(3)
            .set_next_token(token)
            .send()
            .await
            .expect("a page");
        found.extend(
            page.rooms()
                .iter()
                .map(|room| room.room_id().unwrap().to_owned()),
        );
        pages += 1;
        token = page.next_token().map(str::to_owned);
        if token.is_none() {
            break;
        }
    }
    assert_eq!((found, pages), (expected, 3));
    let error = world
        .client
        .list_rooms()
        .account_id(&world.account)
        .next_token("not a token")
        .send()
        .await
        .expect_err("an unknown token");
    assert_eq!(error.code(), Some("BadRequestException"));
}

#[tokio::test]
async fn refusals_are_typed_and_say_what_happened() {
    let world = World::start().await;
    let error = world
        .client
        .get_room()
        .account_id(&world.account)
        .room_id("nowhere")
        .send()
        .await
        .expect_err("no such room");
    let id = error.request_id().expect("a request ID").to_owned();
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 404);
    let error = error.into_service_error();
    assert_eq!(
        error.to_string(),
        format!(
            "GetRoom failed: NotFoundException: room nowhere does not exist (request ID: {id})"
        )
    );
    assert!(error.is_not_found_exception());
    assert_eq!(error.meta().request_id(), Some(&*id));
    let source = std::error::Error::source(&error)
        .expect("the shape")
        .to_string();
    assert_eq!(source, "NotFoundException: room nowhere does not exist");
}

#[tokio::test]
async fn a_batch_of_more_than_fifty_is_refused_as_a_whole() {
    let world = World::start().await;
    let room = world.room("full").await;
    let items = (0..51)
        .map(|i| MembershipItem::builder().member_id(format!("m{i}")).build())
        .collect();
    let error = world
        .client
        .batch_create_room_membership()
        .account_id(&world.account)
        .room_id(&room)
        .set_membership_item_list(Some(items))
        .send()
        .await
        .expect_err("too many");
    let error = error.into_service_error();
    assert!(error.is_bad_request_exception());
    assert!(error.to_string().contains("51 items"), "{error}");
}

#[tokio::test]
async fn a_repeated_request_token_makes_one_room() {
    let world = World::start().await;
    let create = |token: &'static str| {
        world
            .client
            .create_room()
            .account_id(&world.account)
            .name("once")
            .client_request_token(token)
    };
    let first = create("t1").send().await.unwrap();
    let again = create("t1").send().await.unwrap();
    let other = create("t2").send().await.unwrap();
    let id = |output: &chime_sdk::operation::create_room::CreateRoomOutput| {
        output.room().unwrap().room_id().unwrap().to_owned()
    };
    assert_eq!(id(&first), id(&again));
    assert_ne!(id(&first), id(&other));
    // Without an explicit token, each request has a new one.
    assert_ne!(world.room("twice").await, world.room("twice").await);
}

#[tokio::test]
async fn every_kept_operation_answers_what_the_model_says() {
    let world = World::start().await;
    let (chime, account) = (&world.client, &world.account);
    let user = world.user("ada").await;
    let room = world.room("lab").await;
    let bot = world.bot("helper").await;

    // Accounts
    let shown = chime
        .get_account()
        .account_id(account)
        .send()
        .await
        .unwrap();
    let shown = shown.account().unwrap();
    assert_eq!((shown.account_id(), shown.name()), (&**account, "Tests"));
    assert!(shown.created_timestamp().unwrap().secs() > 1_700_000_000);
    let renamed = chime
        .update_account()
        .account_id(account)
        .name("Renamed")
        .send()
        .await
        .unwrap();
    assert_eq!(renamed.account().unwrap().name(), "Renamed");
    let listed = chime.list_accounts().name("Ren").send().await.unwrap();
    assert_eq!(listed.accounts().len(), 1);
    assert!(
        chime
            .list_accounts()
            .user_email("x@y.z")
            .send()
            .await
            .unwrap()
            .accounts()
            .is_empty()
    );
    let settings = AccountSettings::builder().enable_dial_out(true).build();
    chime
        .update_account_settings()
        .account_id(account)
        .account_settings(settings)
        .send()
        .await
        .unwrap();
    let settings = chime
        .get_account_settings()
        .account_id(account)
        .send()
        .await
        .unwrap();
    let settings = settings.account_settings().unwrap();
    assert_eq!(
        (
            settings.enable_dial_out(),
            settings.disable_remote_control()
        ),
        (Some(true), Some(false))
    );
    let group = SigninDelegateGroup::builder().group_name("admins").build();
    chime
        .associate_signin_delegate_groups_with_account()
        .account_id(account)
        .signin_delegate_groups(group)
        .send()
        .await
        .unwrap();
    let groups = chime
        .get_account()
        .account_id(account)
        .send()
        .await
        .unwrap();
    assert_eq!(
        groups.account().unwrap().signin_delegate_groups()[0].group_name(),
        Some("admins")
    );
    chime
        .disassociate_signin_delegate_groups_from_account()
        .account_id(account)
        .group_names("admins")
        .send()
        .await
        .unwrap();
    let retention = RetentionSettings::builder()
        .room_retention_settings(RoomRetentionSettings::builder().retention_days(30).build())
        .build();
    chime
        .put_retention_settings()
        .account_id(account)
        .retention_settings(retention)
        .send()
        .await
        .unwrap();
    let retention = chime
        .get_retention_settings()
        .account_id(account)
        .send()
        .await
        .unwrap();
    let days = retention
        .retention_settings()
        .unwrap()
        .room_retention_settings()
        .unwrap()
        .retention_days();
    assert_eq!(days, Some(30));

    // Users
    let shown = chime
        .get_user()
        .account_id(account)
        .user_id(&user)
        .send()
        .await
        .unwrap();
    assert_eq!(
        shown.user().unwrap().primary_email(),
        Some("ada@example.com")
    );
    let duplicate = chime
        .create_user()
        .account_id(account)
        .username("x")
        .email("ada@example.com")
        .send()
        .await;
    assert!(
        duplicate
            .unwrap_err()
            .into_service_error()
            .is_conflict_exception()
    );
    let updated = chime
        .update_user()
        .account_id(account)
        .user_id(&user)
        .license_type("Basic".into())
        .send()
        .await;
    assert_eq!(
        updated
            .unwrap()
            .user()
            .unwrap()
            .license_type()
            .unwrap()
            .as_str(),
        "Basic"
    );
    assert_eq!(
        chime
            .list_users()
            .account_id(account)
            .send()
            .await
            .unwrap()
            .users()
            .len(),
        1
    );
    let suspended = chime
        .batch_suspend_user()
        .account_id(account)
        .user_id_list(&user)
        .user_id_list("nobody")
        .send()
        .await
        .unwrap();
    assert_eq!(suspended.user_errors().len(), 1);
    let shown = chime
        .get_user()
        .account_id(account)
        .user_id(&user)
        .send()
        .await
        .unwrap();
    assert_eq!(
        shown.user().unwrap().user_registration_status(),
        Some(&RegistrationStatus::Suspended)
    );
    let back = chime
        .batch_unsuspend_user()
        .account_id(account)
        .user_id_list(&user)
        .send()
        .await
        .unwrap();
    assert!(back.user_errors().is_empty());
    let again = chime
        .batch_unsuspend_user()
        .account_id(account)
        .user_id_list(&user)
        .send()
        .await
        .unwrap();
    assert_eq!(
        again.user_errors()[0].error_code(),
        Some(&ErrorCode::BadRequest)
    );
    let item = UpdateUserRequestItem::builder()
        .user_id(&user)
        .license_type("Plus".into())
        .build()
        .unwrap();
    let updated = chime
        .batch_update_user()
        .account_id(account)
        .update_user_request_items(item)
        .send()
        .await;
    assert!(updated.unwrap().user_errors().is_empty());
    let invited = chime
        .invite_users()
        .account_id(account)
        .user_email_list("new@example.com")
        .send()
        .await
        .unwrap();
    assert_eq!(
        invited.invites()[0].email_address(),
        Some("new@example.com")
    );
    chime
        .logout_user()
        .account_id(account)
        .user_id(&user)
        .send()
        .await
        .unwrap();
    let reset = chime
        .reset_personal_pin()
        .account_id(account)
        .user_id(&user)
        .send()
        .await
        .unwrap();
    assert_eq!(reset.user().unwrap().personal_pin().unwrap().len(), 10);
    let telephony = TelephonySettings::builder()
        .inbound_calling(true)
        .outbound_calling(false)
        .sms(true)
        .build()
        .unwrap();
    let settings = UserSettings::builder().telephony(telephony).build();
    chime
        .update_user_settings()
        .account_id(account)
        .user_id(&user)
        .user_settings(settings)
        .send()
        .await
        .unwrap();
    let settings = chime
        .get_user_settings()
        .account_id(account)
        .user_id(&user)
        .send()
        .await
        .unwrap();
    assert!(settings.user_settings().unwrap().telephony().unwrap().sms());

    // Bots
    let shown = chime
        .get_bot()
        .account_id(account)
        .bot_id(&bot)
        .send()
        .await
        .unwrap();
    let token = shown.bot().unwrap().security_token().unwrap().to_owned();
    let new = chime
        .regenerate_security_token()
        .account_id(account)
        .bot_id(&bot)
        .send()
        .await
        .unwrap();
    assert_ne!(new.bot().unwrap().security_token(), Some(&*token));
    let disabled = chime
        .update_bot()
        .account_id(account)
        .bot_id(&bot)
        .disabled(true)
        .send()
        .await
        .unwrap();
    assert_eq!(disabled.bot().unwrap().disabled(), Some(true));
    assert_eq!(
        chime
            .list_bots()
            .account_id(account)
            .send()
            .await
            .unwrap()
            .bots()
            .len(),
        1
    );
    chime
        .put_events_configuration()
        .account_id(account)
        .bot_id(&bot)
        .lambda_function_arn("arn:aws:lambda:x")
        .send()
        .await
        .unwrap();
    let events = chime
        .get_events_configuration()
        .account_id(account)
        .bot_id(&bot)
        .send()
        .await
        .unwrap();
    assert_eq!(
        events.events_configuration().unwrap().lambda_function_arn(),
        Some("arn:aws:lambda:x")
    );
    chime
        .delete_events_configuration()
        .account_id(account)
        .bot_id(&bot)
        .send()
        .await
        .unwrap();
    let gone = chime
        .get_events_configuration()
        .account_id(account)
        .bot_id(&bot)
        .send()
        .await;
    assert!(
        gone.unwrap_err()
            .into_service_error()
            .is_not_found_exception()
    );

    // Rooms and memberships
    let renamed = chime
        .update_room()
        .account_id(account)
        .room_id(&room)
        .name("hall")
        .send()
        .await
        .unwrap();
    assert_eq!(renamed.room().unwrap().name(), Some("hall"));
    let added = chime
        .create_room_membership()
        .account_id(account)
        .room_id(&room)
        .member_id(&user)
        .send()
        .await;
    let added = added.unwrap();
    assert_eq!(
        added.room_membership().unwrap().role(),
        Some(&RoomMembershipRole::Member)
    );
    let raised = chime
        .update_room_membership()
        .account_id(account)
        .room_id(&room)
        .member_id(&user)
        .role(RoomMembershipRole::Administrator)
        .send()
        .await
        .unwrap();
    assert_eq!(
        raised.room_membership().unwrap().role(),
        Some(&RoomMembershipRole::Administrator)
    );
    let mine = chime
        .list_rooms()
        .account_id(account)
        .member_id(&user)
        .send()
        .await
        .unwrap();
    assert_eq!(mine.rooms().len(), 1);
    let message = chime
        .redact_room_message()
        .account_id(account)
        .room_id(&room)
        .message_id("m")
        .send()
        .await;
    assert!(
        message
            .unwrap_err()
            .into_service_error()
            .is_not_found_exception()
    );
    chime
        .delete_room_membership()
        .account_id(account)
        .room_id(&room)
        .member_id(&user)
        .send()
        .await
        .unwrap();
    let twice = chime
        .delete_room_membership()
        .account_id(account)
        .room_id(&room)
        .member_id(&user)
        .send()
        .await;
    assert!(
        twice
            .unwrap_err()
            .into_service_error()
            .is_not_found_exception()
    );
    chime
        .delete_room()
        .account_id(account)
        .room_id(&room)
        .send()
        .await
        .unwrap();
    let gone = chime
        .get_room()
        .account_id(account)
        .room_id(&room)
        .send()
        .await;
    assert!(
        gone.unwrap_err()
            .into_service_error()
            .is_not_found_exception()
    );

    // An account with users cannot be deleted.
    let refused = chime
        .delete_account()
        .account_id(account)
        .send()
        .await
        .unwrap_err();
    assert!(
        refused
            .into_service_error()
            .is_unprocessable_entity_exception()
    );
    let empty = chime.create_account().name("Empty").send().await.unwrap();
    let empty = empty.account().unwrap().account_id().to_owned();
    chime
        .delete_account()
        .account_id(&empty)
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn names_of_any_script_survive() {
    let world = World::start().await;
    for name in [
        "Zürich",
        "会議室",
        "a/b?c#d%20",
        "\"quoted\" \\ \u{1F600}",
        " x ",
    ] {
        let id = world.room(name).await;
        let shown = world
            .client
            .get_room()
            .account_id(&world.account)
            .room_id(&id)
            .send()
            .await
            .unwrap();
        assert_eq!(shown.room().unwrap().name(), Some(name));
    }
    // Also in a path.
    let error = world
        .client
        .get_room()
        .account_id(&world.account)
        .room_id("no/such room é?")
        .send()
        .await
        .expect_err("no such room")
        .into_service_error();
    assert!(
        error
            .to_string()
            .contains("room no/such room é? does not exist"),
        "{error}"
    );
}

#[tokio::test]
async fn a_server_that_is_gone_is_a_dispatch_failure() {
    let world = World::start().await;
    let url = world.server.url();
    world.server.stop().await;
    let chime = client(&url, |config| config.retry_config(RetryConfig::disabled()));
    let error = chime
        .list_accounts()
        .send()
        .await
        .expect_err("nobody listens");
    assert!(
        matches!(error, chime_sdk::error::SdkError::DispatchFailure(_)),
        "{error:?}"
    );
    let error = error.into_service_error();
    assert!(
        error
            .to_string()
            .starts_with("ListAccounts failed: dispatch failure: io error: "),
        "{error}"
    );
}
