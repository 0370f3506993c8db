//! Endpoint parameters that operations, inputs and settings give values.

use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use aws_types::endpoint_config::AccountIdEndpointMode;
use fixture_endpoint_params::SERVICE;
use fixture_endpoint_params::operation::batch::BatchFluentBuilder;
use fixture_endpoint_params::operation::control::ControlFluentBuilder;
use fixture_endpoint_params::operation::get::GetFluentBuilder;
use fixture_endpoint_params::operation::plain::PlainFluentBuilder;
use fixture_endpoint_params::operation::transact::TransactFluentBuilder;
use fixture_endpoint_params::types::{Item, Table};
use smithy_client::Client;
use smithy_client::config::{Builder, Config, Credentials, Region};
use smithy_client::endpoint::{Endpoint, EndpointFuture, ParamValue, Params, ResolveEndpoint};
use smithy_client::protocol::RestJson1;
use smithy_operation::FluentBuilder;
use std::sync::{Arc, Mutex};

::smithy_client::endpoint_settings! {
    use_thing, set_use_thing = "UseThing", Bool(bool);
    zone, set_zone = "Zone", String(String);
}

/// The hosts that requests were sent to.
#[derive(Debug, Clone, Default)]
struct Hosts(Arc<Mutex<Vec<String>>>);

impl Hosts {
    fn last(&self) -> String {
        self.0
            .lock()
            .expect("not poisoned")
            .pop()
            .expect("a request")
    }
}

fn client(change: impl FnOnce(Builder) -> Builder) -> (Client, Hosts) {
    let hosts = Hosts::default();
    let log = hosts.clone();
    let http_client = infallible_client_fn(move |request: http::Request<SdkBody>| {
        let host = request.uri().host().expect("a host").to_owned();
        log.0.lock().expect("not poisoned").push(host);
        http::Response::new(SdkBody::from("{}"))
    });
    let builder = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "tests"))
        .http_client(http_client);
    let config = change(builder).build();
    (Client::new(&SERVICE, RestJson1, config), hosts)
}

fn call<B: FluentBuilder>(client: &Client) -> B {
    B::new(client.handle().clone())
}

#[tokio::test]
async fn members_fixed_values_and_paths_determine_the_endpoint() {
    let (client, hosts) = client(|config| config);
    let get = || call::<GetFluentBuilder>(&client);
    get().send().await.expect("a response");
    assert_eq!(hosts.last(), "a.example.com");
    get().bucket("b").send().await.expect("a response");
    assert_eq!(hosts.last(), "b.bucket.example.com");
    get()
        .bucket("b")
        .quick(true)
        .send()
        .await
        .expect("a response");
    assert_eq!(hosts.last(), "quick.example.com");
    get()
        .other("b")
        .quick(false)
        .send()
        .await
        .expect("a response");
    assert_eq!(hosts.last(), "a.example.com");

    let control = call::<ControlFluentBuilder>(&client).bucket("b");
    control.send().await.expect("a response");
    assert_eq!(hosts.last(), "control.a.example.com");

    let item = Item::builder().name("value").build();
    let batch = call::<BatchFluentBuilder>(&client);
    batch.items("one", item).send().await.expect("a response");
    // The rules need two names.
    assert_eq!(hosts.last(), "a.example.com");

    let table = Table::builder().name("table").aliases("x").build();
    let transact = call::<TransactFluentBuilder>(&client)
        .items(Item::builder().flag(true).table(table).build())
        .items(Item::builder().name("second").build());
    transact.send().await.expect("a response");
    assert_eq!(hosts.last(), "table.x.names.example.com");
}

#[tokio::test]
async fn settings_of_the_client_and_the_call_determine_the_endpoint() {
    let (client, hosts) = client(|config| config.zone("z"));
    let plain = || call::<PlainFluentBuilder>(&client);
    plain().send().await.expect("a response");
    assert_eq!(hosts.last(), "z.example.com");
    let with = |config: Builder| plain().customize().config_override(config);
    with(Builder::new().zone("y").zone("x"))
        .send()
        .await
        .expect("a response");
    assert_eq!(hosts.last(), "x.example.com");
    with(Builder::new().use_thing(true))
        .send()
        .await
        .expect("a response");
    assert_eq!(hosts.last(), "thing.example.com");
    let mut none = Builder::new();
    none.set_zone(None);
    with(none).send().await.expect("a response");
    assert_eq!(hosts.last(), "a.example.com");
}

#[tokio::test]
async fn the_account_of_the_credentials_is_part_of_the_endpoint_unless_disabled() {
    let credentials = Credentials::builder()
        .access_key_id("AKID")
        .secret_access_key("secret")
        .account_id("123456789012")
        .provider_name("tests")
        .build();
    let (client, hosts) = client(|config| config.credentials_provider(credentials));
    let plain = || call::<PlainFluentBuilder>(&client);
    plain().send().await.expect("a response");
    assert_eq!(hosts.last(), "123456789012.example.com");
    let disabled = Builder::new().account_id_endpoint_mode(AccountIdEndpointMode::Disabled);
    let call = plain().customize().config_override(disabled);
    call.send().await.expect("a response");
    assert_eq!(hosts.last(), "a.example.com");
}

/// A resolver that shows the bucket that it is asked for.
#[derive(Debug)]
struct OwnResolver;

impl ResolveEndpoint for OwnResolver {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        let host = match params.get("Bucket") {
            Some(ParamValue::String(bucket)) => bucket,
            _ => "none",
        };
        let url = format!("https://{host}.own.example.com");
        EndpointFuture::ready(Ok(Endpoint::builder().url(url).build()))
    }
}

#[tokio::test]
async fn a_resolver_of_ones_own_gets_the_parameters() {
    let (client, hosts) = client(|config| config.endpoint_resolver(OwnResolver));
    let get = call::<GetFluentBuilder>(&client).bucket("mine");
    get.send().await.expect("a response");
    assert_eq!(hosts.last(), "mine.own.example.com");
}
