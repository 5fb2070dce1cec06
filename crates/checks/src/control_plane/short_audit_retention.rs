//! An audit log that is thrown away before anybody looks.

use finding::{Change, Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "short-audit-retention",
    title: "Audit log is thrown away too soon",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    parameters: &[
        Parameter { name: "days", default: &["30"], about: "How many days a log must be kept." },
        Parameter {
            name: "megabytes",
            default: &["1000"],
            about: "How much of the log must be kept.",
        },
    ],
    frameworks: &[
        Attack("T1562"),
        Cis("1.2.17"),
        Cis("1.2.18"),
        Cis("1.2.19"),
        Nsa(check::Nsa::Logging),
        Owasp("K05"),
    ],
    peers: &[
        Peer::Checkov("CKV_K8S_92"),
        Peer::Checkov("CKV_K8S_93"),
        Peer::Checkov("CKV_K8S_94"),
        Peer::Kubescape("C-0131"),
        Peer::Kubescape("C-0132"),
        Peer::Kubescape("C-0133"),
        Peer::Trivy("KCV-0020"),
        Peer::Trivy("KCV-0021"),
        Peer::Trivy("KCV-0022"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Raise --audit-log-maxage, --audit-log-maxbackup and --audit-log-maxsize"),
    edit: Edit::By(keep_longer),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("short_audit_retention.md"))
};

/// Megabytes of one file where nothing is said.
const DEFAULT_SIZE: u64 = 100;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let (days, megabytes) = (least(cx, "days"), least(cx, "megabytes"));
    for server in ApiServer::all(cx) {
        if server.flag("audit-log-path").is_none_or(|path| path.value == "-") {
            continue;
        }
        let number = |name| {
            let flag = server.flag(name)?;
            let number = flag.value.parse::<u64>().ok().filter(|number| *number > 0)?;
            Some((number, flag.place))
        };
        if let Some((age, place)) = number("audit-log-maxage").filter(|(age, _)| *age < days) {
            out.push(CHECK.at(&place, format!("audit logs are deleted after {age} days")));
        }
        let Some((files, place)) = number("audit-log-maxbackup") else { continue };
        let size = number("audit-log-maxsize").map_or(DEFAULT_SIZE, |(size, _)| size);
        let kept = files.saturating_mul(size);
        if kept < megabytes {
            let message = format!("{files} audit logs of {size} MB are kept: {kept} MB in all");
            out.push(CHECK.at(&place, message));
        }
    }
}

fn least(cx: &Cx<'_>, parameter: &str) -> u64 {
    let word = CHECK.words(cx, parameter).first().and_then(|word| word.parse().ok());
    word.unwrap_or_default()
}

/// What is asked for where nobody asks for something else.
const DAYS: u64 = 30;
const MEGABYTES: u64 = 1000;

fn keep_longer(flaw: &Flaw<'_>) -> Vec<Change> {
    let number = |flaw: &Flaw<'_>| argument::value(flaw)?.parse::<u64>().ok();
    let size = argument::beside(flaw, "audit-log-maxsize");
    let size = size.and_then(|path| number(&Flaw::new(flaw.object(), &path)));
    let size = size.filter(|size| *size > 0).unwrap_or(DEFAULT_SIZE);
    let is_age = argument::is_named(flaw, "audit-log-maxage");
    let wanted = if is_age { DAYS } else { MEGABYTES.div_ceil(size) };
    match number(flaw) {
        Some(given) if given < wanted => argument::replace(flaw, &wanted.to_string()),
        _ => Vec::new(),
    }
}
