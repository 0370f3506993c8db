//! The models of the services: what the local Chime knows of operations, shapes and errors.
//!
//! The files in `model/services/` are the facts that a server needs from the models that the clients are generated from.
//! `cargo xtask regenerate` writes them.

mod load;
mod pattern;

pub(crate) use pattern::Pattern;

use serde_json::Value;
use std::sync::LazyLock;

/// All services, in order of preference for requests that match several of them.
pub(crate) fn services() -> &'static [Service] {
    static SERVICES: LazyLock<Vec<Service>> = LazyLock::new(|| {
        let texts = [
            include_str!("model/services/chime.json"),
            include_str!("model/services/chime-sdk-identity.json"),
            include_str!("model/services/chime-sdk-messaging.json"),
            include_str!("model/services/chime-sdk-meetings.json"),
            include_str!("model/services/chime-sdk-media-pipelines.json"),
        ];
        // The files are written by `cargo xtask regenerate`, and a test reads all of them.
        texts
            .iter()
            .filter_map(|text| load::service(text))
            .collect()
    });
    &SERVICES
}

/// Returns all operations of all services.
pub(crate) fn operations() -> impl Iterator<Item = &'static Operation> {
    services().iter().flat_map(|service| &service.operations)
}

/// Returns the operations with a name. `TagResource` and a few others belong to several services.
pub(crate) fn operations_named(name: &str) -> impl Iterator<Item = &'static Operation> {
    operations().filter(move |operation| operation.name == name)
}

/// A service.
#[derive(Debug)]
pub(crate) struct Service {
    /// The name that the AWS CLI has for the service, such as `chime-sdk-identity`.
    pub(crate) name: String,
    /// The first label of the service's host, such as `identity-chime`.
    pub(crate) host: String,
    /// The name of the service in the scope of signatures.
    pub(crate) signing_name: String,
    pub(crate) operations: Vec<Operation>,
    pub(crate) errors: Vec<ErrorShape>,
    shapes: Vec<Shape>,
}

impl Service {
    pub(crate) fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0]
    }

    pub(crate) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    pub(crate) fn error(&self, name: &str) -> Option<&ErrorShape> {
        self.errors.iter().find(|error| error.name == name)
    }
}

/// The position of a shape in its service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShapeId(usize);

/// An error of a service.
#[derive(Debug)]
pub(crate) struct ErrorShape {
    pub(crate) name: String,
    pub(crate) status: u16,
}

/// An operation of a service.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) name: String,
    /// The service's position among all services.
    service: usize,
    pub(crate) method: String,
    pub(crate) uri: String,
    pub(crate) status: u16,
    pub(crate) input: Option<ShapeId>,
    pub(crate) output: Option<ShapeId>,
    pub(crate) batch: Option<Batch>,
    /// The member that makes a repeated request recognisable.
    pub(crate) token: Option<String>,
}

impl Operation {
    pub(crate) fn service(&self) -> &'static Service {
        &services()[self.service]
    }

    /// Whether requests change nothing.
    pub(crate) fn is_read(&self) -> bool {
        self.method == "GET"
    }

    pub(crate) fn input_members(&self) -> &'static [Member] {
        members(self.service(), self.input)
    }

    pub(crate) fn output_members(&self) -> &'static [Member] {
        members(self.service(), self.output)
    }
}

fn members(service: &Service, id: Option<ShapeId>) -> &[Member] {
    match id.map(|id| &service.shape(id).kind) {
        Some(Kind::Structure(members)) => members,
        _ => &[],
    }
}

/// Where the items of a batch operation are, and the member of an item that identifies it. Items without a key
/// identify themselves.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) items: String,
    pub(crate) key: Option<String>,
}

/// A shape.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) name: String,
    pub(crate) sensitive: bool,
    pub(crate) kind: Kind,
}

/// The type of a shape and its constraints.
#[derive(Debug)]
pub(crate) enum Kind {
    Boolean,
    Integer(Bounds),
    Timestamp(Option<TimeFormat>),
    String {
        length: Bounds,
        pattern: Option<Pattern>,
        /// The values of an enum; empty if it is none.
        values: Vec<String>,
    },
    List {
        length: Bounds,
        item: ShapeId,
    },
    Map {
        length: Bounds,
        key: ShapeId,
        value: ShapeId,
    },
    Structure(Vec<Member>),
}

/// The least and the greatest length or value.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bounds {
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeFormat {
    DateTime,
    EpochSeconds,
    HttpDate,
}

/// A member of a structure.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) shape: ShapeId,
    pub(crate) required: bool,
    pub(crate) default: Option<Value>,
    pub(crate) place: Place,
    pub(crate) sensitive: bool,
}

/// Where a member is in a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Body,
    Label,
    Query(String),
    Header(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_models_are_read() {
        let counts: Vec<(&str, usize)> = services()
            .iter()
            .map(|service| (service.name.as_str(), service.operations.len()))
            .collect();
        assert_eq!(
            counts,
            [
                ("chime", 62),
                ("chime-sdk-identity", 30),
                ("chime-sdk-messaging", 51),
                ("chime-sdk-meetings", 16),
                ("chime-sdk-media-pipelines", 31),
            ]
        );
        for operation in operations() {
            assert!(
                operation.output.is_none()
                    || !operation.output_members().is_empty()
                    || operation.status != 0
            );
            assert!(!operation.method.is_empty() && operation.uri.starts_with('/'));
        }
        for service in services() {
            assert!(
                service.error("BadRequestException").is_some(),
                "{}",
                service.name
            );
        }
    }

    /// A pattern that cannot be compiled would check nothing.
    #[test]
    fn all_patterns_compile() {
        let mut count = 0;
        for shape in services().iter().flat_map(Service::shapes) {
            if let Kind::String {
                pattern: Some(pattern),
                ..
            } = &shape.kind
            {
                assert!(pattern.compiles(), "{}: {pattern:?}", shape.name);
                count += 1;
            }
        }
        assert!(count > 50, "{count}");
    }
}
