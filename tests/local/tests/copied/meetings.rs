// Written by `UPDATE_EXPECT=1 cargo test -p chime-local-tests --test copies`. Do not edit.

//! Requests to chime-sdk-meetings as the console shows them.

use super::Outcome;

async fn BatchCreateAttendee(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .batch_create_attendee()
        .attendees(chime_sdk_meetings::types::CreateAttendeeRequestItem::builder()
            .capabilities(chime_sdk_meetings::types::AttendeeCapabilities::builder()
                .audio("None".into())
                .content("None".into())
                .video("None".into())
                .build()?)
            .external_user_id("(hidden)")
            .build()?)
        .meeting_id("MeetingId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn BatchUpdateAttendeeCapabilitiesExcept(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .batch_update_attendee_capabilities_except()
        .capabilities(chime_sdk_meetings::types::AttendeeCapabilities::builder()
            .audio("None".into())
            .content("None".into())
            .video("None".into())
            .build()?)
        .excluded_attendee_ids(chime_sdk_meetings::types::AttendeeIdItem::builder()
            .attendee_id("AttendeeId")
            .build()?)
        .meeting_id("MeetingId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateAttendee(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .create_attendee()
        .capabilities(chime_sdk_meetings::types::AttendeeCapabilities::builder()
            .audio("None".into())
            .content("None".into())
            .video("None".into())
            .build()?)
        .external_user_id("(hidden)")
        .meeting_id("MeetingId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateMeeting(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .create_meeting()
        .client_request_token("(hidden)")
        .external_meeting_id("(hidden)")
        .media_placement_network_type("DualStack".into())
        .media_region("MediaRegion")
        .meeting_features(chime_sdk_meetings::types::MeetingFeaturesConfiguration::builder()
            .attendee(chime_sdk_meetings::types::AttendeeFeatures::builder()
                .max_count(1)
                .build())
            .audio(chime_sdk_meetings::types::AudioFeatures::builder()
                .echo_reduction("AVAILABLE".into())
                .build())
            .content(chime_sdk_meetings::types::ContentFeatures::builder()
                .max_resolution("FHD".into())
                .build())
            .video(chime_sdk_meetings::types::VideoFeatures::builder()
                .max_resolution("FHD".into())
                .build())
            .build())
        .meeting_host_id("(hidden)")
        .notifications_configuration(chime_sdk_meetings::types::NotificationsConfiguration::builder()
            .lambda_function_arn("(hidden)")
            .sns_topic_arn("(hidden)")
            .sqs_queue_arn("(hidden)")
            .build())
        .primary_meeting_id("PrimaryMeetingId")
        .tags(chime_sdk_meetings::types::Tag::builder()
            .key("Key")
            .value("Value")
            .build()?)
        .tenant_ids("TenantIds")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateMeetingWithAttendees(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .create_meeting_with_attendees()
        .attendees(chime_sdk_meetings::types::CreateAttendeeRequestItem::builder()
            .capabilities(chime_sdk_meetings::types::AttendeeCapabilities::builder()
                .audio("None".into())
                .content("None".into())
                .video("None".into())
                .build()?)
            .external_user_id("(hidden)")
            .build()?)
        .client_request_token("(hidden)")
        .external_meeting_id("(hidden)")
        .media_placement_network_type("DualStack".into())
        .media_region("MediaRegion")
        .meeting_features(chime_sdk_meetings::types::MeetingFeaturesConfiguration::builder()
            .attendee(chime_sdk_meetings::types::AttendeeFeatures::builder()
                .max_count(1)
                .build())
            .audio(chime_sdk_meetings::types::AudioFeatures::builder()
                .echo_reduction("AVAILABLE".into())
                .build())
            .content(chime_sdk_meetings::types::ContentFeatures::builder()
                .max_resolution("FHD".into())
                .build())
            .video(chime_sdk_meetings::types::VideoFeatures::builder()
                .max_resolution("FHD".into())
                .build())
            .build())
        .meeting_host_id("(hidden)")
        .notifications_configuration(chime_sdk_meetings::types::NotificationsConfiguration::builder()
            .lambda_function_arn("(hidden)")
            .sns_topic_arn("(hidden)")
            .sqs_queue_arn("(hidden)")
            .build())
        .primary_meeting_id("PrimaryMeetingId")
        .tags(chime_sdk_meetings::types::Tag::builder()
            .key("Key")
            .value("Value")
            .build()?)
        .tenant_ids("TenantIds")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteAttendee(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .delete_attendee()
        .attendee_id("AttendeeId")
        .meeting_id("MeetingId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteMeeting(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .delete_meeting()
        .meeting_id("MeetingId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetAttendee(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .get_attendee()
        .attendee_id("AttendeeId")
        .meeting_id("MeetingId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetMeeting(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .get_meeting()
        .meeting_id("MeetingId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListAttendees(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .list_attendees()
        .max_results(1)
        .meeting_id("MeetingId")
        .next_token("NextToken")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListTagsForResource(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .list_tags_for_resource()
        .resource_arn("ResourceARN")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn StartMeetingTranscription(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .start_meeting_transcription()
        .meeting_id("MeetingId")
        .transcription_configuration(chime_sdk_meetings::types::TranscriptionConfiguration::builder()
            .engine_transcribe_medical_settings(chime_sdk_meetings::types::EngineTranscribeMedicalSettings::builder()
                .content_identification_type("PHI".into())
                .language_code("en-US".into())
                .region("ap-southeast-2".into())
                .specialty("CARDIOLOGY".into())
                .r#type("CONVERSATION".into())
                .vocabulary_name("VocabularyName")
                .build()?)
            .engine_transcribe_settings(chime_sdk_meetings::types::EngineTranscribeSettings::builder()
                .content_identification_type("PII".into())
                .content_redaction_type("PII".into())
                .enable_partial_results_stabilization(true)
                .identify_language(true)
                .language_code("de-DE".into())
                .language_model_name("LanguageModelName")
                .language_options("LanguageOptions")
                .partial_results_stability("high".into())
                .pii_entity_types("PiiEntityTypes")
                .preferred_language("de-DE".into())
                .region("ap-northeast-1".into())
                .vocabulary_filter_method("mask".into())
                .vocabulary_filter_name("VocabularyFilterName")
                .vocabulary_filter_names("VocabularyFilterNames")
                .vocabulary_name("VocabularyName")
                .vocabulary_names("VocabularyNames")
                .build())
            .build())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn StopMeetingTranscription(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .stop_meeting_transcription()
        .meeting_id("MeetingId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn TagResource(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .tag_resource()
        .resource_arn("ResourceARN")
        .tags(chime_sdk_meetings::types::Tag::builder()
            .key("Key")
            .value("Value")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UntagResource(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .untag_resource()
        .resource_arn("ResourceARN")
        .tag_keys("TagKeys")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateAttendeeCapabilities(client: &chime_sdk_meetings::Client) -> Outcome {
    // client: chime_sdk_meetings::Client
    let output = client
        .update_attendee_capabilities()
        .attendee_id("AttendeeId")
        .capabilities(chime_sdk_meetings::types::AttendeeCapabilities::builder()
            .audio("None".into())
            .content("None".into())
            .video("None".into())
            .build()?)
        .meeting_id("MeetingId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

pub(crate) async fn all(client: &chime_sdk_meetings::Client) -> Vec<Outcome> {
    vec![
        BatchCreateAttendee(client).await,
        BatchUpdateAttendeeCapabilitiesExcept(client).await,
        CreateAttendee(client).await,
        CreateMeeting(client).await,
        CreateMeetingWithAttendees(client).await,
        DeleteAttendee(client).await,
        DeleteMeeting(client).await,
        GetAttendee(client).await,
        GetMeeting(client).await,
        ListAttendees(client).await,
        ListTagsForResource(client).await,
        StartMeetingTranscription(client).await,
        StopMeetingTranscription(client).await,
        TagResource(client).await,
        UntagResource(client).await,
        UpdateAttendeeCapabilities(client).await,
    ]
}
