//! Decides everything about the Rust code: names, types, optionality, boxes.

mod batch;
mod docs;
mod member;
mod naming;
mod pagination;
mod recursion;

use crate::diagnostic::Diagnostic;
use crate::endpoint;
use crate::ir::{
    Collection, Docs, Enum, ErrorVariant, Http, IntEnum, Ir, Operation, Role, Schema, Service,
    Structure, Type, Union, Variant,
};
use crate::model::{
    Kind, Member as ModelMember, Model, Operation as ModelOperation, Shape, Traits,
};
use crate::names;
use crate::select::Selection;
use crate::settings::Settings;
use crate::shape_id::ShapeId;
use crate::uri;
use member::Purpose;
use naming::Naming;
use std::collections::{BTreeMap, BTreeSet};

/// Lowers a selection that has passed the rules.
pub(crate) fn lower(
    model: &Model,
    selection: &Selection<'_>,
    settings: &Settings,
    problems: &mut Vec<Diagnostic>,
) -> Option<Ir> {
    let nested = nested_shapes(model, selection);
    let naming = Naming::new(model, selection, &nested, settings, problems);
    let traits = &selection.service_shape.traits;
    let endpoint = traits
        .get("smithy.rules#endpointRuleSet")
        .and_then(|applied| {
            let tests = traits.get("smithy.rules#endpointTests");
            endpoint::compile(
                &applied.value,
                tests,
                &context_params(model, selection),
                selection.service_shape.id.as_str(),
                problems,
            )
        });
    if crate::has_errors(problems) {
        // What follows relies on the rules: recursion that ends, say.
        return None;
    }
    let mut lowering = Lowering {
        model,
        naming,
        nested: &nested,
        boxed: recursion::boxed_members(model, selection),
        collections: BTreeMap::new(),
        ignored: &settings.ignore_traits,
    };
    let mut operations: Vec<Operation> = selection
        .operations
        .iter()
        .filter_map(|shape| lowering.operation(selection, shape))
        .collect();
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    let mut errors: Vec<Structure> = error_shapes(model, selection)
        .into_values()
        .map(|shape| lowering.error(shape))
        .collect();
    errors.sort_by(|a, b| a.name.cmp(&b.name));
    let mut types: Vec<Type> = nested
        .iter()
        .filter_map(|id| lowering.named_type(model.get(id)?))
        .collect();
    types.sort_by(|a, b| a.name().cmp(b.name()));
    let mut collections: Vec<Collection> = lowering.collections.into_values().collect();
    collections.sort_by(|a, b| a.name.cmp(&b.name));
    let service = service(selection, settings);
    Some(Ir {
        service,
        operations,
        types,
        errors,
        collections,
        endpoint,
        nesting: recursion::nesting(model, selection),
        without_dual_stack: settings.without_dual_stack.clone(),
    })
}

fn service(selection: &Selection<'_>, settings: &Settings) -> Service {
    let shape = selection.service_shape;
    let text = |id: &str, key: &str| {
        let applied = shape.traits.get(id)?;
        applied.value.get(key)?.as_str().map(str::to_owned)
    };
    let sdk_id = text("aws.api#service", "sdkId").unwrap_or_default();
    Service {
        crate_name: settings.crate_name.clone(),
        title: shape
            .traits
            .text("smithy.api#title")
            .map_or_else(|| sdk_id.clone(), str::to_owned),
        version: selection.service.version.clone(),
        signing_name: text("aws.auth#sigv4", "name").unwrap_or_default(),
        docs: docs::of_traits(&shape.traits),
        user_agent: names::user_agent(&sdk_id),
        sdk_id,
    }
}

/// The endpoint parameters that operations of the selection give a value.
fn context_params<'m>(model: &'m Model, selection: &Selection<'m>) -> BTreeSet<&'m str> {
    let of_operation = |shape: &'m Shape| {
        [
            "smithy.rules#staticContextParams",
            "smithy.rules#operationContextParams",
        ]
        .into_iter()
        .filter_map(|id| shape.traits.get(id)?.value.as_object())
        .flatten()
        .map(|entry| entry.key.as_str())
    };
    let of_member = |member: &'m ModelMember| {
        let param = member.traits.get("smithy.rules#contextParam")?;
        param.value.get("name")?.as_str()
    };
    let members = selection.closure.iter().filter_map(|id| model.get(id));
    let members = members.flat_map(|shape| &shape.members);
    selection
        .operations
        .iter()
        .flat_map(|shape| of_operation(shape))
        .chain(members.filter_map(of_member))
        .collect()
}

/// The errors that operations of the selection can answer with.
fn error_shapes<'m>(
    model: &'m Model,
    selection: &Selection<'m>,
) -> BTreeMap<&'m ShapeId, &'m Shape> {
    let of_operations = selection
        .operations
        .iter()
        .flat_map(|shape| match &shape.kind {
            Kind::Operation(operation) => operation.errors.as_slice(),
            _ => &[],
        });
    of_operations
        .chain(&selection.service.errors)
        .filter_map(|target| model.get(&target.id))
        .map(|shape| (&shape.id, shape))
        .collect()
}

