//! Policies held against a naive model, written straight from the text of the API.
//!
//! Oracle: `NetworkPolicySpec` and its parts, one sentence of their documentation at a time, on
//! small generated clusters.

use std::collections::BTreeMap;
use std::net::IpAddr;

use model::Inventory;
use netpol::{Direction, Policies};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

type Labels = BTreeMap<String, String>;

#[derive(Clone, Debug)]
struct Cluster {
    policies: Vec<Policy>,
    pods: Vec<Pod>,
}

#[derive(Clone, Debug)]
struct Pod {
    namespace: &'static str,
    labels: Labels,
    host_network: bool,
}

#[derive(Clone, Debug)]
struct Policy {
    namespace: &'static str,
    selector: Selector,
    types: Option<Vec<&'static str>>,
    ingress: Option<Vec<Rule>>,
    egress: Option<Vec<Rule>>,
}

#[derive(Clone, Debug)]
struct Selector {
    labels: Labels,
    expression: Option<(String, &'static str, String)>,
}

/// `None` is an absent list.
#[derive(Clone, Debug)]
struct Rule {
    peers: Option<Vec<Peer>>,
    ports: Option<Vec<Port>>,
}

#[derive(Clone, Debug)]
enum Peer {
    Pods,
    Namespaces,
    PodsOfNamespaces,
    Block { cidr: (&'static str, u8), except: Option<(&'static str, u8)> },
}

#[derive(Clone, Debug)]
struct Port {
    protocol: Option<&'static str>,
    port: Number,
}

#[derive(Clone, Debug)]
enum Number {
    Absent,
    Name,
    One(u16),
    Range(u16, u16),
}

const ADDRESSES: [&str; 5] =
    ["169.254.169.254", "169.254.169.253", "10.0.0.1", "fd00:ec2::254", "fd00:ec2::255"];
const PORTS: [u16; 3] = [79, 80, 81];

mod naive {
    use super::*;

    pub(super) fn selects(selector: &Selector, labels: &Labels) -> bool {
        let equal = selector.labels.iter().all(|(key, value)| labels.get(key) == Some(value));
        equal
            && match &selector.expression {
                None => true,
                Some((key, "In", value)) => labels.get(key) == Some(value),
                Some((key, "NotIn", value)) => labels.get(key) != Some(value),
                Some((key, "Exists", _)) => labels.contains_key(key),
                Some((key, _, _)) => !labels.contains_key(key),
            }
    }

    /// "If this field is not specified, it will default based on the existence of ingress or egress
    /// rules; policies that contain an egress section are assumed to affect egress, and all policies
    /// (whether or not they contain an ingress section) are assumed to affect ingress." An empty
    /// egress section is no section.
    pub(super) fn isolates(policy: &Policy, direction: Direction) -> bool {
        match (policy.types.as_deref(), direction) {
            (None | Some([]), Direction::Ingress) => true,
            (None | Some([]), Direction::Egress) => policy.egress.iter().flatten().count() > 0,
            (Some(types), Direction::Ingress) => types.contains(&"Ingress"),
            (Some(types), Direction::Egress) => types.contains(&"Egress"),
        }
    }

    /// A pod on the host network is held by none, any other by those of its namespace that select
    /// it.
    pub(super) fn isolating(cluster: &Cluster, pod: &Pod, direction: Direction) -> Vec<usize> {
        let holds = |policy: &Policy| {
            !pod.host_network
                && policy.namespace == pod.namespace
                && isolates(policy, direction)
                && selects(&policy.selector, &pod.labels)
        };
        let all = cluster.policies.iter().enumerate();
        all.filter(|(_, policy)| holds(policy)).map(|(index, _)| index).collect()
    }

    /// A pod that nobody has thought of yet, with whatever labels, is denied.
    pub(super) fn denies_by_default(cluster: &Cluster, namespace: &str, to: Direction) -> bool {
        let policies = cluster.policies.iter().filter(|policy| policy.namespace == namespace);
        let mut general = policies.filter(|policy| {
            policy.selector.labels.is_empty() && policy.selector.expression.is_none()
        });
        let allows_all = |policy: &Policy| {
            let rules = if to == Direction::Ingress { &policy.ingress } else { &policy.egress };
            rules.iter().flatten().any(|rule| {
                rule.peers.as_ref().is_none_or(Vec::is_empty)
                    && rule.ports.as_ref().is_none_or(Vec::is_empty)
            })
        };
        let isolating: Vec<&Policy> = general.by_ref().filter(|it| isolates(it, to)).collect();
        !isolating.is_empty() && !isolating.iter().any(|policy| allows_all(policy))
    }

