//! An annotation that once did something, and that people still rely on.

use finding::{Change, Fix, Severity};
use model::{Kinds, Place};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::json;

pub(crate) const CHECK: Check = Check {
    id: "dead-annotation",
    title: "Annotation has no effect any more",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::PodSecurity), Owasp("K01")],
    effort: Hours(1),
    fix: Fix::Review("Set the field that took the annotation's place, and remove the annotation"),
    edit: Edit::By(say_in_a_field),
    cel: Cel::Refused("which annotations are dead depends on the version of Kubernetes"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("dead_annotation.md"))
};

/// Annotations of pods by their beginning, the first release that ignores them, and the field
/// instead.
const DEAD: &[(&str, u32, &str)] = &[
    ("container.seccomp.security.alpha.kubernetes.io/", 27, "securityContext.seccompProfile"),
    ("seccomp.security.alpha.kubernetes.io/pod", 27, "securityContext.seccompProfile"),
    ("scheduler.alpha.kubernetes.io/critical-pod", 16, "priorityClassName"),
    ("scheduler.alpha.kubernetes.io/affinity", 8, "affinity"),
    ("scheduler.alpha.kubernetes.io/tolerations", 8, "tolerations"),
    ("security.alpha.kubernetes.io/sysctls", 11, "securityContext.sysctls"),
    ("security.alpha.kubernetes.io/unsafe-sysctls", 11, "securityContext.sysctls"),
    ("pod.beta.kubernetes.io/init-containers", 8, "initContainers"),
    ("pod.alpha.kubernetes.io/init-containers", 8, "initContainers"),
    ("pod.beta.kubernetes.io/hostname", 8, "hostname"),
    ("pod.beta.kubernetes.io/subdomain", 8, "subdomain"),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let target = cx.kubernetes().minor;
    for workload in cx.workloads() {
        let annotations = workload.annotations();
        for annotation in annotations.into_iter().flat_map(model::Node::entries) {
            let key = annotation.key();
            let is = |(known, since, _): &&(&str, u32, &str)| {
                let same =
                    if known.ends_with('/') { key.starts_with(known) } else { key == *known };
                same && target >= *since
            };
            let Some((_, since, field)) = DEAD.iter().find(is) else { continue };
            let message = format!("{key} has done nothing since 1.{since}; {field} does");
            out.push(CHECK.at(&Place::of(workload.object(), annotation), message));
        }
    }
}

/// What an annotation about seccomp once said, in the field that says it now. The others name
/// things that a person must look at.
fn say_in_a_field(flaw: &Flaw<'_>) -> Vec<Change> {
    let Some(annotation) = flaw.node() else { return Vec::new() };
    let profile = match annotation.text() {
        "runtime/default" | "docker/default" => r#"{"type":"RuntimeDefault"}"#.to_owned(),
        "unconfined" => r#"{"type":"Unconfined"}"#.to_owned(),
        local => match local.strip_prefix("localhost/") {
            Some(file) => {
                format!(r#"{{"type":"Localhost","localhostProfile":{}}}"#, json::text(file))
            }
            None => return Vec::new(),
        },
    };
    let Some(whose) = whose(flaw, annotation.key()) else { return Vec::new() };
    let field = format!("{whose}.securityContext.seccompProfile");
    let is_said = flaw.object().root().follow(&field).is_some();
    let set = (!is_said).then(|| Change::set(field, profile));
    set.into_iter().chain([Change::clear(flaw.path())]).collect()
}

/// The pod or the container that an annotation about seccomp names.
fn whose(flaw: &Flaw<'_>, key: &str) -> Option<String> {
    let spec = Flaw::new(flaw.object(), flaw.around(2)).beside("spec");
    if key == "seccomp.security.alpha.kubernetes.io/pod" {
        return Some(spec);
    }
    let name = key.strip_prefix("container.seccomp.security.alpha.kubernetes.io/")?;
    let lists = ["containers", "initContainers"].into_iter();
    let mut paths = lists.map(|list| format!("{spec}.{list}[{name}]"));
    paths.find(|path| flaw.object().root().follow(path).is_some())
}
