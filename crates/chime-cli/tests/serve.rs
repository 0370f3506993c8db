//! `chime serve` as its users run it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// A `chime serve` process that is stopped at the end of the test.
struct Serve {
    child: Child,
    url: String,
}

impl Serve {
    fn start(port: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_chime"))
            .args(["serve", "--port", port])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chime starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe"))
            .read_line(&mut line)
            .expect("a line");
        let url = line.trim_end().to_owned();
        Self { child, url }
    }

    fn address(&self) -> &str {
        self.url.strip_prefix("http://").expect("a URL")
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends bytes, and returns the response.
fn exchange(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("a response");
    answer
}

#[test]
fn it_prints_where_it_listens_and_answers_there() {
    let serve = Serve::start("0");
    assert!(serve.url.starts_with("http://127.0.0.1:"), "{}", serve.url);
    assert!(!serve.url.ends_with(":0"), "{}", serve.url);
    let answer = exchange(
        serve.address(),
        "GET /accounts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    );
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with("{\"Accounts\":[]}"), "{answer}");
}

#[test]
fn whatever_it_is_sent_it_answers_with_an_error_of_chime_s() {
    let serve = Serve::start("0");
    let post = |path: &str, body: &str| {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        exchange(serve.address(), &request)
    };
    for (path, body, status, code) in [
        ("/accounts", "", "400", "BadRequestException"),
        ("/accounts", "{", "400", "BadRequestException"),
        ("/accounts", "[]", "400", "BadRequestException"),
        ("/accounts", "{\"Name\": 7}", "400", "BadRequestException"),
        (
            "/accounts",
            "{\"Name\": \" \"}",
            "400",
            "BadRequestException",
        ),
        (
            "/accounts/a/rooms",
            "{\"Name\": \"x\"}",
            "404",
            "NotFoundException",
        ),
        ("/nowhere", "{}", "404", "UnknownOperationException"),
        (
            "/accounts/%ff/rooms",
            "{}",
            "404",
            "UnknownOperationException",
        ),
    ] {
        let answer = post(path, body);
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{path} {body}: {answer}"
        );
        assert!(
            answer.contains(&format!("x-amzn-errortype: {code}\r\n")),
            "{path} {body}: {answer}"
        );
        assert!(answer.contains("\"Message\":\""), "{path} {body}: {answer}");
    }
    let deep = "[".repeat(100_000);
    let answer = post("/accounts", &format!("{{\"Name\": {deep}"));
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    // The server still runs.
    assert!(post("/accounts", "{\"Name\": \"x\"}").starts_with("HTTP/1.1 201 "));
}

#[test]
fn a_port_that_is_taken_is_said() {
    let serve = Serve::start("0");
    let port = serve.address().rsplit(':').next().expect("a port");
    let output = Command::new(env!("CARGO_BIN_EXE_chime"))
        .args(["serve", "--port", port])
        .output()
        .expect("chime runs");
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        error.contains(&format!("cannot listen on 127.0.0.1:{port}")),
        "{error}"
    );
    assert!(error.contains("`--port 0`"), "{error}");
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_told_to() {
    let mut serve = Serve::start("0");
    let told = Command::new("kill")
        .arg(serve.child.id().to_string())
        .status();
    assert!(told.expect("kill runs").success());
    let status = serve.child.wait().expect("it ends");
    assert_eq!(status.code(), Some(0));
}

/// boto3 and the AWS CLI, if `CHIME_TEST_PYTHON` names a Python that has both; `.ci/run` installs one.
#[test]
fn real_clients_are_content() {
    let Some(python) = std::env::var_os("CHIME_TEST_PYTHON") else {
        eprintln!("skipped: CHIME_TEST_PYTHON does not name a Python with boto3 and awscli");
        return;
    };
    let serve = Serve::start("0");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/real_clients.py");
    let output = Command::new(python)
        .args([script, &serve.url])
        .output()
        .expect("python runs");
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    println!("{text}");
    assert!(output.status.success(), "{text}");
}

/// The console in headless Chromium, with a Python that has boto3 and selenium.
#[test]
#[ignore = "needs Chromium and its driver; .ci/run runs it"]
fn the_console_works_in_a_browser() {
    let python =
        std::env::var_os("CHIME_TEST_PYTHON").expect("CHIME_TEST_PYTHON, see CONTRIBUTING.md");
    let serve = Serve::start("0");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/console.py");
    let screenshots = concat!(env!("CARGO_TARGET_TMPDIR"), "/console");
    let status = Command::new(python)
        .args([script, &serve.url, screenshots])
        .env("NO_PROXY", "127.0.0.1,localhost")
        .status()
        .expect("python runs");
    assert!(status.success(), "see above");
}
