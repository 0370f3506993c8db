//! The type of an expression's value, found out from the shapes that it walks through.

use super::{Comparison, Expr, Function, Kind, Literal, Problem};
use crate::diagnostic::listed;
use crate::model::{Kind as ShapeKind, Model, Shape, Simple};

/// The type of a value. Any value may be null, since members may be absent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type<'m> {
    /// It depends on the message: what a document holds, or a list of different things.
    Any,
    Null,
    Boolean,
    Number,
    String,
    /// A blob or a timestamp, which can only be there or not.
    Opaque(&'static str),
    List(Box<Type<'m>>),
    /// A structure, union or map.
    Shape(&'m Shape),
    /// An object with these members.
    Object(Vec<(String, Type<'m>)>),
}

impl<'m> Type<'m> {
    /// The type of a shape's values.
    pub(crate) fn of(model: &'m Model, shape: &'m Shape) -> Self {
        match &shape.kind {
            ShapeKind::Simple(simple) => match simple {
                Simple::Boolean => Self::Boolean,
                Simple::String => Self::String,
                Simple::Document => Self::Any,
                Simple::Blob => Self::Opaque("a blob"),
                Simple::Timestamp => Self::Opaque("a timestamp"),
                // A document holds them as strings.
                Simple::BigDecimal | Simple::BigInteger => Self::Opaque("a big number"),
                Simple::Byte
                | Simple::Double
                | Simple::Float
                | Simple::Integer
                | Simple::Long
                | Simple::Short => Self::Number,
            },
            ShapeKind::Enum => Self::String,
            ShapeKind::IntEnum => Self::Number,
            ShapeKind::List => Self::List(Box::new(Self::of_member(model, shape, "member"))),
            _ => Self::Shape(shape),
        }
    }

    fn of_member(model: &'m Model, shape: &'m Shape, name: &str) -> Self {
        let target = shape.member(name).and_then(|member| model.target(member));
        target.map_or(Self::Any, |target| Self::of(model, target))
    }

    /// The type with its article, for messages.
    pub(crate) fn described(&self) -> String {
        match self {
            Self::Any => "a value of any type".to_owned(),
            Self::Null => "null".to_owned(),
            Self::Boolean => "a boolean".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::String => "a string".to_owned(),
            Self::Opaque(what) => (*what).to_owned(),
            Self::List(item) => match &**item {
                Self::String => "a list of strings".to_owned(),
                _ => "a list".to_owned(),
            },
            Self::Shape(shape) => shape.kind.described(),
            Self::Object(_) => "an object".to_owned(),
        }
    }

    fn list(item: Self) -> Self {
        Self::List(Box::new(item))
    }

    /// The type of a value that is one or the other.
    fn either(self, other: Self) -> Self {
        match (self, other) {
            (one, Self::Null) | (Self::Null, one) => one,
            (one, other) if one == other => one,
            _ => Self::Any,
        }
    }
}

/// Finds out the type of an expression's value.
///
/// # Errors
///
/// Returns the first step that no value can make.
pub(crate) fn check<'m>(
    model: &'m Model,
    current: &Type<'m>,
    expr: &Expr,
) -> Result<Type<'m>, Problem> {
    let own = |expr: &Expr| check(model, current, expr);
    match &expr.kind {
        Kind::Current => Ok(current.clone()),
        Kind::Field(name) => field(model, current, name, expr.at),
        Kind::Index(_) => match current {
            Type::Any => Ok(Type::Any),
            Type::List(item) => Ok((**item).clone()),
            other => Err(no_list(other, expr.at, "take an item of")),
        },
        Kind::Literal(literal) => Ok(match literal {
            Literal::Null => Type::Null,
            Literal::Bool(_) => Type::Boolean,
            Literal::Integer(_) | Literal::Float(_) => Type::Number,
            Literal::Text(_) => Type::String,
        }),
        Kind::Then(first, then) => check(model, &own(first)?, then),
        Kind::Each(list, each) => match own(list)? {
            Type::Any => Ok(Type::list(check(model, &Type::Any, each)?)),
            Type::List(item) => Ok(Type::list(check(model, &item, each)?)),
            other => Err(no_list(&other, expr.at, "walk through")),
        },
        Kind::Values(of) => values(model, &own(of)?, expr.at),
        Kind::Flatten(list) => match own(list)? {
            Type::Any => Ok(Type::list(Type::Any)),
            Type::List(item) => Ok(match *item {
                Type::List(inner) => Type::List(inner),
                other => Type::list(other),
            }),
            other => Err(no_list(&other, expr.at, "flatten")),
        },
        Kind::Filter(list, predicate) => {
            let item = match own(list)? {
                Type::Any => Type::Any,
                Type::List(item) => *item,
                other => return Err(no_list(&other, expr.at, "filter")),
            };
            check(model, &item, predicate)?;
            Ok(Type::list(item))
        }
        Kind::List(items) => {
            let mut all = Type::Null;
            for item in items {
                all = all.either(own(item)?);
            }
            Ok(Type::list(all))
        }
        Kind::Object(entries) => {
            let entries = entries.iter();
            let types = entries.map(|(key, value)| Ok((key.clone(), own(value)?)));
            Ok(Type::Object(types.collect::<Result<_, _>>()?))
        }
        Kind::Compare(comparison, left, right) => {
            compare(*comparison, &own(left)?, &own(right)?, expr.at)
        }
        Kind::And(left, right) | Kind::Or(left, right) => Ok(own(left)?.either(own(right)?)),
        Kind::Not(inner) => own(inner).map(|_| Type::Boolean),
        Kind::Call(function, arguments) => {
            let types = arguments.iter().map(own).collect::<Result<Vec<_>, _>>()?;
            call(model, *function, &types, expr.at)
        }
    }
}

fn field<'m>(
    model: &'m Model,
    current: &Type<'m>,
    name: &str,
    at: usize,
) -> Result<Type<'m>, Problem> {
    let unknown = |whose: &str, names: Vec<&str>| {
        let help = match names.is_empty() {
            true => "name something else: it has no members".to_owned(),
            false => format!("name one of its members: {}", listed(&names)),
        };
        Problem::new(at, format!("{whose} has no member `{name}`"), help)
    };
    match current {
        Type::Any => Ok(Type::Any),
        Type::Shape(shape) if shape.kind == ShapeKind::Map => {
            Ok(Type::of_member(model, shape, "value"))
        }
        Type::Shape(shape) if shape.member(name).is_some() => {
            Ok(Type::of_member(model, shape, name))
        }
        Type::Shape(shape) => {
            let names = shape.members.iter().map(|member| member.name.as_str());
            Err(unknown(&format!("`{}`", shape.id.name()), names.collect()))
        }
        Type::Object(members) => match members.iter().find(|(known, _)| known == name) {
            Some((_, member)) => Ok(member.clone()),
            None => Err(unknown(
                "the value",
                members.iter().map(|(name, _)| name.as_str()).collect(),
            )),
        },
        other => {
            let help = match other {
                Type::List(_) => "walk through its items with `[]` or `[*]` first",
                _ => "end the path before",
            };
            let described = other.described();
            Err(Problem::new(
                at,
                format!("{described} has no member `{name}`"),
                help,
            ))
        }
    }
}

