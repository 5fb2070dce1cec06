//! A credential in a manifest is known to everybody who ever read the manifest.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::credential::{Names, is_flag};

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

/// A text that a container is given, and the name it is given under.
struct Given<'a> {
    node: Node<'a>,
    /// What it is to the container: a variable, an argument.
    kind: &'static str,
    name: Option<&'a str>,
    value: &'a str,
    /// The whole text, name included where it is an argument.
    text: &'a str,
}

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let names = Names::with(&CHECK.words(cx, "names"));
    let ignored = CHECK.words(cx, "ignore");
    for container in cx.containers() {
        let given = variables(&container).chain(arguments(&container));
        for given in given.filter(|given| !given.is_one_of(&ignored)) {
            if let Some(what) = given.credential(&names) {
                let (who, container_name) = (given.who(&names), container.name());
                let message =
                    format!("{who} of container {container_name} holds {what}, written out");
                out.push(CHECK.at(&container.place_of(given.node), message));
            }
        }
    }
}

fn variables<'a>(container: &Container<'a>) -> impl Iterator<Item = Given<'a>> {
    container.env().filter_map(|entry| {
        let node = entry.get("value")?;
        let value = node.as_str()?;
        let name = entry.get("name").and_then(Node::as_text);
        Some(Given { node, kind: "variable", name, value, text: value })
    })
}

/// `--name=value`, and a value behind `--name`.
fn arguments<'a>(container: &Container<'a>) -> impl Iterator<Item = Given<'a>> {
    let spec = container.node();
    let lists = ["command", "args"].into_iter().filter_map(move |list| spec.get(list));
    lists.flat_map(|list| {
        let mut before = "";
        list.items().map(move |node| {
            let text = node.as_str().unwrap_or_default();
            let flag = std::mem::replace(&mut before, text);
            let (name, value) = match text.split_once('=').filter(|(name, _)| is_flag(name)) {
                Some((name, value)) => (Some(name), value),
                None if is_flag(flag) && !text.starts_with('-') => (Some(flag), text),
                None => (None, ""),
            };
            Given { node, kind: "argument", name, value, text }
        })
    })
}

impl Given<'_> {
    fn is_one_of(&self, ignored: &[&str]) -> bool {
        let bare = |name: &str| name.trim_start_matches('-').to_owned();
        self.name.is_some_and(|own| ignored.iter().any(|name| bare(name) == bare(own)))
    }

    /// The credential in it, in words that give nothing away.
    fn credential(&self, names: &Names) -> Option<&'static str> {
        match self.name.filter(|name| names.holds(name, self.value)) {
            Some(_) => Some(names.found_in(self.value).unwrap_or("a credential")),
            None => names.found_in(self.text),
        }
    }

    fn who(&self, names: &Names) -> String {
        match self.name.filter(|name| names.found_in(name).is_none()) {
            Some(name) => format!("{} {name}", self.kind),
            None => format!("one {}", self.kind),
        }
    }
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
