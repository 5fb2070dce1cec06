//! What runs code that others wrote deserves more than a container between it and the kernel.

use finding::{Confidence, Fix, Severity};
use model::{Image, Kinds, Node, Workload};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "unsandboxed-untrusted-code",
    title: "Foreign code runs without a sandbox",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::One,
    layer: Layer::Container,
    scope: Scope::Object,
    parameters: &[Parameter {
        name: "images",
        default: &[
            "actions-runner",
            "actions-runner-dind",
            "all-spark-notebook",
            "azp-agent",
            "base-notebook",
            "bitbucket-pipelines-runner",
            "buildkite/agent",
            "circleci/runner-agent",
            "code-interpreter",
            "code-server",
            "datascience-notebook",
            "gha-runner",
            "github-runner",
            "gitlab-runner-helper",
            "inbound-agent",
            "jenkins-agent",
            "jnlp-agent",
            "jnlp-slave",
            "judge0",
            "k8s-singleuser-sample",
            "minimal-notebook",
            "openvscode-server",
            "piston",
            "pyspark-notebook",
            "pytorch-notebook",
            "r-notebook",
            "scipy-notebook",
            "tensorflow-notebook",
        ],
        about: "Names of images that run code of others.",
    }],
    frameworks: &[Attack("T1611"), Nsa(check::Nsa::PodSecurity), Owasp("K01")],
    peers: &[Peer::Kubescape("C-0297")],
    effort: Hours(8),
    fix: Fix::Review("Set `runtimeClassName` to a sandboxed runtime"),
    cel: Cel::Refused("which images are meant is set by the user"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unsandboxed_untrusted_code.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let known = CHECK.words(cx, "images");
    let unsandboxed =
        |it: &Workload<'_>| it.spec().get("runtimeClassName").and_then(Node::as_text).is_none();
    for container in cx.workloads().filter(unsandboxed).flat_map(Workload::containers) {
        let Some(image) = container.image() else { continue };
        if known.iter().any(|it| is_called(image, it)) {
            let name = container.name();
            let message =
                format!("container {name} runs foreign code straight on the node's kernel");
            out.push(CHECK.at(&container.place("image"), message));
        }
    }
}

/// Whether an image has a name, or ends in a path of names.
fn is_called(image: Image<'_>, name: &str) -> bool {
    let ends = image.repository.strip_suffix(name);
    ends.is_some_and(|before| before.is_empty() || before.ends_with('/'))
}
