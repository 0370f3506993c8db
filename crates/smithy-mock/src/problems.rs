//! What is wrong with the calls of a program.

use crate::runtime::Rule;
use aws_smithy_runtime_api::client::interceptors::context::Input;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// A call for which a mock client has no answer. It is the source of the call's error.
#[derive(Debug)]
pub struct Unexpected {
    operation: &'static str,
    input: String,
    why: String,
}

/// Shows an input as its type does, without what erases the type. Generated inputs hide their sensitive members.
fn shown(input: &Input) -> String {
    let text = format!("{input:?}");
    let inner = text.strip_prefix("Input(TypeErasedBox[");
    let inner = inner.and_then(|rest| rest.split_once("]:")?.1.strip_suffix(')'));
    inner.map(str::to_owned).unwrap_or(text)
}

impl Unexpected {
    pub(crate) fn new(operation: &'static str, input: &Input, rules: &[Arc<Rule>]) -> Self {
        let own = rules.iter().filter(|rule| rule.operation == operation);
        let own: Vec<String> = own.map(|rule| unfit(rule)).collect();
        let others: BTreeSet<_> = rules.iter().map(|rule| rule.operation).collect();
        let others: Vec<_> = others.into_iter().collect();
        let why = match (own.as_slice(), others.as_slice()) {
            ([], []) => {
                format!("no answers are set up; add one with `mock.on::<{operation}>()`")
            }
            ([], others) => format!(
                "answers are set up only for {}; add one with `mock.on::<{operation}>()`",
                others.join(", ")
            ),
            (own, _) => format!("its answers are {}", own.join(", and ")),
        };
        Self {
            operation,
            input: shown(input),
            why,
        }
    }
}

/// Says why an answer is not for a call.
fn unfit(rule: &Rule) -> String {
    let at = rule.at;
    match rule.limit {
        Some(0) => format!("that of {at}, which expects no call"),
        Some(limit) if rule.used() >= limit => {
            format!("that of {at}, which is used up after {}", calls(limit))
        }
        _ => format!("that of {at}, whose condition the input does not meet"),
    }
}

fn calls(number: usize) -> String {
    match number {
        1 => "1 call".to_owned(),
        number => format!("{number} calls"),
    }
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            input,
            why,
        } = self;
        write!(
            f,
            "the mock client has no answer for this call of {operation} with {input}: {why}"
        )
    }
}

impl std::error::Error for Unexpected {}

/// The calls of a program are not as expected. `Debug` prints the same as `Display`, so that `unwrap()` shows
/// it well.
pub struct Unmet(Vec<String>);

impl Unmet {
    pub(crate) fn check(rules: &[Arc<Rule>], unexpected: Vec<Arc<str>>) -> Result<(), Self> {
        let unused = rules.iter().filter_map(|rule| {
            let (used, limit) = (rule.used(), rule.limit?);
            if used == limit {
                return None;
            }
            let which = match rule.has_condition {
                true => " that meet its condition",
                false => "",
            };
            Some(format!(
                "the answer of {} expects {} of {}{which}, and got {used}",
                rule.at,
                calls(limit),
                rule.operation
            ))
        });
        let mut problems: Vec<String> = unused.collect();
        problems.extend(unexpected.iter().map(|call| call.to_string()));
        match problems.is_empty() {
            true => Ok(()),
            false => Err(Self(problems)),
        }
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the calls of the program are not as expected: ")?;
        f.write_str(&self.0.join("; "))
    }
}

impl fmt::Debug for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Unmet {}
