//! An account that everybody uses unasked, and that may do something, hands that to every pod.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "account-mounts-token",
    title: "Default account has rights and mounts its token into every pod",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    frameworks: &[
        Attack("T1528"),
        Cis("5.1.5"),
        Cis("5.1.6"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K03"),
    ],
    peers: &[Peer::Kubescape("C-0034"), Peer::Kubescape("C-0190")],
    effort: Hours(2),
    fix: Fix::Review("Set `automountServiceAccountToken: false` on the account `default`"),
    edit: Edit::Set("false"),
    cel: Cel::Refused("what is granted to an account stands in roles and bindings"),
    run,
    ..Check::on(Kinds::of(&[kinds::SERVICE_ACCOUNT]), include_str!("account_mounts_token.md"))
};

const FIELD: &str = "automountServiceAccountToken";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let accounts = cx.inventory().of(kinds::SERVICE_ACCOUNT);
    for account in accounts.filter(|account| account.name() == "default") {
        let mounts = account.get(FIELD).and_then(Node::as_bool) != Some(false);
        if let Some(binding) = granted(cx, account).filter(|_| mounts) {
            let message = format!(
                "every pod of namespace {} that names no account carries a token with the rights \
                 of {binding}",
                account.namespace()
            );
            out.push(CHECK.at(&account.place(FIELD), message));
        }
    }
}

/// A binding that grants something to this very account, not to all accounts alike.
fn granted(cx: &Cx<'_>, account: &Object) -> Option<String> {
    let (namespace, name) = (account.namespace(), account.name());
    let mut grants = cx.rbac().grants_of(namespace, name);
    let binding = grants.find(|binding| {
        binding.subjects().iter().any(|subject| subject.is_service_account(namespace, name))
    })?;
    Some(format!("{} {}", binding.object().kind(), binding.object().name()))
}
