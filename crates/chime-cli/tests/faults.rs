//! The flags of `chime serve` for faults and sample data.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

/// A `chime serve` process that is stopped at the end of the test.
struct Serve {
    child: Child,
    out: BufReader<ChildStdout>,
    err: BufReader<ChildStderr>,
    address: String,
}

impl Serve {
    fn start(flags: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_chime"))
            .args(["serve", "--port", "0"])
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("chime starts");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let err = BufReader::new(child.stderr.take().expect("a pipe"));
        let url = line(&mut out);
        let address = url.strip_prefix("http://").expect("a URL").to_owned();
        Self {
            child,
            out,
            err,
            address,
        }
    }

    fn exchange(&self, request: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    fn get(&self, path: &str) -> std::io::Result<String> {
        self.exchange(&format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        ))
    }

    fn post(&self, path: &str, body: &str) -> String {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.exchange(&request).expect("a response")
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn line(from: &mut impl BufRead) -> String {
    let mut line = String::new();
    from.read_line(&mut line).expect("a line");
    line.trim_end().to_owned()
}

#[test]
fn every_flag_is_a_fault() {
    let mut serve = Serve::start(&[
        "--fault-seed=5",
        "--only=BatchSuspendUser",
        "--only=GetRoom",
        "--refuse=*1=Throttled:2",
        "--refuse=*2=Forbidden",
        "--fail=ServiceUnavailableException=0.25",
        "--rate=2.5",
        "--burst=4",
        "--retry-after-ms=700",
        "--latency-ms=10",
        "--latency-jitter-ms=20",
        "--reset-before=0.1",
        "--reset-after=0.2",
        "--truncate=0.3",
        "--slow=0.4",
        "--slow-pause-ms=50",
    ]);
    let answer = serve.get("/_chime/faults").expect("a response");
    let expected = concat!(
        r#"{"seed":5,"only":["BatchSuspendUser","GetRoom"],"#,
        r#""refuse":[{"pattern":"*1","code":"Throttled","times":2,"probability":1.0},"#,
        r#"{"pattern":"*2","code":"Forbidden","probability":1.0}],"#,
        r#""fail":[{"shape":"ServiceUnavailableException","probability":0.25}],"#,
        r#""rate":2.5,"burst":4,"retry-after-ms":700,"latency-ms":10,"latency-jitter-ms":20,"#,
        r#""reset-before":0.1,"reset-after":0.2,"truncate":0.3,"slow":0.4,"slow-pause-ms":50}"#,
    );
    assert!(answer.ends_with(expected), "{answer}");
    // The enabled faults are printed.
    let said: Vec<String> = (0..13).map(|_| line(&mut serve.err)).collect();
    assert_eq!(
        said[2..],
        [
            "Faults are enabled:",
            "  seed 5",
            "  only BatchSuspendUser, GetRoom",
            "  latency 10 ms and up to 20 ms more",
            "  at most 2.5 requests per second, 4 at once",
            "  fail with ServiceUnavailableException, probability 0.25",
            "  refuse *1 with Throttled, 2 times each",
            "  refuse *2 with Forbidden",
            "  reset before the request takes effect, probability 0.1",
            "  reset after the request took effect, probability 0.2",
            "  truncated body, probability 0.3",
        ]
    );
}

#[test]
fn without_flags_there_are_no_faults() {
    let serve = Serve::start(&[]);
    let answer = serve.get("/_chime/faults").expect("a response");
    assert!(answer.contains(r#""rate":null"#), "{answer}");
    assert!(answer.contains(r#""reset-before":0.0"#), "{answer}");
    assert!(
        serve
            .get("/accounts")
            .expect("a response")
            .contains("200 OK")
    );
}

#[test]
fn faults_happen() {
    let serve = Serve::start(&["--reset-after=1", "--only=CreateAccount"]);
    let request =
        "POST /accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\n{\"Name\":\"x\"}";
    let error = serve.exchange(request).expect_err("a reset");
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    let accounts = serve.get("/accounts").expect("a response");
    assert!(accounts.contains(r#""Name":"x""#), "{accounts}");
}

#[test]
fn flags_that_make_no_sense_are_refused() {
    for (flag, expected) in [
        (
            "--slow=2",
            "error: the faults are invalid: slow is 2; a probability is from 0",
        ),
        (
            "--only=Nothing",
            "only[0] is `Nothing`, which is not an operation of Chime",
        ),
        (
            "--refuse=*=Busy",
            "code is `Busy`; it must be one of AccessDenied",
        ),
        ("--refuse=x", "`x` has no `=`; use PATTERN=CODE"),
        ("--fail=x", "`x` has no `=`; use SHAPE=PROBABILITY"),
        ("--burst=2", "burst has no effect without rate"),
        ("--sample-csv=x.csv", "--sample-users"),
        (
            "--sample-users=1 --sample-csv=/nowhere/at/all.csv",
            "cannot write /nowhere/at/all.csv: ",
        ),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_chime"))
            .args(["serve", "--port", "0"])
            .args(flag.split(' '))
            .output()
            .expect("chime runs");
        assert!(!output.status.success(), "{flag}");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.contains(expected), "{flag}: {error}");
    }
}

#[test]
fn sample_data_is_there_and_in_the_file() {
    let path = std::env::temp_dir().join(format!("chime-sample-{}.csv", std::process::id()));
    let csv = format!("--sample-csv={}", path.display());
    let mut serve = Serve::start(&["--sample-users=3", &csv, "--refuse=*3=NotFound"]);
    let account = line(&mut serve.out);
    let account = account.strip_prefix("account ").expect("an account");
    let room = line(&mut serve.out);
    let room = room.strip_prefix("room ").expect("a room");
    let text = std::fs::read_to_string(&path).expect("a file");
    std::fs::remove_file(&path).expect("removed");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("MemberId,Role"));
    let items: Vec<String> = lines
        .map(|line| {
            let id = line.strip_suffix(",Member").expect("a role");
            format!(r#"{{"MemberId":"{id}","Role":"Member"}}"#)
        })
        .collect();
    assert_eq!(items.len(), 3);
    let answer = serve.post(
        &format!("/accounts/{account}/rooms/{room}/memberships?operation=batch-create"),
        &format!(r#"{{"MembershipItemList":[{}]}}"#, items.join(",")),
    );
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert_eq!(answer.matches("ErrorCode").count(), 1, "{answer}");
    assert!(answer.contains(r#""ErrorCode":"NotFound""#), "{answer}");
}
