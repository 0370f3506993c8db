//! `chime rooms add-members` as its users run it.

mod common;

use chime_local::{Fail, Faults, Refuse};
use common::{Local, chime, run, run_with};
use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

#[test]
fn all_are_added() {
    let local = Local::start();
    let room = local.room(120);
    let refused = local.text("refused.csv");
    let said = run(&mut room.add(&room.csv, &["--refused-csv", &refused]));
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.count("added"), 120);
    assert_eq!(said.count("requests"), 3);
    assert_eq!(said.err.matches("placeholder").count(), 1, "{said:?}");
    assert!(said.err.contains("\n120 of 120"), "{said:?}");
    assert_eq!(room.members(), room.sample.user_ids);
    assert_eq!(
        local.read("refused.csv"),
        "MemberId,Role,Line,Status,Code,Message,Tries\n"
    );

    // Members that are already in the room count as added.
    let said = run(&mut room.add(&room.csv, &[]));
    assert_eq!((said.code, said.count("added")), (Some(0), 120));

    let empty = run(&mut room.add(&local.write("empty.csv", "MemberId\n"), &[]));
    assert_eq!((empty.code, empty.count("added")), (Some(0), 0));
}

#[test]
fn refusals_are_told_and_can_be_fed_in_again() {
    let local = Local::start();
    let room = local.room(100);
    local.faults(Faults {
        refuse: vec![
            Refuse::new("*7", "NotFound").message("no such user"),
            Refuse::new("*13", "Throttled"),
        ],
        ..Faults::default()
    });
    let refused = local.text("refused.csv");
    let flags = ["--refused-csv", &refused, "--max-tries", "2"];
    let said = run(&mut room.add(&room.csv, &flags));
    assert_eq!(said.code, Some(1), "{said:?}");
    assert_eq!((said.count("added"), said.count("refused")), (89, 11));
    assert_eq!(said.count("retries"), 1);
    let id = |n: usize| &room.sample.user_ids[n - 1];
    let table = said.out.split_once("\nrefused:\n").expect("a table").1;
    let rows: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(rows.len(), 12);
    assert_eq!(rows[0], ["line", "member", "code", "message", "tries"]);
    assert_eq!(rows[1], ["8", id(7), "NotFound", "no", "such", "user", "1"]);
    assert_eq!(rows[2][..3], ["14", id(13), "Throttled"]);
    assert_eq!(rows[2].last(), Some(&"2"));
    let csv = local.read("refused.csv");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 12);
    assert_eq!(lines[0], "MemberId,Role,Line,Status,Code,Message,Tries");
    let expected = format!("{},Member,8,Refused,NotFound,no such user,1", id(7));
    assert_eq!(lines[1], expected);

    local.chime().clear_faults();
    let said = run(&mut room.add(&refused, &["--refused-csv", &refused]));
    assert_eq!((said.code, said.count("added")), (Some(0), 11));
    assert_eq!(room.members(), room.sample.user_ids);
    assert_eq!(local.read("refused.csv").lines().count(), 1);
}

#[test]
fn a_journal_keeps_what_was_refused_for_good() {
    let local = Local::start();
    let room = local.room(60);
    local.faults(Faults {
        refuse: vec![
            Refuse::new("*17", "NotFound"),
            Refuse::new("*23", "ServiceUnavailable"),
        ],
        ..Faults::default()
    });
    let journal = local.text("journal");
    let flags = ["--journal", &journal, "--max-tries", "1"];
    let said = run(&mut room.add(&room.csv, &flags));
    assert_eq!((said.code, said.count("refused")), (Some(1), 2));

    local.chime().clear_faults();
    let said = run(&mut room.add(&room.csv, &flags));
    assert_eq!((said.code, said.count("added")), (Some(1), 59), "{said:?}");
    assert!(
        said.err
            .contains("has 59 of 60 members: 58 added, 1 refused permanently"),
        "{said:?}"
    );
    assert!(said.out.contains("59, 58 of them in an earlier run"));
    assert!(said.out.contains("NotFound"), "{said:?}");
    assert_eq!(said.count("requests"), 1);

    let said = run(&mut room.add(&room.csv, &[&flags[..], &["--retry-refused"]].concat()));
    assert_eq!((said.code, said.count("added")), (Some(0), 60), "{said:?}");
    assert_eq!(room.members(), room.sample.user_ids);

    // The journal of another room's run is rejected.
    let other = local.room(1);
    let said = run(&mut other.add(&other.csv, &flags));
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("belongs to another run: "), "{said:?}");
}

