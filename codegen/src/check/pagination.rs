//! Pagination: resolves the members of an operation's input and output that its trait names.

use crate::diagnostic::{Diagnostic, Problems};
use crate::model::{Kind, Member, Model, Operation, Shape, Simple};
use crate::traits::behaviour::{Paginated, PathText};

/// How an operation returns its results in pages.
#[derive(Debug)]
pub(crate) struct Pages<'m> {
    pub(crate) input_token: MemberPath<'m>,
    pub(crate) output_token: MemberPath<'m>,
    pub(crate) page_size: Option<MemberPath<'m>>,
    pub(crate) items: Option<MemberPath<'m>>,
}

/// A member, or a member of a member, with the structures that they are in.
pub(crate) type MemberPath<'m> = Vec<(&'m Shape, &'m Member)>;

/// What may be found at the end of a path.
struct Role {
    key: &'static str,
    side: &'static str,
    needed: &'static str,
    fits: fn(&Kind) -> bool,
}

const TOKEN: fn(&Kind) -> bool = |kind| {
    matches!(
        kind,
        Kind::Simple(Simple::String) | Kind::Enum | Kind::Map | Kind::Structure
    )
};
const INPUT_TOKEN: Role = Role {
    key: "inputToken",
    side: "input",
    needed: "a string, a map or a structure",
    fits: TOKEN,
};
const OUTPUT_TOKEN: Role = Role {
    key: "outputToken",
    side: "output",
    needed: "a string, a map or a structure",
    fits: TOKEN,
};
const PAGE_SIZE: Role = Role {
    key: "pageSize",
    side: "input",
    needed: "a number",
    fits: |kind| match kind {
        Kind::Simple(simple) => !matches!(
            simple,
            Simple::Blob | Simple::Boolean | Simple::Document | Simple::Timestamp
        ),
        // Some services take the number as a string.
        Kind::Enum | Kind::IntEnum => true,
        _ => false,
    },
};
const ITEMS: Role = Role {
    key: "items",
    side: "output",
    needed: "a list or map",
    fits: |kind| matches!(kind, Kind::List | Kind::Map),
};

/// Resolves the operation's trait, whose missing fields come from the service's.
pub(super) fn pages<'m>(
    model: &'m Model,
    of_service: Option<&Paginated>,
    shape: &'m Shape,
    operation: &Operation,
    problems: &mut Problems,
) -> Option<Pages<'m>> {
    let paginated = shape.traits.get::<Paginated>()?.or(of_service);
    let input = model.structure(operation.input.as_ref());
    let output = model.structure(operation.output.as_ref());
    let mut resolver = Resolver {
        model,
        shape,
        problems,
    };
    for (name, role) in [
        (&paginated.input_token, INPUT_TOKEN),
        (&paginated.output_token, OUTPUT_TOKEN),
    ] {
        if name.is_none() {
            resolver.report_missing(&role);
        }
    }
    let input_token = resolver.path(input, &paginated.input_token, &INPUT_TOKEN);
    let output_token = resolver.path(output, &paginated.output_token, &OUTPUT_TOKEN);
    resolver.check_tokens(&paginated, input_token.as_ref(), output_token.as_ref());
    let page_size = resolver.path(input, &paginated.page_size, &PAGE_SIZE);
    let items = match &paginated.items {
        Some(_) => resolver.path(output, &paginated.items, &ITEMS),
        None => only_list(model, output),
    };
    Some(Pages {
        input_token: input_token?,
        output_token: output_token?,
        page_size,
        items,
    })
}

/// The member of an output that has the items where the trait names none: its only list.
fn only_list<'m>(model: &'m Model, output: Option<&'m Shape>) -> Option<MemberPath<'m>> {
    let output = output?;
    let is_list = |member: &&Member| {
        let target = model.target(member);
        target.is_some_and(|target| target.kind == Kind::List)
    };
    let mut lists = output.members.iter().filter(is_list);
    match (lists.next(), lists.next()) {
        (Some(list), None) => Some(vec![(output, list)]),
        _ => None,
    }
}

struct Resolver<'a, 'm> {
    model: &'m Model,
    shape: &'m Shape,
    problems: &'a mut Problems,
}

impl<'m> Resolver<'_, 'm> {
    fn report_missing(&mut self, role: &Role) {
        let Some(place) = self.shape.traits.place::<Paginated>() else {
            return;
        };
        self.problems.push(
            Diagnostic::new(
                "pagination",
                format!(
                    "neither the trait `smithy.api#paginated` of the operation nor that of the service has `{}`",
                    role.key
                ),
                format!("add it, with the name of a member of the {}", role.side),
            )
            .at(place.location())
            .on(self.shape.id.as_str()),
        );
    }

    /// The token of an output becomes the token of the next input, so both have one type.
    fn check_tokens(
        &mut self,
        paginated: &Paginated,
        input: Option<&MemberPath<'m>>,
        output: Option<&MemberPath<'m>>,
    ) {
        let target = |path: Option<&MemberPath<'m>>| {
            let (_, member) = path?.last()?;
            self.model.target(member)
        };
        let (Some(sent), Some(found)) = (target(input), target(output)) else {
            return;
        };
        let is_text = |shape: &Shape| shape.kind == Kind::Simple(Simple::String);
        if sent == found || (is_text(sent) && is_text(found)) {
            return;
        }
        let Some(place) = paginated.output_token.as_ref().map(|path| &path.place) else {
            return;
        };
        self.problems.push(
            Diagnostic::new(
                "pagination",
                format!(
                    "the output's token is `{}`, but the input's token is `{}`",
                    found.id, sent.id
                ),
                "let both target the same shape, or both a string, or remove the trait",
            )
            .at(place.location())
            .on(self.shape.id.as_str()),
        );
    }

    fn path(
        &mut self,
        structure: Option<&'m Shape>,
        name: &Option<PathText>,
        role: &Role,
    ) -> Option<MemberPath<'m>> {
        let name = name.as_ref()?;
        let path = name.value.as_ref()?;
        let (key, side, needed) = (role.key, role.side, role.needed);
        let (message, help) = match follow(self.model, structure, path) {
            None => (
                format!("`{key}` names `{path}`, which the {side} does not have"),
                format!("name a member of the {side}, with dots for members of members"),
            ),
            Some((_, Some(end))) if !(role.fits)(&end.kind) => (
                format!("`{key}` names `{path}`, which is not {needed}"),
                format!("name a member that is {needed}, or remove the trait"),
            ),
            Some((path, _)) if path.len() > 1 && side == "input" => (
                format!("`{key}` is the path `{path}`", path = name_of(&path)),
                "name a member of the input itself".to_owned(),
            ),
            Some((path, _)) => return Some(path),
        };
        self.problems.push(
            Diagnostic::new("pagination", message, help)
                .at(name.place.location())
                .on(self.shape.id.as_str()),
        );
        None
    }
}

/// The path as the model writes it.
fn name_of(path: &MemberPath<'_>) -> String {
    let names: Vec<&str> = path
        .iter()
        .map(|(_, member)| member.name.as_str())
        .collect();
    names.join(".")
}

/// The members on a path such as `page.token`, and the shape at its end.
fn follow<'m>(
    model: &'m Model,
    structure: Option<&'m Shape>,
    path: &str,
) -> Option<(MemberPath<'m>, Option<&'m Shape>)> {
    let mut here = structure;
    let mut members = Vec::new();
    for name in path.split('.') {
        let shape = here?;
        let member = shape.member(name)?;
        members.push((shape, member));
        here = model.target(member);
    }
    Some((members, here))
}
