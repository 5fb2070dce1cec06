//! `ringfence scan --dump FILE`: what the cluster listed, kept in a file.

use std::path::Path;

use collect::Reading;
use collect::dump;
use scan::{Config, Redaction};

use crate::exit::Failure;
use crate::terminal;
use crate::whole_file::{Readers, WholeFile};

/// A dump that is to be written. Until it is whole, nothing stands at its place.
pub(crate) struct Dump(WholeFile);

impl Dump {
    /// Makes sure that it can be written, before the cluster is asked for anything.
    pub(crate) fn begin(path: &Path) -> Result<Self, Failure> {
        WholeFile::begin("the dump", path, Readers::Owner).map(Self)
    }

    /// Writes it beside its place and puts it there.
    pub(crate) fn write(self, reading: &Reading, config: &Config) -> Result<(), Failure> {
        let taken = terminal::now().to_string();
        let mut redaction = Redaction::new(config);
        let written = self.0.write(|out| dump::write(reading, &taken, &mut redaction, out));
        written.map_err(Failure::usage)
    }
}
