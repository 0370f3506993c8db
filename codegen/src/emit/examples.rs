//! The examples in the documentation of a client, which are compiled as tests of its crate.

use super::File;
use super::standalone::{required, sample};
use crate::ir::{Ir, Ty, Type};
use std::collections::BTreeMap;

/// Adds examples to the modules of operations and types. The crate of the client re-exports both, so the
/// examples name that crate, as programs do.
pub(crate) fn in_modules(ir: &Ir, client: &str, files: &mut BTreeMap<String, File>) {
    let api = ir.service.crate_name.replace('-', "_");
    let name = client.replace('-', "_");
    let alias = format!("# use {api} as {name};\n");
    let mut add = |file: &str, code: String| {
        if let Some(file) = files.get_mut(file) {
            file.docs.push(format!("```no_run\n{alias}{code}\n```"));
        }
    };
    if let Some(operation) = sample(ir) {
        let (module, input) = (&operation.module, &operation.input.name);
        add(
            "operation.rs",
            format!(
                "let input = {name}::operation::{module}::{input}::builder().build();\nprintln!(\"{{input:?}}\");"
            ),
        );
    }
    let mut enums = ir.types.iter().filter_map(|ty| match ty {
        Type::Enum(it) if !it.sensitive => Some((&it.name, &it.variants.first()?.1)),
        _ => None,
    });
    if let Some((ty, value)) = enums.next() {
        add(
            "types.rs",
            format!(
                "let value = {name}::types::{ty}::from({value:?});\nprintln!(\"{{}}\", value.as_str());"
            ),
        );
    }
}

/// The examples of a client's crate, each a paragraph of documentation.
pub(super) struct Examples {
    /// The crate, as code names it.
    module: String,
    sample: Option<Sample>,
}

/// An operation whose input needs simple values only.
struct Sample {
    /// A call on `client`, without `send()`.
    call: String,
    /// The operation, and its name in the model.
    operation: String,
    id: String,
    /// Its module and output.
    module: String,
    output: String,
    /// Whether building the output may fail.
    fallible: bool,
    /// The entries of the input as a document.
    entries: Vec<String>,
}

impl Examples {
    pub(super) fn new(ir: &Ir, name: &str) -> Self {
        let sample = sample(ir).and_then(|operation| {
            let mut call = format!("client.{}()", operation.method);
            let mut entries = Vec::new();
            for member in required(operation) {
                let value = match &member.ty {
                    Ty::String => "\"example\"",
                    Ty::Bool => "true",
                    Ty::I8 | Ty::I16 | Ty::I32 | Ty::I64 => "1",
                    Ty::F32 | Ty::F64 => "1.0",
                    Ty::Enum(_) => "\"example\".into()",
                    _ => return None,
                };
                call.push_str(&format!(".{}({value})", member.field));
                let value = value.trim_end_matches(".into()");
                entries.push(format!("({:?}, {value}.into())", member.name));
            }
            Some(Sample {
                call,
                operation: operation.name.clone(),
                id: operation.id.name().to_owned(),
                module: operation.module.clone(),
                output: operation.output.name.clone(),
                fallible: operation.output.fallible,
                entries,
            })
        });
        Self {
            module: name.replace('-', "_"),
            sample,
        }
    }

    /// A block of code that is compiled and not run. The lines that start with `# ` are not shown.
    fn block(&self, lines: &[&str]) -> String {
        self.block_of("no_run", lines)
    }

    /// A block of code that runs without a network if it is `rust`.
    fn block_of(&self, language: &str, lines: &[&str]) -> String {
        let code = lines.join("\n").replace("MODULE", &self.module);
        format!("```{language}\n{code}\n```")
    }

    /// The lines around code with a `client`.
    fn with_client(&self, lines: &[&str]) -> Option<String> {
        let call = &self.sample.as_ref()?.call;
        let lines: Vec<String> = lines
            .iter()
            .map(|line| line.replace("CALL", call))
            .collect();
        let first =
            "# async fn run(client: MODULE::Client) -> Result<(), Box<dyn std::error::Error>> {";
        let mut all = vec![first];
        all.extend(lines.iter().map(String::as_str));
        all.extend(["# Ok(())", "# }"]);
        Some(self.block(&all))
    }

    pub(super) fn client(&self) -> Option<String> {
        let call = &self.sample.as_ref()?.call;
        Some(self.block(&[
            "# async fn run(config: &MODULE::config::SdkConfig) -> Result<(), Box<dyn std::error::Error>> {",
            "let client = MODULE::Client::new(config);",
            &format!("let output = {call}.send().await?;"),
            "println!(\"{output:?}\");",
            "# Ok(())",
            "# }",
        ]))
    }

    pub(super) fn customize(&self) -> Option<String> {
        self.with_client(&[
            "use MODULE::config::Region;",
            "",
            "let elsewhere = MODULE::Config::builder().region(Region::new(\"eu-central-1\"));",
            "let output = CALL.customize().config_override(elsewhere).send().await?;",
            "println!(\"{output:?}\");",
        ])
    }

    pub(super) fn config(&self) -> String {
        self.block(&[
            "use MODULE::config::{Credentials, Region};",
            "use MODULE::{Client, Config};",
            "",
            "let config = Config::builder()",
            "    .region(Region::new(\"us-east-1\"))",
            "    .credentials_provider(Credentials::new(\"access key ID\", \"secret\", None, None, \"example\"))",
            "    .build();",
            "let client = Client::from_conf(config);",
        ])
    }

