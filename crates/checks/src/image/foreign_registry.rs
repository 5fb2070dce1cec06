//! Whoever may push an image decides what runs.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::registry;

pub(crate) const CHECK: Check = Check {
    id: "foreign-registry",
    title: "Image comes from a registry that is not trusted",
    severity: Severity::High,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    parameters: &[
        Parameter {
            name: "allowed",
            default: &[],
            about: "Registries and repositories that images may come from, such as \
                    `registry.example.com/shop`; `*` stands for any text, and none means all",
        },
        Parameter {
            name: "denied",
            default: &["ttl.sh", "*.ngrok.io", "*.ngrok.app", "*.ngrok-free.app"],
            about: "Registries and repositories that no image may come from, whatever is allowed",
        },
    ],
    frameworks: &[
        Attack("T1195.002"),
        Attack("T1610"),
        Cis("5.5.1"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K02"),
    ],
    peers: &[
        Peer::Kubescape("C-0001"),
        Peer::Kubescape("C-0078"),
        Peer::Trivy("KSV-0032"),
        Peer::Trivy("KSV-0033"),
        Peer::Trivy("KSV-0034"),
        Peer::Trivy("KSV-0035"),
        Peer::Trivy("KSV-0125"),
    ],
    effort: Hours(4),
    fix: Fix::Manual("Copy the image into a registry of your own and run it from there"),
    cel: Cel::Refused("which registries are allowed is set by the user, not by the check"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("foreign_registry.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let (allowed, denied) = (CHECK.words(cx, "allowed"), CHECK.words(cx, "denied"));
    for container in cx.containers() {
        let Some(image) = container.image() else { continue };
        let why = match (registry::holds(&denied, image), registry::holds(&allowed, image)) {
            (true, _) => "from which nothing may run",
            (false, false) if !allowed.is_empty() => "which is not among the allowed registries",
            _ => continue,
        };
        let (name, host) = (image.name(), image.host());
        let message =
            format!("image {name} of container {} comes from {host}, {why}", container.name());
        out.push(CHECK.at(&container.place("image"), message));
    }
}