fn values<'m>(model: &'m Model, of: &Type<'m>, at: usize) -> Result<Type<'m>, Problem> {
    match of {
        Type::Any => Ok(Type::list(Type::Any)),
        Type::Shape(shape) if shape.kind == ShapeKind::Map => {
            Ok(Type::list(Type::of_member(model, shape, "value")))
        }
        Type::Shape(shape) => {
            let members = shape.members.iter();
            let types = members.map(|member| Type::of_member(model, shape, &member.name));
            Ok(Type::list(types.fold(Type::Null, Type::either)))
        }
        Type::Object(members) => {
            let types = members.iter().map(|(_, ty)| ty.clone());
            Ok(Type::list(types.fold(Type::Null, Type::either)))
        }
        other => Err(Problem::new(
            at,
            format!("{} has no values to walk through", other.described()),
            "use `*` on a map or structure",
        )),
    }
}

fn no_list(found: &Type<'_>, at: usize, verb: &str) -> Problem {
    Problem::new(
        at,
        format!(
            "there is {} to {verb}, which takes a list",
            found.described()
        ),
        "take the brackets out, or name a member that is a list",
    )
}

fn compare<'m>(
    comparison: Comparison,
    left: &Type<'m>,
    right: &Type<'m>,
    at: usize,
) -> Result<Type<'m>, Problem> {
    let both = [left, right];
    if !matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
        let mut both = both.into_iter();
        return match both.find(|ty| !matches!(ty, Type::Any | Type::Number)) {
            Some(other) => Err(Problem::new(
                at,
                format!("{} is neither more nor less", other.described()),
                "order numbers only, and put those that are literals between backquotes",
            )),
            None => Ok(Type::Boolean),
        };
    }
    if both.contains(&&Type::Null) {
        return Ok(Type::Boolean);
    }
    let is_simple =
        |ty: &&Type<'_>| matches!(ty, Type::Any | Type::Boolean | Type::Number | Type::String);
    if let Some(other) = both.into_iter().find(|ty| !is_simple(ty)) {
        return Err(Problem::new(
            at,
            format!("{} cannot be compared", other.described()),
            "compare strings, numbers or booleans",
        ));
    }
    if left != right && !both.contains(&&Type::Any) {
        return Err(Problem::new(
            at,
            format!(
                "{} is compared with {}",
                left.described(),
                right.described()
            ),
            "compare values of the same type; numbers and booleans stand between backquotes, strings between \
             single quotes",
        ));
    }
    Ok(Type::Boolean)
}

