//! Members: their types, whether they may be absent, and their schemas.

use super::{Lowering, docs};
use crate::ir::{EventBinding, Literal, Member, Presence, Schema, Ty, WireKind, Xml};
use crate::model::{Kind, Member as ModelMember, Model, Shape, Simple};
use crate::names;
use crate::source::json::{Node, Value};
use crate::traits::Trait;
use crate::traits::behaviour::IdempotencyToken;
use crate::traits::events::{EventHeader, EventPayload, is_event_stream};
use crate::traits::http::{HostLabel, MediaType};
use crate::traits::json::JsonName;
use crate::traits::protocols::Ec2QueryName;
use crate::traits::shapes::{
    ClientOptional, DefaultValue, Fault, Required, Sensitive, Sparse, Streaming,
};
use crate::traits::xml::{XmlAttribute, XmlFlattened, XmlName, XmlNamespace};

/// What the structure with the member is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The caller fills it; members stay optional until the request is sent.
    Input,
    Other,
}

impl<'m> Lowering<'_, 'm> {
    pub(super) fn member(
        &mut self,
        shape: &'m Shape,
        member: &'m ModelMember,
        purpose: Purpose,
    ) -> Option<Member> {
        let (field, setter, getter) = self.naming.member(shape, member);
        let mut ty = self.member_ty(shape, member)?;
        let target = self.model.target(member);
        if let Ty::Shape { name, .. } = &ty
            && target.is_some_and(is_event_stream)
        {
            ty = Ty::Events {
                stream: name.clone(),
                sent: purpose == Purpose::Input,
            };
        }
        let presence = match ty {
            Ty::ByteStream => Presence::Streaming,
            Ty::Events { .. } => Presence::Events,
            _ => self.presence(member, purpose),
        };
        let required = match &presence {
            Presence::Checked | Presence::Filled | Presence::Required | Presence::Events => true,
            Presence::Streaming => {
                member.traits.has::<Required>() && !member.traits.has::<ClientOptional>()
            }
            Presence::Optional | Presence::Default(_) | Presence::Implied(_) => false,
        };
        Some(Member {
            required,
            name: member.name.clone(),
            field,
            setter,
            getter,
            docs: docs::member(self.model, member, purpose),
            deprecated: docs::deprecated(&member.traits),
            ty,
            presence,
            schema: self.schema_in(shape, member)?,
            idempotency_token: member.traits.has::<IdempotencyToken>(),
        })
    }

    /// Smithy's rules for clients, which must not break when a service relaxes its model: members
    /// of inputs are optional, and so are structures and unions even where they are required.
    fn presence(&self, member: &ModelMember, purpose: Purpose) -> Presence {
        let required = member.traits.has::<Required>();
        if purpose == Purpose::Input {
            let token = member.traits.has::<IdempotencyToken>();
            return if required && !token {
                Presence::Checked
            } else {
                Presence::Optional
            };
        }
        if member.traits.has::<ClientOptional>() {
            return Presence::Optional;
        }
        let target = self.model.target(member);
        if let (Some(DefaultValue(default)), Some(target)) = (member.traits.get(), target)
            && let Some(literal) = literal(target, default)
        {
            // As in the aws-sdk crates, unless the settings follow Smithy.
            let plain = !self.send_defaults
                && matches!(
                    literal,
                    Literal::Bool(_) | Literal::Int(_) | Literal::Float(_)
                );
            return match plain && !required {
                true => Presence::Implied(literal),
                false => Presence::Default(literal),
            };
        }
        let is_structure = target.is_some_and(|t| matches!(t.kind, Kind::Structure | Kind::Union));
        match (required, is_structure) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Filled,
            (false, _) => Presence::Optional,
        }
    }

    pub(super) fn member_ty(&mut self, shape: &'m Shape, member: &'m ModelMember) -> Option<Ty> {
        let boxed = self.boxed.contains(&(&shape.id, member.name.as_str()));
        let ty = self.ty(self.model.target(member)?)?;
        Some(match ty {
            Ty::Shape { name, error, .. } => Ty::Shape { name, error, boxed },
            other => other,
        })
    }

    fn ty(&mut self, target: &'m Shape) -> Option<Ty> {
        Some(match &target.kind {
            Kind::Simple(simple) => match simple {
                Simple::Blob if target.traits.has::<Streaming>() => Ty::ByteStream,
                Simple::BigDecimal => Ty::BigDecimal,
                Simple::BigInteger => Ty::BigInteger,
                Simple::Blob => Ty::Blob,
                Simple::Boolean => Ty::Bool,
                Simple::Byte => Ty::I8,
                Simple::Document => Ty::Document,
                Simple::Double => Ty::F64,
                Simple::Float => Ty::F32,
                Simple::Integer => Ty::I32,
                Simple::Long => Ty::I64,
                Simple::Short => Ty::I16,
                Simple::String => Ty::String,
                Simple::Timestamp => Ty::DateTime,
            },
            Kind::Enum => Ty::Enum(self.naming.shape(target)),
            Kind::IntEnum => Ty::IntEnum(self.naming.shape(target)),
            Kind::Structure | Kind::Union => Ty::Shape {
                name: self.naming.shape(target),
                error: target.traits.has::<Fault>(),
                boxed: false,
            },
            Kind::List => {
                let item = self.item_ty(target, "member")?;
                Ty::List(Box::new(item))
            }
            Kind::Map => {
                let key = self.ty(self.model.target(target.member("key")?)?)?;
                let value = self.item_ty(target, "value")?;
                Ty::Map(Box::new(key), Box::new(value))
            }
            Kind::Operation(_) | Kind::Resource(_) | Kind::Service(_) => return None,
        })
    }

    /// The type of an item of a list or map. The recursion ends, since a list can only contain itself
    /// through a structure.
    fn item_ty(&mut self, collection: &'m Shape, part: &str) -> Option<Ty> {
        let ty = self.ty(self.model.target(collection.member(part)?)?)?;
        Some(if collection.traits.has::<Sparse>() {
            Ty::Nullable(Box::new(ty))
        } else {
            ty
        })
    }

    /// The schema of a member.
    pub(super) fn schema_in(
        &mut self,
        shape: &'m Shape,
        member: &'m ModelMember,
    ) -> Option<Schema> {
        let model = self.model;
        let target = model.target(member)?;
        let sensitive = shape.traits.has::<Sensitive>() || is_sensitive(model, member, 0);
        let kind = match self.own::<XmlFlattened>(member) {
            Some(_) => self.flattened_kind(target)?,
            None => self.wire_kind(target)?,
        };
        Some(Schema {
            kind,
            json_name: self.own(member).map(|JsonName(name)| name.clone()),
            ec2_query_name: self.own(member).map(|Ec2QueryName(name)| name.clone()),
            binding: self.protocol.binding(&member.traits),
            host_label: member.traits.has::<HostLabel>(),
            timestamp_format: self.own_or_target(member, target).copied(),
            media_type: self
                .own_or_target(member, target)
                .map(|MediaType(name)| name.clone()),
            xml: self.xml(member, target),
            streaming: target.traits.has::<Streaming>(),
            event: event_binding(member),
            sensitive,
        })
    }

    /// A member's own trait, if the protocol reads it.
    fn own<T: Trait>(&self, member: &'m ModelMember) -> Option<&'m T> {
        self.protocol.get(&member.traits)
    }

    /// A trait of a member, or else of its target, if the protocol reads it.
    fn own_or_target<T: Trait>(&self, member: &'m ModelMember, target: &'m Shape) -> Option<&'m T> {
        let own = self.own(member);
        own.or_else(|| self.protocol.get(&target.traits))
    }

    fn xml(&self, member: &'m ModelMember, target: &'m Shape) -> Xml {
        let namespace: Option<&XmlNamespace> = self.own_or_target(member, target);
        Xml {
            name: self.own(member).map(|XmlName(name)| name.clone()),
            attribute: self.own::<XmlAttribute>(member).is_some(),
            flattened: self.own::<XmlFlattened>(member).is_some(),
            unwrapped: false,
            namespace: namespace.map(XmlNamespace::parts),
        }
    }

    /// The element that a structure or union is as the root of a document.
    pub(super) fn xml_root(&self, shape: &'m Shape) -> Xml {
        let traits = &shape.traits;
        Xml {
            name: self.protocol.get(traits).map(|XmlName(name)| name.clone()),
            namespace: self.protocol.get(traits).map(XmlNamespace::parts),
            ..Xml::default()
        }
    }

    /// What a flattened member is. Items of a flattened list have the name of the member, whatever their own is.
    fn flattened_kind(&mut self, target: &'m Shape) -> Option<WireKind> {
        let kind = self.wire_kind(target)?;
        let item = target.member("member");
        let has_name = item.is_some_and(|item| self.own::<XmlName>(item).is_some());
        Some(match (kind, has_name) {
            (WireKind::List(item), true) => WireKind::List(self.nameless_item(target, item)),
            (kind, _) => kind,
        })
    }

    fn wire_kind(&mut self, target: &'m Shape) -> Option<WireKind> {
        Some(match &target.kind {
            Kind::Simple(simple) => match simple {
                Simple::BigDecimal => WireKind::BigDecimal,
                Simple::BigInteger => WireKind::BigInteger,
                Simple::Blob => WireKind::Blob,
                Simple::Boolean => WireKind::Boolean,
                Simple::Byte => WireKind::Byte,
                Simple::Document => WireKind::Document,
                Simple::Double => WireKind::Double,
                Simple::Float => WireKind::Float,
                Simple::Integer => WireKind::Integer,
                Simple::Long => WireKind::Long,
                Simple::Short => WireKind::Short,
                Simple::String => WireKind::String,
                Simple::Timestamp => WireKind::Timestamp,
            },
            Kind::Enum => WireKind::String,
            Kind::IntEnum => WireKind::Integer,
            Kind::List => {
                let name = self.collection(target);
                WireKind::List(names::part(&name, "member"))
            }
            Kind::Map => {
                let name = self.collection(target);
                WireKind::Map(names::part(&name, "key"), names::part(&name, "value"))
            }
            Kind::Structure => WireKind::Structure,
            Kind::Union => WireKind::Union,
            Kind::Operation(_) | Kind::Resource(_) | Kind::Service(_) => return None,
        })
    }
}

