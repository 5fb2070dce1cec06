//! One file a verb, each thin.

pub(crate) mod completions;
pub(crate) mod doctor;
pub(crate) mod dump;
pub(crate) mod explain;
pub(crate) mod live;
pub(crate) mod man;
mod render;
pub(crate) mod scan;

use std::io::{self, BufWriter, ErrorKind, Write, stdout};

use anyhow::Context;

use crate::exit::{Exit, Failure};

/// Writes a result to standard output. A reader that has seen enough, such as `head`, is no fault.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::with_capacity(1 << 16, stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("writing the result").map_err(Failure::fault),
    }
}

/// Prints, and the run is done.
fn print_and_end(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Exit, Failure> {
    print(write).map(|()| Exit::Clean)
}
