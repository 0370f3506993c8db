//! Runs over many items: throughput, memory and CPU time, compared with a plain loop of `send()`.
//!
//! The server is the same program in a separate process.

use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use chime_local::{Chime, Faults, Server};
use chime_sdk::batch::BatchConfig;
use chime_sdk::config::retry::RetryConfig;
use chime_sdk::config::{Builder, Credentials, Region};
use chime_sdk::types::MembershipItem;
use chime_sdk::{Client, Config};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const USERS: usize = 20_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = |threads| {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(threads)
            .enable_all()
            .build()
            .expect("a runtime")
    };
    match words.as_slice() {
        ["serve", latency, rate, users] => runtime(1).block_on(serve(latency, rate, users)),
        ["limited"] => runtime(1).block_on(limited()),
        ["unlimited"] => runtime(1).block_on(unlimited()),
        ["memory"] => runtime(1).block_on(memory()),
        ["overhead"] => {
            compare_overhead(true);
            compare_overhead(false);
        }
        ["overhead", side, place] => tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime")
            .block_on(overhead(side, *place == "http")),
        [] => {
            for name in ["limited", "unlimited", "memory"] {
                own_process(&[name]);
            }
            compare_overhead(true);
            compare_overhead(false);
        }
        _ => panic!("unknown arguments: {words:?}"),
    }
}

async fn serve(latency: &str, rate: &str, users: &str) {
    let chime = Chime::new();
    let sample = chime.populate(users.parse().expect("a number"));
    let rate: f64 = rate.parse().expect("a number");
    chime
        .set_faults(Faults {
            latency_ms: latency.parse().expect("a number"),
            rate: (rate > 0.0).then_some(rate),
            only: vec!["BatchCreateRoomMembership".to_owned()],
            ..Faults::default()
        })
        .expect("good faults");
    let server = Server::start_with(chime, ([127, 0, 0, 1], 0).into())
        .await
        .expect("a port");
    println!("{} {} {}", server.url(), sample.account_id, sample.room_id);
    std::future::pending::<()>().await;
}

/// A server in a separate process, which ends with this one.
struct Service {
    child: Child,
    url: String,
    account: String,
    room: String,
}

impl Service {
    fn start(latency: &str, rate: &str) -> Self {
        Self::start_with(latency, rate, USERS)
    }

    fn start_with(latency: &str, rate: &str, users: usize) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["serve", latency, rate, &users.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let words: Vec<&str> = line.split_whitespace().collect();
        let [url, account, room] = words.as_slice() else {
            panic!("{line}");
        };
        Self {
            url: (*url).to_owned(),
            account: (*account).to_owned(),
            room: (*room).to_owned(),
            child,
        }
    }

    fn client(&self) -> Client {
        Client::from_conf(config().endpoint_url(&self.url).build())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.child.kill().expect("it ran");
        self.child.wait().expect("it ended");
    }
}

fn config() -> Builder {
    Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "bench"))
}

fn member(number: usize) -> MembershipItem {
    member_of_many(number % USERS)
}

fn member_of_many(number: usize) -> MembershipItem {
    let id = format!("00000000-0000-4000-8000-{:012}", number + 1);
    MembershipItem::builder().member_id(id).build()
}

/// The code that users write without runs: split, send, check the errors.
async fn plain_loop(client: &Client, account: &str, room: &str, count: usize) -> usize {
    let mut refused = 0;
    let mut items = (0..count).map(member_of_many);
    loop {
        let batch: Vec<MembershipItem> = items.by_ref().take(50).collect();
        if batch.is_empty() {
            return refused;
        }
        let output = client
            .batch_create_room_membership()
            .account_id(account)
            .room_id(room)
            .set_membership_item_list(Some(batch))
            .send()
            .await
            .expect("it is taken");
        refused += output.errors().len();
    }
}

/// A limit of 10 requests per second, for a minute.
async fn limited() {
    const RATE: f64 = 10.0;
    const MINUTE: Duration = Duration::from_secs(60);
    let service = Service::start("20", "10");
    let client = service.client();
    let mut run = client
        .batch_create_room_membership()
        .account_id(&service.account)
        .room_id(&service.room)
        .send_all((0..).map(member))
        .config(BatchConfig::new().concurrency(16));
    let handle = run.handle();
    let start = Instant::now();
    let mut early = handle.counts();
    let deadline = tokio::time::sleep(MINUTE);
    tokio::pin!(deadline);
    loop {
        tokio::select! {
            outcome = run.next() => assert!(outcome.is_some()),
            () = &mut deadline => break,
        }
        if start.elapsed() < Duration::from_secs(5) {
            early = handle.counts();
        }
    }
    let counts = handle.counts();
    // One second's worth is accepted at once, and the rest over time.
    let allowed = RATE + RATE * start.elapsed().as_secs_f64();
    let taken = (counts.requests - counts.throttled) as f64;
    let late = (counts.requests - early.requests) as f64;
    let late_throttled = (counts.throttled - early.throttled) as f64;
    println!("20 ms latency, 10 requests a second, for a minute:");
    println!(
        "  {taken} of {allowed:.0} requests that the limit allows: {:.1} %",
        100.0 * taken / allowed
    );
    println!(
        "  {late_throttled} of {late} throttled after the first five seconds: {:.1} %",
        100.0 * late_throttled / late
    );
}

