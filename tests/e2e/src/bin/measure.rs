//! `measure FILE PROGRAM ARGUMENT…`: runs a program to its end, by force if it takes too long, and
//! writes what it used to a file.
//!
//! A process of its own, and a small one: the peak memory of a child counts what its parent held
//! when the child was started.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "it starts the program under test and watches the clock"
)]

use std::env::args_os;
use std::error::Error;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitCode};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use e2e::run::Usage;
use wait4::Wait4;

/// A program that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(240);

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("measure: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut words = args_os().skip(1);
    let (file, program) = (words.next().ok_or("no file")?, words.next().ok_or("no program")?);
    let usage = measure(Command::new(program).args(words))?;
    fs::write(file, serde_json::to_vec(&usage)?)?;
    Ok(())
}

fn measure(command: &mut Command) -> Result<Usage, Box<dyn Error>> {
    let start = Instant::now();
    let mut child = command.spawn()?;
    let id = child.id().to_string();
    let (ended, watch) = mpsc::channel::<()>();
    let watchdog = thread::spawn(move || {
        let hangs = watch.recv_timeout(PATIENCE).is_err();
        hangs.then(|| Command::new("kill").args(["-KILL", &id]).status())
    });
    let used = child.wait4()?;
    ended.send(()).ok();
    drop(watchdog.join());
    Ok(Usage {
        code: used.status.code(),
        signal: used.status.signal(),
        peak: used.rusage.maxrss,
        cpu: used.rusage.utime + used.rusage.stime,
        wall: start.elapsed(),
    })
}
