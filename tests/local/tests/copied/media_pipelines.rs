// Written by `UPDATE_EXPECT=1 cargo test -p chime-local-tests --test copies`. Do not edit.

//! Requests to chime-sdk-media-pipelines as the console shows them.

use super::Outcome;

async fn CreateMediaCapturePipeline(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .create_media_capture_pipeline()
        .chime_sdk_meeting_configuration(chime_sdk_media_pipelines::types::ChimeSdkMeetingConfiguration::builder()
            .artifacts_configuration(chime_sdk_media_pipelines::types::ArtifactsConfiguration::builder()
                .audio(chime_sdk_media_pipelines::types::AudioArtifactsConfiguration::builder()
                    .mux_type("AudioOnly".into())
                    .build()?)
                .composited_video(chime_sdk_media_pipelines::types::CompositedVideoArtifactsConfiguration::builder()
                    .grid_view_configuration(chime_sdk_media_pipelines::types::GridViewConfiguration::builder()
                        .active_speaker_only_configuration(chime_sdk_media_pipelines::types::ActiveSpeakerOnlyConfiguration::builder()
                            .active_speaker_position("BottomLeft".into())
                            .build())
                        .canvas_orientation("Landscape".into())
                        .content_share_layout("ActiveSpeakerOnly".into())
                        .horizontal_layout_configuration(chime_sdk_media_pipelines::types::HorizontalLayoutConfiguration::builder()
                            .tile_aspect_ratio("TileAspectRatio")
                            .tile_count(1)
                            .tile_order("JoinSequence".into())
                            .tile_position("Bottom".into())
                            .build())
                        .presenter_only_configuration(chime_sdk_media_pipelines::types::PresenterOnlyConfiguration::builder()
                            .presenter_position("BottomLeft".into())
                            .build())
                        .vertical_layout_configuration(chime_sdk_media_pipelines::types::VerticalLayoutConfiguration::builder()
                            .tile_aspect_ratio("TileAspectRatio")
                            .tile_count(1)
                            .tile_order("JoinSequence".into())
                            .tile_position("Left".into())
                            .build())
                        .video_attribute(chime_sdk_media_pipelines::types::VideoAttribute::builder()
                            .border_color("Black".into())
                            .border_thickness(1)
                            .corner_radius(1)
                            .highlight_color("Black".into())
                            .build())
                        .build()?)
                    .layout("GridView".into())
                    .resolution("FHD".into())
                    .build())
                .content(chime_sdk_media_pipelines::types::ContentArtifactsConfiguration::builder()
                    .mux_type("ContentOnly".into())
                    .state("Disabled".into())
                    .build()?)
                .video(chime_sdk_media_pipelines::types::VideoArtifactsConfiguration::builder()
                    .mux_type("VideoOnly".into())
                    .state("Disabled".into())
                    .build()?)
                .build())
            .source_configuration(chime_sdk_media_pipelines::types::SourceConfiguration::builder()
                .selected_video_streams(chime_sdk_media_pipelines::types::SelectedVideoStreams::builder()
                    .attendee_ids("AttendeeIds")
                    .external_user_ids("(hidden)")
                    .build())
                .build())
            .build())
        .client_request_token("(hidden)")
        .sink_arn("(hidden)")
        .sink_iam_role_arn("(hidden)")
        .sink_type("S3Bucket".into())
        .source_arn("(hidden)")
        .source_type("ChimeSdkMeeting".into())
        .sse_aws_key_management_params(chime_sdk_media_pipelines::types::SseAwsKeyManagementParams::builder()
            .aws_kms_encryption_context("AwsKmsEncryptionContext")
            .aws_kms_key_id("AwsKmsKeyId")
            .build()?)
        .tags(chime_sdk_media_pipelines::types::Tag::builder()
            .key("Key")
            .value("Value")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateMediaConcatenationPipeline(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .create_media_concatenation_pipeline()
        .client_request_token("(hidden)")
        .sinks(chime_sdk_media_pipelines::types::ConcatenationSink::builder()
            .s3_bucket_sink_configuration(chime_sdk_media_pipelines::types::S3BucketSinkConfiguration::builder()
                .destination("(hidden)")
                .build()?)
            .r#type("S3Bucket".into())
            .build()?)
        .sources(chime_sdk_media_pipelines::types::ConcatenationSource::builder()
            .media_capture_pipeline_source_configuration(chime_sdk_media_pipelines::types::MediaCapturePipelineSourceConfiguration::builder()
                .chime_sdk_meeting_configuration(chime_sdk_media_pipelines::types::ChimeSdkMeetingConcatenationConfiguration::builder()
                    .artifacts_configuration(chime_sdk_media_pipelines::types::ArtifactsConcatenationConfiguration::builder()
                        .audio(chime_sdk_media_pipelines::types::AudioConcatenationConfiguration::builder()
                            .state("Enabled".into())
                            .build()?)
                        .composited_video(chime_sdk_media_pipelines::types::CompositedVideoConcatenationConfiguration::builder()
                            .state("Disabled".into())
                            .build()?)
                        .content(chime_sdk_media_pipelines::types::ContentConcatenationConfiguration::builder()
                            .state("Disabled".into())
                            .build()?)
                        .data_channel(chime_sdk_media_pipelines::types::DataChannelConcatenationConfiguration::builder()
                            .state("Disabled".into())
                            .build()?)
                        .meeting_events(chime_sdk_media_pipelines::types::MeetingEventsConcatenationConfiguration::builder()
                            .state("Disabled".into())
                            .build()?)
                        .transcription_messages(chime_sdk_media_pipelines::types::TranscriptionMessagesConcatenationConfiguration::builder()
                            .state("Disabled".into())
                            .build()?)
                        .video(chime_sdk_media_pipelines::types::VideoConcatenationConfiguration::builder()
                            .state("Disabled".into())
                            .build()?)
                        .build())
                    .build())
                .media_pipeline_arn("(hidden)")
                .build()?)
            .r#type("MediaCapturePipeline".into())
            .build()?)
        .tags(chime_sdk_media_pipelines::types::Tag::builder()
            .key("Key")
            .value("Value")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateMediaInsightsPipeline(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .create_media_insights_pipeline()
        .client_request_token("(hidden)")
        .kinesis_video_stream_recording_source_runtime_configuration(chime_sdk_media_pipelines::types::KinesisVideoStreamRecordingSourceRuntimeConfiguration::builder()
            .fragment_selector(chime_sdk_media_pipelines::types::FragmentSelector::builder()
                .fragment_selector_type("ProducerTimestamp".into())
                .timestamp_range(chime_sdk_media_pipelines::types::TimestampRange::builder()
                    .end_timestamp(chime_sdk_media_pipelines::primitives::DateTime::from_secs_f64(946684800.0))
                    .start_timestamp(chime_sdk_media_pipelines::primitives::DateTime::from_secs_f64(946684800.0))
                    .build()?)
                .build()?)
            .streams(chime_sdk_media_pipelines::types::RecordingStreamConfiguration::builder()
                .stream_arn("StreamArn")
                .build())
            .build()?)
        .kinesis_video_stream_source_runtime_configuration(chime_sdk_media_pipelines::types::KinesisVideoStreamSourceRuntimeConfiguration::builder()
            .media_encoding("pcm".into())
            .media_sample_rate(1)
            .streams(chime_sdk_media_pipelines::types::StreamConfiguration::builder()
                .fragment_number("FragmentNumber")
                .stream_arn("StreamArn")
                .stream_channel_definition(chime_sdk_media_pipelines::types::StreamChannelDefinition::builder()
                    .channel_definitions(chime_sdk_media_pipelines::types::ChannelDefinition::builder()
                        .channel_id(1)
                        .participant_role("AGENT".into())
                        .build())
                    .number_of_channels(1)
                    .build()?)
                .build()?)
            .build()?)
        .media_insights_pipeline_configuration_arn("(hidden)")
        // media_insights_runtime_metadata: "(hidden)"
        .s3_recording_sink_runtime_configuration(chime_sdk_media_pipelines::types::S3RecordingSinkRuntimeConfiguration::builder()
            .destination("(hidden)")
            .recording_file_format("Opus".into())
            .build()?)
        .tags(chime_sdk_media_pipelines::types::Tag::builder()
            .key("Key")
            .value("Value")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateMediaInsightsPipelineConfiguration(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .create_media_insights_pipeline_configuration()
        .client_request_token("(hidden)")
        .elements(chime_sdk_media_pipelines::types::MediaInsightsPipelineConfigurationElement::builder()
            .amazon_transcribe_call_analytics_processor_configuration(chime_sdk_media_pipelines::types::AmazonTranscribeCallAnalyticsProcessorConfiguration::builder()
                .call_analytics_stream_categories("CallAnalyticsStreamCategories")
                .content_identification_type("PII".into())
                .content_redaction_type("PII".into())
                .enable_partial_results_stabilization(true)
                .filter_partial_results(true)
                .language_code("de-DE".into())
                .language_model_name("LanguageModelName")
                .partial_results_stability("high".into())
                .pii_entity_types("PiiEntityTypes")
                .post_call_analytics_settings(chime_sdk_media_pipelines::types::PostCallAnalyticsSettings::builder()
                    .content_redaction_output("redacted".into())
                    .data_access_role_arn("DataAccessRoleArn")
                    .output_encryption_kms_key_id("OutputEncryptionKMSKeyId")
                    .output_location("OutputLocation")
                    .build()?)
                .vocabulary_filter_method("mask".into())
                .vocabulary_filter_name("VocabularyFilterName")
                .vocabulary_name("VocabularyName")
                .build()?)
            .amazon_transcribe_processor_configuration(chime_sdk_media_pipelines::types::AmazonTranscribeProcessorConfiguration::builder()
                .content_identification_type("PII".into())
                .content_redaction_type("PII".into())
                .enable_partial_results_stabilization(true)
                .filter_partial_results(true)
                .identify_language(true)
                .identify_multiple_languages(true)
                .language_code("de-DE".into())
                .language_model_name("LanguageModelName")
                .language_options("LanguageOptions")
                .partial_results_stability("high".into())
                .pii_entity_types("PiiEntityTypes")
                .preferred_language("de-DE".into())
                .show_speaker_label(true)
                .vocabulary_filter_method("mask".into())
                .vocabulary_filter_name("VocabularyFilterName")
                .vocabulary_filter_names("VocabularyFilterNames")
                .vocabulary_name("VocabularyName")
                .vocabulary_names("VocabularyNames")
                .build())
            .kinesis_data_stream_sink_configuration(chime_sdk_media_pipelines::types::KinesisDataStreamSinkConfiguration::builder()
                .insights_target("(hidden)")
                .build())
            .lambda_function_sink_configuration(chime_sdk_media_pipelines::types::LambdaFunctionSinkConfiguration::builder()
                .insights_target("(hidden)")
                .build())
            .s3_recording_sink_configuration(chime_sdk_media_pipelines::types::S3RecordingSinkConfiguration::builder()
                .destination("(hidden)")
                .recording_file_format("Opus".into())
                .build())
            .sns_topic_sink_configuration(chime_sdk_media_pipelines::types::SnsTopicSinkConfiguration::builder()
                .insights_target("(hidden)")
                .build())
            .sqs_queue_sink_configuration(chime_sdk_media_pipelines::types::SqsQueueSinkConfiguration::builder()
                .insights_target("(hidden)")
                .build())
            .r#type("AmazonTranscribeCallAnalyticsProcessor".into())
            .voice_analytics_processor_configuration(chime_sdk_media_pipelines::types::VoiceAnalyticsProcessorConfiguration::builder()
                .speaker_search_status("Disabled".into())
                .voice_tone_analysis_status("Disabled".into())
                .build())
            .voice_enhancement_sink_configuration(chime_sdk_media_pipelines::types::VoiceEnhancementSinkConfiguration::builder()
                .disabled(true)
                .build())
            .build()?)
        .media_insights_pipeline_configuration_name("MediaInsightsPipelineConfigurationName")
        .real_time_alert_configuration(chime_sdk_media_pipelines::types::RealTimeAlertConfiguration::builder()
            .disabled(true)
            .rules(chime_sdk_media_pipelines::types::RealTimeAlertRule::builder()
                .issue_detection_configuration(chime_sdk_media_pipelines::types::IssueDetectionConfiguration::builder()
                    .rule_name("RuleName")
                    .build()?)
                .keyword_match_configuration(chime_sdk_media_pipelines::types::KeywordMatchConfiguration::builder()
                    .keywords("Keywords")
                    .negate(true)
                    .rule_name("RuleName")
                    .build()?)
                .sentiment_configuration(chime_sdk_media_pipelines::types::SentimentConfiguration::builder()
                    .rule_name("RuleName")
                    .sentiment_type("NEGATIVE".into())
                    .time_period(1)
                    .build()?)
                .r#type("IssueDetection".into())
                .build()?)
            .build())
        .resource_access_role_arn("(hidden)")
        .tags(chime_sdk_media_pipelines::types::Tag::builder()
            .key("Key")
            .value("Value")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateMediaLiveConnectorPipeline(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .create_media_live_connector_pipeline()
        .client_request_token("(hidden)")
        .sinks(chime_sdk_media_pipelines::types::LiveConnectorSinkConfiguration::builder()
            .rtmp_configuration(chime_sdk_media_pipelines::types::LiveConnectorRtmpConfiguration::builder()
                .audio_channels("Mono".into())
                .audio_sample_rate("AudioSampleRate")
                .url("(hidden)")
                .build()?)
            .sink_type("RTMP".into())
            .build()?)
        .sources(chime_sdk_media_pipelines::types::LiveConnectorSourceConfiguration::builder()
            .chime_sdk_meeting_live_connector_configuration(chime_sdk_media_pipelines::types::ChimeSdkMeetingLiveConnectorConfiguration::builder()
                .arn("(hidden)")
                .composited_video(chime_sdk_media_pipelines::types::CompositedVideoArtifactsConfiguration::builder()
                    .grid_view_configuration(chime_sdk_media_pipelines::types::GridViewConfiguration::builder()
                        .active_speaker_only_configuration(chime_sdk_media_pipelines::types::ActiveSpeakerOnlyConfiguration::builder()
                            .active_speaker_position("BottomLeft".into())
                            .build())
                        .canvas_orientation("Landscape".into())
                        .content_share_layout("ActiveSpeakerOnly".into())
                        .horizontal_layout_configuration(chime_sdk_media_pipelines::types::HorizontalLayoutConfiguration::builder()
                            .tile_aspect_ratio("TileAspectRatio")
                            .tile_count(1)
                            .tile_order("JoinSequence".into())
                            .tile_position("Bottom".into())
                            .build())
                        .presenter_only_configuration(chime_sdk_media_pipelines::types::PresenterOnlyConfiguration::builder()
                            .presenter_position("BottomLeft".into())
                            .build())
                        .vertical_layout_configuration(chime_sdk_media_pipelines::types::VerticalLayoutConfiguration::builder()
                            .tile_aspect_ratio("TileAspectRatio")
                            .tile_count(1)
                            .tile_order("JoinSequence".into())
                            .tile_position("Left".into())
                            .build())
                        .video_attribute(chime_sdk_media_pipelines::types::VideoAttribute::builder()
                            .border_color("Black".into())
                            .border_thickness(1)
                            .corner_radius(1)
                            .highlight_color("Black".into())
                            .build())
                        .build()?)
                    .layout("GridView".into())
                    .resolution("FHD".into())
                    .build())
                .mux_type("AudioWithActiveSpeakerVideo".into())
                .source_configuration(chime_sdk_media_pipelines::types::SourceConfiguration::builder()
                    .selected_video_streams(chime_sdk_media_pipelines::types::SelectedVideoStreams::builder()
                        .attendee_ids("AttendeeIds")
                        .external_user_ids("(hidden)")
                        .build())
                    .build())
                .build()?)
            .source_type("ChimeSdkMeeting".into())
            .build()?)
        .tags(chime_sdk_media_pipelines::types::Tag::builder()
            .key("Key")
            .value("Value")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateMediaPipelineKinesisVideoStreamPool(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .create_media_pipeline_kinesis_video_stream_pool()
        .client_request_token("(hidden)")
        .pool_name("PoolName")
        .stream_configuration(chime_sdk_media_pipelines::types::KinesisVideoStreamConfiguration::builder()
            .data_retention_in_hours(1)
            .region("Region")
            .build()?)
        .tags(chime_sdk_media_pipelines::types::Tag::builder()
            .key("Key")
            .value("Value")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn CreateMediaStreamPipeline(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .create_media_stream_pipeline()
        .client_request_token("(hidden)")
        .sinks(chime_sdk_media_pipelines::types::MediaStreamSink::builder()
            .media_stream_type("IndividualAudio".into())
            .reserved_stream_capacity(1)
            .sink_arn("(hidden)")
            .sink_type("KinesisVideoStreamPool".into())
            .build()?)
        .sources(chime_sdk_media_pipelines::types::MediaStreamSource::builder()
            .source_arn("(hidden)")
            .source_type("ChimeSdkMeeting".into())
            .build()?)
        .tags(chime_sdk_media_pipelines::types::Tag::builder()
            .key("Key")
            .value("Value")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteMediaCapturePipeline(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .delete_media_capture_pipeline()
        .media_pipeline_id("MediaPipelineId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteMediaInsightsPipelineConfiguration(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .delete_media_insights_pipeline_configuration()
        .identifier("Identifier")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteMediaPipeline(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .delete_media_pipeline()
        .media_pipeline_id("MediaPipelineId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn DeleteMediaPipelineKinesisVideoStreamPool(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .delete_media_pipeline_kinesis_video_stream_pool()
        .identifier("Identifier")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetMediaCapturePipeline(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .get_media_capture_pipeline()
        .media_pipeline_id("MediaPipelineId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetMediaInsightsPipelineConfiguration(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .get_media_insights_pipeline_configuration()
        .identifier("Identifier")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetMediaPipeline(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .get_media_pipeline()
        .media_pipeline_id("MediaPipelineId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetMediaPipelineKinesisVideoStreamPool(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .get_media_pipeline_kinesis_video_stream_pool()
        .identifier("Identifier")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetSpeakerSearchTask(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .get_speaker_search_task()
        .identifier("Identifier")
        .speaker_search_task_id("SpeakerSearchTaskId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn GetVoiceToneAnalysisTask(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .get_voice_tone_analysis_task()
        .identifier("Identifier")
        .voice_tone_analysis_task_id("VoiceToneAnalysisTaskId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListMediaCapturePipelines(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .list_media_capture_pipelines()
        .max_results(1)
        .next_token("NextToken")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListMediaInsightsPipelineConfigurations(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .list_media_insights_pipeline_configurations()
        .max_results(1)
        .next_token("NextToken")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListMediaPipelineKinesisVideoStreamPools(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .list_media_pipeline_kinesis_video_stream_pools()
        .max_results(1)
        .next_token("NextToken")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListMediaPipelines(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .list_media_pipelines()
        .max_results(1)
        .next_token("NextToken")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn ListTagsForResource(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .list_tags_for_resource()
        .resource_arn("ResourceARN")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn StartSpeakerSearchTask(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .start_speaker_search_task()
        .client_request_token("(hidden)")
        .identifier("Identifier")
        .kinesis_video_stream_source_task_configuration(chime_sdk_media_pipelines::types::KinesisVideoStreamSourceTaskConfiguration::builder()
            .channel_id(1)
            .fragment_number("FragmentNumber")
            .stream_arn("StreamArn")
            .build()?)
        .voice_profile_domain_arn("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn StartVoiceToneAnalysisTask(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .start_voice_tone_analysis_task()
        .client_request_token("(hidden)")
        .identifier("Identifier")
        .kinesis_video_stream_source_task_configuration(chime_sdk_media_pipelines::types::KinesisVideoStreamSourceTaskConfiguration::builder()
            .channel_id(1)
            .fragment_number("FragmentNumber")
            .stream_arn("StreamArn")
            .build()?)
        .language_code("en-US".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn StopSpeakerSearchTask(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .stop_speaker_search_task()
        .identifier("Identifier")
        .speaker_search_task_id("SpeakerSearchTaskId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn StopVoiceToneAnalysisTask(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .stop_voice_tone_analysis_task()
        .identifier("Identifier")
        .voice_tone_analysis_task_id("VoiceToneAnalysisTaskId")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn TagResource(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .tag_resource()
        .resource_arn("ResourceARN")
        .tags(chime_sdk_media_pipelines::types::Tag::builder()
            .key("Key")
            .value("Value")
            .build()?)
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UntagResource(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .untag_resource()
        .resource_arn("ResourceARN")
        .tag_keys("TagKeys")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateMediaInsightsPipelineConfiguration(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .update_media_insights_pipeline_configuration()
        .elements(chime_sdk_media_pipelines::types::MediaInsightsPipelineConfigurationElement::builder()
            .amazon_transcribe_call_analytics_processor_configuration(chime_sdk_media_pipelines::types::AmazonTranscribeCallAnalyticsProcessorConfiguration::builder()
                .call_analytics_stream_categories("CallAnalyticsStreamCategories")
                .content_identification_type("PII".into())
                .content_redaction_type("PII".into())
                .enable_partial_results_stabilization(true)
                .filter_partial_results(true)
                .language_code("de-DE".into())
                .language_model_name("LanguageModelName")
                .partial_results_stability("high".into())
                .pii_entity_types("PiiEntityTypes")
                .post_call_analytics_settings(chime_sdk_media_pipelines::types::PostCallAnalyticsSettings::builder()
                    .content_redaction_output("redacted".into())
                    .data_access_role_arn("DataAccessRoleArn")
                    .output_encryption_kms_key_id("OutputEncryptionKMSKeyId")
                    .output_location("OutputLocation")
                    .build()?)
                .vocabulary_filter_method("mask".into())
                .vocabulary_filter_name("VocabularyFilterName")
                .vocabulary_name("VocabularyName")
                .build()?)
            .amazon_transcribe_processor_configuration(chime_sdk_media_pipelines::types::AmazonTranscribeProcessorConfiguration::builder()
                .content_identification_type("PII".into())
                .content_redaction_type("PII".into())
                .enable_partial_results_stabilization(true)
                .filter_partial_results(true)
                .identify_language(true)
                .identify_multiple_languages(true)
                .language_code("de-DE".into())
                .language_model_name("LanguageModelName")
                .language_options("LanguageOptions")
                .partial_results_stability("high".into())
                .pii_entity_types("PiiEntityTypes")
                .preferred_language("de-DE".into())
                .show_speaker_label(true)
                .vocabulary_filter_method("mask".into())
                .vocabulary_filter_name("VocabularyFilterName")
                .vocabulary_filter_names("VocabularyFilterNames")
                .vocabulary_name("VocabularyName")
                .vocabulary_names("VocabularyNames")
                .build())
            .kinesis_data_stream_sink_configuration(chime_sdk_media_pipelines::types::KinesisDataStreamSinkConfiguration::builder()
                .insights_target("(hidden)")
                .build())
            .lambda_function_sink_configuration(chime_sdk_media_pipelines::types::LambdaFunctionSinkConfiguration::builder()
                .insights_target("(hidden)")
                .build())
            .s3_recording_sink_configuration(chime_sdk_media_pipelines::types::S3RecordingSinkConfiguration::builder()
                .destination("(hidden)")
                .recording_file_format("Opus".into())
                .build())
            .sns_topic_sink_configuration(chime_sdk_media_pipelines::types::SnsTopicSinkConfiguration::builder()
                .insights_target("(hidden)")
                .build())
            .sqs_queue_sink_configuration(chime_sdk_media_pipelines::types::SqsQueueSinkConfiguration::builder()
                .insights_target("(hidden)")
                .build())
            .r#type("AmazonTranscribeCallAnalyticsProcessor".into())
            .voice_analytics_processor_configuration(chime_sdk_media_pipelines::types::VoiceAnalyticsProcessorConfiguration::builder()
                .speaker_search_status("Disabled".into())
                .voice_tone_analysis_status("Disabled".into())
                .build())
            .voice_enhancement_sink_configuration(chime_sdk_media_pipelines::types::VoiceEnhancementSinkConfiguration::builder()
                .disabled(true)
                .build())
            .build()?)
        .identifier("Identifier")
        .real_time_alert_configuration(chime_sdk_media_pipelines::types::RealTimeAlertConfiguration::builder()
            .disabled(true)
            .rules(chime_sdk_media_pipelines::types::RealTimeAlertRule::builder()
                .issue_detection_configuration(chime_sdk_media_pipelines::types::IssueDetectionConfiguration::builder()
                    .rule_name("RuleName")
                    .build()?)
                .keyword_match_configuration(chime_sdk_media_pipelines::types::KeywordMatchConfiguration::builder()
                    .keywords("Keywords")
                    .negate(true)
                    .rule_name("RuleName")
                    .build()?)
                .sentiment_configuration(chime_sdk_media_pipelines::types::SentimentConfiguration::builder()
                    .rule_name("RuleName")
                    .sentiment_type("NEGATIVE".into())
                    .time_period(1)
                    .build()?)
                .r#type("IssueDetection".into())
                .build()?)
            .build())
        .resource_access_role_arn("(hidden)")
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateMediaInsightsPipelineStatus(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .update_media_insights_pipeline_status()
        .identifier("Identifier")
        .update_status("Pause".into())
        .send()
        .await?;
    drop(output);
    Ok(())
}

async fn UpdateMediaPipelineKinesisVideoStreamPool(client: &chime_sdk_media_pipelines::Client) -> Outcome {
    // client: chime_sdk_media_pipelines::Client
    let output = client
        .update_media_pipeline_kinesis_video_stream_pool()
        .identifier("Identifier")
        .stream_configuration(chime_sdk_media_pipelines::types::KinesisVideoStreamConfigurationUpdate::builder()
            .data_retention_in_hours(1)
            .build())
        .send()
        .await?;
    drop(output);
    Ok(())
}

pub(crate) async fn all(client: &chime_sdk_media_pipelines::Client) -> Vec<Outcome> {
    vec![
        CreateMediaCapturePipeline(client).await,
        CreateMediaConcatenationPipeline(client).await,
        CreateMediaInsightsPipeline(client).await,
        CreateMediaInsightsPipelineConfiguration(client).await,
        CreateMediaLiveConnectorPipeline(client).await,
        CreateMediaPipelineKinesisVideoStreamPool(client).await,
        CreateMediaStreamPipeline(client).await,
        DeleteMediaCapturePipeline(client).await,
        DeleteMediaInsightsPipelineConfiguration(client).await,
        DeleteMediaPipeline(client).await,
        DeleteMediaPipelineKinesisVideoStreamPool(client).await,
        GetMediaCapturePipeline(client).await,
        GetMediaInsightsPipelineConfiguration(client).await,
        GetMediaPipeline(client).await,
        GetMediaPipelineKinesisVideoStreamPool(client).await,
        GetSpeakerSearchTask(client).await,
        GetVoiceToneAnalysisTask(client).await,
        ListMediaCapturePipelines(client).await,
        ListMediaInsightsPipelineConfigurations(client).await,
        ListMediaPipelineKinesisVideoStreamPools(client).await,
        ListMediaPipelines(client).await,
        ListTagsForResource(client).await,
        StartSpeakerSearchTask(client).await,
        StartVoiceToneAnalysisTask(client).await,
        StopSpeakerSearchTask(client).await,
        StopVoiceToneAnalysisTask(client).await,
        TagResource(client).await,
        UntagResource(client).await,
        UpdateMediaInsightsPipelineConfiguration(client).await,
        UpdateMediaInsightsPipelineStatus(client).await,
        UpdateMediaPipelineKinesisVideoStreamPool(client).await,
    ]
}
