//! Protocol tests of event streams.

use super::cases::{Writer, optional, request_case, response_case, texts};
use super::{ident, number};
use crate::ir::cases::Case;
use crate::ir::{Operation, Structure, Ty, Type, Union};
use crate::names;
use crate::source::json::{Entry, Node, Value};
use crate::traits::tests::{Event, EventHeader, EventStreamTest, Expectation};
use proc_macro2::TokenStream;
use quote::quote;

impl Writer<'_> {
    pub(super) fn events(
        &self,
        case: &Case,
        operation: &Operation,
        test: &EventStreamTest,
    ) -> Result<TokenStream, String> {
        let request = test.request.as_ref().map(|request| {
            let request = request_case(case, request);
            quote!(request: Some(#request),)
        });
        let response = test.response.as_ref().map(|(code, message)| {
            let response = response_case(&case.id, *code, message);
            quote!(response: Some(#response),)
        });
        let (sent, received) = (
            messages("sent", &test.sent)?,
            messages("received", &test.received)?,
        );
        let input = self.input(operation, test)?;
        let judged = self.judged(operation, test)?;
        let (id, call) = (&case.id, ident(&operation.method));
        Ok(quote! {
            let case = EventsCase {
                id: #id,
                #request
                #sent
                #response
                #received
                ..EventsCase::default()
            };
            let (config, sent) = case.start();
            let result = Client::from_conf(config).#call() #input.send().await;
            case.check(sent, &result);
            #judged
        })
    }

    /// Calls of the setters of the input: its members, and a stream of the events to send.
    fn input(&self, operation: &Operation, test: &EventStreamTest) -> Result<TokenStream, String> {
        let params = test.input.as_deref();
        let required = self.values.required(&operation.input, params)?;
        let events = test.sent.iter().filter_map(modelled).map(|params| {
            let (_, union) = self.stream(&operation.input)?;
            let entry = only_entry(params)?;
            Ok(match self.error_of(union, &entry.key) {
                Some((path, error)) => {
                    let error_path = self.values.path(&error.name, true);
                    let error = self
                        .values
                        .structure(error, &error_path, Some(&entry.value))?;
                    quote!(Err(#path(#error)))
                }
                None => {
                    let event = self.event(union, params)?;
                    quote!(Ok(#event))
                }
            })
        });
        let events = events.collect::<Result<Vec<_>, String>>()?;
        if events.is_empty() {
            let setters = self.values.setters(&operation.input, params)?;
            return Ok(quote!(#required #setters));
        }
        let members = self.values.members(&operation.input, params)?;
        let stream = operation.input.stream();
        let setter = stream.map(|member| ident(&member.setter));
        Ok(quote!(#required #members.#setter(Some(sender([#(#events),*])))))
    }

    /// Judges the result of the call.
    fn judged(&self, operation: &Operation, test: &EventStreamTest) -> Result<TokenStream, String> {
        let is_described =
            test.response.is_some() || test.output.is_some() || !test.received.is_empty();
        if !is_described && test.expectation == Expectation::Success {
            // The empty response that is served may lack required members.
            return Ok(TokenStream::new());
        }
        let field = self.stream(&operation.output).ok().map(|(field, _)| field);
        let mut expected: Vec<&Node> = test.received.iter().filter_map(modelled).collect();
        let error = match &test.expectation {
            Expectation::Failure { error: None } => {
                return Ok(match field {
                    Some(field) => quote! {
                        if let Ok(mut output) = result {
                            fails(&mut output.#field).await;
                        }
                    },
                    None => quote!(result.expect_err("a failure");),
                });
            }
            Expectation::Failure { error: Some(id) } => {
                let mut errors = self.ir.errors.iter();
                let error = errors.find(|error| error.id.to_string() == *id);
                Some(error.ok_or_else(|| format!("the error {id} is not generated"))?)
            }
            Expectation::Success => None,
        };
        let error = match (error, expected.pop_if(|_| error.is_some())) {
            (Some(error), None) => {
                let Some(params) = test.output.as_deref() else {
                    let kind = self.error_kind(operation, error);
                    return Ok(quote!(#kind let _ = output;));
                };
                return self.error(operation, error, Some(params));
            }
            (_, params) => params,
        };
        let members = match &test.output {
            Some(params) => {
                let (expected, checks) = self.output_compared(operation, Some(params))?;
                quote!({ #expected #checks })
            }
            None => TokenStream::new(),
        };
        let Some(field) = field else {
            return Ok(quote! {
                let output = result.expect("an output");
                let _ = &output;
                #members
            });
        };
        let (_, union) = self.stream(&operation.output)?;
        let events = expected.into_iter().map(|params| self.event(union, params));
        let events = events.collect::<Result<Vec<_>, String>>()?;
        let end = match error {
            Some(params) => self.stream_error(union, &field, params)?,
            None => quote!(ended(&mut output.#field).await;),
        };
        Ok(quote! {
            let mut output = result.expect("an output");
            #members
            #(check("event", &next_event(&mut output.#field).await, &#events);)*
            #end
        })
    }

    /// Compares the error that ends a stream with what is expected.
    fn stream_error(
        &self,
        union: &Union,
        field: &TokenStream,
        params: &Node,
    ) -> Result<TokenStream, String> {
        let entry = only_entry(params)?;
        let (path, error) = self
            .error_of(union, &entry.key)
            .ok_or_else(|| format!("`{}` has no error `{}`", union.name, entry.key))?;
        let error_path = self.values.path(&error.name, true);
        let (expected, checks) = self.compared(error, &error_path, Some(&entry.value))?;
        Ok(quote! {
            let error = next_error(&mut output.#field).await;
            let #path(output) = error else {
                panic!("another error: {error:?}");
            };
            #expected
            #checks
        })
    }

    fn event(&self, union: &Union, params: &Node) -> Result<TokenStream, String> {
        let ty = Ty::Shape {
            name: union.name.clone(),
            boxed: false,
            error: false,
        };
        self.values.value(&ty, params)
    }

    /// The error that is a member of an event stream, and its variant.
    fn error_of(&self, union: &Union, member: &str) -> Option<(TokenStream, &Structure)> {
        let mut errors = union.errors.iter().flatten();
        let (_, error) = errors.find(|(name, _)| name == member)?;
        let path = self.values.path(&names::stream_error(&union.name), true);
        let variant = ident(&error.variant);
        let structure = self.ir.errors.iter().find(|it| it.name == error.name)?;
        Some((quote!(#path::#variant), structure))
    }

    /// The member that is an event stream, and its union.
    fn stream(&self, structure: &Structure) -> Result<(TokenStream, &Union), String> {
        let none = || format!("`{}` has no event stream", structure.name);
        let member = structure.stream().ok_or_else(none)?;
        let Ty::Events { stream, .. } = &member.ty else {
            return Err(none());
        };
        let union = self.ir.types.iter().find_map(|ty| match ty {
            Type::Union(union) if union.name == *stream => Some(union),
            _ => None,
        });
        let field = ident(&member.field);
        Ok((quote!(#field), union.ok_or_else(none)?))
    }
}

/// The value of an event; `None` if the message holds the other members of an input or output, or is not in
/// the model.
fn modelled(event: &Event) -> Option<&Node> {
    let initial = event.headers.iter().any(|header| {
        let value = header.value.as_str().unwrap_or_default();
        header.name == ":event-type" && matches!(value, "initial-request" | "initial-response")
    });
    event.params.as_deref().filter(|_| !initial)
}

fn only_entry(params: &Node) -> Result<&Entry, String> {
    match params.as_object() {
        Some([entry]) => Ok(entry),
        _ => Err("an event must be an object with one member".to_owned()),
    }
}

/// The field for messages.
fn messages(field: &str, events: &[Event]) -> Result<Option<TokenStream>, String> {
    let messages = events.iter().map(|event| {
        let Event {
            headers,
            forbid_headers,
            require_headers,
            body,
            body_media_type,
            bytes,
            ..
        } = event;
        let headers = headers.iter().map(header).collect::<Result<Vec<_>, _>>()?;
        let headers = (!headers.is_empty()).then(|| quote!(headers: &[#(#headers),*],));
        let fields = [
            texts("forbid_headers", forbid_headers),
            texts("require_headers", require_headers),
            optional("body", body.as_deref()),
            optional("body_media_type", body_media_type.as_deref()),
            optional("bytes", bytes.as_deref()),
        ];
        Ok(quote!(EventMessage { #headers #(#fields)* ..EventMessage::default() }))
    });
    let messages = messages.collect::<Result<Vec<_>, String>>()?;
    let field = ident(field);
    Ok((!messages.is_empty()).then(|| quote!(#field: &[#(#messages),*],)))
}

/// A header, with its name.
fn header(header: &EventHeader) -> Result<TokenStream, String> {
    let EventHeader { name, kind, value } = header;
    let value = match (kind.as_str(), &value.value) {
        ("boolean", Value::Bool(value)) => quote!(Boolean(#value)),
        ("blob", Value::String(text)) => quote!(Blob(#text)),
        ("string", Value::String(text)) => quote!(String(#text)),
        ("timestamp", Value::String(text) | Value::Number(text)) => quote!(Timestamp(#text)),
        ("byte" | "short" | "integer" | "long", Value::Number(text)) => {
            let variant = ident(match kind.as_str() {
                "byte" => "Byte",
                "short" => "Short",
                "integer" => "Integer",
                _ => "Long",
            });
            let magnitude = number(text.trim_start_matches('-'));
            let sign = text.starts_with('-').then(|| quote!(-));
            quote!(#variant(#sign #magnitude))
        }
        _ => {
            return Err(format!(
                "the header `{name}` is of an unknown kind: `{kind}`"
            ));
        }
    };
    Ok(quote!((#name, EventHeader::#value)))
}
