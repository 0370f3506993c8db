//! Both forms of a published model give the same normalised model.

use codegen::import::{Imported, Published, difference, import};
use codegen::{PARTITIONS_FILE, Source, partitions_table};
use std::path::Path;

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn fixture(name: &str) -> String {
    text(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures/import")
            .join(name),
    )
}

fn smithy(text: &str) -> Imported {
    import(&Published {
        model: Source {
            name: "model.json",
            text,
        },
        paginators: None,
        endpoint_rules: None,
        service_shape: None,
    })
    .unwrap_or_else(|problems| panic!("{problems}"))
}

fn botocore(model: &str, paginators: &str, rules: Option<&str>, service_shape: &str) -> Imported {
    let source = |name, text| Source { name, text };
    import(&Published {
        model: source("service-2.json", model),
        paginators: Some(source("paginators-1.json", paginators)),
        endpoint_rules: rules.map(|text| source("endpoint-rule-set-1.json", text)),
        service_shape: Some(service_shape),
    })
    .unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn both_forms_of_a_model_are_the_same() {
    let a = smithy(&fixture("smithy.json"));
    let b = botocore(
        &fixture("service-2.json"),
        &fixture("paginators-1.json"),
        None,
        "Things20261124",
    );
    assert_eq!(
        difference(&a.files["model.json"], &b.files["model.json"]),
        [""; 0]
    );
    assert_eq!(a.files, b.files);
    assert!(
        !a.files["model.json"].contains("kept"),
        "sentences are dropped"
    );
    assert!(a.notes.is_empty());
    assert!(b.notes.iter().any(|note| note.contains("endpoint tests")));
}

#[test]
fn what_botocore_cannot_say_is_refused_where_it_stands() {
    let model = fixture("service-2.json")
        .replace("\"streaming\": true", "\"streaming\": true, \"x\": 1")
        .replace("\"location\": \"headers\"", "\"location\": \"trailer\"");
    let problems = import(&Published {
        model: Source {
            name: "service-2.json",
            text: &model,
        },
        paginators: None,
        endpoint_rules: None,
        service_shape: None,
    })
    .expect_err("a location that does not exist");
    let text = problems.to_string();
    assert!(text.contains("`trailer`"), "{text}");
    assert!(text.contains("--> service-2.json:"), "{text}");
}

#[test]
fn what_is_no_model_is_refused() {
    for text in ["{}", "[]", "{\"metadata\": {}}", "nonsense"] {
        let result = import(&Published {
            model: Source {
                name: "file.json",
                text,
            },
            paginators: None,
            endpoint_rules: None,
            service_shape: None,
        });
        assert!(result.is_err(), "{text}");
    }
}

/// The Chime models as AWS publishes them: the Smithy form in `../shared/models`, botocore's in the
/// folder that `BOTOCORE_DATA` names (`.ci/run` installs it). Without them there is nothing to do.
#[test]
fn both_forms_of_chime_are_the_same_but_for_what_botocore_lacks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let published = root.join("../shared/models/chime-2018-05-01.json");
    let Some(data) = std::env::var_os("BOTOCORE_DATA") else {
        eprintln!("skipped: BOTOCORE_DATA does not name botocore's data");
        return;
    };
    if !published.is_file() {
        eprintln!("skipped: there is no {}", published.display());
        return;
    }
    let folder = Path::new(&data).join("chime/2018-05-01");
    let a = smithy(&text(&published));
    let b = botocore(
        &text(&folder.join("service-2.json")),
        &text(&folder.join("paginators-1.json")),
        Some(&text(&folder.join("endpoint-rule-set-1.json"))),
        "UCBuzzConsoleService",
    );
    // botocore pages through two of the eight lists, names the items of those, and has no endpoint
    // tests.
    let expected: Vec<String> = [
        "+ ListAccounts / traits / smithy.api#paginated / items",
        "- ListBots / traits / smithy.api#paginated",
        "- ListPhoneNumberOrders / traits / smithy.api#paginated",
        "- ListPhoneNumbers / traits / smithy.api#paginated",
        "- ListRoomMemberships / traits / smithy.api#paginated",
        "- ListRooms / traits / smithy.api#paginated",
        "+ ListUsers / traits / smithy.api#paginated / items",
        "- SearchAvailablePhoneNumbers / traits / smithy.api#paginated",
    ]
    .iter()
    .map(|line| line.replacen(' ', " com.amazonaws.chime#", 1))
    .collect();
    assert_eq!(
        difference(&a.files["model.json"], &b.files["model.json"]),
        expected
    );
    assert_eq!(
        difference(&a.files["endpoints.json"], &b.files["endpoints.json"]),
        ["- com.amazonaws.chime#UCBuzzConsoleService / traits / smithy.rules#endpointTests"]
    );
    // What stands in model/chime is the Smithy form.
    for (name, normalised) in &a.files {
        assert_eq!(
            *normalised,
            text(&root.join("model/chime").join(name)),
            "{name}"
        );
    }
}

