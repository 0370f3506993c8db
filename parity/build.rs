//! Writes, for each service, the code that calls every operation of an SDK with inputs made from JSON,
//! and shows what comes back as JSON. The same code serves both SDKs, since their API is the same.

use heck::{ToPascalCase, ToSnakeCase};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

/// The folders of the services.
const MODELS: &str = "../model";

struct Model {
    shapes: serde_json::Map<String, Value>,
}

impl Model {
    fn shape(&self, id: &str) -> &Value {
        self.shapes.get(id).unwrap_or(&Value::Null)
    }

    fn kind(&self, id: &str) -> &str {
        self.shape(id)["type"].as_str().unwrap_or("")
    }

    fn members(&self, id: &str) -> impl Iterator<Item = (&String, &str)> {
        let members = self.shape(id)["members"].as_object();
        members
            .into_iter()
            .flatten()
            .map(|(name, member)| (name, member["target"].as_str().unwrap_or("")))
    }

    /// The structures and enums that a shape leads to.
    fn closure(&self, id: &str, found: &mut BTreeSet<String>) {
        match self.kind(id) {
            "enum" => {
                found.insert(id.to_owned());
            }
            "structure" if found.insert(id.to_owned()) => {
                for (_, target) in self.members(id) {
                    self.closure(target, found);
                }
            }
            "list" => self.closure(
                self.shape(id)["member"]["target"].as_str().unwrap_or(""),
                found,
            ),
            "map" => self.closure(
                self.shape(id)["value"]["target"].as_str().unwrap_or(""),
                found,
            ),
            _ => {}
        }
    }
}

fn name(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or(id)
}

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    for entry in std::fs::read_dir(MODELS).expect("the models are in the repository") {
        let folder = entry.expect("it can be listed").path();
        let service = folder.file_name().unwrap_or_default().to_string_lossy();
        let path = folder.join("model.json");
        if !path.is_file() {
            continue;
        }
        println!("cargo::rerun-if-changed={}", path.display());
        std::fs::write(format!("{out}/{service}.rs"), driver(&path)).expect("the folder is there");
    }
}

/// The code for a service.
fn driver(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("the model is in the repository");
    let model: Value = serde_json::from_str(&text).expect("the model is JSON");
    let Value::Object(shapes) = model["shapes"].clone() else {
        panic!("the model has no shapes");
    };
    let model = Model { shapes };
    let mut arms = String::new();
    let (mut inputs, mut outputs, mut errors) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut top = String::new();
    for (id, shape) in &model.shapes {
        if shape["type"] != "operation" {
            continue;
        }
        let operation = name(id);
        // Names of errors keep the case that the model has.
        let ty = operation.to_pascal_case();
        let module = operation.to_snake_case();
        let target = |key: &str| shape[key]["target"].as_str().unwrap_or("");
        let mut setters = String::new();
        for (member, target) in model.members(target("input")) {
            let setter = member.to_snake_case();
            let _ = write!(setters, ".set_{setter}(make_member(input, {member:?}))");
            model.closure(target, &mut inputs);
        }
        let mut variants = String::new();
        for error in shape["errors"].as_array().into_iter().flatten() {
            let id = error["target"].as_str().unwrap_or("");
            let error = name(id);
            errors.insert(id.to_owned());
            let _ = write!(
                variants,
                "sdk::operation::{module}::{operation}Error::{}(shape) => ({error:?}, shape.show()),",
                error.to_pascal_case()
            );
        }
        let _ = writeln!(
            arms,
            "{operation:?} => Box::pin(async move {{
                let sent = client.{module}(){setters}.send().await;
                outcome(sent, |error| match error {{ {variants} _ => (\"Unhandled\", Value::Null) }})
            }}),"
        );
        show(
            &mut top,
            &model,
            target("output"),
            &format!("sdk::operation::{module}::{ty}Output"),
        );
        for (_, target) in model.members(target("output")) {
            model.closure(target, &mut outputs);
        }
    }
    let mut code = top;
    for id in &errors {
        show(
            &mut code,
            &model,
            id,
            &format!("sdk::types::error::{}", name(id).to_pascal_case()),
        );
        for (_, target) in model.members(id) {
            model.closure(target, &mut outputs);
        }
    }
    for id in &outputs {
        let ty = format!("sdk::types::{}", name(id).to_pascal_case());
        if model.kind(id) == "enum" {
            let _ = writeln!(
                code,
                "impl Show for {ty} {{ fn show(&self) -> Value {{ self.as_str().into() }} }}"
            );
        } else {
            show(&mut code, &model, id, &ty);
        }
    }
    for id in &inputs {
        let ty = format!("sdk::types::{}", name(id).to_pascal_case());
        if model.kind(id) == "enum" {
            let _ = writeln!(
                code,
                "impl Make for {ty} {{ fn make(value: &Value) -> Self {{ Self::from(text(value)) }} }}"
            );
            continue;
        }
        let mut setters = String::new();
        for (member, _) in model.members(id) {
            let setter = member.to_snake_case();
            let _ = write!(setters, ".set_{setter}(make_member(value, {member:?}))");
        }
        let _ = writeln!(
            code,
            "impl Make for {ty} {{ fn make(value: &Value) -> Self {{ Self::builder(){setters}.build().built() }} }}
             impl Built for {ty} {{ type Is = Self; fn built(self) -> Self {{ self }} }}"
        );
    }
    let _ = writeln!(
        code,
        "/// Calls an operation with an input made from JSON, and shows what comes back.
         fn call<'a>(client: &'a sdk::Client, operation: &'a str, input: &'a Value) -> Calling<'a> {{
             match operation {{ {arms} other => panic!(\"the model has no operation {{other}}\") }}
         }}"
    );
    code
}

/// Shows a structure: its members that are there.
fn show(code: &mut String, model: &Model, id: &str, ty: &str) {
    let mut members = String::new();
    for (member, _) in model.members(id) {
        let field = match member.to_snake_case().as_str() {
            "type" => "r#type".to_owned(),
            other => other.to_owned(),
        };
        let _ = write!(members, "add(&mut shown, {member:?}, self.{field}.show());");
    }
    let _ = writeln!(
        code,
        "impl Show for {ty} {{
             #[allow(unused_mut)]
             fn show(&self) -> Value {{ let mut shown = serde_json::Map::new(); {members} Value::Object(shown) }}
         }}"
    );
}
