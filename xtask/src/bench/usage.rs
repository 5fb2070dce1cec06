//! What a child process used: CPU time, time on the clock, memory at its peak.

use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::Result;
use wait4::Wait4;

/// What a process used from its start to its end.
#[derive(Clone, Copy)]
pub(crate) struct Usage {
    cpu: Duration,
    wall: Duration,
    /// Memory at its peak; the kernel never says less than this tool itself held when it started the process.
    bytes: u64,
}

/// Runs a command to its end, its output dropped.
pub(crate) fn measure(command: &mut Command) -> Result<(Usage, ExitStatus)> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let used = command.spawn()?.wait4()?;
    let usage = Usage {
        cpu: used.rusage.utime + used.rusage.stime,
        wall: start.elapsed(),
        bytes: used.rusage.maxrss,
    };
    Ok((usage, used.status))
}

impl Usage {
    /// More than any process uses.
    pub(crate) const WORST: Self =
        Self { cpu: Duration::MAX, wall: Duration::MAX, bytes: u64::MAX };

    /// The lesser of each figure.
    pub(crate) fn least(self, other: Self) -> Self {
        Self {
            cpu: self.cpu.min(other.cpu),
            wall: self.wall.min(other.wall),
            bytes: self.bytes.min(other.bytes),
        }
    }

    /// CPU time in ratio to another's.
    pub(crate) fn ratio(self, other: Self) -> f64 {
        self.cpu.as_secs_f64() / other.cpu.as_secs_f64()
    }

    /// A line of the table: the figures, CPU time in ratio to the floor's, and cores busy on average.
    pub(crate) fn row(self, case: &str, floor: Self) -> [String; 6] {
        let (cpu, wall) = (self.cpu.as_secs_f64(), self.wall.as_secs_f64());
        [
            case.to_owned(),
            format!("{cpu:.4}"),
            format!("{wall:.4}"),
            format!("{}.{}", self.bytes / 1_000_000, self.bytes / 100_000 % 10),
            format!("{:.2}", self.ratio(floor)),
            format!("{:.2}", cpu / wall),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_of_each_figure_is_kept() {
        let (one, two) = (Duration::from_secs(1), Duration::from_secs(2));
        let first = Usage { cpu: one, wall: two, bytes: 3_250_000 };
        let second = Usage { cpu: two, wall: one, bytes: 9_000_000 };
        let row = Usage::WORST.least(first).least(second).row("case", second);
        assert_eq!(row, ["case", "1.0000", "1.0000", "3.2", "0.50", "1.00"]);
    }

    #[test]
    fn a_child_process_is_measured() {
        let (usage, status) = measure(&mut Command::new("true")).unwrap();
        assert!(status.success());
        assert!(usage.bytes > 0 && usage.wall > Duration::ZERO);
    }
}
