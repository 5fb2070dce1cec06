//! How fast to ask: an API server has other users.

use std::cell::Cell;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Lets some calls pass at once and the others at an even pace, whoever makes them.
#[derive(Debug)]
pub(super) struct Pace {
    /// When the next call would be due if none were let through at once.
    due: Cell<Instant>,
}

/// Forty calls in a second, and forty at once after a while of rest: less than `kubectl` allows
/// itself.
const EVERY: Duration = Duration::from_millis(25);
const AT_ONCE: u32 = 40;

impl Pace {
    pub(super) fn new() -> Self {
        Self { due: Cell::new(Instant::now()) }
    }

    /// Waits for its turn.
    pub(super) async fn turn(&self) {
        let due = self.due.get().max(Instant::now());
        self.due.set(due + EVERY);
        sleep_until(due.checked_sub(EVERY * AT_ONCE).unwrap_or(due)).await;
    }
}
