//! Validating and setting faults, counts and records, and the requests under `/_chime/`.

mod common;

use chime_local::{Chime, Counts, Fail, Faults, Refuse};
use common::{World, adding, ask};
use std::time::Duration;
use tokio::time::Instant;

#[test]
fn faults_that_make_no_sense_are_refused() {
    let chime = Chime::new();
    let refused = |faults: Faults, expected: &str| {
        let error = chime.set_faults(faults).expect_err("no sense").to_string();
        assert!(error.starts_with(expected), "{error}");
        assert!(chime.faults().is_off());
    };
    let usual = Faults::default;
    refused(
        Faults {
            truncate: 1.5,
            ..usual()
        },
        "truncate is 1.5; a probability is from 0",
    );
    refused(
        Faults {
            slow: f64::NAN,
            ..usual()
        },
        "slow is NaN; ",
    );
    refused(
        Faults {
            reset_after: -0.1,
            ..usual()
        },
        "reset-after is -0.1; ",
    );
    refused(
        Faults {
            rate: Some(0.0),
            ..usual()
        },
        "rate is 0; it must be more than 0",
    );
    refused(
        Faults {
            rate: Some(1.0),
            burst: Some(0),
            ..usual()
        },
        "burst is 0, ",
    );
    refused(
        Faults {
            burst: Some(3),
            ..usual()
        },
        "burst has no effect without rate",
    );
    refused(
        Faults {
            retry_after_ms: Some(3),
            ..usual()
        },
        "retry-after-ms has no effect ",
    );
    refused(
        Faults {
            latency_ms: 3_600_001,
            ..usual()
        },
        "latency-ms is 3600001; ",
    );
    refused(
        Faults {
            only: vec!["AddMembers".to_owned()],
            ..usual()
        },
        "only[0] is `AddMembers`, which is not an operation",
    );
    let rule = |rule| Faults {
        refuse: vec![Refuse::new("*", "Throttled"), rule],
        ..usual()
    };
    refused(
        rule(Refuse::new("*", "Busy")),
        "refuse[1].code is `Busy`; it must be one of Acc",
    );
    refused(
        rule(Refuse::new("", "Throttled")),
        "refuse[1].pattern is empty",
    );
    refused(
        rule(Refuse::new("*", "Throttled").times(0)),
        "refuse[1].times is 0",
    );
    refused(
        rule(Refuse::new("*", "Throttled").probability(2.0)),
        "refuse[1].probability is 2; ",
    );
    let rule = |rule| Faults {
        fail: vec![rule],
        ..usual()
    };
    refused(
        rule(Fail::new("Oops", 0.1)),
        "fail[0].shape is `Oops`; it must be one of ",
    );
    refused(
        rule(Fail::new("ConflictException", 7.0)),
        "fail[0].probability is 7; ",
    );
}

