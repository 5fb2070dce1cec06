//! The form of a result and the place it goes to, as `--output FORM[=FILE]` names them.
#![allow(clippy::doc_markdown, reason = "help texts are plain text, not Markdown")]

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, ValueEnum};
use finding::Report;
use jiff::civil::Date;
use report::{Style, policy_report};

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
    /// The word for it.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map(|it| it.get_name().to_owned()).unwrap_or_default()
    }

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
    pub(crate) form: Form,
    pub(crate) file: Option<PathBuf>,
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
    let names: Vec<String> = Form::value_variants().iter().map(|it| it.name()).collect();
    match scan::spelling::nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("unknown form {name:?}; did you mean {near}?"),
        None => format!("unknown form {name:?}; there are {}", names.join(", ")),
    }
}
