//! The settings, and that each takes effect.

use aws_credential_types::provider::SharedCredentialsProvider;
use aws_runtime::invocation_id::{InvocationId, InvocationIdGenerator};
use aws_sdk_chime::Client;
use aws_sdk_chime::config::auth::{
    DefaultAuthSchemeResolver, Params as AuthParams, ResolveAuthScheme,
};
use aws_sdk_chime::config::endpoint::{
    DefaultResolver, Endpoint, EndpointFuture, Params, ResolveEndpoint,
};
use aws_sdk_chime::config::retry::{
    ClassifyRetry, ReconnectMode, RetryAction, RetryConfig, RetryMode, RetryPartition,
};
use aws_sdk_chime::config::timeout::TimeoutConfig;
use aws_sdk_chime::config::{
    AppName, AsyncSleep, BehaviorVersion, Builder, Config, Credentials, IdentityCache, Region,
    SharedAsyncSleep, Sleep, StalledStreamProtectionConfig,
};
use aws_sdk_chime::error::{BoxError, SdkError};
use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};
use aws_smithy_http_client::test_util::{
    NeverClient, ReplayEvent, StaticReplayClient, capture_request,
};
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_types::body::SdkBody;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

fn minimal() -> Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
}

fn replay(status: u16, times: usize) -> StaticReplayClient {
    let event = || {
        ReplayEvent::new(
            http::Request::builder().body(SdkBody::empty()).unwrap(),
            http::Response::builder()
                .status(status)
                .body(SdkBody::from("{}"))
                .unwrap(),
        )
    };
    StaticReplayClient::new((0..times).map(|_| event()).collect())
}

/// Returns the URI of a call with this configuration.
async fn uri_of(config: Builder) -> String {
    let (http, request) = capture_request(None);
    let client = Client::from_conf(config.http_client(http).build());
    let _ = client.list_accounts().send().await;
    request.expect_request().uri().to_string()
}

#[tokio::test]
async fn endpoints() {
    assert_eq!(
        uri_of(minimal()).await,
        "https://chime.us-east-1.amazonaws.com/accounts"
    );
    assert_eq!(
        uri_of(minimal().use_fips(true)).await,
        "https://chime-fips.eu-central-1.amazonaws.com/accounts"
    );
    assert_eq!(
        uri_of(minimal().use_dual_stack(true)).await,
        "https://chime.eu-central-1.api.aws/accounts"
    );
    assert_eq!(
        uri_of(minimal().endpoint_url("http://localhost:8080/base/")).await,
        "http://localhost:8080/base/accounts"
    );

    #[derive(Debug)]
    struct Own;
    impl ResolveEndpoint for Own {
        fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
            let url = format!("https://{}.example", params.region().unwrap_or("nowhere"));
            EndpointFuture::ready(Ok(Endpoint::builder().url(url).build()))
        }
    }
    assert_eq!(
        uri_of(minimal().endpoint_resolver(Own)).await,
        "https://eu-central-1.example/accounts"
    );
    let params = Params::builder().region("cn-north-1").build().unwrap();
    let endpoint = DefaultResolver::new()
        .resolve_endpoint(&params)
        .await
        .unwrap();
    assert_eq!(endpoint.url(), "https://chime.cn-north-1.amazonaws.com.cn");
    let error = DefaultResolver::default()
        .resolve_endpoint(&Params::builder().build().unwrap())
        .await
        .unwrap_err();
    assert!(error.to_string().contains("Missing Region"), "{error}");
}

#[tokio::test]
async fn signatures_are_those_of_the_time_and_the_credentials() {
    let (http, request) = capture_request(None);
    let time = StaticTimeSource::new(UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    let config = minimal()
        .time_source(time)
        .endpoint_url("http://localhost:1234")
        .http_client(http)
        .invocation_id_generator(FixedId)
        .build();
    let _ = Client::from_conf(config)
        .get_room()
        .account_id("a b")
        .room_id("r/é")
        .send()
        .await;
    let request = request.expect_request();
    assert_eq!(
        request.uri(),
        "http://localhost:1234/accounts/a%20b/rooms/r%2F%C3%A9"
    );
    assert_eq!(
        request.headers().get("x-amz-date"),
        Some("20231114T221320Z")
    );
    let authorization = request.headers().get("authorization").unwrap();
    assert!(
        authorization.starts_with(
            "AWS4-HMAC-SHA256 Credential=AKID/20231114/eu-central-1/chime/aws4_request, SignedHeaders="
        ),
        "{authorization}"
    );
}

/// A constant ID.
#[derive(Debug)]
struct FixedId;

impl InvocationIdGenerator for FixedId {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        let id = "00000000-0000-4000-8000-000000000000";
        Ok(Some(InvocationId::new(id.into())))
    }
}

