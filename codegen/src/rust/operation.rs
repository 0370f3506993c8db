//! Operations: their inputs and outputs, and what the model says of their requests.

use super::{Lowering, constructor, customizations, docs};
use crate::check::{self, ChecksumPlan, DiscoveryPlan, Plans};
use crate::ir::{
    Checksums, Discovery, EndpointParam, ErrorVariant, Operation, Role, Structure, Xml,
};
use crate::model::{Kind, Model, Operation as ModelOperation, Shape};
use crate::names;
use crate::shape_id::ShapeId;
use crate::traits::auth::UnsignedPayload;
use crate::traits::constraints::RequiresLength;
use crate::traits::customizations::TreeHash;
use crate::traits::endpoint::ClientEndpointDiscoveryId;
use crate::traits::http::{Endpoint, RequestCompression};
use crate::traits::shapes::Sensitive;
use crate::traits::uri::Segment;
use crate::traits::xml::S3UnwrappedXmlOutput;
use std::collections::BTreeSet;

impl<'m> Lowering<'_, 'm> {
    pub(super) fn operation(
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

    pub(super) fn discovery(&self, plan: &DiscoveryPlan<'_>) -> Discovery {
        let name = self.naming.operation(plan.operation);
        Discovery {
            operation: (names::operation_module(&name), name),
            invalid_endpoint: plan.error.map(|shape| self.error_code(shape)),
        }
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
