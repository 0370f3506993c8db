//! botocore's names on the wire become Smithy's traits, by protocol.

use codegen::Source;
use codegen::import::{Imported, Published, import};
use serde_json::{Value, json};

/// A service with these protocols, and shapes that use every key for names on the wire.
fn model(metadata: &Value) -> Value {
    let mut model = json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "1", "endpointPrefix": "things", "serviceId": "Things", "signatureVersion": "v4"
        },
        "operations": {"Put": {
            "name": "Put", "http": {"method": "POST", "requestUri": "/"},
            "input": {"shape": "In", "locationName": "PutIt", "xmlNamespace": {"uri": "urn:a"}},
            "output": {"shape": "Out", "resultWrapper": "PutResult"},
            "errors": [{"shape": "Bad"}]
        }},
        "shapes": {
            "In": {"type": "structure", "members": {
                "Plain": {"shape": "Text"},
                "Flat": {"shape": "FlatList"},
                "Wrapped": {"shape": "List"},
                "Attribute": {"shape": "Text", "xmlAttribute": true, "locationName": "x:attr"}
            }},
            "Out": {"type": "structure", "members": {"Nested": {"shape": "Nested"}}},
            "Nested": {"type": "structure", "wrapper": true, "xmlNamespace": {"prefix": "x", "uri": "urn:b"}, "members": {}},
            "FlatList": {"type": "list", "flattened": true, "member": {"shape": "Text", "locationName": "Item"}},
            "List": {"type": "list", "member": {"shape": "Text", "locationName": "item"}},
            "Bad": {
                "type": "structure", "members": {}, "exception": true,
                "error": {"code": "Bad", "httpStatusCode": 404, "senderFault": true}
            },
            "Text": {"type": "string"}
        }
    });
    for (key, value) in metadata.as_object().expect("an object") {
        model["metadata"][key] = value.clone();
    }
    model
}

