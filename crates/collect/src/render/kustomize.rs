//! Kustomizations, built by the user's `kustomize`, or else by the one in `kubectl`.

use std::path::PathBuf;

use super::copy::Copy;
use super::program::Programs;

/// The programs that build kustomizations, and the verb that makes them do so.
const KNOWN: [(&str, &str); 2] = [("kustomize", "build"), ("kubectl", "kustomize")];

/// A program that builds kustomizations.
pub(super) struct Builder {
    program: PathBuf,
    name: &'static str,
    verb: &'static str,
}

impl Builder {
    /// The first that the user has.
    pub(super) fn find(programs: &Programs<'_>) -> Option<Self> {
        let found = |(name, verb)| Some(Self { program: programs.find(name)?, name, verb });
        KNOWN.into_iter().find_map(found)
    }

    /// Builds the kustomization of a folder.
    ///
    /// # Errors
    /// Why there is no result, in words.
    pub(super) fn build(
        &self,
        folder: &str,
        copy: &Copy,
        programs: &Programs<'_>,
    ) -> Result<Vec<u8>, String> {
        let output = programs.run(&self.program, &[self.verb.into(), copy.at(folder).into()]);
        output.map_err(|why| format!("{}: {why}", self.name))
    }
}
