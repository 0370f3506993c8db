//! Decides everything about the Rust code: names, types, optionality and boxes.

mod batch;
mod cases;
mod constructor;
mod customizations;
mod docs;
mod member;
mod naming;
mod pagination;
mod recursion;
mod waiters;

use crate::check::{self, ChecksumPlan, DiscoveryPlan, EndpointPlan, Plans, enum_value};
use crate::ir::{
    Checksums, Collection, Discovery, Docs, EndpointParam, Enum, ErrorVariant, IntEnum, Ir,
    Operation, Part, Presence, Retry, Role, Service, Structure, Type, Union, Variant, Xml,
};
use crate::model::{Kind, Member as ModelMember, Model, Operation as ModelOperation, Shape};
use crate::names;
use crate::protocol::Protocol;
use crate::select::Selection;
use crate::settings::Settings;
use crate::shape_id::ShapeId;
use crate::traits::auth::{Sigv4, Sigv4a, UnsignedPayload};
use crate::traits::constraints::RequiresLength;
use crate::traits::customizations::TreeHash;
use crate::traits::docs::Title;
use crate::traits::endpoint::ClientEndpointDiscoveryId;
use crate::traits::events::is_event_stream;
use crate::traits::http::{Endpoint, HttpError, RequestCompression};
use crate::traits::protocols::{self, AwsQueryCompatible, AwsQueryError};
use crate::traits::service::AwsService;
use crate::traits::shapes::{EnumValue, Fault, Retryable, Sensitive};
use crate::traits::uri::Segment;
use crate::traits::xml::{S3UnwrappedXmlOutput, XmlNamespace};
use member::Purpose;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use naming::Naming;

/// The results of the stages before this one. They have passed all checks.
pub(crate) struct Checked<'a, 'm> {
    pub(crate) model: &'m Model,
    pub(crate) selection: &'a Selection<'m>,
    pub(crate) protocol: &'static dyn Protocol,
    pub(crate) plans: Plans<'m>,
    pub(crate) naming: Naming,
    pub(crate) endpoint: EndpointPlan<'m>,
}

/// Lowers a selection.
pub(crate) fn lower(checked: Checked<'_, '_>, settings: &Settings) -> Ir {
    let Checked {
        model,
        selection,
        protocol,
        plans,
        naming,
        mut endpoint,
    } = checked;
    let mut lowering = Lowering {
        model,
        selection,
        protocol,
        naming,
        send_defaults: settings.send_defaults,
        boxed: recursion::boxed_members(model, selection),
        collections: BTreeMap::new(),
    };
    let mut operations: Vec<Operation> = selection
        .operations
        .iter()
        .filter_map(|shape| {
            let params = endpoint.operations.remove(&shape.id);
            lowering.operation(&plans, params.unwrap_or_default(), shape)
        })
        .collect();
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    let mut errors: Vec<Structure> = selection
        .errors
        .values()
        .map(|shape| lowering.error(shape))
        .collect();
    errors.sort_by(|a, b| a.name.cmp(&b.name));
    let discovery = plans
        .discovery
        .as_ref()
        .map(|plan| lowering.discovery(plan));
    let mut types: Vec<Type> = selection
        .nested
        .iter()
        .filter_map(|id| lowering.named_type(model.get(id)?))
        .collect();
    types.sort_by(|a, b| a.name().cmp(b.name()));
    let mut collections: Vec<Collection> = lowering.collections.into_values().collect();
    collections.sort_by(|a, b| a.name.cmp(&b.name));
    let cases = cases::cases(model, selection, protocol, &operations, &errors);
    Ir {
        cases,
        service: Service {
            discovery,
            ..service(selection, protocol, settings)
        },
        operations,
        types,
        errors,
        collections,
        endpoint: endpoint.rules,
        endpoint_settings: endpoint.settings,
        nesting: recursion::nesting(model, selection),
        without_dual_stack: settings.without_dual_stack.clone(),
    }
}

