//! Gives every shape, member and operation its Rust name and reports names that collide.

use crate::diagnostic::{Diagnostic, Location, Problems};
use crate::model::{Kind, Member, Model, Shape};
use crate::names;
use crate::select::Selection;
use crate::settings::Settings;
use crate::shape_id::ShapeId;
use crate::source::json::Place;
use crate::traits::events::is_event_stream;
use crate::traits::waiters::Waitable;
use std::collections::{BTreeMap, BTreeSet};

/// The names of everything that is generated.
#[derive(Debug)]
pub(crate) struct Naming {
    /// Names from the service's `rename`.
    renamed: BTreeMap<String, String>,
    /// Names from the settings.
    explicit: BTreeMap<String, (String, Location)>,
    /// What the statics of lists and maps are named after.
    collections: BTreeMap<ShapeId, String>,
}

impl Naming {
    pub(crate) fn new(
        model: &Model,
        selection: &Selection<'_>,
        settings: &Settings,
        problems: &mut Problems,
    ) -> Self {
        let mut naming = Self {
            renamed: selection
                .service
                .rename
                .iter()
                .map(|(target, name)| (target.id.as_str().to_owned(), name.clone()))
                .collect(),
            explicit: settings.names.clone(),
            collections: BTreeMap::new(),
        };
        naming.name_collections(model, selection);
        naming.check_explicit(model, problems);
        let before = problems.len();
        naming.check_closure(model, selection, problems);
        if problems.len() == before {
            naming.check_shapes(model, selection, problems);
        }
        for id in &selection.closure {
            if let Some(shape) = model.get(id) {
                naming.check_members(shape, problems);
            }
        }
        naming
    }

    fn explicit(&self, id: &str) -> Option<&str> {
        self.explicit.get(id).map(|(name, _)| name.as_str())
    }

    /// The name that a shape has within the service's closure.
    fn closure_name<'s>(&'s self, shape: &'s Shape) -> &'s str {
        self.renamed
            .get(shape.id.as_str())
            .map_or_else(|| shape.id.name(), String::as_str)
    }

    pub(crate) fn shape(&self, shape: &Shape) -> String {
        match self.explicit(shape.id.as_str()) {
            Some(name) => name.to_owned(),
            None => names::pascal(self.closure_name(shape)),
        }
    }

    pub(crate) fn operation(&self, shape: &Shape) -> String {
        match self.explicit(shape.id.as_str()) {
            Some(name) => name.to_owned(),
            None => names::operation(shape.id.name()),
        }
    }

    pub(crate) fn collection(&self, shape: &Shape) -> String {
        let name = self.collections.get(&shape.id);
        name.cloned()
            .unwrap_or_else(|| self.plain_collection(shape))
    }

    fn plain_collection(&self, shape: &Shape) -> String {
        let explicit = self.explicit(shape.id.as_str());
        names::shouty(explicit.unwrap_or_else(|| self.closure_name(shape)))
    }

