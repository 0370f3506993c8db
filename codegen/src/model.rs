//! The assembled model: every shape with its traits, every reference checked.

use crate::json::{Node, Place};
use crate::read::Simple;
use crate::shape_id::ShapeId;
use std::collections::BTreeMap;

/// All shapes, by ID.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) shapes: BTreeMap<ShapeId, Shape>,
}

#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) id: ShapeId,
    pub(crate) place: Place,
    pub(crate) kind: Kind,
    pub(crate) traits: Traits,
    /// Sorted by name, so that the order of the file has no say. A list has `member`, a map `key`
    /// and `value`.
    pub(crate) members: Vec<Member>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Simple(Simple),
    Enum,
    IntEnum,
    List,
    Map,
    Structure,
    Union,
    Operation(Operation),
    Resource(Resource),
    Service(Service),
}

impl Kind {
    /// The name that Smithy gives the type.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Simple(simple) => match simple {
                Simple::BigDecimal => "bigDecimal",
                Simple::BigInteger => "bigInteger",
                Simple::Blob => "blob",
                Simple::Boolean => "boolean",
                Simple::Byte => "byte",
                Simple::Document => "document",
                Simple::Double => "double",
                Simple::Float => "float",
                Simple::Integer => "integer",
                Simple::Long => "long",
                Simple::Short => "short",
                Simple::String => "string",
                Simple::Timestamp => "timestamp",
            },
            Self::Enum => "enum",
            Self::IntEnum => "intEnum",
            Self::List => "list",
            Self::Map => "map",
            Self::Structure => "structure",
            Self::Union => "union",
            Self::Operation(_) => "operation",
            Self::Resource(_) => "resource",
            Self::Service(_) => "service",
        }
    }

    /// The name with its article, for messages.
    pub(crate) fn described(&self) -> String {
        let name = self.name();
        let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) && name != "union" {
            "an"
        } else {
            "a"
        };
        format!("{article} {name}")
    }

    /// Whether a member may target a shape of this kind.
    pub(crate) fn is_data(&self) -> bool {
        !matches!(
            self,
            Self::Operation(_) | Self::Resource(_) | Self::Service(_)
        )
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) target: ShapeId,
    pub(crate) target_place: Place,
    pub(crate) traits: Traits,
}

/// A reference to a shape from an operation, resource or service.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) id: ShapeId,
    pub(crate) place: Place,
}

impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Target {}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Operation {
    pub(crate) input: Option<Target>,
    pub(crate) output: Option<Target>,
    /// Sorted.
    pub(crate) errors: Vec<Target>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resource {
    pub(crate) operations: Vec<Target>,
    pub(crate) resources: Vec<Target>,
    pub(crate) properties: Vec<Target>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) version: String,
    pub(crate) operations: Vec<Target>,
    pub(crate) resources: Vec<Target>,
    pub(crate) errors: Vec<Target>,
    pub(crate) rename: Vec<(Target, String)>,
}

/// The traits of a shape or member, by ID.
#[derive(Debug, Clone, Default)]
pub(crate) struct Traits {
    by_id: BTreeMap<String, Applied>,
}

/// A trait as it was applied.
#[derive(Debug, Clone)]
pub(crate) struct Applied {
    pub(crate) place: Place,
    pub(crate) value: Node,
}

impl Traits {
    pub(crate) fn get(&self, id: &str) -> Option<&Applied> {
        self.by_id.get(id)
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// The trait's value, when it is a string.
    pub(crate) fn text(&self, id: &str) -> Option<&str> {
        self.get(id)?.value.as_str()
    }

    pub(crate) fn insert(&mut self, id: String, applied: Applied) {
        self.by_id.insert(id, applied);
    }

    /// Takes over the traits of another, whose values replace those that are there.
    pub(crate) fn override_with(&mut self, other: &Self) {
        for (id, applied) in other.iter() {
            self.insert(id.to_owned(), applied.clone());
        }
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<Applied> {
        self.by_id.remove(id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Applied)> {
        self.by_id
            .iter()
            .map(|(id, applied)| (id.as_str(), applied))
    }
}

impl Shape {
    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    /// The ID of a member, as text.
    pub(crate) fn member_id(&self, member: &Member) -> String {
        self.id.member(&member.name)
    }
}

impl Model {
    pub(crate) fn get(&self, id: &ShapeId) -> Option<&Shape> {
        self.shapes.get(id)
    }

    /// The shape that a member targets. Assembly has checked that it is there.
    pub(crate) fn target(&self, member: &Member) -> Option<&Shape> {
        self.shapes.get(&member.target)
    }

    /// The value of a trait on the member, or else on what it targets.
    pub(crate) fn trait_of<'m>(&'m self, member: &'m Member, id: &str) -> Option<&'m Applied> {
        member
            .traits
            .get(id)
            .or_else(|| self.target(member)?.traits.get(id))
    }

    /// The services of the model.
    pub(crate) fn services(&self) -> impl Iterator<Item = (&Shape, &Service)> {
        self.shapes.values().filter_map(|shape| match &shape.kind {
            Kind::Service(service) => Some((shape, service)),
            _ => None,
        })
    }

    /// The operations of a service, those of its resources included, sorted by ID.
    pub(crate) fn operations_of(&self, service: &Service) -> Vec<&Shape> {
        let mut found = BTreeMap::new();
        let mut resources: Vec<&Target> = service.resources.iter().collect();
        let mut seen = std::collections::BTreeSet::new();
        let mut take = |targets: &[Target]| {
            for target in targets {
                let shape = self
                    .get(&target.id)
                    .filter(|shape| matches!(shape.kind, Kind::Operation(_)));
                if let Some(shape) = shape {
                    found.insert(shape.id.clone(), shape);
                }
            }
        };
        take(&service.operations);
        while let Some(target) = resources.pop() {
            if !seen.insert(&target.id) {
                continue;
            }
            if let Some(Kind::Resource(resource)) = self.get(&target.id).map(|shape| &shape.kind) {
                take(&resource.operations);
                resources.extend(&resource.resources);
            }
        }
        found.into_values().collect()
    }
}
