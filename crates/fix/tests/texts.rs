//! Changes of texts as people write them: what comes out, byte by byte.

use finding::Change;
use fix::{Order, Refusal, apply};
use model::ObjectId;

fn pod() -> ObjectId {
    ObjectId {
        api_version: "v1".into(),
        kind: "Pod".into(),
        namespace: Some("default".into()),
        name: "p".into(),
    }
}

/// The text after changes of the only object in it.
fn after(text: &str, changes: &[Change]) -> Result<String, Refusal> {
    let id = pod();
    let order = Order { object: Some(&id), at: (1, 1), changes: changes.to_vec() };
    let applied = apply(text, &[order]);
    match applied.refused.first() {
        None => Ok(applied.text),
        Some((_, refusal)) => {
            assert_eq!(applied.text, text, "what is refused changes nothing");
            Err(*refusal)
        }
    }
}

/// A pod whose spec is the given text.
fn in_pod(body: &str) -> String {
    format!("kind: Pod # head\nspec:\n{body}# tail\n")
}

#[test]
fn a_scalar_keeps_its_quotes_and_its_comment() {
    let text = in_pod("  a: 'x' # why\n  b: \"y\"\n  c:   true\n");
    let changes = [
        Change::set("spec.a", "\"it's\""),
        Change::set("spec.b", "\"z\""),
        Change::set("spec.c", "false"),
    ];
    let wanted = in_pod("  a: 'it''s' # why\n  b: \"z\"\n  c:   false\n");
    assert_eq!(after(&text, &changes), Ok(wanted));
}

#[test]
fn what_is_missing_is_made_below_the_last_entry() {
    let text = in_pod("  containers:\n  - name: a\n    image: i # pinned\n  - name: b\n");
    let changes = [
        Change::set("spec.containers[a].securityContext.privileged", "false"),
        Change::set("spec.containers[a].securityContext.capabilities.drop", "[\"ALL\"]"),
        Change::set("spec.containers[b].securityContext.privileged", "false"),
        Change::set("spec.hostNetwork", "false"),
    ];
    let wanted = in_pod(
        "  containers:\n  - name: a\n    image: i # pinned\n    securityContext:\n      \
         capabilities:\n        drop:\n        - ALL\n      privileged: false\n  - name: b\n    \
         securityContext:\n      privileged: false\n  hostNetwork: false\n",
    );
    assert_eq!(after(&text, &changes), Ok(wanted));
}

#[test]
fn a_key_without_a_value_gets_one() {
    let text = in_pod("  a: # later\n  b:\n  c: ~\n  d: {}\n");
    let changes = [
        Change::set("spec.a.x", "1"),
        Change::set("spec.b", "true"),
        Change::set("spec.c.w", "2"),
        Change::set("spec.d.z.q", "3"),
    ];
    let wanted =
        in_pod("  a: # later\n    x: 1\n  b: true\n  c: {w: 2}\n  d:\n    z:\n      q: 3\n");
    assert_eq!(after(&text, &changes), Ok(wanted));
}

#[test]
fn braces_and_brackets_stay() {
    let text = in_pod("  a: {b: 1}\n  c: [x, ]\n  d: {\n    e: 1 # one\n  }\n");
    let changes = [
        Change::set("spec.a.m", "true"),
        Change::append("spec.c", "\"w\""),
        Change::set("spec.d.f", "2"),
    ];
    let wanted =
        in_pod("  a: {b: 1, m: true}\n  c: [x, w ]\n  d: {\n    e: 1, # one\n    f: 2\n  }\n");
    assert_eq!(after(&text, &changes), Ok(wanted));
}

#[test]
fn json_stays_json() {
    let text = "{\"kind\": \"Pod\", \"spec\": {\n  \"a\": true,\n  \"b\": [\n    1\n  ]\n}}\n";
    let changes = [
        Change::set("spec.a", "false"),
        Change::append("spec.b", "2"),
        Change::set("spec.c.d", "\"x\""),
    ];
    let wanted = "{\"kind\": \"Pod\", \"spec\": {\n  \"a\": false,\n  \"b\": [\n    1,\n    2\n  \
                  ],\n  \"c\": {\"d\": \"x\"}\n}}\n";
    assert_eq!(after(text, &changes).as_deref(), Ok(wanted));
}

#[test]
fn what_goes_leaves_its_comments() {
    let text = in_pod(
        "  a: 1\n  # about b\n  b: 2 # why b\n  c:\n  - x\n  - y # why y\n  d:\n    e: 1 # only\n  \
         f: [1, 2, 3]\n",
    );
    let changes = [
        Change::remove("spec.b"),
        Change::remove("spec.c[1]"),
        Change::remove("spec.d.e"),
        Change::remove("spec.f[2]"),
        Change::remove("spec.f[0]"),
    ];
    let wanted = in_pod(
        "  a: 1\n  # about b\n  # why b\n  c:\n  - x\n  # why y\n  d: {}\n    # only\n  f: [2]\n",
    );
    assert_eq!(after(&text, &changes), Ok(wanted));
}

