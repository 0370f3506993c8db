//! The trait `chime.sdk#batch`, which is ours: what a batch operation's items are, and how it says
//! which of them failed.

use crate::diagnostic::Diagnostic;
use crate::json::Node;
use crate::model::{Kind, Member, Model, Shape};
use crate::read::Simple;
use crate::rules::enum_values;

pub(crate) const ID: &str = "chime.sdk#batch";

/// What the trait says of an operation, with the shapes that it names.
#[derive(Debug)]
pub(crate) struct Batch<'m> {
    /// The input's member that holds the items.
    pub(crate) items: &'m Member,
    /// The structure that an item is, with the member that names it; `None` if items are texts.
    pub(crate) key: Option<(&'m Shape, &'m Member)>,
    pub(crate) output: &'m Shape,
    /// The output's member that lists failures.
    pub(crate) failures: &'m Member,
    pub(crate) failure: &'m Shape,
    pub(crate) failure_key: &'m Member,
    pub(crate) failure_code: &'m Member,
    pub(crate) failure_message: Option<&'m Member>,
    /// How many items a request takes.
    pub(crate) limit: u32,
    /// Codes that are worth another try.
    pub(crate) retry: Vec<&'m str>,
    /// Those of them that say that requests come too fast.
    pub(crate) throttle: Vec<&'m str>,
    /// Codes that say that an item is as it was asked to be.
    pub(crate) done: Vec<&'m str>,
    /// Whether a request may be sent again though it may have taken effect.
    pub(crate) repeatable: bool,
}

/// Reads the trait of an operation, if it has it, and reports what is wrong with it.
pub(crate) fn read<'m>(
    model: &'m Model,
    shape: &'m Shape,
    problems: &mut Vec<Diagnostic>,
) -> Option<Batch<'m>> {
    let Kind::Operation(operation) = &shape.kind else {
        return None;
    };
    let applied = shape.traits.get(ID)?;
    let side = |target: Option<&crate::model::Target>| target.and_then(|it| model.get(&it.id));
    let mut reader = Reader {
        model,
        shape,
        value: &applied.value,
        problems,
    };
    let input = side(operation.input.as_ref());
    let items = reader.member("items", input, "the input", |kind| *kind == Kind::List)?;
    let item = model.target(items)?.member("member")?;
    let item = model.target(item)?;
    let key = match (applied.value.get("key"), &item.kind) {
        (None, Kind::Simple(Simple::String)) => None,
        (None, _) => {
            reader.report(
                &applied.value,
                "the items are not texts, and `key` does not say what names one".to_owned(),
                "name the member of an item that names it",
            );
            return None;
        }
        (Some(_), _) => Some((item, reader.member("key", Some(item), "an item", is_text)?)),
    };
    let output = side(operation.output.as_ref());
    let failures = reader.member("failures", output, "the output", |kind| *kind == Kind::List)?;
    let failure = model.target(failures)?.member("member")?;
    let failure = model.target(failure)?;
    let of_failure = |reader: &mut Reader<'_, 'm>, name: &str| {
        let fits = match name {
            "failureCode" => |kind: &Kind| is_text(kind) || *kind == Kind::Enum,
            _ => is_text,
        };
        reader.member(name, Some(failure), "a failure", fits)
    };
    let failure_key = of_failure(&mut reader, "failureKey")?;
    let failure_code = of_failure(&mut reader, "failureCode")?;
    let failure_message = match applied.value.get("failureMessage") {
        Some(_) => Some(of_failure(&mut reader, "failureMessage")?),
        None => None,
    };
    let limit = reader.limit(items)?;
    let [retry, throttle, done] =
        ["retry", "throttle", "done"].map(|name| reader.codes(name, failure_code));
    Some(Batch {
        items,
        key,
        output: output?,
        failures,
        failure,
        failure_key,
        failure_code,
        failure_message,
        limit,
        retry,
        throttle,
        done,
        repeatable: applied.value.get("repeat").and_then(Node::as_str) == Some("safe"),
    })
}

/// What names an item or a failure.
fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::Simple(Simple::String))
}

struct Reader<'a, 'm> {
    model: &'m Model,
    shape: &'m Shape,
    value: &'m Node,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'m> Reader<'_, 'm> {
    fn report(&mut self, node: &Node, message: String, help: &str) {
        self.problems.push(
            Diagnostic::new("batch", message, help)
                .at(node.place.location())
                .on(self.shape.id.as_str()),
        );
    }

    /// The member that a field of the trait names.
    fn member(
        &mut self,
        field: &str,
        of: Option<&'m Shape>,
        whose: &str,
        fits: impl Fn(&Kind) -> bool,
    ) -> Option<&'m Member> {
        // The trait's form has been checked.
        let node = self.value.get(field)?;
        let name = node.as_str()?;
        let Some(member) = of.and_then(|shape| shape.member(name)) else {
            self.report(
                node,
                format!("`{field}` names `{name}`, which {whose} does not have"),
                "name a member that is there",
            );
            return None;
        };
        if !fits(&self.model.target(member)?.kind) {
            let needed = match field {
                "items" | "failures" => "a list",
                _ => "a text",
            };
            self.report(
                node,
                format!("`{field}` names `{name}`, which is not {needed}"),
                "name another member",
            );
            return None;
        }
        Some(member)
    }

    /// How many items a request takes: what the model says, or else the trait.
    fn limit(&mut self, items: &'m Member) -> Option<u32> {
        let of_model = self
            .model
            .trait_of(items, "smithy.api#length")
            .and_then(|length| length.value.get("max")?.as_i64());
        let own = self.value.get("limit");
        match (of_model, own) {
            (Some(_), Some(own)) => self.report(
                own,
                "`limit` is there, but the model has a limit of its own".to_owned(),
                "take `limit` out: the trait `smithy.api#length` of the items holds",
            ),
            (None, None) => self.report(
                self.value,
                "neither the model nor the trait says how many items a request takes".to_owned(),
                "add `limit` to the trait",
            ),
            (Some(limit), None) if limit >= 1 => return limit.try_into().ok(),
            (None, Some(own)) => match own.as_i64().and_then(|limit| u32::try_from(limit).ok()) {
                Some(limit) if limit >= 1 => return Some(limit),
                _ => self.report(
                    own,
                    "`limit` is not a number of items".to_owned(),
                    "write a whole number of at least 1",
                ),
            },
            (Some(_), None) => {}
        }
        None
    }

    /// Codes, which must be among those that the model has.
    fn codes(&mut self, field: &str, code: &'m Member) -> Vec<&'m str> {
        let known: Option<Vec<String>> = self
            .model
            .target(code)
            .filter(|target| target.kind == Kind::Enum)
            .map(|target| enum_values(target).collect());
        let nodes = self.value.get(field).and_then(Node::as_array);
        let mut codes = Vec::new();
        for node in nodes.unwrap_or_default() {
            let Some(code) = node.as_str() else {
                continue;
            };
            if known
                .as_ref()
                .is_some_and(|known| known.iter().all(|value| value != code))
            {
                self.report(
                    node,
                    format!("`{field}` has `{code}`, which is not a code that a failure can have"),
                    "write the value of one of the enum's members",
                );
            }
            codes.push(code);
        }
        codes
    }
}
