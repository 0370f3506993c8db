//! The services, and where their operations are.

use chime_sdk::Config;
use chime_sdk::dynamic::{OperationDescriptor, Operations, nearest};
use smithy_operation::Handle;

/// A service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Service {
    /// Amazon Chime
    Chime,
    /// Amazon Chime SDK identity
    Identity,
    /// Amazon Chime SDK media pipelines
    MediaPipelines,
    /// Amazon Chime SDK meetings
    Meetings,
    /// Amazon Chime SDK messaging
    Messaging,
    /// Amazon Chime SDK voice
    Voice,
}

macro_rules! services {
    ($($service:ident, $name:literal, $client:ident;)*) => {
        impl Service {
            /// All services, in the order in which operations are looked for.
            pub(crate) const ALL: &[Self] = &[$(Self::$service),*];

            /// Returns the value of `--service`.
            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Self::$service => $name,)*
                }
            }

            /// Returns the operations, sorted by name.
            pub(crate) fn operations(self) -> Operations {
                match self {
                    $(Self::$service => $client::Client::operations(),)*
                }
            }

            /// Returns what sends the calls of a client.
            pub(crate) fn handle(self, config: Config) -> Handle {
                match self {
                    $(Self::$service => $client::Client::from_conf(config).as_ref().clone(),)*
                }
            }
        }
    };
}

services! {
    Chime, "chime", chime_sdk;
    Identity, "identity", chime_sdk_identity;
    MediaPipelines, "media-pipelines", chime_sdk_media_pipelines;
    Meetings, "meetings", chime_sdk_meetings;
    Messaging, "messaging", chime_sdk_messaging;
    Voice, "voice", chime_sdk_voice;
}

/// An operation and its service.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) service: Service,
    pub(crate) operation: &'static OperationDescriptor,
}

/// Finds an operation. Without a service, it is Chime's, or that of the only service that has it.
///
/// # Errors
///
/// Returns the names that resemble it if there is no such operation.
pub(crate) fn find(name: &str, service: Option<Service>) -> Result<Found, String> {
    let found = named(name, service);
    match found.as_slice() {
        [] => Err(unknown(name, service)),
        [first, ..] if found.len() == 1 || first.service == Service::Chime => Ok(*first),
        several => {
            let services: Vec<_> = several.iter().map(|it| it.service.name()).collect();
            Err(format!(
                "several services have an operation {name}; choose one with `--service`: {}",
                services.join(", ")
            ))
        }
    }
}

/// Returns the operations of this name.
pub(crate) fn named(name: &str, service: Option<Service>) -> Vec<Found> {
    let all = of(service);
    all.filter(|found| found.operation.name == name).collect()
}

/// Returns the operations of a service, or of all.
pub(crate) fn of(service: Option<Service>) -> impl Iterator<Item = Found> {
    let services = Service::ALL.iter().copied();
    services
        .filter(move |it| service.is_none_or(|service| service == *it))
        .flat_map(|service| {
            let operations = service.operations().iter();
            operations.map(move |operation| Found { service, operation })
        })
}

fn unknown(name: &str, service: Option<Service>) -> String {
    let names: Vec<&str> = of(service).map(|found| found.operation.name).collect();
    let near = nearest(name, names);
    let mut message = match service {
        Some(service) => format!("{} has no operation `{name}`", service.name()),
        None => format!("there is no operation `{name}`"),
    };
    let elsewhere: Vec<_> = named(name, None)
        .iter()
        .map(|found| found.service.name())
        .collect();
    if !elsewhere.is_empty() {
        message.push_str(&format!(", but {} has", elsewhere.join(" and ")));
    } else if !near.is_empty() {
        let near: Vec<String> = near.into_iter().map(|near| shown(near, service)).collect();
        message.push_str(&format!("; did you mean {}?", near.join(" or ")));
    } else {
        message.push_str("; `chime call --list` lists all");
    }
    message
}

/// Returns a name, with its service if that is not the default.
fn shown(name: &str, service: Option<Service>) -> String {
    let found = named(name, service);
    match found.first() {
        Some(found) if service.is_none() && found.service != Service::Chime => {
            format!("`{name}` ({})", found.service.name())
        }
        _ => format!("`{name}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_found_wherever_they_are() {
        for (name, service) in [
            ("GetRoom", Service::Chime),
            ("CreateMeeting", Service::Meetings),
            ("SendChannelMessage", Service::Messaging),
            ("CreateAppInstance", Service::Identity),
            ("CreateMediaCapturePipeline", Service::MediaPipelines),
            ("CreateVoiceConnector", Service::Voice),
            // Voice has it, too.
            ("ListPhoneNumbers", Service::Chime),
        ] {
            assert_eq!(find(name, None).map(|it| it.service), Ok(service), "{name}");
        }
    }

    #[test]
    fn unknown_operations_name_similar_ones() {
        for (name, service, message) in [
            (
                "GetRom",
                None,
                "there is no operation `GetRom`; did you mean `GetRoom` or `GetBot`?",
            ),
            (
                "create-meeting",
                None,
                "there is no operation `create-meeting`; did you mean `CreateMeeting` (meetings)?",
            ),
            (
                "CreateMeeting",
                Some(Service::Chime),
                "chime has no operation `CreateMeeting`, but meetings has",
            ),
            (
                "Nonsense",
                None,
                "there is no operation `Nonsense`; `chime call --list` lists all",
            ),
        ] {
            let error = find(name, service).expect_err("unknown");
            assert_eq!(error, message);
        }
        let error = find("TagResource", None).expect_err("several");
        assert!(error.contains("--service"), "{error}");
    }
}