#[test]
fn images_and_flags_need_no_quotes() {
    let text = in_pod("  a: x\n  b: [--x=1]\n  c: x\n  d: x\n  e: x\n");
    let changes = [
        Change::set("spec.a", "\"example.com:5000/a/b:1.2@sha256:0a\""),
        Change::append("spec.b", "\"--y=http://b:1\""),
        Change::set("spec.c", "\"a: b\""),
        Change::set("spec.d", "\"a:\""),
        Change::set("spec.e", "\"--\""),
    ];
    let wanted = in_pod(
        "  a: example.com:5000/a/b:1.2@sha256:0a\n  b: [--x=1, --y=http://b:1]\n  c: \"a: b\"\n  \
         d: \"a:\"\n  e: \"--\"\n",
    );
    assert_eq!(after(&text, &changes), Ok(wanted));
}

#[test]
fn items_go_whatever_the_order_of_the_changes() {
    let text = in_pod("  a:\n  - x\n  - y\n  - z\n  b:\n  - x # one\n  - y\n  c: [x, y]\n");
    let changes = ["a[0]", "c[0]", "b[0]", "a[2]", "b[1]", "a[0]", "c[1]"];
    let changes = changes.map(|it| Change::remove(format!("spec.{it}")));
    let wanted = in_pod("  a:\n  - y\n  b: []\n    # one\n  c: []\n");
    assert_eq!(after(&text, &changes), Ok(wanted));
}

#[test]
fn neighbours_in_brackets_go_together() {
    for (gone, left) in [
        (&[0, 1][..], "[e, f]"),
        (&[1, 2], "[c, f]"),
        (&[2, 3], "[c, d]"),
        (&[1, 3], "[c, e]"),
        (&[0, 3], "[d, e]"),
        (&[0, 2, 3], "[d]"),
        (&[1, 2, 3], "[c]"),
        (&[0, 1, 2], "[f]"),
        (&[0, 1, 2, 3], "[]"),
    ] {
        let text = in_pod("  a: [c, d, e, f]\n");
        let changes: Vec<Change> =
            gone.iter().map(|it| Change::remove(format!("spec.a[{it}]"))).collect();
        assert_eq!(after(&text, &changes), Ok(in_pod(&format!("  a: {left}\n"))), "{gone:?}");
    }
}

#[test]
fn lines_come_where_the_last_one_goes() {
    let text = in_pod("  a:\n    b: 1\n    c: 2\n  d:\n  - x\n  - y\n  e: 1\n  f: 2\n");
    let changes = [
        Change::remove("spec.a.c"),
        Change::set("spec.a.m.q", "3"),
        Change::set("spec.a.z", "4"),
        Change::remove("spec.d[1]"),
        Change::append("spec.d", "\"z\""),
        Change::remove("spec.e"),
        Change::remove("spec.f"),
        Change::set("spec.g", "5"),
    ];
    let wanted =
        in_pod("  a:\n    b: 1\n    m:\n      q: 3\n    z: 4\n  d:\n  - x\n  - z\n  g: 5\n");
    assert_eq!(after(&text, &changes), Ok(wanted));
}

#[test]
fn what_cannot_be_changed_does_not_move_what_can() {
    let id = pod();
    let order = |change| Order { object: Some(&id), at: (2, 1), changes: vec![change] };
    let text = in_pod("  a: &x 1\n  b: *x\n  c:\n  - x\n  - y\n  - z\n");
    let gone = |path: &str| order(Change::remove(path));
    let orders =
        [gone("spec.c[0]"), order(Change::set("spec.a", "2")), gone("spec.c[2]"), gone("spec.q")];
    let applied = apply(&text, &orders);
    assert_eq!(applied.text, in_pod("  a: &x 1\n  b: *x\n  c:\n  - y\n"));
    assert_eq!(applied.refused, [(1, Refusal::Unproven), (3, Refusal::Unreadable)]);
}

#[test]
fn a_string_has_the_letters_that_were_written() {
    let text = in_pod("  a: 1.20 # two\n  b: [off, 0644]\n  c: 'x'\n");
    let changes = ["spec.a", "spec.b[0]", "spec.b[1]"].map(Change::quote);
    let wanted = in_pod("  a: \"1.20\" # two\n  b: [\"off\", \"0644\"]\n  c: 'x'\n");
    assert_eq!(after(&text, &changes), Ok(wanted));
    assert_eq!(after(&text, &[Change::quote("spec.c")]), Err(Refusal::NotFound));
}

#[test]
fn a_list_gains_items_while_others_change_and_go() {
    let text = in_pod("  c:\n  - a\n  - b\n  - c\n  - d\n");
    let changes = [
        Change::remove("spec.c[0]"),
        Change::set("spec.c[2]", "\"C\""),
        Change::append("spec.c", "\"e\""),
    ];
    let wanted = in_pod("  c:\n  - b\n  - C\n  - d\n  - e\n");
    assert_eq!(after(&text, &changes), Ok(wanted));
}

#[test]
fn the_first_entry_of_an_item_makes_way_for_the_next() {
    let text = in_pod("  c:\n  - a: 1\n    b: 2\n  - d: 3\n");
    let wanted = in_pod("  c:\n  - b: 2\n  - d: 3\n    e: 4\n");
    let changes = [Change::remove("spec.c[0].a"), Change::set("spec.c[1].e", "4")];
    assert_eq!(after(&text, &changes), Ok(wanted));
}

