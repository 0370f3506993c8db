//! `cargo xtask differential`: clients from botocore's models, compared with botocore.

use crate::check::Checker;
use crate::files::{self, Model, Text, shown};
use codegen::{Input, Manifest};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The services, by botocore's names; after a colon, the protocol to use instead of botocore's choice.
    #[arg(default_values = DEFAULT)]
    services: Vec<String>,
    /// The number of inputs, and of responses, of each operation.
    #[arg(long, default_value_t = 100)]
    inputs: u32,
    /// A Python that has botocore.
    #[arg(long, value_name = "PYTHON")]
    python: PathBuf,
    /// The seed of the random values.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only these operations. EC2 has a default, as all of its operations take long to compile.
    #[arg(long, value_delimiter = ',')]
    operations: Vec<String>,
}

/// Services that cover the protocols which botocore chooses.
const DEFAULT: [&str; 8] = [
    "dynamodb",
    "sqs",
    "sts",
    "lambda",
    "route53",
    "cloudwatch",
    "cloudwatch:cbor",
    "ec2",
];

/// Operations of EC2 with lists, nested structures, filters, blobs and timestamps.
const EC2: &str = "CreateTags CreateVolume DescribeInstances DescribeSpotPriceHistory DescribeVolumes DescribeVpcs \
    GetConsoleOutput GetPasswordData ImportKeyPair ModifyInstanceAttribute RequestSpotInstances RunInstances";

/// What the program of the cases needs in addition to what every generated crate has.
const MANIFEST: &str = r#"
[dev-dependencies.aws-credential-types]
version = "1"
features = ["hardcoded-credentials"]

[dev-dependencies.aws-smithy-runtime-api]
version = "1"
features = ["client", "http-1x"]

[dev-dependencies.aws-smithy-schema]
version = "1"

[dev-dependencies.aws-smithy-types]
version = "1"

[dev-dependencies.serde_json]
version = "1"

[lib]
name = "service"
"#;

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let checker = Checker::new("differential")?;
    let mut services = Vec::new();
    for name in &arguments.services {
        services.push(Service::generate(name, arguments, &checker)?);
    }
    say!("Building {} clients ...", services.len());
    let (programs, errors) = checker.build_tests("differential")?;
    let mut differing = Vec::new();
    for service in &services {
        let program = programs.get(&service.crate_name).ok_or_else(|| {
            let errors = errors.join("\n");
            format!("error: {} does not compile\n{errors}", service.crate_name)
        })?;
        if !service.compare(program, arguments)? {
            differing.push(service.name);
        }
    }
    match differing.as_slice() {
        [] => Ok(()),
        names => Err(format!(
            "error: we differ from botocore: {}\n  help: see above; {ACCEPTED} has the accepted differences",
            names.join(", ")
        )),
    }
}

/// The script that draws the cases, asks botocore and compares.
const SCRIPT: &str = "parity/differential/botocore_cases.py";

/// The program that asks us.
const PROGRAM: &str = "parity/differential/program.rs";

/// The table of accepted differences.
const ACCEPTED: &str = "parity/differential/differences.py";

/// A service with its generated client.
struct Service<'a> {
    name: &'a str,
    crate_name: String,
    /// The operations to compare; all if there are none.
    operations: Vec<String>,
    /// Where its files are.
    folder: PathBuf,
}

impl<'a> Service<'a> {
    /// Generates the client from botocore's model.
    fn generate(name: &'a str, arguments: &Arguments, checker: &Checker) -> Result<Self, String> {
        let operations = match (arguments.operations.as_slice(), name) {
            ([], "ec2") => EC2.split_whitespace().map(str::to_owned).collect(),
            (given, _) => given.to_vec(),
        };
        let service = Self {
            name,
            crate_name: format!("differential-{}", name.replace(':', "-")),
            operations,
            folder: files::root()
                .join("target/differential/services")
                .join(name.replace(':', "-")),
        };
        let described = output(service.script(arguments, "model"))?;
        let (model, protocol) = described
            .trim()
            .split_once('\t')
            .ok_or_else(|| format!("error: {SCRIPT} names no model of {name}: {described}"))?;
        let mut generated = service.files(Path::new(model), protocol)?;
        let program = files::read(&files::root().join(PROGRAM))?;
        generated.insert("tests/differential.rs".to_owned(), program);
        let manifest = generated
            .get_mut("Cargo.toml")
            .ok_or("error: the generated crate has no manifest")?;
        manifest.push_str(MANIFEST);
        manifest.push_str(&format!(
            "\n[dev-dependencies.smithy-operation]\npath = {:?}\nfeatures = [\"server\"]\n",
            format!("{}/smithy-operation", files::runtime())
        ));
        checker.add(&service.crate_name, &generated)?;
        Ok(service)
    }

    /// A command of the script.
    fn script(&self, arguments: &Arguments, command: &str) -> Command {
        let mut python = Command::new(&arguments.python);
        python
            .arg("-B")
            .arg(files::root().join(SCRIPT))
            .args([command, self.name])
            .stdin(Stdio::null());
        python
    }

    /// Compares the client with botocore, prints the result, and returns whether there are no differences.
    fn compare(&self, program: &Path, arguments: &Arguments) -> Result<bool, String> {
        let cases = self.folder.join("cases.jsonl");
        let results = self.folder.join("results.jsonl");
        let mut draw = self.script(arguments, "cases");
        draw.arg(&cases)
            .arg(arguments.inputs.to_string())
            .arg(arguments.seed.to_string())
            .args(&self.operations);
        output(draw)?;
        let mut ours = Command::new(program);
        ours.env("DIFFERENTIAL_CASES", &cases)
            .env("DIFFERENTIAL_RESULTS", &results);
        output(ours)?;
        let mut compare = self.script(arguments, "compare");
        compare.arg(&cases).arg(&results);
        Ok(crate::status_of(&mut compare)?.success())
    }

    /// Imports the model, and returns the files of the crate that it gives.
    fn files(&self, model: &Path, protocol: &str) -> Result<BTreeMap<String, String>, String> {
        let Self {
            crate_name: name,
            operations,
            folder,
            ..
        } = self;
        let imported = crate::import::published(&Text::read(model)?, None)?;
        let mut paths = Vec::new();
        for (file, text) in &imported.files {
            let path = folder.join("model").join(file);
            files::write(&path, text)?;
            paths.push(path);
        }
        let selected = match operations.as_slice() {
            [] => "\"all\"".to_owned(),
            names => format!("{names:?}"),
        };
        let settings =
            format!("crate = \"{name}\"\noperations = {selected}\nprotocol = \"{protocol}\"\n");
        let model = Model::with_settings(&paths, settings)?;
        let output = codegen::generate(&Input {
            model: &model.sources(),
            settings: model.settings(),
            command: "cargo xtask differential",
            manifest: Manifest::Standalone(&files::runtime()),
            skip_unsupported: true,
        })
        .map_err(|problems| crate::regenerate::count(&problems))?;
        for skipped in &output.skipped {
            say!("{name}: {} is not generated", skipped.operation);
        }
        Ok(output.files)
    }
}

/// Runs a command, and returns what it prints.
fn output(mut command: Command) -> Result<String, String> {
    let program = shown(Path::new(command.get_program()));
    let output = command
        .output()
        .map_err(|error| format!("error: cannot run {program}: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    match output.status.success() {
        true => Ok(printed),
        false => Err(format!(
            "error: {program} failed\n{printed}{}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}
