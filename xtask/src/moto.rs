//! `cargo xtask moto`: clients of services that others run, against a server that others wrote.
//!
//! The models are botocore's, so that nothing but Python packages is needed.

use crate::files::{self, Model, Text};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The Python that has `moto[server]` and botocore.
    #[arg(long, default_value = "python3")]
    python: PathBuf,
}

/// A service: its folder in botocore's data, and the operations that the program calls.
struct Service {
    name: &'static str,
    version: &'static str,
    operations: &'static [&'static str],
}

const SERVICES: &[Service] = &[
    Service {
        name: "apigateway",
        version: "2015-07-09",
        operations: &["CreateRestApi", "DeleteRestApi", "GetRestApis"],
    },
    Service {
        name: "dynamodb",
        version: "2012-08-10",
        operations: &["CreateTable", "DeleteTable", "GetItem", "PutItem"],
    },
    Service {
        name: "ec2",
        version: "2016-11-15",
        operations: &["CreateVpc", "DeleteVpc", "DescribeVpcs"],
    },
    Service {
        name: "glacier",
        version: "2012-06-01",
        operations: &["CreateVault", "DeleteVault", "ListVaults", "UploadArchive"],
    },
    Service {
        name: "route53",
        version: "2013-04-01",
        operations: &[
            "CreateHostedZone",
            "DeleteHostedZone",
            "GetHostedZone",
            "ListHostedZones",
        ],
    },
    Service {
        name: "s3",
        version: "2006-03-01",
        operations: &[
            "CopyObject",
            "CreateBucket",
            "DeleteBucket",
            "DeleteObject",
            "GetBucketLocation",
            "GetObject",
            "HeadBucket",
            "HeadObject",
            "ListObjectsV2",
            "PutObject",
        ],
    },
    Service {
        name: "sqs",
        version: "2012-11-05",
        operations: &[
            "CreateQueue",
            "DeleteMessage",
            "DeleteQueue",
            "GetQueueUrl",
            "ReceiveMessage",
            "SendMessage",
        ],
    },
    Service {
        name: "sts",
        version: "2011-06-15",
        operations: &["AssumeRole", "GetCallerIdentity"],
    },
];

pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let data = botocore_data(&arguments.python)?;
    let folder = files::root().join("target/moto");
    for service in SERVICES {
        generate(service, &data, &folder)?;
    }
    let server = Server::start(&arguments.python)?;
    let program = files::root().join("tests/moto");
    let mut cargo = crate::cargo_in(&program, &folder.join("target"));
    cargo.args(["run", "--quiet", "--", &server.url]);
    let status = crate::status_of(&mut cargo)?;
    match status.success() {
        true => Ok(()),
        false => Err("error: the program failed: see above".to_owned()),
    }
}

/// Returns the folder of botocore's models.
fn botocore_data(python: &Path) -> Result<PathBuf, String> {
    let output = Command::new(python)
        .args([
            "-c",
            "import botocore, moto.server; print(botocore.__path__[0])",
        ])
        .output()
        .map_err(|error| format!("error: cannot run {}: {error}", python.display()))?;
    if !output.status.success() {
        return Err(format!(
            "error: {} lacks botocore or moto's server\n  help: install `moto[server]`, and name the Python with --python",
            python.display()
        ));
    }
    let printed = String::from_utf8_lossy(&output.stdout);
    Ok(Path::new(printed.trim()).join("data"))
}

fn generate(service: &Service, data: &Path, folder: &Path) -> Result<(), String> {
    let versions = data.join(service.name).join(service.version);
    let mut file = versions.join("service-2.json.gz");
    if !file.is_file() {
        file = versions.join("service-2.json");
    }
    let imported = crate::import::published(&Text::read(&file)?, None)?;
    let facts = folder.join("model").join(service.name);
    for (name, text) in &imported.files {
        files::write(&facts.join(name), text)?;
    }
    let operations = service.operations.join("\", \"");
    let settings = format!(
        "crate = \"{}\"\noperations = [\"{operations}\"]\n",
        service.name
    );
    files::write(&facts.join("sdk.toml"), &settings)?;
    let model = Model::of_folder(&facts)?;
    crate::generate::standalone(&model, "cargo xtask moto", &folder.join(service.name))
}

/// A server, which ends with the value.
pub(crate) struct Server {
    process: Child,
    url: String,
}

impl Server {
    pub(crate) fn start(python: &Path) -> Result<Self, String> {
        let cannot = |error: std::io::Error| format!("error: cannot start moto's server: {error}");
        let free = TcpListener::bind(("127.0.0.1", 0)).map_err(cannot)?;
        let port = free.local_addr().map_err(cannot)?.port();
        drop(free);
        let process = Command::new(python)
            .args(["-m", "moto.server", "--host", "127.0.0.1", "--port"])
            .arg(port.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(cannot)?;
        let server = Self {
            process,
            url: format!("http://127.0.0.1:{port}"),
        };
        for _ in 0..300 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(server);
            }
            sleep(Duration::from_millis(100));
        }
        Err("error: moto's server does not answer".to_owned())
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
