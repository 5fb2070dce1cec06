//! One file for a browser: nothing is loaded, and without its small script all of it can still be read.
//!
//! The page allows exactly the style and the script that stand in it, by their hashes: what a name in a
//! manifest might smuggle in is refused by the browser, too.

use std::io::{self, Write};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use checks::Page;
use finding::{Action, ExceptionState, Finding, Report, Severity, State};
use jiff::civil::Date;
use pulldown_cmark::{Options, Parser, html as markdown};
use sha2::{Digest, Sha256};

use crate::markup::Escaped;
use crate::sentence::{self, unseen};
use crate::style::count;

const STYLE: &str = include_str!("html.css");
const SCRIPT: &str = include_str!("html.js");

/// How many actions are named.
const ACTIONS: usize = 5;

/// The width of the bar of severities.
const BAR: usize = 1000;

/// Writes a report, one finding after another: there may be a million.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, day: Date, out: &mut dyn Write) -> io::Result<()> {
    head(out)?;
    masthead(report, day, out)?;
    writeln!(out, "<main>")?;
    limits(report, out)?;
    actions(report, out)?;
    findings(report, out)?;
    exceptions(report, out)?;
    writeln!(out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>")
}

fn head(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; \
         script-src {}; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>Ringfence report</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        source(STYLE),
        source(SCRIPT)
    )
}

/// How a content security policy names what stands in the page itself.
fn source(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

fn masthead(report: &Report, day: Date, out: &mut dyn Write) -> io::Result<()> {
    let extent = sentence::extent(report);
    writeln!(
        out,
        "<header>\n<p class=\"brand\">Ringfence <small>{}</small></p>\n<h1>{}</h1>\n\
         <p class=\"dim\">{} · <time datetime=\"{day}\">{day}</time></p>",
        crate::VERSION,
        sentence::headline(report),
        Escaped(&extent)
    )?;
    bar(report, out)?;
    writeln!(out, "<ul class=\"numbers\">")?;
    for severity in Severity::ALL {
        let number = report.summary.open.get(&severity).copied().unwrap_or_default();
        number_of(number, severity.id(), out)?;
    }
    number_of(report.summary.accepted, State::Accepted.id(), out)?;
    number_of(report.summary.known, State::Known.id(), out)?;
    writeln!(out, "</ul>\n</header>")
}

fn number_of(number: usize, what: &str, out: &mut dyn Write) -> io::Result<()> {
    let empty = if number == 0 { " none" } else { "" };
    let number = count(number, "", "");
    writeln!(out, "<li class=\"{what}{empty}\"><b>{}</b> {what}</li>", number.trim_end())
}

/// The open findings as shares of a bar. The numbers below it say the same.
fn bar(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let open = report.summary.open();
    if open == 0 {
        return Ok(());
    }
    write!(
        out,
        "<svg class=\"bar\" viewBox=\"0 0 {BAR} 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
    )?;
    let mut before = 0;
    for severity in Severity::ALL {
        let number = report.summary.open.get(&severity).copied().unwrap_or_default();
        let (from, to) = (before * BAR / open, (before + number) * BAR / open);
        before += number;
        let (class, width) = (severity.id(), to - from);
        write!(out, "<rect class=\"{class}\" x=\"{from}\" width=\"{width}\" height=\"10\"/>")?;
    }
    writeln!(out, "</svg>")
}

/// What could not be read, and what else limits the verdicts.
fn limits(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let unseen: Vec<String> = unseen(report).map(|it| it.sentence()).collect();
    list("unread", "Could not be read", &unseen, out)?;
    list("gaps", "Not seen", &report.coverage.gaps, out)
}

fn list(id: &str, title: &str, lines: &[String], out: &mut dyn Write) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section class=\"limit\" id=\"{id}\"><h2>{title}</h2>\n<ul>")?;
    lines.iter().try_for_each(|line| writeln!(out, "<li>{}</li>", Escaped(line)))?;
    writeln!(out, "</ul></section>")
}

fn actions(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if report.actions.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section id=\"first\"><h2>Do first</h2>\n<ol class=\"actions\">")?;
    report.actions.iter().take(ACTIONS).try_for_each(|it| action(it, out))?;
    writeln!(out, "</ol></section>")
}

fn action(action: &Action, out: &mut dyn Write) -> io::Result<()> {
    let (severity, check) = (action.severity.id(), Escaped(&action.check));
    let closes = count(action.closes.len(), "finding", "findings");
    writeln!(
        out,
        "<li><b class=\"badge {severity}\">{severity}</b> <a href=\"#{check}\">{}</a>\
         <p>{}</p><p class=\"dim\">closes {closes}, about {} h</p></li>",
        marked(&action.order),
        Escaped(&action.scope),
        action.hours
    )
}

fn findings(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if report.findings.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section id=\"findings\"><h2>Findings</h2>\n{FILTERS}")?;
    let same = |a: &Finding, b: &Finding| (a.severity, &a.check) == (b.severity, &b.check);
    report.findings.chunk_by(same).try_for_each(|findings| cause(findings, out))?;
    writeln!(out, "</section>")
}

