//! Reads a Smithy JSON AST into raw shapes.

use super::json::{self, Entry, File, Node, Place};
use super::raw::{
    RawBody, RawFile, RawMember, RawOperation, RawResource, RawService, RawShape, RawTarget, Simple,
};
use crate::diagnostic::{Diagnostic, Problems};
use crate::shape_id::{ShapeId, is_identifier};
use std::rc::Rc;

const SIMPLE: &[(&str, Simple)] = &[
    ("bigDecimal", Simple::BigDecimal),
    ("bigInteger", Simple::BigInteger),
    ("blob", Simple::Blob),
    ("boolean", Simple::Boolean),
    ("byte", Simple::Byte),
    ("document", Simple::Document),
    ("double", Simple::Double),
    ("float", Simple::Float),
    ("integer", Simple::Integer),
    ("long", Simple::Long),
    ("short", Simple::Short),
    ("string", Simple::String),
    ("timestamp", Simple::Timestamp),
];

/// Reads one file. What cannot be read is reported and left out.
pub(crate) fn read(file: &Rc<File>, problems: &mut Problems) -> Option<RawFile> {
    let root = json::parse(file, problems)?;
    let mut reader = Reader { problems };
    let top = Fields::of(&root, "the model", &mut reader)?;
    let smithy_1 = reader.version(&root, &top);
    if top.get("smithy").is_none() && top.get("shapes").is_none() {
        // Another kind of file. Reporting its unknown keys would only repeat that.
        return None;
    }
    top.only(
        &["smithy", "metadata", "shapes"],
        "a Smithy JSON AST",
        &mut reader,
    );
    let mut shapes = Vec::new();
    if let Some(node) = top.get("shapes") {
        for entry in reader.object(node, "`shapes`") {
            let before = reader.problems.len();
            shapes.extend(reader.shape(entry));
            reader.problems.about(before, &entry.key);
        }
    }
    json::report_repeated_keys(top.entries, problems);
    // Repeated shape IDs are reported by the next stage, which knows the shapes.
    for entry in root
        .get("shapes")
        .and_then(Node::as_object)
        .unwrap_or_default()
    {
        json::report_repeats(&entry.value, problems);
    }
    Some(RawFile { smithy_1, shapes })
}

struct Reader<'a> {
    problems: &'a mut Problems,
}

/// The entries of an object that allows only certain keys.
struct Fields<'a> {
    entries: &'a [Entry],
}

impl<'a> Fields<'a> {
    fn of(node: &'a Node, what: &str, reader: &mut Reader<'_>) -> Option<Self> {
        let entries = node.as_object();
        if entries.is_none() {
            reader.wrong(node, what, "an object");
        }
        Some(Self { entries: entries? })
    }

    fn get(&self, key: &str) -> Option<&'a Node> {
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }

    fn only(&self, allowed: &[&str], what: &str, reader: &mut Reader<'_>) {
        for entry in self.entries {
            if !allowed.contains(&entry.key.as_str()) {
                reader.problems.push(
                    Diagnostic::new(
                        "unknown-key",
                        format!("{what} has no `{}`", entry.key),
                        format!("remove it, or use one of: {}", allowed.join(", ")),
                    )
                    .at(entry.key_place.location()),
                );
            }
        }
    }
}

