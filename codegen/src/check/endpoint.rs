//! Endpoint rules, and what gives their parameters values.

use crate::diagnostic::{Diagnostic, Problems};
use crate::endpoint::{self, Parameter, ParameterSource, Path, Rules, ValueType};
use crate::ir::{EndpointParam, EndpointSetting, EndpointSource};
use crate::model::{Kind, Member, Model, Shape, Simple};
use crate::select::Selection;
use crate::settings::EndpointForm;
use crate::shape_id::ShapeId;
use crate::source::json::Place;
use crate::traits::endpoint::{
    ClientContextParams, ContextParam, EndpointDiagram, EndpointRuleSet, EndpointTests,
    OperationContextParams, ParameterValue, StaticContextParams,
};
use std::collections::{BTreeMap, BTreeSet};

/// The endpoint rules of a service, and what its operations give them.
#[derive(Debug, Default)]
pub(crate) struct EndpointPlan<'m> {
    /// In each form that may be used.
    pub(crate) rules: Vec<Rules>,
    pub(crate) operations: BTreeMap<&'m ShapeId, Vec<EndpointParam>>,
    /// The parameters that are settings of the client, sorted by name.
    pub(crate) settings: Vec<EndpointSetting>,
}

/// Compiles the service's endpoint rules, if it has any, and finds what gives their parameters values.
pub(crate) fn endpoint<'m>(
    model: &'m Model,
    selection: &Selection<'m>,
    form: Option<EndpointForm>,
    problems: &mut Problems,
) -> EndpointPlan<'m> {
    let given = given(model, selection);
    let rules = rules(selection.service_shape, form, &given, problems);
    let Some(parameters) = rules.first().map(Rules::parameters) else {
        return EndpointPlan::default();
    };
    let mut operations = BTreeMap::new();
    for shape in &selection.operations {
        let params = params(model, shape, parameters, problems);
        if !params.is_empty() {
            operations.insert(&shape.id, params);
        }
    }
    EndpointPlan {
        settings: settings(selection.service_shape, parameters, problems),
        rules,
        operations,
    }
}

/// What an operation gives endpoint parameters.
pub(crate) fn params(
    model: &Model,
    shape: &Shape,
    parameters: &[Parameter],
    problems: &mut Problems,
) -> Vec<EndpointParam> {
    let mut finder = Finder {
        model,
        shape,
        parameters,
        params: Vec::new(),
        problems,
    };
    finder.find();
    finder.params
}

fn rules(
    service: &Shape,
    form: Option<EndpointForm>,
    given: &BTreeSet<&str>,
    problems: &mut Problems,
) -> Vec<Rules> {
    let traits = &service.traits;
    let on = service.id.as_str();
    let tree = traits.get().map(|EndpointRuleSet(tree)| tree);
    let diagram = traits.get().map(|EndpointDiagram(diagram)| diagram);
    let other = match form {
        Some(EndpointForm::Rules) => tree.map(|_| EndpointForm::Diagram),
        Some(EndpointForm::Diagram) => diagram.map(|_| EndpointForm::Rules),
        None => None,
    };
    let tree = tree.filter(|_| other != Some(EndpointForm::Rules));
    let diagram = diagram.filter(|_| other != Some(EndpointForm::Diagram));
    let tree = tree.and_then(|tree| {
        let tests = traits.get().map(|EndpointTests(tests)| &**tests);
        endpoint::compile(tree, tests, given, on, problems).map(Rules::Tree)
    });
    let diagram = diagram.and_then(|diagram| {
        endpoint::compile_diagram(diagram, given, on, problems).map(Rules::Diagram)
    });
    tree.into_iter().chain(diagram).collect()
}