#[test]
fn what_ends_a_run_is_told_and_not_held_against_its_members() {
    let local = Local::start();
    let room = local.room(1000);
    local.faults(Faults {
        fail: vec![Fail::new("ForbiddenException", 1.0).message("not yours")],
        ..Faults::default()
    });
    let (journal, refused) = (local.text("journal"), local.text("refused.csv"));
    let flags = ["--journal", &journal, "--refused-csv", &refused];
    let said = run(&mut room.add(&room.csv, &[&flags[..], &["--concurrency", "2"]].concat()));
    assert_eq!(said.code, Some(1), "{said:?}");
    assert_eq!((said.count("refused"), said.count("not sent")), (100, 900));
    assert!(said.out.contains("\nended early: "), "{said:?}");
    assert!(
        said.out.contains("ForbiddenException: not yours"),
        "{said:?}"
    );
    assert!(said.out.ends_with("  and 50 more\n"), "{said:?}");
    assert!(said.err.contains("Run the same command again"), "{said:?}");
    let csv = local.read("refused.csv");
    assert_eq!(csv.matches(",Refused,ForbiddenException,").count(), 100);
    assert_eq!(csv.matches(",NotSent,,").count(), 900);

    local.chime().clear_faults();
    let said = run(&mut room.add(&room.csv, &flags));
    assert_eq!(
        (said.code, said.count("added")),
        (Some(0), 1000),
        "{said:?}"
    );
}

#[test]
fn a_bad_file_is_told_and_nothing_is_sent() {
    let local = Local::start();
    let room = local.room(3);
    let id = &room.sample.user_ids;
    let text = format!(
        "MemberId,Role\n{},member\n,Member\n{},Boss\n{}\n",
        id[0], id[1], id[2]
    );
    let csv = local.write("bad.csv", &text);
    let expected = "has errors in 3 rows; nothing was sent:
  line 3: the member ID is empty
  line 4: the role `Boss` is unknown: use Administrator or Member
  line 5: it has 1 fields, but the header has 2
";
    let journal = local.text("journal");
    let flags = ["--journal", &journal];
    for said in [
        run(&mut room.add(&csv, &flags)),
        run_with(&mut room.add("-", &flags), &text),
    ] {
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(said.err.ends_with(expected), "{said:?}");
        assert_eq!(said.out, "");
    }
    assert!(!local.path("journal").exists());
    let said = run(&mut room.add(&local.text("none.csv"), &[]));
    assert!(said.err.contains("error: cannot read "), "{said:?}");
    assert_eq!(local.chime().counts().total(), 0);

    // Other columns, from stdin.
    let text = format!("Name,User,As\nx,{},ADMINISTRATOR\n", id[0]);
    let flags = ["--member-column", "User", "--role-column", "As"];
    let said = run_with(&mut room.add("-", &flags), &text);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(room.members(), id[..1]);
}

#[test]
fn a_service_that_throttles_or_breaks_connections_gets_all() {
    let local = Local::start();
    let room = local.room(1000);
    local.faults(Faults {
        rate: Some(40.0),
        burst: Some(4),
        ..Faults::default()
    });
    let said = run(&mut room.add(&room.csv, &["--max-tries", "1"]));
    assert_eq!(
        (said.code, said.count("added")),
        (Some(0), 1000),
        "{said:?}"
    );
    assert!(said.out.contains(" of them throttled\n"), "{said:?}");
    assert!(local.chime().counts().throttled > 0);
    assert_eq!(room.members(), room.sample.user_ids);

    let room = local.room(1000);
    local.faults(Faults {
        reset_after: 0.2,
        truncate: 0.1,
        fail: vec![Fail::new("ServiceFailureException", 0.1)],
        ..Faults::default()
    });
    let said = run(&mut room.add(&room.csv, &["--max-tries", "20"]));
    assert_eq!(
        (said.code, said.count("added")),
        (Some(0), 1000),
        "{said:?}"
    );
    local.chime().clear_faults();
    assert_eq!(room.members(), room.sample.user_ids);
}

