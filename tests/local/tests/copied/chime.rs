// Written by `UPDATE_EXPECT=1 cargo test -p chime-local-tests --test copies`. Do not edit.

//! Requests to chime as the console shows them.

use super::Outcome;

async fn AssociatePhoneNumberWithUser(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .associate_phone_number_with_user()
        .account_id("AccountId")
        .e164_phone_number("(hidden)")
        .user_id("UserId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn AssociateSigninDelegateGroupsWithAccount(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .associate_signin_delegate_groups_with_account()
        .account_id("AccountId")
        .signin_delegate_groups(chime_sdk::types::SigninDelegateGroup::builder()
            .group_name("GroupName")
            .build())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn BatchCreateRoomMembership(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .batch_create_room_membership()
        .account_id("AccountId")
        .membership_item_list(chime_sdk::types::MembershipItem::builder()
            .member_id("MemberId")
            .role("Administrator".into())
            .build())
        .room_id("RoomId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn BatchDeletePhoneNumber(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .batch_delete_phone_number()
        .phone_number_ids("PhoneNumberIds")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn BatchSuspendUser(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .batch_suspend_user()
        .account_id("AccountId")
        .user_id_list("UserIdList")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn BatchUnsuspendUser(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .batch_unsuspend_user()
        .account_id("AccountId")
        .user_id_list("UserIdList")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn BatchUpdatePhoneNumber(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .batch_update_phone_number()
        .update_phone_number_request_items(chime_sdk::types::UpdatePhoneNumberRequestItem::builder()
            .calling_name("(hidden)")
            .phone_number_id("PhoneNumberId")
            .product_type("BusinessCalling".into())
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn BatchUpdateUser(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .batch_update_user()
        .account_id("AccountId")
        .update_user_request_items(chime_sdk::types::UpdateUserRequestItem::builder()
            .alexa_for_business_metadata(chime_sdk::types::AlexaForBusinessMetadata::builder()
                .alexa_for_business_room_arn("(hidden)")
                .is_alexa_for_business_enabled(true)
                .build())
            .license_type("Basic".into())
            .user_id("UserId")
            .user_type("PrivateUser".into())
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateAccount(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .create_account()
        .name("Name")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateBot(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .create_bot()
        .account_id("AccountId")
        .display_name("(hidden)")
        .domain("Domain")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateMeetingDialOut(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .create_meeting_dial_out()
        .from_phone_number("(hidden)")
        .join_token("(hidden)")
        .meeting_id("MeetingId")
        .to_phone_number("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreatePhoneNumberOrder(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .create_phone_number_order()
        .e164_phone_numbers("(hidden)")
        .product_type("BusinessCalling".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateRoom(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .create_room()
        .account_id("AccountId")
        .client_request_token("(hidden)")
        .name("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateRoomMembership(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .create_room_membership()
        .account_id("AccountId")
        .member_id("MemberId")
        .role("Administrator".into())
        .room_id("RoomId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateUser(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .create_user()
        .account_id("AccountId")
        .email("(hidden)")
        .user_type("PrivateUser".into())
        .username("Username")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteAccount(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .delete_account()
        .account_id("AccountId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteEventsConfiguration(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .delete_events_configuration()
        .account_id("AccountId")
        .bot_id("BotId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeletePhoneNumber(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .delete_phone_number()
        .phone_number_id("PhoneNumberId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteRoom(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .delete_room()
        .account_id("AccountId")
        .room_id("RoomId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteRoomMembership(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .delete_room_membership()
        .account_id("AccountId")
        .member_id("MemberId")
        .room_id("RoomId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DisassociatePhoneNumberFromUser(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .disassociate_phone_number_from_user()
        .account_id("AccountId")
        .user_id("UserId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DisassociateSigninDelegateGroupsFromAccount(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .disassociate_signin_delegate_groups_from_account()
        .account_id("AccountId")
        .group_names("GroupNames")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetAccount(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .get_account()
        .account_id("AccountId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetAccountSettings(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .get_account_settings()
        .account_id("AccountId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetBot(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .get_bot()
        .account_id("AccountId")
        .bot_id("BotId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetEventsConfiguration(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .get_events_configuration()
        .account_id("AccountId")
        .bot_id("BotId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetGlobalSettings(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .get_global_settings()
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetPhoneNumber(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .get_phone_number()
        .phone_number_id("PhoneNumberId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetPhoneNumberOrder(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .get_phone_number_order()
        .phone_number_order_id("PhoneNumberOrderId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetPhoneNumberSettings(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .get_phone_number_settings()
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetRetentionSettings(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .get_retention_settings()
        .account_id("AccountId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetRoom(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .get_room()
        .account_id("AccountId")
        .room_id("RoomId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetUser(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .get_user()
        .account_id("AccountId")
        .user_id("UserId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetUserSettings(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .get_user_settings()
        .account_id("AccountId")
        .user_id("UserId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn InviteUsers(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .invite_users()
        .account_id("AccountId")
        .user_email_list("(hidden)")
        .user_type("PrivateUser".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListAccounts(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .list_accounts()
        .max_results(1)
        .name("Name")
        .next_token("NextToken")
        .user_email("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListBots(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .list_bots()
        .account_id("AccountId")
        .max_results(1)
        .next_token("NextToken")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListPhoneNumberOrders(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .list_phone_number_orders()
        .max_results(1)
        .next_token("NextToken")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListPhoneNumbers(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .list_phone_numbers()
        .filter_name("AccountId".into())
        .filter_value("FilterValue")
        .max_results(1)
        .next_token("NextToken")
        .product_type("BusinessCalling".into())
        .status("AcquireFailed".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListRoomMemberships(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .list_room_memberships()
        .account_id("AccountId")
        .max_results(1)
        .next_token("NextToken")
        .room_id("RoomId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListRooms(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .list_rooms()
        .account_id("AccountId")
        .max_results(1)
        .member_id("MemberId")
        .next_token("NextToken")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListSupportedPhoneNumberCountries(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .list_supported_phone_number_countries()
        .product_type("BusinessCalling".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListUsers(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .list_users()
        .account_id("AccountId")
        .max_results(1)
        .next_token("NextToken")
        .user_email("(hidden)")
        .user_type("PrivateUser".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn LogoutUser(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .logout_user()
        .account_id("AccountId")
        .user_id("UserId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn PutEventsConfiguration(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .put_events_configuration()
        .account_id("AccountId")
        .bot_id("BotId")
        .lambda_function_arn("(hidden)")
        .outbound_events_https_endpoint("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn PutRetentionSettings(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .put_retention_settings()
        .account_id("AccountId")
        .retention_settings(chime_sdk::types::RetentionSettings::builder()
            .conversation_retention_settings(chime_sdk::types::ConversationRetentionSettings::builder()
                .retention_days(1)
                .build())
            .room_retention_settings(chime_sdk::types::RoomRetentionSettings::builder()
                .retention_days(1)
                .build())
            .build())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn RedactConversationMessage(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .redact_conversation_message()
        .account_id("AccountId")
        .conversation_id("ConversationId")
        .message_id("MessageId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn RedactRoomMessage(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .redact_room_message()
        .account_id("AccountId")
        .message_id("MessageId")
        .room_id("RoomId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn RegenerateSecurityToken(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .regenerate_security_token()
        .account_id("AccountId")
        .bot_id("BotId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ResetPersonalPIN(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .reset_personal_pin()
        .account_id("AccountId")
        .user_id("UserId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn RestorePhoneNumber(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .restore_phone_number()
        .phone_number_id("PhoneNumberId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn SearchAvailablePhoneNumbers(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .search_available_phone_numbers()
        .area_code("AreaCode")
        .city("City")
        .country("Country")
        .max_results(1)
        .next_token("NextToken")
        .phone_number_type("Local".into())
        .state("State")
        .toll_free_prefix("TollFreePrefix")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateAccount(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .update_account()
        .account_id("AccountId")
        .default_license("Basic".into())
        .name("Name")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateAccountSettings(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .update_account_settings()
        .account_id("AccountId")
        .account_settings(chime_sdk::types::AccountSettings::builder()
            .disable_remote_control(true)
            .enable_dial_out(true)
            .build())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateBot(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .update_bot()
        .account_id("AccountId")
        .bot_id("BotId")
        .disabled(true)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateGlobalSettings(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .update_global_settings()
        .business_calling(chime_sdk::types::BusinessCallingSettings::builder()
            .cdr_bucket("CdrBucket")
            .build())
        .voice_connector(chime_sdk::types::VoiceConnectorSettings::builder()
            .cdr_bucket("CdrBucket")
            .build())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdatePhoneNumber(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .update_phone_number()
        .calling_name("(hidden)")
        .phone_number_id("PhoneNumberId")
        .product_type("BusinessCalling".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdatePhoneNumberSettings(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .update_phone_number_settings()
        .calling_name("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateRoom(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .update_room()
        .account_id("AccountId")
        .name("(hidden)")
        .room_id("RoomId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateRoomMembership(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .update_room_membership()
        .account_id("AccountId")
        .member_id("MemberId")
        .role("Administrator".into())
        .room_id("RoomId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateUser(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .update_user()
        .account_id("AccountId")
        .alexa_for_business_metadata(chime_sdk::types::AlexaForBusinessMetadata::builder()
            .alexa_for_business_room_arn("(hidden)")
            .is_alexa_for_business_enabled(true)
            .build())
        .license_type("Basic".into())
        .user_id("UserId")
        .user_type("PrivateUser".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateUserSettings(client: &chime_sdk::Client) -> Outcome {
    // client: chime_sdk::Client
    let output = client
        .update_user_settings()
        .account_id("AccountId")
        .user_id("UserId")
        .user_settings(chime_sdk::types::UserSettings::builder()
            .telephony(chime_sdk::types::TelephonySettings::builder()
                .inbound_calling(true)
                .outbound_calling(true)
                .sms(true)
                .build()?)
            .build())
        .send()
        .await?;
    drop(output);
    Ok(())
}

pub(crate) async fn all(client: &chime_sdk::Client) -> Vec<Outcome> {
    vec![
        AssociatePhoneNumberWithUser(client).await,
        AssociateSigninDelegateGroupsWithAccount(client).await,
        BatchCreateRoomMembership(client).await,
        BatchDeletePhoneNumber(client).await,
        BatchSuspendUser(client).await,
        BatchUnsuspendUser(client).await,
        BatchUpdatePhoneNumber(client).await,
        BatchUpdateUser(client).await,
        CreateAccount(client).await,
        CreateBot(client).await,
        CreateMeetingDialOut(client).await,
        CreatePhoneNumberOrder(client).await,
        CreateRoom(client).await,
        CreateRoomMembership(client).await,
        CreateUser(client).await,
        DeleteAccount(client).await,
        DeleteEventsConfiguration(client).await,
        DeletePhoneNumber(client).await,
        DeleteRoom(client).await,
        DeleteRoomMembership(client).await,
        DisassociatePhoneNumberFromUser(client).await,
        DisassociateSigninDelegateGroupsFromAccount(client).await,
        GetAccount(client).await,
        GetAccountSettings(client).await,
        GetBot(client).await,
        GetEventsConfiguration(client).await,
        GetGlobalSettings(client).await,
        GetPhoneNumber(client).await,
        GetPhoneNumberOrder(client).await,
        GetPhoneNumberSettings(client).await,
        GetRetentionSettings(client).await,
        GetRoom(client).await,
        GetUser(client).await,
        GetUserSettings(client).await,
        InviteUsers(client).await,
        ListAccounts(client).await,
        ListBots(client).await,
        ListPhoneNumberOrders(client).await,
        ListPhoneNumbers(client).await,
        ListRoomMemberships(client).await,
        ListRooms(client).await,
        ListSupportedPhoneNumberCountries(client).await,
        ListUsers(client).await,
        LogoutUser(client).await,
        PutEventsConfiguration(client).await,
        PutRetentionSettings(client).await,
        RedactConversationMessage(client).await,
        RedactRoomMessage(client).await,
        RegenerateSecurityToken(client).await,
        ResetPersonalPIN(client).await,
        RestorePhoneNumber(client).await,
        SearchAvailablePhoneNumbers(client).await,
        UpdateAccount(client).await,
        UpdateAccountSettings(client).await,
        UpdateBot(client).await,
        UpdateGlobalSettings(client).await,
        UpdatePhoneNumber(client).await,
        UpdatePhoneNumberSettings(client).await,
        UpdateRoom(client).await,
        UpdateRoomMembership(client).await,
        UpdateUser(client).await,
        UpdateUserSettings(client).await,
    ]
}
