//! Anything that can come over a connection is answered or the connection is closed, and the server goes on.

mod common;

use chime_local::Server;
use common::{ask, exchange};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn works(server: &Server) {
    let (status, _, body) = ask(server, "GET", "/accounts", "").await;
    assert_eq!((status, body.as_str()), (200, r#"{"Accounts":[]}"#));
}

/// Sends bytes, ends the sending half, and returns what comes back.
async fn send(server: &Server, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(server.address())
        .await
        .expect("a connection");
    // The server may close the connection before it has read everything.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    let read = tokio::time::timeout(Duration::from_secs(10), read).await;
    // A reset is an end, too.
    let _ = read.expect("the connection ends");
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn malformed_requests_are_answered_or_closed() {
    let server = Server::start(0).await.expect("a free port");
    let good = b"POST /accounts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"Name\":\"Test\"}";
    let mut requests: Vec<Vec<u8>> = [
        &b""[..],
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost x\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        b"POST /accounts HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /accounts HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"POST /accounts HTTP/1.1\r\nContent-Length: 99\r\n\r\n{}",
        b"GET /accounts/%ff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /accounts/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://[::1 HTTP/1.1\r\n\r\n",
        b"CONNECT x:1 HTTP/1.1\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    ]
    .iter()
    .map(|bytes| bytes.to_vec())
    .collect();
    let mut rng = fastrand::Rng::with_seed(11);
    while requests.len() < 200 {
        let mut bytes = good.to_vec();
        for _ in 0..rng.usize(1..6) {
            let at = rng.usize(0..bytes.len());
            match rng.u8(0..4) {
                0 => bytes[at] = rng.u8(..),
                1 => bytes.insert(at, rng.u8(..)),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at.max(1)),
            }
        }
        requests.push(bytes);
    }
    for request in &requests {
        let answer = send(&server, request).await;
        let is_answer = answer.is_empty() || answer.starts_with(b"HTTP/1.");
        let shown = String::from_utf8_lossy(request).into_owned();
        assert!(is_answer, "{shown:?}: {answer:?}");
        assert!(!answer.starts_with(b"HTTP/1.1 5"), "{shown:?}: {answer:?}");
    }
    let (status, _, _) = ask(&server, "GET", "/accounts", "").await;
    assert_eq!(status, 200);
    server.stop().await;
}

#[tokio::test]
async fn oversized_and_encoded_bodies_are_refused() {
    let server = Server::start(0).await.expect("a free port");
    let large = format!("{{\"Name\":\"{}\"}}", "x".repeat(5 << 20));
    let mut request = format!(
        "POST /accounts HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n",
        large.len()
    );
    request += &large;
    let answer = send(&server, request.as_bytes()).await;
    // The connection may be closed while the rest is sent, so the answer may be lost.
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 413 "));
    let head = format!(
        "GET /accounts HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n",
        "x".repeat(200_000)
    );
    let answer = send(&server, head.as_bytes()).await;
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431 "));
    let gzip = "POST /accounts HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc";
    let answer = exchange(&server, gzip).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert!(answer.contains("the body is encoded with gzip"), "{answer}");
    works(&server).await;
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let server = Server::start(0).await.expect("a free port");
    let mut requests = String::new();
    for name in ["a", "b", "c"] {
        let body = format!("{{\"Name\":\"{name}\"}}");
        requests += &format!(
            "POST /accounts HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
    }
    requests += "GET /accounts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answer = exchange(&server, &requests).await.expect("answers");
    assert_eq!(answer.matches("HTTP/1.1 2").count(), 4, "{answer}");
    let places: Vec<_> = ["\"a\"", "\"b\"", "\"c\""]
        .map(|name| answer.find(name))
        .into();
    assert!(places.is_sorted() && places[0].is_some(), "{answer}");
    assert_eq!(server.chime().counts().of("CreateAccount"), 3);
}

/// Connections that send nothing, or a byte now and then, do not keep others from being served.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn idle_and_slow_connections_do_not_delay_others() {
    let server = Server::start(0).await.expect("a free port");
    // `CHIME_CONNECTIONS=2000` opens that many; the limit of files of a process may be lower.
    let count = std::env::var("CHIME_CONNECTIONS").ok();
    let count: usize = count.map_or(200, |count| count.parse().expect("a number"));
    let mut idle = Vec::new();
    for _ in 0..count {
        idle.push(
            TcpStream::connect(server.address())
                .await
                .expect("a connection"),
        );
    }
    let slow: Vec<_> = (0..count / 10)
        .map(|i| {
            let address = server.address();
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.expect("a connection");
                let request = match i % 2 {
                    0 => "POST /accounts HTTP/1.1\r\nHost: x\r\nX-Long: yes\r\n",
                    _ => {
                        "POST /accounts HTTP/1.1\r\nContent-Length: 500\r\n\r\n{\"Name\": \"slow\""
                    }
                };
                for byte in request.bytes() {
                    if stream.write_all(&[byte]).await.is_err() {
                        return;
                    }
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            })
        })
        .collect();
    let start = std::time::Instant::now();
    for _ in 0..50 {
        works(&server).await;
    }
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    for task in slow {
        task.abort();
    }
    drop(idle);
}

/// One slow request delays no other.
#[tokio::test]
async fn slow_requests_do_not_delay_others() {
    let server = Server::start(0).await.expect("a free port");
    let chime = server.chime();
    chime
        .set_faults(chime_local::Faults {
            only: vec!["CreateAccount".to_owned()],
            latency_ms: 3_600_000,
            ..chime_local::Faults::default()
        })
        .expect("good faults");
    let slow = tokio::spawn({
        let address = server.address();
        async move {
            let mut stream = TcpStream::connect(address).await.expect("a connection");
            let request = "POST /accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 15\r\n\r\n{\"Name\":\"Test\"}";
            stream
                .write_all(request.as_bytes())
                .await
                .expect("a request");
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer).await;
        }
    });
    while chime.counts().of("CreateAccount") == 0 {
        tokio::task::yield_now().await;
    }
    works(&server).await;
    slow.abort();
}
