//! Every edit of a check mends the examples on its page: the finding is gone, nothing else is wrong
//! that was not before, no comment is lost, and a second time there is nothing to do.
//!
//! Oracle: the checks themselves, on the text that comes out.

use std::collections::{BTreeMap, BTreeSet};

use checks::{Check, Cx, Edit, Parameters, Version};
use finding::{Finding, Fix};
use model::{Inventory, Node, Type};
use scan::mend::{Mending, mendings};
use testkit::{Example, Expect};

fn judge(checks: &[&'static Check], example: &Example, inventory: &Inventory) -> Vec<Finding> {
    let mut parameters = Parameters::default();
    for (name, words) in example.parameters() {
        for check in checks {
            parameters.set(check.id, name, words.clone());
        }
    }
    let version = example.kubernetes().map(|it| it.parse().expect("a version of Kubernetes"));
    let version = version.unwrap_or(Version::DEFAULT);
    checks::run(checks, &Cx::new(inventory, example.today(), version, &parameters))
}

/// What a finding says, without the place, which moves.
fn said(findings: &[Finding]) -> BTreeSet<(String, String, String)> {
    let one = |it: &Finding| (it.check.to_string(), it.object.to_string(), it.path.to_string());
    findings.iter().map(one).collect()
}

/// How often each thing is said of each object, wherever: items move up when one before them goes.
fn told(findings: &[Finding]) -> BTreeMap<(String, String), usize> {
    let mut told = BTreeMap::new();
    for it in findings {
        *told.entry((it.check.to_string(), it.object.to_string())).or_default() += 1;
    }
    told
}

/// Mends an example and holds the result against what was promised. Says how many findings of the
/// check are gone.
fn mend(check: &'static Check, example: &Example) -> Result<usize, String> {
    let inventory = example.inventory();
    let before = judge(&[check], example, &inventory);
    let mendings = mendings(&inventory, &before);
    let orders: Vec<_> = mendings.iter().map(Mending::order).collect();
    if orders.is_empty() {
        return Ok(0);
    }
    let applied = fix::apply(&example.text, &orders);
    if let Some((index, why)) = applied.refused.first() {
        return Err(format!("{:?}: {why}", mendings[*index].changes));
    }
    if !fix::comment::are_kept(&example.text, &applied.text) {
        return Err("a comment is lost".to_owned());
    }
    let mut mended = example.clone();
    mended.text = applied.text;
    let inventory = mended.inventory();
    let left = said(&judge(&[check], &mended, &inventory));
    let gone = said(&mendings.iter().map(|it| it.finding.clone()).collect::<Vec<_>>());
    if let Some(still) = left.intersection(&gone).next() {
        return Err(format!("{still:?} is still found in\n{}", mended.text));
    }
    let all: Vec<_> = checks::all().filter(|it| it.severity > check.severity).collect();
    let old = told(&judge(&all, example, &example.inventory()));
    let new = told(&judge(&all, &mended, &inventory));
    let is_worse = |(what, number): &(&_, &usize)| old.get(*what).is_none_or(|old| *number > old);
    if let Some((new, _)) = new.iter().find(is_worse) {
        return Err(format!("{new:?} is found now in\n{}", mended.text));
    }
    Ok(gone.len())
}

/// An example in braces and brackets, one object a line.
fn in_json(example: &Example) -> Example {
    let mut json = example.clone();
    let inventory = example.inventory();
    let lines =
        inventory.objects().filter(|it| !it.is_held()).map(|it| format!("{}\n", value(it.root())));
    json.text = lines.collect::<Vec<_>>().join("---\n");
    json
}

fn value(node: Node<'_>) -> serde_json::Value {
    match node.kind() {
        Type::Map => node.entries().map(|it| (it.key().to_owned(), value(it))).collect(),
        Type::Seq => node.items().map(value).collect(),
        Type::Str => node.text().into(),
        Type::Null => serde_json::Value::Null,
        _ => serde_json::from_str(node.text()).expect("a number or a boolean"),
    }
}

#[test]
fn every_edit_mends_the_same_in_json() {
    let mut wrong = Vec::new();
    // Repeated keys are lost on the way to JSON.
    let is_told = |it: &&Check| !matches!(it.edit, Edit::None) && it.id != "duplicate-key";
    for check in checks::all().filter(is_told) {
        for example in Example::all(check.page).iter().filter(|it| it.expect == Expect::Bad) {
            let (yaml, json) = (mend(check, example), mend(check, &in_json(example)));
            if json != yaml {
                wrong.push(format!("{}, line {}: {json:?}", check.id, example.line));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

#[test]
fn every_edit_mends_an_example_and_breaks_nothing() {
    let mut wrong = Vec::new();
    for check in checks::all().filter(|it| !matches!(it.edit, Edit::None)) {
        let mut mended = 0;
        for example in Example::all(check.page).iter().filter(|it| it.expect == Expect::Bad) {
            match mend(check, example) {
                Ok(number) => mended += number,
                Err(why) => wrong.push(format!("{}, line {}: {why}", check.id, example.line)),
            }
        }
        if mended == 0 {
            wrong.push(format!("{}: its edit mends no example of its page", check.id));
        }
        if matches!(check.fix, Fix::Manual(_)) {
            wrong.push(format!("{}: what a machine mends is not left to a person", check.id));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}
