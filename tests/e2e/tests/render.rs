//! Charts and kustomizations beside programs that do what programs do: render, fail, hang, flood, or be
//! absent. What real ones make of real charts is judged in `tests/render`.

use e2e::{Folder, PRIVILEGED_LINE, PRIVILEGED_POD, Ringfence};

const CHART: &str = "apiVersion: v2\nname: web\nversion: 1.0.0\n";

const TEMPLATE: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: watched}
spec:
  containers:
    - name: main
      securityContext:
        privileged: {{ .Values.privileged }}
";

/// What prints a rendered pod, as Helm would.
const RENDERS: &str = "\
cat <<'END'
---
# Source: web/templates/pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: watched
spec:
  containers:
    - name: main
      securityContext:
        privileged: true
END
";

/// A folder with a chart in it.
fn with_a_chart() -> Folder {
    Folder::with("web/Chart.yaml", CHART)
        .and("web/templates/pod.yaml", TEMPLATE)
        .and("web/values.yaml", "# set by the platform\nprivileged: true\n")
}

/// A program of the user's, as a script.
fn with_a_program(folder: Folder, name: &str, script: &str) -> Folder {
    let path = format!("bin/{name}");
    let folder = folder.and(&path, format!("#!/bin/sh\n{script}"));
    folder.set_mode(&path, 0o755);
    folder
}

/// A scan that finds the folder's own programs, and no others but those of the system that scripts
/// need.
fn scan(folder: &Folder, arguments: &[&str]) -> Ringfence {
    let bin = folder.path("bin").display().to_string();
    let all = [&["scan", "--output", "json"], arguments].concat();
    folder.ringfence(&all).env("PATH", &format!("{bin}:/bin.of.a.test"))
}

#[test]
fn a_value_that_a_chart_renders_is_found_where_it_was_written() {
    let folder =
        with_a_program(with_a_chart(), "helm", RENDERS.replace("cat", "/bin/cat").as_str());
    let report = scan(&folder, &["."]).run().exits(1).report();
    assert_eq!(report.found(), [("web/values.yaml", 2)]);
    assert_eq!(report.skipped("rendered"), 1);
    assert_eq!(report.skipped("helm-template"), 0);
    let finding = report.findings.iter().find(|it| it.check == e2e::CHECK);
    let place = finding.and_then(|it| it.location.as_ref()).expect("it has a place");
    let rendered = place.rendered.as_ref().expect("it was rendered");
    assert_eq!((rendered.from.as_str(), rendered.traced), ("web", true));
    let text =
        folder.ringfence(&["scan", "."]).env("PATH", &folder.path("bin").display().to_string());
    let text = text.run().exits(1).text();
    assert!(text.contains("web/values.yaml:2, rendered from web"), "{text}");
}

#[test]
fn what_a_program_is_given_is_an_argument_each_and_nothing_of_the_environment() {
    let script =
        "for it in \"$@\"; do echo \"[$it]\" >&2; done\necho \"[$KUBECONFIG]\" >&2\nexit 1\n";
    let folder = with_a_program(with_a_chart(), "helm", script).and("a, $(b).yaml", "a: 1\n");
    let arguments = ["--values", "a, $(b).yaml", "--kubernetes-version", "1.33", "web"];
    let report = scan(&folder, &arguments).env("KUBECONFIG", "secret").run().exits(3).report();
    assert_eq!(
        report.reason(),
        "was not rendered: helm: [template] [web] [./web] [--values=\"./a, $(b).yaml\"] \
         [--kube-version=1.33] []"
    );
}

#[test]
fn a_chart_among_manifests_is_passed_over_where_helm_is_absent_and_said() {
    let folder = with_a_chart().and("pod.yaml", PRIVILEGED_POD);
    let report = scan(&folder, &["."]).run().exits(1).report();
    assert_eq!(report.found(), [("pod.yaml", PRIVILEGED_LINE)]);
    assert_eq!(report.skipped("helm-template"), 1);
    let said = "web/Chart.yaml: was not rendered: helm is not on PATH; install it, or pass the rendered \
                manifests";
    assert!(report.coverage.gaps.contains(&said.to_owned()), "{:?}", report.coverage.gaps);
    assert_eq!(scan(&folder, &["--require-coverage", "."]).run().code(), Some(3));
}

#[test]
fn a_chart_that_is_named_must_be_rendered() {
    for named in ["web", "./web/", "web/Chart.yaml"] {
        let report = scan(&with_a_chart(), &[named]).run().exits(3).report();
        assert!(report.reason().contains("helm is not on PATH"), "{named}: {}", report.reason());
    }
}

#[test]
fn nothing_is_started_where_it_is_not_wanted() {
    let folder = with_a_program(with_a_chart(), "helm", "exit 1\n");
    let report = scan(&folder, &["--no-render", "web"]).run().exits(0).report();
    assert_eq!(report.skipped("helm-template"), 1);
}

