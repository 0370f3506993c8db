//! The endpoint tests of the models, and services without endpoint rules.

use aws_smithy_types::Document;
use aws_smithy_types::endpoint::Endpoint;
use serde_json::{Map, Value};
use smithy_operation::ServiceDescriptor;
use smithy_operation::endpoint::BuiltIns;

fn plain(document: &Document) -> Value {
    match document {
        Document::Object(entries) => entries
            .iter()
            .map(|(key, value)| (key.clone(), plain(value)))
            .collect(),
        Document::Array(items) => items.iter().map(plain).collect(),
        Document::String(text) => Value::String(text.clone()),
        Document::Bool(value) => Value::Bool(*value),
        Document::Number(number) => Value::from(number.to_f64_lossy()),
        Document::Null => Value::Null,
    }
}

/// Runs the endpoint tests of a service's model, and returns their number.
fn run_endpoint_tests(file: &str, service: &ServiceDescriptor) -> usize {
    let path = format!("{}/../{file}", env!("CARGO_MANIFEST_DIR"));
    let model: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("the model")).expect("JSON");
    let mut shapes = model["shapes"].as_object().expect("shapes").values();
    let cases = shapes
        .find_map(|shape| shape["traits"]["smithy.rules#endpointTests"]["testCases"].as_array())
        .expect("test cases");
    let resolve = service.resolve_endpoint.expect("endpoint rules");
    for case in cases {
        let params = &case["params"];
        let result = resolve(&BuiltIns {
            region: params["Region"].as_str(),
            use_fips: params["UseFIPS"].as_bool().unwrap_or(false),
            use_dual_stack: params["UseDualStack"].as_bool().unwrap_or(false),
            endpoint: params["Endpoint"].as_str(),
            params: &[],
        });
        let expected = &case["expect"];
        match (result, expected["error"].as_str()) {
            (Err(error), Some(message)) => assert_eq!(error.to_string(), message, "{params}"),
            (Ok(endpoint), None) => {
                let expected = &expected["endpoint"];
                assert_eq!(endpoint.url(), expected["url"], "{params}");
                assert_eq!(
                    properties(&endpoint),
                    without_null(&expected["properties"]),
                    "{params}"
                );
                let headers: Map<String, Value> = endpoint
                    .headers()
                    .map(|(name, values)| (name.to_owned(), values.collect()))
                    .collect();
                assert_eq!(
                    Value::Object(headers),
                    without_null(&expected["headers"]),
                    "{params}"
                );
            }
            (result, _) => panic!("{params}: {result:?} instead of {expected}"),
        }
    }
    cases.len()
}

/// Returns the properties of an endpoint, including its authentication schemes.
fn properties(endpoint: &Endpoint) -> Value {
    let mut properties: Map<String, Value> = endpoint
        .properties()
        .iter()
        .map(|(name, value)| (name.clone().into_owned(), plain(value)))
        .collect();
    let schemes = endpoint.auth_schemes().iter();
    let schemes: Vec<Value> = schemes.map(|scheme| plain(&scheme.as_document())).collect();
    if !schemes.is_empty() {
        properties.insert("authSchemes".to_owned(), Value::Array(schemes));
    }
    Value::Object(properties)
}

fn without_null(value: &Value) -> Value {
    match value {
        Value::Null => Value::Object(Map::new()),
        other => with_floats(other),
    }
}

/// Returns the value with every number as a float, for comparison with documents.
fn with_floats(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::from(number.as_f64()),
        Value::Array(items) => items.iter().map(with_floats).collect(),
        Value::Object(entries) => entries
            .iter()
            .map(|(key, value)| (key.clone(), with_floats(value)))
            .collect(),
        other => other.clone(),
    }
}

#[test]
fn every_endpoint_test_of_the_models_passes() {
    for (name, service, at_least) in [
        ("chime", &chime_api::SERVICE, 26),
        ("chime-sdk-identity", &chime_sdk_identity_api::SERVICE, 26),
        (
            "chime-sdk-media-pipelines",
            &chime_sdk_media_pipelines_api::SERVICE,
            29,
        ),
        ("chime-sdk-meetings", &chime_sdk_meetings_api::SERVICE, 31),
        ("chime-sdk-messaging", &chime_sdk_messaging_api::SERVICE, 26),
        ("chime-sdk-voice", &chime_sdk_voice_api::SERVICE, 25),
    ] {
        let count = run_endpoint_tests(&format!("model/{name}/endpoints.json"), service);
        assert!(count >= at_least, "{name}: only {count} cases");
        println!("{name}: {count} endpoint tests passed");
    }
}

#[test]
fn endpoint_rules_do_what_they_say() {
    let count = run_endpoint_tests(
        "codegen/fixtures/good/endpoint_rules/model.json",
        &fixture_endpoint_rules::SERVICE,
    );
    assert!(count >= 17, "only {count} cases");
}

#[test]
fn a_decision_diagram_does_what_it_says() {
    let count = run_endpoint_tests(
        "codegen/fixtures/good/endpoint_diagram/model.json",
        &fixture_endpoint_diagram::SERVICE,
    );
    assert_eq!(count, 8);
}

#[tokio::test]
async fn a_service_without_rules_is_at_the_endpoint_that_the_client_is_given() {
    use smithy_client::endpoint::{DefaultResolver, Params, ResolveEndpoint};
    let resolver = DefaultResolver::of(&fixture_uri_trailing_slash::SERVICE);
    let params = Params::builder()
        .region("eu-west-1")
        .endpoint("https://example.com/base")
        .build()
        .expect("valid");
    let endpoint = resolver
        .resolve_endpoint(&params)
        .await
        .expect("an endpoint");
    assert_eq!(endpoint.url(), "https://example.com/base");
    let error = resolver
        .resolve_endpoint(&Params::default())
        .await
        .expect_err("nowhere to go");
    assert!(error.to_string().contains("set an endpoint URL"), "{error}");
}

#[tokio::test]
async fn the_last_endpoint_is_kept_for_its_own_parameters_only() {
    use chime_sdk::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
    let resolver = DefaultResolver::new();
    for (region, url) in [
        ("us-east-1", "https://chime-fips.us-east-1.amazonaws.com"),
        ("us-east-1", "https://chime-fips.us-east-1.amazonaws.com"),
        ("us-west-2", "https://chime-fips.us-west-2.amazonaws.com"),
    ] {
        let params = Params::builder()
            .region(region)
            .use_fips(true)
            .build()
            .expect("valid");
        let endpoint = resolver
            .resolve_endpoint(&params)
            .await
            .expect("an endpoint");
        assert_eq!(endpoint.url(), url);
    }
    let error = resolver
        .resolve_endpoint(&Params::default())
        .await
        .expect_err("no region");
    assert_eq!(
        error.to_string(),
        "Invalid Configuration: Missing Region: set `region` in the configuration, `AWS_REGION` in the \
             environment or `region` in the profile"
    );
}

#[test]
fn a_slash_at_the_end_of_a_uri_is_kept() {
    use fixture_uri_trailing_slash::operation::{get::Get, list::List};
    use smithy_operation::Operation;
    let uri = |operation: &smithy_operation::OperationDescriptor| {
        let http = operation.schema.input().http().expect("a binding");
        http.uri().to_owned()
    };
    assert_eq!(uri(Get::DESCRIPTOR), "/rooms/{Id}/");
    assert_eq!(uri(List::DESCRIPTOR), "/rooms/{Id}");
}
