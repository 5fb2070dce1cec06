//! A dashboard that lets its sign-in be skipped acts with its own rights for anybody.

use finding::{Change, Confidence, Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};

pub(crate) const CHECK: Check = Check {
    id: "dashboard-without-login",
    title: "Program is told to ask nobody to sign in",
    severity: Severity::High,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1133"), Owasp("K06")],
    peers: &[Peer::Kubescape("C-0014"), Peer::Kubescape("C-0274")],
    effort: Hours(2),
    fix: Fix::Review("Delete the setting or turn it round, so that callers must sign in"),
    edit: Edit::By(ask),
    cel: Cel::Refused("CEL cannot read settings out of arguments and variables alike"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("dashboard_without_login.md"))
};

/// Arguments that switch a sign-in off, as they are written.
const ARGUMENTS: &[&str] = &[
    "--auth-mode=server",
    "--enable-skip-login",
    "--enable-skip-login=true",
    "--NotebookApp.token=",
    "--NotebookApp.token=''",
    "--ServerApp.token=",
    "--ServerApp.token=''",
    "--noauth",
];

/// Arguments that mean this for one program alone, and a word of its image.
const ARGUMENTS_OF: &[(&str, &str)] =
    &[("--auth-mode=server", "argo"), ("--noauth", "filebrowser")];

/// Variables that switch a sign-in off, and the value that does.
const VARIABLES: &[(&str, &str)] = &[
    ("DISABLE_SECURITY_PLUGIN", "true"),
    ("GF_AUTH_ANONYMOUS_ORG_ROLE", "Admin"),
    ("GF_AUTH_ANONYMOUS_ORG_ROLE", "Editor"),
    ("ME_CONFIG_BASICAUTH", "false"),
    ("xpack.security.enabled", "false"),
];

/// The role that strangers get in Grafana, and the switch without which they get none.
const ROLE: &str = "GF_AUTH_ANONYMOUS_ORG_ROLE";
const ENABLED: &str = "GF_AUTH_ANONYMOUS_ENABLED";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers() {
        let image = container.node().get("image").and_then(Node::as_str).unwrap_or_default();
        let lists = ["command", "args"].into_iter().filter_map(|list| container.node().get(list));
        let off = |word: &Node<'_>| word.as_str().is_some_and(|word| is_off(word, image));
        let argument = lists.flat_map(Node::items).find(off);
        let variable = container.env().find_map(|variable| {
            let (name, value) = (variable.get("name")?.as_str()?, variable.get("value")?);
            let off = VARIABLES.contains(&(name, value.as_str()?));
            (off && (name != ROLE || is_set(&container, ENABLED))).then_some(value)
        });
        for node in argument.into_iter().chain(variable) {
            let message = format!("{} lets callers in without signing in", container.name());
            out.push(CHECK.at(&container.place_of(node), message));
        }
    }
}

fn is_set(container: &Container<'_>, name: &str) -> bool {
    let is = |variable: &Node<'_>| variable.get("name").and_then(Node::as_str) == Some(name);
    container
        .env()
        .filter(is)
        .any(|variable| variable.get("value").and_then(Node::as_str) == Some("true"))
}

fn is_off(word: &str, image: &str) -> bool {
    let mut limits = ARGUMENTS_OF.iter().filter(|(argument, _)| *argument == word);
    ARGUMENTS.contains(&word) && limits.all(|(_, name)| image.contains(name))
}

/// An argument goes; a variable says the contrary, or goes where it names a role.
fn ask(flaw: &Flaw<'_>) -> Vec<Change> {
    let value = flaw.node().filter(|it| it.key() == "value").map(Node::text);
    vec![match value {
        None => Change::remove(flaw.path()),
        Some("true") => Change::set(flaw.path(), "\"false\""),
        Some("false") => Change::set(flaw.path(), "\"true\""),
        Some(_) => Change::remove(flaw.around(1)),
    }]
}