#[test]
fn the_rate_is_kept() {
    let local = Local::start();
    let room = local.room(500);
    let began = Instant::now();
    let said = run(&mut room.add(&room.csv, &["--max-rate", "20"]));
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(began.elapsed() > Duration::from_millis(350), "{said:?}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_tells_what_was_done_and_the_journal_goes_on() {
    let local = Local::start();
    let room = local.room(5000);
    local.faults(Faults {
        latency_ms: 20,
        ..Faults::default()
    });
    let journal = local.text("journal");
    let flags = ["--journal", &journal];
    let mut slow = room.add(&room.csv, &[&flags[..], &["--concurrency", "2"]].concat());
    let child = slow.spawn().expect("chime runs");
    let began = Instant::now();
    while local.chime().counts().carried_out < 5 {
        assert!(began.elapsed() < Duration::from_secs(30));
        std::thread::sleep(Duration::from_millis(5));
    }
    // Another process cannot open the journal.
    let other = run(&mut room.add(&room.csv, &flags));
    assert_eq!(other.code, Some(1));
    assert!(
        other.err.contains("is in use by another process"),
        "{other:?}"
    );

    let told = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(told.expect("kill runs").success());
    let said: common::Said = child.wait_with_output().expect("it ends").into();
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains("ended early: interrupted\n"), "{said:?}");
    let (added, unknown) = (said.count("added"), said.count("unknown"));
    assert!(added >= 150, "{said:?}");
    assert!((1..=100).contains(&unknown), "{said:?}");
    assert_eq!(added + unknown + said.count("not sent"), 5000);
    assert_eq!(local.read("journal").lines().count(), added + 1);

    local.chime().clear_faults();
    let said = run(&mut room.add(&room.csv, &flags));
    assert_eq!(
        (said.code, said.count("added")),
        (Some(0), 5000),
        "{said:?}"
    );
    assert!(
        said.out.contains(&format!("5000, {added} of them in")),
        "{said:?}"
    );
    assert_eq!(room.members(), room.sample.user_ids);
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let local = Local::start();
    let room = local.room(1);
    for (flags, expected) in [
        (["--concurrency", "0"], "0 is not in 1..=1000"),
        (["--max-tries", "0"], "0 is not in 1.."),
        (["--max-rate", "0"], "use a number greater than 0"),
        (["--retry-refused", "--max-tries=1"], "--journal <FILE>"),
    ] {
        let said = run(&mut room.add(&room.csv, &flags));
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains(expected), "{said:?}");
    }
    let add = ["rooms", "add-members", "--csv=x", "--room-id=R"];
    for (more, expected) in [
        (["--account-id=", "--region=x"], "--account-id"),
        (
            ["--account-id=A", "--endpoint-url=x"],
            "http:// or https://",
        ),
        (["--region=x", "--max-tries=1"], "--account-id <ID>"),
    ] {
        let said = run(&mut chime(&[&add[..], &more].concat()));
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains(expected), "{said:?}");
    }
    let said = run(&mut room.add(&room.csv, &["--refused-csv", "/nowhere/at/all.csv"]));
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("cannot write /nowhere/at/all.csv: "));
    assert_eq!(local.chime().counts().total(), 0);
}

#[test]
fn region_and_credentials_are_those_of_every_aws_tool() {
    let local = Local::start();
    let room = local.room(1);
    let mut command = room.add(&room.csv, &[]);
    command.env("AWS_ACCESS_KEY_ID", "a");
    let said = run(command.env("AWS_SECRET_ACCESS_KEY", "b"));
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(!said.err.contains("made-up"), "{said:?}");

    let flags = ["--account-id=A", "--room-id=R", "--csv", &room.csv];
    let add = [&["rooms", "add-members"], &flags[..]].concat();
    let said = run(&mut chime(&add));
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(
        said.err.contains("error: no region is set: set AWS_REGION"),
        "{said:?}"
    );

    let said = run(chime(&add).env("AWS_REGION", "us-east-1"));
    assert_eq!(
        (said.code, said.count("not sent")),
        (Some(1), 1),
        "{said:?}"
    );
    assert!(said.out.contains("ended early: "), "{said:?}");
    assert!(said.out.contains("set `AWS_ACCESS_KEY_ID`"), "{said:?}");
}

