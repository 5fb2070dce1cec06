//! Endpoints written by hand that lead a Service to the metadata service of the cloud.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "metadata-endpoint",
    title: "Service leads to the cloud's metadata service",
    severity: Severity::High,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cloud,
    scope: Scope::Object,
    frameworks: &[Attack("T1552"), Owasp("K07")],
    effort: Hours(1),
    fix: Fix::Manual("Delete the endpoints, and find out who wrote them"),
    cel: Cel::Exact(
        "(!has(object.subsets) || object.subsets.all(subset, ['addresses', 'notReadyAddresses'] \
           .all(list, !(list in subset) || subset[list].all(it, !has(it.ip) || !(it.ip in \
             ['100.100.100.200', '168.63.129.16', '192.0.0.192', 'fd00:ec2::254', \
              'fd20:ce::254']))))) \
         && (!has(object.endpoints) || object.endpoints.all(one, !has(one.addresses) \
           || one.addresses.all(it, !(it in ['100.100.100.200', '168.63.129.16', \
             '192.0.0.192', 'fd00:ec2::254', 'fd20:ce::254']))))",
    ),
    run,
    ..Check::on(
        Kinds::of(&[kinds::ENDPOINTS, kinds::ENDPOINT_SLICE]),
        include_str!("metadata_endpoint.md"),
    )
};

/// Where clouds serve metadata, beside the link-local addresses that the API server refuses here:
/// Alibaba, Azure's platform, Oracle's old one, AWS and Google Cloud over IPv6.
const ADDRESSES: &[&str] =
    &["100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of_any(CHECK.kinds) {
        for address in addresses(object) {
            if ADDRESSES.contains(&address.text()) {
                let message =
                    format!("callers are led to {}, the metadata service", address.text());
                out.push(CHECK.at(&Place::of(object, address), message));
            }
        }
    }
}

fn addresses(object: &Object) -> Vec<Node<'_>> {
    let items = |path| object.get(path).into_iter().flat_map(Node::items);
    let subsets = items("subsets").flat_map(|subset| {
        let lists = ["addresses", "notReadyAddresses"].into_iter();
        lists.filter_map(move |list| subset.get(list)).flat_map(Node::items)
    });
    let old = subsets.filter_map(|address| address.get("ip"));
    let new = items("endpoints").filter_map(|one| one.get("addresses")).flat_map(Node::items);
    old.chain(new).collect()
}
