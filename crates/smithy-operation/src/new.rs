//! What the constructors of structures do with lists and maps.

use std::collections::HashMap;
use std::hash::Hash;

/// Collects the items of a list.
pub fn collect<T>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    items.into_iter().collect()
}

/// Collects the items of a list and converts them.
pub fn collect_into<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

/// Collects the entries of a map and converts them.
pub fn collect_map<K: Eq + Hash, V>(
    entries: impl IntoIterator<Item = (impl Into<K>, impl Into<V>)>,
) -> HashMap<K, V> {
    let entries = entries.into_iter();
    entries
        .map(|(key, value)| (key.into(), value.into()))
        .collect()
}