#[test]
fn a_program_in_the_scanned_folder_is_never_started() {
    let folder = with_a_program(with_a_chart(), "helm", "echo started >&2; exit 1\n");
    for path in [".:bin", "bin", ""] {
        let run = folder.ringfence(&["scan", "--output", "json", "."]).env("PATH", path).run();
        let report = run.exits(0).report();
        assert_eq!(report.skipped("helm-template"), 1, "{path}");
    }
}

#[test]
fn a_program_that_never_ends_is_ended_and_said() {
    let folder = with_a_program(with_a_chart(), "helm", "while :; do :; done\n");
    let report = scan(&folder, &["--timeout", "1", "."]).run_freely().exits(3).report();
    assert_eq!(
        report.reason(),
        "was not rendered: helm: did not end within 1 s; allow more with --timeout"
    );
}

#[test]
fn a_program_that_floods_is_ended_and_said() {
    let folder = with_a_program(with_a_chart(), "helm", "exec /bin/cat /dev/zero\n");
    let report = scan(&folder, &["."]).run().exits(3).report();
    assert!(report.reason().contains("gives more than 64 MiB"), "{}", report.reason());
}

#[test]
fn what_a_program_renders_may_be_broken() {
    let script = "printf 'a: 1\\n---\\nkind: [\\n---\\n'\n";
    let folder = with_a_program(with_a_chart(), "helm", script);
    let report = scan(&folder, &["."]).run().exits(3).report();
    assert!(report.reason().starts_with("line "), "{}", report.reason());
    assert!(report.reason().contains("of what it renders to: "), "{}", report.reason());
    assert_eq!(report.unreadable(), [("web/Chart.yaml", None)]);
}

#[test]
fn what_a_program_complains_cannot_steer_a_terminal() {
    let folder = with_a_program(with_a_chart(), "helm", "printf '\\033[2J<b>gone' >&2; exit 1\n");
    let bin = folder.path("bin").display().to_string();
    let text = folder.ringfence(&["scan", "."]).env("PATH", &bin).run().exits(3).text();
    assert!(text.contains("gone") && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn a_dependency_that_is_not_here_is_not_fetched() {
    let chart =
        format!("{CHART}dependencies:\n  - name: redis\n    repository: https://example.com\n");
    let folder = Folder::with("web/Chart.yaml", chart).and("web/templates/pod.yaml", TEMPLATE);
    let folder = with_a_program(folder, "helm", "echo started >&2; exit 1\n");
    let report = scan(&folder, &["web"]).run().exits(3).report();
    assert_eq!(report.unreadable(), [("web/Chart.yaml", Some(5))]);
    assert!(
        report.reason().contains("run `helm dependency build web` first"),
        "{}",
        report.reason()
    );
}

#[test]
fn a_base_elsewhere_is_not_fetched() {
    for remote in [
        "https://example.com/base.yaml",
        "github.com/example/base?ref=v1",
        "git@example.com:base.git",
        "ssh://example.com/base",
    ] {
        let kustomization = format!("namePrefix: a-\nresources:\n  - {remote}\n");
        let folder = Folder::with("app/kustomization.yaml", kustomization);
        let folder = with_a_program(folder, "kustomize", "echo started >&2; exit 1\n");
        let report = scan(&folder, &["app"]).run().exits(3).report();
        assert_eq!(report.unreadable(), [("app/kustomization.yaml", Some(3))], "{remote}");
        assert!(report.reason().contains("nothing is fetched"), "{remote}: {}", report.reason());
    }
}

#[test]
fn values_without_a_chart_are_said() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD).and("prod.yaml", "a: 1\n");
    let report = scan(&folder, &["--values", "prod.yaml", "pod.yaml"]).run().exits(3).report();
    assert_eq!(report.unreadable(), [("prod.yaml", None)]);
}

#[test]
fn values_that_are_not_there_are_said() {
    let folder = with_a_program(with_a_chart(), "helm", "exit 1\n");
    let report = scan(&folder, &["--variant", "prod=prod.yaml", "web"]).run().exits(3).report();
    assert_eq!(report.unreadable(), [("web/Chart.yaml (prod)", None)]);
    assert!(report.reason().contains("prod.yaml is neither here nor in the chart"));
}

#[test]
fn kubectl_builds_where_kustomize_is_absent() {
    let folder = Folder::with("app/kustomization.yaml", "resources: [pod.yaml]\n")
        .and("app/pod.yaml", PRIVILEGED_POD);
    let script = "[ \"$*\" = \"kustomize ./app\" ] && exec /bin/cat app/pod.yaml\n";
    let folder = with_a_program(folder, "kubectl", script);
    let report = scan(&folder, &["."]).run().exits(1).report();
    assert_eq!(report.found(), [("app/pod.yaml", PRIVILEGED_LINE)]);
    assert_eq!(report.skipped("rendered"), 1);
}
