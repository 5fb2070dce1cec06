//! Holes in well-known programs of a cluster: which versions have them. Only such as change what an
//! intruder can do in the cluster, and whose versions are beyond doubt.

use finding::Severity;

use crate::reading::release::Release;

/// What has a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    /// A container image, by the last parts of its repository.
    Image(&'static [&'static str]),
    /// The kubelet of a node.
    Kubelet,
    /// The kubelet of a node that runs Windows.
    WindowsKubelet,
    /// The container runtime of a node, by its scheme, such as `containerd`.
    Runtime(&'static str),
    /// The Linux kernel of a node.
    Kernel,
}

/// One hole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Advisory {
    /// Its id.
    pub(crate) id: &'static str,
    /// What it lets an intruder do, as the end of a sentence.
    pub(crate) lets: &'static str,
    /// What has it.
    pub(crate) program: Program,
    /// How bad it is in a cluster.
    pub(crate) severity: Severity,
    /// The first version that has it.
    since: (u32, u32, u32),
    /// The first version without it in each line that was mended, in order; later lines never
    /// had it.
    fixed: &'static [(u32, u32, u32)],
}

impl Advisory {
    /// Whether a version has the hole.
    pub(crate) fn affects(&self, release: Release) -> bool {
        let own = |it: &&(u32, u32, u32)| (it.0, it.1) == (release.major, release.minor);
        let fix = self.fixed.iter().find(own).or_else(|| self.fixed.last());
        let version = (release.major, release.minor, release.patch);
        version >= self.since && fix.is_some_and(|fix| version < *fix)
    }
}

const API_SERVER: Program = Program::Image(&["kube-apiserver"]);
const ARGO_CD: Program = Program::Image(&["argoproj/argocd"]);
const TOOLKIT: Program = Program::Image(&["nvidia/container-toolkit", "k8s/container-toolkit"]);

/// A hole of every version before the fix.
const fn before(
    program: Program,
    id: &'static str,
    severity: Severity,
    lets: &'static str,
    fixed: &'static [(u32, u32, u32)],
) -> Advisory {
    Advisory { id, lets, program, severity, since: (0, 0, 0), fixed }
}

/// A hole that came with some version.
const fn since(since: (u32, u32, u32), advisory: Advisory) -> Advisory {
    Advisory { since, ..advisory }
}

use Severity::{Critical, High, Medium};

