//! Both forms of a published model give the same normalised model.

use codegen::import::{Imported, Published, difference, import};
use codegen::{Diagnostics, PARTITIONS_FILE, Source, partitions_table};
use serde_json::{Map, Value, json};
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
        waiters: None,
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
        waiters: None,
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
fn what_smithy_cannot_express_is_rejected_with_its_place() {
    let model = fixture("service-2.json")
        .replace("\"streaming\": true", "\"streaming\": true, \"x\": 1")
        .replace("\"location\": \"headers\"", "\"location\": \"trailer\"");
    let problems = import(&Published {
        model: Source {
            name: "service-2.json",
            text: &model,
        },
        paginators: None,
        waiters: None,
        endpoint_rules: None,
        service_shape: None,
    })
    .expect_err("a location that does not exist");
    let text = problems.to_string();
    assert!(text.contains("`trailer`"), "{text}");
    assert!(text.contains("--> service-2.json:"), "{text}");
}

/// Imports a service-2.json.
fn service_2(model: &Value) -> Result<Imported, Diagnostics> {
    import(&Published {
        model: Source {
            name: "service-2.json",
            text: &model.to_string(),
        },
        paginators: None,
        waiters: None,
        endpoint_rules: None,
        service_shape: Some("Service"),
    })
}

/// A service of two operations, with something of each kind.
fn rich() -> Value {
    json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "1", "endpointPrefix": "things", "protocol": "rest-json", "serviceId": "Things",
            "serviceFullName": "Things", "signatureVersion": "v4", "uid": "things",
            "auth": ["aws.auth#sigv4", "smithy.api#httpBearerAuth"], "protocolSettings": {"h2": "eventstream"}
        },
        "operations": {
            "Get": {
                "name": "Get", "http": {"method": "POST", "requestUri": "/get"},
                "input": {"shape": "In"}, "output": {"shape": "Out"},
                "readonly": true, "idempotent": true, "httpChecksumRequired": true, "unsignedPayload": true,
                "authtype": "v4-unsigned-body", "endpointdiscovery": {"required": true},
                "httpChecksum": {"requestAlgorithmMember": "A"}, "requestcompression": {"encodings": ["gzip"]},
                "staticContextParams": {"Kind": {"value": "x"}},
                "operationContextParams": {"Path": {"path": "a.b"}}
            },
            "Find": {
                "name": "Find", "http": {"method": "GET", "requestUri": "/find"}, "endpointoperation": true,
                "authtype": "none", "auth": ["smithy.api#noAuth"], "deprecated": true, "deprecatedSince": "2026"
            }
        },
        "shapes": {
            "In": {"type": "structure", "members": {
                "a": {"shape": "Get", "contextParam": {"name": "A"}},
                "b": {"shape": "Text", "jsonvalue": true},
                "c": {"shape": "Free"}, "d": {"shape": "Sparse"}, "e": {"shape": "Word"}
            }},
            "Out": {"type": "structure", "members": {"events": {"shape": "Events"}}, "payload": "events"},
            "Events": {"type": "structure", "eventstream": true, "members": {"e": {"shape": "Event"}}},
            "Event": {"type": "structure", "event": true, "members": {
                "body": {"shape": "Data", "eventpayload": true},
                "head": {"shape": "Text", "eventheader": true}
            }},
            "Data": {"type": "blob", "requiresLength": true},
            "Text": {"type": "string"},
            "Free": {"type": "structure", "document": true, "members": {}},
            "Sparse": {"type": "list", "sparse": true, "member": {"shape": "Text"}},
            "Word": {"type": "string", "enum": ["a-b", "a_b"]},
            "Get": {"type": "string", "box": true}
        }
    })
}

