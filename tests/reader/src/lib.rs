//! YAML as Kubernetes reads it: what our reader makes of a document beside what `sigs.k8s.io/yaml`
//! makes of it.
//!
//! ```text
//! document ─▶ collect::yaml ─▶ JSON ══ JSON ◀─ tests/cluster/yamljson (Go)
//! ```
#![allow(clippy::disallowed_methods, reason = "a test starts the reference and reads manifests")]

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use collect::yaml::{Document, Limits, Reader};
use model::tree::{Node, Type};
use serde_json::{Number, Value};

/// What our reader makes of one document; an error in words where it refuses it.
///
/// # Errors
/// When it is refused.
pub fn ours(text: &str) -> Result<Value, String> {
    let mut documents = Vec::new();
    let mut limits = Limits::for_text(text.len());
    let read = Reader::default().read(text, 1, &mut limits, &mut documents);
    read.map_err(|error| error.to_string())?;
    match documents.pop() {
        None => Ok(Value::Null),
        Some(Document::Tree(tree)) => Ok(json(tree.root())),
        Some(Document::Template { line }) => Err(format!("line {line}: a template")),
    }
}

/// What Kubernetes' reader makes of each document.
///
/// # Panics
/// When Go is not there or the reference ends early.
pub fn theirs(documents: &[String]) -> Vec<Result<Value, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cluster");
    let mut reference = Command::new("go")
        .args(["run", "./yamljson"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Go starts; `cargo xtask test` installs it");
    let mut questions = String::new();
    for document in documents {
        questions.push_str(&Value::from(document.as_str()).to_string());
        questions.push('\n');
    }
    let mut stdin = reference.stdin.take().expect("it is piped");
    let asking = std::thread::spawn(move || stdin.write_all(questions.as_bytes()));
    let mut answers = String::new();
    let mut stdout = reference.stdout.take().expect("it is piped");
    stdout.read_to_string(&mut answers).expect("the reference answers");
    asking.join().expect("the thread ends").expect("the reference reads all");
    assert!(reference.wait().expect("the reference ends").success());
    let answers: Vec<_> = answers.lines().map(answer).collect();
    assert_eq!(answers.len(), documents.len(), "one answer for each document");
    answers
}

fn answer(line: &str) -> Result<Value, String> {
    let mut answer: Value = serde_json::from_str(line).expect("the reference writes JSON");
    match answer["error"].as_str() {
        Some(error) => Err(error.to_owned()),
        None => Ok(canonical(answer["json"].take())),
    }
}

fn json(node: Node<'_>) -> Value {
    match node.kind() {
        Type::Null => Value::Null,
        Type::Bool => Value::Bool(node.as_bool() == Some(true)),
        Type::Seq => Value::Array(node.items().map(json).collect()),
        Type::Map => node.entries().map(|it| (it.key().to_owned(), json(it))).collect(),
        Type::Int | Type::Float => number(node.text()),
        _ => Value::from(node.text()),
    }
}

/// JSON has one kind of number; beyond 64 bits both sides keep what a double holds.
fn canonical(value: Value) -> Value {
    match value {
        Value::Number(it) => number(&it.to_string()),
        Value::Array(items) => items.into_iter().map(canonical).collect(),
        Value::Object(map) => map.into_iter().map(|(key, it)| (key, canonical(it))).collect(),
        other => other,
    }
}

fn number(text: &str) -> Value {
    if let Ok(integer) = text.parse::<i64>() {
        return integer.into();
    }
    let double = text.parse().ok().and_then(Number::from_f64);
    double.map_or_else(|| Value::from(text), Value::Number)
}
