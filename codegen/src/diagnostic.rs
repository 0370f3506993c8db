//! Problems found in a model, with everything a person needs to fix them.

use std::fmt;

/// A place in a model file. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file's name as it was given to the generator.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Whether a problem prevents code from being generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Code is generated anyway.
    Warning,
}

/// One problem: where it is, which rule it breaks and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The place in a file, if the problem has one.
    pub location: Option<Location>,
    /// The shape (or member, as `namespace#Shape$member`) the problem is about.
    pub shape: Option<String>,
    /// Whether the problem is an error.
    pub severity: Severity,
    /// The rule's name in kebab case, such as `unknown-target`.
    pub rule: &'static str,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Diagnostic {
    /// Makes an error without a location or a shape.
    pub fn new(rule: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            location: None,
            shape: None,
            severity: Severity::Error,
            rule,
            message: message.into(),
            help: help.into(),
        }
    }

    /// Makes a warning without a location or a shape.
    pub fn warning(
        rule: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::new(rule, message, help)
        }
    }

    /// Sets the place of the problem.
    #[must_use]
    pub fn at(mut self, location: impl Into<Option<Location>>) -> Self {
        self.location = location.into();
        self
    }

    /// Sets the shape or member that the problem is about.
    #[must_use]
    pub fn on(mut self, shape: impl Into<String>) -> Self {
        self.shape = Some(shape.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(f, "{severity}[{}]: {}", self.rule, self.message)?;
        if let Some(location) = &self.location {
            writeln!(f, "  --> {location}")?;
        }
        if let Some(shape) = &self.shape {
            writeln!(f, "  shape: {shape}")?;
        }
        write!(f, "  help: {}", self.help)
    }
}

/// Collects the problems of a run. Every stage reports into the same one.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    found: Vec<Diagnostic>,
}

impl Problems {
    pub(crate) fn push(&mut self, problem: Diagnostic) {
        self.found.push(problem);
    }

    /// How many problems there are so far.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(crate) fn has_errors(&self) -> bool {
        let is_error = |problem: &Diagnostic| problem.severity == Severity::Error;
        self.found.iter().any(is_error)
    }

    /// Returns whether a problem at this place has been reported.
    pub(crate) fn has_at(&self, place: &Location) -> bool {
        self.found
            .iter()
            .any(|problem| problem.location.as_ref() == Some(place))
    }

    /// Sets the shape of the problems since `start` that have none yet.
    pub(crate) fn about(&mut self, start: usize, shape: &str) {
        for problem in &mut self.found[start..] {
            problem.shape.get_or_insert_with(|| shape.to_owned());
        }
    }

    /// The errors and the warnings.
    pub(crate) fn into_parts(self) -> (Diagnostics, Diagnostics) {
        let (errors, warnings) = self
            .found
            .into_iter()
            .partition(|problem| problem.severity == Severity::Error);
        (Diagnostics::new(errors), Diagnostics::new(warnings))
    }

    /// All problems, errors or not.
    pub(crate) fn into_diagnostics(self) -> Diagnostics {
        Diagnostics::new(self.found)
    }
}

impl Extend<Diagnostic> for Problems {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, problems: I) {
        self.found.extend(problems);
    }
}

/// Every problem found in one run, sorted by place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Sorts the problems by place and drops repeats.
    pub fn new(mut problems: Vec<Diagnostic>) -> Self {
        problems.sort();
        problems.dedup();
        Self(problems)
    }

    /// The problems, sorted by place.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// How many problems there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no problem at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

/// Names in a sentence: `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(problem: Diagnostic) -> Self {
        Self(vec![problem])
    }
}
