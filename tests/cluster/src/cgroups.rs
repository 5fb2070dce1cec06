//! The cgroups below which all pods of one cluster lie, in every hierarchy of the machine.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rustix::process::Pid;

use crate::mounts;
use crate::processes::Deadline;

/// Makes the cgroup of that name in every hierarchy.
pub(crate) fn create(name: &str) -> Result<()> {
    for hierarchy in hierarchies()? {
        for controller in ["cpu", "cpuset", "memory", "pids", "hugetlb", "io"] {
            // In version 1 there is no such file; in version 2 a controller may be missing.
            let control = hierarchy.join("cgroup.subtree_control");
            if control.is_file() {
                std::fs::write(control, format!("+{controller}")).ok();
            }
        }
        let folder = hierarchy.join(name);
        std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        for file in ["cpuset.cpus", "cpuset.mems"] {
            inherit(&hierarchy, &folder, file);
        }
    }
    Ok(())
}

/// A new cpuset of version 1 holds nothing, and takes no process then.
fn inherit(hierarchy: &Path, folder: &Path, file: &str) {
    if let Ok(all) = std::fs::read(hierarchy.join(file)) {
        std::fs::write(folder.join(file), all).ok();
    }
}

/// The processes in the cgroup of that name and below it.
pub(crate) fn processes(name: &str) -> Result<Vec<Pid>> {
    let mut processes = Vec::new();
    for folder in folders(name)? {
        let Ok(list) = std::fs::read_to_string(folder.join("cgroup.procs")) else { continue };
        let numbers = list.lines().filter_map(|line| line.parse().ok());
        processes.extend(numbers.filter_map(Pid::from_raw));
    }
    Ok(processes)
}

/// Removes the cgroup of that name and those below it, all empty by now.
pub(crate) fn remove(name: &str, deadline: &Deadline) -> Result<()> {
    loop {
        let folders = folders(name)?;
        let Some(last) = folders.last() else { return Ok(()) };
        let removed: Vec<_> = folders.iter().map(std::fs::remove_dir).collect();
        if removed.iter().all(Result::is_ok) {
            return Ok(());
        }
        // The kernel keeps a cgroup busy until the last of its dead is gone.
        deadline.pause(|| format!("{} cannot be removed", last.display()))?;
    }
}

/// Every folder of the cgroup, deepest first.
pub(crate) fn folders(name: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for hierarchy in hierarchies()? {
        collect(&hierarchy.join(name), &mut found);
    }
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let entries = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|it| it.is_dir()));
    for entry in entries {
        collect(&entry.path(), found);
    }
    found.push(folder.to_owned());
}

/// Where the hierarchies are mounted.
fn hierarchies() -> Result<Vec<PathBuf>> {
    let mounts = mounts::all()?.into_iter();
    let cgroups = mounts.filter(|mount| mount.kind == "cgroup" || mount.kind == "cgroup2");
    Ok(cgroups.map(|mount| mount.at).filter(|at| at.starts_with("/sys/fs/cgroup")).collect())
}