fn call<'m>(
    model: &'m Model,
    function: Function,
    arguments: &[Type<'m>],
    at: usize,
) -> Result<Type<'m>, Problem> {
    let name = function.name();
    let bad = |found: &Type<'_>, takes: &str| {
        Err(Problem::new(
            at,
            format!("`{name}` takes {takes}, not {}", found.described()),
            "give it such a value",
        ))
    };
    match (function, arguments) {
        (Function::Contains, [subject, item]) => match subject {
            Type::Any => Ok(Type::Boolean),
            Type::String if matches!(item, Type::String | Type::Any) => Ok(Type::Boolean),
            Type::String => bad(item, "a string to look for in a string"),
            Type::List(of) => compare(Comparison::Equal, of, item, at),
            other => bad(other, "a list or a string"),
        },
        (Function::StartsWith | Function::EndsWith, arguments) => {
            let is_text = |ty: &&Type<'_>| matches!(ty, Type::String | Type::Any);
            match arguments.iter().find(|ty| !is_text(ty)) {
                Some(other) => bad(other, "strings"),
                None => Ok(Type::Boolean),
            }
        }
        (Function::Length, [of]) => match of {
            Type::Any | Type::String | Type::List(_) | Type::Shape(_) | Type::Object(_) => {
                Ok(Type::Number)
            }
            other => bad(other, "a list, a map or a string"),
        },
        (Function::Keys, [of]) => match of {
            Type::Any | Type::Shape(_) | Type::Object(_) => Ok(Type::list(Type::String)),
            other => bad(other, "a map"),
        },
        (Function::Values, [of]) => values(model, of, at),
        // The parser counts the arguments.
        _ => bad(&Type::Null, "other arguments"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;
    use crate::diagnostic::Problems;
    use crate::jmespath::parse;

    const MODEL: &str = r#"{"smithy": "2.0", "shapes": {
        "a#Output": {"type": "structure", "members": {
            "Name": {"target": "smithy.api#String"},
            "Count": {"target": "smithy.api#Integer"},
            "Made": {"target": "smithy.api#Timestamp"},
            "Things": {"target": "a#Things"},
            "ByName": {"target": "a#ByName"},
            "Free": {"target": "smithy.api#Document"}
        }},
        "a#Things": {"type": "list", "member": {"target": "a#Thing"}},
        "a#Thing": {"type": "structure", "members": {
            "State": {"target": "a#State"},
            "Tags": {"target": "a#Tags"}
        }},
        "a#Tags": {"type": "list", "member": {"target": "smithy.api#String"}},
        "a#State": {"type": "enum", "members": {"ON": {"target": "smithy.api#Unit"}}},
        "a#ByName": {
            "type": "map",
            "key": {"target": "smithy.api#String"},
            "value": {"target": "a#Thing"}
        }
    }}"#;

    fn checked(text: &str) -> Result<String, String> {
        let mut problems = Problems::default();
        let source = Source {
            name: "model.json",
            text: MODEL,
        };
        let model = crate::load(&[source], None, &mut problems);
        let mut shapes = model.shapes.values();
        let output = shapes.find(|shape| shape.id.as_str() == "a#Output");
        let output = Type::of(&model, output.expect("in the model"));
        let expr = parse(text).expect("well formed");
        match check(&model, &output, &expr) {
            Ok(ty) => Ok(ty.described()),
            Err(problem) => Err(problem.message_in(text)),
        }
    }

    #[test]
    fn types_follow_the_shapes() {
        for (text, expected) in [
            ("Name", "a string"),
            ("Things", "a list"),
            ("Things[].State", "a list of strings"),
            ("Things[*].Tags[]", "a list of strings"),
            ("Things[*].Tags | []", "a list of strings"),
            ("Things[0].State", "a string"),
            ("ByName.any.State", "a string"),
            ("ByName.*.State", "a list of strings"),
            ("keys(ByName)", "a list of strings"),
            ("length(Things[?State == 'ON']) > `0`", "a boolean"),
            ("length(Things) == Count", "a boolean"),
            ("contains(Things[].State, 'ON')", "a boolean"),
            ("Made != `null`", "a boolean"),
            ("Free.anything[0]", "a value of any type"),
            ("Things[].[State, Tags[0]][]", "a list of strings"),
            ("!Made && Count >= `1`", "a boolean"),
        ] {
            assert_eq!(checked(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_no_value_can_be_is_a_problem() {
        for (text, expected) in [
            ("Nam", "`Output` has no member `Nam`, at character 1"),
            (
                "Things.State",
                "a list has no member `State`, at character 8",
            ),
            ("Name.x", "a string has no member `x`, at character 6"),
            (
                "Name[]",
                "there is a string to flatten, which takes a list, at character 5",
            ),
            (
                "Count == '1'",
                "a number is compared with a string, at character 7",
            ),
            (
                "Name > `1`",
                "a string is neither more nor less, at character 6",
            ),
            (
                "Made == `1`",
                "a timestamp cannot be compared, at character 6",
            ),
            (
                "length(Count)",
                "`length` takes a list, a map or a string, not a number, at character 1",
            ),
            (
                "keys(Name)",
                "`keys` takes a map, not a string, at character 1",
            ),
            (
                "contains(Things[].State, `1`)",
                "a string is compared with a number, at character 1",
            ),
            (
                "Things[?Stat == 'ON']",
                "`Thing` has no member `Stat`, at character 9",
            ),
        ] {
            let message = checked(text).expect_err(text);
            assert_eq!(message, format!("{expected} of `{text}`"));
        }
    }
}
