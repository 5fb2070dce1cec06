//! What git-sync fetches is soon run: whoever changes it on the way, runs code in the cluster.

use finding::{Change, Confidence, Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::credential::Given;
use crate::edit::{Edit, Flaw};

pub(crate) const CHECK: Check = Check {
    id: "dangerous-git-sync",
    title: "git-sync fetches code without a guard, or runs a program of its own",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1195.002"), Attack("T1609"), Owasp("K02")],
    peers: &[Peer::Checkov("CKV_K8S_159")],
    effort: Hours(1),
    fix: Fix::Review("Fetch by https, or by ssh with known hosts, and leave `--git` out"),
    edit: Edit::By(mend),
    cel: Cel::Refused("a flag may stand in one argument or in two, and in variables of two names"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("dangerous_git_sync.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers().filter(is_git_sync) {
        for (node, option, value) in options(&container) {
            if let Some(what) = danger(&option, value) {
                let message = format!("git-sync in container {} {what}", container.name());
                out.push(CHECK.at(&container.place_of(node), message));
            }
        }
    }
}

fn is_git_sync(container: &Container<'_>) -> bool {
    container.image().is_some_and(|image| image.name() == "git-sync")
}

/// The options it is started with, by the names of its flags.
fn options<'a>(container: &Container<'a>) -> Vec<(Node<'a>, String, &'a str)> {
    let spec = container.node();
    let lists = ["command", "args"].into_iter().filter_map(|list| spec.get(list));
    let flags = lists.flat_map(Given::arguments).filter_map(|given| {
        Some((given.node, given.name?.trim_start_matches('-').to_owned(), given.value))
    });
    let variables = container.env().filter_map(Given::variable).filter_map(|given| {
        let name = given.name?;
        let own = ["GITSYNC_", "GIT_SYNC_"].iter().find_map(|it| name.strip_prefix(it));
        Some((given.node, own.unwrap_or(name).to_lowercase().replace('_', "-"), given.value))
    });
    flags.chain(variables).collect()
}

fn danger(option: &str, value: &str) -> Option<&'static str> {
    let is_off = ["false", "0"].contains(&value);
    match option {
        "git" if value != "git" => Some("is told which program to run as git"),
        "repo" if ["http://", "git://"].iter().any(|scheme| value.starts_with(scheme)) => {
            Some("fetches its repository over a connection that anybody on the way may change")
        }
        "ssh-known-hosts" | "git-known-hosts" | "known-hosts" if is_off => {
            Some("does not ask whether the server is the right one")
        }
        "git-ssl-no-verify" if !is_off && !value.is_empty() => {
            Some("does not check the certificate of the server")
        }
        _ => None,
    }
}

/// A repository is fetched by https; all else asks for keys or programs that only people know.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let text = flaw.node().and_then(Node::as_str).unwrap_or_default();
    let address = text.strip_prefix("--repo=").unwrap_or(text).strip_prefix("http://");
    let Some(address) = address else { return Vec::new() };
    let new = text.replace(&format!("http://{address}"), &format!("https://{address}"));
    vec![Change::set(flaw.path(), serde_json::json!(new).to_string())]
}
