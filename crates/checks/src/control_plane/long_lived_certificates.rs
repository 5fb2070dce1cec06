//! A certificate that Kubernetes signs cannot be revoked: it counts until its end.

use finding::{Fix, Severity};
use model::duration::milliseconds;
use model::kinds;
use model::{Object, Place, Program};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::argument;
use crate::reading::component_flag::{KINDS, NO_TWIN, given};

pub(crate) const CHECK: Check = Check {
    id: "long-lived-certificates",
    title: "Certificates that cannot be revoked live for years",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K06")],
    effort: Hours(1),
    fix: Fix::Review("Let certificates live a year or less, and renew them by machine"),
    edit: Edit::By(|flaw| argument::replace(flaw, "8760h")),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("long_lived_certificates.md"))
};

const YEAR: u64 = 366 * 24 * 3_600_000;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let controllers = cx.components(Program::ControllerManager);
    for flag in controllers.filter_map(|it| given(it, "cluster-signing-duration")) {
        judge(flag.value, &flag.place, out);
    }
    for file in cx.inventory().of(kinds::CLUSTER_CONFIGURATION) {
        if let Some((value, place)) = validity(file) {
            judge(value, &place, out);
        }
    }
}

fn validity(file: &Object) -> Option<(&str, Place<'_>)> {
    let node = file.get("certificateValidityPeriod")?;
    Some((node.text(), Place::of(file, node)))
}

fn judge(duration: &str, place: &Place<'_>, out: &mut Findings) {
    if milliseconds(duration).is_some_and(|it| it > YEAR) {
        out.push(CHECK.at(place, format!("certificates are signed for {duration}")));
    }
}
