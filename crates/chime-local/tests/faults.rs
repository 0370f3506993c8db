//! Each fault, as clients see it over a socket and in process.

mod common;

use chime_local::{Fail, Faults, Refuse};
use chime_sdk::Client;
use chime_sdk::config::timeout::TimeoutConfig;
use chime_sdk::error::SdkError;
use common::{World, adding, ask, exchange};
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::time::Duration;
use tokio::time::Instant;

#[tokio::test]
async fn items_are_refused_as_often_as_the_rule_says() {
    for world in World::both(12).await {
        world.set(Faults {
            refuse: vec![
                Refuse::new("*-0000000000?2", "Throttled").times(2),
                Refuse::new("*3", "Forbidden").message("never"),
                Refuse::new("*2", "ServiceFailure").times(1),
            ],
            ..adding()
        });
        let ids = &world.sample.user_ids;
        let refused = |code: &str, id: usize| (ids[id].clone(), code.to_owned());
        let mut errors = world.add_all().await.expect("a response");
        assert_eq!(
            errors,
            [
                refused("Throttled", 1),
                refused("Forbidden", 2),
                refused("Throttled", 11),
            ]
        );
        let members = world.members().await;
        assert_eq!(members.len(), 9);
        assert!(!members.contains(&ids[1]));

        // The rest are already in the room.
        let mut again = async || {
            errors = world.add_all().await.expect("a response");
            errors.retain(|(_, code)| code != "Conflict");
            errors.clone()
        };
        assert_eq!(again().await.len(), 3);
        assert_eq!(
            again().await,
            [
                refused("ServiceFailure", 1),
                refused("Forbidden", 2),
                refused("ServiceFailure", 11),
            ]
        );
        assert_eq!(again().await, [refused("Forbidden", 2)]);
        let mut everyone = world.everyone();
        everyone.remove(&ids[2]);
        assert_eq!(world.members().await, everyone);
        assert_eq!(world.chime.counts().refused_items, 10);
    }
}

