//! What services and operations need beyond their protocol.

use crate::ir::{Binding, Customizations, Member, Preparation, RetryOn, RetryRule, Structure, Ty};
use crate::model::{Member as ModelMember, Model, Shape};
use crate::settings::Settings;
use crate::traits::Traits;
use crate::traits::customizations::{
    CallEndpoint, EmptyErrors, EndpointLabels, ErrorsInSuccess, InputDefault, LastSegment,
    LenientHeader, RawPaths, RequestHeaders, RetriedCodes, SettingSources,
};
use crate::traits::endpoint::{ContextParam, EndpointDiagram, EndpointRuleSet};

/// What a service needs.
pub(super) fn of_service(traits: &Traits) -> Customizations {
    let headers = traits.get().map(|RequestHeaders(headers)| headers.clone());
    let codes = traits.get().map(|EmptyErrors(codes)| codes.clone());
    let labels = traits.get().map(|EndpointLabels(names)| names.clone());
    let settings = traits
        .get()
        .map(|SettingSources(settings)| settings.clone());
    Customizations {
        request_headers: headers.unwrap_or_default(),
        empty_errors: codes.unwrap_or_default(),
        endpoint_labels: labels
            .filter(|_| has_endpoint_rules(traits))
            .unwrap_or_default(),
        errors_in_success: traits.has::<ErrorsInSuccess>(),
        raw_paths: traits.has::<RawPaths>(),
        settings: settings.unwrap_or_default(),
    }
}

/// The retries of the settings, and those of the service itself.
pub(super) fn retries(traits: &Traits, settings: &Settings) -> Vec<RetryRule> {
    let mut rules = settings.retries.clone();
    if let Some(RetriedCodes(codes)) = traits.get() {
        rules.extend(codes.iter().map(|(code, retry)| RetryRule {
            on: RetryOn::Code(code.clone()),
            retry: *retry,
        }));
    }
    rules
}

/// Takes labels out of a URI that the endpoint of the call contains.
pub(super) fn drop_endpoint_labels(service: &Traits, input: Option<&Shape>, uri: &mut String) {
    let (Some(EndpointLabels(names)), Some(input)) = (service.get(), input) else {
        return;
    };
    if !has_endpoint_rules(service) {
        return;
    }
    for name in names {
        let is_parameter = |member: &ModelMember| member.traits.has::<ContextParam>();
        if input.member(name).is_some_and(is_parameter) {
            *uri = uri.replacen(&format!("/{{{name}}}"), "", 1);
        }
    }
    if !uri.starts_with('/') {
        uri.insert(0, '/');
    }
}

fn has_endpoint_rules(service: &Traits) -> bool {
    service.has::<EndpointRuleSet>() || service.has::<EndpointDiagram>()
}

/// The field of the input that is the URL of the call.
pub(super) fn call_endpoint(shape: Option<&Shape>, input: &Structure) -> Option<String> {
    let (_, member) = strings(shape, input).find(|(own, _)| own.traits.has::<CallEndpoint>())?;
    Some(member.field.clone())
}

/// The fields of an input that are changed before it is sent.
pub(super) fn prepared(
    model: &Model,
    shape: Option<&Shape>,
    input: &Structure,
) -> Vec<(String, Preparation)> {
    let mut prepared = Vec::new();
    for (own, member) in strings(shape, input) {
        let field = || member.field.clone();
        if let Some(InputDefault(default)) = own.traits.get() {
            prepared.push((field(), Preparation::Default(default.clone())));
        }
        if let Some(LastSegment) = model.trait_of(own) {
            prepared.push((field(), Preparation::LastSegment));
        }
    }
    prepared
}

/// The headers of a response whose timestamps may be malformed.
pub(super) fn lenient_headers(shape: Option<&Shape>, output: &Structure) -> Vec<(String, String)> {
    let members = both(shape, output);
    let headers = members.filter_map(|(own, member)| {
        let LenientHeader(text) = own.traits.get()?;
        match &member.schema.binding {
            Some(Binding::Header(name)) => Some((name.to_ascii_lowercase(), text.clone())),
            _ => None,
        }
    });
    headers.collect()
}

/// The members of a structure that are strings.
fn strings<'m>(
    shape: Option<&'m Shape>,
    structure: &'m Structure,
) -> impl Iterator<Item = (&'m ModelMember, &'m Member)> {
    both(shape, structure).filter(|(_, member)| member.ty == Ty::String)
}

/// The members of a structure, in the model and in Rust.
fn both<'m>(
    shape: Option<&'m Shape>,
    structure: &'m Structure,
) -> impl Iterator<Item = (&'m ModelMember, &'m Member)> {
    structure.members.iter().filter_map(move |member| {
        let own = shape?.member(&member.name)?;
        Some((own, member))
    })
}