/// Named shapes that members target: all but those that are only an input, output or error.
fn nested_shapes<'m>(model: &'m Model, selection: &Selection<'m>) -> BTreeSet<&'m ShapeId> {
    let mut nested = BTreeSet::new();
    for id in &selection.closure {
        let Some(shape) = model.get(id) else {
            continue;
        };
        if matches!(shape.kind, Kind::Enum | Kind::IntEnum) {
            continue;
        }
        for member in &shape.members {
            let target = model.target(member).filter(|target| {
                let named = matches!(
                    target.kind,
                    Kind::Structure | Kind::Union | Kind::Enum | Kind::IntEnum
                );
                named && !target.id.is_prelude()
            });
            nested.extend(target.map(|target| &target.id));
        }
    }
    nested
}

struct Lowering<'a, 'm> {
    model: &'m Model,
    naming: Naming,
    /// What members hold.
    nested: &'a BTreeSet<&'m ShapeId>,
    /// Members that recursion asks to be boxed: shape and member.
    boxed: BTreeSet<(&'m ShapeId, &'m str)>,
    collections: BTreeMap<&'m ShapeId, Collection>,
    /// Traits that the settings ignore.
    ignored: &'a BTreeSet<String>,
}

impl<'m> Lowering<'_, 'm> {
    fn operation(&mut self, selection: &Selection<'m>, shape: &'m Shape) -> Option<Operation> {
        let Kind::Operation(operation) = &shape.kind else {
            return None;
        };
        let http = http(&shape.traits)?;
        let name = self.naming.operation(shape);
        let module = names::operation_module(&name);
        let docs = docs::operation(shape, &http);
        let input_shape = operation
            .input
            .as_ref()
            .and_then(|target| self.model.get(&target.id));
        let output_shape = operation
            .output
            .as_ref()
            .and_then(|target| self.model.get(&target.id));
        let input = self.io(
            shape,
            input_shape,
            format!("{}Input", names::pascal(&name)),
            Role::Input { http },
        );
        let output = self.io(
            shape,
            output_shape,
            format!("{}Output", names::pascal(&name)),
            Role::Output,
        );
        let errors = self.error_variants(selection, operation);
        let batch = self.batch(shape);
        let pagination = self.pagination(selection, shape, &input, output_shape);
        let host_prefix = shape
            .traits
            .get("smithy.api#endpoint")
            .and_then(|endpoint| endpoint.value.get("hostPrefix")?.as_str())
            .map(uri::host_prefix)
            .unwrap_or_default()
            .into_iter()
            .map(|segment| {
                let field = match &segment {
                    uri::Segment::Label(label) => input
                        .members
                        .iter()
                        .find(|member| member.name == *label)
                        .map(|member| member.field.clone()),
                    _ => None,
                };
                (segment, field)
            })
            .collect();
        Some(Operation {
            id: shape.id.clone(),
            method: names::client_method(&name),
            module,
            docs,
            deprecated: docs::deprecated(&shape.traits),
            input,
            output,
            errors,
            signed: crate::auth::is_signed(selection.service_shape, shape, self.ignored)
                .unwrap_or_default(),
            sensitive_output: output_shape.is_some_and(|shape| holds_sensitive(self.model, shape)),
            pagination,
            batch,
            host_prefix,
            name,
        })
    }

    /// An operation's input or output. A shape that is not there is an empty structure.
    fn io(
        &mut self,
        operation: &'m Shape,
        shape: Option<&'m Shape>,
        name: String,
        role: Role,
    ) -> Structure {
        let docs = match &role {
            Role::Input { .. } => docs::input(operation, shape),
            _ => docs::output(operation, shape),
        };
        match shape {
            Some(shape) => self.structure(shape, name, role, docs),
            None => Structure {
                id: operation.id.clone(),
                builder: format!("{name}Builder"),
                docs,
                deprecated: None,
                fallible: matches!(role, Role::Input { .. }),
                role,
                members: Vec::new(),
                has_body: false,
                nested: false,
                name,
            },
        }
    }

    fn error_variants(
        &mut self,
        selection: &Selection<'m>,
        operation: &ModelOperation,
    ) -> Vec<ErrorVariant> {
        let model = self.model;
        let ids: BTreeSet<&ShapeId> = operation
            .errors
            .iter()
            .chain(&selection.service.errors)
            .map(|target| &target.id)
            .collect();
        let mut variants: Vec<ErrorVariant> = ids
            .into_iter()
            .filter_map(|id| model.get(id))
            .map(|shape| {
                let name = self.naming.shape(shape);
                let variant = names::error_variant(&name);
                ErrorVariant {
                    is_method: names::is_method(&variant),
                    docs: docs::of_shape(shape),
                    variant,
                    name,
                }
            })
            .collect();
        variants.sort_by(|a, b| a.name.cmp(&b.name));
        variants
    }

    fn error(&mut self, shape: &'m Shape) -> Structure {
        let is_client = shape.traits.text("smithy.api#error") == Some("client");
        let retry = shape.traits.get("smithy.api#retryable").map(|applied| {
            let throttling = applied
                .value
                .get("throttling")
                .and_then(|node| node.as_bool());
            match (throttling, is_client) {
                (Some(true), _) => "ThrottlingError",
                (_, true) => "ClientError",
                _ => "ServerError",
            }
        });
        let role = Role::Error {
            code: shape.id.name().to_owned(),
            retry,
        };
        let name = self.naming.shape(shape);
        self.structure(shape, name, role, docs::of_shape(shape))
    }

    fn structure(&mut self, shape: &'m Shape, name: String, role: Role, docs: Docs) -> Structure {
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
                .any(|member| member.presence == crate::ir::Presence::Required);
        let has_body = members
            .iter()
            .any(|member| !member::is_bound(&member.schema));
        Structure {
            id: shape.id.clone(),
            builder: format!("{name}Builder"),
            name,
            docs,
            deprecated: docs::deprecated(&shape.traits),
            nested: match role {
                // An operation's own types are others than the shape's, where that is a member.
                Role::Input { .. } | Role::Output => false,
                Role::Type | Role::Error { .. } => self.nested.contains(&shape.id),
            },
            role,
            members,
            fallible,
            has_body,
        }
    }

    fn named_type(&mut self, shape: &'m Shape) -> Option<Type> {
        let name = self.naming.shape(shape);
        let docs = docs::of_shape(shape);
        let deprecated = docs::deprecated(&shape.traits);
        Some(match shape.kind {
            // Errors that are also members of something are generated as errors.
            Kind::Structure if shape.traits.has("smithy.api#error") => return None,
            Kind::Structure => Type::Structure(self.structure(shape, name, Role::Type, docs)),
            Kind::Union => Type::Union(self.union(shape, name, docs)),
            Kind::Enum => Type::Enum(Enum {
                name,
                docs,
                deprecated,
                sensitive: shape.traits.has("smithy.api#sensitive"),
                variants: shape
                    .members
                    .iter()
                    .map(|member| {
                        let value = member
                            .traits
                            .text("smithy.api#enumValue")
                            .unwrap_or(&member.name);
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
                        let value = member.traits.get("smithy.api#enumValue")?.value.as_i64()?;
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
        let variants = shape
            .members
            .iter()
            .filter_map(|member| self.union_variant(shape, member))
            .collect();
        Union {
            id: shape.id.clone(),
            name,
            docs,
            deprecated: docs::deprecated(&shape.traits),
            variants,
        }
    }

    fn union_variant(&mut self, shape: &'m Shape, member: &'m ModelMember) -> Option<Variant> {
        let name = self.naming.variant(shape, member);
        let is_unit = member.target.as_str() == "smithy.api#Unit";
        let is_method = names::is_method(&name);
        Some(Variant {
            member: member.name.clone(),
            as_method: is_method.replacen("is_", "as_", 1),
            is_method,
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

    /// Notes a list or map, whose schema members refer to.
    fn collection(&mut self, shape: &'m Shape) -> String {
        let name = self.naming.collection(shape);
        if !self.collections.contains_key(&shape.id) {
            // The place is taken before the parts are made, which may come back to this shape.
            let empty = Collection {
                id: shape.id.clone(),
                name: name.clone(),
                parts: Vec::new(),
            };
            self.collections.insert(&shape.id, empty);
            let parts: Vec<(String, Schema)> = shape
                .members
                .iter()
                .filter_map(|member| Some((member.name.clone(), self.schema_in(shape, member)?)))
                .collect();
            if let Some(collection) = self.collections.get_mut(&shape.id) {
                collection.parts = parts;
            }
        }
        name
    }
}

fn http(traits: &Traits) -> Option<Http> {
    let http = &traits.get("smithy.api#http")?.value;
    let code = http
        .get("code")
        .and_then(|node| node.as_i64())
        .unwrap_or(200);
    Some(Http {
        method: http.get("method")?.as_str()?.to_owned(),
        uri: http.get("uri")?.as_str()?.to_owned(),
        code: u16::try_from(code).unwrap_or(200),
    })
}

/// Whether a shape leads to anything sensitive.
fn holds_sensitive<'m>(model: &'m Model, shape: &'m Shape) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![shape];
    while let Some(shape) = open.pop() {
        if shape.traits.has("smithy.api#sensitive") {
            return true;
        }
        if !seen.insert(&shape.id) {
            continue;
        }
        for member in &shape.members {
            if member.traits.has("smithy.api#sensitive") {
                return true;
            }
            open.extend(model.target(member));
        }
    }
    false
}