    /// "Traffic must match both `ports` and `to`"; policies add up.
    pub(super) fn goes_out(cluster: &Cluster, pod: &Pod, to: IpAddr, port: u16) -> bool {
        let isolating = isolating(cluster, pod, Direction::Egress);
        let rules = isolating.iter().flat_map(|&index| &cluster.policies[index].egress).flatten();
        let mut allowing = rules.filter(|rule| {
            // "If this field is empty or missing, this rule matches all destinations."
            let peers = match rule.peers.as_deref() {
                None | Some([]) => true,
                Some(peers) => peers.iter().any(|peer| names(peer, to)),
            };
            // "If this field is empty or missing, this rule matches all ports."
            let ports = match rule.ports.as_deref() {
                None | Some([]) => true,
                Some(ports) => ports.iter().any(|own| opens(own, port)),
            };
            peers && ports
        });
        isolating.is_empty() || allowing.next().is_some()
    }

    fn names(peer: &Peer, address: IpAddr) -> bool {
        let Peer::Block { cidr, except } = peer else { return false };
        inside(*cidr, address) && !except.is_some_and(|except| inside(except, address))
    }

    /// "If this is not specified, this field defaults to TCP." "If this field is not provided, this
    /// matches all port names and numbers." An address outside has no port names.
    fn opens(own: &Port, port: u16) -> bool {
        let numbers = match own.port {
            Number::Absent => true,
            Number::Name => false,
            Number::One(one) => one == port,
            Number::Range(first, last) => first <= port && port <= last,
        };
        numbers && own.protocol.is_none_or(|it| it == "TCP")
    }

    /// The first bits of both, written out, are the same.
    pub(super) fn inside((base, prefix): (&str, u8), address: IpAddr) -> bool {
        let written = |address: IpAddr| match address {
            IpAddr::V4(address) => format!("4 {:032b}", address.to_bits()),
            IpAddr::V6(address) => format!("6 {:0128b}", address.to_bits()),
        };
        let base = written(base.parse().expect("an address"));
        let length = 2 + usize::from(prefix);
        written(address).starts_with(&base[..length])
    }
}

mod yaml {
    use super::*;

    pub(super) fn cluster(cluster: &Cluster) -> String {
        let policies = cluster.policies.iter().enumerate().map(|(index, it)| policy(index, it));
        let pods = cluster.pods.iter().enumerate().map(|(index, it)| pod(index, it));
        policies.chain(pods).collect::<Vec<_>>().join("---\n")
    }

    fn policy(index: usize, policy: &Policy) -> String {
        let Policy { namespace, .. } = policy;
        let mut fields = vec![format!("podSelector: {}", selector(&policy.selector))];
        fields.extend(policy.types.as_ref().map(|it| format!("policyTypes: [{}]", it.join(", "))));
        let rules = |name: &str, peers: &str, rules: &Vec<Rule>| {
            let rules: Vec<String> = rules.iter().map(|it| rule(peers, it)).collect();
            format!("{name}: [{}]", rules.join(", "))
        };
        fields.extend(policy.ingress.as_ref().map(|it| rules("ingress", "from", it)));
        fields.extend(policy.egress.as_ref().map(|it| rules("egress", "to", it)));
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n\
             metadata: {{name: p{index}, namespace: {namespace}}}\nspec: {{{}}}\n",
            fields.join(", ")
        )
    }

    fn pod(index: usize, pod: &Pod) -> String {
        let Pod { namespace, host_network, .. } = pod;
        format!(
            "apiVersion: v1\nkind: Pod\n\
             metadata: {{name: p{index}, namespace: {namespace}, labels: {}}}\n\
             spec: {{hostNetwork: {host_network}, containers: [{{name: c}}]}}\n",
            labels(&pod.labels)
        )
    }

