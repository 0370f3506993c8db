//! Protocol tests: a test for each case, which calls the client.

use super::value::Values;
use super::{File, Section, ident, number};
use crate::ir::cases::{Case, CaseKind};
use crate::ir::{Binding, Ir, Operation, Presence, Structure};
use crate::source::json::{Node, Value};
use crate::traits::tests::{ExpectedRequest, Message};
use crate::{ProtocolCase, names};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// The file of the tests, by its path in the crate, and all cases, with the tests of those that have one.
pub(crate) fn files(ir: &Ir) -> (BTreeMap<String, File>, Vec<ProtocolCase>) {
    let writer = Writer {
        ir,
        values: Values::new(ir),
    };
    let (mut requests, mut responses, mut events) = (Vec::new(), Vec::new(), Vec::new());
    let mut cases = Vec::new();
    for case in &ir.cases {
        let module = case.kind.module();
        let tests = match case.kind {
            CaseKind::Request(_) => &mut requests,
            CaseKind::Response { .. } => &mut responses,
            CaseKind::Events(_) => &mut events,
        };
        let written = writer.test(case);
        cases.push(ProtocolCase {
            id: case.id.clone(),
            protocol: ir.service.protocol.name(),
            test: match &written {
                Ok(_) => Ok(format!("{module}::{}", case.test)),
                Err(reason) => Err(reason.clone()),
            },
        });
        tests.extend(written.ok());
    }
    let module = ident(&ir.service.crate_name.replace('-', "_"));
    let events = (!events.is_empty()).then(|| {
        quote! {
            /// Events become messages of requests, and messages of responses become events.
            mod events {
                use #module::Client;
                use ::smithy_protocol_test::{
                    EventHeader, EventMessage, EventsCase, RequestCase, ResponseCase, check, check_prefixed,
                    ended, fails, next_error, next_event, sender,
                };

                #(#events)*
            }
        }
    });
    let file = File {
        docs: vec![format!(
            "Tests of {}, which the model describes.",
            ir.service.protocol.name()
        )],
        sections: vec![Section::Items(quote! {
            #![allow(
                clippy::needless_update,
                clippy::approx_constant,
                clippy::excessive_precision,
                deprecated,
                unused_imports,
                reason = "a case names what it has"
            )]

            /// Inputs become requests.
            mod requests {
                use #module::Client;
                use ::smithy_protocol_test::RequestCase;

                #(#requests)*
            }

            /// Responses become outputs and errors.
            mod responses {
                use #module::Client;
                use ::smithy_protocol_test::{ResponseCase, check, check_prefixed, check_stream};

                #(#responses)*
            }

            #events
        })],
    };
    (
        BTreeMap::from([("tests/protocol.rs".to_owned(), file)]),
        cases,
    )
}

pub(super) struct Writer<'a> {
    pub(super) ir: &'a Ir,
    pub(super) values: Values<'a>,
}

