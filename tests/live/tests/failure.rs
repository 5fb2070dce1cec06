//! A control plane that fails during a scan never looks clean. Oracle: a real API server, killed.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where one fails, and says what it saw"
)]

use std::fmt::Write;
use std::fs;

use cluster::{Cluster, Options, Part};
use live::{Forwarder, ringfence};
use serde_json::Value;

/// Services enough that a scan is in the middle of them when the wire is cut.
const SERVICES: usize = 300;

const NAME: &str = "live-failure";

fn services() -> String {
    let mut text = String::new();
    for number in 0..SERVICES {
        writeln!(
            text,
            "---\napiVersion: v1\nkind: Service\nmetadata: {{ name: service-{number} }}\n\
             spec: {{ type: LoadBalancer, ports: [{{ port: 80 }}] }}"
        )
        .unwrap();
    }
    text
}

#[test]
fn an_api_server_that_is_killed_during_a_scan_never_gives_a_clean_result() {
    let cluster = Cluster::up(&Options::control_plane(NAME)).unwrap();
    cluster.apply(&services()).unwrap();
    let view = ["config", "view", "--raw", "--minify", "--output=json"];
    let view = cluster.kubectl(&view).unwrap();
    let kubeconfig: Value = serde_json::from_str(&view).unwrap();
    let server = kubeconfig["clusters"][0]["cluster"]["server"].as_str().unwrap();
    let server = server.trim_start_matches("https://").parse().unwrap();
    let scan = |wire: &Forwarder| {
        let mut kubeconfig = kubeconfig.clone();
        let address = format!("https://{}", wire.address());
        let entry = &mut kubeconfig["clusters"][0]["cluster"];
        entry["server"] = address.into();
        entry["disable-compression"] = true.into();
        let path = cluster.folder().join("wire.kubeconfig");
        fs::write(&path, kubeconfig.to_string()).unwrap();
        let through = ringfence(&cluster).env("KUBECONFIG", path.to_str().unwrap());
        let form = ["--output", "json", "--fail-on", "medium"];
        through.args(&["scan", "--timeout", "5"]).args(&form).run()
    };
    let whole_wire = Forwarder::to(server, usize::MAX, || {});
    let whole = scan(&whole_wire).exits(1).report();
    assert_eq!(whole.coverage.gaps, Vec::<String>::new());

    let kill = || Cluster::find(NAME).unwrap().kill(Part::ApiServer).unwrap();
    let run = scan(&Forwarder::to(server, whole_wire.passed() * 4 / 5, kill));
    assert!(matches!(run.code(), Some(3 | 4)), "{:?} {}", run.code(), run.stderr());
    let report = run.report();
    println!(
        "{} of {} findings, {:?}, {} bytes: {:#?}",
        report.findings.len(),
        whole.findings.len(),
        run.code(),
        whole_wire.passed(),
        report.coverage.gaps
    );
    assert!(!report.coverage.gaps.is_empty());
    assert!(!report.findings.is_empty(), "nothing of what was seen before is lost");
    let said = ringfence(&cluster).args(&["scan", "--timeout", "2"]).run().exits(4);
    assert!(said.stderr().contains("nothing listens at"), "{}", said.stderr());
}
