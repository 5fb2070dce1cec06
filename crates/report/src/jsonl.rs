//! JSON lines: the account of the run in the first line, then a finding a line, the worst first.
//!
//! Each line names its own format, so that lines of many runs may stand in one file. Within v1 each is
//! only added to.

use std::io::{self, Write};

use finding::Report;
use serde::Serialize;

use crate::json::{Account, FindingEntry};

/// The format of the first line.
pub const ACCOUNT: &str = "ringfence.scan.account/v1";

/// The format of the others.
pub const FINDING: &str = "ringfence.scan.finding/v1";

/// Writes a report.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    line(&AccountLine { schema: ACCOUNT, account: Account::of(report) }, out)?;
    report.findings.iter().try_for_each(|finding| {
        let (state, entry) = (finding.state().id(), FindingEntry::of(finding));
        line(&FindingLine { schema: FINDING, state, entry }, out)
    })
}

#[derive(Serialize)]
struct AccountLine<'a> {
    schema: &'a str,
    #[serde(flatten)]
    account: Account<'a>,
}

#[derive(Serialize)]
struct FindingLine<'a> {
    schema: &'a str,
    state: &'a str,
    #[serde(flatten)]
    entry: FindingEntry<'a>,
}

fn line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
