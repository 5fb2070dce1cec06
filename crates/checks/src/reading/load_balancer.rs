//! Whether a load balancer is internal, and whom it admits.

use model::tree::Node;
use model::{Object, Place};
use netpol::cidr::Cidr;

/// Writes the annotations that make a load balancer internal down once, for the check and its twin.
macro_rules! internal {
    ($($mark:literal,)*) => {
        const INTERNAL: &[&str] = &[$($mark),*];

        /// True for a Service that is no open load balancer.
        pub(crate) const TWIN: &str = concat!(
            "!has(object.spec.type) || object.spec.type != 'LoadBalancer' \
             || has(object.spec.loadBalancerSourceRanges) \
               && object.spec.loadBalancerSourceRanges.size() > 0 \
               && object.spec.loadBalancerSourceRanges.size() < 32 \
               && object.spec.loadBalancerSourceRanges.all(it, !it.matches('/0*[0-7][^0-9]*$')) \
             || has(object.metadata.annotations) && object.metadata.annotations.exists(key, \
               key == 'service.kubernetes.io/qcloud-loadbalancer-internal-subnetid' \
                 && object.metadata.annotations[key] != '' \
               || key + '=' + object.metadata.annotations[key] in [",
            $("'", $mark, "', ",)*
            "''])"
        );
    };
}

internal! {
    "cloud.google.com/load-balancer-type=Internal",
    "cloud.google.com/load-balancer-type=internal",
    "load-balancer.hetzner.cloud/disable-public-network=true",
    "networking.gke.io/load-balancer-type=Internal",
    "networking.gke.io/load-balancer-type=internal",
    "oci-network-load-balancer.oraclecloud.com/internal=true",
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type=intranet",
    "service.beta.kubernetes.io/alicloud-loadbalancer-address-type=intranet",
    "service.beta.kubernetes.io/aws-load-balancer-internal=0.0.0.0/0",
    "service.beta.kubernetes.io/aws-load-balancer-internal=true",
    "service.beta.kubernetes.io/aws-load-balancer-scheme=internal",
    "service.beta.kubernetes.io/azure-load-balancer-internal=true",
    "service.beta.kubernetes.io/cce-load-balancer-internal-vpc=true",
    "service.beta.kubernetes.io/do-loadbalancer-network=INTERNAL",
    "service.beta.kubernetes.io/ncloud-load-balancer-internal=true",
    "service.beta.kubernetes.io/oci-load-balancer-internal=true",
    "service.beta.kubernetes.io/openstack-internal-load-balancer=true",
    "service.beta.kubernetes.io/scw-loadbalancer-private=true",
    "service.beta.kubernetes.io/volcengine-loadbalancer-address-type=PRIVATE",
    "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type=private",
    "yandex.cloud/load-balancer-type=internal",
}

/// Makes a load balancer internal whatever subnet it names.
const INTERNAL_SUBNET: &str = "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid";

/// The controller of AWS that these ask for makes an internal load balancer of its own accord.
const INTERNAL_BY_DEFAULT: &[&str] = &[
    "service.beta.kubernetes.io/aws-load-balancer-type=external",
    "service.beta.kubernetes.io/aws-load-balancer-type=nlb-ip",
];

/// What turns such a default off.
const PUBLIC: &[&str] = &[
    "service.beta.kubernetes.io/aws-load-balancer-internal=false",
    "service.beta.kubernetes.io/aws-load-balancer-scheme=internet-facing",
];

const RANGES: &str = "spec.loadBalancerSourceRanges";

/// Counts where the field is empty.
const RANGES_ANNOTATION: &str = "service.beta.kubernetes.io/load-balancer-source-ranges";

/// All addresses that are routed on the internet, and a few more.
const INTERNET: &[&str] = &["0.0.0.0/0", "2000::/3"];

/// Classes of load balancers that are internal unless an annotation says otherwise.
pub(crate) const INTERNAL_CLASSES: &[&str] =
    &["eks.amazonaws.com/nlb", "service.k8s.aws/nlb", "tailscale"];

/// Whether a load balancer of a known maker admits every address.
pub(crate) fn is_open(service: &Object) -> bool {
    !is_internal(service, INTERNAL_CLASSES) && open_to_all(service).is_some()
}

/// Whether an annotation or its class keeps a load balancer inside the network of the company.
pub(crate) fn is_internal(service: &Object, classes: &[&str]) -> bool {
    let value = |key: &str| service.annotation(key).and_then(Node::as_text);
    let says = |mark: &&str| {
        let (key, own) = mark.split_once('=').unwrap_or((mark, ""));
        value(key).is_some_and(|value| value == own)
    };
    let class = service.get("spec.loadBalancerClass").and_then(Node::as_text);
    let by_default =
        INTERNAL_BY_DEFAULT.iter().any(says) || class.is_some_and(|class| classes.contains(&class));
    INTERNAL.iter().any(says)
        || value(INTERNAL_SUBNET).is_some()
        || by_default && !PUBLIC.iter().any(says)
}

/// Where a load balancer says or fails to say whom it admits, and why that is everybody, if it is.
pub(crate) fn open_to_all(service: &Object) -> Option<(Place<'_>, String)> {
    let Some((node, ranges)) = ranges(service) else {
        return Some((service.place(RANGES), "it has no loadBalancerSourceRanges".to_owned()));
    };
    let read: Vec<Cidr> = ranges.iter().filter_map(|range| Cidr::parse(range.trim())).collect();
    let mut internet = INTERNET.iter().filter_map(|whole| Cidr::parse(whole));
    let open = internet.any(|whole| whole.is_covered_by(&read));
    let first = ranges.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    let more = if ranges.len() > 3 { " and more" } else { "" };
    open.then(|| (Place::of(service, node), format!("its ranges are {first}{more}")))
}

/// The ranges that the load balancer admits, and the value that lists them.
fn ranges(service: &Object) -> Option<(Node<'_>, Vec<&str>)> {
    let field = service.get(RANGES).map(|node| (node, node.strings().collect::<Vec<_>>()));
    field.filter(|(_, ranges)| !ranges.is_empty()).or_else(|| {
        let node = service.annotation(RANGES_ANNOTATION)?;
        let text = node.as_str().filter(|text| !text.trim().is_empty())?;
        Some((node, text.split(',').collect()))
    })
}
