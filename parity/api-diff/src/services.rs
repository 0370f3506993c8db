//! The services that are compared, as parity/Cargo.toml lists them.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A service's crates.
#[derive(Debug, Default)]
pub(crate) struct Service {
    /// The folder in model/, which is also the feature of parity/Cargo.toml.
    pub(crate) name: String,
    /// Our crate of the client.
    pub(crate) client: String,
    /// Our crate of shapes and operations.
    pub(crate) shapes: String,
    /// The aws-sdk crate, and its version.
    pub(crate) peer: String,
    pub(crate) version: String,
}

#[derive(Deserialize)]
struct Manifest {
    features: BTreeMap<String, Vec<String>>,
    dependencies: BTreeMap<String, toml::Value>,
}

/// The part of a service's sdk.toml that names its crates.
#[derive(Deserialize)]
struct Settings {
    #[serde(rename = "crate")]
    shapes: String,
    client: String,
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("error: cannot read {}: {error}", path.display()))?;
    toml::from_str(&text).map_err(|error| format!("error: in {}: {error}", path.display()))
}

/// Every service, by name.
pub(crate) fn all(parity: &Path) -> Result<Vec<Service>, String> {
    let path = parity.join("Cargo.toml");
    let manifest: Manifest = read(&path)?;
    let mut services = Vec::new();
    for (name, enables) in manifest.features {
        let dependencies = enables.iter().filter_map(|it| it.strip_prefix("dep:"));
        let peer = dependencies
            .into_iter()
            .find(|dependency| dependency.starts_with("aws-sdk-"))
            .ok_or_else(|| {
                format!(
                    "error: in {}: the feature {name} enables no aws-sdk crate",
                    path.display()
                )
            })?;
        let version = manifest.dependencies.get(peer);
        let version = version.and_then(|it| it.get("version")?.as_str());
        let settings: Settings =
            read(&parity.with_file_name("model").join(&name).join("sdk.toml"))?;
        services.push(Service {
            client: settings.client,
            shapes: settings.shapes,
            peer: peer.to_owned(),
            version: version.unwrap_or("?").trim_start_matches('=').to_owned(),
            name,
        });
    }
    Ok(services)
}

/// The services that were asked for, or all.
pub(crate) fn chosen<'a>(all: &'a [Service], asked: &[String]) -> Result<Vec<&'a Service>, String> {
    if asked.is_empty() {
        return Ok(all.iter().collect());
    }
    let find = |name: &String| {
        all.iter().find(|it| it.name == *name).ok_or_else(|| {
            let names: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
            format!(
                "error: there is no service {name}\n  help: the services are {}",
                names.join(", ")
            )
        })
    };
    asked.iter().map(find).collect()
}
