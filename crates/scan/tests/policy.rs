//! No settings are looser than the policy they are held to. The judge is a model that knows nothing of how
//! they are held: what a scan under the policy alone finds open, a scan under both finds open, too.

use std::fmt::Write;

use checks::Version;
use collect::manifests::read_text;
use finding::{Finding, Report, Severity};
use jiff::civil::{Date, date};
use model::{Inputs, Inventory};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use scan::policy::Policy;
use scan::policy::hold::hold;
use scan::{Config, Plan};

const TODAY: Date = date(2026, 11, 21);

const CHECKS: [&str; 6] = [
    "privileged-container",
    "host-namespace",
    "root-container",
    "literal-credential",
    "secret-in-environment",
    "development-image-in-production",
];

const MANIFESTS: &str = "
apiVersion: v1
kind: Pod
metadata:
  name: agent
  namespace: shop-prod
  annotations:
    ringfence.dev/accept: |
      host-namespace owner=team-a expires=2027-12-31 reason=it needs the network
      root-container owner=else reason=none
spec:
  hostNetwork: true
  containers:
  - name: agent
    image: registry.example/dev/agent:1
    env: [{name: DB_PASSWORD, value: hunter2hunter2}]
    securityContext: {privileged: true, runAsUser: 0}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: sandbox}
spec:
  containers:
  - name: web
    image: registry.example/web:1
    env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: a, key: b}}}]
    securityContext: {runAsUser: 0}
";

fn severities() -> impl Strategy<Value = &'static str> {
    select(vec!["critical", "high", "medium", "low"])
}

fn some(ids: impl Into<proptest::sample::SizeRange>) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(CHECKS.to_vec(), ids)
}

prop_compose! {
    fn policies()(
        fail_on in prop::option::of(severities()),
        profile in prop::option::of(select(vec!["pss-baseline", "developer"])),
        checks in some(0..=6),
        severity in prop::option::of(severities()),
        forbidden in some(0..=2),
        days in prop::option::of(select(vec![30, 400])),
        owners in any::<bool>(),
        shipped in any::<bool>(),
        leave_out in any::<bool>(),
    ) -> String {
        let mut text = "name: acme\nserial: 1\nexpires: 2027-01-01\n".to_owned();
        if let Some(severity) = fail_on { let _ = writeln!(text, "failOn: {severity}"); }
        if let Some(profile) = profile { let _ = writeln!(text, "profiles: [{profile}]"); }
        let demand = severity.map(|it| format!("severity: {it}")).unwrap_or_default();
        let demands: Vec<_> = checks.iter().map(|id| format!("{id}: {{{demand}}}")).collect();
        let _ = writeln!(text, "checks: {{{}}}\nmayLeaveOut: {leave_out}", demands.join(", "));
        let _ = writeln!(text, "exceptions:\n  forbidden: [{}]\n  shipped: {shipped}", forbidden.join(", "));
        if let Some(days) = days { let _ = writeln!(text, "  mostDays: {days}"); }
        if owners { text += "  owners: ['team-*']\n"; }
        text
    }
}

prop_compose! {
    fn configs()(
        fail_on in select(vec!["critical", "high", "medium", "low", "never"]),
        profile in prop::option::of(select(vec!["cis", "platform"])),
        disabled in some(0..=6),
        weighed in some(0..=6),
        severity in severities(),
        ignore in any::<bool>(),
        left_out in any::<bool>(),
        environment in prop::option::of(select(vec!["production", "development"])),
        excepted in some(0..=6),
        owner in select(vec!["team-a", "else"]),
        ends in prop::option::of(select(vec!["2026-12-01", "2027-06-30", "2026-01-01"])),
    ) -> String {
        let mut text = format!("failOn: {fail_on}\n");
        if let Some(profile) = profile { let _ = writeln!(text, "profiles: [{profile}]"); }
        if left_out { text += "exclude: ['*']\nnamespaces: {exclude: ['*']}\n"; }
        if let Some(environment) = environment { let _ = writeln!(text, "environments: {{{environment}: ['*']}}"); }
        text += "checks:\n";
        for id in CHECKS {
            let _ = writeln!(text, "  {id}:\n    enabled: {}", !disabled.contains(&id));
            if weighed.contains(&id) { let _ = writeln!(text, "    severity: {severity}"); }
            if ignore && id == "literal-credential" { text += "    parameters: {ignore: [DB_PASSWORD]}\n"; }
        }
        let ends = ends.map(|day| format!("\n  expires: {day}")).unwrap_or_default();
        text += "exceptions:\n";
        for id in &excepted { let _ = writeln!(text, "- check: {id}\n  owner: {owner}\n  reason: a{ends}"); }
        if excepted.is_empty() { text = text.replace("exceptions:\n", ""); }
        text
    }
}

fn scan(config: &Config) -> Report {
    let manifests = read_text("pods.yaml", MANIFESTS.into(), &|_| true);
    let inventory = Inventory::new(manifests.objects);
    let plan = Plan {
        checks: config.enabled(),
        config,
        today: TODAY,
        kubernetes: Version::DEFAULT,
        baseline: std::collections::BTreeSet::new(),
        namespaces: std::collections::BTreeSet::new(),
    };
    scan::scan(&inventory, Inputs::default(), &plan)
}

