//! One file a verb, each thin.

mod baseline;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod doctor;
pub(crate) mod dump;
pub(crate) mod exceptions;
pub(crate) mod explain;
pub(crate) mod fix;
pub(crate) mod live;
pub(crate) mod lsp;
pub(crate) mod man;
pub(crate) mod policy;
mod render;
pub(crate) mod scan;
pub(crate) mod settings;

use std::io::{self, Write};

use crate::exit::{Exit, Failure};
use crate::outputs::print;

/// Prints, and the run is done.
fn print_and_end(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Exit, Failure> {
    print(write).map(|()| Exit::Clean)
}
