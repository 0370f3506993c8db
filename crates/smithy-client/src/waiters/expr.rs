//! JMESPath expressions, evaluated on documents.

use aws_smithy_types::{Document, Number};
use std::borrow::Cow;
use std::cmp::Ordering;

/// A JMESPath expression, which the generator has parsed and checked.
#[derive(Debug)]
pub enum Expr {
    /// `@`
    Current,
    /// A member of an object.
    Field(&'static str),
    /// An item of a list. A negative index counts from the end.
    Index(i64),
    /// A literal null.
    Null,
    /// A literal boolean.
    Bool(bool),
    /// A literal whole number.
    Integer(i64),
    /// Any other literal number.
    Float(f64),
    /// A literal string.
    Text(&'static str),
    /// `a.b` and `a | b`
    Then(&'static Expr, &'static Expr),
    /// `a[*].b`
    Each(&'static Expr, &'static Expr),
    /// `a.*` and `values(a)`
    Values(&'static Expr),
    /// `a[]`
    Flatten(&'static Expr),
    /// `a[?b]`
    Filter(&'static Expr, &'static Expr),
    /// `[a, b]`
    List(&'static [Expr]),
    /// `{a: b}`
    Object(&'static [(&'static str, Expr)]),
    /// `a == b`
    Equal(&'static Expr, &'static Expr),
    /// `a != b`
    NotEqual(&'static Expr, &'static Expr),
    /// `a < b`
    Less(&'static Expr, &'static Expr),
    /// `a <= b`
    LessOrEqual(&'static Expr, &'static Expr),
    /// `a > b`
    Greater(&'static Expr, &'static Expr),
    /// `a >= b`
    GreaterOrEqual(&'static Expr, &'static Expr),
    /// `a && b`
    And(&'static Expr, &'static Expr),
    /// `a || b`
    Or(&'static Expr, &'static Expr),
    /// `!a`
    Not(&'static Expr),
    /// `contains(a, b)`
    Contains(&'static Expr, &'static Expr),
    /// `ends_with(a, b)`
    EndsWith(&'static Expr, &'static Expr),
    /// `keys(a)`
    Keys(&'static Expr),
    /// `length(a)`
    Length(&'static Expr),
    /// `starts_with(a, b)`
    StartsWith(&'static Expr, &'static Expr),
}

impl Expr {
    /// Evaluates the expression. Its value is null where JMESPath has none.
    pub fn evaluate<'d>(&self, current: &'d Document) -> Cow<'d, Document> {
        let own = |expr: &Self| expr.evaluate(current);
        Cow::Owned(match self {
            Self::Current => return Cow::Borrowed(current),
            Self::Field(name) => {
                let member = current.as_object().and_then(|members| members.get(*name));
                return member.map_or(Cow::Owned(Document::Null), Cow::Borrowed);
            }
            Self::Index(index) => {
                let item = current.as_array().and_then(|items| item(items, *index));
                return item.map_or(Cow::Owned(Document::Null), Cow::Borrowed);
            }
            Self::Then(first, then) => {
                return match own(first) {
                    Cow::Borrowed(value) => then.evaluate(value),
                    Cow::Owned(value) => Cow::Owned(then.evaluate(&value).into_owned()),
                };
            }
            Self::Null => Document::Null,
            Self::Bool(value) => Document::Bool(*value),
            Self::Integer(value) => Document::from(*value),
            Self::Float(value) => Document::Number(Number::Float(*value)),
            Self::Text(text) => Document::from(*text),
            Self::Each(list, each) => match own(list).as_array() {
                None => Document::Null,
                Some(items) => {
                    let values = items.iter().map(|item| each.evaluate(item).into_owned());
                    Document::Array(values.filter(is_there).collect())
                }
            },
            Self::Values(object) => match own(object).as_object() {
                None => Document::Null,
                Some(members) => Document::Array(
                    members
                        .values()
                        .filter(|it| is_there(it))
                        .cloned()
                        .collect(),
                ),
            },
            Self::Flatten(list) => match own(list).as_array() {
                None => Document::Null,
                Some(items) => {
                    let mut flat = Vec::new();
                    for item in items {
                        match item {
                            Document::Array(inner) => flat.extend(inner.iter().cloned()),
                            other => flat.push(other.clone()),
                        }
                    }
                    flat.retain(is_there);
                    Document::Array(flat)
                }
            },
            Self::Filter(list, predicate) => match own(list).as_array() {
                None => Document::Null,
                Some(items) => {
                    let kept = items
                        .iter()
                        .filter(|item| is_true(&predicate.evaluate(item)));
                    Document::Array(kept.cloned().collect())
                }
            },
            Self::List(items) => {
                Document::Array(items.iter().map(|item| own(item).into_owned()).collect())
            }
            Self::Object(entries) => {
                let entries = entries.iter();
                let values =
                    entries.map(|(key, value)| ((*key).to_owned(), own(value).into_owned()));
                Document::Object(values.collect())
            }
            Self::Equal(a, b) => Document::Bool(equal(&own(a), &own(b))),
            Self::NotEqual(a, b) => Document::Bool(!equal(&own(a), &own(b))),
            Self::Less(a, b) => ordered(&own(a), &own(b), Ordering::is_lt),
            Self::LessOrEqual(a, b) => ordered(&own(a), &own(b), Ordering::is_le),
            Self::Greater(a, b) => ordered(&own(a), &own(b), Ordering::is_gt),
            Self::GreaterOrEqual(a, b) => ordered(&own(a), &own(b), Ordering::is_ge),
            Self::And(a, b) => {
                let first = own(a);
                return if is_true(&first) { own(b) } else { first };
            }
            Self::Or(a, b) => {
                let first = own(a);
                return if is_true(&first) { first } else { own(b) };
            }
            Self::Not(inner) => Document::Bool(!is_true(&own(inner))),
            Self::Contains(subject, part) => Document::Bool(match &*own(subject) {
                Document::Array(items) => {
                    let part = own(part);
                    items.iter().any(|item| equal(item, &part))
                }
                subject => texts(subject, &own(part)).is_some_and(|(a, b)| a.contains(b)),
            }),
            Self::EndsWith(subject, part) => Document::Bool(
                texts(&own(subject), &own(part)).is_some_and(|(a, b)| a.ends_with(b)),
            ),
            Self::StartsWith(subject, part) => Document::Bool(
                texts(&own(subject), &own(part)).is_some_and(|(a, b)| a.starts_with(b)),
            ),
            Self::Keys(object) => match own(object).as_object() {
                None => Document::Null,
                Some(members) => Document::Array(
                    members
                        .keys()
                        .map(|name| Document::from(name.as_str()))
                        .collect(),
                ),
            },
            Self::Length(of) => Document::from(match &*own(of) {
                Document::Array(items) => items.len() as u64,
                Document::Object(members) => members.len() as u64,
                Document::String(text) => text.chars().count() as u64,
                // An absent list has no items. In XML, it looks the same as an empty one.
                _ => 0,
            }),
        })
    }
}

fn item(items: &[Document], index: i64) -> Option<&Document> {
    let from_end = usize::try_from(index.unsigned_abs()).ok()?;
    match index < 0 {
        true => items.get(items.len().checked_sub(from_end)?),
        false => items.get(from_end),
    }
}

fn is_there(value: &Document) -> bool {
    !matches!(value, Document::Null)
}

/// False are null, false, and what is empty.
fn is_true(value: &Document) -> bool {
    match value {
        Document::Null => false,
        Document::Bool(value) => *value,
        Document::Number(_) => true,
        Document::String(text) => !text.is_empty(),
        Document::Array(items) => !items.is_empty(),
        Document::Object(members) => !members.is_empty(),
    }
}

fn equal(a: &Document, b: &Document) -> bool {
    match (a, b) {
        (Document::Number(a), Document::Number(b)) => compare(*a, *b) == Some(Ordering::Equal),
        _ => a == b,
    }
}

/// Null if one of them is no number.
fn ordered(a: &Document, b: &Document, test: fn(Ordering) -> bool) -> Document {
    match (a, b) {
        (Document::Number(a), Document::Number(b)) => {
            Document::Bool(compare(*a, *b).is_some_and(test))
        }
        _ => Document::Null,
    }
}

fn compare(a: Number, b: Number) -> Option<Ordering> {
    let whole = |number| match number {
        Number::PosInt(value) => Some(i128::from(value)),
        Number::NegInt(value) => Some(i128::from(value)),
        Number::Float(_) => None,
    };
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        _ => a.to_f64_lossy().partial_cmp(&b.to_f64_lossy()),
    }
}

fn texts<'d>(a: &'d Document, b: &'d Document) -> Option<(&'d str, &'d str)> {
    a.as_string().zip(b.as_string())
}

#[cfg(test)]
mod tests {
    use super::Expr::*;
    use super::*;

    fn object(members: &[(&str, Document)]) -> Document {
        let members = members.iter();
        Document::Object(
            members
                .map(|(name, it)| ((*name).to_owned(), it.clone()))
                .collect(),
        )
    }

    fn list(items: &[Document]) -> Document {
        Document::Array(items.to_vec())
    }

    fn message() -> Document {
        let thing = |state: &str, count: u64| {
            object(&[
                ("State", Document::from(state)),
                ("Count", Document::from(count)),
                ("Tags", list(&["a".into(), state.into()])),
            ])
        };
        object(&[
            (
                "Things",
                list(&[thing("ON", 1), object(&[]), thing("OFF", 2)]),
            ),
            ("ByName", object(&[("x", thing("ON", 3))])),
            ("Name", Document::from("room")),
            ("Empty", list(&[])),
        ])
    }

    #[test]
    fn values_are_those_of_jmespath() {
        let message = message();
        let texts = |texts: &[&str]| {
            list(
                &texts
                    .iter()
                    .map(|it| Document::from(*it))
                    .collect::<Vec<_>>(),
            )
        };
        for (expr, expected) in [
            (Then(&Field("Things"), &Index(0)), None),
            (
                Then(&Then(&Field("Things"), &Index(-1)), &Field("State")),
                Some("OFF".into()),
            ),
            (
                Then(&Then(&Field("Things"), &Index(-4)), &Field("State")),
                Some(Document::Null),
            ),
            (
                Each(&Flatten(&Field("Things")), &Field("State")),
                Some(texts(&["ON", "OFF"])),
            ),
            (
                Flatten(&Each(&Field("Things"), &Field("Tags"))),
                Some(texts(&["a", "ON", "a", "OFF"])),
            ),
            (
                Each(&Values(&Field("ByName")), &Field("State")),
                Some(texts(&["ON"])),
            ),
            (Keys(&Field("ByName")), Some(texts(&["x"]))),
            (
                Each(
                    &Filter(&Field("Things"), &Equal(&Field("State"), &Text("ON"))),
                    &Field("Count"),
                ),
                Some(list(&[Document::from(1_u64)])),
            ),
            (
                List(&[Field("Name"), Field("None")]),
                Some(list(&["room".into(), Document::Null])),
            ),
            (
                Object(&[("n", Field("Name")), ("none", Field("None"))]),
                Some(object(&[("n", "room".into()), ("none", Document::Null)])),
            ),
            (Length(&Field("Things")), Some(Document::from(3_u64))),
            (Length(&Field("None")), Some(Document::from(0_u64))),
            (Length(&Text("\u{e9}")), Some(Document::from(1_u64))),
            (
                Greater(&Length(&Field("Things")), &Integer(2)),
                Some(true.into()),
            ),
            (Less(&Field("Name"), &Integer(2)), Some(Document::Null)),
            (LessOrEqual(&Float(2.0), &Integer(2)), Some(true.into())),
            (Equal(&Float(2.0), &Integer(2)), Some(true.into())),
            (NotEqual(&Field("None"), &Null), Some(false.into())),
            (Or(&Field("Empty"), &Field("Name")), Some("room".into())),
            (And(&Field("Name"), &Bool(false)), Some(false.into())),
            (Not(&Field("Empty")), Some(true.into())),
            (Contains(&Field("Name"), &Text("oo")), Some(true.into())),
            (
                Contains(
                    &Each(&Flatten(&Field("Things")), &Field("Count")),
                    &Integer(2),
                ),
                Some(true.into()),
            ),
            (StartsWith(&Field("Name"), &Text("ro")), Some(true.into())),
            (EndsWith(&Current, &Text("ro")), Some(false.into())),
            (Flatten(&Field("Name")), Some(Document::Null)),
        ] {
            let value = expr.evaluate(&message);
            match expected {
                Some(expected) => assert!(equal(&value, &expected), "{expr:?}: {value:?}"),
                None => assert!(value.as_object().is_some(), "{expr:?}: {value:?}"),
            }
        }
    }
}