/// The endpoint parameters that the client's settings or operations of the selection give a value.
fn given<'m>(model: &'m Model, selection: &Selection<'m>) -> BTreeSet<&'m str> {
    let mut names = BTreeSet::new();
    if let Some(ClientContextParams(params)) = selection.service_shape.traits.get() {
        names.extend(params.iter().map(|given| given.name.as_str()));
    }
    for shape in &selection.operations {
        if let Some(StaticContextParams(params)) = shape.traits.get() {
            names.extend(params.iter().map(|given| given.name.as_str()));
        }
        if let Some(OperationContextParams(params)) = shape.traits.get() {
            names.extend(params.iter().map(|given| given.name.as_str()));
        }
        if let Kind::Operation(operation) = &shape.kind
            && let Some(input) = model.structure(operation.input.as_ref())
        {
            let members = input.members.iter();
            let params = members.filter_map(|member| member.traits.get());
            names.extend(params.map(|ContextParam { name }| name.as_str()));
        }
    }
    names
}

/// The parameters that are settings of the client.
fn settings(
    service: &Shape,
    parameters: &[Parameter],
    problems: &mut Problems,
) -> Vec<EndpointSetting> {
    let mut settings = Vec::new();
    let Some(ClientContextParams(params)) = service.traits.get() else {
        return settings;
    };
    for given in params {
        let declared = parameters.iter().find(|it| it.name == given.name);
        let fits = declared.is_none_or(|it| {
            let name = match it.ty.clone().certain() {
                ValueType::Bool => "boolean",
                ValueType::TextList => "stringarray",
                _ => "string",
            };
            name == given.value.ty.to_ascii_lowercase()
        });
        if !fits {
            problems.push(
                Diagnostic::new(
                    "endpoint-rules",
                    format!(
                        "the setting `{}` has another type than the endpoint parameter",
                        given.name
                    ),
                    "give both the same type",
                )
                .at(given.place.location())
                .on(service.id.as_str()),
            );
        }
        if let Some(declared) = declared {
            settings.push(EndpointSetting {
                name: given.name.clone(),
                ty: declared.ty.clone().certain(),
            });
        }
    }
    settings.sort_by(|a, b| a.name.cmp(&b.name));
    settings
}

/// Finds what an operation gives endpoint parameters.
struct Finder<'a, 'm> {
    model: &'m Model,
    shape: &'m Shape,
    parameters: &'a [Parameter],
    params: Vec<EndpointParam>,
    problems: &'a mut Problems,
}