#[test]
fn everything_that_botocore_says_is_kept() {
    let imported = service_2(&rich()).unwrap_or_else(|problems| panic!("{problems}"));
    let model: Value = serde_json::from_str(&imported.files["model.json"]).expect("JSON");
    let shape = |name: &str| &model["shapes"][format!("com.amazonaws.things#{name}")];
    let traits = |name: &str| shape(name)["traits"].clone();
    assert_eq!(
        traits("Service"),
        json!({
            "aws.api#clientEndpointDiscovery": {"operation": "com.amazonaws.things#Find"},
            "aws.api#service": {"endpointPrefix": "things", "sdkId": "Things"},
            "aws.auth#sigv4": {"name": "things"},
            "aws.protocols#restJson1": {"eventStreamHttp": ["h2"]},
            "smithy.api#auth": ["aws.auth#sigv4", "smithy.api#httpBearerAuth"],
            "smithy.api#httpBearerAuth": {},
            "smithy.api#title": "Things"
        })
    );
    assert_eq!(
        traits("Get"),
        json!({
            "aws.api#clientDiscoveredEndpoint": {"required": true},
            "aws.auth#unsignedPayload": {},
            "aws.protocols#httpChecksum": {"requestAlgorithmMember": "A"},
            "smithy.api#http": {"method": "POST", "uri": "/get"},
            "smithy.api#httpChecksumRequired": {},
            "smithy.api#idempotent": {},
            "smithy.api#readonly": {},
            "smithy.api#requestCompression": {"encodings": ["gzip"]},
            "smithy.rules#operationContextParams": {"Path": {"path": "a.b"}},
            "smithy.rules#staticContextParams": {"Kind": {"value": "x"}}
        })
    );
    assert_eq!(traits("Find")["smithy.api#auth"], json!([]));
    assert_eq!(
        traits("Find")["smithy.api#deprecated"],
        json!({"since": "2026"})
    );
    let member = |of: &str, name: &str| shape(of)["members"][name].clone();
    // In this form, a shape may have the name of an operation.
    assert_eq!(member("In", "a")["target"], "com.amazonaws.things#GetShape");
    assert_eq!(
        member("In", "a")["traits"],
        json!({"smithy.rules#contextParam": {"name": "A"}})
    );
    assert_eq!(
        member("In", "b")["target"],
        "com.amazonaws.things#SynthesizedJsonText"
    );
    assert_eq!(
        traits("SynthesizedJsonText"),
        json!({"smithy.api#mediaType": "application/json"})
    );
    assert_eq!(shape("Free")["type"], "document");
    assert_eq!(traits("Sparse"), json!({"smithy.api#sparse": {}}));
    assert_eq!(shape("Word")["members"].as_object().map(Map::len), Some(2));
    assert_eq!(shape("Events")["type"], "union");
    assert_eq!(traits("Events"), json!({"smithy.api#streaming": {}}));
    assert_eq!(traits("Data"), json!({"smithy.api#requiresLength": {}}));
    assert_eq!(
        member("Event", "body")["traits"],
        json!({"smithy.api#eventPayload": {}})
    );
    assert_eq!(
        member("Event", "head")["traits"],
        json!({"smithy.api#eventHeader": {}})
    );
}

#[test]
fn a_key_that_is_not_known_is_reported_once_wherever_it_is() {
    for pointer in [
        "",
        "/metadata",
        "/operations/Get",
        "/operations/Get/http",
        "/operations/Get/input",
        "/shapes/In",
        "/shapes/In/members/a",
        "/shapes/Sparse",
        "/shapes/Sparse/member",
        "/shapes/Text",
        "/shapes/Data",
    ] {
        let mut model = rich();
        model.pointer_mut(pointer).expect("it is there")["frobnicate"] = json!(true);
        let problems = service_2(&model).expect_err(pointer);
        let rules: Vec<&str> = problems.iter().map(|problem| problem.rule).collect();
        assert_eq!(rules, ["import-unknown-key"], "{pointer}:\n{problems}");
        assert!(problems.to_string().contains("`frobnicate`"), "{problems}");
    }
    let mut model = rich();
    for member in ["a", "b", "c"] {
        model["shapes"]["In"]["members"][member]["frobnicate"] = json!(true);
    }
    let problems = service_2(&model).expect_err("three unknown keys");
    assert_eq!(problems.len(), 1, "{problems}");
    assert!(problems.to_string().contains("(3 places)"), "{problems}");
}

