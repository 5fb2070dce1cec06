//! The results of a run, each written to its place.
//!
//! ```text
//! [Output] ─▶ Outputs::begin ─▶ (the work) ─▶ Outputs::write ─▶ Form::write
//! ```

use std::collections::BTreeSet;
use std::io::{self, BufWriter, ErrorKind, Write, stdout};
use std::path::Path;

use anyhow::{Context, anyhow};
use report::Style;

use crate::cli::Colour;
use crate::exit::Failure;
use crate::output::{Form, Output};
use crate::terminal;
use crate::whole_file::{Readers, WholeFile};

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
    anyhow!("two forms go to standard output; name a file for one, as in {}=FILE", form.name())
}

/// Writes a result to standard output. A reader that has seen enough, such as `head`, is no fault.
pub(crate) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::with_capacity(1 << 16, stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("writing the result").map_err(Failure::fault),
    }
}