/// Shown by the script alone: without it they would do nothing.
const FILTERS: &str = "\
<div id=\"filters\" role=\"search\" hidden>
<label>Text <input id=\"text\" type=\"search\" placeholder=\"object, file, check\"></label>
<label>Severity <select id=\"severity\"><option value=\"\">all</option><option>critical</option>\
<option>high</option><option>medium</option><option>low</option></select></label>
<label>Namespace <select id=\"namespace\"><option value=\"\">all</option></select></label>
<label>State <select id=\"state\"><option value=\"\">all</option><option>open</option>\
<option>accepted</option><option>known</option></select></label>
<output id=\"shown\" aria-live=\"polite\"></output>
</div>";

/// One root cause: a check, what it means, and where it was found.
fn cause(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = findings.first() else { return Ok(()) };
    let open = findings.iter().filter(|it| it.is_open()).count();
    let is_urgent = open > 0 && first.severity >= Severity::High;
    let (check, severity) = (Escaped(&first.check), first.severity.id());
    writeln!(
        out,
        "<details class=\"cause\" id=\"{check}\"{}><summary><b class=\"badge {severity}\">{severity}</b> \
         <span class=\"title\">{}</span> <code>{check}</code> <span class=\"dim\">{}</span></summary>",
        if is_urgent { " open" } else { "" },
        Escaped(sentence::title(&first.check)),
        states(findings)
    )?;
    prose(first, out)?;
    writeln!(
        out,
        "<table><thead><tr><th scope=\"col\">Object</th><th scope=\"col\">Finding</th>\
         <th scope=\"col\">Where</th></tr></thead><tbody>"
    )?;
    findings.iter().try_for_each(|finding| row(finding, out))?;
    writeln!(out, "</tbody></table></details>")
}

/// How many findings there are in each state.
fn states(findings: &[Finding]) -> String {
    let number = |state: State| findings.iter().filter(|it| it.state() == state).count();
    let states = [State::Open, State::Accepted, State::Known].map(|it| (number(it), it.id()));
    let states = states.into_iter().filter(|(number, _)| *number > 0);
    states.map(|(number, id)| count(number, id, id)).collect::<Vec<_>>().join(", ")
}

/// What a check means and how it is mended, from its page.
fn prose(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<p class=\"fix\"><b>Fix</b> {}</p>", marked(finding.fix.order()))?;
    let Some(check) = checks::find(&finding.check) else { return Ok(()) };
    writeln!(out, "<details class=\"more\"><summary>Why it matters, and how to mend it</summary>")?;
    let page = Page::of(check);
    for section in ["What", "Why", "Fix"] {
        let mut html = String::new();
        let text = page.section(section);
        markdown::push_html(&mut html, Parser::new_ext(&text, Options::ENABLE_TABLES));
        write!(out, "<h3>{section}</h3>\n{html}")?;
    }
    writeln!(out, "</details>")
}

/// An order, whose words between backticks are code.
fn marked(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let last = parts.len() - 1;
    let part = |(place, part): (usize, &&str)| match place {
        place if place % 2 == 1 && place < last => format!("<code>{}</code>", Escaped(part)),
        _ => Escaped(part).to_string(),
    };
    parts.iter().enumerate().map(part).collect()
}

fn row(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let (state, severity) = (finding.state().id(), finding.severity.id());
    let namespace = finding.object.namespace.as_deref().unwrap_or_default();
    write!(
        out,
        "<tr class=\"{state}\" data-severity=\"{severity}\" data-state=\"{state}\" \
         data-namespace=\"{}\"><td>{}</td><td>{}",
        Escaped(namespace),
        Escaped(&finding.object.to_string()),
        Escaped(&finding.message)
    )?;
    if let Some(why) = sentence::settled(finding) {
        write!(out, "<span class=\"settled\">{}</span>", Escaped(&why))?;
    }
    write!(out, "</td><td>")?;
    places(finding, out)?;
    writeln!(out, "</td></tr>")
}

fn places(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    for at in &finding.locations {
        // A long path breaks behind a slash.
        let file = Escaped(&at.file).to_string().replace('/', "/<wbr>");
        write!(out, "<code>{file}<wbr>:{}</code> ", at.line)?;
    }
    if finding.locations.is_empty() && !finding.path.is_empty() {
        write!(out, "<code>{}</code>", Escaped(&finding.path))?;
    }
    Ok(())
}

/// The exceptions that do not hold.
fn exceptions(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let stale = report.exceptions.iter().filter_map(|status| {
        let why = match &status.state {
            ExceptionState::Used(_) => return None,
            ExceptionState::Unused => "covers nothing",
            ExceptionState::Expired(_) => "has expired",
            ExceptionState::Invalid(why) => why,
        };
        let exception = &status.exception;
        Some(format!("{} ({}): {why}", exception.check, exception.whereabouts()))
    });
    list("exceptions", "Exceptions that do not hold", &stale.collect::<Vec<_>>(), out)
}
