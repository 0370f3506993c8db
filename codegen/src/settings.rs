//! The settings of a service: `sdk.toml`.

mod corrections;

use crate::diagnostic::{Diagnostic, Location, Problems};
use crate::ir::{RetryOn, RetryRule};
use crate::model::corrections::Correction;
use crate::names;
use crate::partitions;
use crate::shape_id::ShapeId;
use crate::source::json::{File, Place};
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use toml::Spanned;

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawSettings {
    #[serde(rename = "crate")]
    crate_name: Spanned<String>,
    version: Option<Spanned<String>>,
    client: Option<Spanned<String>>,
    service: Option<Spanned<String>>,
    protocol: Option<Spanned<String>>,
    operations: Spanned<RawOperations>,
    #[serde(default)]
    except: Vec<Spanned<String>>,
    #[serde(default)]
    skip_unsupported: bool,
    #[serde(default)]
    send_defaults: bool,
    #[serde(default)]
    ignore_traits: Vec<Spanned<String>>,
    #[serde(default)]
    without_dual_stack: Vec<Spanned<String>>,
    endpoint_form: Option<EndpointForm>,
    #[serde(default)]
    corrections: Vec<Spanned<corrections::RawCorrection>>,
    #[serde(default)]
    names: BTreeMap<Spanned<String>, Spanned<String>>,
}

#[derive(Debug)]
enum RawOperations {
    All(String),
    These(Vec<Spanned<String>>),
}

impl<'de> Deserialize<'de> for RawOperations {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AllOrThese;

        impl<'de> Visitor<'de> for AllOrThese {
            type Value = RawOperations;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"all\" or a list of operations' names")
            }

            fn visit_str<E>(self, word: &str) -> Result<RawOperations, E> {
                Ok(RawOperations::All(word.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawOperations, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = items.next_element()? {
                    names.push(name);
                }
                Ok(RawOperations::These(names))
            }
        }

        deserializer.deserialize_any(AllOrThese)
    }
}

/// Which operations are generated, and how things are named.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The name of the generated crate.
    pub(crate) crate_name: String,
    /// The version of a standalone crate.
    pub(crate) version: Option<String>,
    /// The name of the client's crate, if files are generated for it as well.
    pub(crate) client: Option<String>,
    /// The service, if the model has more than one.
    pub(crate) service: Option<(ShapeId, Location)>,
    /// The protocol, where the service speaks several and not the first one is meant.
    pub(crate) protocol: Option<(String, Location)>,
    pub(crate) operations: Operations,
    pub(crate) operations_at: Location,
    /// Whether operations that need unsupported features are left out.
    pub(crate) skip_unsupported: bool,
    /// Whether numbers and booleans are sent that have their default value. Smithy asks for it; the AWS SDKs
    /// leave them out.
    pub(crate) send_defaults: bool,
    pub(crate) except: Vec<(String, Location)>,
    pub(crate) ignore_traits: BTreeSet<String>,
    /// Partitions in which the service has no dual-stack endpoints, even if the partition supports them.
    pub(crate) without_dual_stack: Vec<String>,
    /// Which form of the endpoint rules is compiled, where the model has both.
    pub(crate) endpoint_form: Option<EndpointForm>,
    /// Changes of the model.
    pub(crate) corrections: Vec<Correction>,
    /// Error responses that are worth a retry although the model does not mark them as such.
    pub(crate) retries: Vec<RetryRule>,
    /// Rust names for shapes and members whose default name does not work.
    pub(crate) names: BTreeMap<String, (String, Location)>,
}

/// A form of endpoint rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum EndpointForm {
    Rules,
    Diagram,
}

/// The operations that are asked for.
#[derive(Debug)]
pub(crate) enum Operations {
    All,
    These(Vec<(String, Location)>),
}