/// No limit: 16 in flight against a plain loop, alternating.
async fn unlimited() {
    const ITEMS: usize = 20_000;
    let (mut loops, mut runs) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let service = Service::start("20", "0");
        let client = service.client();
        let start = Instant::now();
        plain_loop(&client, &service.account, &service.room, ITEMS).await;
        loops.push(start.elapsed().as_secs_f64());

        let service = Service::start("20", "0");
        let client = service.client();
        let start = Instant::now();
        let report = client
            .batch_create_room_membership()
            .account_id(&service.account)
            .room_id(&service.room)
            .send_all((0..ITEMS).map(member))
            .config(BatchConfig::new().concurrency(16))
            .report()
            .await;
        let failure = report.failures().next();
        assert!(report.is_complete(), "{:?} {failure:?}", report.counts);
        runs.push(start.elapsed().as_secs_f64());
    }
    let (plain, run) = (median(&mut loops), median(&mut runs));
    println!("20 ms latency, no limit, {ITEMS} members:");
    println!(
        "  plain loop {plain:.2} s, send_all with 16 in flight {run:.2} s: {:.1} times",
        plain / run
    );
}

/// Peak memory of a stream of five million items.
async fn memory() {
    const ITEMS: usize = 5_000_000;
    let service = Service::start("0", "0");
    let client = service.client();
    plain_loop(&client, &service.account, &service.room, 500).await;
    let before = peak();
    let mut run = client
        .batch_create_room_membership()
        .account_id(&service.account)
        .room_id(&service.room)
        .send_all(futures_util::stream::iter((0..ITEMS).map(member)))
        .config(BatchConfig::new().concurrency(16));
    let handle = run.handle();
    let start = Instant::now();
    while run.next().await.is_some() {}
    let counts = handle.counts();
    assert_eq!(counts.done, ITEMS, "{counts:?}");
    let after = peak();
    println!(
        "a stream of {ITEMS} members, in {:.0} s:",
        start.elapsed().as_secs_f64()
    );
    println!("  peak {after:.1} MiB; before the run {before:.1} MiB");
}

/// Returns the peak memory of this process, in MiB.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .expect("a line");
    let kib: f64 = line
        .split_whitespace()
        .nth(1)
        .and_then(|it| it.parse().ok())
        .expect("a number");
    kib / 1024.0
}

/// `BATCH_ITEMS` sets the number of items, so that callgrind finishes.
fn overhead_items(over_http: bool) -> usize {
    let given = std::env::var("BATCH_ITEMS").ok();
    let usual = if over_http { 500_000 } else { 3_000_000 };
    given.map_or(usual, |text| text.parse().expect("a number"))
}

/// Measures the CPU time of one side, in memory.
async fn overhead(side: &str, over_http: bool) {
    let items = overhead_items(over_http);
    let http_client = infallible_client_fn(|_: http::Request<SdkBody>| {
        http::Response::builder()
            .status(201)
            .body(SdkBody::from("{\"Errors\":[]}"))
            .expect("good")
    });
    // Over HTTP, the CPU time of the server's process is not counted.
    let service = over_http.then(|| Service::start_with("0", "0", items));
    let config = config().retry_config(RetryConfig::standard());
    let (config, account, room) = match &service {
        Some(service) => (
            config.endpoint_url(&service.url),
            &*service.account,
            &*service.room,
        ),
        None => (config.http_client(http_client), "a", "r"),
    };
    let client = Client::from_conf(config.build());
    let before = cpu();
    match side {
        "plain" => assert_eq!(plain_loop(&client, account, room, items).await, 0),
        _ => {
            let mut run = client
                .batch_create_room_membership()
                .account_id(account)
                .room_id(room)
                .send_all((0..items).map(member_of_many))
                .config(BatchConfig::new().concurrency(1));
            let mut done = 0;
            while run.next().await.is_some() {
                done += 1;
            }
            assert_eq!(done, items);
        }
    }
    println!("{}", cpu() - before);
}

/// Returns the CPU time of this process so far, in seconds.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let (_, fields) = stat.rsplit_once(") ").expect("a name");
    let fields: Vec<f64> = fields
        .split(' ')
        .skip(11)
        .take(2)
        .filter_map(|it| it.parse().ok())
        .collect();
    // In hundredths of a second.
    fields.iter().sum::<f64>() / 100.0
}

fn compare_overhead(over_http: bool) {
    let place = if over_http { "http" } else { "memory" };
    let (mut loops, mut runs) = (Vec::new(), Vec::new());
    for _ in 0..7 {
        for (side, times) in [("plain", &mut loops), ("run", &mut runs)] {
            let text = own_output(&["overhead", side, place]);
            times.push(text.trim().parse().expect("a number"));
        }
    }
    let (plain, run) = (median(&mut loops), median(&mut runs));
    let items = overhead_items(over_http);
    let each = |seconds: f64| 1e6 * seconds / items as f64;
    println!("CPU an item, {place}, one request at a time, {items} members:");
    println!(
        "  plain loop {:.2} µs, send_all {:.2} µs: {:.2}",
        each(plain),
        each(run),
        run / plain
    );
}

/// Prints the output of a separate process.
fn own_process(arguments: &[&str]) {
    print!("{}", own_output(arguments));
}

fn own_output(arguments: &[&str]) -> String {
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("text")
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
