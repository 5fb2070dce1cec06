//! A cluster with a node: pods run, are looked into and recorded, and nothing of it is left.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read what the machine says, and end where something fails"
)]

use std::path::Path;
use std::process::Command;

use cluster::{Cluster, Options};

const DEPLOYMENT: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
      - name: shop
        image: ringfence.dev/busybox:1
        command: [sh, -c, echo open; exec sleep 3600]
";

#[test]
fn pods_run_on_a_node_and_nothing_of_it_is_left() {
    let before = Machine::read();
    let cluster = Cluster::up(&Options::with_node("test-node")).unwrap();
    assert_ne!(Machine::read(), before, "a node leaves traces while it runs");
    cluster.apply(DEPLOYMENT).unwrap();
    let available = ["wait", "--for=condition=Available", "--timeout=120s", "deployment/shop"];
    cluster.kubectl(&available).unwrap();

    let phases = ["get", "pods", "--output=jsonpath={.items[*].status.phase}"];
    assert_eq!(cluster.kubectl(&phases).unwrap(), "Running Running");
    assert_eq!(cluster.kubectl(&["logs", "deployment/shop"]).unwrap(), "open\n");
    assert_eq!(inside(&cluster, "echo $((6 * 7))"), "42\n");
    let token = "cut -c1-2 /var/run/secrets/kubernetes.io/serviceaccount/token";
    assert_eq!(inside(&cluster, token), "ey\n");
    assert_eq!(inside(&cluster, "nc -w 5 10.96.0.1 443 </dev/null && echo reached"), "reached\n");
    assert!(recorded(&cluster.audit_log(), "create", "deployments", "shop"));

    let of_cluster = output(cluster.command("readlink").arg("/proc/self/ns/net"));
    let of_pod = inside(&cluster, "readlink /proc/self/ns/net");
    assert!(of_cluster != of_pod && in_use(&of_cluster) && in_use(&of_pod));

    cluster.down().unwrap();
    assert_eq!(Machine::read(), before);
    assert!(!in_use(&of_cluster) && !in_use(&of_pod));
}

/// What a shell in a pod answers.
fn inside(cluster: &Cluster, script: &str) -> String {
    cluster.kubectl(&["exec", "deployment/shop", "--", "sh", "-c", script]).unwrap()
}

/// Whether the audit log holds an event.
fn recorded(log: &Path, verb: &str, resource: &str, name: &str) -> bool {
    let log = std::fs::read_to_string(log).unwrap();
    let mut events =
        log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    events.any(|event| {
        let object = &event["objectRef"];
        event["verb"] == verb && object["resource"] == resource && object["name"] == name
    })
}

/// All that a node of this name could leave on the machine.
#[derive(Debug, PartialEq)]
struct Machine {
    processes: Vec<String>,
    mounts: Vec<String>,
    cgroups: Vec<String>,
    files: Vec<String>,
    kernel: Vec<String>,
}

impl Machine {
    fn read() -> Self {
        let ours = |line: &&str| line.contains("/cluster/run/test-node");
        let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap();
        Self {
            processes: processes().filter(|line| ours(&line.as_str())).collect(),
            mounts: mounts.lines().filter(ours).map(str::to_owned).collect(),
            cgroups: cgroups(),
            files: FOLDERS.iter().flat_map(|folder| held(folder)).collect(),
            kernel: KERNEL.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect(),
        }
    }
}

/// Where programs of a node write beside their own folders.
const FOLDERS: [&str; 8] = [
    "/run/containerd",
    "/run/containerd/s",
    "/var/lib/cni",
    "/var/lib/cni/results",
    "/var/lib/kubelet",
    "/var/log/containers",
    "/var/log/pods",
    "/usr/libexec/kubernetes",
];

const KERNEL: [&str; 3] =
    ["/proc/sys/vm/overcommit_memory", "/proc/sys/kernel/panic", "/proc/sys/kernel/panic_on_oops"];

/// The environment of every process, which holds the mark, with its arguments.
fn processes() -> impl Iterator<Item = String> {
    let folders = names("/proc").into_iter().filter(|name| name.parse::<u32>().is_ok());
    folders.map(|pid| {
        let read = |file: &str| std::fs::read(format!("/proc/{pid}/{file}")).unwrap_or_default();
        String::from_utf8_lossy(&[read("environ"), read("cmdline")].concat()).replace('\0', " ")
    })
}

fn cgroups() -> Vec<String> {
    let hierarchies = names("/sys/fs/cgroup");
    let all = hierarchies.iter().flat_map(|name| names(&format!("/sys/fs/cgroup/{name}")));
    all.chain(hierarchies.iter().cloned()).filter(|name| name.starts_with("ringfence")).collect()
}

/// Whether a process or a mount holds a network namespace, written as `net:[NUMBER]`.
fn in_use(namespace: &str) -> bool {
    let namespace = namespace.trim();
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap();
    let of_processes = names("/proc").into_iter().map(|pid| format!("/proc/{pid}/ns/net"));
    let mut links = of_processes.filter_map(|link| std::fs::read_link(link).ok());
    mounts.contains(namespace) || links.any(|link| link.as_os_str() == namespace)
}

fn output(command: &mut Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

/// The names in a folder, but for empty folders: another program's may be there or not.
fn held(folder: &str) -> Vec<String> {
    let is_empty = |path: &Path| std::fs::read_dir(path).is_ok_and(|mut it| it.next().is_none());
    names(folder).into_iter().filter(|name| !is_empty(&Path::new(folder).join(name))).collect()
}

fn names(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
