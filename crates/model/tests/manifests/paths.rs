//! Paths and places: keys by dots, list items by a name that is theirs alone.

use model::{Node, Place};

use crate::object;

fn paths(list: &str) -> Vec<String> {
    let object = object(&format!("apiVersion: v1\nkind: A\nlist: {list}\n"));
    object.get("list").into_iter().flat_map(Node::items).map(Node::path).collect()
}

#[test]
fn a_list_item_goes_by_its_name() {
    assert_eq!(paths("[{name: web}, {name: db}]"), ["list[web]", "list[db]"]);
}

#[test]
fn a_list_item_goes_by_its_number_where_the_name_is_not_its_own() {
    assert_eq!(paths("[{name: web}, {name: web}]"), ["list[0]", "list[1]"]);
    assert_eq!(paths("[{name: web}, {image: x}]"), ["list[web]", "list[1]"]);
    assert_eq!(paths("[web, db]"), ["list[0]", "list[1]"]);
    assert_eq!(paths("[{name: ''}, {name: null}, {name: 7}]"), ["list[0]", "list[1]", "list[2]"]);
}

#[test]
fn a_name_that_looks_like_a_number_is_not_taken_for_one() {
    assert_eq!(paths("[{name: '1'}, {name: web}]"), ["list[0]", "list[web]"]);
}

#[test]
fn items_of_a_long_list_go_by_the_same_rules() {
    let mut items: Vec<String> = (0..200).map(|it| format!("{{name: c{it}, image: x}}")).collect();
    items[7] = "{name: c8}".to_owned();
    items[9] = "{name: '9'}".to_owned();
    items[11] = "null".to_owned();
    let paths = paths(&format!("[{}]", items.join(", ")));
    let by_number = [7, 8, 9, 11].map(|it| (it, format!("list[{it}]")));
    let expected = |place| match by_number.iter().find(|(it, _)| *it == place) {
        Some((_, path)) => path.clone(),
        None => format!("list[c{place}]"),
    };
    assert_eq!(paths, (0..200).map(expected).collect::<Vec<_>>());
}

#[test]
fn fields_of_a_long_mapping_go_by_their_key() {
    let fields: Vec<String> = (0..200).map(|it| format!("k{it}: {{a: [{it}]}}")).collect();
    let object = object(&format!("apiVersion: v1\nkind: A\nmap: {{{}}}\n", fields.join(", ")));
    let last = object.get("map.k199.a").unwrap().items().next().unwrap();
    assert_eq!((last.path().as_str(), last.text()), ("map.k199.a[0]", "199"));
}

#[test]
fn lists_in_lists_go_by_number_and_name() {
    let object = object("apiVersion: v1\nkind: A\nlist: [[{name: web, ports: [80]}]]\n");
    let web = object.get("list").unwrap().items().next().unwrap().items().next().unwrap();
    assert_eq!(web.get("ports").unwrap().items().next().unwrap().path(), "list[0][web].ports[0]");
}

#[test]
fn the_root_has_an_empty_path() {
    assert_eq!(object("apiVersion: v1\nkind: A\n").root().path(), "");
}

#[test]
fn a_missing_field_is_evidence_at_the_innermost_mapping_around_it() {
    let object = object("apiVersion: v1\nkind: A\nspec:\n  a:\n    b: 1\n");
    let place = object.place("spec.a.c.d");
    assert!(place.is_missing());
    assert_eq!((place.path().as_str(), place.position().line), ("spec.a.c.d", 4));
    let there = object.place("spec.a.b");
    assert!(!there.is_missing());
    assert_eq!((there.path().as_str(), there.position().line), ("spec.a.b", 5));
}

#[test]
fn a_missing_field_does_not_jump_back_into_the_object() {
    let object = object("apiVersion: v1\nkind: A\nspec: {b: {}}\n");
    let place = Place::below(&object, object.root(), "spec.a.b");
    assert_eq!(place.path(), "spec.a.b");
    assert!(place.is_missing());
}
