//! Calls a service's operations with the cases in the file that `DIFFERENTIAL_CASES` names, a line of JSON each,
//! and writes what came of them to the file that `DIFFERENTIAL_RESULTS` names. `cargo xtask differential` adds this
//! program to the crate that it generates, whose library it calls `service`.

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_schema::document::{DocumentShapeDeserializer, DocumentShapeSerializer};
use aws_smithy_schema::serde::ShapeSerializer;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::{Document, Number, base64};
use serde_json::{Map, Value, json};
use service::{Client, OPERATIONS};
use smithy_client::config::{Config, Region};
use smithy_operation::{Handle, OperationDescriptor, Overrides};
use std::error::Error;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::sync::{Arc, Mutex};

type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Stands for the network: keeps the last request, and gives each the answer of the case.
#[derive(Debug, Clone, Default)]
struct Wire(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    answer: Value,
    sent: Option<Value>,
}

impl Wire {
    fn start(&self, answer: &Value) -> Fallible<()> {
        let mut state = self.0.lock().map_err(|error| error.to_string())?;
        state.answer = answer.clone();
        state.sent = None;
        Ok(())
    }

    fn sent(&self) -> Fallible<Option<Value>> {
        Ok(self
            .0
            .lock()
            .map_err(|error| error.to_string())?
            .sent
            .take())
    }

    async fn exchange(&self, mut request: HttpRequest) -> Fallible<HttpResponse> {
        let body = std::mem::replace(request.body_mut(), SdkBody::taken());
        let body = ByteStream::new(body).collect().await?;
        let mut headers = Map::new();
        for (name, value) in request.headers() {
            headers.insert(name.to_owned(), value.into());
        }
        let mut state = self.0.lock().map_err(|error| error.to_string())?;
        state.sent = Some(json!({
            "method": request.method(),
            "url": request.uri(),
            "headers": headers,
            "body": base64::encode(body.to_vec()),
        }));
        respond(&state.answer)
    }
}

/// The response that a case describes; without a description, an empty one.
fn respond(answer: &Value) -> Fallible<HttpResponse> {
    let status = u16::try_from(answer["status"].as_u64().unwrap_or(200))?;
    let body = base64::decode(answer["body"].as_str().unwrap_or_default())?;
    let mut response = HttpResponse::new(status.try_into()?, SdkBody::from(body));
    for (name, value) in answer["headers"].as_object().into_iter().flatten() {
        let value = value.as_str().unwrap_or_default().to_owned();
        response.headers_mut().try_append(name.to_owned(), value)?;
    }
    Ok(response)
}

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let wire = self.clone();
        HttpConnectorFuture::new(async move {
            let answer = wire.exchange(request).await;
            answer.map_err(|error| ConnectorError::other(error, None))
        })
    }
}

impl HttpClient for Wire {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

fn document(value: &Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(*value),
        Value::Number(number) => Document::Number(match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Number::PosInt(number),
            (None, Some(number)) => Number::NegInt(number),
            (None, None) => Number::Float(number.as_f64().unwrap_or_default()),
        }),
        Value::String(text) => Document::String(text.clone()),
        Value::Array(items) => Document::Array(items.iter().map(document).collect()),
        Value::Object(members) => {
            let members = members.iter();
            Document::Object(
                members
                    .map(|(name, value)| (name.clone(), document(value)))
                    .collect(),
            )
        }
    }
}

fn plain(document: &Document) -> Value {
    match document {
        Document::Null => Value::Null,
        Document::Bool(value) => json!(value),
        Document::Number(Number::PosInt(number)) => json!(number),
        Document::Number(Number::NegInt(number)) => json!(number),
        Document::Number(Number::Float(number)) => json!(number),
        Document::String(text) => json!(text),
        Document::Array(items) => items.iter().map(plain).collect(),
        Document::Object(members) => {
            let members = members.iter();
            members
                .map(|(name, value)| (name.clone(), plain(value)))
                .collect()
        }
    }
}

/// What came of a case: the request, and the output or the error.
async fn call(handle: &Handle, wire: &Wire, case: &Value) -> Fallible<Value> {
    let name = case["operation"].as_str().unwrap_or_default();
    let operation: Option<&'static OperationDescriptor> = OPERATIONS
        .iter()
        .copied()
        .find(|operation| operation.name == name);
    let operation = operation.ok_or("the crate has no such operation")?;
    wire.start(&case["answer"])?;
    let input = document(&case["input"]);
    let input = (operation.vtable.read_input)(&mut DocumentShapeDeserializer::new(&input))?;
    let result = handle
        .invoke_erased(operation, input, Overrides::default())
        .await;
    let mut outcome = json!({ "request": wire.sent()? });
    match result {
        Ok(output) => {
            let shape =
                (operation.vtable.output)(&output).ok_or("the output is of another operation")?;
            let mut serializer = DocumentShapeSerializer::new();
            ShapeSerializer::write_struct(&mut serializer, operation.schema.output(), shape)?;
            outcome["output"] = plain(&serializer.finish()?.into_document());
        }
        Err(error) => {
            let text = format!("{}", smithy_operation::error::DisplayErrorContext(&error));
            if let Some(view) = error
                .as_service_error()
                .and_then(|error| (operation.vtable.error)(error))
            {
                outcome["code"] = json!(view.meta().code());
                outcome["message"] = json!(view.meta().message());
            }
            outcome["failed"] = text.into();
        }
    }
    Ok(outcome)
}

#[tokio::test]
async fn cases() -> Fallible<()> {
    let file = |name: &str| std::env::var(name).map_err(|_| format!("{name} is not set"));
    let cases = BufReader::new(std::fs::File::open(file("DIFFERENTIAL_CASES")?)?);
    let mut results = BufWriter::new(std::fs::File::create(file("DIFFERENTIAL_RESULTS")?)?);
    let wire = Wire::default();
    let config = Config::builder()
        .behavior_version_latest()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new(
            "ANOTREAL",
            "notrealrnrELgWzOk3IfjzDKtFBhDby",
            None,
            None,
            "test",
        ))
        .retry_config(RetryConfig::disabled())
        .idempotency_token_provider("00000000-0000-4000-8000-000000000000")
        .http_client(wire.clone())
        .build();
    let client = Client::from_conf(config);
    for line in cases.lines() {
        let case: Value = serde_json::from_str(&line?)?;
        let outcome = match call(client.as_ref(), &wire, &case).await {
            Ok(outcome) => outcome,
            Err(error) => json!({ "failed": error.to_string() }),
        };
        writeln!(results, "{outcome}")?;
    }
    results.flush()?;
    Ok(())
}
