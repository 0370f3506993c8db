//! Compares signatures with those of `aws-runtime`'s signer, for random requests.

mod random;

use super::*;
use aws_runtime::auth::sigv4::SigV4Signer;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::Layer;
use aws_types::region::Region;
use fastrand::Rng;
use random::{endpoint, one_of, options, request};
use std::time::{Duration, SystemTime};

fn components(time: SystemTime) -> RuntimeComponents {
    RuntimeComponentsBuilder::for_tests()
        .with_time_source(Some(StaticTimeSource::new(time)))
        .build()
        .expect("components")
}

fn config(options: SigningOptions, region: &'static str, name: &'static str) -> ConfigBag {
    let mut layer = Layer::new("test");
    layer.store_put(SigV4OperationSigningConfig {
        signing_options: options,
        ..Default::default()
    });
    layer.store_put(SigningRegion::from(Region::from_static(region)));
    layer.store_put(SigningName::from_static(name));
    ConfigBag::of_layers(vec![layer])
}

fn signer() -> Signer {
    Signer::new(Arc::default())
}

/// The result of signing a request.
fn outcome(signed: Result<(), BoxError>, request: &HttpRequest) -> Result<Vec<String>, String> {
    signed.map_err(|error| error.to_string())?;
    let headers = request.headers().iter();
    let mut lines: Vec<_> = headers
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    lines.sort();
    lines.push(request.uri().to_owned());
    Ok(lines)
}

/// Returns whether the signer has signed with its own key.
fn has_key(signer: &Signer) -> bool {
    signer.last.read().expect("a lock").is_some()
}

#[test]
fn signatures_are_those_of_aws_runtime() {
    // 100,000 rounds take half a minute without optimizations.
    let rounds = std::env::var("SIGV4_ROUNDS").map_or(10_000, |rounds| {
        rounds.parse().expect("SIGV4_ROUNDS is a number")
    });
    let seed = fastrand::u64(..);
    let mut rng = Rng::with_seed(seed);
    // A single signer, so that its cached key sometimes has another day, region or owner.
    let shared = signer();
    let (mut ordinary, mut signed) = (0, 0);
    for round in 0..rounds {
        let secret = one_of(&mut rng, &["secret", "another secret"]);
        let token = one_of(&mut rng, &[None, Some("a token")]);
        let id = one_of(&mut rng, &["AKID", "AKIE"]);
        let identity = Identity::from(Credentials::new(
            id,
            secret,
            token.map(str::to_owned),
            None,
            "test",
        ));
        let region = one_of(&mut rng, &["us-east-1", "eu-central-1"]);
        let config = config(options(&mut rng), region, "chime");
        let day = Duration::from_secs(86_400) * rng.u32(0..3);
        let second = Duration::from_millis(rng.u64(..86_400_000));
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000) + day + second;
        let components = components(time);
        let document = endpoint(&mut rng);
        let before = request(&mut rng);
        let copy = || before.try_clone().expect("a request that can be cloned");
        let scope = Scope::of(&identity, &(&document).into(), &config);
        let date = DateTime::of(time).expect("a date");
        ordinary += u32::from(scope.is_some_and(|scope| {
            is_ordinary(&(&document).into(), &config)
                && matches!(shared.sign(&before, &scope, &date), Ok(Some(_)))
        }));
        let sign = |signer: &dyn Sign, request: &mut HttpRequest| {
            let endpoint = (&document).into();
            signer.sign_http_request(request, &identity, endpoint, &components, &config)
        };
        let (mut ours, mut theirs) = (copy(), copy());
        let ours = outcome(sign(&shared, &mut ours), &ours);
        let theirs = outcome(sign(&SigV4Signer::new(), &mut theirs), &theirs);
        assert_eq!(
            ours, theirs,
            "seed {seed}, round {round}: {before:?} {document:?}"
        );
        signed += u32::from(theirs.is_ok());
    }
    assert!(signed > rounds / 2, "only {signed} could be signed");
    assert!(ordinary > rounds / 4, "only {ordinary} were ordinary");
    println!(
        "{rounds} requests, of which {signed} could be signed, {ordinary} of them by our own signer"
    );
}

