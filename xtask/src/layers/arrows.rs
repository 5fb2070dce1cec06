//! The rules of arrows between crates.

use std::collections::BTreeSet;

use crate::workspace::{Crate, Layers, Need};

/// Every rule of `[workspace.metadata.layers]` that the crates break, one sentence each.
pub(crate) fn violations(crates: &[Crate], layers: &Layers) -> Vec<String> {
    let mut violations = listing(crates, layers);
    for member in crates {
        for need in &member.needs {
            violations.extend(arrow(member, need, layers));
            violations.extend(guard(member, need, layers));
        }
    }
    violations
}

/// Each crate is listed once, and each name listed is a crate.
fn listing(crates: &[Crate], layers: &Layers) -> Vec<String> {
    let mut violations = Vec::new();
    let mut seen = BTreeSet::new();
    for name in listed(layers) {
        if !seen.insert(name) {
            violations.push(format!("`{name}` is listed twice in the layers"));
        }
        if !crates.iter().any(|member| &member.name == name) {
            violations
                .push(format!("the layers list `{name}`, which is no crate of the workspace"));
        }
    }
    let unlisted = crates.iter().filter(|member| !seen.contains(&member.name));
    violations.extend(
        unlisted.map(|member| {
            format!("`{}` is not listed in [workspace.metadata.layers]", member.name)
        }),
    );
    violations
}

fn listed(layers: &Layers) -> impl Iterator<Item = &String> {
    let rows = layers.order.iter().flatten();
    rows.chain(layers.dev.keys()).chain(&layers.outside)
}

/// What is wrong with one arrow inside the workspace.
fn arrow(member: &Crate, need: &Need, layers: &Layers) -> Option<String> {
    let (from, to) = (&member.name, &need.name);
    if need.dev || !need.inside {
        return None;
    }
    if layers.outside.contains(to) && !layers.outside.contains(from) {
        return Some(format!(
            "{from} → {to}: nothing inside may need `{to}`, it lies outside the layers"
        ));
    }
    if layers.dev.contains_key(to) {
        return Some(format!("{from} → {to}: `{to}` may only be a dev-dependency"));
    }
    if let Some(allowed) = layers.dev.get(from) {
        return (!allowed.contains(to))
            .then(|| format!("{from} → {to}: `{from}` may need only {}", allowed.join(", ")));
    }
    upward(from, to, layers)
}

fn upward(from: &str, to: &str, layers: &Layers) -> Option<String> {
    let (start, end) = (layers.row(from)?, layers.row(to)?);
    let fault = match end.cmp(&start) {
        std::cmp::Ordering::Less => return None,
        std::cmp::Ordering::Equal => "runs within a row",
        std::cmp::Ordering::Greater => "points upward",
    };
    Some(format!("{from} → {to}: {fault} (`{from}` is in row {start}, `{to}` in row {end})"))
}

/// A guarded dependency named by a crate that may not, for tests either.
fn guard(member: &Crate, need: &Need, layers: &Layers) -> Option<String> {
    let allowed = layers.may_name.get(&need.name)?;
    (!allowed.contains(&member.name)).then(|| {
        format!("`{}` names `{}`; only {} may", member.name, need.name, allowed.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn layers() -> Layers {
        serde_json::from_value(serde_json::json!({
            "order": [["model"], ["finding", "collect"], ["scan"]],
            "dev": { "testkit": ["model"] },
            "outside": ["cluster", "xtask"],
            "may-name": { "tokio": ["collect"] },
        }))
        .unwrap()
    }

    fn member(name: &str, needs: &[&str]) -> Crate {
        Crate {
            name: name.to_owned(),
            folder: PathBuf::new(),
            needs: needs.iter().map(|need| self::need(need)).collect(),
        }
    }

    /// `name`, `dev:name` for a dev-dependency, `registry:name` for one from outside.
    fn need(text: &str) -> Need {
        let (kind, name) = text.split_once(':').unwrap_or(("", text));
        Need { name: name.to_owned(), dev: kind == "dev", inside: kind != "registry" }
    }

    /// A sound workspace, with one crate put in the place of its namesake.
    fn violations_with(replacement: Crate) -> Vec<String> {
        let mut crates = vec![
            member("model", &["dev:testkit"]),
            member("finding", &["model"]),
            member("collect", &["model", "registry:tokio"]),
            member("scan", &["collect", "finding", "registry:serde"]),
            member("testkit", &["model"]),
            member("cluster", &[]),
            member("xtask", &["scan", "cluster"]),
        ];
        crates.retain(|member| member.name != replacement.name);
        crates.push(replacement);
        violations(&crates, &layers())
    }

    #[test]
    fn a_sound_workspace_has_no_violation() {
        let none: Vec<String> = Vec::new();
        assert_eq!(violations_with(member("scan", &["collect"])), none);
    }

    #[test]
    fn an_arrow_must_not_point_upward() {
        let violations = violations_with(member("finding", &["scan"]));
        assert_eq!(
            violations,
            ["finding → scan: points upward (`finding` is in row 1, `scan` in row 2)"]
        );
    }

    #[test]
    fn an_arrow_must_not_run_within_a_row() {
        let violations = violations_with(member("finding", &["collect"]));
        assert_eq!(
            violations,
            ["finding → collect: runs within a row (`finding` is in row 1, `collect` in row 1)"]
        );
    }

    #[test]
    fn a_dev_dependency_may_point_anywhere() {
        assert!(violations_with(member("finding", &["dev:scan"])).is_empty());
    }

    #[test]
    fn a_registry_crate_of_the_same_name_is_no_arrow() {
        assert!(violations_with(member("finding", &["registry:scan"])).is_empty());
    }

    #[test]
    fn every_crate_must_be_listed() {
        let violations = violations_with(member("extra", &[]));
        assert_eq!(violations, ["`extra` is not listed in [workspace.metadata.layers]"]);
    }

    #[test]
    fn every_listed_name_must_be_a_crate_and_stand_once() {
        let mut layers = layers();
        layers.order.push(vec!["ghost".to_owned(), "model".to_owned()]);
        let crates = ["model", "finding", "collect", "scan", "testkit", "cluster", "xtask"];
        let crates = crates.map(|name| member(name, &[]));
        assert_eq!(
            violations(&crates, &layers),
            [
                "the layers list `ghost`, which is no crate of the workspace",
                "`model` is listed twice in the layers"
            ]
        );
    }

    #[test]
    fn the_test_kit_is_only_a_dev_dependency() {
        let violations = violations_with(member("scan", &["testkit"]));
        assert_eq!(violations, ["scan → testkit: `testkit` may only be a dev-dependency"]);
    }

    #[test]
    fn the_test_kit_needs_only_what_is_listed() {
        let violations = violations_with(member("testkit", &["model", "scan"]));
        assert_eq!(violations, ["testkit → scan: `testkit` may need only model"]);
    }

    #[test]
    fn nothing_needs_a_crate_outside_the_layers() {
        let violations = violations_with(member("scan", &["xtask"]));
        assert_eq!(
            violations,
            ["scan → xtask: nothing inside may need `xtask`, it lies outside the layers"]
        );
    }

    #[test]
    fn a_guarded_dependency_is_named_only_where_allowed() {
        let violations = violations_with(member("scan", &["registry:tokio"]));
        assert_eq!(violations, ["`scan` names `tokio`; only collect may"]);
    }
}
