//! A credential in a manifest is known to everybody who ever read the manifest.

use finding::{Confidence, Fix, Severity};
use model::{Container, Kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::credential::{Given, Names};

pub(crate) const CHECK: Check = Check {
    id: "literal-credential",
    title: "Credential is written out in the manifest",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    parameters: &[
        Parameter {
            name: "names",
            default: &[],
            about: "Further names of credentials, such as `session-key`",
        },
        Parameter {
            name: "ignore",
            default: &[],
            about: "Variables and flags to pass over, by their whole name",
        },
    ],
    frameworks: &[Attack("T1552.001"), Nsa(check::Nsa::Network), Owasp("K08")],
    peers: &[
        Peer::KubeLinter("env-var-secret"),
        Peer::Kubescape("C-0012"),
        Peer::Polaris("sensitiveContainerEnvVar"),
    ],
    effort: Hours(4),
    fix: Fix::Manual("Replace the credential by a new one and keep that in a Secret"),
    cel: Cel::Refused(
        "names are read word by word and values by what they lead to; a regular expression that \
         misses nothing would deny paths, references and time limits too",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("literal_credential.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let names = Names::with(&CHECK.words(cx, "names"));
    let ignored = CHECK.words(cx, "ignore");
    for container in cx.containers() {
        for (kind, given) in given(&container).filter(|(_, it)| !is_one_of(it, &ignored)) {
            if let Some(what) = given.credential(&names) {
                let name = given.plain_name(&names);
                let who = name.map_or(format!("one {kind}"), |name| format!("{kind} {name}"));
                let container_name = container.name();
                let message =
                    format!("{who} of container {container_name} holds {what}, written out");
                out.push(CHECK.at(&container.place_of(given.node), message));
            }
        }
    }
}

/// What a container is given, and what that is to it.
fn given<'a>(container: &Container<'a>) -> impl Iterator<Item = (&'static str, Given<'a>)> {
    let spec = container.node();
    let variables = container.env().filter_map(Given::variable);
    let lists = ["command", "args"].into_iter().filter_map(move |list| spec.get(list));
    let arguments = lists.flat_map(Given::arguments);
    variables.map(|it| ("variable", it)).chain(arguments.map(|it| ("argument", it)))
}

fn is_one_of(given: &Given<'_>, ignored: &[&str]) -> bool {
    let bare = |name: &str| name.trim_start_matches('-').to_owned();
    given.name.is_some_and(|own| ignored.iter().any(|name| bare(name) == bare(own)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use testkit::Example;

    use crate::context::{Parameters, Version};

    #[test]
    fn no_message_holds_a_piece_of_a_credential() {
        for example in Example::all(super::CHECK.page) {
            let (inventory, parameters) = (example.inventory(), Parameters::default());
            let cx = crate::Cx::new(&inventory, date(2026, 1, 1), Version::DEFAULT, &parameters);
            for finding in crate::run(&[&super::CHECK], &cx) {
                let message = finding.message.to_lowercase();
                assert!(!message.contains("fake") && !message.contains("fict"), "{message}");
            }
        }
    }
}
