//! `JUnit` XML, as pipelines show test results: a suite for each check that found something, a case for
//! each finding.
//!
//! An open finding is a failure, an accepted or known one is skipped with its reason, and what could not
//! be read is an error: it is no pass.

use std::io::{self, Write};

use finding::{Finding, Report, State};

use crate::markup::Escaped;
use crate::sentence::{self, Unseen, unseen};
use crate::style::count;

/// Writes a report.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let errors = unseen(report).count();
    let open = report.summary.open();
    let skipped = report.findings.len() - open;
    let tests = report.findings.len() + errors.max(1);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"ringfence\" tests=\"{tests}\" failures=\"{open}\" errors=\"{errors}\" \
         skipped=\"{skipped}\">"
    )?;
    inputs(report, errors, out)?;
    let mut suites = report.findings.chunk_by(|a, b| a.check == b.check);
    suites.try_for_each(|findings| suite(findings, out))?;
    writeln!(out, "</testsuites>")
}

/// What was read is a case that passes; what was not is an error each.
fn inputs(report: &Report, errors: usize, out: &mut dyn Write) -> io::Result<()> {
    let tests = errors.max(1);
    head("inputs", tests, 0, errors, 0, out)?;
    if errors == 0 {
        let name = sentence::extent(report);
        let name = Escaped(&name);
        writeln!(out, "    <testcase classname=\"ringfence.inputs\" name=\"{name}\"/>")?;
    }
    unseen(report).try_for_each(|it| error(&it, out))?;
    writeln!(out, "  </testsuite>")
}

fn error(unseen: &Unseen<'_>, out: &mut dyn Write) -> io::Result<()> {
    let reason = Escaped(&unseen.reason);
    let path = unseen.path.unwrap_or("the cluster");
    let line = unseen.line.map(|line| format!(":{line}")).unwrap_or_default();
    write!(out, "    <testcase classname=\"ringfence.inputs\" name=\"{}{line}\"", Escaped(path))?;
    if let Some(path) = unseen.path {
        place(path, unseen.line, out)?;
    }
    writeln!(out, "><error message=\"{reason}\" type=\"unreadable\">{reason}</error></testcase>")
}

fn suite(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = findings.first() else { return Ok(()) };
    let open = findings.iter().filter(|it| it.is_open()).count();
    head(&first.check, findings.len(), open, 0, findings.len() - open, out)?;
    findings.iter().try_for_each(|finding| case(finding, out))?;
    writeln!(out, "  </testsuite>")
}

fn head(
    name: &str,
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let name = Escaped(name);
    writeln!(
        out,
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" \
         skipped=\"{skipped}\">"
    )
}

fn case(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let name = format!("{} {}", finding.object, finding.path);
    let (check, name) = (Escaped(&finding.check), Escaped(name.trim_end()));
    write!(out, "    <testcase classname=\"ringfence.{check}\" name=\"{name}\"")?;
    if let Some(at) = finding.location() {
        place(&at.file, Some(at.line), out)?;
    }
    write!(out, ">")?;
    match finding.state() {
        State::Open => failure(finding, out)?,
        State::Accepted | State::Known => {
            let why = sentence::settled(finding).unwrap_or_default();
            write!(out, "<skipped message=\"{}\"/>", Escaped(&why))?;
        }
    }
    writeln!(out, "</testcase>")
}

fn failure(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let severity = finding.severity.id();
    write!(out, "<failure message=\"{}\" type=\"{severity}\">", Escaped(&finding.message))?;
    write!(out, "{}\n{}", Escaped(sentence::title(&finding.check)), Escaped(&finding.message))?;
    if let Some(at) = finding.location() {
        write!(out, "\n{}", Escaped(&at.to_string()))?;
        let others = finding.locations.len() - 1;
        if others > 0 {
            write!(out, " and {}", count(others, "other place", "other places"))?;
        }
    }
    let order = finding.fix.order();
    write!(
        out,
        "\nfix: {}\nringfence explain {}</failure>",
        Escaped(order),
        Escaped(&finding.check)
    )
}

/// Where a case stands, in the attributes that code hosts read.
fn place(file: &str, line: Option<u32>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, " file=\"{}\"", Escaped(file))?;
    line.map_or(Ok(()), |line| write!(out, " line=\"{line}\""))
}
