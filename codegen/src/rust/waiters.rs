//! The waiters of an operation.

use super::Lowering;
use crate::check::{Match, Test, WaiterPlan};
use crate::ir::{Waiter, WaiterMatch, WaiterTest};
use crate::markdown;
use crate::names;
use crate::traits::waiters::Comparator;

impl<'m> Lowering<'_, 'm> {
    pub(super) fn waiters(&self, plans: &[WaiterPlan<'m>]) -> Vec<Waiter> {
        let waiter = |plan: &WaiterPlan<'m>| {
            let name = &plan.waiter.name.value;
            let docs = plan.waiter.documentation.as_deref();
            let mut docs = docs.map(markdown::paragraphs).unwrap_or_default();
            if docs.is_empty() {
                docs.push(format!("Waits for `{name}`."));
            }
            let acceptors = plan.acceptors.iter();
            Waiter {
                module: names::waiter_module(name),
                method: names::waiter_method(name),
                builder: names::waiter_builder(name),
                final_poll: names::waiter_final_poll(name),
                error: names::waiter_error(name),
                docs,
                deprecated: plan.waiter.deprecated,
                min_delay: *plan.delays.start(),
                max_delay: *plan.delays.end(),
                acceptors: acceptors
                    .map(|(state, matched)| (*state, self.matched(matched)))
                    .collect(),
            }
        };
        plans.iter().map(waiter).collect()
    }

    fn matched(&self, matched: &Match<'_>) -> WaiterMatch {
        match matched {
            Match::Success(success) => WaiterMatch::Success(*success),
            Match::Error(shape) => WaiterMatch::Error(self.error_code(shape)),
            Match::Code(code) => WaiterMatch::Error((*code).to_owned()),
            Match::Output(expr, test) => WaiterMatch::Output(expr.clone(), lower_test(test)),
            Match::InputOutput(expr, test) => {
                WaiterMatch::InputOutput(expr.clone(), lower_test(test))
            }
        }
    }
}

fn lower_test(test: &Test<'_>) -> WaiterTest {
    match test {
        Test::Boolean(value) => WaiterTest::BooleanEquals(*value),
        Test::Text(comparator, text) => {
            let text = (*text).to_owned();
            match comparator {
                Comparator::AllStringEquals => WaiterTest::AllStringEquals(text),
                Comparator::AnyStringEquals => WaiterTest::AnyStringEquals(text),
                Comparator::StringEquals | Comparator::BooleanEquals => {
                    WaiterTest::StringEquals(text)
                }
            }
        }
    }
}
