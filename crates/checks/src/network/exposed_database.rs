//! A database that the internet may call is found within minutes.

use finding::{Confidence, Finding, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::exposure::{self, Door};

pub(crate) const CHECK: Check = Check {
    id: "exposed-database",
    title: "Database or queue is reached from outside",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Five,
    layer: Layer::Cloud,
    scope: Scope::Object,
    parameters: &[Parameter {
        name: "ports",
        default: exposure::DATABASES,
        about: "Ports on which databases and queues listen, each as `number=name`.",
    }],
    frameworks: &[Attack("T1190"), Nsa(check::Nsa::Network), Owasp("K07")],
    peers: &[Peer::Kubescape("C-0256"), Peer::Kubescape("C-0274")],
    effort: Hours(4),
    fix: Fix::Review(
        "Use type ClusterIP; let what must come from outside through a VPN or a proxy",
    ),
    cel: Cel::Refused("CEL cannot tell which load balancers are internal or admit few"),
    run,
    ..Check::on(Kinds::SERVICES, include_str!("exposed_database.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let words = CHECK.words(cx, "ports");
    let known: Vec<(&str, &str)> = words.iter().filter_map(|word| word.split_once('=')).collect();
    for service in cx.inventory().of_any(Kinds::SERVICES) {
        let Some(door) = exposure::door(service) else { continue };
        let mut told = Vec::new();
        for port in service.get("spec.ports").into_iter().flat_map(Node::items) {
            let Some((number, name)) = exposure::database(port, &known) else { continue };
            if !told.contains(&name) {
                told.push(name);
                out.push(finding(service, door, port, &number, name));
            }
        }
    }
}

fn finding(service: &Object, door: Door, port: Node<'_>, number: &str, name: &str) -> Finding {
    let severity = if door == Door::NodePort { Severity::Medium } else { CHECK.severity };
    let message = format!("port {number}, that of {name}, is reached through {}", door.name());
    Finding { severity, ..CHECK.at(&Place::of(service, port), message) }
}