    pub(super) fn endpoint(&self) -> String {
        self.block_of("rust", &[
            "use MODULE::config::endpoint::{Endpoint, EndpointFuture, Params, ResolveEndpoint};",
            "",
            "#[derive(Debug)]",
            "struct Gateway;",
            "",
            "impl ResolveEndpoint for Gateway {",
            "    fn resolve_endpoint<'a>(&'a self, _params: &'a Params) -> EndpointFuture<'a> {",
            "        EndpointFuture::ready(Ok(Endpoint::builder().url(\"https://gateway.example\").build()))",
            "    }",
            "}",
            "",
            "let config = MODULE::Config::builder().endpoint_resolver(Gateway).build();",
        ])
    }

    pub(super) fn error(&self) -> Option<String> {
        self.with_client(&[
            "use MODULE::error::ProvideErrorMetadata;",
            "",
            "if let Err(error) = CALL.send().await {",
            "    let error = error.into_service_error();",
            "    println!(\"{:?}: {error}\", error.code());",
            "}",
        ])
    }

    pub(super) fn prelude(&self) -> Option<String> {
        self.with_client(&[
            "use MODULE::prelude::*;",
            "",
            "if let Err(error) = CALL.send().await {",
            "    println!(\"{:?} {:?}\", error.code(), error.http_status());",
            "}",
        ])
    }

    pub(super) fn blocking(&self) -> Option<String> {
        let call = &self.sample.as_ref()?.call;
        Some(self.block(&[
            "# fn run(config: &MODULE::config::SdkConfig) -> Result<(), Box<dyn std::error::Error>> {",
            "let client = MODULE::blocking::Client::new(config);",
            &format!("let output = {call}.send()?;"),
            "println!(\"{output:?}\");",
            "# Ok(())",
            "# }",
        ]))
    }

    pub(super) fn mock(&self) -> Option<String> {
        let Sample {
            call,
            operation,
            module,
            output,
            fallible,
            ..
        } = self.sample.as_ref()?;
        let (language, build) = match fallible {
            false => ("rust", "build()"),
            true => ("no_run", "build()?"),
        };
        Some(self.block_of(
            language,
            &[
                "use MODULE::mock::MockClient;",
                &format!("use MODULE::operation::{module}::{{{operation}, {output}}};"),
                "",
                "# #[tokio::main(flavor = \"current_thread\")]",
                "# async fn main() -> Result<(), Box<dyn std::error::Error>> {",
                "let mock = MockClient::new();",
                &format!("mock.on::<{operation}>().once().returns({output}::builder().{build});"),
                "",
                "let client = mock.client();",
                &format!("let output = {call}.send().await?;"),
                "println!(\"{output:?}\");",
                "",
                &format!("assert_eq!(mock.calls::<{operation}>().len(), 1);"),
                "mock.verify()?;",
                "# Ok(())",
                "# }",
            ],
        ))
    }

    /// An example that describes an operation, and one that calls it.
    pub(super) fn dynamic(&self) -> Option<[String; 2]> {
        let Sample { id, entries, .. } = self.sample.as_ref()?;
        let described = self.block_of(
            "rust",
            &[
                "use MODULE::dynamic::{find, skeleton};",
                "",
                &format!("let operation = find(MODULE::Client::operations(), {id:?})?;"),
                "println!(\"{}\", operation.shape().docs.summary());",
                "println!(\"{:?}\", skeleton(operation.shape().input));",
                "# Ok::<(), MODULE::dynamic::UnknownOperation>(())",
            ],
        );
        let called = self.with_client(&[
            "use MODULE::dynamic::object;",
            "",
            &format!("let input = object([{}]);", entries.join(", ")),
            &format!("let output = client.call({id:?}, input).await?;"),
            "println!(\"{output:?}\");",
        ])?;
        Some([described, called])
    }

    pub(super) fn meta(&self) -> String {
        self.block(&["println!(\"{}\", MODULE::meta::PKG_VERSION);"])
    }

    pub(super) fn primitives(&self) -> String {
        self.block(&[
            "use MODULE::primitives::{Blob, DateTime};",
            "",
            "let start = DateTime::from_secs(1_700_000_000);",
            "let data = Blob::new(\"any bytes\");",
            "println!(\"{start:?}, {} bytes\", data.as_ref().len());",
        ])
    }

    pub(super) fn presigning(&self) -> Option<String> {
        self.with_client(&[
            "use MODULE::presigning::PresigningConfig;",
            "use std::time::Duration;",
            "",
            "let config = PresigningConfig::expires_in(Duration::from_secs(900))?;",
            "let request = CALL.presigned(config).await?;",
            "println!(\"{} {}\", request.method(), request.uri());",
        ])
    }

    pub(super) fn batch(&self) -> String {
        self.block(&[
            "use MODULE::batch::BatchConfig;",
            "use std::time::Duration;",
            "",
            "// Passed to `config()` of a run.",
            "let config = BatchConfig::new()",
            "    .concurrency(16)",
            "    .max_requests_per_second(20.0)",
            "    .deadline(Duration::from_secs(600));",
            "println!(\"{config:?}\");",
        ])
    }
}
