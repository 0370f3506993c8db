//! Members: their types, whether they may be absent, and their schemas.

use super::{Lowering, docs};
use crate::ir::{Literal, Member, Presence, Schema, SchemaArg, SchemaCall, Ty};
use crate::json::{Node, Value};
use crate::model::{Applied, Kind, Member as ModelMember, Model, Shape};
use crate::read::Simple;

/// What the structure of a member is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The caller fills it; members stay optional until the request is sent.
    Input,
    Other,
}

/// Whether the member travels somewhere else than in the body.
pub(crate) fn is_bound(schema: &Schema) -> bool {
    [
        "with_http_header",
        "with_http_label",
        "with_http_prefix_headers",
        "with_http_query",
        "with_http_query_params",
        "with_http_response_code",
    ]
    .iter()
    .any(|call| schema.has(call))
        || (schema.has("with_http_payload") && matches!(schema.shape_type, "Blob" | "String"))
}

impl<'m> Lowering<'_, 'm> {
    pub(super) fn member(
        &mut self,
        shape: &'m Shape,
        member: &'m ModelMember,
        purpose: Purpose,
    ) -> Option<Member> {
        let (field, setter, getter) = self.naming.member(shape, member);
        let ty = self.member_ty(shape, member)?;
        let presence = if ty == Ty::ByteStream {
            Presence::Streaming
        } else {
            self.presence(member, purpose)
        };
        Some(Member {
            name: member.name.clone(),
            field,
            setter,
            getter,
            docs: docs::member(self.model, member, purpose),
            deprecated: docs::deprecated(&member.traits),
            ty,
            presence,
            schema: self.schema_in(shape, member)?,
            idempotency_token: member.traits.has("smithy.api#idempotencyToken"),
        })
    }

    /// Smithy's rules for clients, which must not break when a service relaxes its model: members
    /// of inputs are optional, and so are structures and unions even where they are required.
    fn presence(&self, member: &ModelMember, purpose: Purpose) -> Presence {
        let required = member.traits.has("smithy.api#required");
        if purpose == Purpose::Input {
            let token = member.traits.has("smithy.api#idempotencyToken");
            return if required && !token {
                Presence::Checked
            } else {
                Presence::Optional
            };
        }
        if member.traits.has("smithy.api#clientOptional") {
            return Presence::Optional;
        }
        let target = self.model.target(member);
        if let (Some(default), Some(target)) = (member.traits.get("smithy.api#default"), target)
            && let Some(literal) = literal(target, default)
        {
            // As the aws-sdk crates have it.
            let plain = matches!(
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
            Ty::Shape { name, .. } => Ty::Shape { name, boxed },
            other => other,
        })
    }

    fn ty(&mut self, target: &'m Shape) -> Option<Ty> {
        Some(match &target.kind {
            Kind::Simple(simple) => match simple {
                Simple::Blob if target.traits.has("smithy.api#streaming") => Ty::ByteStream,
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
            Kind::Structure | Kind::Union => {
                let name = self.naming.shape(target);
                let is_error = target.traits.has("smithy.api#error");
                Ty::Shape {
                    name: if is_error {
                        format!("error::{name}")
                    } else {
                        name
                    },
                    boxed: false,
                }
            }
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

    /// The type of an item of a list or map. Such types nest no deeper than the model's shapes,
    /// since a list cannot hold itself but through a structure.
    fn item_ty(&mut self, collection: &'m Shape, part: &str) -> Option<Ty> {
        let ty = self.ty(self.model.target(collection.member(part)?)?)?;
        Some(if collection.traits.has("smithy.api#sparse") {
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
        let mut calls = Vec::new();
        match &target.kind {
            Kind::List => {
                let name = self.collection(target);
                calls.push(call_static("with_list_member", &[format!("{name}_MEMBER")]));
            }
            Kind::Map => {
                let name = self.collection(target);
                calls.push(call_static(
                    "with_map_members",
                    &[format!("{name}_KEY"), format!("{name}_VALUE")],
                ));
            }
            _ => {}
        }
        for (id, method) in [
            ("smithy.api#jsonName", "with_json_name"),
            ("smithy.api#httpHeader", "with_http_header"),
            ("smithy.api#httpPrefixHeaders", "with_http_prefix_headers"),
            ("smithy.api#httpQuery", "with_http_query"),
        ] {
            if let Some(text) = member.traits.text(id) {
                calls.push(SchemaCall {
                    method,
                    args: vec![SchemaArg::Text(text.to_owned())],
                });
            }
        }
        for (id, method) in [
            ("smithy.api#httpLabel", "with_http_label"),
            ("smithy.api#httpPayload", "with_http_payload"),
            ("smithy.api#httpQueryParams", "with_http_query_params"),
            ("smithy.api#httpResponseCode", "with_http_response_code"),
            ("smithy.api#hostLabel", "with_host_label"),
        ] {
            if member.traits.has(id) {
                calls.push(SchemaCall {
                    method,
                    args: Vec::new(),
                });
            }
        }
        let applied = |id: &str| {
            model
                .trait_of(member, id)
                .and_then(|applied| applied.value.as_str())
        };
        let format = match applied("smithy.api#timestampFormat") {
            Some("date-time") => Some("DateTime"),
            Some("http-date") => Some("HttpDate"),
            Some("epoch-seconds") => Some("EpochSeconds"),
            _ => None,
        };
        if let Some(format) = format {
            calls.push(SchemaCall {
                method: "with_timestamp_format",
                args: vec![SchemaArg::TimestampFormat(format)],
            });
        }
        if let Some(media_type) = applied("smithy.api#mediaType") {
            calls.push(SchemaCall {
                method: "with_media_type",
                args: vec![SchemaArg::Text(media_type.to_owned())],
            });
        }
        if target.traits.has("smithy.api#streaming") {
            calls.push(SchemaCall {
                method: "with_streaming",
                args: Vec::new(),
            });
        }
        if shape.traits.has("smithy.api#sensitive") || is_sensitive(model, member, 0) {
            calls.push(SchemaCall {
                method: "with_sensitive",
                args: Vec::new(),
            });
        }
        Some(Schema {
            shape_type: shape_type(&target.kind)?,
            calls,
        })
    }
}

fn call_static(method: &'static str, names: &[String]) -> SchemaCall {
    SchemaCall {
        method,
        args: names.iter().cloned().map(SchemaArg::Static).collect(),
    }
}

/// Whether `Debug` must not show the member: it is sensitive, or its target is, or the items of a
/// list or map are.
fn is_sensitive(model: &Model, member: &ModelMember, depth: usize) -> bool {
    let Some(target) = model.target(member) else {
        return false;
    };
    member.traits.has("smithy.api#sensitive")
        || target.traits.has("smithy.api#sensitive")
        || (matches!(target.kind, Kind::List | Kind::Map)
            && depth < 32
            && target
                .members
                .iter()
                .any(|item| is_sensitive(model, item, depth + 1)))
}

fn shape_type(kind: &Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Simple(simple) => match simple {
            Simple::BigDecimal => "BigDecimal",
            Simple::BigInteger => "BigInteger",
            Simple::Blob => "Blob",
            Simple::Boolean => "Boolean",
            Simple::Byte => "Byte",
            Simple::Document => "Document",
            Simple::Double => "Double",
            Simple::Float => "Float",
            Simple::Integer => "Integer",
            Simple::Long => "Long",
            Simple::Short => "Short",
            Simple::String => "String",
            Simple::Timestamp => "Timestamp",
        },
        // On the wire, an enum is the string or number that it is made of.
        Kind::Enum => "String",
        Kind::IntEnum => "Integer",
        Kind::List => "List",
        Kind::Map => "Map",
        Kind::Structure => "Structure",
        Kind::Union => "Union",
        Kind::Operation(_) | Kind::Resource(_) | Kind::Service(_) => return None,
    })
}

/// The default as a value of the member's type; `None` for a default of null.
fn literal(target: &Shape, default: &Applied) -> Option<Literal> {
    let node: &Node = &default.value;
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
