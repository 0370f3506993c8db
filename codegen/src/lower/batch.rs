//! How an operation takes many items, and says which of them failed.

use super::Lowering;
use super::member::Purpose;
use crate::batch;
use crate::ir::{Batch, BatchFailure, Presence, Step, Ty};
use crate::model::{Member, Shape};

impl<'m> Lowering<'_, 'm> {
    /// What the trait `chime.sdk#batch` says. The rules have reported what is wrong with it.
    pub(super) fn batch(&mut self, operation: &'m Shape) -> Option<Batch> {
        let found = batch::read(self.model, operation, &mut Vec::new())?;
        let batch::Batch {
            items,
            key,
            output,
            failures,
            failure,
            failure_key,
            failure_code,
            failure_message,
            limit,
            retry,
            throttle,
            done,
            repeatable,
        } = found;
        let input = match &operation.kind {
            crate::model::Kind::Operation(it) => self.model.get(&it.input.as_ref()?.id)?,
            _ => return None,
        };
        let lowered = self.member(input, items, Purpose::Input)?;
        let Ty::List(item) = lowered.ty else {
            return None;
        };
        let owned = |codes: Vec<&str>| codes.into_iter().map(str::to_owned).collect();
        Some(Batch {
            setter: lowered.setter,
            item: *item,
            key: match key {
                Some((shape, member)) => Some(self.step(shape, member)?.0),
                None => None,
            },
            failures: self.step(output, failures)?.0,
            failure: BatchFailure {
                key: self.step(failure, failure_key)?,
                code: self.step(failure, failure_code)?,
                message: match failure_message {
                    Some(member) => Some(self.step(failure, member)?),
                    None => None,
                },
            },
            limit,
            retry: owned(retry),
            throttle: owned(throttle),
            done: owned(done),
            repeatable,
        })
    }

    /// A member as a step, and whether it is an enum.
    fn step(&mut self, shape: &'m Shape, member: &'m Member) -> Option<(Step, bool)> {
        let lowered = self.member(shape, member, Purpose::Other)?;
        let optional = matches!(lowered.presence, Presence::Optional | Presence::Filled);
        let step = Step {
            field: lowered.field,
            optional,
        };
        Some((step, matches!(lowered.ty, Ty::Enum(_))))
    }
}
