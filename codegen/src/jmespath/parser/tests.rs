//! Expressions as they are read, and problems with their places.

use super::parse;
use crate::jmespath::{Expr, Kind};

/// The expression in a notation that shows how it was read.
fn shown(expr: &Expr) -> String {
    let both = |name: &str, a: &Expr, b: &Expr| format!("{name}({}, {})", shown(a), shown(b));
    let all = |items: &[Expr]| items.iter().map(shown).collect::<Vec<_>>().join(", ");
    match &expr.kind {
        Kind::Current => "@".to_owned(),
        Kind::Field(name) => name.clone(),
        Kind::Index(index) => index.to_string(),
        Kind::Literal(literal) => format!("{literal:?}"),
        Kind::Then(a, b) => format!("{}.{}", shown(a), shown(b)),
        Kind::Each(a, b) => both("each", a, b),
        Kind::Values(a) => format!("values({})", shown(a)),
        Kind::Flatten(a) => format!("flat({})", shown(a)),
        Kind::Filter(a, b) => both("filter", a, b),
        Kind::List(items) => format!("[{}]", all(items)),
        Kind::Object(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| format!("{key}: {}", shown(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Kind::Compare(comparison, a, b) => both(&format!("{comparison:?}"), a, b),
        Kind::And(a, b) => both("and", a, b),
        Kind::Or(a, b) => both("or", a, b),
        Kind::Not(a) => format!("not({})", shown(a)),
        Kind::Call(function, arguments) => format!("{}({})", function.name(), all(arguments)),
    }
}

#[test]
fn expressions_are_read_as_jmespath_reads_them() {
    for (text, expected) in [
        ("Table.TableStatus", "Table.TableStatus"),
        ("a.b.c", "a.b.c"),
        ("a[].b[].c", "each(flat(each(flat(a), b)), c)"),
        ("a[*].b.c", "each(a, b.c)"),
        ("a[*]", "each(a, @)"),
        ("*", "values(@)"),
        ("a.*.b", "each(values(a), b)"),
        ("a[0].b", "a.0.b"),
        ("a[-1]", "a.-1"),
        ("[a, b.c]", "[a, b.c]"),
        ("a[*].[b, c.d][]", "flat(each(a, [b, c.d]))"),
        ("a || b && c", "or(a, and(b, c))"),
        ("!a && b", "and(not(a), b)"),
        ("!(a || b)", "not(or(a, b))"),
        ("a.b == 'c'", "Equal(a.b, Text(\"c\"))"),
        ("a | b", "a.b"),
        ("a[*].b | [0]", "each(a, b).0"),
        ("length(a[]) > `0`", "Greater(length(flat(a)), Integer(0))"),
        (
            "a[?b == 'c' || d].e",
            "each(filter(a, or(Equal(b, Text(\"c\")), d)), e)",
        ),
        (
            "contains(a[].[length(b[?c=='x']) >= d][], `false`)",
            "contains(flat(each(flat(a), [GreaterOrEqual(length(filter(b, Equal(c, Text(\"x\")))), d)])), \
             Bool(false))",
        ),
        ("keys(a)", "keys(a)"),
        ("{a: b.c, \"d e\": f}.a", "{a: b.c, d e: f}.a"),
        ("a[*].{b: c}", "each(a, {b: c})"),
        // A hash ends the projection, as a list does.
        ("a[*].{b: c}.b", "each(a, {b: c}).b"),
        ("values({a: b})", "values({a: b})"),
        ("\"quoted name\".b", "quoted name.b"),
        (r"a == 'it\'s'", "Equal(a, Text(\"it's\"))"),
        ("a == `\"x\"`", "Equal(a, Text(\"x\"))"),
        ("a == `x`", "Equal(a, Text(\"x\"))"),
        ("a < `1.5`", "Less(a, Float(1.5))"),
    ] {
        let expr = parse(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"));
        assert_eq!(shown(&expr), expected, "{text}");
    }
}

#[test]
fn problems_say_where_they_are() {
    for (text, at, message) in [
        ("", 0, "the expression ends where an expression is expected"),
        (
            "a.",
            2,
            "the expression ends where a member's name is expected",
        ),
        (
            "a b",
            2,
            "`b` stands where the end of the expression is expected",
        ),
        (
            "a[",
            2,
            "the expression ends where an index or `*` is expected",
        ),
        ("a[?b", 4, "the expression ends where `]` is expected"),
        ("a == 'b", 5, "the quote is not closed"),
        (
            "a[0:1]",
            1,
            "the generator does not support a slice (`[a:b]`) in JMESPath yet",
        ),
        (
            "sum(a)",
            0,
            "the generator does not know the JMESPath function `sum`",
        ),
        ("length(a, b)", 0, "`length` has 2 arguments, but takes 1"),
        (
            "a == `[1]`",
            5,
            "the literal is not a string, a number, a boolean or null",
        ),
        ("é", 0, "`é` starts nothing in JMESPath"),
        (
            "a[99999999999999999999]",
            2,
            "`99999999999999999999` is not an index",
        ),
        ("{}", 1, "something else stands where a key is expected"),
        ("{a}", 2, "something else stands where `:` is expected"),
        (
            "{a: b",
            5,
            "the expression ends where `,` or `}` is expected",
        ),
    ] {
        let problem = parse(text).expect_err(text);
        assert_eq!(
            (problem.at, problem.message.as_str()),
            (at, message),
            "{text}"
        );
    }
    let deep = "(".repeat(100_000);
    assert!(parse(&deep).is_err());
    assert!(parse(&"!".repeat(100_000)).is_err());
}
