//! Takes away whatever is left of a cluster, whether it was taken down, failed or was killed.

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, getpid, kill_process};

use crate::place::Place;
use crate::processes::{Deadline, marked};
use crate::settings::Settings;
use crate::{cgroups, mounts};

/// Where the runtime keeps the sockets of its shims, whatever its own folder is.
const SHIM_SOCKETS: &str = "/run/containerd/s";

/// Where the library of pod networks keeps what it did, whatever its own folder is.
const NETWORK_RESULTS: [&str; 2] = ["/var/lib/cni/results", "/var/lib/cni/cache/results"];

/// Where the kubelet listens for devices, whatever its own folder is.
const DEVICES: &str = "/var/lib/kubelet/device-plugins/kubelet.sock";

/// Where the kubelet links the logs of containers, whatever its own folder is.
const LOG_LINKS: &str = "/var/log/containers";

/// Ends every process of the cluster and gives back what it took from the machine; its folder stays.
pub(crate) fn stop(place: &Place) -> Result<()> {
    let deadline = Deadline::after(30);
    kill_all(place, &deadline)?;
    let sockets = shim_sockets(place);
    mounts::clear(place.folder())?;
    cgroups::remove(&place.unique(), &deadline)?;
    let files = sockets.into_iter().chain(network_results(place)).chain(log_links(place));
    for path in files.chain(devices()) {
        std::fs::remove_file(&path).ok(); // it may be gone already
        remove_empty_folders(&path);
    }
    restore_kernel(place);
    Ok(())
}

/// As [`stop`], and nothing of its folder is left.
pub(crate) fn clear(place: &Place) -> Result<()> {
    stop(place)?;
    let folder = place.folder();
    if folder.exists() {
        std::fs::remove_dir_all(folder)
            .with_context(|| format!("removing {}", folder.display()))?;
    }
    Ok(())
}

/// Every process that carries the cluster's mark or runs in its cgroups.
fn processes(place: &Place) -> Result<Vec<Pid>> {
    let mut processes = marked(place.folder())?;
    processes.extend(cgroups::processes(&place.unique())?);
    processes.retain(|&pid| pid != getpid());
    Ok(processes)
}

/// A process may start another while it is looked for: two looks in a row must find nothing.
fn kill_all(place: &Place, deadline: &Deadline) -> Result<()> {
    let mut quiet = 0;
    while quiet < 2 {
        let processes = processes(place)?;
        quiet = if processes.is_empty() { quiet + 1 } else { 0 };
        for &pid in &processes {
            kill_process(pid, Signal::KILL).ok(); // it may have ended already
        }
        deadline.pause(|| format!("processes {processes:?} do not end"))?;
    }
    Ok(())
}

/// The sockets of the shims, each named in its container's folder.
fn shim_sockets(place: &Place) -> Vec<PathBuf> {
    let tasks = place.file("containerd/state/io.containerd.runtime.v2.task/k8s.io");
    let addresses = files(&tasks).into_iter().map(|task| task.join("address"));
    let addresses = addresses.filter_map(|file| std::fs::read_to_string(file).ok());
    let sockets = addresses.filter_map(|it| it.trim().strip_prefix("unix://").map(PathBuf::from));
    sockets.filter(|socket| socket.starts_with(SHIM_SOCKETS)).collect()
}

/// The records of our pods' networks, which name files in the cluster's folder.
fn network_results(place: &Place) -> Vec<PathBuf> {
    let inside = place.text("containerd/");
    let records = NETWORK_RESULTS.iter().flat_map(|folder| files(Path::new(folder)));
    let ours =
        |record: &PathBuf| std::fs::read_to_string(record).is_ok_and(|text| text.contains(&inside));
    records.filter(ours).collect()
}

/// The kubelet's socket for devices, unless somebody listens there still.
fn devices() -> Option<PathBuf> {
    UnixStream::connect(DEVICES).is_err().then(|| PathBuf::from(DEVICES))
}

/// Removes the folders that held a file, as far as nothing else lies in them.
fn remove_empty_folders(file: &Path) {
    let tops = ["/run", "/var/lib", "/var/log"].map(Path::new);
    for folder in file.ancestors().skip(1).take_while(|folder| !tops.contains(folder)) {
        if std::fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

/// Links to logs that lie in the cluster's folder.
fn log_links(place: &Place) -> Vec<PathBuf> {
    let ours = |link: &PathBuf| {
        std::fs::read_link(link).is_ok_and(|target| target.starts_with(place.folder()))
    };
    files(Path::new(LOG_LINKS)).into_iter().filter(ours).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries.flatten().map(|entry| entry.path()).collect()
}

/// Puts back the settings of the kernel that the kubelet changes.
fn restore_kernel(place: &Place) {
    let Ok(settings) = Settings::read(place) else { return };
    for (file, value) in settings.kernel {
        std::fs::write(file, value).ok(); // best effort: another node may have changed it too
    }
}
