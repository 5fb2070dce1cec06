//! What leads from outside the cluster to its pods.

use std::collections::BTreeMap;

use model::tree::Node;
use model::{Kinds, Object, Place, Selector, Workload, kinds};

use crate::context::Cx;
use crate::reading::gateway;
use crate::reading::ingress;
use crate::reading::load_balancer;
use crate::reading::selection::Pods;

/// The kinds that lead from outside to pods.
pub(crate) const DOORS: Kinds = Kinds::of(&[
    kinds::SERVICE,
    kinds::INGRESS,
    kinds::OLD_INGRESS,
    gateway::HTTP_ROUTE,
    gateway::GRPC_ROUTE,
    gateway::TLS_ROUTE,
    gateway::TCP_ROUTE,
    gateway::UDP_ROUTE,
]);

/// Ports on which databases and queues listen, each as `number=name`.
pub(crate) const DATABASES: &[&str] = &[
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

/// Ports of remote logins: SSH, telnet, Remote Desktop, VNC, Docker without and with TLS.
pub(crate) const LOGINS: &[(i64, &str)] = &[
    (22, "SSH"),
    (23, "telnet"),
    (2375, "the Docker API"),
    (2376, "the Docker API"),
    (3389, "Remote Desktop"),
    (5900, "VNC"),
];

/// What leads in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// A load balancer that every address may call.
    LoadBalancer,
    /// A port on every node.
    NodePort,
    /// An ingress whose controller asks nobody who calls.
    Ingress,
    /// A route of the Gateway API.
    Route,
}

/// One way from outside to the pods of a workload.
pub(crate) struct Way<'a> {
    /// What leads in.
    pub(crate) door: Door,
    /// What says so.
    pub(crate) place: Place<'a>,
    /// The Service behind it.
    pub(crate) service: &'a Object,
    /// Where it leads.
    pub(crate) workload: Workload<'a>,
}

impl Door {
    /// The word for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Door::LoadBalancer => "a load balancer",
            Door::NodePort => "a port of every node",
            Door::Ingress => "an ingress",
            Door::Route => "a gateway",
        }
    }
}

/// The number and name of the database or queue that listens on a port of a Service, by its `port`
/// or `targetPort`, if they are among those known.
pub(crate) fn database<'k>(port: Node<'_>, known: &[(&str, &'k str)]) -> Option<(String, &'k str)> {
    let number = |field| port.get(field).and_then(Node::as_i64).map(|it| it.to_string());
    let own = [number("targetPort"), number("port")].into_iter().flatten();
    let tcp = port.get("protocol").and_then(Node::as_str) != Some("UDP");
    own.filter(|_| tcp).find_map(|own| {
        known.iter().find(|(number, _)| *number == own).map(|(_, name)| (own, *name))
    })
}

/// The number and name of the remote login that listens on a port of a Service, if one does.
pub(crate) fn login(port: Node<'_>) -> Option<(i64, &'static str)> {
    let fields = ["targetPort", "port"].into_iter().filter_map(|field| port.get(field));
    let mut numbers = fields.filter_map(Node::as_i64);
    numbers.find_map(|number| LOGINS.iter().find(|(known, _)| *known == number)).copied()
}

/// How a Service itself lets the outside in, if it does.
pub(crate) fn door(service: &Object) -> Option<Door> {
    match service.get("spec.type").and_then(Node::as_str) {
        Some("NodePort") => Some(Door::NodePort),
        Some("LoadBalancer") if load_balancer::is_open(service) => Some(Door::LoadBalancer),
        _ => None,
    }
}

/// All ways in, door by door.
pub(crate) fn ways<'a>(cx: &Cx<'a>) -> Vec<Way<'a>> {
    let (pods, inventory) = (cx.pods(), cx.inventory());
    let services: BTreeMap<_, _> =
        inventory.of(kinds::SERVICE).map(|it| ((it.namespace(), it.name()), it)).collect();
    let mut ways = Vec::new();
    let mut add = |door, place: &Place<'a>, service: &'a Object| {
        let behind = behind(pods, service).into_iter();
        ways.extend(behind.map(|workload| Way { door, place: place.clone(), service, workload }));
    };
    for service in services.values() {
        if let Some(door) = door(service) {
            add(door, &service.place("spec.type"), service);
        }
    }
    for own in inventory.of_any(ingress::KINDS).filter(|it| !ingress::is_guarded(it)) {
        for backend in ingress::backends(own) {
            if let Some(service) = services.get(&(own.namespace(), backend.service)) {
                add(Door::Ingress, &Place::of(own, backend.node), service);
            }
        }
    }
    for route in inventory.of_any(gateway::ROUTES) {
        for backend in gateway::backends(route) {
            if let Some(service) = services.get(&(backend.namespace, backend.service)) {
                add(Door::Route, &Place::of(route, backend.node), service);
            }
        }
    }
    ways
}

/// The workloads whose pods a Service selects; one without a selector has none.
fn behind<'a>(pods: &Pods<'a>, service: &'a Object) -> Vec<Workload<'a>> {
    let selector = service.get("spec.selector").map(Selector::labels);
    let Some(selector) = selector.filter(|selector| !selector.is_empty()) else { return vec![] };
    pods.selected(service.namespace(), &selector).collect()
}