fn service(
    selection: &Selection<'_>,
    protocol: &'static dyn Protocol,
    settings: &Settings,
) -> Service {
    let traits = &selection.service_shape.traits;
    let sdk_id = traits.get().map(|service: &AwsService| &service.sdk_id);
    let sdk_id = sdk_id.cloned();
    let sdk_id = sdk_id.unwrap_or_else(|| selection.service_shape.id.name().to_owned());
    let title = traits.get().map(|Title(title)| title.clone());
    let query_codes = protocol.get(traits).map(|AwsQueryCompatible| {
        let codes = selection.errors.values().filter_map(|shape| {
            let AwsQueryError { code } = shape.traits.get()?;
            Some((shape.id.name().to_owned(), code.clone()))
        });
        codes.collect()
    });
    let sigv4 = traits.get().map(|sigv4: &Sigv4| &sigv4.name);
    let sigv4a = traits.get().map(|sigv4a: &Sigv4a| &sigv4a.name);
    let signing_name = sigv4.or(sigv4a).cloned();
    Service {
        crate_name: settings.crate_name.clone(),
        crate_version: settings.version.clone(),
        discovery: None,
        shape_name: selection.service_shape.id.name().to_owned(),
        protocol_type: protocol.runtime_type(traits),
        xml_namespace: protocol.get(traits).map(XmlNamespace::parts),
        query_codes,
        title: title.unwrap_or_else(|| sdk_id.clone()),
        version: selection.service.version.clone(),
        signing_name: signing_name.unwrap_or_default(),
        auth: selection.auth.clone(),
        protocol,
        events_over_http2: protocols::events_over_http2(traits, protocol.id()),
        retries: customizations::retries(traits, settings),
        customizations: customizations::of_service(traits),
        docs: docs::of_traits(traits),
        user_agent: names::user_agent(&sdk_id),
        sdk_id,
    }
}

struct Lowering<'a, 'm> {
    model: &'m Model,
    selection: &'a Selection<'m>,
    protocol: &'static dyn Protocol,
    naming: Naming,
    send_defaults: bool,
    /// Members that must be boxed because of recursion: shape and member.
    boxed: BTreeSet<(&'m ShapeId, &'m str)>,
    collections: BTreeMap<&'m ShapeId, Collection>,
}