    fn labels(labels: &Labels) -> String {
        let entries: Vec<String> = labels.iter().map(|(k, v)| format!("{k}: {v}")).collect();
        format!("{{{}}}", entries.join(", "))
    }

    fn selector(selector: &Selector) -> String {
        let mut fields = Vec::new();
        if !selector.labels.is_empty() {
            fields.push(format!("matchLabels: {}", labels(&selector.labels)));
        }
        fields.extend(selector.expression.as_ref().map(|(key, operator, value)| {
            let values = if operator.ends_with("In") { format!("[{value}]") } else { "[]".into() };
            format!("matchExpressions: [{{key: {key}, operator: {operator}, values: {values}}}]")
        }));
        format!("{{{}}}", fields.join(", "))
    }

    fn rule(peers: &str, rule: &Rule) -> String {
        let list = |items: Vec<String>| format!("[{}]", items.join(", "));
        let mut fields = Vec::new();
        let own = rule.peers.as_ref().map(|it| list(it.iter().map(peer).collect()));
        fields.extend(own.map(|it| format!("{peers}: {it}")));
        let own = rule.ports.as_ref().map(|it| list(it.iter().map(port).collect()));
        fields.extend(own.map(|it| format!("ports: {it}")));
        format!("{{{}}}", fields.join(", "))
    }

    fn peer(peer: &Peer) -> String {
        match peer {
            Peer::Pods => "{podSelector: {}}".to_owned(),
            Peer::Namespaces => "{namespaceSelector: {}}".to_owned(),
            Peer::PodsOfNamespaces => "{namespaceSelector: {}, podSelector: {}}".to_owned(),
            Peer::Block { cidr: (base, prefix), except } => {
                let except = except.map_or(String::new(), |(base, prefix)| {
                    format!(", except: ['{base}/{prefix}']")
                });
                format!("{{ipBlock: {{cidr: '{base}/{prefix}'{except}}}}}")
            }
        }
    }

    fn port(port: &Port) -> String {
        let mut fields = Vec::new();
        fields.extend(port.protocol.map(|it| format!("protocol: {it}")));
        fields.extend(match port.port {
            Number::Absent => None,
            Number::Name => Some("port: http".to_owned()),
            Number::One(one) => Some(format!("port: {one}")),
            Number::Range(first, last) => Some(format!("port: {first}, endPort: {last}")),
        });
        format!("{{{}}}", fields.join(", "))
    }
}

fn namespace() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => Just("shop"), 1 => Just("bank")]
}

fn labels() -> impl Strategy<Value = Labels> {
    btree_map("[kl]", "[pq]", 0..3)
}

fn selector() -> impl Strategy<Value = Selector> {
    let operator = prop_oneof![Just("In"), Just("NotIn"), Just("Exists"), Just("DoesNotExist")];
    let expression = option::weighted(0.3, ("[kl]", operator, "[pq]"));
    let any = (labels(), expression);
    let selector = any.prop_map(|(labels, expression)| Selector { labels, expression });
    let all = Just(Selector { labels: Labels::new(), expression: None });
    prop_oneof![all, selector]
}

fn block() -> impl Strategy<Value = (&'static str, u8)> {
    prop_oneof![
        proptest::sample::select(vec![0, 8, 16, 30, 31, 32]).prop_map(|it| ("169.254.169.254", it)),
        proptest::sample::select(vec![0, 8, 32]).prop_map(|it| ("10.0.0.0", it)),
        proptest::sample::select(vec![0, 7, 64, 127, 128]).prop_map(|it| ("fd00:ec2::254", it)),
    ]
}

fn peer() -> impl Strategy<Value = Peer> {
    prop_oneof![
        Just(Peer::Pods),
        Just(Peer::Namespaces),
        Just(Peer::PodsOfNamespaces),
        (block(), option::of(block())).prop_map(|(cidr, except)| Peer::Block { cidr, except }),
        (block(), option::of(block())).prop_map(|(cidr, except)| Peer::Block { cidr, except }),
    ]
}

