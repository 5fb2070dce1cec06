//! Merge keys, applied in the order of the text as the API server's reader applies them.

use model::Node;

use crate::object;

fn merged(mapping: &str) -> String {
    let head = "apiVersion: v1\nkind: A\na: &a {x: 1, p: 1}\nb: &b {p: 2, z: 2}\n";
    let object = object(&format!("{head}m: {mapping}\n"));
    let entries = object.get("m").into_iter().flat_map(Node::entries);
    entries.map(|it| format!("{}={}", it.key(), it.text())).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_merge_brings_the_entries_of_another_mapping() {
    assert_eq!(merged("{<<: *a}"), "x=1 p=1");
}

#[test]
fn an_own_key_after_a_merge_wins() {
    assert_eq!(merged("{<<: *a, x: 9}"), "p=1 x=9");
}

#[test]
fn an_own_key_before_a_merge_loses() {
    assert_eq!(merged("{x: 9, <<: *a}"), "x=1 p=1");
}

#[test]
fn of_several_merged_mappings_the_first_wins() {
    assert_eq!(merged("{<<: [*a, *b]}"), "z=2 x=1 p=1");
    assert_eq!(merged("{<<: [*b, *a]}"), "x=1 p=2 z=2");
}

#[test]
fn of_two_merge_keys_the_later_wins() {
    assert_eq!(merged("{<<: *a, <<: *b}"), "x=1 p=2 z=2");
}

#[test]
fn a_quoted_merge_key_is_an_ordinary_key() {
    assert_eq!(merged("{'<<': 1}"), "<<=1");
}

#[test]
fn an_alias_is_a_copy_that_stands_where_the_alias_stands() {
    let object = object("apiVersion: v1\nkind: A\na: &a {x: 1}\nb: *a\n");
    let copy = object.get("b").unwrap();
    assert_eq!((copy.position().line, copy.path().as_str()), (4, "b"));
    let inside = object.get("b.x").unwrap();
    assert_eq!((inside.position().line, inside.path().as_str()), (3, "b.x"));
}

#[test]
fn an_alias_finds_its_value_inside_a_mapping_with_merges_or_repeated_keys() {
    for inside in
        ["{x: 1, x: 2, y: &w {z: 1}}", "{<<: {a: 1, b: 2}, y: &w {z: 1}}", "{x: &w {z: 1}, x: 2}"]
    {
        let object = object(&format!("apiVersion: v1\nkind: A\na: {inside}\nb: *w\nc: 3\n"));
        let copy = object.get("b.z").unwrap();
        assert_eq!((copy.text(), copy.position().line), ("1", 3), "{inside}");
    }
}

#[test]
fn a_merged_mapping_may_itself_merge_and_repeat() {
    let object = object(
        "apiVersion: v1
kind: A
a: &a {p: 1, q: 1}
b: &b {<<: *a, q: 2, r: 2, r: 3}
c: {<<: [*b, {s: 4}]}
",
    );
    let entries = object.get("c").into_iter().flat_map(Node::entries);
    let entries: Vec<String> = entries.map(|it| format!("{}={}", it.key(), it.text())).collect();
    assert_eq!(entries, ["s=4", "p=1", "q=2", "r=3"]);
}
