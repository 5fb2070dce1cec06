//! A cluster may fail while it comes up, and whoever brings it up may be killed: nothing of it is left.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests start programs, and end where one fails"
)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use cluster::{Cluster, Options};

/// Asks this program, started once more, to bring a cluster of that name up.
const ASKED: &str = "CLUSTER_TEST_UP";

/// Does nothing as a test: it is what the other test starts and kills.
#[test]
fn bring_up_where_asked() {
    let Some(name) = std::env::var_os(ASKED) else { return };
    let options = Options::with_node(name.to_str().unwrap());
    let _cluster = Cluster::up(&options).unwrap();
    std::thread::sleep(Duration::from_secs(600));
}

#[test]
fn what_a_killed_process_leaves_is_taken_down() {
    for (name, stage) in [("test-crash-1", "parts/etcd"), ("test-crash-2", "parts/kubelet")] {
        Cluster::clear(name).unwrap();
        let mut starting = bring_up(name);
        let folder = wait_for(name, stage);
        starting.kill().unwrap();
        starting.wait().unwrap();
        assert_ne!(left(&folder), 0, "the parts live on");
        assert!(folder.exists());

        Cluster::clear(name).unwrap();
        assert_eq!(left(&folder), 0);
        assert!(!folder.exists());
        let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap();
        assert!(!mounts.contains(folder.to_str().unwrap()));
        Cluster::clear(name).unwrap(); // there is nothing left to do, which is well
    }
}

#[test]
fn a_part_that_dies_while_starting_is_named_with_its_last_words() {
    let broken = tempfile::tempdir().unwrap();
    let containerd = broken.path().join("containerd");
    std::fs::write(&containerd, "#!/bin/sh\necho the disk is on fire >&2\nexit 3\n").unwrap();
    std::fs::set_permissions(&containerd, PermissionsExt::from_mode(0o755)).unwrap();
    let mut path = broken.path().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap());

    let output = asking_for("test-broken").env("PATH", path).output().unwrap();
    assert!(!output.status.success());
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.contains("containerd died with exit status: 3"), "{complaint}");
    assert!(complaint.contains("the disk is on fire"), "{complaint}");
    assert!(Cluster::find("test-broken").is_err());
    assert_eq!(left(Path::new("/cluster/run/test-broken")), 0);
}

fn bring_up(name: &str) -> Child {
    asking_for(name).spawn().unwrap()
}

/// This program, asked for a cluster of that name.
fn asking_for(name: &str) -> Command {
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "bring_up_where_asked", "--nocapture"]).env(ASKED, name);
    program
}

/// Waits until a file of the cluster is there.
fn wait_for(name: &str, file: &str) -> std::path::PathBuf {
    for _ in 0..6000 {
        if let Ok(cluster) = Cluster::find(name)
            && cluster.folder().join(file).exists()
        {
            return cluster.folder().to_owned();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{file} of {name} does not appear");
}

/// How many processes name the folder in their environment.
fn left(folder: &Path) -> usize {
    let mark = folder.to_str().unwrap();
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let environments = processes.filter_map(|it| std::fs::read(it.path().join("environ")).ok());
    environments.filter(|it| String::from_utf8_lossy(it).contains(mark)).count()
}
