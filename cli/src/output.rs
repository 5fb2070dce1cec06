//! Where a result goes, and in which form: `--output FORM[=FILE]`, several at once.
//!
//! ```text
//! -o text,sarif=FILE ─▶ Output ─▶ Outputs::begin ─▶ (the work) ─▶ Outputs::write ─▶ Form::write
//! ```
#![allow(clippy::doc_markdown, reason = "help texts are plain text, not Markdown")]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{self, BufWriter, ErrorKind, Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, ValueEnum};
use finding::Report;
use jiff::civil::Date;
use report::{Style, policy_report};

use crate::cli::Colour;
use crate::exit::Failure;
use crate::terminal;
use crate::whole_file::{Readers, WholeFile};

/// The form of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// A page for a person
    Text,
    /// ringfence.scan/v1
    Json,
    /// The same in lines: an account, then a finding each
    Jsonl,
    /// SARIF 2.1.0, for code hosts
    Sarif,
    /// JUnit XML, for pipelines that show tests
    Junit,
    /// A comment on a pull request
    Markdown,
    /// One file for a browser
    Html,
    /// A spreadsheet
    Csv,
    /// GitLab Code Quality
    Gitlab,
    /// Annotations of GitHub Actions
    Github,
    /// OCSF Compliance Findings, for a security lake or SIEM
    Ocsf,
    /// PolicyReport objects
    Policyreport,
    /// OpenReports objects
    Openreports,
}

/// What a form asks for beside the report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Presentation {
    /// How a page for a person looks.
    pub(crate) style: Style,
    /// Whether that page shows all.
    pub(crate) all: bool,
    /// The day of the run.
    pub(crate) day: Date,
}

impl Form {
    /// Writes a report in this form.
    pub(crate) fn write(
        self,
        report: &Report,
        presentation: Presentation,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let Presentation { style, all, day } = presentation;
        match self {
            Form::Text => report::text::write(report, style, all, out),
            Form::Json => report::json::write(report, out),
            Form::Jsonl => report::jsonl::write(report, out),
            Form::Sarif => report::sarif::write(report, out),
            Form::Junit => report::junit::write(report, out),
            Form::Markdown => report::markdown::write(report, out),
            Form::Html => report::html::write(report, day, out),
            Form::Csv => report::csv::write(report, out),
            Form::Gitlab => report::gitlab::write(report, out),
            Form::Github => report::github::write(report, out),
            Form::Ocsf => report::ocsf::write(report, day, out),
            Form::Policyreport => policy_report::write(report, &policy_report::POLICY_REPORT, out),
            Form::Openreports => policy_report::write(report, &policy_report::OPEN_REPORTS, out),
        }
    }
}

/// A form, and the file it goes to; none is standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    form: Form,
    file: Option<PathBuf>,
}

/// Reads `FORM` and `FORM=FILE`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OutputParser;

impl TypedValueParser for OutputParser {
    type Value = Output;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Output, clap::Error> {
        parse.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Form::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}

fn parse(text: &str) -> Result<Output, String> {
    let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
    let form = Form::from_str(name, false).map_err(|_| unknown(name))?;
    if file == Some("") {
        return Err(format!("a file must follow {name}=, as in {name}=result"));
    }
    let file = file.filter(|it| *it != "-").map(PathBuf::from);
    Ok(Output { form, file })
}

fn unknown(name: &str) -> String {
    let forms = Form::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    let names: Vec<String> = forms.map(|it| it.get_name().to_owned()).collect();
    match scan::spelling::nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("unknown form {name:?}; did you mean {near}?"),
        None => format!("unknown form {name:?}; there are {}", names.join(", ")),
    }
}

/// All results of a run, which are to be written.
pub(crate) struct Outputs {
    files: Vec<(Form, WholeFile)>,
    printed: Option<Form>,
    colour: Colour,
}

impl Outputs {
    /// Makes sure that each can be written, before any work is done for it.
    pub(crate) fn begin(asked: &[Output], colour: Colour) -> Result<Self, Failure> {
        let mut printed = asked.iter().filter(|it| it.file.is_none()).map(|it| it.form);
        let first = printed.next();
        if let Some(second) = printed.next() {
            return Err(Failure::usage(several(second)));
        }
        let named = asked.iter().filter_map(|it| Some((it.form, it.file.as_deref()?)));
        let mut paths: BTreeSet<&Path> = BTreeSet::new();
        let mut files = Vec::new();
        for (form, path) in named {
            if !paths.insert(path) {
                let twice = anyhow!("two forms go to {}; name a file for each", path.display());
                return Err(Failure::usage(twice));
            }
            files.push((form, WholeFile::begin("the result", path, Readers::Usual)?));
        }
        Ok(Self { files, printed: first, colour })
    }

    /// Writes all, the files first: a reader of standard output may go away.
    pub(crate) fn write(
        self,
        write: impl Fn(Form, Style, &mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let style = terminal::style_of_file(self.colour);
        for (form, file) in self.files {
            file.write(|out| write(form, style, out)).map_err(Failure::fault)?;
        }
        let Some(form) = self.printed else { return Ok(()) };
        let style = terminal::style(self.colour);
        print(|out| write(form, style, out))
    }
}

fn several(form: Form) -> anyhow::Error {
    let name = form.to_possible_value().map(|it| it.get_name().to_owned()).unwrap_or_default();
    anyhow!("two forms go to standard output; name a file for one, as in {name}=FILE")
}

/// Writes a result to standard output. A reader that has seen enough, such as `head`, is no fault.
pub(crate) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::with_capacity(1 << 16, stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("writing the result").map_err(Failure::fault),
    }
}
