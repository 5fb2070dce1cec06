//! A user above zero is given, but nothing refuses root should the number change.

use finding::{Change, Fix, Severity};
use model::workload::Os;
use model::{Container, Kinds, Node, Place, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::pod_security::lets_own_users_be;

pub(crate) const CHECK: Check = Check {
    id: "root-not-refused",
    title: "Root is only kept away by a number",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Cis("5.2.7"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Restricted),
    ],
    peers: &[Peer::Kubesec("RunAsNonRoot"), Peer::Trivy("KSV-0012")],
    effort: Hours(1),
    fix: Fix::Safe("Set `runAsNonRoot: true` on the pod or each container"),
    edit: Edit::By(mend),
    cel: Cel::Widened(
        "!(has(variables.podSpec.securityContext) && \
         has(variables.podSpec.securityContext.runAsNonRoot) && \
         !variables.podSpec.securityContext.runAsNonRoot) && variables.containers.all(c, \
         has(c.securityContext) && has(c.securityContext.runAsNonRoot) ? \
         c.securityContext.runAsNonRoot : has(variables.podSpec.securityContext) && \
         has(variables.podSpec.securityContext.runAsNonRoot) && \
         variables.podSpec.securityContext.runAsNonRoot)",
        "what may really run as root, which another check finds, is denied too",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("root_not_refused.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let exempt = |it: &Workload<'_>| lets_own_users_be(it, cx.kubernetes());
    cx.workloads().filter(|it| !exempt(it)).flat_map(|it| places(&it)).for_each(
        |(place, whose)| {
            let message =
                format!("{whose} is not root, but nothing refuses root: set runAsNonRoot");
            out.push(CHECK.at(&place, message));
        },
    );
}

/// What is not refused and yet no root: of a container that says so itself, and of the pod for
/// those that say nothing.
fn places<'a>(workload: &Workload<'a>) -> Vec<(Place<'a>, String)> {
    let (own, inherited): (Vec<_>, Vec<_>) =
        workload.containers().partition(|it| says(it.node()).is_some());
    let unrefused = |it: &&Container<'_>| says(it.node()) == Some(false);
    let of_own = own.iter().filter(unrefused).filter(|it| !it.security().may_be_root());
    let place = |it: &Container<'a>| it.place("securityContext.runAsNonRoot");
    let mut places: Vec<_> =
        of_own.map(|it| (place(it), format!("container {}", it.name()))).collect();
    let pod = says(workload.spec());
    let is_idle = pod == Some(false) && inherited.is_empty();
    let is_open = pod != Some(true) && inherited.iter().any(|it| !it.security().may_be_root());
    if is_idle || is_open {
        places.push((workload.place("securityContext.runAsNonRoot"), "the pod".to_owned()));
    }
    places
}

fn says(of: Node<'_>) -> Option<bool> {
    of.at("securityContext.runAsNonRoot").and_then(Node::as_bool)
}

/// Where others inherit from the pod that may be root, each container refuses it for itself. On
/// Windows the image may say who is an administrator, so that a refusal may end it.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let refuse = |path: &str| Change::set(path, "true");
    let Some(workload) = flaw.workload().filter(|it| it.os() == Os::Linux) else {
        return Vec::new();
    };
    let inherits = |it: &Container<'_>| says(it.node()).is_none();
    let inherited = workload.containers().filter(inherits);
    let (root, others): (Vec<_>, Vec<_>) = inherited.partition(|it| it.security().may_be_root());
    if flaw.container().is_some() || root.is_empty() {
        return vec![refuse(flaw.path())];
    }
    let own = |it: Container<'_>| format!("{}.securityContext.runAsNonRoot", it.node().path());
    others.into_iter().map(|it| refuse(&own(it))).collect()
}