#[tokio::test]
async fn users_of_batches_are_refused_too() {
    let world = World::in_process(2);
    world.set(Faults {
        refuse: vec![Refuse::new("*1", "Throttled").times(1).message("slow down")],
        ..Faults::default()
    });
    let suspend = || {
        world
            .client
            .batch_suspend_user()
            .account_id(&world.sample.account_id)
            .set_user_id_list(Some(world.sample.user_ids.clone()))
            .send()
    };
    let output = suspend().await.expect("a response");
    let [error] = output.user_errors() else {
        panic!("{output:?}");
    };
    assert_eq!(error.user_id(), Some(world.sample.user_ids[0].as_str()));
    assert_eq!(error.error_message(), Some("slow down"));
    assert!(
        suspend()
            .await
            .expect("a response")
            .user_errors()
            .is_empty()
    );
    // A batch that fails as a whole does not count as a refusal.
    world.set(world.chime.faults());
    let missing = world
        .client
        .batch_suspend_user()
        .account_id("nobody")
        .set_user_id_list(Some(world.sample.user_ids.clone()))
        .send();
    assert!(missing.await.is_err());
    assert_eq!(suspend().await.expect("a response").user_errors().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_rate_is_kept_by_tokio_s_time() {
    let world = World::in_process(1);
    world.set(Faults {
        rate: Some(10.0),
        burst: Some(2),
        ..adding()
    });
    let throttled = async || match world.add_all().await {
        Ok(_) => false,
        Err(error) => {
            let raw = error.raw_response().expect("a response");
            assert_eq!(raw.status().as_u16(), 429);
            assert_eq!(raw.headers().get("x-amz-retry-after"), None);
            assert!(error.into_service_error().is_throttled_client_exception());
            true
        }
    };
    assert!(!throttled().await);
    assert!(!throttled().await);
    assert!(throttled().await);
    tokio::time::sleep(Duration::from_millis(99)).await;
    assert!(throttled().await);
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert!(!throttled().await);
    assert!(throttled().await);
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(!throttled().await);
    }
    // The bucket holds exactly two tokens.
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert!(!throttled().await);
    assert!(!throttled().await);
    assert!(throttled().await);
    assert_eq!(world.chime.counts().throttled, 4);
    assert_eq!(world.chime.counts().of("BatchCreateRoomMembership"), 29);

    world.set(Faults {
        rate: Some(0.5),
        ..adding()
    });
    assert!(!throttled().await);
    assert!(throttled().await);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(!throttled().await);
}

#[tokio::test]
async fn throttled_answers_say_when_to_come_back_if_asked() {
    for world in World::both(1).await {
        world.set(Faults {
            rate: Some(0.001),
            retry_after_ms: Some(1500),
            ..adding()
        });
        world.add_all().await.expect("the first");
        let error = world.add_all().await.expect_err("beyond the rate");
        let raw = error.raw_response().expect("a response");
        assert_eq!(raw.status().as_u16(), 429);
        assert_eq!(raw.headers().get("x-amz-retry-after"), Some("1500"));
        assert!(error.into_service_error().is_throttled_client_exception());
    }
}

#[tokio::test]
async fn requests_fail_by_shape() {
    for world in World::both(1).await {
        for (shape, status) in [
            ("ServiceUnavailableException", 503),
            ("ServiceFailureException", 500),
            ("ForbiddenException", 403),
            ("UnauthorizedClientException", 401),
            ("ThrottledClientException", 429),
        ] {
            world.set(Faults {
                fail: vec![Fail::new(shape, 1.0).message("on purpose")],
                ..adding()
            });
            let error = world.add_all().await.expect_err("a failure");
            let raw = error.raw_response().expect("a response");
            assert_eq!(raw.status().as_u16(), status);
            assert_eq!(raw.headers().get("x-amzn-errortype"), Some(shape));
            let error = error.into_service_error();
            assert_eq!(error.meta().message(), Some("on purpose"));
            assert_eq!(world.chime.counts().failed[shape], 1);
        }
        assert_eq!(world.chime.counts().carried_out, 0);
        assert!(world.members().await.is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn latency_has_a_fixed_and_a_random_part() {
    let world = World::in_process(1);
    world.set(Faults {
        latency_ms: 100,
        latency_jitter_ms: 50,
        ..adding()
    });
    let mut times = BTreeSet::new();
    for _ in 0..50 {
        let start = Instant::now();
        world.add_all().await.expect("a response");
        times.insert(start.elapsed().as_millis());
    }
    assert!(times.len() > 10, "{times:?}");
    assert!(
        times.iter().all(|time| (100..=151).contains(time)),
        "{times:?}"
    );
    let start = Instant::now();
    world.members().await;
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test]
async fn latency_is_there_on_a_socket() {
    let world = World::over_socket(1).await;
    world.set(Faults {
        latency_ms: 60,
        ..adding()
    });
    let start = Instant::now();
    world.add_all().await.expect("a response");
    assert!(start.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn a_reset_before_changes_nothing_and_one_after_does() {
    for world in World::both(3).await {
        world.set(Faults {
            reset_before: 1.0,
            ..adding()
        });
        let error = world.add_all().await.expect_err("a reset");
        assert!(
            matches!(&error, SdkError::DispatchFailure(failure) if failure.is_io()),
            "{error:?}"
        );
        assert!(world.members().await.is_empty());

        world.set(Faults {
            reset_after: 1.0,
            ..adding()
        });
        let error = world.add_all().await.expect_err("a reset");
        assert!(
            matches!(&error, SdkError::DispatchFailure(failure) if failure.is_io()),
            "{error:?}"
        );
        assert_eq!(world.members().await, world.everyone());
        let counts = world.chime.counts();
        assert_eq!((counts.reset_before, counts.reset_after), (1, 1));
    }
}

#[tokio::test]
async fn a_reset_is_a_reset_of_tcp() {
    let world = World::over_socket(1).await;
    let server = world.server.as_ref().expect("a server");
    for faults in [
        Faults {
            reset_before: 1.0,
            ..Faults::default()
        },
        Faults {
            reset_after: 1.0,
            ..Faults::default()
        },
    ] {
        world.set(faults);
        let error = exchange(server, "GET /accounts HTTP/1.1\r\nHost: x\r\n\r\n")
            .await
            .expect_err("a reset");
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    }
}

#[tokio::test]
async fn a_truncated_answer_took_effect() {
    for world in World::both(40).await {
        // All are refused once, so that the body is not trivial.
        world.set(Faults {
            refuse: vec![Refuse::new("*", "Throttled").times(1)],
            truncate: 1.0,
            ..adding()
        });
        for _ in 0..2 {
            let error = world.add_all().await.expect_err("half a response");
            assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
        }
        assert_eq!(world.members().await, world.everyone());
        assert_eq!(world.chime.counts().truncated, 2);
    }
}

#[tokio::test]
async fn a_truncated_answer_promises_more_than_it_has() {
    let world = World::over_socket(0).await;
    let server = world.server.as_ref().expect("a server");
    let (_, _, whole) = ask(server, "GET", "/accounts", "").await;
    world.set(Faults {
        truncate: 1.0,
        ..Faults::default()
    });
    let mut lengths = BTreeSet::new();
    for _ in 0..20 {
        let (status, head, body) = ask(server, "GET", "/accounts", "").await;
        assert_eq!(status, 200);
        let promised = format!("content-length: {}", whole.len());
        assert!(head.to_ascii_lowercase().contains(&promised), "{head}");
        assert!(
            body.len() < whole.len() && whole.starts_with(&body),
            "{body}"
        );
        lengths.insert(body.len());
    }
    assert!(lengths.len() > 5, "{lengths:?}");
}

#[tokio::test]
async fn an_answer_without_a_body_is_reset_instead_of_truncated() {
    for world in World::both(1).await {
        world.set(Faults {
            truncate: 1.0,
            ..Faults::default()
        });
        let error = world
            .client
            .delete_room()
            .account_id(&world.sample.account_id)
            .room_id(&world.sample.room_id)
            .send()
            .await
            .expect_err("a reset");
        assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
        assert_eq!(world.chime.counts().reset_after, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_answer_comes_in_the_end() {
    let world = World::in_process(1);
    world.set(Faults {
        slow: 1.0,
        slow_pause_ms: 250,
        ..Faults::default()
    });
    let start = Instant::now();
    assert!(world.members().await.is_empty());
    // Tokio's timer rounds up to a millisecond.
    let elapsed = start.elapsed().as_millis();
    assert!((1000..=1004).contains(&elapsed), "{elapsed}");
    assert_eq!(world.chime.counts().slowed, 1);
}

#[tokio::test]
async fn a_slow_answer_comes_over_a_socket_too() {
    let world = World::over_socket(1).await;
    let server = world.server.as_ref().expect("a server");
    let (_, _, whole) = ask(server, "GET", "/accounts", "").await;
    world.set(Faults {
        slow: 1.0,
        slow_pause_ms: 20,
        ..Faults::default()
    });
    let start = Instant::now();
    let (status, _, body) = ask(server, "GET", "/accounts", "").await;
    assert_eq!((status, body), (200, whole));
    assert!(start.elapsed() >= Duration::from_millis(80));
    assert!(world.members().await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_read_timeout_holds_without_sockets() {
    let mut world = World::in_process(1);
    world.set(Faults {
        latency_ms: 100,
        ..adding()
    });
    let timeouts = TimeoutConfig::builder().read_timeout(Duration::from_millis(60));
    let config = common::config()
        .endpoint_url("http://chime.invalid")
        .http_client(world.chime.http_client())
        .timeout_config(timeouts.build());
    world.client = Client::from_conf(config.build());
    let error = world.add_all().await.expect_err("late");
    assert!(
        matches!(&error, SdkError::DispatchFailure(failure) if failure.is_timeout()),
        "{error:?}"
    );
    assert!(world.members().await.is_empty());
}

/// Returns the outcome of each of many requests, with all faults enabled.
async fn outcomes(seed: u64) -> Vec<String> {
    let world = World::in_process(4);
    world.set(Faults {
        seed,
        only: Vec::new(),
        refuse: vec![Refuse::new("*", "Throttled").probability(0.3)],
        fail: vec![
            Fail::new("ServiceFailureException", 0.1),
            Fail::new("ConflictException", 0.1),
        ],
        rate: Some(50.0),
        burst: Some(3),
        retry_after_ms: None,
        latency_ms: 5,
        latency_jitter_ms: 20,
        reset_before: 0.1,
        reset_after: 0.1,
        truncate: 0.1,
        slow: 0.1,
        slow_pause_ms: 7,
    });
    let start = Instant::now();
    let mut outcomes = Vec::new();
    for _ in 0..200 {
        let result = match world.add_all().await {
            Ok(errors) => format!("{errors:?}"),
            Err(SdkError::ServiceError(error)) => format!("{:?}", error.err().meta().code()),
            Err(error) => error.to_string(),
        };
        outcomes.push(format!("{} {result}", start.elapsed().as_millis()));
    }
    outcomes.push(format!("{:?}", world.chime.counts()));
    outcomes
}

#[tokio::test(start_paused = true)]
async fn a_seed_repeats() {
    let first = outcomes(7).await;
    assert_eq!(first, outcomes(7).await);
    assert_ne!(first, outcomes(8).await);
    let kinds: BTreeSet<&str> = first
        .iter()
        .filter_map(|outcome| outcome.split_once(' ').map(|(_, kind)| kind))
        .collect();
    assert!(kinds.len() > 8, "{kinds:?}");
}