#[test]
fn it_adds_the_sample_of_chime_serve() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("users.csv");
    let csv = csv.to_str().expect("UTF-8");
    let flags = [
        "serve",
        "--port=0",
        "--sample-users=200",
        "--sample-csv",
        csv,
    ];
    let faults = ["--refuse=*7=Throttled:2", "--reset-after=0.1", "--rate=100"];
    let mut serve = chime(&[&flags[..], &faults].concat())
        .spawn()
        .expect("chime runs");
    let out = BufReader::new(serve.stdout.take().expect("a pipe"));
    let lines: Vec<String> = out.lines().take(3).map(|it| it.expect("a line")).collect();
    let account = lines[1].strip_prefix("account ").expect("an account");
    let room = lines[2].strip_prefix("room ").expect("a room");
    let said = run(&mut chime(&[
        "rooms",
        "add-members",
        "--csv",
        csv,
        "--endpoint-url",
        &lines[0],
        "--account-id",
        account,
        "--room-id",
        room,
    ]));
    serve.kill().expect("killed");
    serve.wait().expect("it ends");
    assert_eq!((said.code, said.count("added")), (Some(0), 200), "{said:?}");
    assert!(said.count("retries") >= 20, "{said:?}");
}

/// Credentials come from the usual AWS sources, here a program set in a profile.
#[cfg(unix)]
#[test]
fn a_profile_can_name_a_program_that_has_the_credentials() {
    let local = Local::start();
    let room = local.room(60);
    let credentials = local.write(
        "credentials.json",
        r#"{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "secret"}"#,
    );
    let config = |process: &str| {
        let text = format!("[profile work]\nregion = eu-west-1\ncredential_process = {process}\n");
        local.write("config", &text)
    };
    let add = |config: &str| {
        let mut command = room.add(&room.csv, &["--max-tries", "1"]);
        command
            .env("AWS_PROFILE", "work")
            .env("AWS_CONFIG_FILE", config);
        run(&mut command)
    };
    let said = add(&config(&format!("cat {credentials}")));
    assert_eq!((said.code, said.count("added")), (Some(0), 60), "{said:?}");
    assert!(!said.err.contains("made-up"), "{said:?}");

    // Nothing is sent without credentials.
    let said = add(&config("false"));
    assert_eq!((said.code, said.count("added")), (Some(1), 0), "{said:?}");
    assert!(said.out.contains("ended early: "), "{said:?}");
    assert!(said.out.contains("credential"), "{said:?}");
}

/// On a terminal, which `script` emulates, a bar shows the rate and the time left.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_shows_a_bar() {
    let local = Local::start();
    let room = local.room(500);
    local.faults(Faults {
        latency_ms: 150,
        ..Faults::default()
    });
    let add = room.add(&room.csv, &["--concurrency", "1"]);
    let words = std::iter::once(add.get_program()).chain(add.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    let mut script = std::process::Command::new("script");
    script
        .args([
            "--quiet",
            "--return",
            "--command",
            &words.join(" "),
            "/dev/null",
        ])
        .env("TERM", "xterm")
        .stdin(std::process::Stdio::null());
    for (name, value) in add.get_envs() {
        match value {
            Some(value) => script.env(name, value),
            None => script.env_remove(name),
        };
    }
    let said = run(&mut script);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("added          500"), "{said:?}");
    let bar = said
        .out
        .split('\r')
        .rfind(|text| text.contains(" of 500, "));
    let bar = bar.unwrap_or_else(|| panic!("no bar: {said:?}"));
    assert!(
        bar.contains(" per second, ") && bar.contains(" left"),
        "{bar}"
    );
    // Before the first response, the time left is unknown.
    assert!(said.out.contains(" 0 of 500, waiting"), "{said:?}");
    assert!(!said.out.contains(" 0 per second"), "{said:?}");
}
