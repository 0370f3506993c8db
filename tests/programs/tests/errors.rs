//! Errors, and how programs handle them.

use aws_sdk_chime::config::retry::RetryConfig;
use aws_sdk_chime::config::{Config, Credentials, Region};
use aws_sdk_chime::error::{
    BoxError, DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata, SdkError,
};
use aws_sdk_chime::operation::RequestId;
use aws_sdk_chime::operation::create_room::CreateRoomError;
use aws_sdk_chime::operation::get_room::{GetRoomError, GetRoomOutput};
use aws_sdk_chime::types::ErrorCode;
use aws_sdk_chime::types::error::{NotFoundException, ThrottledClientException};
use aws_sdk_chime::{Client, Error};
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_runtime_api::client::result::CreateUnhandledError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::ErrorKind;

fn answer(status: u16, code: &str, body: &str) -> ReplayEvent {
    ReplayEvent::new(
        http::Request::builder().body(SdkBody::empty()).unwrap(),
        http::Response::builder()
            .status(status)
            .header("x-amzn-requestid", "request-1")
            .header("x-amzn-errortype", code)
            .body(SdkBody::from(body))
            .unwrap(),
    )
}

fn client(http: &StaticReplayClient, retries: RetryConfig) -> Client {
    Client::from_conf(
        Config::builder()
            .behavior_version_latest()
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::for_tests())
            .retry_config(retries)
            .http_client(http.clone())
            .build(),
    )
}

async fn get_room(events: Vec<ReplayEvent>) -> Result<GetRoomOutput, SdkError<GetRoomError>> {
    let http = StaticReplayClient::new(events);
    client(&http, RetryConfig::disabled())
        .get_room()
        .account_id("a")
        .room_id("r")
        .send()
        .await
}

const NOT_FOUND: &str = r#"{"Code": "NotFound", "Message": "no such room"}"#;

