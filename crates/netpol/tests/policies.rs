//! What policies say, one trap at a time.

use std::net::IpAddr;

use model::Inventory;
use netpol::{Direction, Policies, WayOut};

fn inventory(text: &str) -> Inventory {
    Inventory::new(collect::manifests::read_text("a.yaml", text.into(), &|_| true).objects)
}

/// A pod and a policy called `p` for it.
fn cluster(policy: &str) -> Inventory {
    inventory(&format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a, labels: {{app: a}}}}\n\
         spec: {{containers: [{{name: c}}]}}\n---\n\
         apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p}}\n\
         spec: {policy}\n"
    ))
}

/// How the pod gets out to the metadata service, in a word.
fn way_out(policy: &str) -> String {
    let inventory = cluster(policy);
    let policies = Policies::of(&inventory);
    let workload = inventory.workloads().next().expect("a pod");
    let address = IpAddr::from([169, 254, 169, 254]);
    match policies.way_out(&workload, address, 80) {
        None => "none".to_owned(),
        Some(WayOut::HostNetwork) => "host network".to_owned(),
        Some(WayOut::Unlimited) => "unlimited".to_owned(),
        Some(WayOut::Allowed(policy)) => policy.object().name().to_owned(),
    }
}

fn denies(policy: &str) -> [bool; 2] {
    let inventory = cluster(policy);
    let policies = Policies::of(&inventory);
    [Direction::Ingress, Direction::Egress].map(|it| policies.denies_by_default("default", it))
}

#[test]
fn an_empty_pod_selector_selects_every_pod() {
    assert_eq!(denies("{podSelector: {}, policyTypes: [Ingress, Egress]}"), [true, true]);
    assert_eq!(denies("{policyTypes: [Ingress, Egress]}"), [true, true]);
    let some = "{podSelector: {matchLabels: {app: a}}, policyTypes: [Ingress, Egress]}";
    assert_eq!(denies(some), [false, false]);
}

#[test]
fn without_types_an_empty_list_of_egress_rules_isolates_nothing() {
    assert_eq!(denies("{podSelector: {}, egress: []}"), [true, false]);
    assert_eq!(denies("{podSelector: {}, policyTypes: [], egress: []}"), [true, false]);
    assert_eq!(denies("{podSelector: {}, egress: [{to: [{podSelector: {}}]}]}"), [true, true]);
}

#[test]
fn types_that_do_not_exist_isolate_nothing() {
    assert_eq!(denies("{podSelector: {}, policyTypes: [ingress]}"), [false, false]);
    assert_eq!(denies("{podSelector: {}, policyTypes: Ingress}"), [false, false]);
}

#[test]
fn a_policy_that_allows_everything_denies_nothing() {
    assert_eq!(denies("{podSelector: {}, policyTypes: [Ingress], ingress: [{}]}"), [false, false]);
    let all = "{podSelector: {}, policyTypes: [Egress], egress: [{to: [], ports: []}]}";
    assert_eq!(denies(all), [false, false]);
    let pods = "{podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}]}";
    assert_eq!(denies(pods), [true, false]);
}

#[test]
fn rules_for_a_direction_that_is_not_isolated_do_not_count() {
    let two = "{podSelector: {}, policyTypes: [Ingress], egress: [{}]}";
    assert_eq!(way_out(two), "unlimited");
    assert_eq!(way_out("{podSelector: {}, policyTypes: [Egress], ingress: [{}]}"), "none");
}

#[test]
fn selectors_name_pods_and_never_an_address_outside() {
    for peer in ["{namespaceSelector: {}}", "{podSelector: {}}", "{}"] {
        let policy = format!("{{podSelector: {{}}, egress: [{{to: [{peer}]}}]}}");
        assert_eq!(way_out(&policy), "none", "{peer}");
    }
}

#[test]
fn an_exception_in_a_block_is_not_let_out() {
    let to = |block: &str| {
        way_out(&format!("{{podSelector: {{}}, egress: [{{to: [{{ipBlock: {block}}}]}}]}}"))
    };
    assert_eq!(to("{cidr: 0.0.0.0/0}"), "p");
    assert_eq!(to("{cidr: 0.0.0.0/0, except: [10.0.0.0/8, 169.254.169.254/32]}"), "none");
    assert_eq!(to("{cidr: 0.0.0.0/0, except: [169.254.169.253/32]}"), "p");
    assert_eq!(to("{cidr: '::/0'}"), "none");
}