#[test]
fn what_cannot_be_signed_is_an_error() {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000);
    let good = (
        "AKID",
        "secret",
        Some("token"),
        "us-east-1",
        "chime",
        "https://localhost/",
        time,
    );
    let outcome = |(id, secret, token, region, name, uri, time): (
        &str,
        &str,
        Option<&str>,
        &'static str,
        &'static str,
        &str,
        SystemTime,
    )| {
        let token = token.map(str::to_owned);
        let identity = Identity::from(Credentials::new(id, secret, token, None, "test"));
        // With the signer of this crate and with the general one, in the headers and in the query.
        let mut in_query = SigningOptions::default();
        in_query.signature_type = HttpSignatureType::HttpRequestQueryParams;
        in_query.expires_in = Some(Duration::from_secs(60));
        let results = [SigningOptions::default(), in_query].map(|options| {
            let mut request = HttpRequest::new(SdkBody::empty());
            request.set_uri(uri).expect("a URI");
            let result = signer().sign_http_request(
                &mut request,
                &identity,
                AuthSchemeEndpointConfig::empty(),
                &components(time),
                &config(options, region, name),
            );
            result.map_err(|error| error.to_string())
        });
        let [headers, query] = results;
        assert_eq!(headers, query);
        headers
    };
    assert_eq!(outcome(good), Ok(()));
    for (bad, part) in [
        (
            (
                "AK\nID",
                "secret",
                None,
                "us-east-1",
                "chime",
                "https://localhost/",
                time,
            ),
            "the access key ID of",
        ),
        (
            (
                "AKID",
                "sec\rret",
                None,
                "us-east-1",
                "chime",
                "https://localhost/",
                time,
            ),
            "the secret access key of",
        ),
        (
            (
                "AKID",
                "secret",
                Some("to\nken"),
                "us-east-1",
                "chime",
                "https://localhost/",
                time,
            ),
            "the session token of",
        ),
        (
            (
                "AKID",
                "secret",
                None,
                "us-\neast-1",
                "chime",
                "https://localhost/",
                time,
            ),
            "the signing region",
        ),
        (
            (
                "AKID",
                "secret",
                None,
                "us-east-1/x",
                "chime",
                "https://localhost/",
                time,
            ),
            "the signing region",
        ),
        (
            (
                "AKID",
                "secret",
                None,
                "us-east-1",
                "chi\nme",
                "https://localhost/",
                time,
            ),
            "the signing name",
        ),
        (
            ("AKID", "secret", None, "us-east-1", "chime", "/path", time),
            "the request's URI has no host",
        ),
    ] {
        let error = outcome(bad).expect_err(part);
        assert!(error.starts_with(part), "{error}");
        assert!(!error.contains('\n') && !error.contains("AK\\n"), "{error}");
    }
    let day = Duration::from_secs(86_400);
    for time in [
        SystemTime::UNIX_EPOCH - day,
        SystemTime::UNIX_EPOCH + day * 3_000_000,
    ] {
        let error = outcome((
            "AKID",
            "secret",
            None,
            "us-east-1",
            "chime",
            "https://localhost/",
            time,
        ));
        let error = error.expect_err("a time out of range");
        assert!(error.starts_with("the time source returns"), "{error}");
    }
}

#[test]
fn the_example_of_the_documentation_is_signed_as_it_says() {
    // The request to IAM in "Signature Version 4 signing process".
    let mut request = HttpRequest::new(SdkBody::empty());
    request
        .set_uri("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08")
        .expect("a URI");
    let headers = request.headers_mut();
    headers.insert(
        "content-type",
        "application/x-www-form-urlencoded; charset=utf-8",
    );
    let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    let identity = Identity::from(Credentials::new("AKIDEXAMPLE", secret, None, None, "test"));
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160);
    let config = config(SigningOptions::default(), "us-east-1", "iam");
    let signer = signer();
    signer
        .sign_http_request(
            &mut request,
            &identity,
            AuthSchemeEndpointConfig::empty(),
            &components(time),
            &config,
        )
        .expect("a signature");
    assert!(has_key(&signer));
    let authorization = request.headers().get(AUTHORIZATION).expect("a header");
    assert_eq!(
        authorization,
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
         SignedHeaders=content-type;host;x-amz-date, \
         Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    );
}

#[test]
fn a_key_is_kept_and_shown_to_nobody() {
    let signer = signer();
    let identity = Identity::from(Credentials::new("AKID", "secret", None, None, "test"));
    let config = config(SigningOptions::default(), "us-east-1", "chime");
    let endpoint = AuthSchemeEndpointConfig::empty();
    let scope = Scope::of(&identity, &endpoint, &config).expect("an ordinary signature");
    // Days since 1970.
    let day = |days: u64| {
        DateTime::of(SystemTime::UNIX_EPOCH + Duration::from_secs(days * 86_400)).expect("valid")
    };
    let key = |date: &DateTime| {
        let key = signer.key(&scope, date).expect("good credentials");
        key.expect("a key")
    };
    let first = key(&day(20_781));
    let again = key(&day(20_781));
    assert!(Arc::ptr_eq(&first, &again));
    let tomorrow = key(&day(20_782));
    assert!(!Arc::ptr_eq(&first, &tomorrow));
    let shown = format!("{signer:?}");
    assert!(shown.starts_with("Signer"), "{shown}");
    assert!(!shown.contains("secret"), "{shown}");
}