impl Writer<'_> {
    fn test(&self, case: &Case) -> Result<TokenStream, String> {
        let place = *case.operation.as_ref().map_err(Clone::clone)?;
        let operation = self.ir.operations.get(place);
        let operation = operation.ok_or_else(|| "the operation is not generated".to_owned())?;
        let body = match &case.kind {
            CaseKind::Request(request) => self.request(case, operation, request)?,
            CaseKind::Events(test) => self.events(case, operation, test)?,
            CaseKind::Response {
                code,
                message,
                error,
            } => {
                let read = match error.map(|place| self.ir.errors.get(place)) {
                    None => self.output(operation, case.params.as_deref())?,
                    Some(Some(error)) => self.error(operation, error, case.params.as_deref())?,
                    Some(None) => return Err("the error is not generated".to_owned()),
                };
                let required = self.values.required(&operation.input, None)?;
                let streams = self.values.setters(&operation.input, None)?;
                let method = ident(&operation.method);
                let response = response_case(&case.id, *code, message);
                quote! {
                    let case = #response;
                    let client = Client::from_conf(case.config());
                    let result = client.#method() #required #streams.send().await;
                    #read
                }
            }
        };
        let name = ident(&case.test);
        let docs = case.documentation.iter().flat_map(|text| {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.map(|line| format!(" {line}")).collect::<Vec<_>>()
        });
        Ok(quote! {
            #(#[doc = #docs])*
            #[tokio::test]
            async fn #name() {
                #body
            }
        })
    }

    fn request(
        &self,
        case: &Case,
        operation: &Operation,
        request: &ExpectedRequest,
    ) -> Result<TokenStream, String> {
        let setters = self
            .values
            .setters(&operation.input, case.params.as_deref())?;
        let request = request_case(case, request);
        let call = ident(&operation.method);
        Ok(quote! {
            let case = #request;
            let (config, sent) = case.start();
            let result = Client::from_conf(config).#call() #setters.send().await;
            case.check(sent, result).await;
        })
    }

    /// Compares the output with what is expected.
    fn output(&self, operation: &Operation, params: Option<&Node>) -> Result<TokenStream, String> {
        let (expected, checks) = self.output_compared(operation, params)?;
        Ok(quote! {
            let output = result.expect("an output");
            #expected
            #checks
        })
    }

    /// The output that is expected, and the comparison of each member with it.
    pub(super) fn output_compared(
        &self,
        operation: &Operation,
        params: Option<&Node>,
    ) -> Result<(TokenStream, TokenStream), String> {
        let (module, name) = (
            ident(&self.ir.service.crate_name.replace('-', "_")),
            ident(&operation.output.name),
        );
        let of = ident(&operation.module);
        let path = quote!(#module::operation::#of::#name);
        self.compared(&operation.output, &path, params)
    }

    /// Compares the error with what is expected.
    pub(super) fn error(
        &self,
        operation: &Operation,
        error: &Structure,
        params: Option<&Node>,
    ) -> Result<TokenStream, String> {
        let path = self.values.path(&error.name, true);
        let (expected, checks) = self.compared(error, &path, params)?;
        let kind = self.error_kind(operation, error);
        Ok(quote! {
            #kind
            #expected
            #checks
        })
    }

    /// Judges which error it is, which is `output` then.
    pub(super) fn error_kind(&self, operation: &Operation, error: &Structure) -> TokenStream {
        let (module, of) = (
            ident(&self.ir.service.crate_name.replace('-', "_")),
            ident(&operation.module),
        );
        let enumeration = ident(&names::operation_error(&operation.name));
        let variant = ident(&names::error_variant(&error.name));
        quote! {
            let error = result.expect_err("an error").into_service_error();
            let #module::operation::#of::#enumeration::#variant(output) = error else {
                panic!("another error: {error:?}");
            };
        }
    }

    /// The value that is expected, and the comparison of each member with it.
    pub(super) fn compared(
        &self,
        structure: &Structure,
        path: &TokenStream,
        params: Option<&Node>,
    ) -> Result<(TokenStream, TokenStream), String> {
        let mut expected = TokenStream::new();
        if structure
            .members
            .iter()
            .any(|member| !matches!(member.presence, Presence::Streaming | Presence::Events))
        {
            let value = self.values.structure(structure, path, params)?;
            expected = quote!(let expected = #value;);
        }
        let members = structure.members.iter();
        let members = members.filter(|member| member.presence != Presence::Events);
        let checks = members.map(|member| {
            let (name, field) = (&member.name, ident(&member.field));
            if member.presence == Presence::Streaming {
                let given = params.and_then(|params| params.get(name));
                let text = match given.map(|node| &node.value) {
                    Some(Value::String(text)) => text.as_str(),
                    _ => "",
                };
                quote!(check_stream(#name, output.#field, #text).await;)
            } else if let Some(Binding::PrefixHeaders(_)) = member.schema.binding {
                quote!(check_prefixed(#name, &output.#field, &expected.#field);)
            } else {
                quote!(check(#name, &output.#field, &expected.#field);)
            }
        });
        let checks = quote!(#(#checks)*);
        let unused = structure.members.is_empty();
        let unused = unused.then(|| quote!(let _ = output;));
        Ok((expected, quote!(#checks #unused)))
    }
}

/// A case of a request.
pub(super) fn request_case(case: &Case, request: &ExpectedRequest) -> TokenStream {
    let ExpectedRequest {
        method,
        uri,
        host,
        resolved_host,
        auth_scheme,
        query_params,
        forbid_query_params,
        require_query_params,
        message,
    } = request;
    let fields = [
        optional("host", host.as_deref()),
        optional("resolved_host", resolved_host.as_deref()),
        optional("auth_scheme", auth_scheme.as_deref()),
        texts("query_params", query_params),
        texts("forbid_query_params", forbid_query_params),
        texts("require_query_params", require_query_params),
    ];
    let (message, vendor) = (self::message(message, true), vendor(case));
    let id = &case.id;
    quote! {
        RequestCase {
            id: #id,
            method: #method,
            uri: #uri,
            #(#fields)*
            #message
            #vendor
            ..RequestCase::default()
        }
    }
}

/// A case of a response.
pub(super) fn response_case(id: &str, code: u16, message: &Message) -> TokenStream {
    let (code, message) = (number(code), self::message(message, false));
    quote! {
        ResponseCase {
            id: #id,
            code: #code,
            #message
            ..ResponseCase::default()
        }
    }
}

/// The fields for headers and body.
fn message(message: &Message, is_request: bool) -> TokenStream {
    let Message {
        headers,
        forbid_headers,
        require_headers,
        body,
        body_media_type,
    } = message;
    let fields = [
        optional("body", body.as_deref()),
        optional("body_media_type", body_media_type.as_deref()),
    ];
    let headers = (!headers.is_empty()).then(|| {
        let headers = headers.iter().map(|(name, value)| quote!((#name, #value)));
        quote!(headers: &[#(#headers),*],)
    });
    let others = is_request.then(|| {
        [
            texts("forbid_headers", forbid_headers),
            texts("require_headers", require_headers),
        ]
    });
    let others = others.into_iter().flatten();
    quote!(#headers #(#fields)* #(#others)*)
}

fn vendor(case: &Case) -> Option<TokenStream> {
    let text = case.vendor_params.as_ref()?.to_plain().to_string();
    Some(quote!(vendor_params: Some(#text),))
}

pub(super) fn optional(field: &str, value: Option<&str>) -> Option<TokenStream> {
    let field = ident(field);
    value.map(|value| quote!(#field: Some(#value),))
}

pub(super) fn texts(field: &str, values: &[String]) -> Option<TokenStream> {
    let field = ident(field);
    (!values.is_empty()).then(|| quote!(#field: &[#(#values),*],))
}