/// Partition metadata with one partition, whose members are given.
fn partitions(members: &str) -> String {
    format!(
        r#"{{
  "partitions": [{{
    "id": "aws",
    "outputs": {{
      "dnsSuffix": "amazonaws.com", "dualStackDnsSuffix": "api.aws", "implicitGlobalRegion": "us-east-1",
      "name": "aws", "supportsDualStack": true, "supportsFIPS": true
    }},
    {members}
  }}],
  "version": "1.1"
}}"#
    )
}

#[test]
fn partitions_are_kept_without_descriptions() {
    let published = partitions(
        r#""regionRegex": "^us\\-\\w+\\-\\d+$",
        "regions": {"us-west-1": {"description": "words"}, "us-east-1": {}}"#,
    );
    let imported = smithy(&published);
    let text = &imported.files[PARTITIONS_FILE];
    assert!(!text.contains("words"), "{text}");
    let plain = |text: &str| text.parse::<serde_json::Value>().expect("JSON");
    assert_eq!(
        plain(text),
        plain(&published.replace(r#""description": "words""#, ""))
    );
    assert_eq!(smithy(text).files, imported.files);
    let source = Source {
        name: "partitions.json",
        text,
    };
    let table = partitions_table(source, "a test").expect("a table");
    assert!(
        table.contains(r#"regions: &["us-east-1", "us-west-1"],"#),
        "{table}"
    );
}

#[test]
fn partitions_of_another_form_are_refused() {
    let regex = r#""regionRegex": "^us\\-\\w+\\-\\d+$""#;
    for (members, message) in [
        (
            r#""regionRegex": "^us\\-.*$", "regions": {}"#.to_owned(),
            r"the regular expression `^us\-.*$` has an unsupported form",
        ),
        (regex.to_owned(), "`regions` is missing"),
        (
            format!(r#"{regex}, "regions": []"#),
            "`regions` is an array, not an object",
        ),
        (
            format!(r#"{regex}, "regions": {{"us-east-1": {{"dnsSuffix": "x"}}}}"#),
            "the key `dnsSuffix` is unknown",
        ),
        (
            format!(r#"{regex}, "regions": {{"us-east-1": {{}}, "us-east-1": {{}}}}"#),
            "the region `us-east-1` is in `aws` and in `aws`",
        ),
        (
            format!(r#"{regex}, "regions": {{}}, "outputs": 1"#),
            "the key `outputs` appears twice",
        ),
    ] {
        let text = partitions(&members);
        let model = Source {
            name: "partitions.json",
            text: &text,
        };
        let problems = import(&Published {
            model,
            paginators: None,
            endpoint_rules: None,
            service_shape: None,
        })
        .expect_err("problems")
        .to_string();
        assert!(problems.contains(message), "{problems}");
        assert!(problems.contains("--> partitions.json:"), "{problems}");
        assert_eq!(
            partitions_table(model, "a test")
                .expect_err("problems")
                .to_string(),
            problems
        );
    }
}

#[test]
fn the_partitions_are_those_that_aws_publishes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let published = root.join("../shared/models/aws/sdk-partitions.json");
    if !published.is_file() {
        eprintln!("skipped: there is no {}", published.display());
        return;
    }
    let imported = smithy(&text(&published));
    assert_eq!(
        imported.files[PARTITIONS_FILE],
        text(&root.join("model").join(PARTITIONS_FILE))
    );
}