/// Reads the settings.
pub(crate) fn read(file: &str, text: &str, problems: &mut Problems) -> Option<Settings> {
    let text = crate::source::json::without_bom(text);
    let place = |offset: usize| location(file, text, offset);
    let raw: RawSettings = match toml::from_str(text) {
        Ok(raw) => raw,
        Err(error) => {
            problems.push(
                Diagnostic::new(
                    "settings",
                    error.message().trim().to_owned(),
                    "the keys are crate, operations (\"all\" or a list of names), and optionally version, client, \
                     service, protocol, except, skip-unsupported, send-defaults, ignore-traits, without-dual-stack, \
                     endpoint-form, corrections and the table names",
                )
                .at(place(error.span().map_or(0, |span| span.start))),
            );
            return None;
        }
    };
    let mut bad = |message: String, help: &str, offset: usize| {
        problems.push(Diagnostic::new("settings", message, help).at(place(offset)));
    };
    let listed = |items: Vec<Spanned<String>>| {
        items
            .into_iter()
            .map(|item| {
                let at = place(item.span().start);
                (item.into_inner(), at)
            })
            .collect::<Vec<_>>()
    };
    for name in std::iter::once(&raw.crate_name).chain(&raw.client) {
        if !is_crate_name(name.as_ref()) {
            bad(
                format!("`{}` is not a valid crate name", name.as_ref()),
                "use letters, digits and hyphens, and start with a letter",
                name.span().start,
            );
        }
    }
    if let Some(version) = &raw.version
        && !is_version(version.as_ref())
    {
        bad(
            format!("`{}` is not a version", version.as_ref()),
            "write three numbers, such as 1.2.3",
            version.span().start,
        );
    }
    let operations_at = raw.operations.span().start;
    let operations = match raw.operations.into_inner() {
        RawOperations::All(word) if word == "all" => Operations::All,
        RawOperations::All(word) => {
            bad(
                format!("`operations` is \"{word}\""),
                "write \"all\", or a list such as [\"GetRoom\", \"ListRooms\"]",
                operations_at,
            );
            Operations::All
        }
        RawOperations::These(names) => Operations::These(listed(names)),
    };
    let service = raw.service.and_then(|service| {
        let at = service.span().start;
        let id = ShapeId::parse(service.as_ref());
        if id.is_none() {
            bad(
                format!("`{}` is not a shape ID", service.as_ref()),
                "write `namespace#Service`",
                at,
            );
        }
        Some((id?, place(at)))
    });
    for name in raw.names.values() {
        if !names::is_rust_name(name.as_ref()) {
            bad(
                format!("`{}` is not a valid Rust identifier", name.as_ref()),
                "use letters, digits and underscores",
                name.span().start,
            );
        }
    }
    let partitions = match raw.without_dual_stack.is_empty() {
        true => Vec::new(),
        false => partitions::names(),
    };
    for partition in &raw.without_dual_stack {
        if !partitions.contains(partition.as_ref()) {
            bad(
                format!("`{}` is not an AWS partition", partition.as_ref()),
                &format!("write one of {}", partitions.join(", ")),
                partition.span().start,
            );
        }
    }
    let source = File::new(file, text);
    let mut corrections = Vec::new();
    let mut retries = Vec::new();
    for raw in raw.corrections {
        let at = Place::new(&source, raw.span().start);
        match raw.into_inner().read(at.clone()) {
            Ok(corrections::Read::Correction(correction)) => corrections.push(correction),
            Ok(corrections::Read::Retry(rule)) => retries.push(rule),
            Err((message, help)) => {
                problems.push(Diagnostic::new("settings", message, help).at(at.location()));
            }
        }
    }
    Some(Settings {
        crate_name: raw.crate_name.into_inner(),
        version: raw.version.map(Spanned::into_inner),
        client: raw.client.map(Spanned::into_inner),
        service,
        protocol: raw.protocol.map(|protocol| {
            let at = place(protocol.span().start);
            (protocol.into_inner(), at)
        }),
        operations,
        operations_at: place(operations_at),
        skip_unsupported: raw.skip_unsupported,
        send_defaults: raw.send_defaults,
        except: listed(raw.except),
        ignore_traits: raw
            .ignore_traits
            .into_iter()
            .map(Spanned::into_inner)
            .collect(),
        without_dual_stack: raw
            .without_dual_stack
            .into_iter()
            .map(Spanned::into_inner)
            .collect(),
        endpoint_form: raw.endpoint_form,
        corrections,
        retries,
        names: raw
            .names
            .into_iter()
            .map(|(id, name)| {
                let at = place(id.span().start);
                (id.into_inner(), (name.into_inner(), at))
            })
            .collect(),
    })
}

fn is_crate_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

fn is_version(version: &str) -> bool {
    let numbers: Vec<&str> = version.split('.').collect();
    let is_number = |number: &&str| {
        number
            .parse::<u64>()
            .is_ok_and(|parsed| parsed.to_string() == **number)
    };
    numbers.len() == 3 && numbers.iter().all(is_number)
}

fn location(file: &str, text: &str, offset: usize) -> Location {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Location {
        file: file.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}