/// All of them.
pub(crate) const ADVISORIES: &[Advisory] = &[
    before(
        API_SERVER,
        "CVE-2018-1002105",
        Critical,
        "lets anyone who reaches it act on every node",
        &[(1, 10, 11), (1, 11, 5), (1, 12, 3)],
    ),
    before(
        API_SERVER,
        "CVE-2020-8559",
        Medium,
        "lets a captured node take others",
        &[(1, 16, 13), (1, 17, 9), (1, 18, 6)],
    ),
    before(
        API_SERVER,
        "CVE-2022-3172",
        Medium,
        "lets an aggregated API redirect its clients, with their credentials",
        &[(1, 22, 14), (1, 23, 11), (1, 24, 5), (1, 25, 1)],
    ),
    before(
        Program::Kubelet,
        "CVE-2021-25741",
        High,
        "lets a pod reach the disk of its node through a subPath",
        &[(1, 19, 15), (1, 20, 11), (1, 21, 5), (1, 22, 2)],
    ),
    before(
        Program::Kubelet,
        "CVE-2024-10220",
        High,
        "lets the author of a pod run commands on its node through a gitRepo volume",
        &[(1, 28, 12), (1, 29, 7), (1, 30, 3)],
    ),
    before(
        Program::WindowsKubelet,
        "CVE-2023-3676",
        High,
        "lets the author of a pod run commands on its node",
        &[(1, 24, 17), (1, 25, 13), (1, 26, 8), (1, 27, 5), (1, 28, 1)],
    ),
    before(
        Program::WindowsKubelet,
        "CVE-2023-5528",
        High,
        "lets the author of a volume run commands on its node",
        &[(1, 25, 16), (1, 26, 11), (1, 27, 8), (1, 28, 4)],
    ),
    before(
        Program::Runtime("containerd"),
        "CVE-2020-15257",
        Medium,
        "lets a pod on the network of its node take the node",
        &[(1, 3, 9), (1, 4, 3)],
    ),
    before(
        Program::Runtime("containerd"),
        "CVE-2022-23648",
        High,
        "lets an image read files of the node",
        &[(1, 4, 13), (1, 5, 10), (1, 6, 1)],
    ),
    since(
        (1, 19, 0),
        before(
            Program::Runtime("cri-o"),
            "CVE-2022-0811",
            High,
            "lets the author of a pod run commands on its node through a sysctl",
            &[(1, 19, 6), (1, 20, 7), (1, 21, 6), (1, 22, 3), (1, 23, 2)],
        ),
    ),
    since(
        (5, 1, 0),
        before(
            Program::Kernel,
            "CVE-2022-0185",
            High,
            "lets a container with a user namespace of its own take the node",
            &[(5, 4, 173), (5, 10, 93), (5, 15, 16), (5, 16, 2)],
        ),
    ),
    since(
        (5, 8, 0),
        before(
            Program::Kernel,
            "CVE-2022-0847",
            High,
            "lets a container write files that it may only read",
            &[(5, 10, 102), (5, 15, 25), (5, 16, 11)],
        ),
    ),
    before(
        ARGO_CD,
        "CVE-2022-24348",
        High,
        "lets the author of a Helm chart read secrets of other applications",
        &[(2, 1, 9), (2, 2, 4), (2, 3, 0)],
    ),
    since(
        (2, 13, 0),
        before(
            ARGO_CD,
            "CVE-2025-55190",
            High,
            "gives the credentials of repositories to whoever may read a project",
            &[(2, 13, 9), (2, 14, 16), (3, 0, 14), (3, 1, 2)],
        ),
    ),
    since(
        (9, 2, 0),
        before(
            Program::Image(&[
                "grafana/grafana",
                "grafana/grafana-enterprise",
                "grafana/grafana-oss",
            ]),
            "CVE-2022-39328",
            High,
            "lets anyone who reaches it into what needs a sign-in",
            &[(9, 2, 4)],
        ),
    ),
    since(
        (1, 8, 3),
        before(
            Program::Image(&["kyverno/kyverno"]),
            "CVE-2022-47633",
            High,
            "admits images that nobody signed",
            &[(1, 8, 5)],
        ),
    ),
    before(
        Program::Image(&["istio/pilot", "istio-release/pilot"]),
        "CVE-2022-23635",
        Medium,
        "lets anyone who reaches it stop the control plane of the mesh",
        &[(1, 11, 7), (1, 12, 4), (1, 13, 1)],
    ),
    before(TOOLKIT, "CVE-2024-0132", High, "lets an image take the node", &[(1, 16, 2)]),
    before(
        TOOLKIT,
        "CVE-2025-23266",
        Critical,
        "lets an image run code as root of the node",
        &[(1, 17, 8)],
    ),
    before(
        Program::Image(&["kubernetes-dashboard-amd64"]),
        "CVE-2018-18264",
        High,
        "lets anyone who reaches it read secrets as the dashboard",
        &[(1, 10, 1)],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_mended_from_its_own_fix_on_and_an_older_line_never() {
        let affects = |id, major, minor, patch| {
            let advisory = ADVISORIES.iter().find(|it| it.id == id).unwrap();
            advisory.affects(Release::new(major, minor, patch))
        };
        assert!(affects("CVE-2022-3172", 1, 23, 10));
        assert!(!affects("CVE-2022-3172", 1, 23, 11));
        assert!(affects("CVE-2022-3172", 1, 20, 15));
        assert!(!affects("CVE-2022-3172", 1, 26, 0));
        assert!(!affects("CVE-2022-47633", 1, 8, 2));
        assert!(affects("CVE-2022-47633", 1, 8, 4));
    }

    #[test]
    fn fixes_are_in_order() {
        assert!(ADVISORIES.iter().all(|it| it.fixed.is_sorted() && !it.fixed.is_empty()));
    }
}