#[test]
fn what_has_no_counterpart_is_one_diagnostic() {
    for (pointer, value, expected) in [
        (
            "/metadata/protocol",
            json!("soap"),
            "only the protocol soap",
        ),
        (
            "/metadata/auth",
            json!(["x.y#z"]),
            "the authentication `x.y#z`",
        ),
        (
            "/operations/Get/authtype",
            json!("custom"),
            "the authentication `custom`",
        ),
        (
            "/metadata/protocolSettings",
            json!({"h3": "x"}),
            "the protocol setting `h3`",
        ),
        (
            "/shapes/In/required",
            json!(["z"]),
            "there is no member `z`",
        ),
        ("/shapes/In/payload", json!("z"), "there is no member `z`"),
        (
            "/shapes/In/members/a/streaming",
            json!(true),
            "a stream that is neither a blob",
        ),
        (
            "/shapes/In/members/a/location",
            json!("trailer"),
            "the location `trailer`",
        ),
        ("/shapes/Text/type", json!("bignum"), "the type `bignum`"),
    ] {
        let mut model = rich();
        let (parent, key) = pointer.rsplit_once('/').expect("a path");
        model.pointer_mut(parent).expect("it is there")[key] = value;
        let problems = service_2(&model).expect_err(pointer);
        assert_eq!(problems.len(), 1, "{pointer}:\n{problems}");
        assert!(problems.to_string().contains(expected), "{problems}");
        assert!(
            problems.to_string().contains("--> service-2.json:1:"),
            "{problems}"
        );
    }
}

#[test]
fn paginators_that_smithy_cannot_say_are_noted() {
    let mut model = rich();
    model["shapes"]["In"]["members"] =
        json!({"Token": {"shape": "Text"}, "Max": {"shape": "Data"}});
    model["shapes"]["Out"] = json!({"type": "structure", "members": {
        "Token": {"shape": "Text"}, "Items": {"shape": "Sparse"}
    }});
    let with = |paginators: Value| {
        let imported = import(&Published {
            model: Source {
                name: "service-2.json",
                text: &model.to_string(),
            },
            paginators: Some(Source {
                name: "paginators-1.json",
                text: &json!({"pagination": paginators}).to_string(),
            }),
            waiters: None,
            endpoint_rules: None,
            service_shape: Some("Service"),
        })
        .unwrap_or_else(|problems| panic!("{problems}"));
        let model: Value = serde_json::from_str(&imported.files["model.json"]).expect("JSON");
        let traits = &model["shapes"]["com.amazonaws.things#Get"]["traits"];
        (
            traits["smithy.api#paginated"].clone(),
            imported.notes.join("\n"),
        )
    };
    let (trait_, notes) = with(json!({"Get": {
        "input_token": "Token", "output_token": "Token", "limit_key": "Max", "result_key": ["Items"]
    }}));
    assert_eq!(
        trait_,
        json!({"inputToken": "Token", "outputToken": "Token", "items": "Items"})
    );
    assert!(
        notes.contains("the pagination of Get is without `pageSize`"),
        "{notes}"
    );
    assert!(notes.contains("has paginators: Get"), "{notes}");
    let (trait_, notes) = with(json!({"Get": {
        "input_token": ["Token", "Max"], "output_token": "Items[-1]", "result_key": "Items"
    }}));
    assert_eq!(trait_, Value::Null);
    assert!(
        notes.contains("the pagination of Get is left out"),
        "{notes}"
    );
    let (_, notes) = with(json!({}));
    assert!(notes.contains("lists no operation"), "{notes}");
}

#[test]
fn what_is_not_a_model_is_rejected() {
    for text in ["{}", "[]", "{\"metadata\": {}}", "nonsense"] {
        let result = import(&Published {
            model: Source {
                name: "file.json",
                text,
            },
            paginators: None,
            waiters: None,
            endpoint_rules: None,
            service_shape: None,
        });
        assert!(result.is_err(), "{text}");
    }
}

