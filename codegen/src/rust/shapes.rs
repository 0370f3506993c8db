//! Shapes as types: structures, errors, unions, enums and collections.

use super::member::Purpose;
use super::{Lowering, constructor, docs};
use crate::check::enum_value;
use crate::ir::{
    Collection, Docs, Enum, ErrorVariant, IntEnum, Part, Presence, Retry, Role, Structure, Type,
    Union, Variant,
};
use crate::model::{Kind, Member as ModelMember, Shape};
use crate::names;
use crate::traits::events::is_event_stream;
use crate::traits::http::HttpError;
use crate::traits::protocols::{self, AwsQueryCompatible, AwsQueryError};
use crate::traits::shapes::{EnumValue, Fault, Retryable, Sensitive};

impl<'m> Lowering<'_, 'm> {
    pub(super) fn error_variant(&self, shape: &Shape) -> ErrorVariant {
        let name = self.naming.shape(shape);
        let variant = names::error_variant(&name);
        ErrorVariant {
            is_method: names::is_method(&variant),
            docs: docs::of_shape(shape),
            variant,
            name,
        }
    }

    pub(super) fn error(&mut self, shape: &'m Shape) -> Structure {
        let is_client = shape.traits.get() == Some(&Fault::Client);
        let retry = shape.traits.get().map(|retryable: &Retryable| {
            match (retryable.throttling, is_client) {
                (true, _) => Retry::Throttling,
                (false, true) => Retry::ClientFault,
                (false, false) => Retry::ServerFault,
            }
        });
        let role = Role::Error {
            code: self.error_code(shape),
            retry,
            status: self
                .protocol
                .get(&shape.traits)
                .and_then(|HttpError(status)| u16::try_from(status.value).ok()),
        };
        let name = self.naming.shape(shape);
        self.structure(shape, name, role, docs::of_shape(shape))
    }

    /// The code of an error on the wire.
    pub(super) fn error_code(&self, shape: &Shape) -> String {
        // In awsQuery, and where a service kept its codes.
        let traits = &self.selection.service_shape.traits;
        let has_codes = self.protocol.id() == protocols::AWS_QUERY
            || self.protocol.get::<AwsQueryCompatible>(traits).is_some();
        let query_error = shape.traits.get().filter(|_| has_codes);
        let code = query_error.map(|AwsQueryError { code }| code.clone());
        code.unwrap_or_else(|| shape.id.name().to_owned())
    }

    pub(super) fn structure(
        &mut self,
        shape: &'m Shape,
        name: String,
        role: Role,
        docs: Docs,
    ) -> Structure {
        let purpose = match role {
            Role::Input { .. } => Purpose::Input,
            _ => Purpose::Other,
        };
        let members: Vec<_> = shape
            .members
            .iter()
            .filter_map(|member| self.member(shape, member, purpose))
            .collect();
        let fallible = purpose == Purpose::Input
            || members
                .iter()
                .any(|member| matches!(member.presence, Presence::Required | Presence::Events));
        let has_body = members
            .iter()
            .any(|member| !member.schema.outside_document());
        let constructor = constructor::of(&role, &members);
        Structure {
            id: shape.id.clone(),
            builder: names::builder(&name),
            name,
            docs,
            deprecated: docs::deprecated(&shape.traits),
            nested: match role {
                // If the shape is also used as a member, the operation still has types of its own.
                Role::Input { .. } | Role::Output => false,
                Role::Type | Role::Error { .. } => self.selection.nested.contains(&shape.id),
            },
            role,
            xml: self.xml_root(shape),
            members,
            fallible,
            has_body,
            constructor,
        }
    }

    pub(super) fn named_type(&mut self, shape: &'m Shape) -> Option<Type> {
        let name = self.naming.shape(shape);
        let docs = docs::of_shape(shape);
        let deprecated = docs::deprecated(&shape.traits);
        Some(match shape.kind {
            // Errors that are also used as members are generated as errors.
            Kind::Structure if shape.traits.has::<Fault>() => return None,
            Kind::Structure => Type::Structure(self.structure(shape, name, Role::Type, docs)),
            Kind::Union => Type::Union(self.union(shape, name, docs)),
            Kind::Enum => Type::Enum(Enum {
                name,
                docs,
                deprecated,
                sensitive: shape.traits.has::<Sensitive>(),
                variants: shape
                    .members
                    .iter()
                    .map(|member| {
                        let value = enum_value(member);
                        (
                            self.naming.variant(shape, member),
                            value.to_owned(),
                            docs::variant(member, value),
                        )
                    })
                    .collect(),
            }),
            Kind::IntEnum => Type::IntEnum(IntEnum {
                name,
                docs,
                deprecated,
                variants: shape
                    .members
                    .iter()
                    .filter_map(|member| {
                        let value = member.traits.get().and_then(EnumValue::number)?;
                        let docs = docs::variant(member, &value.to_string());
                        Some((
                            self.naming.variant(shape, member),
                            i32::try_from(value).ok()?,
                            docs,
                        ))
                    })
                    .collect(),
            }),
            _ => return None,
        })
    }

    fn union(&mut self, shape: &'m Shape, name: String, docs: Docs) -> Union {
        let is_stream = is_event_stream(shape);
        let (errors, members): (Vec<_>, Vec<_>) = shape.members.iter().partition(|member| {
            let target = self.model.target(member);
            is_stream && target.is_some_and(|target| target.traits.has::<Fault>())
        });
        let variants = members
            .into_iter()
            .filter_map(|member| self.union_variant(shape, member))
            .collect();
        let error = |member: &ModelMember| {
            let target = self.model.target(member)?;
            Some((member.name.clone(), self.error_variant(target)))
        };
        Union {
            id: shape.id.clone(),
            name,
            docs,
            deprecated: docs::deprecated(&shape.traits),
            xml: self.xml_root(shape),
            variants,
            errors: is_stream.then(|| errors.into_iter().filter_map(error).collect()),
        }
    }

    fn union_variant(&mut self, shape: &'m Shape, member: &'m ModelMember) -> Option<Variant> {
        let name = self.naming.variant(shape, member);
        let is_unit = member.target.is_unit();
        Some(Variant {
            member: member.name.clone(),
            as_method: names::as_method(&name),
            is_method: names::is_method(&name),
            docs: docs::union_member(self.model, member),
            ty: if is_unit {
                None
            } else {
                Some(self.member_ty(shape, member)?)
            },
            schema: self.schema_in(shape, member)?,
            name,
        })
    }

    /// Records a description of a list's items without a name in XML, and returns its name.
    pub(super) fn nameless_item(&mut self, list: &'m Shape, item: String) -> String {
        let name = names::nameless(&item);
        if let Some(collection) = self.collections.get_mut(&list.id)
            && collection.parts.iter().all(|part| part.name != name)
            && let Some(part) = collection.parts.iter().find(|part| part.name == item)
        {
            let mut schema = part.schema.clone();
            schema.xml.name = None;
            let member = part.member.clone();
            collection.parts.push(Part {
                member,
                name: name.clone(),
                schema,
            });
        }
        name
    }

    /// Records a list or map, since members refer to its schema.
    pub(super) fn collection(&mut self, shape: &'m Shape) -> String {
        let name = self.naming.collection(shape);
        if !self.collections.contains_key(&shape.id) {
            // Reserved before the parts are lowered, which may refer to this shape again.
            let empty = Collection {
                id: shape.id.clone(),
                name: name.clone(),
                parts: Vec::new(),
            };
            self.collections.insert(&shape.id, empty);
            let part = |member: &'m ModelMember| {
                Some(Part {
                    member: member.name.clone(),
                    name: names::part(&name, &member.name),
                    schema: self.schema_in(shape, member)?,
                })
            };
            let parts: Vec<Part> = shape.members.iter().filter_map(part).collect();
            if let Some(collection) = self.collections.get_mut(&shape.id) {
                collection.parts = parts;
            }
        }
        name
    }
}
