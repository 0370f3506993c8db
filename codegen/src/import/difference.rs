//! Lists the differences between two normalised models.

use serde_json::Value;
use std::collections::BTreeSet;

/// One line for each difference between two normalised files: added and removed shapes, and changed
/// values.
pub fn difference(old: &str, new: &str) -> Vec<String> {
    let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
    let (old, new) = (parse(old), parse(new));
    let mut lines = Vec::new();
    // The keys at the top of a model are always the same.
    let [old, new] = [&old, &new].map(|file| file.get("shapes").unwrap_or(file));
    compare("", old, new, &mut lines);
    lines
}

fn compare(path: &str, old: &Value, new: &Value, lines: &mut Vec<String>) {
    if old == new {
        return;
    }
    if let (Value::Object(old), Value::Object(new)) = (old, new) {
        let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let path = if path.is_empty() {
                key.clone()
            } else {
                format!("{path} / {key}")
            };
            match (old.get(key), new.get(key)) {
                (Some(old), Some(new)) => compare(&path, old, new, lines),
                (Some(_), None) => lines.push(format!("- {path}")),
                (None, Some(_)) => lines.push(format!("+ {path}")),
                (None, None) => {}
            }
        }
        return;
    }
    if let (Value::Array(old), Value::Array(new)) = (old, new)
        && old.len() == new.len()
    {
        for (index, (old, new)) in old.iter().zip(new).enumerate() {
            compare(&format!("{path} / {index}"), old, new, lines);
        }
        return;
    }
    lines.push(format!("~ {path}: {} -> {}", short(old), short(new)));
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_named() {
        let old = r#"{"shapes": {"a#B": {"type": "string"}, "a#C": {"type": "list"}, "a#D": {}}}"#;
        let new = r#"{"shapes": {"a#B": {"type": "blob"}, "a#D": {"traits": 1}, "a#E": {}}}"#;
        assert_eq!(
            difference(old, new),
            [
                r#"~ a#B / type: "string" -> "blob""#,
                "- a#C",
                "+ a#D / traits",
                "+ a#E",
            ]
        );
        assert!(difference(old, old).is_empty());
    }
}
