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
        default: PORTS,
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

const PORTS: &[&str] = &[
    "1433=SQL Server",
    "1521=Oracle",
    "2181=ZooKeeper",
    "2379=etcd",
    "3306=MySQL",
    "5432=PostgreSQL",
    "5984=CouchDB",
    "6379=Redis",
    "7687=Neo4j",
    "8086=InfluxDB",
    "8123=ClickHouse",
    "9042=Cassandra",
    "9092=Kafka",
    "9200=Elasticsearch",
    "9300=Elasticsearch",
    "11211=memcached",
    "26257=CockroachDB",
    "27017=MongoDB",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let words = CHECK.words(cx, "ports");
    let known: Vec<(&str, &str)> = words.iter().filter_map(|word| word.split_once('=')).collect();
    for service in cx.inventory().of_any(Kinds::SERVICES) {
        let Some(door) = exposure::door(service) else { continue };
        for port in service.get("spec.ports").into_iter().flat_map(Node::items) {
            if let Some(finding) = judge(service, door, port, &known) {
                out.push(finding);
            }
        }
    }
}

fn judge(service: &Object, door: Door, port: Node<'_>, known: &[(&str, &str)]) -> Option<Finding> {
    let number = |field| port.get(field).and_then(Node::as_i64).map(|it| it.to_string());
    let own = [number("targetPort"), number("port")].into_iter().flatten();
    let tcp = port.get("protocol").and_then(Node::as_str) != Some("UDP");
    let (number, name) = own.filter(|_| tcp).find_map(|own| {
        known.iter().find(|(number, _)| *number == own).map(|(_, name)| (own, *name))
    })?;
    let severity = if door == Door::NodePort { Severity::Medium } else { CHECK.severity };
    let message = format!("port {number}, that of {name}, is reached through {}", door.name());
    Some(Finding { severity, ..CHECK.at(&Place::of(service, port), message) })
}
