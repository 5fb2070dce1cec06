//! Paths of the node: what it means that a pod sees them.

use finding::Severity;
use model::{Mount, Node, Volume};

/// What a path of the node holds. Each path is of one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Credentials of the cloud the node runs in.
    CloudCredential,
    /// The socket of a container runtime, or a folder made for it.
    RuntimeSocket,
    /// What the node, or all that runs on it, hangs on.
    Sensitive {
        /// What it is, in words.
        what: &'static str,
        /// How bad it is that a pod has it.
        severity: Severity,
    },
    /// Anything else.
    Ordinary,
}

/// What a mount of a path is worth to an attacker.
struct Holding {
    /// The path; all below it count too.
    path: &'static str,
    /// What it is, in words.
    what: &'static str,
    /// How bad it is when containers can only read it, if it is bad at all.
    read: Option<Severity>,
    /// How bad it is when one can write to it.
    written: Severity,
}

const fn holding(
    path: &'static str,
    what: &'static str,
    read: Option<Severity>,
    written: Severity,
) -> Holding {
    Holding { path, what, read, written }
}

const HIGH: Option<Severity> = Some(Severity::High);
const CRITICAL: Option<Severity> = Some(Severity::Critical);
const MEDIUM: Option<Severity> = Some(Severity::Medium);

/// Below `/etc`: what names programs that then run as root.
const BY_ETC: &str = "what tells the node which programs to run as root";
/// Below `/etc`: accounts, keys and rules of those who log in.
const WHO: &str = "what tells the node who may log in and be root";

