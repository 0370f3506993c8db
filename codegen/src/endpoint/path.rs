//! The paths of `smithy.rules#operationContextParams`: the part of JMESPath that finds strings and booleans.

use crate::jmespath::{self, Expr, Function, Kind};

/// What to take out of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Path {
    /// The value that the path has come to.
    Value,
    /// A member of a structure, or a value of a map by its key.
    Field(String, Box<Path>),
    /// The keys of a map, or the names of a structure's members.
    Keys,
    /// Each item of a list.
    Items(Box<Path>),
    /// Each value of a map or structure.
    Values(Box<Path>),
    /// All of these, one after the other.
    All(Vec<Path>),
}

/// Reads a path.
///
/// # Errors
///
/// Returns a message and a hint if the expression is not valid or needs more of JMESPath.
pub(crate) fn parse(text: &str) -> Result<Path, (String, String)> {
    let expr = jmespath::parse(text).map_err(|problem| (problem.message_in(text), problem.help))?;
    path(&expr, Path::Value).ok_or_else(|| {
        (
            format!("`{text}` is not a path that endpoint parameters may have"),
            "use names, `keys()`, `values()`, `[*]`, `[]`, `.*`, and lists and hashes of paths"
                .to_owned(),
        )
    })
}

/// The path through the value of an expression; `then` continues it there.
fn path(expr: &Expr, then: Path) -> Option<Path> {
    match &expr.kind {
        Kind::Current => Some(then),
        Kind::Field(name) => Some(Path::Field(name.clone(), Box::new(then))),
        // The list that a projection makes has no members.
        Kind::Then(first, _) if is_projection(first) => None,
        Kind::Then(first, next) => path(first, path(next, then)?),
        Kind::Each(list, each) => {
            let then = path(each, then)?;
            match &list.kind {
                Kind::Values(of) => path(of, Path::Values(Box::new(then))),
                // A list of lists is always flattened: that is all that a list of strings can be made of.
                Kind::Flatten(list) => path(list, Path::Items(Box::new(then))),
                _ => path(list, Path::Items(Box::new(then))),
            }
        }
        Kind::Values(of) => path(of, Path::Values(Box::new(then))),
        Kind::Flatten(list) => match (then, is_projection(list)) {
            // What ends in a list finds its items.
            (Path::Value, true) => path(list, Path::Value),
            (Path::Value, false) => path(list, Path::Items(Box::new(Path::Value))),
            _ => None,
        },
        Kind::List(items) => {
            let then = match then {
                Path::Value => Path::Value,
                Path::Items(then) => *then,
                _ => return None,
            };
            let paths = items.iter().map(|item| path(item, then.clone()));
            Some(Path::All(paths.collect::<Option<_>>()?))
        }
        Kind::Object(entries) => match then {
            Path::Field(name, then) => {
                let (_, value) = entries.iter().find(|(key, _)| *key == name)?;
                path(value, *then)
            }
            Path::Values(then) => {
                let paths = entries
                    .iter()
                    .map(|(_, value)| path(value, (*then).clone()));
                Some(Path::All(paths.collect::<Option<_>>()?))
            }
            _ => None,
        },
        Kind::Call(Function::Keys, arguments) => match then {
            Path::Value => path(arguments.first()?, Path::Keys),
            Path::Items(then) if *then == Path::Value => path(arguments.first()?, Path::Keys),
            _ => None,
        },
        Kind::Call(Function::Values, arguments) => {
            let then = match then {
                Path::Value => Path::Value,
                Path::Items(then) => *then,
                _ => return None,
            };
            path(arguments.first()?, Path::Values(Box::new(then)))
        }
        Kind::Index(_)
        | Kind::Literal(_)
        | Kind::Filter(..)
        | Kind::Compare(..)
        | Kind::And(..)
        | Kind::Or(..)
        | Kind::Not(_)
        | Kind::Call(..) => None,
    }
}

/// Whether the value is a list that the expression makes.
fn is_projection(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        Kind::Each(..) | Kind::Values(_) | Kind::Flatten(_) | Kind::List(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, then: Path) -> Path {
        Path::Field(name.to_owned(), Box::new(then))
    }

    fn items(then: Path) -> Path {
        Path::Items(Box::new(then))
    }

    fn values(then: Path) -> Path {
        Path::Values(Box::new(then))
    }

    #[test]
    fn paths() {
        for (text, path) in [
            ("Name", field("Name", Path::Value)),
            ("A.\"B-c\"", field("A", field("B-c", Path::Value))),
            ("A | B", field("A", field("B", Path::Value))),
            ("keys(A.B)", field("A", field("B", Path::Keys))),
            ("keys(A)[*]", field("A", Path::Keys)),
            (
                "values(A)[*].B",
                field("A", values(field("B", Path::Value))),
            ),
            ("A[]", field("A", items(Path::Value))),
            (
                "A[*].B[].C",
                field("A", items(field("B", items(field("C", Path::Value))))),
            ),
            ("A[*].B[]", field("A", items(field("B", Path::Value)))),
            ("A.*", field("A", values(Path::Value))),
            ("A.*.B", field("A", values(field("B", Path::Value)))),
            (
                "A[*].[B.C, D][]",
                field(
                    "A",
                    items(Path::All(vec![
                        field("B", field("C", Path::Value)),
                        field("D", Path::Value),
                    ])),
                ),
            ),
            (
                "A[*].[B, C][].D",
                field(
                    "A",
                    items(Path::All(vec![
                        field("B", field("D", Path::Value)),
                        field("C", field("D", Path::Value)),
                    ])),
                ),
            ),
            ("{x: A, y: B.C}.y", field("B", field("C", Path::Value))),
            (
                "A[*].values({x: B, y: C})[]",
                field(
                    "A",
                    items(Path::All(vec![
                        field("B", Path::Value),
                        field("C", Path::Value),
                    ])),
                ),
            ),
            (
                "values({x: A, y: B[*].C})",
                Path::All(vec![
                    field("A", Path::Value),
                    field("B", items(field("C", Path::Value))),
                ]),
            ),
        ] {
            assert_eq!(parse(text), Ok(path), "{text}");
        }
        for text in [
            "",
            "A.",
            ".A",
            "A[0]",
            "A[?B]",
            "keys(A",
            "keys(A)[0]",
            "keys(A)[*].B",
            "length(A)",
            "A[*] | B",
            "[A",
            "[A, B].C",
            "{a: A}",
            "A[*].{a: B}.a",
            "{a: A}.b",
            "1A",
            "A B",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
