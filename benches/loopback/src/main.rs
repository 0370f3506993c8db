//! Calls over loopback HTTP. `loopback SIDE IN_FLIGHT COUNT` makes COUNT calls of `get_room` and prints the
//! calls per second and the median, 99th and 99.9th percentile of the latency, in milliseconds. `loopback
//! idle SIDE` prints the memory of a client that has made a call, and `loopback idle-https SIDE` that of a
//! client that has read its certificates but could not connect to a server. `loopback at
//! get_room|create_room|batch IN_FLIGHT COUNT URL ACCOUNT ROOM` measures another server, with our client.
//!
//! The server is the same program in a separate process, on one thread. It sends the same room in response to
//! any request, so that only the client is measured.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const ROOM: &str = r#"{"Room":{"RoomId":"1d3c6a52-52a8-4c43-bf6b-9f5e8f0d7a77","Name":"Standup","AccountId":"8f2b6f3e-8a6c-4a34-9c0d-0d9a6a1f6b10","CreatedBy":"0b7e7e0a-4c55-4a0e-8f6c-6f4dfb5d0a12","CreatedTimestamp":"2026-11-24T12:00:00.123Z","UpdatedTimestamp":"2026-11-24T12:00:00.123Z"}}"#;

macro_rules! side {
    ($module:ident, $sdk:ident) => {
        mod $module {
            use super::{Case, What};
            use $sdk::Client;
            use $sdk::config::retry::RetryConfig;
            use $sdk::config::{BehaviorVersion, Config, Credentials, Region};
            use $sdk::types::{MembershipItem, RoomMembershipRole};

            pub(crate) fn client(url: &str) -> Client {
                let config = Config::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .region(Region::from_static("us-east-1"))
                    .credentials_provider(Credentials::new("AKID", "secret", None, None, "bench"))
                    .retry_config(RetryConfig::disabled())
                    .endpoint_url(url);
                Client::from_conf(config.build())
            }

            /// Returns whether there was a response.
            pub(crate) async fn get_room(client: &Client, what: &What) -> bool {
                let call = client.get_room().account_id(&what.account);
                let answer = call.room_id(&what.room).send().await;
                answer.is_ok_and(|answer| answer.room().is_some())
            }

            pub(crate) async fn call(client: &Client, what: &What) {
                if what.case == Case::CreateRoom {
                    let call = client.create_room().account_id(&what.account);
                    call.name("A room").send().await.expect("a room");
                    return;
                }
                if what.case == Case::Batch {
                    let member = |n| {
                        MembershipItem::builder()
                            .member_id(format!("00000000-0000-4000-8000-{n:012}"))
                            .role(RoomMembershipRole::Member)
                            .build()
                    };
                    let mut call = client.batch_create_room_membership();
                    for n in 0..50 {
                        call = call.membership_item_list(member(n));
                    }
                    call.account_id(&what.account)
                        .room_id(&what.room)
                        .send()
                        .await
                        .expect("a response");
                    return;
                }
                assert!(get_room(client, what).await, "no room");
            }

            /// Makes this many calls, this many concurrently, and returns the latency of each.
            pub(crate) async fn calls(
                client: &Client,
                what: &What,
                in_flight: u64,
                count: u64,
            ) -> Vec<std::time::Duration> {
                let tasks: Vec<_> = (0..in_flight)
                    .map(|_| {
                        let (client, what) = (client.clone(), what.clone());
                        tokio::spawn(async move {
                            let mut times = Vec::new();
                            for _ in 0..count / in_flight {
                                let start = std::time::Instant::now();
                                call(&client, &what).await;
                                times.push(start.elapsed());
                            }
                            times
                        })
                    })
                    .collect();
                let mut times = Vec::new();
                for task in tasks {
                    times.extend(task.await.expect("a task that ends"));
                }
                times
            }
        }
    };
}

side!(ours, chime_sdk);
side!(theirs, aws_sdk_chime);

/// The operation to call.
#[derive(Clone, Copy, PartialEq)]
enum Case {
    GetRoom,
    CreateRoom,
    Batch,
}

/// The operation to call, and with what.
#[derive(Clone)]
struct What {
    case: Case,
    account: String,
    room: String,
}

