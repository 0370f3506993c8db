//! The endpoint tests of the service's model.

use aws_smithy_types::Document;
use serde_json::Value;
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

#[test]
fn every_endpoint_test_of_the_model_passes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../model/chime/endpoints.json");
    let model: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("the model")).expect("JSON");
    let traits = &model["shapes"]["com.amazonaws.chime#UCBuzzConsoleService"]["traits"];
    let cases = traits["smithy.rules#endpointTests"]["testCases"]
        .as_array()
        .expect("test cases");
    let resolve = chime_api::SERVICE.resolve_endpoint.expect("endpoint rules");
    for case in cases {
        let params = &case["params"];
        let result = resolve(&BuiltIns {
            region: params["Region"].as_str(),
            use_fips: params["UseFIPS"].as_bool().unwrap_or(false),
            use_dual_stack: params["UseDualStack"].as_bool().unwrap_or(false),
            endpoint: params["Endpoint"].as_str(),
        });
        let expected = &case["expect"];
        match (result, expected["error"].as_str()) {
            (Err(error), Some(message)) => assert_eq!(error.to_string(), message, "{params}"),
            (Ok(endpoint), None) => {
                assert_eq!(endpoint.url(), expected["endpoint"]["url"], "{params}");
                let schemes = endpoint.auth_schemes().iter();
                let schemes: Vec<Value> =
                    schemes.map(|scheme| plain(&scheme.as_document())).collect();
                let schemes = match schemes.as_slice() {
                    [] => Value::Null,
                    _ => Value::Array(schemes),
                };
                assert_eq!(
                    schemes, expected["endpoint"]["properties"]["authSchemes"],
                    "{params}"
                );
            }
            (result, _) => panic!("{params}: {result:?} instead of {expected}"),
        }
    }
    assert!(cases.len() >= 26, "only {} cases", cases.len());
    println!("{} endpoint tests passed", cases.len());
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
    assert_eq!(error.to_string(), "Invalid Configuration: Missing Region");
}