/// Whether the policy's own words let a person accept a finding, without asking how we enforce them.
fn may_be_accepted(policy: &Policy, finding: &Finding) -> bool {
    let Some(accepted) = &finding.accepted else { return false };
    let rules = &policy.acceptance;
    let last =
        rules.most_days.map(|days| TODAY.checked_add(jiff::Span::new().days(i64::from(days))));
    let ends = match (last, accepted.expires) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(last), Some(day)) => day <= last.expect("it is a day"),
    };
    let owned = rules.owners.is_empty() || accepted.owner.starts_with("team-");
    ends && owned && !rules.forbidden.contains(finding.check.as_ref())
}

fn fails(config: &Config, severity: Severity) -> bool {
    config.fail_on.is_some_and(|threshold| severity >= threshold)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn settings_are_never_looser_than_their_policy(policy in policies(), config in configs()) {
        let policy = Policy::read("policy.yaml", &policy).unwrap();
        let own = Config::read("ringfence.yaml", &config).unwrap();
        let mut alone = Config::default();
        alone.fail_on = None;
        hold(&policy, &mut alone);
        let mut both = own.clone();
        hold(&policy, &mut both);

        for severity in Severity::ALL {
            let asked = policy.fail_on.is_some_and(|threshold| severity >= threshold);
            prop_assert!(!asked || fails(&both, severity));
            prop_assert!(!fails(&own, severity) || fails(&both, severity), "tightening stays");
        }
        let mandatory = policy.mandatory();
        let found = scan(&both);
        for open in scan(&alone).findings.iter().filter(|it| it.is_open()) {
            if policy.may_leave_out || !mandatory.contains(open.check.as_ref()) {
                continue;
            }
            let twin = found.findings.iter().find(|it| it.is_same(open));
            prop_assert!(twin.is_some(), "{} is gone", open.check);
            let twin = twin.unwrap();
            let asked = policy.checks.get(open.check.as_ref()).and_then(|it| it.severity);
            let least = asked.unwrap_or_else(|| checks::find(&open.check).unwrap().severity);
            prop_assert!(twin.severity >= least, "{} weighs less", open.check);
            prop_assert!(twin.is_open() || may_be_accepted(&policy, twin), "{} is accepted", open.check);
        }
    }

    #[test]
    fn what_is_stricter_than_the_policy_stays_and_holding_twice_changes_nothing(
        policy in policies(),
        config in configs(),
    ) {
        let policy = Policy::read("policy.yaml", &policy).unwrap();
        let own = Config::read("ringfence.yaml", &config).unwrap();
        let mut both = own.clone();
        hold(&policy, &mut both);
        let mandatory = policy.mandatory();
        for check in checks::all() {
            let kept = both.severity(check) == own.severity(check);
            let raised = both.severity(check) > own.severity(check);
            prop_assert!(kept || raised && mandatory.contains(check.id), "{}", check.id);
            if !mandatory.contains(check.id) {
                let runs = |config: &Config| config.enabled().iter().any(|it| it.id == check.id);
                prop_assert_eq!(runs(&both), runs(&own), "{}", check.id);
            }
        }
        let once = both.clone();
        prop_assert_eq!(hold(&policy, &mut both), vec![]);
        prop_assert_eq!(both, once);
    }
}

#[test]
fn what_is_overruled_is_named_with_its_line_and_what_holds() {
    let policy = "name: acme\nserial: 7\nexpires: 2027-01-01\nfailOn: medium\n\
                  checks: {privileged-container: {severity: critical}}\n";
    let policy = Policy::read("policy.yaml", policy).unwrap();
    let text = "failOn: critical\nexclude: [vendor]\nchecks:\n  privileged-container:\n    enabled: false\n    severity: low\n";
    let mut config = Config::read("ringfence.yaml", text).unwrap();
    let said: Vec<_> = hold(&policy, &mut config).iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "ringfence.yaml:1: failOn is overruled by policy acme (serial 7): medium",
            "ringfence.yaml:5: checks.privileged-container.enabled is overruled by policy acme (serial 7): true",
            "ringfence.yaml:6: checks.privileged-container.severity is overruled by policy acme (serial 7): critical",
            "ringfence.yaml:2: exclude is overruled by policy acme (serial 7): nothing is left out",
        ]
    );
    assert_eq!(config.origin("failOn").to_string(), "policy acme (serial 7)");
}

#[test]
fn only_a_policy_that_says_so_forbids_a_baseline() {
    let forbidden_by = |more: &str| {
        let text = format!("name: acme\nserial: 7\nexpires: 2027-01-01\n{more}");
        let mut config = Config::default();
        hold(&Policy::read("policy.yaml", &text).unwrap(), &mut config);
        config.baseline_forbidden_by
    };
    assert_eq!(forbidden_by(""), None);
    assert_eq!(forbidden_by("baseline: allowed\n"), None);
    assert_eq!(forbidden_by("baseline: forbidden\n").as_deref(), Some("acme (serial 7)"));
}