#[test]
fn keys_are_renamed_and_repeated_ones_stand_once() {
    let text = in_pod("  a: 1\n  b: 1 # x\n  'c': 3\n  b: 2\n");
    let once = Change { path: "spec.b".to_owned(), to: finding::To::Once };
    let changes = [Change::rename("spec.a", "z"), Change::rename("spec.c", "d"), once];
    assert_eq!(after(&text, &changes), Ok(in_pod("  z: 1\n  # x\n  'd': 3\n  b: 2\n")));
}

#[test]
fn windows_line_ends_stay_and_no_last_one_is_added() {
    let text = "kind: Pod\r\nspec:\r\n  a: |\r\n    text\r\n\r\n  b: 1";
    let wanted = "kind: Pod\r\nspec:\r\n  a: |\r\n    text\r\n\r\n  b: 1\r\n  c: 2";
    assert_eq!(after(text, &[Change::set("spec.c", "2")]).as_deref(), Ok(wanted));
}

#[test]
fn what_is_used_at_several_places_is_left_alone() {
    let text = in_pod("  a: &x {b: 1}\n  c: *x\n  d:\n    <<: *x\n");
    assert_eq!(after(&text, &[Change::set("spec.c.b", "2")]), Err(Refusal::Shared));
    assert_eq!(after(&text, &[Change::set("spec.a.b", "2")]), Err(Refusal::Unproven));
    let wanted = in_pod("  a: &x {b: 1}\n  c: *x\n  d:\n    <<: *x\n    b: 2\n");
    assert_eq!(after(&text, &[Change::set("spec.d.b", "2")]), Ok(wanted));
}

#[test]
fn an_object_of_a_list_and_one_of_several_documents_is_found() {
    let text = "kind: List\nitems:\n- kind: Pod\n  spec: {a: 1}\n- kind: Pod\n  spec: {a: 1}\n---\n\
                kind: Pod\nspec: {a: 1}\n";
    let id = pod();
    let order = |line| Order {
        object: Some(&id),
        at: (line, 3),
        changes: vec![Change::set("spec.a", "2")],
    };
    let applied = apply(text, &[order(6), order(9)]);
    assert_eq!(applied.refused, []);
    let wanted = "kind: List\nitems:\n- kind: Pod\n  spec: {a: 1}\n- kind: Pod\n  spec: {a: 2}\n---\n\
                  kind: Pod\nspec: {a: 2}\n";
    assert_eq!(applied.text, wanted);
}

#[test]
fn one_refused_order_does_not_cost_the_others() {
    let id = pod();
    let order = |change| Order { object: Some(&id), at: (2, 1), changes: vec![change] };
    let text = in_pod("  a: &x 1\n  b: *x\n  c: 1\n");
    let applied =
        apply(&text, &[order(Change::set("spec.a", "2")), order(Change::set("spec.c", "2"))]);
    assert_eq!(applied.text, in_pod("  a: &x 1\n  b: *x\n  c: 2\n"));
    assert_eq!(applied.refused, [(0, Refusal::Unproven)]);
}

#[test]
fn empty_braces_behind_a_key_become_lines() {
    let text = in_pod("  a: {} # none\n  b:\n    {}\n  c: [{d: {}}]\n  e: &x {}\n");
    let changes = ["spec.a.k", "spec.b.k", "spec.c[0].d.k", "spec.e.k"];
    let wanted = in_pod(
        "  a: # none\n    k: true\n  b:\n    k: true\n  c: [{d: {k: true}}]\n  e: &x {k: true}\n",
    );
    assert_eq!(after(&text, &changes.map(|path| Change::set(path, "true"))), Ok(wanted));
}

#[test]
fn what_is_cleared_leaves_nothing_empty_behind() {
    let text = in_pod(
        "  s:\n    c:\n      add:\n      - A\n      # why\n      - B\n  l: {a: {b: 1}, c: 2}\n",
    );
    let changes = [
        Change::clear("spec.s.c.add[0]"),
        Change::clear("spec.s.c.add[1]"),
        Change::clear("spec.l.a.b"),
    ];
    let wanted = in_pod("  # why\n  l: {c: 2}\n");
    assert_eq!(after(&text, &changes), Ok(wanted));
    let wanted =
        in_pod("  s:\n    c:\n      # why\n      drop:\n      - ALL\n  l: {a: {b: 1}, c: 2}\n");
    let kept = [Change::append("spec.s.c.drop", "\"ALL\"")];
    let changes: Vec<Change> = kept.into_iter().chain(changes[..2].to_vec()).collect();
    assert_eq!(after(&text, &changes), Ok(wanted));
    let text = in_pod("  c: {add: [A]}\n");
    let changes = [Change::clear("spec.c.add[0]"), Change::append("spec.c.drop", "\"ALL\"")];
    assert_eq!(after(&text, &changes), Ok(in_pod("  c: {drop: [ALL]}\n")));
}
