//! The checks that serve a Pod Security Standard find something in a pod exactly when it fails that
//! standard. Oracle: the fixtures of Kubernetes' own admission, pods that pass and pods that fail each
//! version of each standard.
#![allow(clippy::print_stdout, reason = "a test says what it saw")]

use live::fixtures::RELEASES;

#[test]
fn a_pod_fails_a_standard_exactly_where_a_check_of_it_finds_something() {
    for release in RELEASES {
        let (mut compared, mut wrong) = (0, Vec::new());
        for fixtures in release.fixtures() {
            for pod in fixtures.judged() {
                compared += 1;
                if pod.findings.is_empty() != fixtures.passes {
                    let found =
                        pod.findings.iter().map(|it| format!("{} at {}", it.check, it.path));
                    let found: Vec<String> = found.collect();
                    let pod = fixtures.folder.join(pod.name);
                    wrong.push(format!("{}: {}", pod.display(), found.join(", ")));
                }
            }
        }
        let version = release.module.version;
        println!("{version}: {compared} pods, {} wrong", wrong.len());
        assert!(wrong.is_empty(), "{version}:\n{}", wrong.join("\n"));
        assert_eq!(compared, release.pods, "{version}");
    }
}
