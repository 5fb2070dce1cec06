//! A `runAsUser: 0` that something else refuses or overrules.

use finding::{Fix, Severity};
use model::{Container, Context, Kinds, Type, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings, Version};
use crate::edit::Edit;
use crate::reading::pod_security::lets_own_users_be;

pub(crate) const CHECK: Check = Check {
    id: "contradicted-root-user",
    title: "User 0 is set where it cannot run",
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
    peers: &[Peer::Trivy("KSV-0105")],
    effort: Hours(1),
    fix: Fix::Review("Delete `runAsUser: 0`, and set the user that is meant"),
    edit: Edit::Remove,
    cel: Cel::Widened(
        "!(has(variables.podSpec.securityContext) && \
         has(variables.podSpec.securityContext.runAsUser) && \
         variables.podSpec.securityContext.runAsUser == 0) && variables.containers.all(c, \
         !(has(c.securityContext) && has(c.securityContext.runAsUser) && \
         c.securityContext.runAsUser == 0))",
        "every user 0 is denied, whether it can run or not",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("contradicted_root_user.md"))
};

/// The first version whose standard looks at the user.
const FORBIDDEN_SINCE: Version = Version { minor: 23 };

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.kubernetes() < FORBIDDEN_SINCE {
        return;
    }
    let exempt = |it: &Workload<'_>| lets_own_users_be(it, cx.kubernetes());
    for context in cx.workloads().filter(|it| !exempt(it)).flat_map(Workload::contexts) {
        let Some(user) = context.get("runAsUser").filter(|it| it.as_i64() == Some(0)) else {
            continue;
        };
        if !lets_root_run(&context) {
            let whose = context.whose();
            let message = format!("{whose} sets user 0, which is refused or overruled");
            out.push(CHECK.at(&context.place_of(user), message));
        }
    }
}

/// Whether a container whose user it decides may really be root.
fn lets_root_run(context: &Context<'_>) -> bool {
    if let Some(own) = context.container() {
        return own.security().may_be_root();
    }
    let says_none = |it: &Container<'_>| {
        let own = it.node().at("securityContext.runAsUser");
        own.is_none_or(|it| it.kind() == Type::Null)
    };
    context.workload().containers().filter(says_none).any(|it| it.security().may_be_root())
}