impl<'m> Finder<'_, 'm> {
    fn find(&mut self) {
        // Of several values, the first applies: this is the order in which Smithy looks for one.
        if let Some(StaticContextParams(params)) = self.shape.traits.get() {
            for given in params {
                self.fixed(&given.name, &given.value, &given.place);
            }
        }
        let input = match &self.shape.kind {
            Kind::Operation(operation) => self.model.structure(operation.input.as_ref()),
            _ => None,
        };
        if let Some(input) = input {
            for member in &input.members {
                if let Some(ContextParam { name }) = member.traits.get() {
                    let path = Path::Field(member.name.clone(), Box::new(Path::Value));
                    let place = member.traits.place::<ContextParam>();
                    self.of_input(name, input, path, place.unwrap_or(&member.place));
                }
            }
            if let Some(OperationContextParams(params)) = self.shape.traits.get() {
                for given in params {
                    match endpoint::parse_path(&given.value) {
                        Ok(path) => self.of_input(&given.name, input, path, &given.place),
                        Err((message, help)) => self.problem(&given.place, message, &help),
                    }
                }
            }
        }
        for parameter in self.parameters {
            let source = match parameter.source {
                ParameterSource::AccountId => EndpointSource::AccountId,
                ParameterSource::AccountIdEndpointMode => EndpointSource::AccountIdEndpointMode,
                _ => continue,
            };
            self.params.push(EndpointParam {
                name: parameter.name.clone(),
                source,
            });
        }
    }

    fn problem(&mut self, place: &Place, message: String, help: &str) {
        self.problems.push(
            Diagnostic::new("endpoint-rules", message, help)
                .at(place.location())
                .on(self.shape.id.as_str()),
        );
    }

    /// The type of a parameter that the rules declare.
    fn parameter(&mut self, name: &str, place: &Place) -> Option<ValueType> {
        let found = self.parameters.iter().find(|it| it.name == name);
        if found.is_none() {
            self.problem(
                place,
                format!("the endpoint rules have no parameter `{name}`"),
                "declare it, or do not set it",
            );
        }
        found.map(|it| it.ty.clone().certain())
    }

    fn fixed(&mut self, name: &str, value: &ParameterValue, place: &Place) {
        let Some(ty) = self.parameter(name, place) else {
            return;
        };
        let fits = match value {
            ParameterValue::Bool(_) => ty == ValueType::Bool,
            ParameterValue::Text(_) => ty == ValueType::Text,
            ParameterValue::List(_) => ty == ValueType::TextList,
        };
        if !fits {
            self.mismatch(name, &ty, place);
        }
        self.params.push(EndpointParam {
            name: name.to_owned(),
            source: EndpointSource::Fixed(value.clone()),
        });
    }

    fn of_input(&mut self, name: &str, input: &'m Shape, path: Path, place: &Place) {
        let Some(ty) = self.parameter(name, place) else {
            return;
        };
        let is_list = ty == ValueType::TextList;
        let end = match self.follow(input, &path, false) {
            Ok(end) => end,
            Err(message) => {
                self.problem(place, message, "name members that the input has");
                return;
            }
        };
        let fits = match end {
            End::Texts => is_list,
            End::Text => ty == ValueType::Text,
            End::Bool => ty == ValueType::Bool,
        };
        if !fits {
            self.mismatch(name, &ty, place);
        }
        self.params.push(EndpointParam {
            name: name.to_owned(),
            source: EndpointSource::Input { path, is_list },
        });
    }

    fn mismatch(&mut self, name: &str, ty: &ValueType, place: &Place) {
        self.problem(
            place,
            format!(
                "the endpoint parameter `{name}` is {}, and is given another value",
                ty.name()
            ),
            "give it a value of its type",
        );
    }

    /// What is at the end of a path.
    fn follow(&self, shape: &'m Shape, path: &Path, projected: bool) -> Result<End, String> {
        let wrong = |needed: &str| {
            Err(format!(
                "the path finds {}, where it needs {needed}",
                shape.kind.described()
            ))
        };
        match path {
            Path::Value => match &shape.kind {
                Kind::Simple(Simple::String) | Kind::Enum if projected => Ok(End::Texts),
                Kind::Simple(Simple::String) | Kind::Enum => Ok(End::Text),
                Kind::Simple(Simple::Boolean) if !projected => Ok(End::Bool),
                Kind::List => match &self.member(shape, "member")?.kind {
                    Kind::Simple(Simple::String) | Kind::Enum => Ok(End::Texts),
                    _ => wrong("strings or a boolean"),
                },
                _ => wrong("strings or a boolean"),
            },
            Path::Keys => match &shape.kind {
                Kind::Map | Kind::Structure if !projected => Ok(End::Texts),
                _ => wrong("a map or structure"),
            },
            Path::Field(name, then) => match &shape.kind {
                Kind::Structure | Kind::Union => {
                    self.follow(self.member(shape, name)?, then, projected)
                }
                _ => wrong("a structure"),
            },
            Path::Items(then) => match &shape.kind {
                Kind::List => self.follow(self.member(shape, "member")?, then, true),
                _ => wrong("a list"),
            },
            Path::Values(then) => match &shape.kind {
                Kind::Map => self.follow(self.member(shape, "value")?, then, true),
                _ => wrong("a map"),
            },
            Path::All(paths) => {
                for path in paths {
                    self.follow(shape, path, true)?;
                }
                Ok(End::Texts)
            }
        }
    }

    fn member(&self, shape: &'m Shape, name: &str) -> Result<&'m Shape, String> {
        let member: Option<&Member> = shape.member(name);
        let target = member.and_then(|member| self.model.target(member));
        target.ok_or_else(|| {
            format!(
                "the path names `{name}`, which `{}` does not have",
                shape.id
            )
        })
    }
}

/// What a path leads to.
enum End {
    Bool,
    Text,
    Texts,
}
