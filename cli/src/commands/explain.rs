//! `ringfence explain`: the page of a check, the list of all, or the whole catalogue.

use std::io::{self, Write};

use anyhow::anyhow;
use checks::profile::PROFILES;

use crate::cli::{ExplainArguments, ExplainForm};
use crate::exit::{Exit, Failure};
use crate::terminal;

pub(crate) fn run(arguments: &ExplainArguments) -> Result<Exit, Failure> {
    let style = terminal::style(arguments.color);
    if arguments.all {
        return super::print_and_end(|out| match arguments.output {
            ExplainForm::Text => {
                checks::all().try_for_each(|check| report::explain::write(check, style, out))
            }
            ExplainForm::Html => report::catalogue::html(out),
            ExplainForm::Json => report::catalogue::json(out),
        });
    }
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
            writeln!(out, "  {:<36} {:<8}  {}", check.id, check.severity, check.title)?;
        }
    }
    writeln!(out, "profiles")?;
    let mut profiles = PROFILES.iter();
    profiles.try_for_each(|it| writeln!(out, "  {:<36} {}", it.name, it.about))
}
