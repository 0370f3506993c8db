//! A server for the operations of any service with restJson1: it reads requests by the schemas, checks them, and
//! answers with random outputs.

use crate::values::{self, Wire};
use chime_sdk::dynamic::{self, Document, OperationDescriptor, Operations, Shape};
use fastrand::Rng;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request that arrived.
pub(crate) struct Arrived {
    pub(crate) operation: &'static OperationDescriptor,
    /// The input, with the types of the model and the names of its members.
    pub(crate) input: Value,
}

/// What the server answers.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) error: Option<&'static str>,
    pub(crate) body: String,
}

impl Reply {
    /// A successful response.
    pub(crate) fn ok(body: &Value) -> Self {
        Self {
            status: 200,
            error: None,
            body: body.to_string(),
        }
    }

    /// An error of the service.
    pub(crate) fn error(status: u16, code: &'static str, message: &str) -> Self {
        Self {
            status,
            error: Some(code),
            body: json!({ "Message": message }).to_string(),
        }
    }
}

type Handler = dyn Fn(&Arrived) -> Reply + Send + Sync;

/// A server that listens.
pub(crate) struct Server {
    pub(crate) url: String,
}

impl Server {
    /// Starts a server for these operations.
    pub(crate) fn start(
        operations: Operations,
        handler: impl Fn(&Arrived) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let handler: Arc<Handler> = Arc::new(handler);
        std::thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                let handler = Arc::clone(&handler);
                std::thread::spawn(move || serve(&stream, operations, &*handler));
            }
        });
        Self {
            url: format!("http://{address}"),
        }
    }

    /// Starts a server that answers with random outputs, and keeps inputs and outputs by operation.
    pub(crate) fn random(operations: Operations, seed: u64) -> (Self, Arc<Mutex<Kept>>) {
        let kept: Arc<Mutex<Kept>> = Arc::default();
        let keeping = Arc::clone(&kept);
        let server = Self::start(operations, move |arrived| {
            let mut kept = keeping.lock().expect("no panic");
            // The same output in each run, in whatever order the operations are called.
            let name = arrived.operation.name.bytes();
            let mut rng = Rng::with_seed(name.fold(seed, |a, b| a.wrapping_mul(31) ^ u64::from(b)));
            let shape = arrived.operation.shape();
            let Wire { body, shown } = values::random(shape.output, &mut rng);
            let both = (arrived.input.clone(), shown);
            kept.insert(arrived.operation.name, both);
            let has_body = !shape.output.members.is_empty();
            Reply {
                // The model of Chime has an output with members that cannot arrive: HTTP 204 has no body.
                status: match arrived.operation.status {
                    204 if has_body => 200,
                    status => status,
                },
                error: None,
                body: match has_body {
                    true => body.to_string(),
                    false => String::new(),
                },
            }
        });
        (server, kept)
    }
}

/// The input that arrived and the output as it is shown, by operation.
pub(crate) type Kept = HashMap<&'static str, (Value, Value)>;

fn serve(mut stream: &TcpStream, operations: Operations, handler: &Handler) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).expect("a request");
    let mut headers: HashMap<String, String> = HashMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).expect("a header");
        let Some((name, value)) = header.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length");
    let length = length.map_or(0, |it| it.parse().expect("a length"));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let mut words = line.split(' ');
    let (method, uri) = (
        words.next().expect("a method"),
        words.next().expect("a URI"),
    );
    let reply = match read(operations, method, uri, &headers, &body) {
        Ok(arrived) => handler(&arrived),
        // A test sees the message.
        Err(why) => Reply::error(400, "BadRequestException", &why),
    };
    let error = reply
        .error
        .map_or_else(String::new, |code| format!("x-amzn-errortype: {code}\r\n"));
    let length = match reply.status {
        204 => String::new(),
        _ => format!("content-length: {}\r\n", reply.body.len()),
    };
    let head = format!(
        "HTTP/1.1 {} Reply\r\nconnection: close\r\ncontent-type: application/json\r\n\
         x-amzn-requestid: request-1\r\n{error}{length}\r\n",
        reply.status,
    );
    stream.write_all(head.as_bytes()).expect("sent");
    stream.write_all(reply.body.as_bytes()).expect("sent");
}

