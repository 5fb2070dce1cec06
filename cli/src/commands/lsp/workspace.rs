//! What is judged: the folders of the editor with its documents laid over.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use collect::Reading;
use collect::manifests::{self, Request};
use finding::Report;
use model::Inventory;
use scan::mend::mendings;
use scan::{Config, Plan};

use super::documents::{Document, Open};
use super::lines::Encoding;
use super::verdict::{Book, Verdict};
use crate::cli::LspArguments;
use crate::commands::{scan as manifest, settings};
use crate::exit::Failure;
use crate::terminal;

/// A state of the editor.
#[derive(Clone)]
pub(super) struct Workspace {
    pub(super) arguments: Arc<LspArguments>,
    pub(super) folders: BTreeSet<PathBuf>,
    pub(super) open: Open,
    pub(super) encoding: Encoding,
}

/// What is judged under the same settings.
#[derive(Default)]
struct Place<'a> {
    paths: Vec<PathBuf>,
    /// Documents that are in no file yet.
    unwritten: Vec<(&'a str, &'a Document)>,
}

impl Workspace {
    /// Judges every folder, and every document outside of them for itself.
    pub(super) fn judge(&self) -> Verdict {
        let mut book = Book::new(&self.open, self.encoding);
        for (folder, place) in self.places() {
            if let Err(failure) = self.judge_place(folder, &place, &mut book) {
                let settings = self.settings_of(folder);
                book.refuse(settings.as_deref().unwrap_or(folder), &failure);
            }
        }
        book.close()
    }

    /// The folders, and those of documents outside of them.
    fn places(&self) -> BTreeMap<&Path, Place<'_>> {
        let whole = |folder: &PathBuf| Place { paths: vec![folder.clone()], ..Place::default() };
        let mut places: BTreeMap<&Path, Place<'_>> =
            self.folders.iter().map(|it| (it.as_path(), whole(it))).collect();
        for (name, document) in self.open.iter().filter(|(_, it)| it.is_ours) {
            let path = Path::new(name);
            let (around, is_written) = (self.folder_of(path), path.is_file());
            let own = path.parent().filter(|_| path.is_absolute());
            let first = self.folders.first().map(PathBuf::as_path);
            let folder = around.or(own).or(first).unwrap_or(Path::new("/"));
            match (around, is_written) {
                (Some(_), true) => {}
                (None, true) => places.entry(folder).or_default().paths.push(path.to_owned()),
                (_, false) => places.entry(folder).or_default().unwritten.push((name, document)),
            }
        }
        places
    }

    /// The innermost folder that a file lies in.
    fn folder_of(&self, path: &Path) -> Option<&Path> {
        let around = self.folders.iter().filter(|it| path.starts_with(it));
        around.max_by_key(|it| it.components().count()).map(PathBuf::as_path)
    }

    fn judge_place(
        &self,
        folder: &Path,
        place: &Place<'_>,
        book: &mut Book<'_>,
    ) -> Result<(), Failure> {
        let config = self.config(folder)?;
        let mut reading = self.read(place, &config)?;
        reading.unfold();
        let Reading { objects, inputs, .. } = reading;
        let plan = Plan {
            checks: config.enabled(),
            config: &config,
            today: self.arguments.today.unwrap_or_else(terminal::today),
            kubernetes: self
                .arguments
                .kubernetes_version
                .unwrap_or_else(|| manifest::version(&inputs)),
            baseline: BTreeSet::new(),
            namespaces: BTreeSet::new(),
        };
        let inventory = Inventory::new(objects);
        let report = scan::scan(&inventory, inputs, &plan);
        self.enter(folder, &inventory, &report, book);
        Ok(())
    }

    /// Enters what belongs to this place: a folder within another has settings of its own.
    fn enter(&self, folder: &Path, inventory: &Inventory, report: &Report, book: &mut Book<'_>) {
        let is_here = |file: &str| {
            let path = Path::new(file);
            !path.is_absolute() || self.folder_of(path).is_none_or(|it| it == folder)
        };
        let mendings = mendings(inventory, &report.findings);
        let mut by_place: BTreeMap<_, _> = BTreeMap::new();
        for mending in mendings {
            by_place.insert((mending.finding.fingerprint(), mending.location), mending);
        }
        for finding in report.findings.iter().filter(|it| it.is_open()) {
            let fingerprint = finding.fingerprint();
            for location in finding.locations.iter().filter(|it| is_here(&it.file)) {
                book.enter(finding, location, by_place.get(&(fingerprint, location)));
            }
        }
        for unreadable in report.inputs.unreadable.iter().filter(|it| is_here(&it.path)) {
            book.enter_unreadable(unreadable);
        }
    }

    /// Reads the files of a place as they are in the editor, and what is in none.
    fn read(&self, place: &Place<'_>, config: &Config) -> Result<Reading, Failure> {
        let texts = self.open.iter().map(|(name, it)| (name.clone(), it.text.clone())).collect();
        let (paths, exclude) = (place.paths.clone(), config.exclude.clone());
        let request = Request { paths, exclude, texts, ..Request::default() };
        let reading = manifests::read(&request, &mut std::io::empty(), &scan::wants, &|_| ());
        let mut reading = reading.map_err(Failure::usage)?;
        for (name, document) in &place.unwritten {
            let bytes = document.text.clone().into_bytes();
            let Reading { objects, inputs, .. } = manifests::read_text(name, bytes, &scan::wants);
            reading.objects.extend(objects);
            reading.inputs.add(inputs);
        }
        Ok(reading)
    }

    fn config(&self, folder: &Path) -> Result<Config, Failure> {
        let path = self.settings_of(folder);
        let document = path.as_ref().and_then(|it| self.open.get(&it.display().to_string()));
        let text = document.map(|it| it.text.as_str());
        let today = self.arguments.today.unwrap_or_else(terminal::today);
        let (config, _) =
            settings::in_force(&self.arguments.settings, path.as_deref(), text, today)?;
        Ok(config)
    }

    fn settings_of(&self, folder: &Path) -> Option<PathBuf> {
        self.arguments.settings.config.clone().or_else(|| settings::above(folder))
    }
}
