//! A controller that faces the internet and that nobody mends any more.

use finding::{Confidence, Fix, Severity};
use jiff::civil::{Date, date};
use model::{Kinds, Role};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::ingress;

pub(crate) const CHECK: Check = Check {
    id: "retired-ingress-nginx",
    title: "Ingress controller is at the end of its life",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1190"), Nsa(check::Nsa::Upgrading), Owasp("K10")],
    peers: &[Peer::Kubescape("C-0292")],
    effort: Hours(40),
    fix: Fix::Manual("Move to a controller that is maintained, best one of the Gateway API"),
    cel: Cel::Widened(
        "variables.containers.all(it, !has(it.image) \
           || !it.image.matches('ingress-nginx/controller(-chroot)?([:@]|$)') \
             && !it.image.matches('(^|/)(ingress-nginx-controller\
               |nginx-ingress-controller(-amd64)?)([:@]|$)'))",
        "it knows no date and denies init containers as well",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("retired_ingress_nginx.md"))
};

/// The day from which on no flaw is mended.
const END: Date = date(2026, 4, 1);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.today() < END {
        return;
    }
    for container in cx.containers().filter(|it| it.role() == Role::Main) {
        if ingress::nginx_image(&container).is_some() {
            let message = "ingress-nginx was retired in March 2026: its flaws are mended no more";
            out.push(CHECK.at(&container.place("image"), message));
        }
    }
}