fn port() -> impl Strategy<Value = Port> {
    let protocol = option::of(prop_oneof![Just("TCP"), Just("UDP"), Just("SCTP")]);
    let number = prop_oneof![
        Just(Number::Absent),
        Just(Number::Name),
        (78_u16..83).prop_map(Number::One),
        (78_u16..83, 0_u16..4).prop_map(|(first, more)| Number::Range(first, first + more)),
    ];
    (protocol, number).prop_map(|(protocol, port)| Port { protocol, port })
}

fn rules() -> impl Strategy<Value = Option<Vec<Rule>>> {
    let rule = (option::weighted(0.8, vec(peer(), 0..3)), option::weighted(0.6, vec(port(), 0..3)));
    option::of(vec(rule.prop_map(|(peers, ports)| Rule { peers, ports }), 0..3))
}

fn policy() -> impl Strategy<Value = Policy> {
    let types = prop_oneof![
        Just(vec![]),
        Just(vec!["Ingress"]),
        Just(vec!["Egress"]),
        Just(vec!["Ingress", "Egress"]),
    ];
    let fields = (namespace(), selector(), option::of(types), rules(), rules());
    fields.prop_map(|(namespace, selector, types, ingress, egress)| Policy {
        namespace,
        selector,
        types,
        ingress,
        egress,
    })
}

fn pod() -> impl Strategy<Value = Pod> {
    let fields = (namespace(), labels(), proptest::bool::weighted(0.1));
    fields.prop_map(|(namespace, labels, host_network)| Pod { namespace, labels, host_network })
}

fn cluster() -> impl Strategy<Value = Cluster> {
    (vec(policy(), 0..5), vec(pod(), 1..4)).prop_map(|(policies, pods)| Cluster { policies, pods })
}

fn inventory(cluster: &Cluster) -> Inventory {
    let text = yaml::cluster(cluster);
    let read = collect::manifests::read_text("a.yaml", text.clone().into_bytes(), &|_| true);
    assert!(read.inputs.unreadable.is_empty(), "{:?}\n{text}", read.inputs.unreadable);
    assert_eq!(read.objects.len(), cluster.policies.len() + cluster.pods.len(), "{text}");
    let refused = read.objects.iter().find(|it| !model::schema::mismatches(it).is_empty());
    assert!(refused.is_none(), "{refused:?}");
    Inventory::new(read.objects)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_policies_that_isolate_a_pod_are_those_of_the_api(cluster in cluster()) {
        let inventory = inventory(&cluster);
        let policies = Policies::of(&inventory);
        for (workload, pod) in inventory.workloads().zip(&cluster.pods) {
            for direction in [Direction::Ingress, Direction::Egress] {
                let isolating = policies.isolating(&workload, direction);
                let names: Vec<&str> = isolating.map(|it| it.object().name()).collect();
                let expected = naive::isolating(&cluster, pod, direction);
                let expected: Vec<String> = expected.iter().map(|it| format!("p{it}")).collect();
                prop_assert_eq!(names, expected);
            }
        }
    }

    #[test]
    fn a_namespace_denies_by_default_as_the_api_says(cluster in cluster()) {
        let inventory = inventory(&cluster);
        let policies = Policies::of(&inventory);
        for namespace in ["shop", "bank", "other"] {
            for direction in [Direction::Ingress, Direction::Egress] {
                let denies = policies.denies_by_default(namespace, direction);
                let expected = naive::denies_by_default(&cluster, namespace, direction);
                prop_assert_eq!(denies, expected, "{} {:?}", namespace, direction);
            }
        }
    }

    #[test]
    fn a_pod_gets_out_where_the_api_lets_it(cluster in cluster()) {
        let inventory = inventory(&cluster);
        let policies = Policies::of(&inventory);
        for (workload, pod) in inventory.workloads().zip(&cluster.pods) {
            for (text, port) in ADDRESSES.iter().flat_map(|it| PORTS.map(|port| (it, port))) {
                let address: IpAddr = text.parse().expect("an address");
                let out = policies.way_out(&workload, address, port);
                let expected = naive::goes_out(&cluster, pod, address, port);
                prop_assert_eq!(out.is_some(), expected, "{} {}", text, port);
            }
        }
    }
}
