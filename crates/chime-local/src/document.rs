//! Documents: the inputs and outputs of operations, and the rows of tables.

use serde_json::{Map, Value};

/// A structure: members by the names that they have in the model.
///
/// An input was checked against the model before a handler sees it. Timestamps are integers: milliseconds since
/// the epoch, in inputs, rows and outputs alike.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Doc(pub(crate) Map<String, Value>);

/// Builds a [`Doc`]. A member whose value is `None` or null is left out.
macro_rules! object {
    ($($name:literal : $value:expr),* $(,)?) => {{
        #[allow(unused_mut, reason = "a document may have no members")]
        let mut doc = $crate::document::Doc::default();
        $(doc.set($name, $value);)*
        doc
    }};
}
pub(crate) use object;

impl Doc {
    /// Sets a member, or removes it if there is no value.
    pub(crate) fn set(&mut self, name: &str, value: impl Field) {
        match value.into_field() {
            Some(value) => {
                self.0.insert(name.to_owned(), value);
            }
            None => {
                self.0.remove(name);
            }
        }
    }

    /// Sets a member if there is a value, and leaves it alone otherwise.
    pub(crate) fn update(&mut self, name: &str, value: impl Field) {
        if let Some(value) = value.into_field() {
            self.0.insert(name.to_owned(), value);
        }
    }

    /// Copies members from another document if it has them, and leaves the others alone.
    pub(crate) fn copy(&mut self, from: &Doc, names: &[&str]) {
        for name in names {
            self.update(name, from.get(name));
        }
    }

    /// Returns a document with some of the members.
    pub(crate) fn pick(&self, names: &[&str]) -> Doc {
        let mut picked = Doc::default();
        picked.copy(self, names);
        picked
    }

    /// Adds the members of another document.
    #[must_use]
    pub(crate) fn with(mut self, other: Doc) -> Self {
        self.0.extend(other.0);
        self
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// Returns a string that the model requires, or that the row always has.
    pub(crate) fn str(&self, name: &str) -> &str {
        self.opt_str(name).unwrap_or_default()
    }

    pub(crate) fn opt_str(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    pub(crate) fn bool(&self, name: &str) -> Option<bool> {
        self.get(name)?.as_bool()
    }

    pub(crate) fn int(&self, name: &str) -> Option<i64> {
        self.get(name)?.as_i64()
    }

    /// Returns the items of a list; none if it is absent.
    pub(crate) fn list(&self, name: &str) -> &[Value] {
        let items = self.get(name).and_then(Value::as_array);
        items.map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the strings of a list; none if it is absent.
    pub(crate) fn strs(&self, name: &str) -> Vec<&str> {
        self.list(name).iter().filter_map(Value::as_str).collect()
    }

    /// Returns the structures of a list; none if it is absent.
    pub(crate) fn docs(&self, name: &str) -> Vec<Doc> {
        self.list(name)
            .iter()
            .filter_map(|item| Some(Doc(item.as_object()?.clone())))
            .collect()
    }

    /// Returns a structure; an empty one if it is absent.
    pub(crate) fn doc(&self, name: &str) -> Doc {
        self.opt_doc(name).unwrap_or_default()
    }

    pub(crate) fn opt_doc(&self, name: &str) -> Option<Doc> {
        Some(Doc(self.get(name)?.as_object()?.clone()))
    }
}

/// A value of a member.
pub(crate) trait Field {
    fn into_field(self) -> Option<Value>;
}

macro_rules! fields {
    ($($type:ty: $value:ident => $field:expr;)+) => {
        $(impl Field for $type {
            fn into_field(self) -> Option<Value> {
                let $value = self;
                $field
            }
        })+
    };
}

fields! {
    &str: text => Some(Value::from(text));
    &String: text => Some(Value::from(text.as_str()));
    String: text => Some(Value::from(text));
    bool: value => Some(Value::from(value));
    i64: value => Some(Value::from(value));
    u64: value => Some(Value::from(value));
    Doc: doc => Some(Value::Object(doc.0));
    &Doc: doc => Some(Value::Object(doc.0.clone()));
    Value: value => (!value.is_null()).then_some(value);
    &Value: value => (!value.is_null()).then(|| value.clone());
}

impl<T: Field> Field for Option<T> {
    fn into_field(self) -> Option<Value> {
        self?.into_field()
    }
}

impl<T: Field> Field for Vec<T> {
    fn into_field(self) -> Option<Value> {
        Some(Value::Array(
            self.into_iter().filter_map(Field::into_field).collect(),
        ))
    }
}
