//! Whatever Kubernetes reads, we read the same.
//!
//! Oracle: `sigs.k8s.io/yaml`, the reader of kubectl and the API server, in `tests/cluster`.
#![allow(clippy::disallowed_methods, reason = "tests read the manifests of this repository")]

use std::path::{Path, PathBuf};

/// Where a plain scalar could be taken for something else: signs, radix marks, words, dates.
const PIECES: &[&str] = &[
    "0",
    "1",
    "7",
    "8",
    "9",
    "x",
    "b",
    "o",
    "_",
    ".",
    "-",
    "+",
    "e",
    "E",
    "inf",
    ".inf",
    "nan",
    ".NaN",
    "y",
    "N",
    "yes",
    "No",
    "on",
    "OFF",
    "true",
    "False",
    "null",
    "~",
    "NULL",
    "f",
    ":",
    "T",
    "2024-01-01",
    "12:30",
    "0x",
    "0b",
    "0o",
    "18446744073709551615",
    "9223372036854775808",
    "-9223372036854775809",
    "1e400",
    "<<",
    "%",
    "#",
    "/",
    " ",
    "é",
];

/// Where readers of YAML differ: merge keys in any order, repeated and odd keys, tags, folding.
const HARD: &[&str] = &[
    "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: {y: 3, <<: *a}\n",
    "a: &a {x: 1, y: 2}\nd:\n  <<: [*a, {x: 9, z: 4}]\n  k: v\ne:\n  y: 0\n  <<: [{y: 5}, *a]\n",
    "a: 1\na: 2\nb: {c: 1, c: 2}\n",
    "<<: {a: 1}\na: 2\n",
    "a: 2\n<<: {a: 1}\n",
    "\"<<\": {a: 1}\n",
    "- &k key\n- *k : value\n",
    "&a a: 1\nb: *a\n",
    "k: &a\nl: *a\n",
    "- &x a\n- &x b\n- *x\n",
    "a: &x [1, 2]\nb: *x\nc: [*x, *x]\n",
    "on: a\n1.5: b\n0x10: c\n2024-01-01: d\nno: e\n",
    "a: !!int \"5\"\nb: !!str 5\nc: !!float 5\nd: !!bool \"yes\"\ne: !foo bar\nf: ! 5\n",
    "a: |\n  text\n   more\n  \nb: >-\n  folded\n  text\n\n  para\nc: \"multi\n  line\"\nd: 'it''s'\n",
    "a: |+\n  kept\n\nb: |2\n   two\nc: >\n  one\n   deep\n  two\n",
    "a:\n- b\n-\n  - c\n- - d\n  - e\n",
    "a: [\n1\n, 2,]\nb: {c: , d}\n",
    "a: \"tab\tinside\"\nb: x\ty\nc:\td\n",
    "? a\n: b\n",
    "a: x#y\nb: x #y\n",
    "{\"a\": 1E5, \"b\": 1.0, \"c\": -0, \"d\": [], \"e\": {}, \"f\": null}\n",
];

#[test]
fn scalars_of_every_shape_are_read_alike() {
    let documents: Vec<String> = scalars(40_000).map(|scalar| format!("v: {scalar}\n")).collect();
    assert_alike(&documents);
}

#[test]
fn hard_documents_are_read_alike() {
    assert_alike(&HARD.iter().map(|&text| text.to_owned()).collect::<Vec<_>>());
}

#[test]
fn the_manifests_of_this_repository_are_read_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut documents = Vec::new();
    for folder in ["examples", "docs"] {
        manifests(&root.join(folder), &mut |text| {
            documents.extend(format!("\n{text}").split("\n---").map(ToOwned::to_owned));
        });
    }
    assert!(documents.len() > 25, "only {} documents", documents.len());
    assert_alike(&documents);
}

fn assert_alike(documents: &[String]) {
    let theirs = reader::theirs(documents);
    let mut read = 0;
    let mut wrong = Vec::new();
    for (document, theirs) in documents.iter().zip(theirs) {
        let Ok(theirs) = theirs else { continue };
        read += 1;
        let ours = reader::ours(document);
        if ours.as_ref() != Ok(&theirs) {
            wrong.push(format!("{document:?}\n  ours       {ours:?}\n  kubernetes {theirs}"));
        }
    }
    assert!(read * 2 > documents.len(), "Kubernetes read only {read} of {}", documents.len());
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
}

/// Pieces strung together by a fixed sequence of numbers, so that every run asks the same.
fn scalars(number: usize) -> impl Iterator<Item = String> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).expect("below fits")
    };
    (0..number).map(move |_| (0..=next(4)).map(|_| PIECES[next(PIECES.len())]).collect())
}

fn manifests(folder: &Path, take: &mut impl FnMut(&str)) {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            manifests(&path, take);
        } else if path.extension().is_some_and(|it| it == "yaml" || it == "yml") {
            take(&std::fs::read_to_string(&path).unwrap_or_default());
        }
    }
}
