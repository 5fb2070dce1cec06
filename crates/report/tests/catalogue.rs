//! The catalogue holds every check, as an array and as a page.
//!
//! Oracle: its published schema, and the checks themselves.

use std::collections::BTreeSet;

use report::catalogue;
use serde_json::Value;

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory takes every byte");
    bytes
}

#[test]
fn the_array_follows_its_schema_and_names_every_check() {
    let bytes = written(|out| catalogue::json(out));
    let document: Value = serde_json::from_slice(&bytes).expect("JSON");
    let schema = include_str!("../schemas/ringfence.explain.v1.schema.json");
    let schema = serde_json::from_str(schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let errors: Vec<String> = validator.iter_errors(&document).map(|it| it.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let entries = document.as_array().expect("an array");
    let ids: BTreeSet<&str> = entries.iter().filter_map(|it| it["id"].as_str()).collect();
    assert_eq!(ids, checks::all().map(|check| check.id).collect());
}

#[test]
fn the_page_is_one_file_without_scripts_and_explains_every_check() {
    let page = String::from_utf8(written(|out| catalogue::html(out))).expect("UTF-8");
    for check in checks::all() {
        assert!(page.contains(&format!("<details id=\"{}\">", check.id)), "{}", check.id);
    }
    for outside in ["<script", "src=", "<link", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
}