#[test]
fn rules_are_read_from_text() {
    assert_eq!(
        "a=b*=Throttled:3".parse(),
        Ok(Refuse::new("a=b*", "Throttled").times(3))
    );
    assert_eq!("*=Conflict".parse(), Ok(Refuse::new("*", "Conflict")));
    assert_eq!(
        "ConflictException=0.25".parse(),
        Ok(Fail::new("ConflictException", 0.25))
    );
    for (text, expected) in [
        ("Throttled", "`Throttled` has no `=`; use PATTERN=CODE"),
        (
            "*=Throttled:x",
            "`x` in `*=Throttled:x` is not a number of times",
        ),
        ("*=Throttled:0", "times is 0"),
        ("*=Busy", "code is `Busy`"),
    ] {
        let error = text.parse::<Refuse>().expect_err("no rule").to_string();
        assert!(error.starts_with(expected), "{error}");
    }
    for (text, expected) in [
        (
            "ConflictException",
            "`ConflictException` has no `=`; use SHAPE=",
        ),
        ("ConflictException=often", "`often` in "),
        ("ConflictException=2", "probability is 2"),
        ("Conflict=1", "shape is `Conflict`"),
    ] {
        let error = text.parse::<Fail>().expect_err("no rule").to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn samples_are_the_same_in_each_run() {
    let first = Chime::new().populate(3);
    let chime = Chime::new();
    assert_eq!(first, chime.populate(3));
    assert_eq!(first.user_ids[2], "00000000-0000-4000-8000-000000000003");
    let second = chime.populate(1);
    assert_ne!(first.account_id, second.account_id);
    assert_ne!(first.room_id, second.room_id);
    assert_eq!(second.user_ids, ["00000000-0000-4000-8000-000000000004"]);
}

#[tokio::test(start_paused = true)]
async fn batches_are_recorded_if_asked() {
    let world = World::in_process(2);
    world.add_all().await.expect("a response");
    assert!(world.chime.take_batches().is_empty());

    world.chime.record_batches(true);
    let start = Instant::now();
    world.set(Faults {
        latency_ms: 100,
        ..adding()
    });
    world.add_all().await.expect("a response");
    world.set(Faults {
        reset_before: 1.0,
        ..adding()
    });
    world.add_all().await.expect_err("a reset");
    world.set(Faults {
        latency_ms: 100,
        reset_after: 1.0,
        ..adding()
    });
    world.add_all().await.expect_err("a reset");
    // The client disconnects first.
    let gone = tokio::time::timeout(Duration::from_millis(50), world.add_all()).await;
    assert!(gone.is_err());
    world.members().await;

    let batches = world.chime.take_batches();
    assert!(world.chime.take_batches().is_empty());
    let carried_out: Vec<bool> = batches.iter().map(|batch| batch.carried_out).collect();
    assert_eq!(carried_out, [true, false, true, false]);
    for batch in &batches {
        assert_eq!(batch.operation, "BatchCreateRoomMembership");
        assert_eq!(batch.ids, world.sample.user_ids);
    }
    assert_eq!(batches[0].at, start);
    assert!(batches[1].at >= start + Duration::from_millis(100));
}

#[tokio::test]
async fn counts_say_what_became_of_requests() {
    let world = World::over_socket(2).await;
    world.add_all().await.expect("a response");
    world.members().await;
    let server = world.server.as_ref().expect("a server");
    ask(server, "GET", "/nowhere", "").await;
    ask(server, "GET", "/accounts/nobody", "").await;
    let counts = world.chime.counts();
    assert_eq!(counts.of("BatchCreateRoomMembership"), 1);
    assert_eq!(counts.of("ListRoomMemberships"), 1);
    assert_eq!(counts.of("GetRoom"), 0);
    assert_eq!((counts.unknown, counts.refused), (1, 2));
    assert_eq!((counts.total(), counts.carried_out), (4, 2));
    world.chime.reset_counts();
    assert_eq!(world.chime.counts(), Counts::default());
}

#[tokio::test]
async fn faults_are_set_over_http() {
    let world = World::over_socket(2).await;
    let server = world.server.as_ref().expect("a server");
    let body = r#"{
        "seed": 3,
        "only": ["BatchCreateRoomMembership"],
        "refuse": [{"pattern": "*2", "code": "Throttled", "times": 1}],
        "latency-ms": 1
    }"#;
    let (status, _, set) = ask(server, "PUT", "/_chime/faults", body).await;
    assert_eq!(status, 200, "{set}");
    let expected = Faults {
        seed: 3,
        refuse: vec![Refuse::new("*2", "Throttled").times(1)],
        latency_ms: 1,
        ..adding()
    };
    assert_eq!(world.chime.faults(), expected);
    let (status, _, read) = ask(server, "GET", "/_chime/faults", "").await;
    assert_eq!((status, &read), (200, &set));
    // The response of GET is accepted by PUT.
    let (status, _, again) = ask(server, "PUT", "/_chime/faults", &read).await;
    assert_eq!((status, again), (200, set));
    assert_eq!(world.add_all().await.expect("a response").len(), 1);

    let (status, _, counts) = ask(server, "GET", "/_chime/counts", "").await;
    assert_eq!(status, 200);
    assert!(
        counts.starts_with(
            r#"{"requests":{"BatchCreateRoomMembership":1},"unknown":0,"carried-out":1,"#
        ),
        "{counts}"
    );
    assert!(counts.contains(r#""refused-items":1"#), "{counts}");
    let (status, _, _) = ask(server, "DELETE", "/_chime/counts", "").await;
    assert_eq!(status, 204);
    assert_eq!(world.chime.counts(), Counts::default());
    let (status, _, _) = ask(server, "DELETE", "/_chime/faults", "").await;
    assert_eq!(status, 204);
    assert!(world.chime.faults().is_off());
}

#[tokio::test]
async fn what_is_wrong_with_a_request_for_faults_is_said() {
    let world = World::over_socket(0).await;
    // Faults do not apply to the requests that control them.
    world.set(Faults {
        reset_before: 1.0,
        ..Faults::default()
    });
    let before = world.chime.faults();
    let server = world.server.as_ref().expect("a server");
    for (method, path, body, status, expected) in [
        (
            "PUT",
            "faults",
            "",
            400,
            "the body is not valid faults JSON: EOF while parsing",
        ),
        (
            "PUT",
            "faults",
            "{\n \"latency\": 1}",
            400,
            "unknown field `latency`, expected one of",
        ),
        (
            "PUT",
            "faults",
            "{\n \"latency\": 1}",
            400,
            "at line 2 column 10",
        ),
        (
            "PUT",
            "faults",
            r#"{"slow": "no"}"#,
            400,
            "expected f64 at line 1 column 13",
        ),
        (
            "PUT",
            "faults",
            r#"{"refuse": [{"pattern": "*"}]}"#,
            400,
            "missing field `code`",
        ),
        (
            "PUT",
            "faults",
            r#"{"fail": [{"shape": "X", "probability": 1}]}"#,
            400,
            "fail[0].shape is `X`",
        ),
        (
            "PUT",
            "faults",
            r#"{"slow": 2}"#,
            400,
            "slow is 2; a probability is from 0",
        ),
        (
            "POST",
            "faults",
            "{}",
            405,
            "/_chime/faults does not support POST; it supports GET, PUT, DELETE",
        ),
        ("PUT", "counts", "{}", 405, "it supports GET, DELETE"),
        (
            "GET",
            "fault",
            "",
            404,
            "use /_chime/faults, /_chime/counts or /_chime/requests",
        ),
    ] {
        let (got, _, answer) = ask(server, method, &format!("/_chime/{path}"), body).await;
        assert_eq!(got, status, "{answer}");
        assert!(answer.contains(expected), "{answer}");
    }
    assert_eq!(world.chime.faults(), before);
}
