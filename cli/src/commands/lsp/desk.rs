//! Where the newest state of the editor waits to be judged, beside the conversation.
//!
//! There is room for one: a newer state takes the place of one that nobody has begun to judge, so that
//! nothing piles up however fast somebody types.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::workspace::Workspace;

/// How long nothing must have been typed before it is judged.
const QUIET: Duration = Duration::from_millis(250);

/// A state of the editor, and its place in the order of states.
pub(super) struct Job {
    pub(super) generation: u64,
    pub(super) workspace: Workspace,
}

/// The desk.
#[derive(Default)]
pub(super) struct Desk {
    slot: Mutex<Slot>,
    changed: Condvar,
}

#[derive(Default)]
struct Slot {
    job: Option<Job>,
    /// Somebody waits for the result.
    is_urgent: bool,
}

impl Desk {
    /// Lays a newer state on the desk.
    pub(super) fn put(&self, job: Job) {
        self.slot().job = Some(job);
        self.changed.notify_all();
    }

    /// Has what lies there judged at once.
    pub(super) fn hurry(&self) {
        self.slot().is_urgent = true;
        self.changed.notify_all();
    }

    /// Waits for a state, then until nobody types or somebody waits, and takes it.
    pub(super) fn take(&self) -> Job {
        let mut slot = self.slot();
        loop {
            let is_there = slot.job.is_some();
            if !is_there {
                slot = self.changed.wait(slot).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let mut is_quiet = slot.is_urgent;
            if !is_quiet {
                let waited = self.changed.wait_timeout(slot, QUIET);
                let (again, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
                slot = again;
                is_quiet = slot.is_urgent || timeout.timed_out();
            }
            if let Some(job) = slot.job.take_if(|_| is_quiet) {
                slot.is_urgent = false;
                return job;
            }
        }
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
