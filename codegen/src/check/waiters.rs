//! Waiters: their expressions, checked against the operation's input and output.

use crate::diagnostic::{Diagnostic, Problems};
use crate::jmespath::{self, Expr, Type};
use crate::model::{Model, Operation, Shape};
use crate::shape_id::ShapeId;
use crate::source::json::{Place, Placed};
use crate::traits::shapes::Streaming;
use crate::traits::waiters::{Acceptor, Comparator, Matcher, PathMatcher, State, Waitable, Waiter};
use std::ops::RangeInclusive;

/// A waiter of an operation.
#[derive(Debug)]
pub(crate) struct WaiterPlan<'m> {
    pub(crate) waiter: &'m Waiter,
    /// The shortest and the longest time between two calls, in seconds.
    pub(crate) delays: RangeInclusive<u32>,
    pub(crate) acceptors: Vec<(State, Match<'m>)>,
}

/// Which results an acceptor matches.
#[derive(Debug)]
pub(crate) enum Match<'m> {
    Success(bool),
    /// An error of the model.
    Error(&'m Shape),
    /// An error that the model does not have, by its code.
    Code(&'m str),
    Output(Expr, Test<'m>),
    InputOutput(Expr, Test<'m>),
}

/// A test of an expression's value.
#[derive(Debug)]
pub(crate) enum Test<'m> {
    Boolean(bool),
    Text(Comparator, &'m str),
}

const DEFAULT_MIN_DELAY: u32 = 2;
const DEFAULT_MAX_DELAY: u32 = 120;

/// What a correction can do about a waiter that the generator cannot read.
const OR_DROP: &str =
    "or take the trait off the operation with a correction in sdk.toml: drop-trait";

/// Resolves the waiters of an operation, and reports what is wrong with them.
pub(super) fn plans<'m>(
    model: &'m Model,
    shape: &'m Shape,
    operation: &'m Operation,
    problems: &mut Problems,
) -> Vec<WaiterPlan<'m>> {
    let Some(Waitable { waiters }) = shape.traits.get() else {
        return Vec::new();
    };
    let mut resolver = Resolver {
        model,
        shape,
        operation,
        problems,
    };
    if resolver.streams_input() {
        return Vec::new();
    }
    let plans = waiters.iter().filter_map(|waiter| resolver.waiter(waiter));
    plans.collect()
}

struct Resolver<'a, 'm> {
    model: &'m Model,
    shape: &'m Shape,
    operation: &'m Operation,
    problems: &'a mut Problems,
}

impl<'m> Resolver<'_, 'm> {
    fn report(&mut self, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(
            Diagnostic::new("waiter", message, help)
                .at(place.location())
                .on(self.shape.id.as_str()),
        );
    }

    /// A waiter sends its input again and again, which a stream cannot be.
    fn streams_input(&mut self) -> bool {
        let input = self.model.structure(self.operation.input.as_ref());
        let mut members = input.into_iter().flat_map(|input| &input.members);
        let is_stream = members.any(|member| {
            let target = self.model.target(member);
            target.is_some_and(|target| target.traits.has::<Streaming>())
        });
        if let (true, Some(place)) = (is_stream, self.shape.traits.place::<Waitable>()) {
            self.report(
                place,
                "the operation has waiters, but its input is a stream, which can be sent once only",
                format!("remove the waiters, {OR_DROP}"),
            );
        }
        is_stream
    }

    fn waiter(&mut self, waiter: &'m Waiter) -> Option<WaiterPlan<'m>> {
        let before = self.problems.len();
        let mut states = waiter.acceptors.iter().map(|acceptor| acceptor.state);
        if !states.any(|state| state == State::Success) {
            self.report(
                &waiter.name.place,
                format!("the waiter `{}` never succeeds", waiter.name.value),
                "give it an acceptor with the state `success`",
            );
        }
        let delays = self.delays(waiter);
        let acceptors: Vec<_> = waiter
            .acceptors
            .iter()
            .filter_map(|acceptor| Some((acceptor.state, self.acceptor(acceptor)?)))
            .collect();
        (self.problems.len() == before).then_some(WaiterPlan {
            waiter,
            delays: delays?,
            acceptors,
        })
    }

    fn delays(&mut self, waiter: &Waiter) -> Option<RangeInclusive<u32>> {
        let mut delay = |key: &str, delay: &Option<Placed<i64>>, default: u32| {
            let Some(delay) = delay else {
                return Some(default);
            };
            let seconds = u32::try_from(delay.value).ok();
            let seconds = seconds.filter(|seconds| *seconds >= 1);
            if seconds.is_none() {
                self.report(
                    &delay.place,
                    format!("`{key}` is {}, which is no time to wait", delay.value),
                    "write a whole number of seconds, at least 1",
                );
            }
            seconds
        };
        let min = delay("minDelay", &waiter.min_delay, DEFAULT_MIN_DELAY);
        let max = delay("maxDelay", &waiter.max_delay, DEFAULT_MAX_DELAY);
        let (min, max) = min.zip(max)?;
        if min > max {
            self.report(
                &waiter.name.place,
                format!("`minDelay` is {min}, which is above `maxDelay`, {max}"),
                format!(
                    "exchange the two; without them, they are {DEFAULT_MIN_DELAY} and \
                     {DEFAULT_MAX_DELAY}"
                ),
            );
            return None;
        }
        Some(min..=max)
    }

    fn acceptor(&mut self, acceptor: &'m Acceptor) -> Option<Match<'m>> {
        let [matcher] = acceptor.matchers.as_slice() else {
            self.report(
                &acceptor.place,
                format!("an acceptor has {} matchers", acceptor.matchers.len()),
                "give it one of `success`, `errorType`, `output` and `inputOutput`",
            );
            return None;
        };
        Some(match matcher {
            Matcher::Success(success) => Match::Success(*success),
            Matcher::ErrorType(name) => self.error(&name.value),
            Matcher::Output(matcher) => {
                let (expr, test) = self.path(matcher, &self.output())?;
                Match::Output(expr, test)
            }
            Matcher::InputOutput(matcher) => {
                let both = Type::Object(vec![
                    ("input".to_owned(), self.input()),
                    ("output".to_owned(), self.output()),
                ]);
                let (expr, test) = self.path(matcher, &both)?;
                Match::InputOutput(expr, test)
            }
        })
    }

    /// The error of a name: a shape's ID, its name, or a code that the model does not have.
    fn error(&self, name: &'m str) -> Match<'m> {
        let is_named = |id: &ShapeId| id.as_str() == name || id.name() == name;
        let mut errors = self.operation.errors.iter();
        let found = errors.find(|target| is_named(&target.id));
        match found.and_then(|target| self.model.get(&target.id)) {
            Some(shape) => Match::Error(shape),
            None => Match::Code(name.rsplit_once('#').map_or(name, |(_, name)| name)),
        }
    }

    fn input(&self) -> Type<'m> {
        self.type_of(self.model.structure(self.operation.input.as_ref()))
    }

    fn output(&self) -> Type<'m> {
        self.type_of(self.model.structure(self.operation.output.as_ref()))
    }

    fn type_of(&self, shape: Option<&'m Shape>) -> Type<'m> {
        shape.map_or(Type::Object(Vec::new()), |shape| {
            Type::of(self.model, shape)
        })
    }

    fn path(&mut self, matcher: &'m PathMatcher, root: &Type<'m>) -> Option<(Expr, Test<'m>)> {
        let path = &matcher.path;
        let checked = jmespath::parse(&path.value).and_then(|expr| {
            let ty = jmespath::check(self.model, root, &expr)?;
            Ok((expr, ty))
        });
        let (expr, ty) = match checked {
            Ok(checked) => checked,
            Err(problem) => {
                let message = problem.message_in(&path.value);
                self.report(&path.place, message, format!("{}, {OR_DROP}", problem.help));
                return None;
            }
        };
        let comparator = matcher.comparator;
        let (needed, fits) = match comparator {
            Comparator::StringEquals => ("a string", matches!(ty, Type::String | Type::Any)),
            Comparator::BooleanEquals => ("a boolean", matches!(ty, Type::Boolean | Type::Any)),
            Comparator::AllStringEquals | Comparator::AnyStringEquals => {
                let fits = match &ty {
                    Type::List(item) => matches!(**item, Type::String | Type::Any),
                    other => *other == Type::Any,
                };
                ("a list of strings", fits)
            }
        };
        if !fits {
            self.report(
                &path.place,
                format!(
                    "`{}` is {}, but `{}` compares {needed}",
                    path.value,
                    ty.described(),
                    comparator.name()
                ),
                format!("write an expression whose value is {needed}, or another comparator"),
            );
            return None;
        }
        let expected = &matcher.expected;
        let test = match (comparator, expected.value.as_str()) {
            (Comparator::BooleanEquals, "true") => Test::Boolean(true),
            (Comparator::BooleanEquals, "false") => Test::Boolean(false),
            (Comparator::BooleanEquals, other) => {
                self.report(
                    &expected.place,
                    format!("`expected` is \"{other}\", which is not a boolean"),
                    "write \"true\" or \"false\"",
                );
                return None;
            }
            (_, text) => Test::Text(comparator, text),
        };
        Some((expr, test))
    }
}