impl Reader<'_> {
    fn wrong(&mut self, node: &Node, what: &str, expected: &str) {
        self.problems.push(
            Diagnostic::new(
                "ast-form",
                format!("{what} must be {expected}, not {}", node.kind()),
                format!("write {expected}"),
            )
            .at(node.place.location()),
        );
    }

    fn version(&mut self, root: &Node, top: &Fields<'_>) -> bool {
        let (place, found) = match top.get("smithy") {
            None => (root.place.location(), None),
            Some(node) => (node.place.location(), node.as_str()),
        };
        match found {
            Some("2" | "2.0") => false,
            Some("1" | "1.0") => true,
            _ => {
                self.problems.push(
                    Diagnostic::new(
                        "smithy-version",
                        "the file is not a Smithy JSON AST of version 1.0 or 2.0",
                        "add \"smithy\": \"2.0\" at the top if it is one, or convert a botocore service-2.json with \
                         `cargo xtask import`",
                    )
                    .at(place),
                );
                false
            }
        }
    }

    fn object<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Entry] {
        if node.as_object().is_none() {
            self.wrong(node, what, "an object");
        }
        node.as_object().unwrap_or_default()
    }

    fn array<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Node] {
        if node.as_array().is_none() {
            self.wrong(node, what, "an array");
        }
        node.as_array().unwrap_or_default()
    }

    fn shape_id(&mut self, text: &str, place: &Place) -> Option<ShapeId> {
        let id = ShapeId::parse(text);
        if id.is_none() {
            self.problems.push(
                Diagnostic::new(
                    "shape-id",
                    format!("`{text}` is not a shape ID"),
                    "write `namespace#Shape`, with letters, digits and underscores",
                )
                .at(place.location()),
            );
        }
        id
    }

    /// A reference of the form `{"target": "namespace#Shape"}`.
    fn target(&mut self, node: &Node, what: &str) -> Option<RawTarget> {
        let fields = Fields::of(node, what, self)?;
        fields.only(&["target"], "a reference to a shape", self);
        self.target_of(&fields, node, what)
    }

    fn target_of(&mut self, fields: &Fields<'_>, node: &Node, what: &str) -> Option<RawTarget> {
        let Some(target) = fields.get("target") else {
            self.problems.push(
                Diagnostic::new(
                    "ast-form",
                    format!("{what} has no `target`"),
                    "add \"target\": \"namespace#Shape\"",
                )
                .at(node.place.location()),
            );
            return None;
        };
        let Some(text) = target.as_str() else {
            self.wrong(target, "a `target`", "a shape ID in a string");
            return None;
        };
        Some(RawTarget {
            id: self.shape_id(text, &target.place)?,
            place: target.place.clone(),
        })
    }

    fn targets(&mut self, fields: &Fields<'_>, key: &str) -> Vec<RawTarget> {
        let Some(node) = fields.get(key) else {
            return Vec::new();
        };
        let what = format!("an item of `{key}`");
        self.array(node, &format!("`{key}`"))
            .iter()
            .filter_map(|item| self.target(item, &what))
            .collect()
    }

    fn traits(&mut self, fields: &Fields<'_>) -> Vec<Entry> {
        let Some(node) = fields.get("traits") else {
            return Vec::new();
        };
        let entries = self.object(node, "`traits`");
        entries
            .iter()
            .filter(|entry| self.shape_id(&entry.key, &entry.key_place).is_some())
            .cloned()
            .collect()
    }

    fn member(&mut self, name: &str, place: &Place, node: &Node) -> Option<RawMember> {
        let what = format!("the member `{name}`");
        let fields = Fields::of(node, &what, self)?;
        fields.only(&["target", "traits"], "a member", self);
        if !is_identifier(name) {
            self.problems.push(
                Diagnostic::new(
                    "member-name",
                    format!("`{name}` is not a member name"),
                    "use letters, digits and underscores",
                )
                .at(place.location()),
            );
            return None;
        }
        Some(RawMember {
            name: name.to_owned(),
            place: place.clone(),
            target: self.target_of(&fields, node, &what)?,
            traits: self.traits(&fields),
        })
    }

    fn members(&mut self, fields: &Fields<'_>) -> Vec<RawMember> {
        let Some(node) = fields.get("members") else {
            return Vec::new();
        };
        let mut members: Vec<RawMember> = Vec::new();
        for entry in self.object(node, "`members`") {
            if let Some(member) = self.member(&entry.key, &entry.key_place, &entry.value) {
                // A second one is reported as a repeated key; the first one applies.
                if members.iter().all(|other| other.name != member.name) {
                    members.push(member);
                }
            }
        }
        members
    }

    /// A part of a list or map; `None` if it is missing, `Some(None)` if it may come from a mixin.
    fn part(&mut self, fields: &Fields<'_>, key: &str, shape: &Entry) -> Option<Option<RawMember>> {
        match fields.entries.iter().find(|entry| entry.key == key) {
            Some(entry) => Some(Some(self.member(key, &entry.key_place, &entry.value)?)),
            None if fields.get("mixins").is_some() => Some(None),
            None => {
                self.problems.push(
                    Diagnostic::new(
                        "ast-form",
                        format!("the shape has no `{key}`"),
                        format!("add \"{key}\": {{\"target\": \"namespace#Shape\"}}"),
                    )
                    .at(shape.key_place.location())
                    .on(&shape.key),
                );
                None
            }
        }
    }

    fn shape(&mut self, entry: &Entry) -> Option<RawShape> {
        let fields = Fields::of(&entry.value, &format!("the shape `{}`", entry.key), self)?;
        let Some(type_node) = fields.get("type") else {
            self.problems.push(
                Diagnostic::new(
                    "ast-form",
                    "the shape has no `type`",
                    "add a type, such as \"type\": \"structure\"",
                )
                .at(entry.key_place.location())
                .on(&entry.key),
            );
            return None;
        };
        let Some(kind) = type_node.as_str() else {
            self.wrong(type_node, "a `type`", "a string");
            return None;
        };
        let (shape_text, member) = match (kind, entry.key.split_once('$')) {
            ("apply", Some((shape, member))) => (shape, Some(member.to_owned())),
            _ => (entry.key.as_str(), None),
        };
        let id = self.shape_id(shape_text, &entry.key_place)?;
        let body = self.body(kind, type_node, &fields, entry, member)?;
        Some(RawShape {
            id,
            place: entry.key_place.clone(),
            body,
            traits: self.traits(&fields),
            mixins: self.targets(&fields, "mixins"),
        })
    }

    fn body(
        &mut self,
        kind: &str,
        type_node: &Node,
        fields: &Fields<'_>,
        entry: &Entry,
        member: Option<String>,
    ) -> Option<RawBody> {
        if let Some((_, simple)) = SIMPLE.iter().find(|(name, _)| *name == kind) {
            fields.only(&["type", "traits", "mixins"], &format!("a {kind}"), self);
            return Some(RawBody::Simple(*simple));
        }
        let allowed: &[&str] = match kind {
            "apply" => &["type", "traits"],
            "enum" | "intEnum" | "structure" | "union" => &["type", "members", "traits", "mixins"],
            "list" | "set" => &["type", "member", "traits", "mixins"],
            "map" => &["type", "key", "value", "traits", "mixins"],
            "operation" => &["type", "input", "output", "errors", "traits", "mixins"],
            "resource" => RESOURCE_KEYS,
            "service" => &[
                "type",
                "version",
                "operations",
                "resources",
                "errors",
                "rename",
                "traits",
                "mixins",
            ],
            _ => {
                self.problems.push(
                    Diagnostic::new(
                        "ast-form",
                        format!("the shape type `{kind}` is unknown"),
                        "use a type of Smithy 2.0: structure, union, list, map, enum, intEnum, string, \
                         integer, operation, service and so on",
                    )
                    .at(type_node.place.location())
                    .on(&entry.key),
                );
                return None;
            }
        };
        fields.only(allowed, &format!("the type {kind}"), self);
        Some(match kind {
            "apply" => RawBody::Apply { member },
            "enum" => RawBody::Enum(self.members(fields)),
            "intEnum" => RawBody::IntEnum(self.members(fields)),
            "structure" => RawBody::Structure(self.members(fields)),
            "union" => RawBody::Union(self.members(fields)),
            "list" => RawBody::List(self.part(fields, "member", entry)?),
            "set" => RawBody::Set(self.part(fields, "member", entry)?),
            "map" => RawBody::Map {
                key: self.part(fields, "key", entry)?,
                value: self.part(fields, "value", entry)?,
            },
            "operation" => RawBody::Operation(RawOperation {
                input: fields
                    .get("input")
                    .and_then(|node| self.target(node, "`input`")),
                output: fields
                    .get("output")
                    .and_then(|node| self.target(node, "`output`")),
                errors: self.targets(fields, "errors"),
            }),
            "resource" => RawBody::Resource(self.resource(fields)),
            _ => RawBody::Service(self.service(fields)),
        })
    }

    fn resource(&mut self, fields: &Fields<'_>) -> RawResource {
        let mut operations = self.targets(fields, "operations");
        operations.extend(self.targets(fields, "collectionOperations"));
        for key in ["create", "put", "read", "update", "delete", "list"] {
            if let Some(node) = fields.get(key) {
                operations.extend(self.target(node, &format!("`{key}`")));
            }
        }
        let mut properties = Vec::new();
        for key in ["identifiers", "properties"] {
            if let Some(node) = fields.get(key) {
                for entry in self.object(node, &format!("`{key}`")) {
                    properties.extend(self.target(&entry.value, &format!("`{}`", entry.key)));
                }
            }
        }
        RawResource {
            operations,
            resources: self.targets(fields, "resources"),
            properties,
        }
    }

    fn service(&mut self, fields: &Fields<'_>) -> RawService {
        let version = match fields.get("version") {
            None => String::new(),
            Some(node) => node.as_str().map(str::to_owned).unwrap_or_else(|| {
                self.wrong(node, "a `version`", "a string");
                String::new()
            }),
        };
        let mut rename = Vec::new();
        if let Some(node) = fields.get("rename") {
            for entry in self.object(node, "`rename`") {
                let id = self.shape_id(&entry.key, &entry.key_place);
                match (id, entry.value.as_str()) {
                    (Some(id), Some(name)) if is_identifier(name) => rename.push((
                        RawTarget {
                            id,
                            place: entry.key_place.clone(),
                        },
                        name.to_owned(),
                    )),
                    (_, _) => self.wrong(&entry.value, "a new name", "an identifier in a string"),
                }
            }
        }
        RawService {
            version,
            operations: self.targets(fields, "operations"),
            resources: self.targets(fields, "resources"),
            errors: self.targets(fields, "errors"),
            rename,
        }
    }
}

const RESOURCE_KEYS: &[&str] = &[
    "type",
    "identifiers",
    "properties",
    "create",
    "put",
    "read",
    "update",
    "delete",
    "list",
    "operations",
    "collectionOperations",
    "resources",
    "traits",
    "mixins",
];
