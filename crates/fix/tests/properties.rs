//! Whatever a text looks like and whatever is asked, a change is made as asked or not at all.
//!
//! Oracle: a writer of random texts that knows what each of them means, because it made both from
//! the same plan; the values of a text are compared by the reader of scans.

#![allow(clippy::format_push_string, reason = "a test may take its time")]

use std::collections::BTreeSet;

use collect::manifests;
use finding::{Change, To};
use fix::{Order, apply, comment, value::Value};
use model::{Inventory, ObjectId};
use proptest::prelude::*;

/// A value, and how it is to be written.
#[derive(Clone, Debug)]
enum Plan {
    Scalar(&'static str),
    Block(Vec<(&'static str, Plan, Note)>),
    Flow(Vec<(&'static str, Plan)>),
    List(Vec<Plan>, usize),
    Anchored(usize),
    Alias(usize),
}

/// What is written around an entry.
#[derive(Clone, Debug)]
struct Note {
    above: Option<&'static str>,
    behind: bool,
    blank: bool,
}

const SCALARS: &[&str] = &[
    "1",
    "true",
    "text",
    "'it''s # no'",
    "\"a: \\\"b\\\"\"",
    "~",
    "",
    "a b:c",
    "|\n  two\n\n  lines",
];
const KEYS: &[&str] = &["a", "b", "c", "'quoted'", "\"d e\"", "long-key", "x"];

fn note() -> impl Strategy<Value = Note> {
    (proptest::option::of(Just("# above")), any::<bool>(), any::<bool>())
        .prop_map(|(above, behind, blank)| Note { above, behind, blank })
}

fn plan() -> impl Strategy<Value = Plan> {
    let leaf = prop_oneof![
        8 => proptest::sample::select(SCALARS).prop_map(Plan::Scalar),
        1 => (0..2_usize).prop_map(Plan::Anchored),
        1 => (0..2_usize).prop_map(Plan::Alias),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let key = proptest::sample::select(KEYS);
        let flat = proptest::sample::select(&["1", "x", "'q'", "\"r\"", "[1, 2]", "{z: 1}"][..]);
        prop_oneof![
            3 => proptest::collection::vec((key.clone(), inner.clone(), note()), 1..4)
                .prop_map(|entries| Plan::Block(once(entries, |it| it.0))),
            1 => proptest::collection::vec((key, flat.prop_map(Plan::Scalar)), 0..3)
                .prop_map(|entries| Plan::Flow(once(entries, |it| it.0))),
            1 => (proptest::collection::vec(inner, 1..3), 0..3_usize)
                .prop_map(|(items, dash)| Plan::List(items, dash)),
        ]
    })
}

fn once<T>(entries: Vec<T>, key: fn(&T) -> &str) -> Vec<T> {
    let mut seen = BTreeSet::new();
    entries.into_iter().filter(|it| seen.insert(key(it).to_owned())).collect()
}

/// The text of an entry's value, behind its colon.
fn write(plan: &Plan, column: usize, step: usize, out: &mut String, tail: &str) {
    let pad = |columns: usize| " ".repeat(columns);
    match plan {
        Plan::Scalar("") => out.push_str(&format!("{tail}\n")),
        Plan::Scalar(text) if text.starts_with('|') => {
            let mut lines = text.lines();
            out.push_str(&format!(" {}{tail}\n", lines.next().unwrap_or_default()));
            for line in lines {
                let line = line.trim_start();
                let pad = if line.is_empty() { String::new() } else { pad(column + step) };
                out.push_str(&format!("{pad}{line}\n"));
            }
        }
        Plan::Scalar(text) => out.push_str(&format!(" {text}{tail}\n")),
        Plan::Anchored(name) => out.push_str(&format!(" &n{name} {{k: v}}{tail}\n")),
        Plan::Alias(name) => out.push_str(&format!(" *n{name}{tail}\n")),
        Plan::Flow(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|(key, value)| match value {
                    Plan::Scalar(text) => format!("{key}: {text}"),
                    _ => format!("{key}: 1"),
                })
                .collect();
            out.push_str(&format!(" {{{}}}{tail}\n", entries.join(", ")));
        }
        Plan::Block(entries) => {
            out.push_str(&format!("{tail}\n"));
            block(entries, column + step, step, out);
        }
        Plan::List(items, dash) => {
            out.push_str(&format!("{tail}\n"));
            for item in items {
                out.push_str(&format!("{}-", pad(column + dash)));
                match item {
                    Plan::Block(entries) => {
                        let mut inner = String::new();
                        block(entries, column + dash + 2, step, &mut inner);
                        out.push_str(&format!("\n{inner}"));
                    }
                    Plan::List(..) | Plan::Scalar(_) => out.push_str(" 7\n"),
                    other => write(other, column + dash, step, out, ""),
                }
            }
        }
    }
}

fn block(entries: &[(&'static str, Plan, Note)], column: usize, step: usize, out: &mut String) {
    for (key, value, note) in entries {
        if let Some(above) = note.above {
            out.push_str(&format!("{}{above} {key}\n", " ".repeat(column)));
        }
        out.push_str(&format!("{}{key}:", " ".repeat(column)));
        let tail = if note.behind { format!("  # behind {key}") } else { String::new() };
        write(value, column, step, out, &tail);
        if note.blank {
            out.push('\n');
        }
    }
}

fn text(entries: &[(&'static str, Plan, Note)], step: usize, crlf: bool) -> String {
    let mut out = String::from(
        "# head\napiVersion: v1\nkind: Pod\nn0: &n0 {k: v}\nn1: &n1 {k: v}\nspec: # spec\n",
    );
    block(entries, step, step, &mut out);
    out.push_str("# tail\n");
    if crlf { out.replace('\n', "\r\n") } else { out }
}

fn means(text: &str) -> Option<Value> {
    let reading = manifests::read_text("x.yaml", text.as_bytes().to_vec(), &|_| true);
    let inventory = Inventory::new(reading.objects);
    inventory.objects().next().map(|object| Value::of(object.root()))
}

/// Paths below `spec`, some of which are there.
fn change() -> impl Strategy<Value = Change> {
    let step = proptest::sample::select(
        &[".a", ".b", ".c", ".x", ".quoted", "[\"d e\"]", "[0]", "[1]", ".new"][..],
    );
    let path = proptest::collection::vec(step, 1..4).prop_map(|it| format!("spec{}", it.concat()));
    let json = proptest::sample::select(
        &["true", "\"text\"", "[\"ALL\"]", "{\"p\": {\"q\": [1]}}", "\"yes\""][..],
    );
    (path, json, 0..4_u8).prop_map(|(path, json, kind)| match kind {
        0 => Change::remove(path),
        1 => Change::append(path, json),
        2 => Change::rename(path, "renamed"),
        _ => Change::set(path, json),
    })
}

/// Every path is one of the text as it was: what goes goes at the end, and from behind.
fn as_given<'c>(changes: impl Iterator<Item = &'c Change>) -> Vec<&'c Change> {
    let mut seen = BTreeSet::new();
    let different = changes.filter(|it| seen.insert(*it));
    let (mut gone, mut order): (Vec<_>, Vec<_>) = different.partition(|it| it.to == To::Nothing);
    gone.sort_by(|one, other| other.path.cmp(&one.path));
    order.extend(gone);
    order
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_change_is_made_as_asked_or_not_at_all(
        entries in proptest::collection::vec((proptest::sample::select(KEYS), plan(), note()), 1..5),
        step in 1..5_usize,
        crlf in any::<bool>(),
        changes in proptest::collection::vec(change(), 1..4),
    ) {
        let text = text(&once(entries, |it| it.0), step, crlf);
        let Some(before) = means(&text) else { return Ok(()) };
        let id = ObjectId {
            api_version: "v1".into(), kind: "Pod".into(), namespace: None, name: "p".into(),
        };
        let orders: Vec<_> = changes
            .iter()
            .map(|it| Order { object: Some(&id), at: (2, 1), changes: vec![it.clone()] })
            .collect();
        let applied = apply(&text, &orders);
        let refused: Vec<usize> = applied.refused.iter().map(|it| it.0).collect();
        let mut wanted = before;
        let made = changes.iter().enumerate().filter(|(it, _)| !refused.contains(it));
        for change in as_given(made.map(|it| it.1)) {
            prop_assert!(wanted.change(change).is_ok(), "{change:?}");
        }
        prop_assert_eq!(means(&applied.text), Some(wanted), "\n{}\n=>\n{}", text, applied.text);
        prop_assert!(comment::are_kept(&text, &applied.text));
        if refused.len() == changes.len() {
            prop_assert_eq!(&applied.text, &text);
        }
        if crlf {
            prop_assert!(!applied.text.replace("\r\n", "").contains('\n'));
        }
        // Whatever is left of the old text is there line by line, in its order.
        let kept: Vec<&str> = applied.text.lines().filter(|it| text.lines().any(|old| old == *it)).collect();
        let changed = text.lines().count().saturating_sub(kept.len());
        let goes = changes.iter().any(|it| it.to == To::Nothing);
        prop_assert!(goes || changed <= 8 * changes.len(), "\n{}\n=>\n{}", text, applied.text);
    }
}
