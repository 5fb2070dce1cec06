//! The processes of one cluster, found by a variable in their environment, whoever started them.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::Pid;

/// The variable that every process of a cluster carries: the cluster's folder.
pub(crate) const MARK: &str = "RINGFENCE_CLUSTER";

/// A moment after which waiting ends.
pub(crate) struct Deadline(Instant);

impl Deadline {
    pub(crate) fn after(seconds: u64) -> Self {
        Self(Instant::now() + Duration::from_secs(seconds))
    }

    /// Waits a little; an error once the moment has passed, which says what was waited for.
    pub(crate) fn pause(&self, what: impl FnOnce() -> String) -> Result<()> {
        if Instant::now() > self.0 {
            bail!("time is up: {}", what());
        }
        std::thread::sleep(Duration::from_millis(50));
        Ok(())
    }
}

/// The living processes that carry the mark of a folder.
pub(crate) fn marked(folder: &Path) -> Result<Vec<Pid>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").context("listing the processes")? {
        let Ok(entry) = entry else { continue }; // it has ended meanwhile
        let name = entry.file_name();
        let pid = name.to_str().and_then(|name| name.parse().ok()).and_then(Pid::from_raw);
        found.extend(pid.filter(|&pid| carries_mark(pid, folder)));
    }
    Ok(found)
}

/// Whether a process lives and carries the mark of a folder. The dead that nobody has buried have no environment.
pub(crate) fn carries_mark(pid: Pid, folder: &Path) -> bool {
    let mut mark = format!("{MARK}=").into_bytes();
    mark.extend(folder.as_os_str().as_encoded_bytes());
    let Ok(environment) = std::fs::read(format!("/proc/{pid}/environ")) else { return false };
    environment.split(|&byte| byte == 0).any(|variable| variable == mark)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_process_is_found_by_its_mark_until_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let mut sleep = Command::new("sleep");
        let mut child = sleep.arg("60").env(MARK, folder.path()).spawn().unwrap();
        let deadline = Deadline::after(10);
        while marked(folder.path()).unwrap() != [Pid::from_child(&child)] {
            deadline.pause(|| "the process is not found".to_owned()).unwrap();
        }
        assert!(marked(&folder.path().join("other")).unwrap().is_empty());
        child.kill().unwrap();
        while !marked(folder.path()).unwrap().is_empty() {
            deadline.pause(|| "the process does not end".to_owned()).unwrap();
        }
        child.wait().unwrap();
    }
}
