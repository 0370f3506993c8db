//! Batches: resolves the members of an operation's input and output that its trait names.

use super::shapes::enum_values;
use crate::diagnostic::{Diagnostic, Problems};
use crate::model::{Kind, Member, Model, Operation, Shape, Simple};
use crate::source::json::{Place, Placed};
use crate::traits::behaviour::Batch;
use crate::traits::constraints::Length;

/// How an operation takes many items and reports which of them failed.
#[derive(Debug)]
pub(crate) struct BatchPlan<'m> {
    pub(crate) input: &'m Shape,
    /// The input's member that holds the items.
    pub(crate) items: &'m Member,
    /// The structure of an item and the member that identifies it; `None` if items are strings.
    pub(crate) key: Option<(&'m Shape, &'m Member)>,
    pub(crate) output: &'m Shape,
    /// The output's member that lists failures.
    pub(crate) failures: &'m Member,
    pub(crate) failure: &'m Shape,
    pub(crate) failure_key: &'m Member,
    pub(crate) failure_code: &'m Member,
    pub(crate) failure_message: Option<&'m Member>,
    /// How many items a request can hold.
    pub(crate) limit: u32,
    /// The other settings of the trait.
    pub(crate) batch: &'m Batch,
}

/// Resolves the trait of an operation, if it is applied, and reports what is wrong with it.
pub(super) fn plan<'m>(
    model: &'m Model,
    shape: &'m Shape,
    operation: &Operation,
    problems: &mut Problems,
) -> Option<BatchPlan<'m>> {
    let batch = shape.traits.get::<Batch>()?;
    let mut resolver = Resolver {
        model,
        shape,
        problems,
    };
    let input = model.structure(operation.input.as_ref());
    let output = model.structure(operation.output.as_ref());
    let (items, item) = resolver.list("items", &batch.items, input, "the input")?;
    let key = resolver.key(batch, item)?;
    let (failures, failure) = resolver.list("failures", &batch.failures, output, "the output")?;
    let mut of_failure = |field: &str, name: &Placed<String>| {
        let fits = match field {
            "failureCode" => |kind: &Kind| is_text(kind) || *kind == Kind::Enum,
            _ => is_text,
        };
        resolver.member(field, name, Some(failure), "a failure", fits)
    };
    let failure_key = of_failure("failureKey", &batch.failure_key)?;
    let failure_code = of_failure("failureCode", &batch.failure_code)?;
    let failure_message = match &batch.failure_message {
        Some(name) => Some(of_failure("failureMessage", name)?),
        None => None,
    };
    let limit = resolver.limit(batch, items)?;
    for (field, codes) in [
        ("retry", &batch.retry),
        ("throttle", &batch.throttle),
        ("done", &batch.done),
    ] {
        resolver.check_codes(field, codes, failure_code);
    }
    Some(BatchPlan {
        input: input?,
        items,
        key,
        output: output?,
        failures,
        failure,
        failure_key,
        failure_code,
        failure_message,
        limit,
        batch,
    })
}

/// What identifies an item or a failure.
fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::Simple(Simple::String))
}

struct Resolver<'a, 'm> {
    model: &'m Model,
    shape: &'m Shape,
    problems: &'a mut Problems,
}

impl<'m> Resolver<'_, 'm> {
    fn report(&mut self, place: &Place, message: impl Into<String>, help: &str) {
        self.problems.push(
            Diagnostic::new("batch", message, help)
                .at(place.location())
                .on(self.shape.id.as_str()),
        );
    }

    /// The member that a field of the trait names.
    fn member(
        &mut self,
        field: &str,
        name: &Placed<String>,
        of: Option<&'m Shape>,
        whose: &str,
        fits: impl Fn(&Kind) -> bool,
    ) -> Option<&'m Member> {
        let text = &name.value;
        let Some(member) = of.and_then(|shape| shape.member(text)) else {
            self.report(
                &name.place,
                format!("`{field}` names `{text}`, which {whose} does not have"),
                "name a member of that shape",
            );
            return None;
        };
        if !fits(&self.model.target(member)?.kind) {
            let needed = match field {
                "items" | "failures" => "a list",
                _ => "a string",
            };
            self.report(
                &name.place,
                format!("`{field}` names `{text}`, which is not {needed}"),
                "name another member",
            );
            return None;
        }
        Some(member)
    }

    /// A member that is a list, and the shape of its items.
    fn list(
        &mut self,
        field: &str,
        name: &Placed<String>,
        of: Option<&'m Shape>,
        whose: &str,
    ) -> Option<(&'m Member, &'m Shape)> {
        let member = self.member(field, name, of, whose, |kind| *kind == Kind::List)?;
        let item = self.model.target(member)?.member("member")?;
        Some((member, self.model.target(item)?))
    }

    /// The member that identifies an item; `Some(None)` if items are strings.
    #[expect(
        clippy::option_option,
        reason = "the outer `None` means that a problem was reported"
    )]
    fn key(&mut self, batch: &Batch, item: &'m Shape) -> Option<Option<(&'m Shape, &'m Member)>> {
        match &batch.key {
            None if is_text(&item.kind) => Some(None),
            None => {
                self.report(
                    &batch.place,
                    "the items are not strings, and there is no `key`",
                    "set `key` to the member that identifies an item",
                );
                None
            }
            Some(name) => {
                let member = self.member("key", name, Some(item), "an item", is_text)?;
                Some(Some((item, member)))
            }
        }
    }

    /// How many items a request can hold: the model's limit, or else the trait's.
    fn limit(&mut self, batch: &Batch, items: &'m Member) -> Option<u32> {
        let length: Option<&Length> = self.model.trait_of(items);
        match (length.and_then(|length| length.max), &batch.limit) {
            (Some(_), Some(own)) => self.report(
                &own.place,
                "`limit` is set, but the model already limits the number of items",
                "remove `limit`; the trait `smithy.api#length` of the items applies",
            ),
            (None, None) => self.report(
                &batch.place,
                "neither the model nor the trait limits the number of items in a request",
                "add `limit` to the trait",
            ),
            (Some(limit), None) if limit >= 1 => return limit.try_into().ok(),
            (None, Some(own)) => match u32::try_from(own.value) {
                Ok(limit) if limit >= 1 => return Some(limit),
                _ => self.report(
                    &own.place,
                    "`limit` is not a positive number of items",
                    "write a whole number of at least 1",
                ),
            },
            (Some(_), None) => {}
        }
        None
    }

    /// Codes must be among those of the model.
    fn check_codes(&mut self, field: &str, codes: &[Placed<String>], code: &'m Member) {
        let target = self.model.target(code);
        let Some(target) = target.filter(|target| target.kind == Kind::Enum) else {
            return;
        };
        for code in codes {
            if enum_values(target).all(|value| *value != code.value) {
                self.report(
                    &code.place,
                    format!(
                        "`{field}` lists `{}`, which is not an error code of a failure",
                        code.value
                    ),
                    "write the value of one of the enum's members",
                );
            }
        }
    }
}
