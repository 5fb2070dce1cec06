//! The first provider is the one that writes, and identity writes in the clear.

use finding::{Change, Fix, Severity};
use model::kinds;
use model::tree::Node;
use model::{Kinds, Object, Place};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::component_flag::NO_TWIN_OF_A_FILE;

pub(crate) const CHECK: Check = Check {
    id: "identity-encryption-first",
    title: "Secrets are stored in the clear",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1552"), Cis("1.2.28"), Nsa(check::Nsa::Access), Owasp("K08")],
    peers: &[Peer::Kubescape("C-0142"), Peer::Kubescape("C-0244")],
    effort: Hours(4),
    fix: Fix::Review(
        "Put a provider that encrypts before `identity` for `secrets`, then rewrite all Secrets",
    ),
    edit: Edit::By(identity_last),
    cel: NO_TWIN_OF_A_FILE,
    run,
    ..Check::on(
        Kinds::of(&[kinds::ENCRYPTION_CONFIGURATION]),
        include_str!("identity_encryption_first.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for file in cx.inventory().of(kinds::ENCRYPTION_CONFIGURATION) {
        if let Some((place, message)) = judge(file) {
            out.push(CHECK.at(&place, message));
        }
    }
}

fn judge(file: &Object) -> Option<(Place<'_>, &'static str)> {
    let mut entries = file.get("resources").into_iter().flat_map(Node::items);
    let Some(entry) = entries.find(|entry| covers_secrets(*entry)) else {
        return Some((
            file.place("resources"),
            "no entry covers Secrets, so they are not encrypted",
        ));
    };
    let first = entry.get("providers").and_then(|it| it.items().next())?;
    first.get("identity")?;
    Some((Place::of(file, first), "identity comes first, so Secrets are written in the clear"))
}

/// The first entry that names a resource counts for it; a star stands for all of a group.
fn covers_secrets(entry: Node<'_>) -> bool {
    let mut names = entry.get("resources").into_iter().flat_map(Node::strings);
    names.any(|name| ["secrets", "*.", "*.*"].contains(&name))
}

/// Puts `identity` behind the providers that encrypt, if there are any.
fn identity_last(flaw: &Flaw<'_>) -> Vec<Change> {
    let Some(providers) = object_list(flaw) else { return Vec::new() };
    let is_open = |it: &Node<'_>| it.get("identity").is_some();
    let behind: Vec<Node<'_>> = providers.items().skip(1).collect();
    if behind.first().is_none_or(is_open) {
        return Vec::new();
    }
    let last = Change::append(flaw.around(1), r#"{"identity":{}}"#);
    let last = (!behind.iter().any(is_open)).then_some(last);
    [Change::remove(flaw.path())].into_iter().chain(last).collect()
}

/// The list that a provider stands in.
fn object_list<'a>(flaw: &Flaw<'a>) -> Option<Node<'a>> {
    flaw.object().root().follow(flaw.around(1)).filter(|it| it.key() == "providers")
}