    /// Names the lists and maps. The names of their statics are private, so those that collide get a
    /// number.
    fn name_collections(&mut self, model: &Model, selection: &Selection<'_>) {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for shape in selection.closure.iter().filter_map(|id| model.get(id)) {
            if !matches!(shape.kind, Kind::List | Kind::Map) {
                continue;
            }
            let part = |name: &str, member: &Member| names::part(name, &member.name);
            let name = names::unique_name(self.plain_collection(shape), |name| {
                let mut members = shape.members.iter();
                members.any(|member| taken.contains(&part(name, member)))
            });
            taken.extend(shape.members.iter().map(|member| part(&name, member)));
            self.collections.insert(shape.id.clone(), name);
        }
    }

    /// Field, setter and getter.
    pub(crate) fn member(&self, shape: &Shape, member: &Member) -> (String, String, String) {
        match self.explicit(&shape.member_id(member)) {
            Some(name) => names::explicit_member(name),
            None => names::member(&member.name),
        }
    }

    pub(crate) fn variant(&self, shape: &Shape, member: &Member) -> String {
        if let Some(name) = self.explicit(&shape.member_id(member)) {
            return name.to_owned();
        }
        names::variant(&member.name)
    }

    fn check_explicit(&self, model: &Model, problems: &mut Problems) {
        for (id, (_, at)) in &self.explicit {
            let (shape_id, member) = match id.split_once('$') {
                Some((shape, member)) => (shape, Some(member)),
                None => (id.as_str(), None),
            };
            let shape = ShapeId::parse(shape_id).and_then(|id| model.get(&id));
            let found = match (shape, member) {
                (Some(shape), Some(member)) => shape.member(member).is_some(),
                (shape, None) => shape.is_some(),
                (None, _) => false,
            };
            if !found {
                problems.push(
                    Diagnostic::new(
                        "settings",
                        format!("`names` refers to `{id}`, which is not in the model"),
                        "correct the ID, or remove the line",
                    )
                    .at(at.clone()),
                );
            }
        }
    }

    /// Shape names are unique within a service's closure, whatever their namespace.
    fn check_closure(&self, model: &Model, selection: &Selection<'_>, problems: &mut Problems) {
        let mut seen: BTreeMap<String, &Shape> = BTreeMap::new();
        for id in &selection.closure {
            let Some(shape) = model.get(id).filter(|shape| !shape.id.is_prelude()) else {
                continue;
            };
            // Smithy lets simple types and lists share a name: they have no types of their own.
            if matches!(shape.kind, Kind::Simple(_) | Kind::List) {
                continue;
            }
            if let Some(first) = seen.insert(self.closure_name(shape).to_lowercase(), shape) {
                problems.push(
                    Diagnostic::new(
                        "closure-conflict",
                        format!(
                            "`{}` and `{}` share a name within the service",
                            first.id, shape.id
                        ),
                        "give one of them another name in the service's `rename`",
                    )
                    .at(shape.place.location())
                    .on(shape.id.as_str()),
                );
            }
        }
    }

    fn check_shapes(&self, model: &Model, selection: &Selection<'_>, problems: &mut Problems) {
        let errors = &selection.errors;
        let mut types = Taken::default();
        let nested = selection.nested.iter();
        let typed = nested.filter(|id| !errors.contains_key(**id));
        for shape in typed.filter_map(|id| model.get(id)) {
            // Each type has a file of its own, with its builder, so builders collide with nothing.
            let name = self.shape(shape);
            let module = names::type_module(&name);
            types.take_all(&[name, module], &shape.place, shape.id.as_str(), problems);
        }
        let mut operations = Taken::default();
        for shape in &selection.operations {
            let name = self.operation(shape);
            let taken = [names::operation_module(&name), names::client_method(&name)];
            operations.take_all(&taken, &shape.place, shape.id.as_str(), problems);
        }
        self.check_waiters(model, selection, problems);
        let mut taken_by_errors = Taken::default();
        for shape in errors.values() {
            // Errors share a file with their builders.
            let name = self.shape(shape);
            let variant = names::error_variant(&name);
            let method = names::is_method(&variant);
            let builder = names::builder(&name);
            let taken = [name, builder, variant, method];
            taken_by_errors.take_all(&taken, &shape.place, shape.id.as_str(), problems);
        }
        let streams = selection.closure.iter().filter_map(|id| model.get(id));
        for shape in streams.filter(|shape| is_event_stream(shape)) {
            // Its errors share the file.
            let name = names::stream_error(&self.shape(shape));
            taken_by_errors.take(&name, &shape.place, shape.id.as_str(), problems);
        }
    }

    /// A waiter's module has its name, and its builder has setters of the operation's members.
    fn check_waiters(&self, model: &Model, selection: &Selection<'_>, problems: &mut Problems) {
        let mut modules: BTreeMap<String, &str> = BTreeMap::new();
        for shape in &selection.operations {
            let (Some(Waitable { waiters }), Kind::Operation(operation)) =
                (shape.traits.get(), &shape.kind)
            else {
                continue;
            };
            for waiter in waiters {
                let name = &waiter.name;
                let module = names::waiter_module(&name.value);
                if let Some(first) = modules.get(&module) {
                    problems.push(
                        Diagnostic::new(
                            "name-collision",
                            format!(
                                "the waiters `{}` and `{first}` both become `{module}` in Rust",
                                name.value
                            ),
                            "give them names that differ in more than case and punctuation",
                        )
                        .at(name.place.location())
                        .on(shape.id.as_str()),
                    );
                }
                modules.insert(module, &name.value);
            }
            let Some(input) = model.structure(operation.input.as_ref()) else {
                continue;
            };
            for member in &input.members {
                if self.member(input, member).0 == "wait" {
                    let mut builder = Taken::default();
                    builder.take("wait", &member.place, "the method of waiters", problems);
                    builder.take("wait", &member.place, &input.member_id(member), problems);
                }
            }
        }
    }

    fn check_members(&self, shape: &Shape, problems: &mut Problems) {
        let mut taken = Taken::default();
        for member in &shape.members {
            let on = shape.member_id(member);
            match shape.kind {
                Kind::Structure => {
                    let (field, setter, getter) = self.member(shape, member);
                    taken.take_all(&[field, setter, getter], &member.place, &on, problems);
                }
                Kind::Enum | Kind::IntEnum => {
                    taken.take(&self.variant(shape, member), &member.place, &on, problems);
                }
                Kind::Union => {
                    let variant = self.variant(shape, member);
                    let method = names::is_method(&variant);
                    taken.take_all(&[variant, method], &member.place, &on, problems);
                }
                _ => {}
            }
        }
    }
}

/// The names of one Rust namespace, each with its owner.
#[derive(Default)]
struct Taken {
    by: BTreeMap<String, String>,
}

impl Taken {
    /// Takes names that belong together. Only the first one that is already taken is reported.
    fn take_all(&mut self, names: &[String], place: &Place, on: &str, problems: &mut Problems) {
        let before = problems.len();
        for name in names {
            if problems.len() == before {
                self.take(name, place, on, problems);
            }
        }
    }

    fn take(&mut self, name: &str, place: &Place, on: &str, problems: &mut Problems) {
        match self.by.get(name) {
            Some(first) if first != on => problems.push(
                Diagnostic::new(
                    "name-collision",
                    format!("`{on}` and `{first}` both become `{name}` in Rust"),
                    format!("rename one of them in sdk.toml, under [names]: \"{on}\" = \"...\""),
                )
                .at(place.location())
                .on(on),
            ),
            Some(_) => {}
            None => {
                self.by.insert(name.to_owned(), on.to_owned());
            }
        }
    }
}
