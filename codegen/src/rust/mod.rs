//! Decides everything about the Rust code: names, types, optionality and boxes.

mod batch;
mod cases;
mod constructor;
mod customizations;
mod docs;
mod member;
mod naming;
mod operation;
mod pagination;
mod recursion;
mod shapes;
mod waiters;

use crate::check::{EndpointPlan, Plans};
use crate::ir::{Collection, Ir, Operation, Service, Structure, Type};
use crate::model::Model;
use crate::names;
use crate::protocol::Protocol;
use crate::select::Selection;
use crate::settings::Settings;
use crate::shape_id::ShapeId;
use crate::traits::auth::{Sigv4, Sigv4a};
use crate::traits::docs::Title;
use crate::traits::protocols::{self, AwsQueryCompatible, AwsQueryError};
use crate::traits::service::AwsService;
use crate::traits::xml::XmlNamespace;
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
