//! Paths that skip authorization answer whoever asks.

use finding::{Fix, Severity};
use model::Program;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::argument;
use crate::reading::component_flag::{KINDS, NO_TWIN, given};

pub(crate) const CHECK: Check = Check {
    id: "open-component-paths",
    title: "Controller manager or scheduler answers strangers",
    severity: Severity::Medium,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1613"), Nsa(check::Nsa::Access), Owasp("K09")],
    effort: Hours(1),
    fix: Fix::Review("Leave only health paths in `--authorization-always-allow-paths`"),
    edit: Edit::By(|flaw| argument::keep(flaw, is_health)),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("open_component_paths.md"))
};

const FLAG: &str = "authorization-always-allow-paths";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for program in [Program::ControllerManager, Program::Scheduler] {
        for flag in cx.components(program).filter_map(|it| given(it, FLAG)) {
            let paths = flag.value.split(',').map(str::trim);
            let open: Vec<&str> =
                paths.filter(|path| !path.is_empty() && !is_health(path)).collect();
            if !open.is_empty() {
                let message =
                    format!("{} answers strangers at {}", program.name(), open.join(", "));
                out.push(CHECK.at(&flag.place, message));
            }
        }
    }
}

fn is_health(path: &str) -> bool {
    let path = path.trim_start_matches('/');
    ["healthz", "livez", "readyz"].iter().any(|health| path.starts_with(health))
}
