//! `ringfence exceptions`: what became of each.

use anyhow::anyhow;
use finding::{ExceptionState, Report};

use super::scan::judge;
use crate::cli::ExceptionsArguments;
use crate::exit::{Exit, Failure};
use crate::output::Form;
use crate::outputs::Outputs;

pub(crate) fn run(arguments: &ExceptionsArguments) -> Result<Exit, Failure> {
    let scan = &arguments.scan;
    if scan.output.iter().any(|it| !matches!(it.form, Form::Text | Form::Json)) {
        return Err(Failure::usage(anyhow!("exceptions are written as text or json")));
    }
    let outputs = Outputs::begin(&scan.output, scan.color)?;
    if arguments.shipped {
        let shipped: Vec<_> = scan::system::exceptions().collect();
        outputs.write(|form, style, out| match form {
            Form::Json => report::exceptions::shipped_json(&shipped, out),
            _ => report::exceptions::shipped_text(&shipped, style, out),
        })?;
        return Ok(Exit::Clean);
    }
    let judged = judge(scan)?;
    outputs.write(|form, style, out| match form {
        Form::Json => report::exceptions::json(&judged.report, judged.day, out),
        _ => report::exceptions::text(&judged.report, judged.day, style, out),
    })?;
    Ok(verdict(&judged.report).max(judged.sight()))
}

/// Whether some exception cannot be relied on: then a person must act.
fn verdict(report: &Report) -> Exit {
    let is_stale =
        |it: &ExceptionState| matches!(it, ExceptionState::Expired(_) | ExceptionState::Invalid(_));
    let stale = report.exceptions.iter().any(|status| is_stale(&status.state));
    if stale { Exit::Findings } else { Exit::Clean }
}