impl<'m> Lowering<'_, 'm> {
    fn operation(
        &mut self,
        plans: &Plans<'m>,
        endpoint_params: Vec<EndpointParam>,
        shape: &'m Shape,
    ) -> Option<Operation> {
        let Kind::Operation(operation) = &shape.kind else {
            return None;
        };
        let mut request = self.protocol.request_line(shape)?;
        let name = self.naming.operation(shape);
        let docs = docs::operation(shape, &request);
        // The unit type says that there is no input.
        let input_shape = self
            .model
            .structure(operation.input.as_ref())
            .filter(|shape| !shape.id.is_unit());
        let output_shape = self.model.structure(operation.output.as_ref());
        let service = &self.selection.service_shape.traits;
        customizations::drop_endpoint_labels(service, input_shape, &mut request.uri);
        let role = Role::Input { request };
        let input = self.io(shape, input_shape, names::input(&name), role);
        let output = self.io(shape, output_shape, names::output(&name), Role::Output);
        let batch = plans.batches.get(&shape.id);
        let pages = plans.pages.get(&shape.id);
        let waiters = plans.waiters.get(&shape.id).map(Vec::as_slice);
        let is_sensitive = |shape: Option<&'m Shape>| {
            shape.is_some_and(|shape| holds_sensitive(self.model, shape))
        };
        Some(Operation {
            id: shape.id.clone(),
            method: names::client_method(&name),
            module: names::operation_module(&name),
            docs,
            deprecated: docs::deprecated(&shape.traits),
            errors: self.error_variants(operation),
            auth: self
                .selection
                .auth_of
                .get(&shape.id)
                .cloned()
                .unwrap_or_default(),
            unsigned_payload: shape.traits.has::<UnsignedPayload>(),
            sensitive_input: is_sensitive(input_shape),
            sensitive_output: is_sensitive(output_shape),
            pagination: pages.and_then(|pages| self.pagination(pages, &input)),
            batch: batch.and_then(|plan| self.batch(plan)),
            waiters: self.waiters(waiters.unwrap_or_default()),
            checksums: plans.checksums.get(&shape.id).map(checksums),
            compression: compression(shape),
            discovered_endpoint: check::discovery_required(shape)
                .filter(|_| plans.discovery.is_some()),
            discovery_ids: discovery_ids(input_shape),
            call_endpoint: customizations::call_endpoint(input_shape, &input),
            tree_hash: shape.traits.has::<TreeHash>(),
            prepared: customizations::prepared(self.model, input_shape, &input),
            lenient_headers: customizations::lenient_headers(output_shape, &output),
            requires_length: self.requires_length(input_shape),
            host_prefix: host_prefix(shape, &input),
            endpoint_params,
            input,
            output,
            name,
        })
    }

    /// An operation's input or output. Without a shape, it is an empty structure.
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
            Some(shape) => {
                let is_output = role == Role::Output;
                let mut structure = self.structure(shape, name, role, docs);
                let unwrapped = self.protocol.get(&operation.traits);
                structure.xml.unwrapped =
                    is_output && unwrapped.is_some_and(|S3UnwrappedXmlOutput| true);
                structure
            }
            None => Structure {
                id: operation.id.clone(),
                builder: names::builder(&name),
                docs,
                deprecated: None,
                fallible: matches!(role, Role::Input { .. }),
                constructor: constructor::of(&role, &[]),
                role,
                xml: Xml::default(),
                members: Vec::new(),
                has_body: false,
                nested: false,
                name,
            },
        }
    }

    /// Whether a stream of an input must have a known length.
    fn requires_length(&self, input: Option<&'m Shape>) -> bool {
        let mut members = input.into_iter().flat_map(|input| &input.members);
        members.any(|member| {
            let target = self.model.target(member);
            target.is_some_and(|target| target.traits.has::<RequiresLength>())
        })
    }

    fn error_variants(&mut self, operation: &ModelOperation) -> Vec<ErrorVariant> {
        let model = self.model;
        let ids: BTreeSet<&ShapeId> = operation
            .errors
            .iter()
            .chain(&self.selection.service.errors)
            .map(|target| &target.id)
            .collect();
        let mut variants: Vec<ErrorVariant> = ids
            .into_iter()
            .filter_map(|id| model.get(id))
            .map(|shape| self.error_variant(shape))
            .collect();
        variants.sort_by(|a, b| a.name.cmp(&b.name));
        variants
    }

    fn discovery(&self, plan: &DiscoveryPlan<'_>) -> Discovery {
        let name = self.naming.operation(plan.operation);
        Discovery {
            operation: (names::operation_module(&name), name),
            invalid_endpoint: plan.error.map(|shape| self.error_code(shape)),
        }
    }

    fn error_variant(&self, shape: &Shape) -> ErrorVariant {
        let name = self.naming.shape(shape);
        let variant = names::error_variant(&name);
        ErrorVariant {
            is_method: names::is_method(&variant),
            docs: docs::of_shape(shape),
            variant,
            name,
        }
    }

    fn error(&mut self, shape: &'m Shape) -> Structure {
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
    fn error_code(&self, shape: &Shape) -> String {
        // In awsQuery, and where a service kept its codes.
        let traits = &self.selection.service_shape.traits;
        let has_codes = self.protocol.id() == protocols::AWS_QUERY
            || self.protocol.get::<AwsQueryCompatible>(traits).is_some();
        let query_error = shape.traits.get().filter(|_| has_codes);
        let code = query_error.map(|AwsQueryError { code }| code.clone());
        code.unwrap_or_else(|| shape.id.name().to_owned())
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

    fn named_type(&mut self, shape: &'m Shape) -> Option<Type> {
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
    fn nameless_item(&mut self, list: &'m Shape, item: String) -> String {
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
    fn collection(&mut self, shape: &'m Shape) -> String {
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

fn checksums(plan: &ChecksumPlan<'_>) -> Checksums {
    Checksums {
        algorithm_header: plan.algorithm_header.map(str::to_owned),
        required: plan.required,
        md5: plan.md5,
        validation_header: plan.validation_header.map(str::to_owned),
        response_algorithms: plan
            .response_algorithms
            .iter()
            .map(ToString::to_string)
            .collect(),
    }
}

fn compression(operation: &Shape) -> Vec<String> {
    let compression: Option<&RequestCompression> = operation.traits.get();
    compression
        .map(|it| it.encodings.clone())
        .unwrap_or_default()
}

/// The host prefix: literals, and labels with the fields of the input that fill them.
fn host_prefix(operation: &Shape, input: &Structure) -> Vec<(Segment, Option<String>)> {
    let endpoint: Option<&Endpoint> = operation.traits.get();
    let segments = endpoint.map(|endpoint| endpoint.host_prefix.as_slice());
    let field = |name: &str| {
        let mut members = input.members.iter();
        let member = members.find(|member| member.name == name)?;
        Some(member.field.clone())
    };
    segments
        .unwrap_or_default()
        .iter()
        .map(|segment| match segment {
            Segment::Label(label) => (segment.clone(), field(label)),
            _ => (segment.clone(), None),
        })
        .collect()
}

/// Whether a shape contains anything sensitive.
fn holds_sensitive<'m>(model: &'m Model, shape: &'m Shape) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![shape];
    while let Some(shape) = open.pop() {
        if shape.traits.has::<Sensitive>() {
            return true;
        }
        if !seen.insert(&shape.id) {
            continue;
        }
        for member in &shape.members {
            if member.traits.has::<Sensitive>() {
                return true;
            }
            open.extend(model.target(member));
        }
    }
    false
}

/// The members of an input that identify the endpoint of a call.
fn discovery_ids(input: Option<&Shape>) -> Vec<String> {
    let members = input.into_iter().flat_map(|input| &input.members);
    members
        .filter(|member| member.traits.has::<ClientEndpointDiscoveryId>())
        .map(|member| member.name.clone())
        .collect()
}
