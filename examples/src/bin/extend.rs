//! Extends the SDK: an interceptor, a customized call, and a custom runtime.
//!
//! The runtime is the counterpart of the generated code: it receives every call of a client as a descriptor
//! and an input. This one sends nothing, and prints what would be sent.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextRef, Error, Input, Output,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use chime_local::Server;
use chime_sdk::config::{Credentials, Region};
use chime_sdk::operation::create_room::builders::CreateRoomFluentBuilder;
use chime_sdk::{Client, Config};
use smithy_operation::error::SdkError;
use smithy_operation::{
    BoxFuture, FluentBuilder, Handle, OperationDescriptor, Overrides, Runtime, SendResult,
};

/// Prints each request before it is sent.
#[derive(Debug)]
struct Trace;

#[dyn_dispatch_hint]
impl Intercept for Trace {
    fn name(&self) -> &'static str {
        "Trace"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request();
        println!("sent: {} {}", request.method(), request.uri());
        Ok(())
    }
}

/// A runtime that sends nothing.
#[derive(Debug)]
struct DryRun;

impl Runtime for DryRun {
    fn invoke(
        &self,
        operation: &'static OperationDescriptor,
        input: Input,
        _overrides: Overrides,
    ) -> BoxFuture<SendResult<Output, Error>> {
        let binding = operation.schema.input().http();
        if let Some(http) = binding {
            println!("dry run: {} {} with {input:?}", http.method(), http.uri());
        }
        Box::pin(async { Err(SdkError::construction_failure("a dry run sends nothing")) })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = Server::start(0).await?;
    let config = Config::builder()
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("local", "local", None, None, "example"))
        .endpoint_url(server.url())
        .interceptor(Trace)
        .build();
    let chime = Client::from_conf(config);

    // Only this call gets an additional header.
    let created = chime
        .create_account()
        .name("Example")
        .customize()
        .mutate_request(|request| {
            request.headers_mut().insert("x-example", "extended");
        })
        .send()
        .await?;
    println!("{created:?}");

    // A generated builder works with any runtime.
    let refused = CreateRoomFluentBuilder::new(Handle::new(DryRun))
        .account_id("an-account")
        .name("a name that Debug does not show")
        .send()
        .await;
    if let Err(error) = refused {
        println!("{}", error.into_service_error());
    }
    server.stop().await;
    Ok(())
}
