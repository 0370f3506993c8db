//! Runs the endpoint tests of models. The table of services follows at the end of the file.

use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_schema::{Schema, ShapeType, prelude, shape_id};
use aws_smithy_types::Document;
use serde_json::{Map, Value};
use smithy_operation::EndpointRules;
use smithy_operation::endpoint::{
    BuiltIns, Endpoint, OperationParam, Param, ParamValue, collect_params,
};
use std::process::ExitCode;

struct Service {
    file: &'static str,
    shape: &'static str,
    rules: Option<EndpointRules>,
    diagram: Option<EndpointRules>,
    operations: &'static [(&'static str, &'static [OperationParam])],
}

fn main() -> ExitCode {
    let mut total = 0;
    println!(
        "{:<40} {:>6}  {:>13}  {:>13}",
        "service", "cases", "rules", "diagram"
    );
    for service in SERVICES {
        let text = std::fs::read_to_string(service.file).expect("the model");
        let model: Value = serde_json::from_str(&text).expect("JSON");
        let traits = &model["shapes"][service.shape]["traits"];
        let tests = &traits["smithy.rules#endpointTests"]["testCases"];
        let declared = match &traits["smithy.rules#endpointRuleSet"] {
            Value::Null => &traits["smithy.rules#endpointBdd"]["parameters"],
            rules => &rules["parameters"],
        };
        let declared = declared.as_object().expect("parameters");
        let mut cases = Vec::new();
        for test in tests.as_array().into_iter().flatten() {
            cases.extend(Case::all(service, declared, test));
        }
        let mut columns = Vec::new();
        for (form, resolve) in [("rules", service.rules), ("diagram", service.diagram)] {
            let Some(resolve) = resolve else {
                columns.push("-".to_owned());
                continue;
            };
            let mut failed = 0;
            for case in &cases {
                if let Err(message) = case.run(resolve) {
                    failed += 1;
                    println!("{} by {form}: {}: {message}", service.shape, case.name);
                }
            }
            total += failed;
            columns.push(format!("{}/{}", cases.len() - failed, cases.len()));
        }
        let name = service.shape.split('#').next_back().unwrap_or_default();
        println!(
            "{name:<40} {:>6}  {:>13}  {:>13}",
            cases.len(),
            columns[0],
            columns[1]
        );
    }
    println!("{total} failed");
    match total {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Parameters, and what they lead to.
struct Case<'t> {
    name: String,
    region: Option<String>,
    use_fips: bool,
    use_dual_stack: bool,
    endpoint: Option<String>,
    params: Vec<Param>,
    expect: &'t Value,
}

impl<'t> Case<'t> {
    /// The cases of a test: its parameters, and those that come from calls of operations.
    fn all(service: &Service, declared: &Map<String, Value>, test: &'t Value) -> Vec<Self> {
        let name = test["documentation"]
            .as_str()
            .unwrap_or("a test")
            .to_owned();
        let mut cases = Vec::new();
        let mut case = Self::new(name.clone(), test);
        for (name, value) in test["params"].as_object().into_iter().flatten() {
            case.set(declared, name, value);
        }
        cases.push(case);
        for call in test["operationInputs"].as_array().into_iter().flatten() {
            let operation = call["operationName"].as_str().expect("a name");
            let mut case = Self::new(format!("{name}: {operation}"), test);
            let table = service
                .operations
                .iter()
                .find(|(name, _)| *name == operation);
            let (_, table) = table.expect("an operation of the model");
            case.params = collect_params(table, &Input(&call["operationParams"]));
            for (name, value) in call["clientParams"].as_object().into_iter().flatten() {
                case.set(declared, name, value);
            }
            for (built_in, value) in call["builtInParams"].as_object().into_iter().flatten() {
                let is_it = |(_, parameter): &(&String, &Value)| parameter["builtIn"] == **built_in;
                if let Some((name, _)) = declared.iter().find(is_it) {
                    case.set(declared, name, value);
                }
            }
            cases.push(case);
        }
        cases
    }

    fn new(name: String, test: &'t Value) -> Self {
        Self {
            name,
            region: None,
            use_fips: false,
            use_dual_stack: false,
            endpoint: None,
            params: Vec::new(),
            expect: &test["expect"],
        }
    }

    fn set(&mut self, declared: &Map<String, Value>, name: &str, value: &Value) {
        let text = || value.as_str().map(str::to_owned);
        let flag = || value.as_bool().unwrap_or_default();
        let built_in = declared.get(name).and_then(|it| it["builtIn"].as_str());
        match built_in {
            Some("AWS::Region") => self.region = text(),
            Some("AWS::UseFIPS") => self.use_fips = flag(),
            Some("AWS::UseDualStack") => self.use_dual_stack = flag(),
            Some("SDK::Endpoint") => self.endpoint = text(),
            _ => {
                let value = match value {
                    Value::Bool(value) => ParamValue::Bool(*value),
                    Value::Array(items) => {
                        let items = items.iter().filter_map(Value::as_str);
                        ParamValue::Strings(items.map(str::to_owned).collect())
                    }
                    _ => ParamValue::String(text().expect("a string")),
                };
                self.params.push(Param {
                    name: leaked(name),
                    value,
                });
            }
        }
    }

    fn run(&self, resolve: EndpointRules) -> Result<(), String> {
        let result = resolve(&BuiltIns {
            region: self.region.as_deref(),
            use_fips: self.use_fips,
            use_dual_stack: self.use_dual_stack,
            endpoint: self.endpoint.as_deref(),
            params: &self.params,
        });
        let expected = match self.expect["error"].as_str() {
            Some(message) => Value::from(message),
            None => {
                let endpoint = &self.expect["endpoint"];
                serde_json::json!({
                    "url": endpoint["url"],
                    "properties": object(&endpoint["properties"]),
                    "headers": object(&endpoint["headers"]),
                })
            }
        };
        let found = match result {
            Ok(endpoint) => plain_endpoint(&endpoint),
            Err(error) => Value::from(error.to_string()),
        };
        match found == expected {
            true => Ok(()),
            false => Err(format!("{found} instead of {expected}")),
        }
    }
}

fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn object(value: &Value) -> Value {
    match value {
        Value::Null => Value::Object(Map::new()),
        other => other.clone(),
    }
}

fn plain_endpoint(endpoint: &Endpoint) -> Value {
    let mut properties: Map<String, Value> = endpoint
        .properties()
        .iter()
        .map(|(name, value)| (name.clone().into_owned(), plain(value)))
        .collect();
    let schemes = endpoint.auth_schemes().iter();
    let schemes: Vec<Value> = schemes.map(|scheme| plain(&scheme.as_document())).collect();
    if !schemes.is_empty() {
        properties.insert("authSchemes".to_owned(), Value::Array(schemes));
    }
    let headers: Map<String, Value> = endpoint
        .headers()
        .map(|(name, values)| (name.to_owned(), values.collect()))
        .collect();
    serde_json::json!({"url": endpoint.url(), "properties": properties, "headers": headers})
}

fn plain(document: &Document) -> Value {
    match document {
        Document::Object(entries) => entries
            .iter()
            .map(|(key, value)| (key.clone(), plain(value)))
            .collect(),
        Document::Array(items) => items.iter().map(plain).collect(),
        Document::String(text) => Value::String(text.clone()),
        Document::Bool(value) => Value::Bool(*value),
        Document::Number(number) => Value::from(number.to_f64_lossy()),
        Document::Null => Value::Null,
    }
}

/// The input of an operation as the test has it. Maps are written like structures, whose names are as good
/// as keys.
struct Input<'t>(&'t Value);

impl SerializableStruct for Input<'_> {
    fn schema(&self) -> &Schema<'_> {
        &prelude::UNIT
    }

    fn serialize_members(&self, serializer: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        for (name, value) in self.0.as_object().into_iter().flatten() {
            let id = shape_id!("tests", "Input");
            let schema = Schema::new_member(id, ShapeType::String, leaked(name), 0);
            write(value, &schema, serializer)?;
        }
        Ok(())
    }
}

fn write(
    value: &Value,
    schema: &Schema<'_>,
    serializer: &mut dyn ShapeSerializer,
) -> Result<(), SerdeError> {
    match value {
        Value::Bool(value) => serializer.write_boolean(schema, *value),
        Value::String(text) => serializer.write_string(schema, text),
        Value::Array(items) => serializer.write_list(schema, &|serializer| {
            items
                .iter()
                .try_for_each(|item| write(item, &prelude::STRING, serializer))
        }),
        Value::Object(_) => serializer.write_struct(schema, &Input(value)),
        Value::Number(_) | Value::Null => Ok(()),
    }
}