#[tokio::test(start_paused = true)]
async fn retries() {
    let http = replay(500, 5);
    let config = minimal()
        .retry_config(
            RetryConfig::standard()
                .with_max_attempts(2)
                .with_reconnect_mode(ReconnectMode::ReuseAllConnections),
        )
        .retry_partition(RetryPartition::new("mine"))
        .http_client(http.clone())
        .build();
    assert_eq!(config.retry_config().unwrap().mode(), RetryMode::Standard);
    assert!(config.retry_partition().is_some());
    let client = Client::from_conf(config);
    client.list_accounts().send().await.unwrap_err();
    assert_eq!(http.actual_requests().count(), 2);

    #[derive(Debug)]
    struct Never;
    impl ClassifyRetry for Never {
        fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
            RetryAction::RetryForbidden
        }
        fn name(&self) -> &'static str {
            "Never"
        }
    }
    let http = replay(500, 5);
    let config = minimal()
        .retry_classifier(Never)
        .http_client(http.clone())
        .build();
    Client::from_conf(config)
        .list_accounts()
        .send()
        .await
        .unwrap_err();
    assert_eq!(http.actual_requests().count(), 1);
}

#[tokio::test(start_paused = true)]
async fn timeouts() {
    let config = minimal()
        .timeout_config(
            TimeoutConfig::builder()
                .operation_timeout(Duration::from_secs(3))
                .build(),
        )
        .http_client(NeverClient::new())
        .build();
    let error = Client::from_conf(config)
        .list_accounts()
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
}

#[tokio::test]
async fn the_sleep_between_attempts_is_the_programs() {
    #[derive(Debug, Clone, Default)]
    struct Counted(Arc<Mutex<Vec<Duration>>>);
    impl AsyncSleep for Counted {
        fn sleep(&self, duration: Duration) -> Sleep {
            self.0.lock().unwrap().push(duration);
            Sleep::new(std::future::ready(()))
        }
    }
    let sleep = Counted::default();
    let http = replay(500, 3);
    let config = minimal()
        .retry_config(RetryConfig::standard())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .sleep_impl(SharedAsyncSleep::new(sleep.clone()))
        .http_client(http)
        .build();
    Client::from_conf(config)
        .list_accounts()
        .send()
        .await
        .unwrap_err();
    // Between attempts, and for the default timeouts.
    assert!(sleep.0.lock().unwrap().len() >= 2);
}

#[tokio::test]
async fn credentials_are_cached_or_not() {
    #[derive(Debug, Clone, Default)]
    struct Counted(Arc<AtomicUsize>);
    impl aws_sdk_chime::config::ProvideCredentials for Counted {
        fn provide_credentials<'a>(
            &'a self,
        ) -> aws_credential_types::provider::future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            self.0.fetch_add(1, Ordering::SeqCst);
            aws_credential_types::provider::future::ProvideCredentials::ready(Ok(
                Credentials::for_tests(),
            ))
        }
    }
    for (cache, expected) in [(true, 1), (false, 3)] {
        let provider = Counted::default();
        let config = minimal()
            .credentials_provider(provider.clone())
            .http_client(replay(200, 3));
        let config = match cache {
            true => config.identity_cache(IdentityCache::lazy().build()),
            false => config.identity_cache(IdentityCache::no_cache()),
        };
        let client = Client::from_conf(config.build());
        for _ in 0..3 {
            client.list_accounts().send().await.unwrap();
        }
        assert_eq!(provider.0.load(Ordering::SeqCst), expected);
    }
}

#[tokio::test]
async fn requests_go_unsigned_where_the_program_says_so() {
    let (http, request) = capture_request(None);
    let config = Config::builder()
        .behavior_version_latest()
        .region(Region::new("us-east-1"))
        .allow_no_auth()
        .http_client(http)
        .build();
    let _ = Client::from_conf(config).list_accounts().send().await;
    assert_eq!(
        request.expect_request().headers().get("authorization"),
        None
    );
}