#[tokio::test]
async fn a_modelled_error_is_matched() {
    let error = get_room(vec![answer(404, "NotFoundException", NOT_FOUND)])
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("NotFoundException"));
    assert_eq!(error.message(), Some("no such room"));
    assert_eq!(error.request_id(), Some("request-1"));
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 404);
    assert!(
        error
            .as_service_error()
            .is_some_and(GetRoomError::is_not_found_exception)
    );
    match &error {
        SdkError::ServiceError(context) => {
            assert!(context.err().is_not_found_exception());
            assert_eq!(
                context.raw().headers().get("x-amzn-requestid"),
                Some("request-1")
            );
        }
        other => panic!("{other:?}"),
    }
    match error.into_service_error() {
        GetRoomError::NotFoundException(shape) => {
            let shape: NotFoundException = shape;
            assert_eq!(shape.code(), Some(&ErrorCode::NotFound));
            assert_eq!(shape.message(), Some("no such room"));
            assert_eq!(shape.meta().request_id(), Some("request-1"));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_unknown_error_keeps_its_code() {
    let error = get_room(vec![answer(
        418,
        "TeapotException",
        r#"{"message": "short"}"#,
    )])
    .await
    .unwrap_err();
    match error.as_service_error() {
        Some(GetRoomError::NotFoundException(_)) => panic!("not that one"),
        Some(error) if error.code() == Some("TeapotException") => {
            assert_eq!(error.meta().message(), Some("short"));
        }
        other => panic!("{other:?}"),
    }
    let text = DisplayErrorContext(&error).to_string();
    assert!(
        text.contains("TeapotException") && text.contains("short"),
        "{text}"
    );
}

/// A handler for any AWS service.
#[derive(Debug)]
struct Failure {
    code: Option<String>,
}

impl<E, R> From<aws_smithy_runtime_api::client::result::SdkError<E, R>> for Failure
where
    E: ProvideErrorMetadata,
{
    fn from(error: aws_smithy_runtime_api::client::result::SdkError<E, R>) -> Self {
        Self {
            code: error.code().map(str::to_owned),
        }
    }
}

#[tokio::test]
async fn errors_become_those_of_the_program() {
    async fn chain() -> Result<(), Failure> {
        get_room(vec![answer(404, "NotFoundException", NOT_FOUND)]).await?;
        Ok(())
    }
    assert_eq!(
        chain().await.unwrap_err().code.as_deref(),
        Some("NotFoundException")
    );

    async fn service() -> Result<(), Error> {
        get_room(vec![answer(404, "NotFoundException", NOT_FOUND)]).await?;
        Ok(())
    }
    match service().await.unwrap_err() {
        Error::NotFoundException(shape) => assert_eq!(shape.message(), Some("no such room")),
        other => panic!("{other:?}"),
    }

    async fn boxed() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        get_room(vec![answer(404, "NotFoundException", NOT_FOUND)]).await?;
        Ok(())
    }
    let error = boxed().await.unwrap_err();
    let error = error.downcast_ref::<SdkError<GetRoomError>>().unwrap();
    assert!(std::error::Error::source(error).is_some());
}

#[tokio::test]
async fn what_fails_before_an_answer() {
    let http = StaticReplayClient::new(vec![]);
    let client = client(&http, RetryConfig::disabled());
    let error = client.get_room().account_id("a").send().await.unwrap_err();
    assert!(
        matches!(error, SdkError::ConstructionFailure(_)),
        "{error:?}"
    );
    assert_eq!(error.to_string(), "failed to construct request");
    assert!(error.raw_response().is_none());
    assert!(error.into_source().unwrap().to_string().contains("room_id"));
    let error: Error = client.create_room().send().await.unwrap_err().into();
    assert_eq!(error.code(), None);

    // The replay client has no response left.
    let error = client
        .get_room()
        .account_id("a")
        .room_id("r")
        .send()
        .await
        .unwrap_err();
    match &error {
        SdkError::DispatchFailure(failure) => assert!(!failure.is_timeout()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_pass_is_tried_again() {
    let body = r#"{"Message": "later"}"#;
    let http = StaticReplayClient::new(vec![
        answer(503, "ServiceUnavailableException", body),
        answer(500, "ServiceFailureException", body),
        answer(200, "", r#"{"Room": {"RoomId": "r"}}"#),
    ]);
    let room = client(&http, RetryConfig::standard().with_max_attempts(3))
        .get_room()
        .account_id("a")
        .room_id("r")
        .send()
        .await
        .unwrap();
    assert_eq!(room.room().unwrap().room_id(), Some("r"));
    assert_eq!(http.actual_requests().count(), 3);
    let attempts: Vec<_> = http
        .actual_requests()
        .map(|request| request.headers().get("amz-sdk-request").unwrap().to_owned())
        .collect();
    assert!(attempts[0].ends_with("attempt=1; max=3"), "{attempts:?}");
    assert!(attempts[2].ends_with("attempt=3; max=3"), "{attempts:?}");
}

#[test]
fn errors_are_made_by_hand() {
    let metadata = ErrorMetadata::builder()
        .code("Odd")
        .message("strange")
        .build();
    let error = CreateRoomError::generic(metadata);
    assert_eq!(
        (error.code(), error.message()),
        (Some("Odd"), Some("strange"))
    );
    let error = CreateRoomError::unhandled("no reason");
    assert_eq!(error.meta().code(), None);
    assert!(!error.is_resource_limit_exceeded_exception());
    let source: BoxError = "lost".into();
    let error = CreateRoomError::create_unhandled_error(source, None);
    assert!(
        std::error::Error::source(&error)
            .unwrap()
            .to_string()
            .contains("lost")
    );

    let shape = ThrottledClientException::builder()
        .code(ErrorCode::Throttled)
        .message("slow down")
        .meta(
            ErrorMetadata::builder()
                .code("ThrottledClientException")
                .build(),
        )
        .build();
    assert_eq!(shape.code(), Some(&ErrorCode::Throttled));
    let error = CreateRoomError::ThrottledClientException(shape);
    assert!(error.is_throttled_client_exception());
    assert_eq!(kind(&error), (Some("ThrottledClientException"), None));
    let error: SdkError<CreateRoomError, ()> = SdkError::service_error(error, ());
    let error = error.map_service_error(|error| error.meta().clone());
    assert_eq!(
        error.into_service_error_code().as_deref(),
        Some("ThrottledClientException")
    );
}

fn kind(
    error: &impl aws_smithy_types::retry::ProvideErrorKind,
) -> (Option<&str>, Option<ErrorKind>) {
    (error.code(), error.retryable_error_kind())
}

/// A helper for the errors of any service, as programs contain them.
trait Code {
    fn into_service_error_code(self) -> Option<String>;
}

impl<E: ProvideErrorMetadata, R> Code for SdkError<E, R> {
    fn into_service_error_code(self) -> Option<String> {
        self.as_service_error()
            .and_then(|error| error.code())
            .map(str::to_owned)
    }
}