impl What {
    fn get_room() -> Self {
        Self {
            case: Case::GetRoom,
            account: "8f2b6f3e-8a6c-4a34-9c0d-0d9a6a1f6b10".to_owned(),
            room: "1d3c6a52-52a8-4c43-bf6b-9f5e8f0d7a77".to_owned(),
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    match words.as_slice() {
        ["serve"] => runtime.block_on(serve()),
        ["idle", side] => {
            let (_server, url) = server();
            runtime.block_on(idle(side, &url));
        }
        // No server listens on port 1.
        ["idle-https", side] => runtime.block_on(idle(side, "https://127.0.0.1:1")),
        ["at", case, in_flight, count, url, account, room] => {
            let what = What {
                case: match *case {
                    "batch" => Case::Batch,
                    "create_room" => Case::CreateRoom,
                    _ => Case::GetRoom,
                },
                account: (*account).to_owned(),
                room: (*room).to_owned(),
            };
            let (in_flight, count) = (number(in_flight), number(count));
            runtime.block_on(measure("ours", url, &what, in_flight, count));
        }
        [side, in_flight, count] => {
            let (_server, url) = server();
            let (in_flight, count) = (number(in_flight), number(count));
            runtime.block_on(measure(side, &url, &What::get_room(), in_flight, count));
        }
        _ => panic!("loopback ours|theirs IN_FLIGHT COUNT"),
    }
}

fn number(text: &str) -> u64 {
    text.parse().expect("a number")
}

/// A server that ends with this process.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn server() -> (Server, String) {
    let program = std::env::current_exe().expect("this program");
    let mut child = Command::new(program)
        .arg("serve")
        .stdout(Stdio::piped())
        .spawn()
        .expect("a server");
    let mut url = String::new();
    BufReader::new(child.stdout.take().expect("its output"))
        .read_line(&mut url)
        .expect("its address");
    (Server(child), url.trim().to_owned())
}

async fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    println!("http://{address}");
    std::io::stdout().flush().expect("an output");
    loop {
        let (connection, _) = listener.accept().await.expect("a connection");
        tokio::spawn(answer(connection));
    }
}

/// Sends the response to every request. Requests have no body.
async fn answer(mut connection: TcpStream) {
    let _ = connection.set_nodelay(true);
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-amzn-requestid: a-request\r\n\
         content-length: {}\r\n\r\n{ROOM}",
        ROOM.len()
    );
    let mut request = Vec::with_capacity(4096);
    loop {
        match connection.read_buf(&mut request).await {
            Ok(1..) => {}
            _ => return,
        }
        if request.ends_with(b"\r\n\r\n") {
            request.clear();
            if connection.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

async fn measure(side: &str, url: &str, what: &What, in_flight: u64, count: u64) {
    macro_rules! run {
        ($module:ident) => {{
            let client = $module::client(url);
            $module::calls(&client, what, in_flight, count / 10).await;
            let start = Instant::now();
            let times = $module::calls(&client, what, in_flight, count).await;
            (start.elapsed(), times)
        }};
    }
    let (took, mut times) = match side {
        "ours" => run!(ours),
        _ => run!(theirs),
    };
    times.sort();
    let at = |share: f64| milliseconds(times[(share * (times.len() - 1) as f64) as usize]);
    println!(
        "{:.0} {:.3} {:.3} {:.3}",
        times.len() as f64 / took.as_secs_f64(),
        at(0.5),
        at(0.99),
        at(0.999)
    );
}

fn milliseconds(time: Duration) -> f64 {
    1e3 * time.as_secs_f64()
}

/// Returns by how many KiB a client that has made a call increases the memory of the process.
async fn idle(side: &str, url: &str) {
    let before = resident();
    macro_rules! run {
        ($module:ident) => {{
            let client = $module::client(url);
            let answer = $module::get_room(&client, &What::get_room()).await;
            assert_eq!(answer, url.starts_with("http:"));
            println!("{}", resident() - before);
        }};
    }
    match side {
        "ours" => run!(ours),
        _ => run!(theirs),
    }
}

/// Returns the private memory of this process, in KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("RssAnon:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.and_then(|it| it.parse().ok()).expect("a number")
}
