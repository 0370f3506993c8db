//! The assembled model: all shapes with their traits, and all references checked.

mod assemble;
pub(crate) mod corrections;
pub(crate) mod customizations;
mod mixins;
mod smithy_1;
mod targets;

pub(crate) use assemble::assemble;
pub(crate) use smithy_1::name_of_value;
pub(crate) use targets::check_targets;

use crate::shape_id::ShapeId;
use crate::source::json::Place;
pub(crate) use crate::source::raw::Simple;
use crate::traits::{Trait, Traits};
use std::collections::{BTreeMap, BTreeSet};

/// All shapes by ID. The traits of a model that assembly returns are not parsed yet.
#[derive(Debug)]
pub(crate) struct Model<T = Traits> {
    pub(crate) shapes: BTreeMap<ShapeId, Shape<T>>,
}

#[derive(Debug)]
pub(crate) struct Shape<T = Traits> {
    pub(crate) id: ShapeId,
    pub(crate) place: Place,
    pub(crate) kind: Kind,
    pub(crate) traits: T,
    /// Sorted by name, so that the order of the file does not matter. A list has `member`, a map `key`
    /// and `value`.
    pub(crate) members: Vec<Member<T>>,
}

/// A model has one shape for each ID.
impl<T> PartialEq for Shape<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
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
pub(crate) struct Member<T = Traits> {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) target: ShapeId,
    pub(crate) target_place: Place,
    pub(crate) traits: T,
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

impl<T> Shape<T> {
    pub(crate) fn member(&self, name: &str) -> Option<&Member<T>> {
        self.members.iter().find(|member| member.name == name)
    }

    /// The ID of a member, as a string.
    pub(crate) fn member_id(&self, member: &Member<T>) -> String {
        self.id.member(&member.name)
    }
}

impl Model {
    pub(crate) fn get(&self, id: &ShapeId) -> Option<&Shape> {
        self.shapes.get(id)
    }

    /// The shape that a member targets. Assembly has checked that it exists.
    pub(crate) fn target(&self, member: &Member) -> Option<&Shape> {
        self.shapes.get(&member.target)
    }

    /// The shape that an operation names as its input or output.
    pub(crate) fn structure(&self, target: Option<&Target>) -> Option<&Shape> {
        self.get(&target?.id)
    }

    /// A trait of the member, or else of what it targets.
    pub(crate) fn trait_of<'m, T: Trait>(&'m self, member: &'m Member) -> Option<&'m T> {
        let own = member.traits.get();
        own.or_else(|| self.target(member)?.traits.get())
    }

    /// The services of the model.
    pub(crate) fn services(&self) -> impl Iterator<Item = (&Shape, &Service)> {
        self.shapes.values().filter_map(|shape| match &shape.kind {
            Kind::Service(service) => Some((shape, service)),
            _ => None,
        })
    }

    /// The operations of a service and its resources, sorted by ID.
    pub(crate) fn operations_of(&self, service: &Service) -> Vec<&Shape> {
        let mut found = BTreeMap::new();
        let mut resources: Vec<&Target> = service.resources.iter().collect();
        let mut seen = BTreeSet::new();
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
