//! Calls through an in-memory connector. `calls SIDE CASE COUNT` makes COUNT calls and prints the CPU time in
//! microseconds, the allocations and the bytes allocated per call. The case `endpoint` resolves the same
//! endpoint repeatedly. Instructions are counted with callgrind. The case `codec` prints how many
//! microseconds it takes to serialize the request of a batch and to read its response.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextRef,
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

/// Only one thread allocates here, so counting does not need an atomic addition.
fn count(bytes: usize) {
    let add = |counter: &AtomicU64, more: u64| {
        counter.store(counter.load(Ordering::Relaxed) + more, Ordering::Relaxed);
    };
    add(&ALLOCATIONS, 1);
    add(&BYTES, bytes as u64);
}

// SAFETY: every call is forwarded to the system allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: the caller's.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller's.
        unsafe { System.dealloc(place, layout) }
    }
    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size.saturating_sub(layout.size()));
        // SAFETY: the caller's.
        unsafe { System.realloc(place, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Sends the same body in response to every request.
#[derive(Debug, Clone)]
struct Memory {
    status: u16,
    body: &'static str,
}

impl HttpConnector for Memory {
    fn call(&self, _request: HttpRequest) -> HttpConnectorFuture {
        let status = self.status.try_into().expect("a status");
        let mut response = HttpResponse::new(status, SdkBody::from(self.body));
        response
            .headers_mut()
            .insert("x-amzn-requestid", "a-request");
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl HttpClient for Memory {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

const ROOM: &str = r#"{"Room":{"RoomId":"1d3c6a52-52a8-4c43-bf6b-9f5e8f0d7a77","Name":"Standup","AccountId":"8f2b6f3e-8a6c-4a34-9c0d-0d9a6a1f6b10","CreatedBy":"0b7e7e0a-4c55-4a0e-8f6c-6f4dfb5d0a12","CreatedTimestamp":"2026-11-24T12:00:00.123Z","UpdatedTimestamp":"2026-11-24T12:00:00.123Z"}}"#;
const REFUSED: &str = r#"{"Errors":[{"MemberId":"00000000-0000-4000-8000-000000000001","ErrorCode":"NotFound","ErrorMessage":"no such user"},{"MemberId":"00000000-0000-4000-8000-000000000002","ErrorCode":"NotFound","ErrorMessage":"no such user"},{"MemberId":"00000000-0000-4000-8000-000000000003","ErrorCode":"Conflict","ErrorMessage":"is a member"},{"MemberId":"00000000-0000-4000-8000-000000000004","ErrorCode":"NotFound","ErrorMessage":"no such user"},{"MemberId":"00000000-0000-4000-8000-000000000005","ErrorCode":"Throttled","ErrorMessage":"slow down"}]}"#;

/// Measures the time between two points of a call.
#[derive(Debug, Default)]
struct Timing {
    start: Mutex<Option<Instant>>,
    writing: Mutex<Duration>,
    reading: Mutex<Duration>,
}

impl Timing {
    fn start(&self) {
        *self.start.lock().expect("one thread") = Some(Instant::now());
    }

    fn stop(&self, sum: &Mutex<Duration>) {
        let start = self.start.lock().expect("one thread").take();
        *sum.lock().expect("one thread") += start.expect("started").elapsed();
    }
}

#[derive(Debug)]
struct Timer(Arc<Timing>);

#[dyn_dispatch_hint]
impl Intercept for Timer {
    fn name(&self) -> &'static str {
        "Timer"
    }
    fn read_before_serialization(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.start();
        Ok(())
    }
    fn read_after_serialization(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.stop(&self.0.writing);
        Ok(())
    }
    fn read_before_deserialization(
        &self,
        _context: &BeforeDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.start();
        Ok(())
    }
    fn read_after_deserialization(
        &self,
        _context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.stop(&self.0.reading);
        Ok(())
    }
}

macro_rules! side {
    ($module:ident, $sdk:ident) => {
        mod $module {
            use super::{Memory, Timer, Timing};
            use std::sync::Arc;
            use $sdk::Client;
            use $sdk::config::{Config, Credentials, Region};
            use $sdk::types::{MembershipItem, RoomMembershipRole};

            fn client(status: u16, body: &'static str) -> Client {
                Client::from_conf(
                    Config::builder()
                        .behavior_version_latest()
                        .region(Region::from_static("us-east-1"))
                        .credentials_provider(Credentials::new(
                            "AKID", "secret", None, None, "bench",
                        ))
                        .http_client(Memory { status, body })
                        .build(),
                )
            }

            /// Resolves the same endpoint this many times.
            pub(crate) async fn endpoint(count: u64) {
                use $sdk::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
                let resolver = DefaultResolver::new();
                let params = Params::builder().region("us-west-2").use_fips(true).build();
                let params = params.expect("good parameters");
                for _ in 0..count {
                    let endpoint = resolver
                        .resolve_endpoint(&params)
                        .await
                        .expect("an endpoint");
                    assert!(endpoint.url().ends_with(".amazonaws.com"));
                }
            }

            pub(crate) fn get_room() -> Client {
                client(200, super::ROOM)
            }

            pub(crate) fn batch() -> Client {
                client(201, super::REFUSED)
            }

            pub(crate) fn timed() -> (Client, Arc<Timing>) {
                let timing = Arc::new(Timing::default());
                let config = batch().config().to_builder();
                let config = config.interceptor(Timer(timing.clone()));
                (Client::from_conf(config.build()), timing)
            }

            pub(crate) async fn call(client: &Client, case: &str) {
                match case {
                    "get_room" => {
                        let output = client
                            .get_room()
                            .account_id("8f2b6f3e-8a6c-4a34-9c0d-0d9a6a1f6b10")
                            .room_id("1d3c6a52-52a8-4c43-bf6b-9f5e8f0d7a77")
                            .send()
                            .await
                            .expect("a room");
                        assert_eq!(output.room().and_then(|room| room.name()), Some("Standup"));
                    }
                    _ => {
                        let mut call = client
                            .batch_create_room_membership()
                            .account_id("8f2b6f3e-8a6c-4a34-9c0d-0d9a6a1f6b10")
                            .room_id("1d3c6a52-52a8-4c43-bf6b-9f5e8f0d7a77");
                        for _ in 0..50 {
                            call = call.membership_item_list(
                                MembershipItem::builder()
                                    .member_id("0b7e7e0a-4c55-4a0e-8f6c-6f4dfb5d0a12")
                                    .role(RoomMembershipRole::Member)
                                    .build(),
                            );
                        }
                        let output = call.send().await.expect("a batch");
                        assert_eq!(output.errors().len(), 5);
                    }
                }
            }
        }
    };
}

side!(ours, chime_sdk);
side!(theirs, aws_sdk_chime);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [side, case, count] = arguments.as_slice() else {
        panic!("calls ours|theirs get_room|batch|endpoint|codec COUNT");
    };
    let count: u64 = count.parse().expect("a number");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime");
    macro_rules! run {
        ($module:ident) => {{
            if case == "codec" {
                let (client, timing) = $module::timed();
                runtime.block_on(async {
                    for _ in 0..count {
                        $module::call(&client, "batch").await;
                    }
                });
                let mean = |sum: &Mutex<Duration>| {
                    1e6 * sum.lock().expect("one thread").as_secs_f64() / count as f64
                };
                println!("{:.2} {:.2}", mean(&timing.writing), mean(&timing.reading));
                return;
            }
            let client = match case.as_str() {
                "get_room" => $module::get_room(),
                _ => $module::batch(),
            };
            runtime.block_on(async {
                let calls = async |count: u64| {
                    if case == "endpoint" {
                        return $module::endpoint(count).await;
                    }
                    for _ in 0..count {
                        $module::call(&client, case).await;
                    }
                };
                calls(10).await;
                let (allocations, bytes) = counted();
                let before = cpu();
                calls(count).await;
                let spent = cpu() - before;
                let (allocations, bytes) = (counted().0 - allocations, counted().1 - bytes);
                println!(
                    "{:.2} {:.1} {:.0}",
                    1e6 * spent / count as f64,
                    allocations as f64 / count as f64,
                    bytes as f64 / count as f64
                );
            });
        }};
    }
    match side.as_str() {
        "ours" => run!(ours),
        _ => run!(theirs),
    }
}

fn counted() -> (u64, u64) {
    (
        ALLOCATIONS.load(Ordering::Relaxed),
        BYTES.load(Ordering::Relaxed),
    )
}

/// Returns the CPU time of this process so far, in seconds.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let (_, fields) = stat.rsplit_once(") ").expect("a name");
    let ticks = fields.split(' ').skip(11).take(2);
    // In hundredths of a second.
    ticks.filter_map(|it| it.parse::<f64>().ok()).sum::<f64>() / 100.0
}
