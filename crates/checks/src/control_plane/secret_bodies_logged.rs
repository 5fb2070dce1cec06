//! An audit log with the bodies of Secrets is a second, open store of Secrets.

use finding::{Change, Fix, Severity};
use model::kinds;
use model::{Kinds, Node};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::audit_policy::{Request, Rule};
use crate::reading::component_flag::NO_TWIN_OF_A_FILE;

pub(crate) const CHECK: Check = Check {
    id: "secret-bodies-logged",
    title: "Audit log holds Secrets",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1552"), Cis("3.2.2"), Nsa(check::Nsa::Logging), Owasp("K08")],
    effort: Hours(2),
    fix: Fix::Review("Log Secrets, tokens and token reviews at level Metadata, in the first rule"),
    edit: Edit::By(leave_bodies_out),
    cel: NO_TWIN_OF_A_FILE,
    run,
    ..Check::on(Kinds::of(&[kinds::AUDIT_POLICY]), include_str!("secret_bodies_logged.md"))
};

/// Requests whose bodies hold a credential, what it is, and whether only the answer holds it.
const TELLING: &[(&str, Request, bool)] = &[
    ("Secrets", Request { verb: "get", group: "", resource: "secrets" }, true),
    ("Secrets", Request { verb: "list", group: "", resource: "secrets" }, true),
    ("Secrets", Request { verb: "create", group: "", resource: "secrets" }, false),
    ("Secrets", Request { verb: "update", group: "", resource: "secrets" }, false),
    ("Secrets", Request { verb: "patch", group: "", resource: "secrets" }, false),
    (
        "tokens of service accounts",
        Request { verb: "create", group: "", resource: "serviceaccounts/token" },
        true,
    ),
    (
        "tokens under review",
        Request { verb: "create", group: "authentication.k8s.io", resource: "tokenreviews" },
        false,
    ),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for policy in cx.inventory().of(kinds::AUDIT_POLICY) {
        let mut found: Vec<(Rule<'_>, Vec<&str>)> = Vec::new();
        for (what, request, answer_only) in TELLING {
            let logs = |rule: &Rule<'_>| match rule.level() {
                "RequestResponse" => true,
                "Request" => !answer_only,
                _ => false,
            };
            for rule in request.rules(policy).into_iter().filter(logs) {
                match found.iter_mut().find(|(known, _)| known.index() == rule.index()) {
                    Some((_, logged)) if logged.contains(what) => {}
                    Some((_, logged)) => logged.push(what),
                    None => found.push((rule, vec![what])),
                }
            }
        }
        for (rule, logged) in found {
            let message = format!("the audit log holds {} in full", logged.join(" and "));
            out.push(CHECK.at(&rule.place(), message));
        }
    }
}

/// What is logged without its body where it holds a credential, by its group.
const SECRETIVE: &[(&str, &[&str])] = &[
    ("", &["configmaps", "secrets", "serviceaccounts/token"]),
    ("authentication.k8s.io", &["tokenreviews"]),
];

/// A rule that is about these alone loses nothing else.
fn leave_bodies_out(flaw: &Flaw<'_>) -> Vec<Change> {
    let is_secretive = |entry: Node<'_>| {
        let group = entry.get("group").map(Node::text).unwrap_or_default();
        let known = SECRETIVE.iter().find(|(own, _)| *own == group).map(|(_, known)| known);
        let mut names = entry.get("resources").into_iter().flat_map(Node::strings).peekable();
        names.peek().is_some() && names.all(|name| known.is_some_and(|it| it.contains(&name)))
    };
    let rule = flaw.object().root().follow(flaw.around(1));
    let entries = rule.and_then(|rule| rule.get("resources"));
    let mut entries = entries.into_iter().flat_map(Node::items).peekable();
    let is_alone = entries.peek().is_some() && entries.all(is_secretive);
    is_alone.then(|| Change::set(flaw.path(), "\"Metadata\"")).into_iter().collect()
}
