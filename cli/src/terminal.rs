//! What depends on where the program runs: colour, width, progress, environment, clock.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use report::Style;
use report::style::harmless;

use crate::cli::Colour;
use crate::exit::Failure;

/// No page is set wider than this: long lines are hard to read.
const WIDEST: usize = 100;

/// The style for standard output. `NO_COLOR` is honoured; `CLICOLOR_FORCE` asks for colour where
/// there is no terminal.
pub(crate) fn style(colour: Colour) -> Style {
    let terminal = stdout().is_terminal();
    let colour = match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto if variable("NO_COLOR").is_some_and(|it| !it.is_empty()) => false,
        Colour::Auto => {
            terminal && variable("TERM").as_deref() != Some("dumb") || is_set("CLICOLOR_FORCE")
        }
    };
    Style { colour, width: if terminal { width() } else { WIDEST } }
}

/// The style for a file: colour only where it was asked for by name.
pub(crate) fn style_of_file(colour: Colour) -> Style {
    Style { colour: colour == Colour::Always, width: WIDEST }
}

/// A bar on standard error, if that is a terminal and progress is wanted.
pub(crate) fn progress(wanted: bool, template: &str) -> ProgressBar {
    if !wanted || !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    let style = ProgressStyle::with_template(template);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// Says on standard error why a run ended early. Where nobody listens, the exit code says it.
pub(crate) fn complain(failure: &Failure) -> ExitCode {
    let _said = writeln!(stderr(), "ringfence: {}", harmless(&failure.to_string()));
    failure.exit.into()
}

/// Says on standard error what a reader of the result should know.
pub(crate) fn remark(text: &str) {
    let _said = writeln!(stderr(), "ringfence: {}", harmless(text));
}

fn width() -> usize {
    let columns = variable("COLUMNS").and_then(|columns| columns.parse().ok());
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    columns.or_else(measured).unwrap_or(80).clamp(40, WIDEST)
}

fn is_set(name: &str) -> bool {
    variable(name).is_some_and(|value| !value.is_empty() && value != "0")
}

/// What the environment says.
#[allow(clippy::disallowed_methods, reason = "the binary is where the environment is read")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// What our clock says.
#[allow(clippy::disallowed_methods, reason = "the binary is where the clock is read")]
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = since.map(|it| it.as_secs()).unwrap_or_default();
    Timestamp::from_second(i64::try_from(seconds).unwrap_or_default()).unwrap_or_default()
}

/// The day it is, the same all over the world.
pub(crate) fn today() -> Date {
    now().to_zoned(TimeZone::UTC).date()
}

/// Bytes that nobody can guess, from the machine.
pub(crate) fn random() -> anyhow::Result<[u8; 32]> {
    let bytes = ring::rand::generate(&ring::rand::SystemRandom::new());
    let bytes = bytes.map_err(|_| anyhow::anyhow!("the machine gives no random bytes"))?;
    Ok(bytes.expose())
}