/// The Chime models as AWS publishes them: the Smithy form in `../shared/models`, botocore's in the
/// folder that `BOTOCORE_DATA` names (`.ci/run` installs it). The test is skipped without them.
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
    // model/chime is imported from the Smithy form.
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
fn partitions_of_another_form_are_rejected() {
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
            waiters: None,
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

#[test]
fn waiters_become_a_trait_of_their_operation() {
    let model = r#"{
        "metadata": {"protocol": "json", "jsonVersion": "1.0", "serviceId": "Things", "targetPrefix": "Things",
            "apiVersion": "2026-11-29", "signatureVersion": "v4", "endpointPrefix": "things"},
        "operations": {
            "GetThing": {"name": "GetThing", "http": {"method": "POST", "requestUri": "/"},
                "input": {"shape": "In"}, "output": {"shape": "Out"}, "errors": [{"shape": "Gone"}, {"shape": "Busy"}]}
        },
        "shapes": {
            "In": {"type": "structure", "members": {}},
            "Out": {"type": "structure", "members": {"State": {"shape": "Text"}, "Items": {"shape": "Items"}}},
            "Items": {"type": "list", "member": {"shape": "Text"}},
            "Text": {"type": "string"},
            "Gone": {"type": "structure", "members": {}, "exception": true, "error": {"httpStatusCode": 410}},
            "Busy": {"type": "structure", "members": {}, "exception": true, "error": {"httpStatusCode": 503}}
        }
    }"#;
    let waiters = r#"{"version": 2, "waiters": {
        "ThingExists": {"operation": "GetThing", "delay": 5, "maxAttempts": 40, "description": "Waits.", "acceptors": [
            {"matcher": "path", "argument": "State", "expected": "READY", "state": "success"},
            {"matcher": "pathAll", "argument": "Items[]", "expected": "a", "state": "success"},
            {"matcher": "pathAny", "argument": "Items[]", "expected": "b", "state": "failure"},
            {"matcher": "path", "argument": "length(Items) > `0`", "expected": true, "state": "success"},
            {"matcher": "error", "expected": "Slow", "state": "retry"},
            {"matcher": "error", "expected": true, "state": "failure"},
            {"matcher": "status", "expected": 200, "state": "retry"},
            {"matcher": "status", "expected": 404, "state": "retry"},
            {"matcher": "status", "expected": 410, "state": "failure"},
            {"matcher": "status", "expected": 403, "state": "failure"}
        ]},
        "OfAnother": {"operation": "Other", "delay": 300, "maxAttempts": 4, "acceptors": []}
    }}"#;
    let source = |name, text| Source { name, text };
    let imported = import(&Published {
        model: source("service-2.json", model),
        paginators: None,
        waiters: Some(source("waiters-2.json", waiters)),
        endpoint_rules: None,
        service_shape: None,
    })
    .unwrap_or_else(|problems| panic!("{problems}"));
    let ast: Value = serde_json::from_str(&imported.files["model.json"]).expect("JSON");
    let waitable =
        &ast["shapes"]["com.amazonaws.things#GetThing"]["traits"]["smithy.waiters#waitable"];
    let output = |path: &str, comparator: &str, expected: &str| json!({"output": {"path": path, "comparator": comparator, "expected": expected}});
    let acceptor = |state: &str, matcher: Value| json!({"state": state, "matcher": matcher});
    let expected = json!({"ThingExists": {"minDelay": 5, "maxDelay": 120, "acceptors": [
        acceptor("success", output("State", "stringEquals", "READY")),
        acceptor("success", output("Items[]", "allStringEquals", "a")),
        acceptor("failure", output("Items[]", "anyStringEquals", "b")),
        acceptor("success", output("length(Items) > `0`", "booleanEquals", "true")),
        acceptor("retry", json!({"errorType": "Slow"})),
        acceptor("failure", json!({"success": false})),
        acceptor("retry", json!({"success": true})),
        acceptor("retry", json!({"errorType": "NotFound"})),
        acceptor("failure", json!({"errorType": "Gone"})),
    ]}});
    assert_eq!(*waitable, expected);
    let is_noted =
        |note: &String| note.contains("an acceptor of the waiter ThingExists is left out");
    assert!(imported.notes.iter().any(is_noted), "{:?}", imported.notes);
}
