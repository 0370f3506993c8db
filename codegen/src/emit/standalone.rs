//! The additional files of a standalone crate: a manifest with features, a README, an example and a
//! test.

use super::{File, Section, docs_lines, endpoint_settings, ident};
use crate::ir::{AuthScheme, Ir, Member, Operation, Presence, Ty};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// The versions of the crates that examples and tests need.
const DEV_DEPENDENCIES: &str = "\
aws-smithy-http-client = { version = \"1\", default-features = false, features = [\"test-util\"] }
tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }
";

/// The features of a client. Each enables a feature of the runtime.
const FEATURES: &str = "\
[features]
default = [\"rustls-ring\", \"rt-tokio\", \"proxy\", \"presigning\"]
# TLS by rustls with ring.
rustls-ring = [\"http-client\", \"smithy-client/rustls-ring\"]
# TLS by rustls with AWS-LC, which needs a C toolchain.
rustls-aws-lc = [\"http-client\", \"smithy-client/rustls-aws-lc\"]
# TLS by s2n-tls, which needs a C toolchain.
s2n-tls = [\"smithy-client/s2n-tls\"]
# An HTTP client of hyper's. It speaks plain HTTP only, unless one of the TLS features is on.
http-client = [\"smithy-client/http-client\"]
# The proxies that the environment names.
proxy = [\"smithy-client/proxy\"]
# The configuration of the environment: region, credentials of all kinds, endpoints and retries.
from-env = [\"smithy-client/from-env\"]
# Presigned requests.
presigning = [\"smithy-client/presigning\", \"smithy-mock?/presigning\", \"smithy-operation/presigning\"]
# Serialization and deserialization of all shapes with serde.
serde = [\"smithy-operation/serde\"]
# Clients that answer calls themselves, for tests.
mock = [\"dep:smithy-mock\"]
# Calls by the names of operations, with documents, and descriptions of operations at run time.
dynamic = [\"smithy-client/dynamic\", \"smithy-operation/dynamic\"]
# Timers by tokio: timeouts, and the waits between retries.
rt-tokio = [\"smithy-client/rt-tokio\"]
# Defaults for tests of programs that use the client.
test-util = [\"smithy-client/test-util\"]
";

/// The manifest. `folder` contains the runtime's crates. Protocol tests need one more of them.
pub(crate) fn manifest(ir: &Ir, header: &str, folder: &str, protocol_tests: bool) -> String {
    let mut runtime = vec!["smithy-client", "smithy-mock", "smithy-operation"];
    if ir.has_batches() {
        runtime.insert(0, "smithy-batch");
    }
    let features = features(ir);
    let dependency = |name: &str| {
        let path = toml::Value::String(format!("{folder}/{name}"));
        let mut own = match name {
            "smithy-client" => features.clone(),
            _ => Vec::new(),
        };
        if ir.has_event_streams() && !["smithy-batch", "smithy-mock"].contains(&name) {
            own.push("event-stream");
        }
        let features = match own.is_empty() {
            true => String::new(),
            false => format!(", features = [\"{}\"]", own.join("\", \"")),
        };
        let optional = match name {
            "smithy-mock" => ", optional = true",
            _ => "",
        };
        format!("{name} = {{ path = {path}{features}{optional} }}\n")
    };
    let dependencies: String = runtime.iter().map(|name| dependency(name)).collect();
    let for_tests = match protocol_tests {
        true => dependency("smithy-protocol-test"),
        false => String::new(),
    };
    let mut own_features = format!("{FEATURES}{}", blocking_feature(ir));
    if ir.uses_auth(|scheme| *scheme == AuthScheme::Sigv4a) {
        own_features = own_features.replace("\"proxy\",", "\"proxy\", \"sigv4a\",");
        own_features.push_str(
            "# Signatures that are valid in several regions.\nsigv4a = [\"smithy-client/sigv4a\"]\n",
        );
    }
    let example = match sample(ir) {
        Some(_) => "\n[[example]]\nname = \"call\"\nrequired-features = [\"from-env\"]\n",
        None => "",
    };
    let title = one_line(&ir.service.title);
    let description = toml::Value::String(format!(
        "A client for {title}, generated from its Smithy model"
    ));
    let name = &ir.service.crate_name;
    let version = ir.service.crate_version.as_deref().unwrap_or("0.1.0");
    format!(
        "# {header}\n\n[package]\nname = \"{name}\"\ndescription = {description}\nversion = \"{version}\"\nedition = \"2024\"\n\
         # The runtime's crates are folders, so the crate cannot be published as it is.\npublish = false\n\n\
         {own_features}\n[dependencies]\n{dependencies}\n[dev-dependencies]\n{DEV_DEPENDENCIES}{for_tests}{example}"
    )
}

/// The feature for calls that block the thread.
fn blocking_feature(ir: &Ir) -> String {
    let mut runtime = Vec::new();
    if ir.has_batches() {
        runtime.push("smithy-batch/blocking");
    }
    if ir.has_waiters() {
        runtime.push("smithy-client/blocking");
    }
    runtime.extend(["smithy-client/rt-tokio", "smithy-operation/blocking"]);
    format!(
        "# Calls that block the thread.\nblocking = [\"{}\"]\n",
        runtime.join("\", \"")
    )
}

/// The feature of the runtime that the service's authentication schemes need.
fn auth_feature(ir: &Ir) -> Option<&'static str> {
    let is_http = |scheme: &AuthScheme| {
        matches!(
            scheme,
            AuthScheme::HttpBearer | AuthScheme::HttpBasic | AuthScheme::HttpApiKey(_)
        )
    };
    ir.uses_auth(is_http).then_some("http-auth")
}

/// The features of the runtime's client that the service needs.
fn features(ir: &Ir) -> Vec<&'static str> {
    let mut features = vec![ir.service.protocol.runtime_feature()];
    features.extend(auth_feature(ir));
    features.extend(endpoint_settings::features(ir));
    if ir.has_checksums() {
        features.push("checksums");
    }
    if ir.has_compression() {
        features.push("compression");
    }
    if ir.has_discovery() {
        features.push("endpoint-discovery");
    }
    if ir.has_general_signatures() {
        features.push("general-signing");
    }
    if ir.has_tree_hash() {
        features.push("tree-hash");
    }
    if ir.has_waiters() {
        features.push("waiters");
    }
    if ir.events_over_http2() {
        features.push("http2");
    }
    features
}

/// The README.
pub(crate) fn readme(ir: &Ir) -> String {
    let (title, name) = (one_line(&ir.service.title), &ir.service.crate_name);
    let module = name.replace('-', "_");
    let mut text = format!(
        "# {name}\n\nA client for {title}, version {}, generated from the service's Smithy model. It has {} operations.\n",
        one_line(&ir.service.version),
        ir.operations.len()
    );
    if let Some(operation) = sample(ir) {
        let setters: String = required(operation)
            .map(|member| format!(".{}(...)", member.field))
            .collect();
        let method = &operation.method;
        text.push_str(&format!(
            "\n```rust\nlet client = {module}::Client::from_env().await;\n\
             let output = client.{method}(){setters}.send().await?;\n\
             println!(\"{{output:?}}\");\n```\n\n\
             The feature `from-env` finds Region and credentials in the environment. `examples/call.rs` is the whole program: \
             `cargo run --example call --features from-env`. `tests/replay.rs` calls the operation without a network.\n"
        ));
    }
    text.push_str(
        "\nThe crate is generated. To change it, change the model or its settings and generate it again. `smithy-client` \
         documents configuration, retries and errors.\n",
    );
    text
}

/// The Rust files outside of `src`.
pub(crate) fn programs(ir: &Ir) -> BTreeMap<String, File> {
    let Some(operation) = sample(ir) else {
        return BTreeMap::new();
    };
    BTreeMap::from([
        ("examples/call.rs".to_owned(), example(ir, operation)),
        ("tests/replay.rs".to_owned(), test(ir, operation)),
    ])
}

/// The operation that the example calls: one with the fewest required members, all of which are simple.
/// Operations that read come first.
pub(super) fn sample(ir: &Ir) -> Option<&Operation> {
    let reads = |operation: &Operation| {
        ["List", "Get", "Describe", "Search"]
            .iter()
            .any(|verb| operation.id.name().starts_with(verb))
    };
    ir.operations
        .iter()
        .filter(|operation| !operation.input.streams() && !operation.output.streams())
        .filter(|operation| operation.deprecated.is_none())
        .filter(|operation| required(operation).all(|member| value(ir, member).is_some()))
        .min_by_key(|operation| {
            (
                required(operation).count(),
                !reads(operation),
                operation.name.clone(),
            )
        })
}

pub(super) fn required(operation: &Operation) -> impl Iterator<Item = &Member> {
    operation
        .input
        .members
        .iter()
        .filter(|member| member.presence == Presence::Checked)
}

/// A value for a setter of a simple type.
fn value(ir: &Ir, member: &Member) -> Option<TokenStream> {
    let module = ident(&ir.service.crate_name.replace('-', "_"));
    Some(match &member.ty {
        Ty::String => quote!("example"),
        Ty::Bool => quote!(true),
        Ty::I8 | Ty::I16 | Ty::I32 | Ty::I64 => quote!(1),
        Ty::F32 | Ty::F64 => quote!(1.0),
        Ty::Enum(_) => quote!("example".into()),
        Ty::IntEnum(_) => quote!(1.into()),
        Ty::Blob => quote!(#module::primitives::Blob::new("example")),
        Ty::DateTime => quote!(#module::primitives::DateTime::from_secs(0)),
        _ => return None,
    })
}

/// `client.get_thing().name("example")`.
fn call(ir: &Ir, operation: &Operation) -> TokenStream {
    let method = ident(&operation.method);
    let setters = required(operation).map(|member| {
        let (setter, value) = (ident(&member.field), value(ir, member));
        quote!(.#setter(#value))
    });
    quote!(client.#method() #(#setters)*)
}

fn example(ir: &Ir, operation: &Operation) -> File {
    let module = ident(&ir.service.crate_name.replace('-', "_"));
    let call = call(ir, operation);
    File {
        docs: vec![format!(
            "Calls `{}` with the Region and the credentials of the environment.",
            operation.id.name()
        )],
        sections: vec![Section::Items(quote! {
            use #module::Client;

            #[tokio::main]
            async fn main() -> Result<(), Box<dyn std::error::Error>> {
                let client = Client::from_env().await;
                let output = #call.send().await?;
                println!("{output:?}");
                Ok(())
            }
        })],
    }
}

fn test(ir: &Ir, operation: &Operation) -> File {
    let module = ident(&ir.service.crate_name.replace('-', "_"));
    let call = call(ir, operation);
    let (ty, identity) = match operation.auth.first() {
        Some(AuthScheme::HttpBearer) => (
            quote!(Token),
            quote!(.bearer_token(Token::new("token", None))),
        ),
        Some(AuthScheme::HttpApiKey(_)) => {
            (quote!(Token), quote!(.api_key(Token::new("key", None))))
        }
        Some(AuthScheme::HttpBasic) => (
            quote!(Login),
            quote!(.basic_auth_login(Login::new("user", "password", None))),
        ),
        Some(AuthScheme::Sigv4 | AuthScheme::Sigv4a | AuthScheme::None) | None => (
            quote!(Credentials),
            quote!(.credentials_provider(Credentials::new("access-key", "secret-key", None, None, "test"))),
        ),
    };
    let method = match &operation.input.role {
        crate::ir::Role::Input { request } => &request.method,
        _ => "POST",
    };
    File {
        docs: vec![format!(
            "Calls `{}` without a network.",
            operation.id.name()
        )],
        sections: vec![Section::Items(quote! {
            use aws_smithy_http_client::test_util::capture_request;
            use #module::config::{#ty, Region};
            use #module::{Client, Config};

            #[tokio::test]
            async fn a_call_is_sent_and_its_response_read() {
                let (http_client, sent) = capture_request(None);
                let config = Config::builder()
                    .region(Region::new("us-east-1"))
                    .endpoint_url("https://service.example")
                    #identity
                    .http_client(http_client)
                    .build();
                let client = Client::from_conf(config);
                let result = #call.send().await;
                assert!(result.is_ok(), "{result:?}");
                assert_eq!(sent.expect_request().method(), #method);
            }
        })],
    }
}

pub(crate) fn one_line(text: &str) -> String {
    docs_lines(&[text.to_owned()]).join(" ")
}
