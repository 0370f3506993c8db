//! Interceptors, and the customization of a single call with `customize()`.

use aws_sdk_chime::Client;
use aws_sdk_chime::client::customize::CustomizableOperation;
use aws_sdk_chime::config::http::HttpRequest;
use aws_sdk_chime::config::interceptors::{
    AfterDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    FinalizerInterceptorContextRef,
};
use aws_sdk_chime::config::{
    Config, ConfigBag, Credentials, Intercept, Region, RuntimeComponents, SharedInterceptor,
};
use aws_sdk_chime::error::BoxError;
use aws_sdk_chime::operation::get_room::{GetRoomError, GetRoomInput, GetRoomOutput};
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextMut;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::telemetry::CapturedTelemetryAttributes;
use std::sync::{Arc, Mutex};

fn rooms(count: usize) -> StaticReplayClient {
    let event = || {
        ReplayEvent::new(
            http::Request::builder().body(SdkBody::empty()).unwrap(),
            http::Response::builder()
                .status(200)
                .body(SdkBody::from(r#"{"Room": {"RoomId": "r"}}"#))
                .unwrap(),
        )
    };
    StaticReplayClient::new((0..count).map(|_| event()).collect())
}

fn config(http: &StaticReplayClient) -> aws_sdk_chime::config::Builder {
    Config::builder()
        .behavior_version_latest()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .http_client(http.clone())
}

/// Records the hooks that are called.
#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: impl Into<String>) {
        self.0.lock().unwrap().push(line.into());
    }

    fn lines(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

// The macro lets the orchestrator skip hooks that are not overridden.
#[aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint]
impl Intercept for Log {
    fn name(&self) -> &'static str {
        "Log"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(input) = context.input_mut().downcast_mut::<GetRoomInput>() {
            self.add(format!("room {}", input.room_id().unwrap_or_default()));
            input.room_id = Some("changed".into());
        }
        if let Some(captured) = config.load::<CapturedTelemetryAttributes>() {
            self.add(format!("captured {:?}", captured.get("AccountId")));
        }
        Ok(())
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.add(context.request().uri());
        context.request_mut().headers_mut().insert("x-signed", "1");
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Ok(output) = context.output_or_error() {
            let output = output.downcast_ref::<GetRoomOutput>().expect("a room");
            self.add(format!(
                "{:?}",
                output.room().and_then(|room| room.room_id())
            ));
        }
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        self.add(format!(
            "{:?}",
            response.map(|response| response.status().as_u16())
        ));
        Ok(())
    }
}

#[tokio::test]
async fn an_interceptor_of_the_client() {
    let http = rooms(1);
    let log = Log::default();
    let config = config(&http)
        .interceptor(log.clone())
        .capture_input_attributes(["AccountId"])
        .build();
    Client::from_conf(config)
        .get_room()
        .account_id("a")
        .room_id("r")
        .send()
        .await
        .unwrap();
    let lines = log.lines();
    assert_eq!(
        lines,
        [
            "room r",
            "captured Some(\"a\")",
            lines[2].as_str(),
            "Some(\"r\")",
            "Some(200)"
        ]
    );
    assert!(lines[2].ends_with("/accounts/a/rooms/changed"), "{lines:?}");
    let request = http.actual_requests().next().unwrap();
    assert!(request.uri().ends_with("/accounts/a/rooms/changed"));
    let signed = request.headers().get("authorization").unwrap();
    assert!(signed.contains("x-signed"), "{signed}");
}

#[tokio::test]
async fn one_call_is_customized() {
    let http = rooms(2);
    let client = Client::from_conf(config(&http).build());
    let log = Log::default();
    let call: CustomizableOperation<GetRoomOutput, GetRoomError, _> = client
        .get_room()
        .account_id("a")
        .room_id("r")
        .customize()
        .interceptor(log.clone())
        .mutate_request(|request: &mut HttpRequest| {
            request.headers_mut().insert("x-mutated", "yes");
        })
        .map_request(|mut request| -> Result<HttpRequest, std::io::Error> {
            request.headers_mut().insert("x-mapped", "yes");
            Ok(request)
        })
        .config_override(Config::builder().region(Region::new("eu-west-1")));
    call.send().await.unwrap();
    assert_eq!(log.lines()[0], "room r");
    let request = http.actual_requests().next().unwrap();
    assert_eq!(request.headers().get("x-mutated"), Some("yes"));
    assert_eq!(request.headers().get("x-mapped"), Some("yes"));
    assert!(
        request
            .headers()
            .get("authorization")
            .unwrap()
            .contains("x-mapped;x-mutated"),
        "{request:?}"
    );

    // The next call of the client is not affected.
    client
        .get_room()
        .account_id("a")
        .room_id("r")
        .send()
        .await
        .unwrap();
    assert!(log.lines().is_empty());
    let request = http.actual_requests().last().unwrap();
    assert_eq!(request.headers().get("x-mutated"), None);
}

#[tokio::test]
async fn a_request_that_cannot_be_mapped_is_not_sent() {
    let http = rooms(1);
    let client = Client::from_conf(config(&http).build());
    let error = client
        .get_room()
        .account_id("a")
        .room_id("r")
        .customize()
        .map_request(|_| Err::<HttpRequest, _>(std::io::Error::other("not today")))
        .send()
        .await
        .unwrap_err();
    let text = aws_sdk_chime::error::DisplayErrorContext(&error).to_string();
    assert!(text.contains("not today"), "{text}");
    assert_eq!(http.actual_requests().count(), 0);
}

#[tokio::test]
async fn configuration_of_one_call() {
    let http = rooms(3);
    let client = Client::from_conf(config(&http).endpoint_url("http://first.example").build());
    let call = || client.get_room().account_id("a").room_id("r");
    for (change, expected) in [
        (Config::builder(), "http://first.example/"),
        (
            Config::builder().endpoint_url("http://second.example/base"),
            "http://second.example/base/",
        ),
        (
            Config::builder()
                .credentials_provider(Credentials::new(
                    "OTHER",
                    "s",
                    Some("token".into()),
                    None,
                    "t",
                ))
                .app_name(aws_sdk_chime::config::AppName::new("my-app").unwrap()),
            "http://first.example/",
        ),
    ] {
        call()
            .customize()
            .config_override(change)
            .send()
            .await
            .unwrap();
        let request = http.actual_requests().last().unwrap();
        assert!(request.uri().starts_with(expected), "{}", request.uri());
    }
    let request = http.actual_requests().last().unwrap();
    let authorization = request.headers().get("authorization").unwrap();
    assert!(
        authorization.contains("Credential=OTHER/"),
        "{authorization}"
    );
    assert_eq!(request.headers().get("x-amz-security-token"), Some("token"));
    assert!(
        request
            .headers()
            .get("x-amz-user-agent")
            .unwrap()
            .contains("app/my-app")
    );
}

#[tokio::test]
async fn interceptors_are_counted() {
    let http = rooms(1);
    let mut builder = config(&http);
    builder.push_interceptor(SharedInterceptor::new(Log::default()));
    assert_eq!(builder.clone().build().interceptors().count(), 1);
    builder.set_interceptors([]);
    assert_eq!(builder.build().interceptors().count(), 0);
}