fn imported(model: &Value) -> Imported {
    let published = Published {
        model: Source {
            name: "service-2.json",
            text: &model.to_string(),
        },
        paginators: None,
        waiters: None,
        endpoint_rules: None,
        service_shape: None,
    };
    import(&published).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The imported shapes, by their names.
fn shapes(model: &Value) -> Value {
    let file: Value = serde_json::from_str(&imported(model).files["model.json"]).expect("JSON");
    let shapes = file["shapes"].as_object().expect("shapes").iter();
    let name = |id: &str| id.rsplit('#').next().unwrap_or_default().to_owned();
    shapes
        .map(|(id, shape)| (name(id), shape.clone()))
        .collect()
}

#[test]
fn a_service_has_the_traits_of_its_protocols() {
    for (metadata, service, expected) in [
        (
            json!({"protocol": "ec2"}),
            "Things",
            &["aws.protocols#ec2Query"][..],
        ),
        (
            json!({"protocol": "query"}),
            "Things",
            &["aws.protocols#awsQuery"],
        ),
        (
            json!({"protocol": "rest-xml"}),
            "Things",
            &["aws.protocols#restXml"],
        ),
        (
            json!({"protocol": "json", "targetPrefix": "ThingsApi_1"}),
            "ThingsApi_1",
            &["aws.protocols#awsJson1_0"],
        ),
        (
            json!({"protocol": "json", "jsonVersion": "1.1", "targetPrefix": "com.x.ThingsApi"}),
            "ThingsApi",
            &["aws.protocols#awsJson1_1"],
        ),
        (
            json!({
                "protocol": "smithy-rpc-v2-cbor", "protocols": ["smithy-rpc-v2-cbor", "json", "query"],
                "jsonVersion": "1.0", "targetPrefix": "Api", "awsQueryCompatible": {}
            }),
            "Api",
            &[
                "aws.protocols#awsJson1_0",
                "aws.protocols#awsQuery",
                "aws.protocols#awsQueryCompatible",
                "smithy.protocols#rpcv2Cbor",
            ],
        ),
    ] {
        let mut model = model(&metadata);
        if metadata["protocol"] == "json" {
            // Names on the wire have no meaning there.
            model["shapes"]["In"]["members"] = json!({});
        }
        let shapes = shapes(&model);
        let traits = shapes[service]["traits"].as_object().expect(service);
        let found: Vec<&str> = traits
            .keys()
            .map(String::as_str)
            .filter(|id| id.contains("protocols#"))
            .collect();
        assert_eq!(found, expected, "{metadata}");
    }
}

#[test]
fn names_become_names_of_elements() {
    let (flat, name, attribute) = (
        "smithy.api#xmlFlattened",
        "smithy.api#xmlName",
        "smithy.api#xmlAttribute",
    );
    for protocol in ["query", "ec2", "rest-xml"] {
        let shapes = shapes(&model(&json!({"protocol": protocol})));
        let members = &shapes["In"]["members"];
        assert_eq!(members["Plain"]["traits"], Value::Null, "{protocol}");
        // The items of a flattened list have their own name in the place of the list's.
        assert_eq!(
            members["Flat"]["traits"],
            json!({flat: {}, name: "Item"}),
            "{protocol}"
        );
        assert_eq!(members["Wrapped"]["traits"], Value::Null, "{protocol}");
        assert_eq!(shapes["List"]["member"]["traits"], json!({name: "item"}));
        assert_eq!(
            members["Attribute"]["traits"],
            json!({attribute: {}, name: "x:attr"})
        );
        assert_eq!(shapes["In"]["traits"], json!({name: "PutIt"}), "{protocol}");
        assert_eq!(
            shapes["Nested"]["traits"]["smithy.api#xmlNamespace"],
            json!({"prefix": "x", "uri": "urn:b"})
        );
        // The only namespace of bodies is the service's.
        assert_eq!(
            shapes["Things"]["traits"]["smithy.api#xmlNamespace"],
            json!({"uri": "urn:a"})
        );
        let http = &shapes["Put"]["traits"]["smithy.api#http"];
        assert_eq!(http.is_null(), protocol != "rest-xml", "{protocol}");
    }
}

#[test]
fn ec2_has_names_of_its_own_in_queries() {
    let mut model = model(&json!({"protocol": "ec2"}));
    model["shapes"]["In"]["members"] = json!({
        "Ids": {"shape": "List", "locationName": "idSet", "queryName": "Ids"},
        "Same": {"shape": "List", "locationName": "sameSet", "queryName": "SameSet"}
    });
    let members = &shapes(&model)["In"]["members"];
    assert_eq!(
        members["Ids"]["traits"],
        json!({"smithy.api#xmlName": "idSet", "aws.protocols#ec2QueryName": "Ids"})
    );
    assert_eq!(
        members["Same"]["traits"],
        json!({"smithy.api#xmlName": "sameSet"})
    );
}

#[test]
fn a_payload_is_named_after_its_shape() {
    let mut model = model(&json!({"protocol": "rest-xml"}));
    model["shapes"]["In"] = json!({
        "type": "structure", "payload": "Body", "members": {
            "Body": {"shape": "Nested", "locationName": "Body", "xmlNamespace": {"uri": "urn:a"}}
        }
    });
    let traits = |model: &Value| shapes(model)["In"]["members"]["Body"]["traits"].clone();
    assert_eq!(traits(&model)["smithy.api#xmlName"], json!("Body"));
    model["shapes"]["In"]["members"]["Body"]["locationName"] = json!("Nested");
    assert_eq!(traits(&model), json!({"smithy.api#httpPayload": {}}));
}

#[test]
fn codes_of_errors_are_those_of_queries() {
    let error = |metadata: Value| {
        let mut model = model(&metadata);
        model["shapes"]["Bad"]["error"]["code"] = json!("Things.Bad");
        model["shapes"]["In"]["members"] = json!({});
        let published = Published {
            model: Source {
                name: "service-2.json",
                text: &model.to_string(),
            },
            paginators: None,
            waiters: None,
            endpoint_rules: None,
            service_shape: None,
        };
        import(&published).map(|_| shapes(&model)["Bad"]["traits"].clone())
    };
    let expected = json!({"code": "Things.Bad", "httpResponseCode": 404});
    for metadata in [
        json!({"protocol": "query"}),
        json!({"protocol": "json", "targetPrefix": "Api", "awsQueryCompatible": {}}),
    ] {
        let traits = error(metadata).expect("a model");
        assert_eq!(traits["aws.protocols#awsQueryError"], expected);
        assert_eq!(traits["smithy.api#httpError"], json!(404));
    }
    let problems = error(json!({"protocol": "rest-xml"})).expect_err("no counterpart");
    assert!(problems.to_string().contains("in awsQuery"), "{problems}");
}

#[test]
fn a_stream_is_a_shape_of_its_own() {
    let mut model = model(&json!({"protocol": "rest-xml"}));
    model["shapes"]["Bytes"] = json!({"type": "blob"});
    model["shapes"]["Out"] = json!({"type": "structure", "payload": "Body", "members": {
        "Body": {"shape": "Bytes", "streaming": true}
    }});
    let shapes = shapes(&model);
    let target = shapes["Out"]["members"]["Body"]["target"].as_str();
    assert_eq!(target, Some("com.amazonaws.things#StreamingBytes"));
    assert_eq!(
        shapes["StreamingBytes"],
        json!({"type": "blob", "traits": {"smithy.api#streaming": {}}})
    );
}

#[test]
fn values_that_become_one_variant_get_numbers() {
    let mut model = model(&json!({"protocol": "query"}));
    model["shapes"]["Text"]["enum"] = json!(["grant_type", "GRANT_TYPE", "Other"]);
    let members = &shapes(&model)["Text"]["members"];
    let value = |name: &str| members[name]["traits"]["smithy.api#enumValue"].clone();
    assert_eq!(value("grant_type"), json!("grant_type"));
    assert_eq!(value("GRANT_TYPE_2"), json!("GRANT_TYPE"));
    assert_eq!(value("Other"), json!("Other"));
}

#[test]
fn what_has_no_counterpart_is_noted() {
    let notes = imported(&model(
        &json!({"protocol": "query", "protocols": ["query", "soap"]}),
    ))
    .notes;
    assert!(
        notes.join("\n").contains("the protocol soap is unknown"),
        "{notes:?}"
    );
    let mut other = model(&json!({"protocol": "query"}));
    other["operations"]["Put"]["http"]["requestUri"] = json!("/?Operation=Put");
    let notes = imported(&other).notes.join("\n");
    assert!(
        notes.contains("the URI `/?Operation=Put` of Put is left out"),
        "{notes}"
    );
}

#[test]
fn deprecated_operations_with_the_request_of_another_are_left_out() {
    let mut model = model(&json!({"protocol": "rest-xml"}));
    model["operations"]["OldPut"] = json!({
        "name": "OldPut", "http": {"method": "POST", "requestUri": "/"}, "deprecated": true,
        "input": {"shape": "OldIn"}, "errors": [{"shape": "Bad"}]
    });
    model["shapes"]["OldIn"] =
        json!({"type": "structure", "members": {"Old": {"shape": "OldList"}}});
    model["shapes"]["OldList"] = json!({"type": "list", "member": {"shape": "Text"}});
    let notes = imported(&model).notes.join("\n");
    assert!(notes.contains("OldPut is left out"), "{notes}");
    let shapes = shapes(&model);
    for gone in ["OldPut", "OldIn", "OldList"] {
        assert_eq!(shapes[gone], Value::Null, "{gone}");
    }
    assert_ne!(shapes["Bad"], Value::Null);
    model["operations"]["OldPut"]["http"]["requestUri"] = json!("/old");
    assert_ne!(self::shapes(&model)["OldPut"], Value::Null);
}
