//! Whoever reads every Secret is, soon enough, everybody whose password lies in one.

use std::collections::BTreeMap;

use ::rbac::{Binding, Named, Role, Rule, Scope as Reach, Subject, is_bootstrap};
use finding::{Confidence, Finding, Fix, Severity};
use model::{Kinds, ObjectId, Place};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::is_sweeping;

pub(crate) const CHECK: Check = Check {
    id: "cluster-wide-secret-reader",
    title: "Subject may read the Secrets of every namespace",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: Kinds::BINDINGS.built_in(),
    frameworks: &[
        Attack("T1552.007"),
        Cis("5.1.2"),
        Nsa(check::Nsa::Access),
        Owasp("K03"),
        Owasp("K08"),
    ],
    peers: &[
        Peer::Checkov("CKV2_K8S_5"),
        Peer::KubeLinter("access-to-secrets"),
        Peer::Kubescape("C-0015"),
        Peer::Kubescape("C-0186"),
        Peer::Trivy("KSV-0041"),
    ],
    effort: Hours(4),
    fix: Fix::Manual("Grant it in the namespaces that need it, or for the Secrets by name"),
    cel: Cel::Refused("who reads stands in the binding, and what is read in the role"),
    run,
    ..Check::on(Kinds::CLUSTER_RBAC, include_str!("cluster_wide_secret_reader.md"))
};

/// A rule that opens Secrets, where it is written, and who is granted it.
struct Reader<'a> {
    place: Place<'a>,
    everywhere: Vec<Subject<'a>>,
    somewhere: bool,
}

fn run(cx: &Cx<'_>, out: &mut Findings) {
    readers(cx).values().filter_map(judge).for_each(|finding| out.push(finding));
    for binding in cx.rbac().bindings().filter(|binding| grants_a_born_reader(cx, binding)) {
        let (named, role) = (named(binding.subjects()), binding.role().name);
        let message =
            format!("{named} may read every Secret of every namespace, through role {role}");
        out.push(CHECK.at(&binding.role_place(), message));
    }
}

fn judge(reader: &Reader<'_>) -> Option<Finding> {
    if !reader.everywhere.is_empty() {
        let named = named(&reader.everywhere);
        let message = format!("{named} may read every Secret of every namespace");
        return Some(CHECK.at(&reader.place, message));
    }
    if reader.somewhere {
        return None;
    }
    let message = "whoever is bound to this cluster-wide may read every Secret of every namespace; \
                   no binding in this input grants it";
    let finding = CHECK.at(&reader.place, message);
    Some(Finding { confidence: Confidence::Heuristic, ..finding })
}

/// The first such rule that somebody wrote into each role, however many roles aggregate it.
fn readers<'a>(cx: &Cx<'a>) -> BTreeMap<&'a ObjectId, Reader<'a>> {
    let mut readers: BTreeMap<_, Reader<'a>> = BTreeMap::new();
    for role in cx.rbac().roles().filter(|role| role.id().namespace.is_none()) {
        let is_ours = |rule: &&Rule<'_>| is_written_by_hand(rule) && !is_sweeping(rule);
        for rule in secret_rules(role).filter(is_ours) {
            let Some(place) = rule.place("resources") else { continue };
            let reader = readers.entry(place.object().id()).or_insert_with(|| Reader {
                place,
                everywhere: Vec::new(),
                somewhere: false,
            });
            for binding in cx.rbac().bindings_of(&role.id()) {
                match binding.scope() {
                    Reach::Cluster => reader.everywhere.extend(binding.subjects()),
                    Reach::Namespace(_) => reader.somewhere |= !binding.subjects().is_empty(),
                }
            }
        }
    }
    readers
}

/// Whether a binding somebody wrote grants, cluster-wide, a role that Kubernetes is born with and
/// that opens Secrets. Where a written rule opens them too, the finding stands there.
fn grants_a_born_reader<'a>(cx: &Cx<'a>, binding: &Binding<'a>) -> bool {
    let is_ours = binding.scope() == Reach::Cluster && !binding.is_bootstrap();
    let role = cx.rbac().role_of(binding).filter(|_| is_ours && !binding.subjects().is_empty());
    role.is_some_and(|role| {
        let mut rules = secret_rules(role).peekable();
        rules.peek().is_some() && !rules.any(is_written_by_hand)
    })
}

/// The rules that open all Secrets, of a role that does not allow everything anyway.
fn secret_rules<'b, 'a>(role: &'b Role<'a>) -> impl Iterator<Item = &'b Rule<'a>> {
    let rules = if role.is_everything() { &[] } else { role.rules() };
    let reads = |rule: &&Rule<'_>| {
        ["get", "list", "watch"].iter().any(|verb| rule.allows_any(verb, "", "secrets"))
    };
    rules.iter().filter(reads)
}

fn is_written_by_hand(rule: &Rule<'_>) -> bool {
    rule.writer().is_some_and(|object| !is_bootstrap(object))
}

fn named<'a>(subjects: &[Subject<'a>]) -> Named<'a> {
    subjects.iter().copied().collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use testkit::Example;

    use super::*;
    use crate::context::{Parameters, Version};

    #[test]
    fn a_role_that_nobody_is_bound_to_is_a_guess() {
        let mut guesses = Vec::new();
        for example in Example::all(CHECK.page) {
            let (inventory, parameters) = (example.inventory(), Parameters::default());
            let cx = Cx::new(&inventory, date(2026, 1, 1), Version::DEFAULT, &parameters);
            let found = crate::run(&[&CHECK], &cx);
            let unsure = found.iter().filter(|it| it.confidence == Confidence::Heuristic);
            guesses.extend(unsure.map(|finding| finding.object.name.to_string()));
        }
        assert_eq!(guesses, ["secret-copier"]);
    }
}
