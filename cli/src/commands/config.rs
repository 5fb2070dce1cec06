//! `ringfence config`: what the settings are and why, and a file to begin with.

use std::path::Path;

use scan::explain;

use super::settings;
use crate::cli::{ConfigCommand, ConfigExplainArguments, PlainForm};
use crate::exit::{Exit, Failure};
use crate::terminal;
use crate::whole_file::{Readers, WholeFile};

pub(crate) fn run(command: &ConfigCommand) -> Result<Exit, Failure> {
    match command {
        ConfigCommand::Explain(arguments) => explain(arguments),
        ConfigCommand::Init { path } => init(path),
        ConfigCommand::Schema => super::print_and_end(|out| report::settings::schema(out)),
    }
}

fn explain(arguments: &ConfigExplainArguments) -> Result<Exit, Failure> {
    let config = settings::load(&arguments.settings, terminal::today())?;
    let explanations = match &arguments.key {
        Some(key) => explain::of(&config, key).map_err(Failure::usage)?,
        None => explain::changed(&config),
    };
    let style = terminal::style(arguments.color);
    super::print_and_end(|out| match arguments.output {
        PlainForm::Text => report::settings::text(&explanations, style, out),
        PlainForm::Json => report::settings::json(&explanations, out),
    })
}

fn init(path: &Path) -> Result<Exit, Failure> {
    let text = scan::starter::TEXT;
    if path == Path::new("-") {
        return super::print_and_end(|out| out.write_all(text.as_bytes()));
    }
    let file = WholeFile::begin("the settings", path, Readers::Usual)?;
    file.write_new(text).map_err(Failure::usage)?;
    super::print_and_end(|out| writeln!(out, "wrote {}", path.display()))
}
