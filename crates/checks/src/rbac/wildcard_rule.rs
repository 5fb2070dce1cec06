//! A star in a rule allows what nobody thought of, and what does not exist yet.

use ::rbac::Rule;
use finding::{Finding, Fix, Severity};
use model::{Kinds, Place};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::weight;
use crate::reading::star::{self, TWIN};

pub(crate) const CHECK: Check = Check {
    id: "wildcard-rule",
    title: "Role allows all verbs or all resources",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1078"), Cis("5.1.3"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[
        Peer::Checkov("CKV_K8S_49"),
        Peer::KubeLinter("wildcard-in-rules"),
        Peer::Kubescape("C-0187"),
        Peer::Trivy("KSV-0044"),
        Peer::Trivy("KSV-0045"),
        Peer::Trivy("KSV-0046"),
        Peer::Trivy("KSV-0112"),
    ],
    effort: Hours(4),
    fix: Fix::Manual("List the verbs and resources that are really used"),
    cel: Cel::Exact(TWIN),
    run,
    ..Check::on(Kinds::ROLES, include_str!("wildcard_rule.md"))
};

/// Verbs that read URLs.
const READ_URLS: &[&str] = &["get", "head", "options"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for role in cx.inventory().of_any(Kinds::ROLES) {
        let rules: Vec<Rule<'_>> = Rule::written(role).collect();
        let is_everything = rules.iter().any(Rule::is_everything);
        for rule in &rules {
            // To whoever may do everything the URLs add nothing.
            if is_everything && !rule.urls.is_empty() {
                continue;
            }
            if let Some((place, severity, message)) = judge(rule) {
                let severity = weight(role, severity);
                out.push(Finding { severity, ..CHECK.at(&place, message) });
            }
        }
    }
}

/// The field that says most about how far a rule goes, what that weighs, and what it says.
fn judge<'a>(rule: &Rule<'a>) -> Option<(Place<'a>, Severity, String)> {
    if rule.verbs.is_empty() {
        return None;
    }
    let verbs = any(&rule.verbs, "every verb");
    if rule.resources.contains(&"*") && star::only_reads_products(rule) {
        return None;
    }
    if rule.resources.contains(&"*") {
        let groups = any(&rule.groups, "every API group");
        let message = format!("the rule allows {verbs} on every resource of {groups}");
        let severity =
            if star::is_about_the_cluster(rule) { CHECK.severity } else { Severity::Low };
        return Some((rule.place("resources")?, severity, message));
    }
    let is_every_url = rule.urls.iter().any(|url| ["*", "/*"].contains(url));
    if is_every_url && rule.verbs.iter().any(|verb| !READ_URLS.contains(verb)) {
        let message = format!("the rule allows {verbs} on every URL of the API server");
        return Some((rule.place("nonResourceURLs")?, Severity::Medium, message));
    }
    if !rule.verbs.contains(&"*") || star::is_told_by_powers(rule) {
        return None;
    }
    let mut on = if rule.resources.is_empty() { rule.urls.clone() } else { rule.resources.clone() };
    on.sort_by_key(|resource| !star::is_weighty(rule, resource));
    let is_wide = rule.names.is_empty() && star::is_about_the_cluster(rule);
    let severity = if is_wide { CHECK.severity } else { Severity::Low };
    Some((rule.place("verbs")?, severity, format!("the rule allows every verb on {}", first(&on))))
}

fn any(list: &[&str], all: &str) -> String {
    if list.contains(&"*") { all.to_owned() } else { first(list) }
}

/// The first three of a list, and how many more there are.
fn first(list: &[&str]) -> String {
    let named = |word: &&str| if word.is_empty() { "the core group" } else { *word }.to_owned();
    let (shown, more) = list.split_at(list.len().min(3));
    let shown: Vec<String> = shown.iter().map(named).collect();
    match (shown.is_empty(), more.len()) {
        (true, _) => "nothing".to_owned(),
        (_, 0) => shown.join(", "),
        (_, more) => format!("{} and {more} more", shown.join(", ")),
    }
}
