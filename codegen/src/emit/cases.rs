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
    let (mut requests, mut responses) = (Vec::new(), Vec::new());
    let mut cases = Vec::new();
    for case in &ir.cases {
        let (module, tests) = match case.kind {
            CaseKind::Request(_) => ("requests", &mut requests),
            CaseKind::Response { .. } | CaseKind::Events => ("responses", &mut responses),
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
        })],
    };
    (
        BTreeMap::from([("tests/protocol.rs".to_owned(), file)]),
        cases,
    )
}

struct Writer<'a> {
    ir: &'a Ir,
    values: Values<'a>,
}

impl Writer<'_> {
    fn test(&self, case: &Case) -> Result<TokenStream, String> {
        let place = *case.operation.as_ref().map_err(Clone::clone)?;
        let operation = self.ir.operations.get(place);
        let operation = operation.ok_or_else(|| "the operation is not generated".to_owned())?;
        let body = match &case.kind {
            CaseKind::Request(request) => self.request(case, operation, request)?,
            CaseKind::Events => {
                return Err("tests of event streams are not generated yet".to_owned());
            }
            CaseKind::Response {
                code,
                message,
                error,
            } => {
                let read = match error.map(|place| self.ir.errors.get(place)) {
                    None => self.output(case, operation)?,
                    Some(Some(error)) => self.error(case, operation, error)?,
                    Some(None) => return Err("the error is not generated".to_owned()),
                };
                let input = self.values.required(&operation.input)?;
                let (method, code, message) = (
                    ident(&operation.method),
                    number(code),
                    self::message(message, false),
                );
                let id = &case.id;
                quote! {
                    let case = ResponseCase {
                        id: #id,
                        code: #code,
                        #message
                        ..ResponseCase::default()
                    };
                    let client = Client::from_conf(case.config());
                    let result = client.#method() #input.send().await;
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
        let (call, id) = (ident(&operation.method), &case.id);
        Ok(quote! {
            let case = RequestCase {
                id: #id,
                method: #method,
                uri: #uri,
                #(#fields)*
                #message
                #vendor
                ..RequestCase::default()
            };
            let (config, sent) = case.start();
            let result = Client::from_conf(config).#call() #setters.send().await;
            case.check(sent, result).await;
        })
    }

    /// Compares the output with what is expected.
    fn output(&self, case: &Case, operation: &Operation) -> Result<TokenStream, String> {
        let (module, name) = (
            ident(&self.ir.service.crate_name.replace('-', "_")),
            ident(&operation.output.name),
        );
        let of = ident(&operation.module);
        let path = quote!(#module::operation::#of::#name);
        let params = case.params.as_deref();
        let (expected, checks) = self.compared(&operation.output, &path, params)?;
        Ok(quote! {
            let output = result.expect("an output");
            #expected
            #checks
        })
    }

    /// Compares the error with what is expected.
    fn error(
        &self,
        case: &Case,
        operation: &Operation,
        error: &Structure,
    ) -> Result<TokenStream, String> {
        let path = self.values.path(&error.name, true);
        let (expected, checks) = self.compared(error, &path, case.params.as_deref())?;
        let (module, of) = (
            ident(&self.ir.service.crate_name.replace('-', "_")),
            ident(&operation.module),
        );
        let enumeration = ident(&names::operation_error(&operation.name));
        let variant = ident(&names::error_variant(&error.name));
        Ok(quote! {
            let error = result.expect_err("an error").into_service_error();
            let #module::operation::#of::#enumeration::#variant(output) = error else {
                panic!("another error: {error:?}");
            };
            #expected
            #checks
        })
    }

    /// The value that is expected, and the comparison of each member with it.
    fn compared(
        &self,
        structure: &Structure,
        path: &TokenStream,
        params: Option<&Node>,
    ) -> Result<(TokenStream, TokenStream), String> {
        let mut expected = TokenStream::new();
        if structure
            .members
            .iter()
            .any(|member| member.presence != Presence::Streaming)
        {
            let value = self.values.structure(structure, path, params)?;
            expected = quote!(let expected = #value;);
        }
        let checks = structure.members.iter().map(|member| {
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

fn optional(field: &str, value: Option<&str>) -> Option<TokenStream> {
    let field = ident(field);
    value.map(|value| quote!(#field: Some(#value),))
}

fn texts(field: &str, values: &[String]) -> Option<TokenStream> {
    let field = ident(field);
    (!values.is_empty()).then(|| quote!(#field: &[#(#values),*],))
}
