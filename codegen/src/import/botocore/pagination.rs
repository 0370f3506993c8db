//! Paginators of botocore's form.

use super::Converter;
use crate::source::botocore as keys;
use crate::source::json::{Entry, Node};
use serde_json::{Map, Value, json};

impl<'a> Converter<'a> {
    /// Notes which operations the file of paginators lists.
    pub(super) fn paginators_note(&self, paging: Option<&Node>) -> String {
        let Some(entries) = paging.and_then(Node::as_object) else {
            return "there is no paginators-1.json next to the model, so no operation is paginated"
                .to_owned();
        };
        let names: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        if names.is_empty() {
            return "paginators-1.json lists no operation, so none is paginated".to_owned();
        }
        format!(
            "pagination is taken from paginators-1.json, which lists only the operations for which \
             botocore has paginators: {}",
            crate::diagnostic::listed(&names)
        )
    }

    /// The trait `paginated`, if Smithy can express the paginator.
    pub(super) fn pagination(
        &mut self,
        operation: &Entry,
        paging: &Node,
        notes: &mut Vec<String>,
    ) -> Option<Value> {
        self.known(paging, &[&keys::PAGINATOR], &operation.key);
        let mut paginated = Map::new();
        let mut left_out = |what: &str| {
            notes.push(format!("the pagination of {} {what}", operation.key));
        };
        for (from, to, side, kinds) in [
            ("input_token", "inputToken", "input", TOKENS),
            ("output_token", "outputToken", "output", TOKENS),
            ("limit_key", "pageSize", "input", SIZES),
            ("result_key", "items", "output", ITEMS),
        ] {
            let is_token = from.ends_with("token");
            let path = match paging.get(from) {
                None if is_token => None,
                None => continue,
                Some(node) => match node.as_array() {
                    Some([one]) => one.as_str(),
                    _ => node.as_str(),
                },
            };
            let kind = path.and_then(|path| self.kind_at(&operation.value, side, path));
            match (path, kind) {
                (Some(path), Some(kind)) if kinds.contains(&kind) => {
                    paginated.insert(to.to_owned(), json!(path));
                }
                _ if is_token => {
                    left_out("is left out: Smithy has no counterpart for its tokens");
                    return None;
                }
                _ => left_out(&format!(
                    "is without `{to}`: Smithy has no counterpart for it"
                )),
            }
        }
        Some(Value::Object(paginated))
    }

    /// The type of the member at a path such as `Page.Token`.
    fn kind_at(&self, operation: &'a Node, side: &str, path: &str) -> Option<&'a str> {
        let mut here = operation.get(side)?;
        for name in path.split('.') {
            let shape = self.find(here.get("shape")?.as_str()?)?;
            here = shape.get("members")?.get(name)?;
        }
        self.find(here.get("shape")?.as_str()?)?
            .get("type")?
            .as_str()
    }
}

const TOKENS: &[&str] = &["string", "map", "structure"];
const SIZES: &[&str] = &["integer", "long", "float", "double", "string"];
const ITEMS: &[&str] = &["list", "map"];
