//! What a cluster does not show makes no finding: a check that judges by what is absent says which
//! kinds it must see.
//!
//! Oracle: the examples on its own page, each judged again without the objects of one kind. Where the
//! kind is among those that the check must see, it would not run at all; else it may find less, and
//! never more.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use checks::{Check, Cx, Parameters, Version};
use model::kinds::Kind;
use model::{Inventory, Kinds, Object};
use testkit::Example;

#[test]
fn without_the_objects_of_a_kind_that_a_check_need_not_see_it_finds_nothing_more() {
    let (mut compared, mut wrong) = (0, Vec::new());
    for check in checks::all() {
        for example in Example::all(check.page) {
            let inventory = example.inventory();
            let all = found(check, &example, &inventory);
            for (group, kind) in hideable(check, &inventory) {
                let is_hidden = |object: &Object| object.group() == group && object.kind() == kind;
                let shown = inventory.objects().filter(|object| !is_hidden(object));
                let shown = Inventory::new(shown.cloned().collect());
                let more = found(check, &example, &shown);
                compared += 1;
                for [object, path] in more.difference(&all) {
                    let (page, line) = (check.id.replace('-', "_"), example.line);
                    wrong.push(format!("{page}.md:{line}: without {kind}: {object} {path}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "declare these kinds in `sees`:\n{}", wrong.join("\n"));
    assert!(compared > 500, "only {compared} were compared");
}

/// The kinds of an example that a cluster is asked for, but for those without which a check does
/// not run.
fn hideable<'a>(check: &Check, inventory: &'a Inventory) -> BTreeSet<(&'a str, &'a str)> {
    static LISTED: LazyLock<BTreeSet<Kind>> = LazyLock::new(checks::kinds);
    let kinds = inventory.objects().map(|object| (object.group(), object.kind()));
    let is_listed =
        |group: &str, kind: &str| LISTED.iter().any(|it| it.group == group && it.kind == kind);
    let is_seen = |group, kind| Kinds::of(check.sees).contains(group, kind);
    kinds.filter(|(group, kind)| is_listed(group, kind) && !is_seen(group, kind)).collect()
}

fn found(check: &'static Check, example: &Example, inventory: &Inventory) -> BTreeSet<[String; 2]> {
    let mut parameters = Parameters::default();
    for (name, words) in example.parameters() {
        parameters.set(check.id, name, words);
    }
    let version = example.kubernetes().map(|it| it.parse().expect("a version of Kubernetes"));
    let version = version.unwrap_or(Version::DEFAULT);
    let cx = Cx::new(inventory, example.today(), version, &parameters);
    let found = checks::run(&[check], &cx).into_iter();
    found.map(|it| [it.object.to_string(), it.path.to_string()]).collect()
}
