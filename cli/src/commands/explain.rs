//! `ringfence explain`: the page of a check, or the list of all.

use std::io::{self, Write};

use anyhow::anyhow;

use crate::cli::ExplainArguments;
use crate::exit::{Exit, Failure};
use crate::terminal;

pub(crate) fn run(arguments: &ExplainArguments) -> Result<Exit, Failure> {
    let style = terminal::style(arguments.color);
    let Some(id) = &arguments.check else { return super::print_and_end(list) };
    match checks::find(id) {
        Some(check) => super::print_and_end(|out| report::explain::write(check, style, out)),
        None => Err(unknown_check(id)),
    }
}

/// The complaint about an id that no check has.
pub(crate) fn unknown_check(id: &str) -> Failure {
    let known = checks::all().map(|check| check.id);
    Failure::usage(match scan::spelling::nearest(id, known) {
        Some(near) => anyhow!("no check {id:?}; did you mean {near}?"),
        None => anyhow!("no check {id:?}; `ringfence explain` lists all"),
    })
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    for (family, checks) in checks::FAMILIES {
        writeln!(out, "{family}")?;
        for check in *checks {
            writeln!(out, "  {:<32} {:<8}  {}", check.id, check.severity, check.title)?;
        }
    }
    Ok(())
}