#[test]
fn a_port_by_name_is_one_of_a_pod() {
    let port =
        |port: &str| way_out(&format!("{{podSelector: {{}}, egress: [{{ports: [{port}]}}]}}"));
    assert_eq!(port("{port: http}"), "none");
    assert_eq!(port("{port: 80}"), "p");
    assert_eq!(port("{port: 80, protocol: UDP}"), "none");
    assert_eq!(port("{protocol: TCP}"), "p");
    assert_eq!(port("{port: 1, endPort: 80}"), "p");
    assert_eq!(port("{port: 1, endPort: 79}"), "none");
}

#[test]
fn a_pod_on_the_host_network_is_held_by_no_policy() {
    let inventory = inventory(
        "apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {hostNetwork: true, containers: [{name: c}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p}
spec: {policyTypes: [Ingress, Egress]}
",
    );
    let policies = Policies::of(&inventory);
    let workload = inventory.workloads().next().unwrap();
    assert!(policies.isolating(&workload, Direction::Egress).next().is_none());
    let out = policies.way_out(&workload, IpAddr::from([1, 1, 1, 1]), 80);
    assert!(matches!(out, Some(WayOut::HostNetwork)));
}

#[test]
fn a_policy_holds_in_its_own_namespace_only() {
    let inventory = cluster("{policyTypes: [Ingress]}");
    let policies = Policies::of(&inventory);
    assert!(policies.denies_by_default("default", Direction::Ingress));
    assert!(!policies.denies_by_default("other", Direction::Ingress));
}

#[test]
fn kinds_of_other_makers_are_named() {
    let plain = cluster("{}");
    assert_eq!(Policies::of(&plain).beyond(), None);
    let cilium = inventory("apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\n");
    assert_eq!(Policies::of(&cilium).beyond(), Some("CiliumNetworkPolicy"));
    assert!(netpol::decides("cilium.io", "CiliumNetworkPolicy"));
    assert!(netpol::decides("networking.k8s.io", "NetworkPolicy"));
    assert!(!netpol::decides("networking.k8s.io", "Ingress"));
}

/// What the only egress rule of a policy names: every peer, every port, UDP 53, TCP 53.
fn names(rule: &str) -> [bool; 4] {
    let inventory = cluster(&format!("{{policyTypes: [Egress], egress: [{rule}]}}"));
    let policies = Policies::of(&inventory);
    let policy = policies.all().next().expect("a policy");
    let rule = policy.rules(Direction::Egress).next().expect("a rule");
    let (udp, tcp) = (rule.names_port("UDP", 53), rule.names_port("TCP", 53));
    [rule.names_every_peer(), rule.names_every_port(), udp, tcp]
}

#[test]
fn an_empty_list_in_a_rule_names_everything() {
    assert_eq!(names("{}"), [true; 4]);
    assert_eq!(names("{to: [], ports: []}"), [true; 4]);
    assert_eq!(names("{to: null, ports: [{protocol: UDP}]}"), [true, true, true, false]);
}

#[test]
fn a_port_is_tcp_unless_it_says_otherwise_and_a_name_is_no_number() {
    assert_eq!(names("{ports: [{port: 53}]}"), [true, false, false, true]);
    assert_eq!(
        names("{ports: [{port: 50, endPort: 60, protocol: UDP}]}"),
        [true, false, true, false]
    );
    assert_eq!(names("{ports: [{port: dns, protocol: UDP}]}"), [true, false, false, false]);
}

#[test]
fn a_selector_that_is_null_is_not_there() {
    let peer = "{namespaceSelector: null, podSelector: {}}";
    let inventory = cluster(&format!("{{ingress: [{{from: [{peer}]}}]}}"));
    let policies = Policies::of(&inventory);
    let policy = policies.all().next().expect("a policy");
    let rule = policy.rules(Direction::Ingress).next().expect("a rule");
    let peer = rule.peers().next().expect("a peer");
    assert!(peer.namespaces().is_none());
    assert!(peer.pods().is_some_and(|selector| selector.is_empty()));
    assert!(!peer.is_everywhere() && peer.range().is_none());
}
