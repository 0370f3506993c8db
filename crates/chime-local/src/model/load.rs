//! Reads the files in `services/`.

use super::{
    Batch, Bounds, ErrorShape, Kind, Member, Operation, Pattern, Place, Service, Shape, ShapeId,
    TimeFormat,
};
use serde_json::{Map, Value};

/// The services' names, in the order of [`super::services`].
const NAMES: [&str; 5] = [
    "chime",
    "chime-sdk-identity",
    "chime-sdk-messaging",
    "chime-sdk-meetings",
    "chime-sdk-media-pipelines",
];

/// Reads a service; `None` if the file is not one of ours.
pub(super) fn service(text: &str) -> Option<Service> {
    let file: Value = serde_json::from_str(text).ok()?;
    let name = file["name"].as_str()?;
    let position = NAMES.iter().position(|known| *known == name)?;
    let all = file["shapes"].as_object()?;
    let data: Vec<(&String, &Value)> = all
        .iter()
        .filter(|(_, shape)| shape["type"] != "operation")
        .collect();
    let ids = Ids(&data);
    let shapes = data
        .iter()
        .map(|(name, shape)| ids.shape(name, shape))
        .collect::<Option<Vec<Shape>>>()?;
    let errors = data
        .iter()
        .filter_map(|(name, shape)| {
            Some(ErrorShape {
                name: (*name).clone(),
                status: u16::try_from(shape["traits"]["httpError"].as_u64()?).ok()?,
            })
        })
        .collect();
    let mut service = Service {
        name: name.to_owned(),
        host: file["host"].as_str()?.to_owned(),
        signing_name: file["signing-name"].as_str()?.to_owned(),
        operations: Vec::new(),
        errors,
        shapes,
    };
    let operations = all.iter().filter(|(_, shape)| shape["type"] == "operation");
    service.operations = operations
        .map(|(name, shape)| ids.operation(name, shape, position))
        .collect::<Option<Vec<Operation>>>()?;
    Some(service)
}

/// The shapes of a service in order of their names.
struct Ids<'a>(&'a [(&'a String, &'a Value)]);

impl Ids<'_> {
    fn id(&self, name: &Value) -> Option<ShapeId> {
        let name = name.as_str()?;
        let place = self
            .0
            .binary_search_by(|(known, _)| known.as_str().cmp(name));
        place.ok().map(ShapeId)
    }

    fn shape(&self, name: &str, shape: &Value) -> Option<Shape> {
        let traits = &shape["traits"];
        let kind = match shape["type"].as_str()? {
            "boolean" => Kind::Boolean,
            "integer" => Kind::Integer(bounds(&traits["range"])),
            "timestamp" => Kind::Timestamp(time_format(traits)),
            "string" => Kind::String {
                length: bounds(&traits["length"]),
                pattern: traits["pattern"].as_str().map(Pattern::new),
                values: Vec::new(),
            },
            "enum" => Kind::String {
                length: Bounds::default(),
                pattern: None,
                values: shape["values"]
                    .as_array()?
                    .iter()
                    .filter_map(|value| value.as_str().map(str::to_owned))
                    .collect(),
            },
            "list" => Kind::List {
                length: bounds(&traits["length"]),
                item: self.id(&shape["member"])?,
            },
            "map" => Kind::Map {
                length: bounds(&traits["length"]),
                key: self.id(&shape["key"])?,
                value: self.id(&shape["value"])?,
            },
            "structure" => Kind::Structure(
                shape["members"]
                    .as_object()?
                    .iter()
                    .map(|(name, member)| self.member(name, member))
                    .collect::<Option<_>>()?,
            ),
            _ => return None,
        };
        Some(Shape {
            name: name.to_owned(),
            sensitive: has(traits, "sensitive"),
            kind,
        })
    }

    fn member(&self, name: &str, member: &Value) -> Option<Member> {
        let traits = &member["traits"];
        let text = |name: &str| traits[name].as_str().map(str::to_owned);
        let shape = self.id(&member["target"])?;
        Some(Member {
            name: name.to_owned(),
            shape,
            required: has(traits, "required"),
            default: traits
                .get("default")
                .filter(|value| !value.is_null())
                .cloned(),
            place: if has(traits, "httpLabel") {
                Place::Label
            } else if let Some(name) = text("httpQuery") {
                Place::Query(name)
            } else if let Some(name) = text("httpHeader") {
                Place::Header(name)
            } else {
                Place::Body
            },
            sensitive: has(traits, "sensitive")
                || has(&self.0.get(shape.0)?.1["traits"], "sensitive"),
        })
    }

    fn operation(&self, name: &str, shape: &Value, service: usize) -> Option<Operation> {
        let traits = &shape["traits"];
        let http = &traits["http"];
        let input = self.id(&shape["input"]);
        let members = input.and_then(|id| self.0.get(id.0)?.1["members"].as_object());
        let batch = &traits["batch"];
        Some(Operation {
            name: name.to_owned(),
            service,
            method: http["method"].as_str()?.to_owned(),
            uri: http["uri"].as_str()?.to_owned(),
            status: u16::try_from(http["code"].as_u64().unwrap_or(200)).ok()?,
            input,
            output: self.id(&shape["output"]),
            batch: batch["items"].as_str().map(|items| Batch {
                items: items.to_owned(),
                key: batch["key"].as_str().map(str::to_owned),
            }),
            token: members.and_then(token),
        })
    }
}

/// Returns the member that makes a repeated request recognisable.
fn token(members: &Map<String, Value>) -> Option<String> {
    let mut members = members.iter();
    let token = members.find(|(_, member)| has(&member["traits"], "idempotencyToken"));
    token.map(|(name, _)| name.clone())
}

fn has(traits: &Value, name: &str) -> bool {
    traits.get(name).is_some()
}

fn bounds(value: &Value) -> Bounds {
    Bounds {
        min: value["min"].as_i64(),
        max: value["max"].as_i64(),
    }
}

fn time_format(traits: &Value) -> Option<TimeFormat> {
    match traits["timestampFormat"].as_str()? {
        "date-time" => Some(TimeFormat::DateTime),
        "epoch-seconds" => Some(TimeFormat::EpochSeconds),
        _ => Some(TimeFormat::HttpDate),
    }
}
