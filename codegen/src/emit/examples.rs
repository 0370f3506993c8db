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
    /// A call of an operation on `client`, without `send()`, if one needs simple values only.
    call: Option<String>,
}

impl Examples {
    pub(super) fn new(ir: &Ir, name: &str) -> Self {
        let call = sample(ir).and_then(|operation| {
            let mut call = format!("client.{}()", operation.method);
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
            }
            Some(call)
        });
        Self {
            module: name.replace('-', "_"),
            call,
        }
    }

    /// A block of code. The lines that start with `# ` are compiled and not shown.
    fn block(&self, lines: &[&str]) -> String {
        let code = lines.join("\n").replace("MODULE", &self.module);
        format!("```no_run\n{code}\n```")
    }

    /// The lines around code with a `client`.
    fn with_client(&self, lines: &[&str]) -> Option<String> {
        let call = self.call.as_ref()?;
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
        let call = self.call.as_ref()?;
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
