//! A key that stands twice is remembered with both positions and the mapping that holds it.

use model::Object;

use crate::{object, objects};

/// `path of the key: line of the first, line of the next`, in order.
fn duplicates(object: &Object) -> Vec<String> {
    let all = object.tree().duplicates().iter();
    all.map(|it| format!("{}: {}, {}", it.path(), it.first.line, it.again.line)).collect()
}

#[test]
fn the_last_value_counts_and_both_lines_are_known() {
    let object = object(
        "apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      image: first
      image: second
",
    );
    assert_eq!(duplicates(&object), ["spec.containers[web].image: 6, 7"]);
    let containers = object.get("spec.containers").unwrap();
    let image = containers.items().next().unwrap().get("image").unwrap();
    assert_eq!((image.text(), image.position().line), ("second", 7));
}

#[test]
fn a_key_that_stands_three_times_is_two_repetitions_of_one_key() {
    let object = object("apiVersion: v1\nkind: A\nx: 1\nx: 2\nx: 3\n");
    assert_eq!(duplicates(&object), ["x: 3, 4", "x: 4, 5"]);
}

#[test]
fn a_repeated_name_does_not_hide_where_it_stands() {
    let object = object(
        "apiVersion: v1
kind: A
list:
  - name: first
    name: second
",
    );
    assert_eq!(duplicates(&object), ["list[second].name: 4, 5"]);
}

#[test]
fn a_repetition_inside_a_mapping_that_lost_goes_with_it() {
    let object = object("apiVersion: v1\nkind: A\nx: {a: 1, a: 2}\nx: {b: 1}\n");
    assert_eq!(duplicates(&object), ["x: 3, 4"]);
}

#[test]
fn a_key_with_dots_is_quoted_in_its_path() {
    let object = object("apiVersion: v1\nkind: A\nm: {a.b: 1, a.b: 2}\n");
    assert_eq!(duplicates(&object), [r#"m["a.b"]: 3, 3"#]);
}

#[test]
fn a_key_that_a_merge_brings_is_no_repetition() {
    let object = object(
        "apiVersion: v1
kind: A
base: &base {x: 1}
more: {<<: *base, x: 2}
",
    );
    assert_eq!(duplicates(&object), [""; 0]);
}

#[test]
fn a_repetition_is_found_where_it_stands_though_a_merge_overrides_it() {
    let object = object(
        "apiVersion: v1
kind: A
base: &base {x: 1}
more:
  x: 2
  x: 3
  <<: *base
",
    );
    assert_eq!(duplicates(&object), ["more.x: 5, 6"]);
}

#[test]
fn a_repetition_behind_an_anchor_is_told_once() {
    let object = object(
        "apiVersion: v1
kind: A
base: &base {x: 1, x: 2}
more: *base
",
    );
    assert_eq!(duplicates(&object), ["base.x: 3, 3"]);
}

#[test]
fn an_item_of_a_list_keeps_its_own_repetitions() {
    let objects = objects(
        "apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: A
    x: 1
    x: 2
  - apiVersion: v1
    kind: B
    spec: {z: 1, z: 2}
  - apiVersion: v1
    kind: C
",
    );
    let found: Vec<Vec<String>> = objects.iter().map(duplicates).collect();
    assert_eq!(found, [vec!["x: 6, 7"], vec!["spec.z: 10, 10"], vec![]]);
}

#[test]
fn an_item_of_a_typed_list_keeps_its_own_repetitions() {
    let objects = objects(
        "apiVersion: v1
kind: PodList
items:
  - metadata: {name: a, name: b}
",
    );
    assert_eq!((objects[0].kind(), objects[0].name()), ("Pod", "b"));
    assert_eq!(duplicates(&objects[0]), ["metadata.name: 4, 4"]);
}

#[test]
fn an_item_of_a_typed_list_may_give_half_of_its_type() {
    let objects = objects(
        "apiVersion: v1
kind: PodList
items:
  - apiVersion: v1
    metadata: {name: a}
    spec: {x: 1, x: 2}
",
    );
    assert_eq!(objects[0].kind(), "Pod");
    assert_eq!(duplicates(&objects[0]), ["spec.x: 6, 6"]);
}

#[test]
fn the_whole_as_a_subtree_keeps_all_repetitions() {
    let object = object("apiVersion: v1\nkind: A\nspec: {x: 1, x: 2}\n");
    let whole = object.tree().subtree(object.root());
    assert_eq!(whole.duplicates(), object.tree().duplicates());
}

#[test]
fn a_neighbour_with_a_longer_name_is_another_mapping() {
    let object = object("apiVersion: v1\nkind: A\nab: {x: 1, x: 2}\na: {}\n");
    let node = object.get("a").unwrap();
    assert_eq!(object.tree().subtree(node).duplicates(), []);
}

#[test]
fn only_the_first_of_very_many_are_named() {
    let mut text = String::from("apiVersion: v1\nkind: A\n");
    for number in (0..30_000).chain(0..30_000) {
        text.extend(["k", &number.to_string(), ": 1\n"]);
    }
    let object = object(&text);
    let found = duplicates(&object);
    assert_eq!(found.len(), 64);
    assert_eq!(found[0], "k0: 3, 30003");
    assert_eq!(object.root().entries().count(), 30_002);
}