/// Reads a request by the schemas. Everything in the request has to be in the model.
fn read(
    operations: Operations,
    method: &str,
    uri: &str,
    headers: &HashMap<String, String>,
    body: &[u8],
) -> Result<Arrived, String> {
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let mut query: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    let mut routes: Vec<_> = operations
        .iter()
        .filter_map(|operation| Some((*operation, route(operation, method, path, &query)?)))
        .collect();
    routes.sort_by_key(|(operation, _)| {
        let uri = operation.schema.input().http().expect("a URI").uri();
        std::cmp::Reverse((uri.contains('?'), uri.split('{').next().map(str::len)))
    });
    let (operation, mut labels) = routes
        .into_iter()
        .next()
        .ok_or_else(|| format!("no operation has {method} {uri}"))?;
    let http = operation.schema.input().http().expect("a URI");
    if let Some((_, fixed)) = http.uri().split_once('?') {
        query.retain(|(name, value)| {
            !form_urlencoded::parse(fixed.as_bytes()).any(|it| it == (name.into(), value.into()))
        });
    }
    let mut sent: Map<String, Value> = match body {
        [] => Map::new(),
        body => serde_json::from_slice(body).map_err(|error| format!("the body: {error}"))?,
    };
    let mut input = Map::new();
    for member in operation.shape().input.members {
        let schema = member.schema;
        let texts: Vec<String> = if schema.http_label().is_some() {
            labels.remove(member.name).into_iter().collect()
        } else if let Some(name) = schema.http_query() {
            let (of_member, rest) = query.into_iter().partition(|(it, _)| it == name.value());
            query = rest;
            let of_member: Vec<(String, String)> = of_member;
            of_member.into_iter().map(|(_, value)| value).collect()
        } else if let Some(name) = schema.http_header() {
            let header = headers.get(&name.value().to_ascii_lowercase());
            header.cloned().into_iter().collect()
        } else {
            let name = schema.json_name().map_or(member.name, |name| name.value());
            if let Some(value) = sent.remove(name) {
                let value = values::shown(member.shape(), Some(schema), &value);
                input.insert(member.name.to_owned(), value);
            }
            continue;
        };
        if let Some(value) = of_texts(member.shape(), &texts) {
            input.insert(member.name.to_owned(), value);
        }
    }
    if !sent.is_empty() || !query.is_empty() || !labels.is_empty() {
        return Err(format!("not in the model: {sent:?}, {query:?}, {labels:?}"));
    }
    let input = Value::Object(input);
    dynamic::check_input(operation, &document(&input)).map_err(|error| error.to_string())?;
    Ok(Arrived { operation, input })
}

/// Returns the labels if a request is for an operation.
fn route(
    operation: &'static OperationDescriptor,
    method: &str,
    path: &str,
    query: &[(String, String)],
) -> Option<HashMap<String, String>> {
    let http = operation.schema.input().http()?;
    let (pattern, fixed) = http.uri().split_once('?').unwrap_or((http.uri(), ""));
    let has = |(name, value): (_, _)| query.iter().any(|it| (&it.0, &it.1) == (&name, &value));
    let fixed = form_urlencoded::parse(fixed.as_bytes()).into_owned();
    let (pattern, path) = (pattern.split('/'), path.split('/'));
    if http.method() != method
        || pattern.clone().count() != path.clone().count()
        || !fixed.into_iter().all(has)
    {
        return None;
    }
    let mut labels = HashMap::new();
    for (segment, value) in pattern.zip(path) {
        match segment
            .strip_prefix('{')
            .and_then(|it| it.strip_suffix('}'))
        {
            Some(label) => {
                let value = percent_encoding::percent_decode_str(value).decode_utf8();
                labels.insert(label.to_owned(), value.ok()?.into_owned());
            }
            None if segment == value => {}
            None => return None,
        }
    }
    Some(labels)
}

/// Returns the value of a member outside of the body.
fn of_texts(shape: Shape, texts: &[String]) -> Option<Value> {
    if let Shape::List(list) = shape {
        let items = texts
            .iter()
            .filter_map(|text| of_texts(list.item(), std::slice::from_ref(text)));
        return (!texts.is_empty()).then(|| Value::Array(items.collect()));
    }
    let text = texts.first()?;
    Some(match shape {
        Shape::String | Shape::Enum(_) | Shape::Blob | Shape::Timestamp => json!(text),
        _ => serde_json::from_str(text).expect("a number or a boolean"),
    })
}

fn document(value: &Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(*value),
        Value::Number(number) => Document::Number(match number.as_u64() {
            Some(value) => dynamic::Number::PosInt(value),
            None => dynamic::Number::Float(number.as_f64().expect("a number")),
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
