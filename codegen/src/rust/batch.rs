//! How an operation takes many items and reports which of them failed.

use super::Lowering;
use super::member::Purpose;
use crate::check::BatchPlan;
use crate::ir::{Batch, BatchFailure, Presence, Step, Ty};
use crate::model::{Member, Shape};
use crate::source::json::Placed;

impl<'m> Lowering<'_, 'm> {
    pub(super) fn batch(&mut self, plan: &BatchPlan<'m>) -> Option<Batch> {
        let items = self.member(plan.input, plan.items, Purpose::Input)?;
        let Ty::List(item) = items.ty else {
            return None;
        };
        let key = match plan.key {
            Some((shape, member)) => Some(self.step(shape, member)?.0),
            None => None,
        };
        let message = match plan.failure_message {
            Some(member) => Some(self.step(plan.failure, member)?),
            None => None,
        };
        let codes = |codes: &[Placed<String>]| {
            let codes = codes.iter().map(|code| code.value.clone());
            codes.collect()
        };
        Some(Batch {
            setter: items.setter,
            item: *item,
            key,
            failures: self.step(plan.output, plan.failures)?.0,
            failure: BatchFailure {
                key: self.step(plan.failure, plan.failure_key)?,
                code: self.step(plan.failure, plan.failure_code)?,
                message,
            },
            limit: plan.limit,
            retry: codes(&plan.batch.retry),
            throttle: codes(&plan.batch.throttle),
            done: codes(&plan.batch.done),
            repeatable: plan.batch.repeatable,
        })
    }

    /// A member as a step, and whether it is an enum.
    fn step(&mut self, shape: &'m Shape, member: &'m Member) -> Option<(Step, bool)> {
        let lowered = self.member(shape, member, Purpose::Other)?;
        let optional = matches!(lowered.presence, Presence::Optional | Presence::Filled);
        let step = Step {
            name: lowered.name,
            field: lowered.field,
            optional,
        };
        Some((step, matches!(lowered.ty, Ty::Enum(_))))
    }
}
