// Written by `UPDATE_EXPECT=1 cargo test -p chime-local-tests --test copies`. Do not edit.

//! Requests to chime-sdk-messaging as the console shows them.

use super::Outcome;

async fn AssociateChannelFlow(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .associate_channel_flow()
        .channel_arn("ChannelArn")
        .channel_flow_arn("ChannelFlowArn")
        .chime_bearer("(not in the log)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn BatchCreateChannelMembership(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .batch_create_channel_membership()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .member_arns("MemberArns")
        .sub_channel_id("SubChannelId")
        .r#type("DEFAULT".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ChannelFlowCallback(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .channel_flow_callback()
        .callback_id("CallbackId")
        .channel_arn("ChannelArn")
        .channel_message(chime_sdk_messaging::types::ChannelMessageCallback::builder()
            .content("(hidden)")
            .content_type("(hidden)")
            .message_attributes("key", chime_sdk_messaging::types::MessageAttributeValue::builder()
                .string_values("(hidden)")
                .build())
            .message_id("MessageId")
            .metadata("(hidden)")
            .push_notification(chime_sdk_messaging::types::PushNotificationConfiguration::builder()
                .body("(hidden)")
                .title("(hidden)")
                .r#type("DEFAULT".into())
                .build())
            .sub_channel_id("SubChannelId")
            .build()?)
        .delete_resource(true)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateChannel(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .create_channel()
        .app_instance_arn("AppInstanceArn")
        .channel_id("(hidden)")
        .chime_bearer("(not in the log)")
        .client_request_token("(hidden)")
        .elastic_channel_configuration(chime_sdk_messaging::types::ElasticChannelConfiguration::builder()
            .maximum_sub_channels(1)
            .minimum_membership_percentage(1)
            .target_memberships_per_sub_channel(1)
            .build()?)
        .expiration_settings(chime_sdk_messaging::types::ExpirationSettings::builder()
            .expiration_criterion("CREATED_TIMESTAMP".into())
            .expiration_days(1)
            .build()?)
        .member_arns("MemberArns")
        .metadata("(hidden)")
        .mode("RESTRICTED".into())
        .moderator_arns("ModeratorArns")
        .name("(hidden)")
        .privacy("PRIVATE".into())
        .tags(chime_sdk_messaging::types::Tag::builder()
            .key("(hidden)")
            .value("(hidden)")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateChannelBan(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .create_channel_ban()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .member_arn("MemberArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateChannelFlow(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .create_channel_flow()
        .app_instance_arn("AppInstanceArn")
        .client_request_token("(hidden)")
        .name("(hidden)")
        .processors(chime_sdk_messaging::types::Processor::builder()
            .configuration(chime_sdk_messaging::types::ProcessorConfiguration::builder()
                .lambda(chime_sdk_messaging::types::LambdaConfiguration::builder()
                    .invocation_type("ASYNC".into())
                    .resource_arn("ResourceArn")
                    .build()?)
                .build())
            .execution_order(1)
            .fallback_action("ABORT".into())
            .name("(hidden)")
            .build()?)
        .tags(chime_sdk_messaging::types::Tag::builder()
            .key("(hidden)")
            .value("(hidden)")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateChannelMembership(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .create_channel_membership()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .member_arn("MemberArn")
        .sub_channel_id("SubChannelId")
        .r#type("DEFAULT".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateChannelModerator(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .create_channel_moderator()
        .channel_arn("ChannelArn")
        .channel_moderator_arn("ChannelModeratorArn")
        .chime_bearer("(not in the log)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteChannel(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .delete_channel()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteChannelBan(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .delete_channel_ban()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .member_arn("MemberArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteChannelFlow(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .delete_channel_flow()
        .channel_flow_arn("ChannelFlowArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteChannelMembership(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .delete_channel_membership()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .member_arn("MemberArn")
        .sub_channel_id("SubChannelId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteChannelMessage(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .delete_channel_message()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .message_id("MessageId")
        .sub_channel_id("SubChannelId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteChannelModerator(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .delete_channel_moderator()
        .channel_arn("ChannelArn")
        .channel_moderator_arn("ChannelModeratorArn")
        .chime_bearer("(not in the log)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteMessagingStreamingConfigurations(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .delete_messaging_streaming_configurations()
        .app_instance_arn("AppInstanceArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DescribeChannel(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .describe_channel()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DescribeChannelBan(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .describe_channel_ban()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .member_arn("MemberArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DescribeChannelFlow(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .describe_channel_flow()
        .channel_flow_arn("ChannelFlowArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DescribeChannelMembership(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .describe_channel_membership()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .member_arn("MemberArn")
        .sub_channel_id("SubChannelId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DescribeChannelMembershipForAppInstanceUser(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .describe_channel_membership_for_app_instance_user()
        .app_instance_user_arn("AppInstanceUserArn")
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DescribeChannelModeratedByAppInstanceUser(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .describe_channel_moderated_by_app_instance_user()
        .app_instance_user_arn("AppInstanceUserArn")
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DescribeChannelModerator(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .describe_channel_moderator()
        .channel_arn("ChannelArn")
        .channel_moderator_arn("ChannelModeratorArn")
        .chime_bearer("(not in the log)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DisassociateChannelFlow(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .disassociate_channel_flow()
        .channel_arn("ChannelArn")
        .channel_flow_arn("ChannelFlowArn")
        .chime_bearer("(not in the log)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetChannelMembershipPreferences(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .get_channel_membership_preferences()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .member_arn("MemberArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetChannelMessage(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .get_channel_message()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .message_id("MessageId")
        .sub_channel_id("SubChannelId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetChannelMessageStatus(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .get_channel_message_status()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .message_id("MessageId")
        .sub_channel_id("SubChannelId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetMessagingSessionEndpoint(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .get_messaging_session_endpoint()
        .network_type("DUAL_STACK".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetMessagingStreamingConfigurations(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .get_messaging_streaming_configurations()
        .app_instance_arn("AppInstanceArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListChannelBans(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .list_channel_bans()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .max_results(1)
        .next_token("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListChannelFlows(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .list_channel_flows()
        .app_instance_arn("AppInstanceArn")
        .max_results(1)
        .next_token("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListChannelMemberships(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .list_channel_memberships()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .max_results(1)
        .next_token("(hidden)")
        .sub_channel_id("SubChannelId")
        .r#type("DEFAULT".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListChannelMembershipsForAppInstanceUser(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .list_channel_memberships_for_app_instance_user()
        .app_instance_user_arn("AppInstanceUserArn")
        .chime_bearer("(not in the log)")
        .max_results(1)
        .next_token("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListChannelMessages(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .list_channel_messages()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .max_results(1)
        .next_token("(hidden)")
        .not_after(chime_sdk_messaging::primitives::DateTime::from_str("2000-01-01T00:00:00Z", chime_sdk_messaging::primitives::DateTimeFormat::DateTime)?)
        .not_before(chime_sdk_messaging::primitives::DateTime::from_str("2000-01-01T00:00:00Z", chime_sdk_messaging::primitives::DateTimeFormat::DateTime)?)
        .sort_order("ASCENDING".into())
        .sub_channel_id("SubChannelId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListChannelModerators(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .list_channel_moderators()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .max_results(1)
        .next_token("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListChannels(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .list_channels()
        .app_instance_arn("AppInstanceArn")
        .chime_bearer("(not in the log)")
        .max_results(1)
        .next_token("(hidden)")
        .privacy("PRIVATE".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListChannelsAssociatedWithChannelFlow(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .list_channels_associated_with_channel_flow()
        .channel_flow_arn("ChannelFlowArn")
        .max_results(1)
        .next_token("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListChannelsModeratedByAppInstanceUser(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .list_channels_moderated_by_app_instance_user()
        .app_instance_user_arn("AppInstanceUserArn")
        .chime_bearer("(not in the log)")
        .max_results(1)
        .next_token("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListSubChannels(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .list_sub_channels()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .max_results(1)
        .next_token("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListTagsForResource(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .list_tags_for_resource()
        .resource_arn("ResourceARN")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn PutChannelExpirationSettings(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .put_channel_expiration_settings()
        .channel_arn("ChannelArn")
        .expiration_settings(chime_sdk_messaging::types::ExpirationSettings::builder()
            .expiration_criterion("CREATED_TIMESTAMP".into())
            .expiration_days(1)
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn PutChannelMembershipPreferences(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .put_channel_membership_preferences()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .member_arn("MemberArn")
        .preferences(chime_sdk_messaging::types::ChannelMembershipPreferences::builder()
            .push_notifications(chime_sdk_messaging::types::PushNotificationPreferences::builder()
                .allow_notifications("ALL".into())
                .filter_rule("(hidden)")
                .build()?)
            .build())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn PutMessagingStreamingConfigurations(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .put_messaging_streaming_configurations()
        .app_instance_arn("AppInstanceArn")
        .streaming_configurations(chime_sdk_messaging::types::StreamingConfiguration::builder()
            .data_type("Channel".into())
            .resource_arn("ResourceArn")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn RedactChannelMessage(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .redact_channel_message()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .message_id("MessageId")
        .sub_channel_id("SubChannelId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn SearchChannels(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .search_channels()
        .fields(chime_sdk_messaging::types::SearchField::builder()
            .key("MEMBERS".into())
            .operator("EQUALS".into())
            .values("Values")
            .build()?)
        .max_results(1)
        .next_token("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn SendChannelMessage(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .send_channel_message()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .client_request_token("(hidden)")
        .content("(hidden)")
        .content_type("(hidden)")
        .message_attributes("key", chime_sdk_messaging::types::MessageAttributeValue::builder()
            .string_values("(hidden)")
            .build())
        .metadata("(hidden)")
        .persistence("NON_PERSISTENT".into())
        .push_notification(chime_sdk_messaging::types::PushNotificationConfiguration::builder()
            .body("(hidden)")
            .title("(hidden)")
            .r#type("DEFAULT".into())
            .build())
        .sub_channel_id("SubChannelId")
        .target(chime_sdk_messaging::types::Target::builder()
            .member_arn("MemberArn")
            .build())
        .r#type("CONTROL".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn TagResource(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .tag_resource()
        .resource_arn("ResourceARN")
        .tags(chime_sdk_messaging::types::Tag::builder()
            .key("(hidden)")
            .value("(hidden)")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UntagResource(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .untag_resource()
        .resource_arn("ResourceARN")
        .tag_keys("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateChannel(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .update_channel()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .metadata("(hidden)")
        .mode("RESTRICTED".into())
        .name("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateChannelFlow(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .update_channel_flow()
        .channel_flow_arn("ChannelFlowArn")
        .name("(hidden)")
        .processors(chime_sdk_messaging::types::Processor::builder()
            .configuration(chime_sdk_messaging::types::ProcessorConfiguration::builder()
                .lambda(chime_sdk_messaging::types::LambdaConfiguration::builder()
                    .invocation_type("ASYNC".into())
                    .resource_arn("ResourceArn")
                    .build()?)
                .build())
            .execution_order(1)
            .fallback_action("ABORT".into())
            .name("(hidden)")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateChannelMessage(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .update_channel_message()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .content("(hidden)")
        .content_type("(hidden)")
        .message_id("MessageId")
        .metadata("(hidden)")
        .sub_channel_id("SubChannelId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateChannelReadMarker(client: &chime_sdk_messaging::Client) -> Outcome {
    // client: chime_sdk_messaging::Client
    let output = client
        .update_channel_read_marker()
        .channel_arn("ChannelArn")
        .chime_bearer("(not in the log)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

pub(crate) async fn all(client: &chime_sdk_messaging::Client) -> Vec<Outcome> {
    vec![
        AssociateChannelFlow(client).await,
        BatchCreateChannelMembership(client).await,
        ChannelFlowCallback(client).await,
        CreateChannel(client).await,
        CreateChannelBan(client).await,
        CreateChannelFlow(client).await,
        CreateChannelMembership(client).await,
        CreateChannelModerator(client).await,
        DeleteChannel(client).await,
        DeleteChannelBan(client).await,
        DeleteChannelFlow(client).await,
        DeleteChannelMembership(client).await,
        DeleteChannelMessage(client).await,
        DeleteChannelModerator(client).await,
        DeleteMessagingStreamingConfigurations(client).await,
        DescribeChannel(client).await,
        DescribeChannelBan(client).await,
        DescribeChannelFlow(client).await,
        DescribeChannelMembership(client).await,
        DescribeChannelMembershipForAppInstanceUser(client).await,
        DescribeChannelModeratedByAppInstanceUser(client).await,
        DescribeChannelModerator(client).await,
        DisassociateChannelFlow(client).await,
        GetChannelMembershipPreferences(client).await,
        GetChannelMessage(client).await,
        GetChannelMessageStatus(client).await,
        GetMessagingSessionEndpoint(client).await,
        GetMessagingStreamingConfigurations(client).await,
        ListChannelBans(client).await,
        ListChannelFlows(client).await,
        ListChannelMemberships(client).await,
        ListChannelMembershipsForAppInstanceUser(client).await,
        ListChannelMessages(client).await,
        ListChannelModerators(client).await,
        ListChannels(client).await,
        ListChannelsAssociatedWithChannelFlow(client).await,
        ListChannelsModeratedByAppInstanceUser(client).await,
        ListSubChannels(client).await,
        ListTagsForResource(client).await,
        PutChannelExpirationSettings(client).await,
        PutChannelMembershipPreferences(client).await,
        PutMessagingStreamingConfigurations(client).await,
        RedactChannelMessage(client).await,
        SearchChannels(client).await,
        SendChannelMessage(client).await,
        TagResource(client).await,
        UntagResource(client).await,
        UpdateChannel(client).await,
        UpdateChannelFlow(client).await,
        UpdateChannelMessage(client).await,
        UpdateChannelReadMarker(client).await,
    ]
}
