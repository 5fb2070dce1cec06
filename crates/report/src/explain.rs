//! The page of one check, for a person.

use std::io::{self, Write};

use checks::check::Cel;
use checks::{Check, Page};
use model::kinds::Kind;

use crate::style::Style;

/// Writes the page: what the check says of itself, then its prose and examples.
///
/// # Errors
/// When the writer fails.
pub fn write(check: &Check, style: Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}   {}", style.bold(check.title), style.dim(check.id))?;
    writeln!(out)?;
    for (name, value) in facts(check) {
        writeln!(out, "  {name:<12} {}", style.wrap(&value, 15))?;
    }
    for line in Page::of(check).text().lines().skip(1) {
        match line.strip_prefix("## ") {
            Some(heading) => writeln!(out, "{}", style.bold(heading))?,
            None => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}

/// What a check says of itself, by name.
pub(crate) fn facts(check: &Check) -> Vec<(&'static str, String)> {
    let labels: Vec<String> = check.frameworks.iter().map(|framework| framework.label()).collect();
    let mut facts = vec![
        ("severity", check.severity.id().to_owned()),
        ("confidence", check.confidence.id().to_owned()),
        ("judges", kinds(check).join(", ")),
        ("sees", format!("{} scope", check.scope.id())),
        ("ring", check.ring.number().to_string()),
        ("layer", check.layer.id().to_owned()),
        ("dimension", check.dimension.id().to_owned()),
        ("mended by", check.audience.id().to_owned()),
        ("frameworks", labels.join(", ")),
        ("peers", peers(check)),
        ("effort", format!("about {} h for the first object", check.effort.0)),
        ("fix", format!("{} ({})", check.fix.order(), check.fix.id())),
        ("admission", admission(check.cel)),
    ];
    for parameter in check.parameters {
        let default = parameter.default.join(", ");
        facts.push(("parameter", format!("{}: {} [{default}]", parameter.name, parameter.about)));
    }
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

/// The kinds that a check judges, with their groups.
pub(crate) fn kinds(check: &Check) -> Vec<String> {
    if check.kinds.is_all() {
        return vec!["every kind".to_owned()];
    }
    if check.kinds.has_custom_workloads() {
        return vec!["whatever runs pods".to_owned()];
    }
    let named = |kind: &Kind| [kind.kind, kind.group].join(".").trim_end_matches('.').to_owned();
    check.kinds.built_in().iter().map(named).collect()
}

fn peers(check: &Check) -> String {
    let labels: Vec<String> = check.peers.iter().map(|it| it.label()).map(joined).collect();
    labels.join(", ")
}

fn joined((tool, id): (&str, &str)) -> String {
    format!("{tool} {id}")
}

fn admission(cel: Cel) -> String {
    match cel {
        Cel::Exact(_) => "exports to a ValidatingAdmissionPolicy as it is".to_owned(),
        Cel::Widened(_, why) => format!("exports to a ValidatingAdmissionPolicy widened: {why}"),
        Cel::Refused(why) => format!("not for a ValidatingAdmissionPolicy: {why}"),
    }
}
