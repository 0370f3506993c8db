// Written by `UPDATE_EXPECT=1 cargo test -p chime-local-tests --test copies`. Do not edit.

//! Requests to chime-sdk-identity as the console shows them.

use super::Outcome;

async fn CreateAppInstance(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .create_app_instance()
        .client_request_token("ClientRequestToken")
        .metadata("(hidden)")
        .name("(hidden)")
        .tags(chime_sdk_identity::types::Tag::builder()
            .key("(hidden)")
            .value("(hidden)")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateAppInstanceAdmin(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .create_app_instance_admin()
        .app_instance_admin_arn("AppInstanceAdminArn")
        .app_instance_arn("AppInstanceArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateAppInstanceBot(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .create_app_instance_bot()
        .app_instance_arn("AppInstanceArn")
        .client_request_token("ClientRequestToken")
        .configuration(chime_sdk_identity::types::Configuration::builder()
            .lex(chime_sdk_identity::types::LexConfiguration::builder()
                .invoked_by(chime_sdk_identity::types::InvokedBy::builder()
                    .standard_messages("ALL".into())
                    .targeted_messages("ALL".into())
                    .build()?)
                .lex_bot_alias_arn("LexBotAliasArn")
                .locale_id("LocaleId")
                .responds_to("STANDARD_MESSAGES".into())
                .welcome_intent("WelcomeIntent")
                .build()?)
            .build())
        .metadata("(hidden)")
        .name("(hidden)")
        .tags(chime_sdk_identity::types::Tag::builder()
            .key("(hidden)")
            .value("(hidden)")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateAppInstanceUser(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .create_app_instance_user()
        .app_instance_arn("AppInstanceArn")
        .app_instance_user_id("(hidden)")
        .client_request_token("ClientRequestToken")
        .expiration_settings(chime_sdk_identity::types::ExpirationSettings::builder()
            .expiration_criterion("CREATED_TIMESTAMP".into())
            .expiration_days(1)
            .build()?)
        .metadata("(hidden)")
        .name("(hidden)")
        .tags(chime_sdk_identity::types::Tag::builder()
            .key("(hidden)")
            .value("(hidden)")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteAppInstance(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .delete_app_instance()
        .app_instance_arn("AppInstanceArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteAppInstanceAdmin(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .delete_app_instance_admin()
        .app_instance_admin_arn("AppInstanceAdminArn")
        .app_instance_arn("AppInstanceArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteAppInstanceBot(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .delete_app_instance_bot()
        .app_instance_bot_arn("AppInstanceBotArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteAppInstanceUser(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .delete_app_instance_user()
        .app_instance_user_arn("AppInstanceUserArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeregisterAppInstanceUserEndpoint(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .deregister_app_instance_user_endpoint()
        .app_instance_user_arn("AppInstanceUserArn")
        .endpoint_id("EndpointId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DescribeAppInstance(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .describe_app_instance()
        .app_instance_arn("AppInstanceArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DescribeAppInstanceAdmin(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .describe_app_instance_admin()
        .app_instance_admin_arn("AppInstanceAdminArn")
        .app_instance_arn("AppInstanceArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DescribeAppInstanceBot(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .describe_app_instance_bot()
        .app_instance_bot_arn("AppInstanceBotArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DescribeAppInstanceUser(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .describe_app_instance_user()
        .app_instance_user_arn("AppInstanceUserArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DescribeAppInstanceUserEndpoint(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .describe_app_instance_user_endpoint()
        .app_instance_user_arn("AppInstanceUserArn")
        .endpoint_id("EndpointId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetAppInstanceRetentionSettings(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .get_app_instance_retention_settings()
        .app_instance_arn("AppInstanceArn")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListAppInstanceAdmins(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .list_app_instance_admins()
        .app_instance_arn("AppInstanceArn")
        .max_results(1)
        .next_token("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListAppInstanceBots(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .list_app_instance_bots()
        .app_instance_arn("AppInstanceArn")
        .max_results(1)
        .next_token("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListAppInstanceUserEndpoints(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .list_app_instance_user_endpoints()
        .app_instance_user_arn("(not in the log)")
        .max_results(1)
        .next_token("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListAppInstanceUsers(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .list_app_instance_users()
        .app_instance_arn("AppInstanceArn")
        .max_results(1)
        .next_token("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListAppInstances(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .list_app_instances()
        .max_results(1)
        .next_token("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListTagsForResource(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .list_tags_for_resource()
        .resource_arn("ResourceARN")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn PutAppInstanceRetentionSettings(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .put_app_instance_retention_settings()
        .app_instance_arn("AppInstanceArn")
        .app_instance_retention_settings(chime_sdk_identity::types::AppInstanceRetentionSettings::builder()
            .channel_retention_settings(chime_sdk_identity::types::ChannelRetentionSettings::builder()
                .retention_days(1)
                .build())
            .build())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn PutAppInstanceUserExpirationSettings(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .put_app_instance_user_expiration_settings()
        .app_instance_user_arn("AppInstanceUserArn")
        .expiration_settings(chime_sdk_identity::types::ExpirationSettings::builder()
            .expiration_criterion("CREATED_TIMESTAMP".into())
            .expiration_days(1)
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn RegisterAppInstanceUserEndpoint(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .register_app_instance_user_endpoint()
        .allow_messages("ALL".into())
        .app_instance_user_arn("(not in the log)")
        .client_request_token("ClientRequestToken")
        .endpoint_attributes(chime_sdk_identity::types::EndpointAttributes::builder()
            .device_token("(hidden)")
            .voip_device_token("(hidden)")
            .build()?)
        .name("(hidden)")
        .resource_arn("ResourceArn")
        .r#type("APNS".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn TagResource(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .tag_resource()
        .resource_arn("ResourceARN")
        .tags(chime_sdk_identity::types::Tag::builder()
            .key("(hidden)")
            .value("(hidden)")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UntagResource(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .untag_resource()
        .resource_arn("ResourceARN")
        .tag_keys("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateAppInstance(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .update_app_instance()
        .app_instance_arn("AppInstanceArn")
        .metadata("(hidden)")
        .name("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateAppInstanceBot(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .update_app_instance_bot()
        .app_instance_bot_arn("AppInstanceBotArn")
        .configuration(chime_sdk_identity::types::Configuration::builder()
            .lex(chime_sdk_identity::types::LexConfiguration::builder()
                .invoked_by(chime_sdk_identity::types::InvokedBy::builder()
                    .standard_messages("ALL".into())
                    .targeted_messages("ALL".into())
                    .build()?)
                .lex_bot_alias_arn("LexBotAliasArn")
                .locale_id("LocaleId")
                .responds_to("STANDARD_MESSAGES".into())
                .welcome_intent("WelcomeIntent")
                .build()?)
            .build())
        .metadata("(hidden)")
        .name("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateAppInstanceUser(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .update_app_instance_user()
        .app_instance_user_arn("AppInstanceUserArn")
        .metadata("(hidden)")
        .name("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateAppInstanceUserEndpoint(client: &chime_sdk_identity::Client) -> Outcome {
    // client: chime_sdk_identity::Client
    let output = client
        .update_app_instance_user_endpoint()
        .allow_messages("ALL".into())
        .app_instance_user_arn("AppInstanceUserArn")
        .endpoint_id("EndpointId")
        .name("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

pub(crate) async fn all(client: &chime_sdk_identity::Client) -> Vec<Outcome> {
    vec![
        CreateAppInstance(client).await,
        CreateAppInstanceAdmin(client).await,
        CreateAppInstanceBot(client).await,
        CreateAppInstanceUser(client).await,
        DeleteAppInstance(client).await,
        DeleteAppInstanceAdmin(client).await,
        DeleteAppInstanceBot(client).await,
        DeleteAppInstanceUser(client).await,
        DeregisterAppInstanceUserEndpoint(client).await,
        DescribeAppInstance(client).await,
        DescribeAppInstanceAdmin(client).await,
        DescribeAppInstanceBot(client).await,
        DescribeAppInstanceUser(client).await,
        DescribeAppInstanceUserEndpoint(client).await,
        GetAppInstanceRetentionSettings(client).await,
        ListAppInstanceAdmins(client).await,
        ListAppInstanceBots(client).await,
        ListAppInstanceUserEndpoints(client).await,
        ListAppInstanceUsers(client).await,
        ListAppInstances(client).await,
        ListTagsForResource(client).await,
        PutAppInstanceRetentionSettings(client).await,
        PutAppInstanceUserExpirationSettings(client).await,
        RegisterAppInstanceUserEndpoint(client).await,
        TagResource(client).await,
        UntagResource(client).await,
        UpdateAppInstance(client).await,
        UpdateAppInstanceBot(client).await,
        UpdateAppInstanceUser(client).await,
        UpdateAppInstanceUserEndpoint(client).await,
    ]
}