fn event_binding(member: &ModelMember) -> Option<EventBinding> {
    if member.traits.has::<EventHeader>() {
        return Some(EventBinding::Header);
    }
    let is_payload = member.traits.has::<EventPayload>();
    is_payload.then_some(EventBinding::Payload)
}

/// Whether `Debug` must not show the member: the member, its target, or the items of its list or map
/// are sensitive.
fn is_sensitive(model: &Model, member: &ModelMember, depth: usize) -> bool {
    let Some(target) = model.target(member) else {
        return false;
    };
    member.traits.has::<Sensitive>()
        || target.traits.has::<Sensitive>()
        || (matches!(target.kind, Kind::List | Kind::Map)
            && depth < 32
            && target
                .members
                .iter()
                .any(|item| is_sensitive(model, item, depth + 1)))
}

/// The default as a value of the member's type; `None` for a default of null.
fn literal(target: &Shape, node: &Node) -> Option<Literal> {
    Some(match (&target.kind, &node.value) {
        (_, Value::Null) => return None,
        (Kind::Simple(Simple::Document), _) => Literal::Document(node.to_plain()),
        (Kind::Simple(Simple::BigInteger | Simple::BigDecimal), Value::Number(text)) => {
            Literal::BigNumber(text.clone())
        }
        (Kind::Simple(Simple::Float | Simple::Double), Value::Number(text)) => {
            Literal::Float(text.parse().ok()?)
        }
        (Kind::Simple(Simple::Timestamp), Value::Number(text)) => {
            let seconds: f64 = text.parse().ok()?;
            let whole = seconds.floor();
            Literal::Timestamp(whole as i64, ((seconds - whole) * 1e9).round() as u32)
        }
        (Kind::Simple(Simple::Timestamp), Value::String(text)) => {
            let (seconds, nanos) = epoch_of_date_time(text)?;
            Literal::Timestamp(seconds, nanos)
        }
        (Kind::Simple(Simple::Blob), Value::String(text)) => Literal::Bytes(text.clone()),
        (Kind::Simple(_), Value::Bool(value)) => Literal::Bool(*value),
        (Kind::Simple(_), Value::String(text)) => Literal::Text(text.clone()),
        (Kind::Simple(_), Value::Number(_)) => Literal::Int(node.as_i64()?),
        (Kind::Enum, Value::String(text)) => Literal::EnumText(text.clone()),
        (Kind::IntEnum, Value::Number(_)) => Literal::EnumNumber(node.as_i64()?),
        (Kind::List, Value::Array(_)) => Literal::EmptyList,
        (Kind::Map, Value::Object(_)) => Literal::EmptyMap,
        _ => return None,
    })
}

/// Seconds and nanoseconds since the epoch of an RFC 3339 timestamp in UTC.
fn epoch_of_date_time(text: &str) -> Option<(i64, u32)> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let mut date = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let mut time = time.splitn(3, ':').map(|part| part.parse::<i64>().ok());
    let (hour, minute, second) = (time.next()??, time.next()??, time.next()??);
    // Days since the epoch, counting years from March so that leap days come last.
    let (y, m) = if month <= 2 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let days =
        365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + day
            - 719_469;
    let nanos = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    Some((((days * 24 + hour) * 60 + minute) * 60 + second, nanos))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_become_seconds() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", (0, 0)),
            ("2000-02-29T23:59:59.5Z", (951_868_799, 500_000_000)),
            ("2026-11-24T08:00:00Z", (1_795_507_200, 0)),
        ] {
            assert_eq!(epoch_of_date_time(text), Some(expected), "{text}");
        }
        assert_eq!(epoch_of_date_time("yesterday"), None);
    }
}
