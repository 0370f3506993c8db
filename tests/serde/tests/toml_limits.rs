//! What TOML cannot hold, as `docs/serde.md` says.

use fixture_collections::operation::put::PutInput as Collections;
use fixture_collections::types::Item;
use fixture_enums::types::Color;
use fixture_payloads::operation::put_document::PutDocumentInput;
use fixture_unions::types::Action;
use serde_json::{from_value, json};
use std::collections::HashMap;

#[test]
fn what_toml_cannot_hold() {
    // A document of TOML is a table: a structure or a union.
    let action = toml::to_string(&Action::Say("hi".into())).expect("TOML");
    assert_eq!(action, "say = \"hi\"\n");
    assert!(toml::to_string(&Color::Red).is_err());
    let item = Item::builder().name("i").build();
    assert!(toml::to_string(&vec![item.clone()]).is_err());
    // Nulls: an entry of a map is left out, an item of a list cannot be.
    let entries = Collections::builder()
        .sparse_map("gone", None)
        .sparse_map("kept", Some(item.clone()))
        .build()
        .expect("an input");
    let read = toml::from_str::<Collections>(&toml::to_string(&entries).expect("TOML"));
    let map = read.expect("an input").sparse_map;
    assert_eq!(map, Some(HashMap::from([("kept".to_owned(), Some(item))])));
    // Lists may have values of different types.
    let input = json!({ "payload": [1, "a", { "b": 1.5 }, [true]] });
    let input: PutDocumentInput = from_value(input).expect("an input");
    let read = toml::from_str::<PutDocumentInput>(&toml::to_string(&input).expect("TOML"));
    assert_eq!(read.expect("an input"), input);
}
