//! The CEL twin of a check and the check itself agree on every example.
//!
//! Oracle: an independent CEL interpreter (the `cel` crate) on the same objects. `Exact` must deny
//! just what the check finds, `Widened` at least that.

use std::collections::HashMap;
use std::sync::Arc;

use cel::objects::Key;
use cel::{Context, Program, Value};
use checks::check::Cel;
use checks::{Check, Cx, Parameters, Version};
use model::tree::{Node, Type};
use model::{Inventory, Object};
use testkit::Example;

#[test]
fn the_twin_in_cel_agrees_with_its_check() {
    let mut compared = 0;
    for check in checks::all() {
        let (source, widened) = match check.cel {
            Cel::Exact(source) => (source, false),
            Cel::Widened(source, why) => {
                assert!(!why.is_empty(), "{}: says why it is widened", check.id);
                (source, true)
            }
            Cel::Refused(why) => {
                assert!(!why.is_empty(), "{}: says why CEL cannot", check.id);
                continue;
            }
        };
        let program = Program::compile(source).unwrap_or_else(|it| panic!("{}: {it}", check.id));
        for example in Example::all(check.page) {
            let inventory = example.inventory();
            for object in inventory.objects().filter(|object| check.judges(object)) {
                let found = finds(check, &example, &inventory, object);
                let denied = !admits(check, &program, object);
                let agree = if widened { denied || !found } else { denied == found };
                let line = example.line;
                assert!(agree, "{}.md:{line}: check {found}, CEL {denied}", check.id);
                compared += 1;
            }
        }
    }
    assert!(compared > 10, "only {compared} objects were compared");
}

fn finds(check: &'static Check, example: &Example, all: &Inventory, object: &Object) -> bool {
    let parameters = Parameters::default();
    let cx = Cx::new(all, example.today(), Version::DEFAULT, &parameters);
    checks::run(&[check], &cx).iter().any(|finding| *finding.object == *object.id())
}

fn admits(check: &Check, program: &Program, object: &Object) -> bool {
    let mut context = Context::default();
    context.add_variable_from_value("object", value(object.root()));
    context.add_variable_from_value("variables", variables(object));
    match program.execute(&context) {
        Ok(Value::Bool(admitted)) => admitted,
        other => panic!("{}: {} gives {other:?}", check.id, object.id()),
    }
}

/// The variables that the export defines for a workload.
fn variables(object: &Object) -> Value {
    let inventory = Inventory::new(vec![object.clone()]);
    let Some(workload) = inventory.workloads().next() else { return map([]) };
    let windows = workload.os() == model::workload::Os::Windows;
    let containers = workload.containers().map(|container| value(container.node())).collect();
    let annotations = workload
        .annotations()
        .into_iter()
        .flat_map(Node::entries)
        .filter(|it| it.kind() != Type::Null);
    let annotations = annotations.map(|it| (Key::from(it.key()), value(it)));
    let annotations: HashMap<Key, Value> = annotations.collect();
    map([
        ("podSpec", value(workload.spec())),
        ("containers", Value::List(Arc::new(containers))),
        ("podAnnotations", Value::Map(cel::objects::Map::from(annotations))),
        ("windows", Value::Bool(windows)),
    ])
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let entries = entries.map(|(key, value)| (Key::from(key), value));
    Value::Map(cel::objects::Map::from(entries.into_iter().collect::<HashMap<_, _>>()))
}

/// Integers of Kubernetes are signed.
fn value(node: Node<'_>) -> Value {
    match node.kind() {
        Type::Bool => Value::Bool(node.as_bool() == Some(true)),
        Type::Int => Value::Int(node.as_i64().expect("an integer of 64 bits")),
        Type::Float => Value::Float(node.text().parse().expect("a number")),
        Type::Str => Value::String(Arc::new(node.text().to_owned())),
        Type::Seq => Value::List(Arc::new(node.items().map(value).collect())),
        Type::Map => {
            // What is null is gone by the time that an expression sees an object.
            let entries = node.entries().filter(|it| it.kind() != Type::Null);
            let entries = entries.map(|it| (Key::from(it.key()), value(it)));
            Value::Map(cel::objects::Map::from(entries.collect::<HashMap<_, _>>()))
        }
        _ => Value::Null,
    }
}
