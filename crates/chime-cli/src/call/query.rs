//! Parts of results, by JMESPath expressions.

use jmespath::{Expression, Variable};
use serde_json::Value;

/// A JMESPath expression.
pub(super) struct Query(Expression<'static>);

impl Query {
    /// Parses an expression.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        match jmespath::compile(text) {
            Ok(expression) => Ok(Self(expression)),
            Err(error) => Err(format!("the query is not JMESPath: {}", one_line(&error))),
        }
    }

    /// Returns the part of a result.
    pub(super) fn search(&self, value: &Value) -> Result<Value, String> {
        let failed = |error| format!("the query fails: {}", one_line(&error));
        let variable = Variable::from_serializable(value).map_err(failed)?;
        let found = self.0.search(variable).map_err(failed)?;
        serde_json::to_value(&*found).map_err(|error| format!("the query fails: {error}"))
    }
}

/// Returns the reason of an error and where it is. `Display` also draws the expression.
fn one_line(error: &jmespath::JmespathError) -> String {
    format!("{} (column {})", error.reason, error.column + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn functions_projections_and_filters_work() {
        let value = json!({"Rooms": [
            {"Name": "b", "Size": 2, "Tags": ["x"]},
            {"Name": "a", "Size": 3},
            {"Name": "c", "Size": 9_007_199_254_740_993_u64},
        ]});
        for (query, expected) in [
            ("Rooms[].Name", json!(["b", "a", "c"])),
            ("sort_by(Rooms, &Name)[0].Name", json!("a")),
            ("Rooms[?Size > `2`].Name | length(@)", json!(2)),
            ("Rooms[-1].Size", json!(9_007_199_254_740_993_u64)),
            (
                "Rooms[0].{n: Name, t: Tags[0]}",
                json!({"n": "b", "t": "x"}),
            ),
            ("Rooms[].[Name, Size] | [0]", json!(["b", 2])),
            ("join(', ', Rooms[].Name)", json!("b, a, c")),
            ("max_by(Rooms[:2], &Size).Name", json!("a")),
            ("Nothing", json!(null)),
            ("keys(@)", json!(["Rooms"])),
        ] {
            let found = Query::parse(query).expect("JMESPath").search(&value);
            assert_eq!(found, Ok(expected), "{query}");
        }
    }

    #[test]
    fn errors_are_one_line() {
        let error = Query::parse("Rooms[").err().expect("an error");
        assert!(error.starts_with("the query is not JMESPath: "), "{error}");
        assert!(!error.contains('\n'), "{error}");
        let query = Query::parse("length(@)").expect("JMESPath");
        let error = query.search(&json!(1)).expect_err("an error");
        assert!(error.starts_with("the query fails: "), "{error}");
        assert!(!error.contains('\n'), "{error}");
    }
}