#[tokio::test]
async fn the_shared_configuration() {
    let (http, request) = capture_request(None);
    let shared = aws_types::SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-west-2"))
        .credentials_provider(SharedCredentialsProvider::new(Credentials::for_tests()))
        .app_name(AppName::new("shared").unwrap())
        .endpoint_url("http://shared.example")
        .retry_config(RetryConfig::standard().with_max_attempts(7))
        .time_source(SharedTimeSource::new(StaticTimeSource::new(UNIX_EPOCH)))
        .http_client(http)
        .build();
    let config = Config::new(&shared);
    assert_eq!(config.region().map(Region::as_ref), Some("us-west-2"));
    assert_eq!(
        config.app_name().map(ToString::to_string).as_deref(),
        Some("shared")
    );
    assert_eq!(
        config.retry_config().map(RetryConfig::max_attempts),
        Some(7)
    );
    assert!(config.http_client().is_some() && config.time_source().is_some());
    let client = Client::new(&shared);
    assert_eq!(client.config().signing_name(), "chime");
    let _ = client.list_accounts().send().await;
    assert_eq!(
        request.expect_request().uri(),
        "http://shared.example/accounts"
    );

    // A setting of the shared configuration is changed only for Chime.
    let config = Builder::from(&shared)
        .region(Region::new("eu-west-1"))
        .build();
    assert_eq!(config.region().map(Region::as_ref), Some("eu-west-1"));
    let config = config
        .to_builder()
        .app_name(AppName::new("other").unwrap())
        .build();
    assert_eq!(
        Client::from_conf(config)
            .config()
            .region()
            .map(Region::as_ref),
        Some("eu-west-1")
    );
}

#[tokio::test]
async fn authentication_schemes() {
    let params = AuthParams::builder()
        .operation_name("GetRoom")
        .build()
        .unwrap();
    assert_eq!(params.operation_name(), "GetRoom");
    assert!(AuthParams::builder().build().is_err());
    let (http, request) = capture_request(None);
    let config = minimal()
        .auth_scheme_resolver(DefaultAuthSchemeResolver::default())
        .http_client(http)
        .build();
    assert!(config.auth_scheme_resolver().is_some());
    assert_eq!(config.auth_schemes().count(), 0);
    let _shared = DefaultAuthSchemeResolver::default().into_shared_resolver();
    let _ = Client::from_conf(config).list_accounts().send().await;
    assert!(
        request
            .expect_request()
            .headers()
            .get("authorization")
            .is_some()
    );
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_wrong() {
    // An hour behind. The service's clock is taken from its responses.
    let time = || StaticTimeSource::new(UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    let answers = || {
        let answer = |status, body: &'static str| {
            ReplayEvent::new(
                http::Request::builder().body(SdkBody::empty()).unwrap(),
                http::Response::builder()
                    .status(status)
                    .header("date", "Tue, 14 Nov 2023 23:13:20 GMT")
                    .header("x-amzn-errortype", "InvalidSignatureException")
                    .body(SdkBody::from(body))
                    .unwrap(),
            )
        };
        StaticReplayClient::new(vec![
            answer(403, "{}"),
            answer(200, "{}"),
            answer(200, "{}"),
        ])
    };
    let http = answers();
    let config = minimal().time_source(time()).http_client(http.clone());
    let client = Client::from_conf(config.build());
    client.list_accounts().send().await.unwrap();
    client.list_accounts().send().await.unwrap();
    let times: Vec<_> = http
        .actual_requests()
        .map(|request| request.headers().get("x-amz-date").unwrap().to_owned())
        .collect();
    let (ours, theirs) = ("20231114T221320Z", "20231114T231320Z");
    assert_eq!(times, [ours, theirs, theirs]);

    let http = answers();
    let config = minimal()
        .time_source(time())
        .disable_clock_skew_correction(true)
        .http_client(http.clone());
    let client = Client::from_conf(config.build());
    let error = client.list_accounts().send().await.unwrap_err();
    assert_eq!(
        aws_sdk_chime::error::ProvideErrorMetadata::code(&error),
        Some("InvalidSignatureException")
    );
    assert_eq!(http.actual_requests().count(), 1);
}

#[tokio::test]
async fn tests_have_their_defaults() {
    let (http, request) = capture_request(None);
    let client = Client::from_conf(
        Config::builder()
            .with_test_defaults_v2()
            .http_client(http)
            .build(),
    );
    let _ = client
        .create_room()
        .account_id("a")
        .name("lab")
        .send()
        .await;
    let request = request.expect_request();
    assert_eq!(
        request.headers().get("x-amz-date"),
        Some("20090213T233130Z")
    );
    assert_eq!(
        std::str::from_utf8(request.body().bytes().unwrap()).unwrap(),
        r#"{"ClientRequestToken":"00000000-0000-4000-8000-000000000000","Name":"lab"}"#
    );
    let own = Config::builder()
        .with_test_defaults_v2()
        .idempotency_token_provider("my-token")
        .http_client(capture_request(None).0)
        .build();
    assert_eq!(own.region().map(Region::as_ref), Some("us-east-1"));
}