/// What a path holds. The longest path that fits decides.
const HOLDINGS: &[Holding] = &[
    holding("/bin", "programs that the node runs as root", None, Severity::Critical),
    holding("/boot", "what the node boots", MEDIUM, Severity::Critical),
    holding("/etc", "a part of the configuration of the node", MEDIUM, Severity::High),
    holding("/etc/cni", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/containerd", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/cron.d", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/cron.daily", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/cron.hourly", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/crontab", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/default", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/docker", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/group", WHO, MEDIUM, Severity::Critical),
    holding("/etc/gshadow", WHO, HIGH, Severity::Critical),
    holding("/etc/init.d", BY_ETC, MEDIUM, Severity::Critical),
    holding(
        "/etc/kubernetes",
        "the keys and static pods of the node",
        CRITICAL,
        Severity::Critical,
    ),
    holding("/etc/ld.so.conf.d", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/ld.so.preload", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/modprobe.d", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/modules-load.d", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/openssl", "certificates and keys of the node", MEDIUM, Severity::High),
    holding("/etc/pam.d", WHO, MEDIUM, Severity::Critical),
    holding("/etc/passwd", WHO, MEDIUM, Severity::Critical),
    holding("/etc/pki", "certificates and keys of the node", MEDIUM, Severity::High),
    holding("/etc/profile.d", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/rancher", "the keys and settings of the node", CRITICAL, Severity::Critical),
    holding("/etc/shadow", WHO, HIGH, Severity::Critical),
    holding("/etc/ssh", WHO, HIGH, Severity::Critical),
    holding("/etc/ssl", "certificates and keys of the node", MEDIUM, Severity::High),
    holding("/etc/sudoers", WHO, MEDIUM, Severity::Critical),
    holding("/etc/sudoers.d", WHO, MEDIUM, Severity::Critical),
    holding("/etc/sysconfig", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/systemd", BY_ETC, MEDIUM, Severity::Critical),
    holding("/etc/udev", BY_ETC, MEDIUM, Severity::Critical),
    holding("/home", "the homes of people on the node", HIGH, Severity::High),
    holding("/home/kubernetes", "programs that the node runs as root", None, Severity::Critical),
    holding(
        "/home/kubernetes/bin/nvidia",
        "drivers that other pods of the node load",
        None,
        Severity::High,
    ),
    holding("/lib", "programs that the node runs as root", None, Severity::Critical),
    holding("/lib/modules", "the kernel modules of the node", None, Severity::High),
    holding("/lib64", "programs that the node runs as root", None, Severity::Critical),
    holding("/opt/cni", "programs that the node runs as root", None, Severity::Critical),
    holding("/proc", "the processes and kernel settings of the node", MEDIUM, Severity::Critical),
    holding("/root", "the home of the node's root", HIGH, Severity::Critical),
    holding("/sbin", "programs that the node runs as root", None, Severity::Critical),
    holding("/sys", "the kernel of the node", None, Severity::High),
    holding("/usr", "programs that the node runs as root", None, Severity::Critical),
    holding("/usr/src", "sources of the node's kernel", None, Severity::Medium),
    holding("/var/lib/containerd", "the files of every container", HIGH, Severity::Critical),
    holding("/var/lib/containers", "the files of every container", HIGH, Severity::Critical),
    holding("/var/lib/docker", "the files of every container", HIGH, Severity::Critical),
    holding("/var/lib/etcd", "the database of the cluster", CRITICAL, Severity::Critical),
    holding(
        "/var/lib/kubelet",
        "the kubelet's keys and the secrets of every pod",
        CRITICAL,
        Severity::Critical,
    ),
    holding("/var/lib/kubelet/pods", "the secrets and volumes of every pod", HIGH, Severity::High),
    holding(
        "/var/lib/rancher",
        "the keys and static pods of the node",
        CRITICAL,
        Severity::Critical,
    ),
    holding(
        "/var/log",
        "logs that the kubelet reads as root, links included",
        None,
        Severity::High,
    ),
    holding(
        "/var/spool/cron",
        "what the node runs as root by the clock",
        MEDIUM,
        Severity::Critical,
    ),
];

/// Folders that hold many of the above: only they themselves count, not what is below.
const PARENTS: &[(&str, &str)] = &[
    ("/", "the whole disk of the node"),
    ("/etc", "the whole configuration of the node"),
    ("/var", "the kubelet's keys, every pod's secrets and the runtime's socket"),
    ("/var/lib", "the kubelet's keys and the secrets of every pod"),
    ("C:", "the whole disk of the node"),
];

/// Below a path that counts, what does not: made to be shared, or known to everybody.
const HARMLESS: &[&str] = &[
    "/etc/ca-certificates",
    "/etc/hostname",
    "/etc/hosts",
    "/etc/localtime",
    "/etc/lvm",
    "/etc/machine-id",
    "/etc/nsswitch.conf",
    "/etc/os-release",
    "/etc/pki/ca-trust",
    "/etc/pki/tls/certs",
    "/etc/resolv.conf",
    "/etc/ssl/certs",
    "/etc/timezone",
    "/sys/fs/bpf",
    "/sys/kernel/debug/tracing",
    "/usr/local/share/ca-certificates",
    "/usr/share/ca-certificates",
    "/usr/share/zoneinfo",
    "/var/lib/kubelet/device-plugins",
    "/var/lib/kubelet/plugins",
    "/var/lib/kubelet/plugins_registry",
    "/var/lib/kubelet/pod-resources",
];

/// Folders whose socket is that of a runtime.
const RUNTIME_FOLDERS: &[&str] = &[
    "/run",
    "/run/containerd",
    "/run/crio",
    "/run/docker",
    "/run/k3s/containerd",
    "/run/k0s",
    "/run/podman",
    "/run/cri-dockerd",
];

/// The names of the sockets of runtimes, on Linux and on Windows.
const SOCKETS: &[&str] = &[
    "docker.sock",
    "containerd.sock",
    "crio.sock",
    "podman.sock",
    "cri-dockerd.sock",
    "dockershim.sock",
    "docker_engine",
    "containerd-containerd",
];

/// Parts of paths below which clouds and their tools leave credentials.
const CLOUD_FOLDERS: &[&str] =
    &["/.aws", "/.azure", "/.config/gcloud", "/.oci", "/.aliyun", "/.kube/gke_gcloud_auth"];

/// Files of the node that hold credentials of its cloud.
const CLOUD_FILES: &[&str] = &[
    "/etc/boto.cfg",
    "/etc/kubernetes/azure.json",
    "/etc/kubernetes/cloud-config",
    "/etc/kubernetes/cloud.conf",
    "/etc/kubernetes/cloud-provider-config",
    "/etc/kubernetes/cloud_config",
    "/var/lib/waagent",
];

/// The class of the path of the node that a volume brings in, if it brings one.
pub(crate) fn class(volume: &Volume<'_>) -> Option<Class> {
    let path = plain(volume.host_path()?);
    let class = classify(&path, volume.is_writable());
    let harmless = is_in(&path, "/var/log") && is_one_file(volume, &path);
    Some(if harmless { Class::Ordinary } else { class })
}

/// Where a container may write to what is an ordinary path of the node: to its files and folders,
/// since to a socket or a device everybody writes who has it.
pub(crate) fn written<'a>(volume: &Volume<'a>) -> Option<Mount<'a>> {
    let path = volume.host_path()?;
    let special = matches!(kind(volume), Some("Socket" | "CharDevice" | "BlockDevice"));
    let ending = path.rsplit('.').next();
    let shared = path.starts_with("/dev/") || matches!(ending, Some("sock" | "lock"));
    let ordinary = class(volume) == Some(Class::Ordinary);
    let mut mounts = volume.mounts().filter(|_| ordinary && !special && !shared);
    mounts.find(Mount::is_writable)
}

