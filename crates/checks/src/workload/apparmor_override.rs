//! A profile other than the default or a local one takes `AppArmor` away.

use finding::{Change, Fix, Severity};
use model::{Context, Kinds, Node};

use crate::check::Framework::{Attack, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};

pub(crate) const CHECK: Check = Check {
    id: "apparmor-override",
    title: "AppArmor is switched off",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Baseline),
    ],
    peers: &[Peer::Kubesec("ApparmorAny"), Peer::Trivy("KSV-0002")],
    effort: Hours(1),
    fix: Fix::Review("Delete the profile: the default holds then"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "(!has(variables.podSpec.securityContext) || \
         !has(variables.podSpec.securityContext.appArmorProfile) || \
         has(variables.podSpec.securityContext.appArmorProfile.type) && \
         variables.podSpec.securityContext.appArmorProfile.type in ['RuntimeDefault', \
         'Localhost']) && variables.containers.all(c, !has(c.securityContext) || \
         !has(c.securityContext.appArmorProfile) || \
         has(c.securityContext.appArmorProfile.type) && \
         c.securityContext.appArmorProfile.type in ['RuntimeDefault', 'Localhost']) && \
         variables.podAnnotations.all(key, \
         !key.startsWith('container.apparmor.security.beta.kubernetes.io/') || \
         variables.podAnnotations[key] in ['', 'runtime/default'] || \
         variables.podAnnotations[key].startsWith('localhost/'))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("apparmor_override.md"))
};

const ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads() {
        let bad: Vec<Context<'_>> =
            workload.contexts().filter(|it| override_in(it).is_some()).collect();
        for (context, node) in bad.iter().filter_map(|it| Some((it, override_in(it)?))) {
            let (whose, value) = (context.whose(), node.get("type").map_or("", Node::text));
            let message = format!("{whose} sets the AppArmor profile {value:?}");
            out.push(CHECK.at(&context.place_of(node), message));
        }
        let said =
            |name: &str| bad.iter().any(|it| it.container().is_some_and(|it| it.name() == name));
        for annotation in workload.annotations().into_iter().flat_map(Node::entries) {
            let Some(name) = annotation.key().strip_prefix(ANNOTATION) else { continue };
            let profile = annotation.text();
            if !is_allowed(profile) && !said(name) {
                let message =
                    format!("an annotation sets the AppArmor profile {profile:?} for {name}");
                out.push(CHECK.at(&workload.place_of(annotation), message));
            }
        }
    }
}

/// The profile of a context, if it is neither the runtime's nor one of the node.
fn override_in<'a>(context: &Context<'a>) -> Option<Node<'a>> {
    let profile = context.mapping("appArmorProfile")?;
    let kind = profile.get("type").and_then(Node::as_str);
    (!matches!(kind, Some("RuntimeDefault" | "Localhost"))).then_some(profile)
}

fn is_allowed(profile: &str) -> bool {
    profile.is_empty() || profile == "runtime/default" || profile.starts_with("localhost/")
}

/// Also takes the older form away that says the same of a container: it would hold again.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let older = || {
        let key = format!("{ANNOTATION}{}", flaw.container()?.name());
        flaw.workload()?.annotations()?.get(&key).filter(|it| !is_allowed(it.text()))
    };
    let paths = [Some(flaw.path().to_owned()), older().map(Node::path)];
    paths.into_iter().flatten().map(Change::clear).collect()
}