/// One file, which no link can take the place of.
fn is_one_file(volume: &Volume<'_>, path: &str) -> bool {
    matches!(kind(volume), Some("File" | "FileOrCreate")) || path.rsplit('.').next() == Some("log")
}

fn kind<'a>(volume: &Volume<'a>) -> Option<&'a str> {
    volume.source("hostPath")?.get("type").and_then(Node::as_str)
}

fn classify(path: &str, writable: bool) -> Class {
    let holds_cloud = |part: &&str| path.ends_with(*part) || path.contains(&format!("{part}/"));
    if CLOUD_FOLDERS.iter().any(holds_cloud) || CLOUD_FILES.iter().any(|it| is_in(path, it)) {
        return Class::CloudCredential;
    }
    let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
    if RUNTIME_FOLDERS.contains(&path) || SOCKETS.contains(&last) {
        return Class::RuntimeSocket;
    }
    if let Some((_, what)) = PARENTS.iter().find(|(parent, _)| *parent == path) {
        let severity = if writable { Severity::Critical } else { Severity::High };
        return Class::Sensitive { what, severity };
    }
    if path == "/dev" {
        let what = "every device of the node";
        return Class::Sensitive { what, severity: Severity::High };
    }
    if is_disk(path) {
        return Class::Sensitive {
            what: "a disk or the memory of the node",
            severity: Severity::High,
        };
    }
    held(path, writable).unwrap_or(Class::Ordinary)
}

fn held(path: &str, writable: bool) -> Option<Class> {
    if HARMLESS.iter().any(|it| is_in(path, it)) {
        return None;
    }
    let fitting = HOLDINGS.iter().filter(|it| is_in(path, it.path));
    let holding = fitting.max_by_key(|it| it.path.len())?;
    let severity = if writable { holding.written } else { holding.read? };
    Some(Class::Sensitive { what: holding.what, severity })
}

/// Whether a path is another or below it.
fn is_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_disk(path: &str) -> bool {
    let Some(device) = path.strip_prefix("/dev/") else { return false };
    let disks = ["sd", "nvme", "xvd", "vd", "mapper", "disk", "dm-"];
    ["mem", "kmem", "port"].contains(&device) || disks.iter().any(|it| device.starts_with(it))
}

/// A path without what says nothing: doubled and trailing slashes, and the old name of `/run`.
fn plain(path: &str) -> String {
    if !path.starts_with('/') {
        return path.trim_end_matches(['\\', '/']).to_owned();
    }
    let parts: Vec<&str> = path.split('/').filter(|it| !it.is_empty() && *it != ".").collect();
    let path = format!("/{}", parts.join("/"));
    match path.strip_prefix("/var/run") {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("/run{rest}"),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, classify, plain};

    #[test]
    fn a_path_is_of_one_class() {
        for (path, class) in [
            ("/var/run/docker.sock", "socket"),
            ("/run/containerd/", "socket"),
            ("//var/./run", "socket"),
            (r"\\.\pipe\docker_engine", "socket"),
            ("/run/containerd/io.containerd.runtime.v2.task", "ordinary"),
            ("/run/xtables.lock", "ordinary"),
            ("/", "sensitive"),
            ("/etc/kubernetes/manifests", "sensitive"),
            ("/etc/kubernetes/azure.json", "cloud"),
            ("/etc/ssl/certs/", "ordinary"),
            ("/etcd-data", "ordinary"),
            ("/var/lib/kubelet/plugins/csi.example.com", "ordinary"),
            ("/var/lib/kubelet/pods", "sensitive"),
            ("/home/dev/.aws/credentials", "cloud"),
            ("/dev/fuse", "ordinary"),
            ("/dev/sda1", "sensitive"),
            (r"C:\", "sensitive"),
            ("/data", "ordinary"),
            ("", "ordinary"),
        ] {
            let found = match classify(&plain(path), true) {
                Class::CloudCredential => "cloud",
                Class::RuntimeSocket => "socket",
                Class::Sensitive { .. } => "sensitive",
                Class::Ordinary => "ordinary",
            };
            assert_eq!(found, class, "{path}");
        }
    }

    #[test]
    fn what_can_only_be_read_is_less() {
        assert_eq!(classify("/usr/bin", false), Class::Ordinary);
        assert_eq!(classify("/var/log/pods", false), Class::Ordinary);
        assert!(matches!(classify("/etc", false), Class::Sensitive { .. }));
    }
}
