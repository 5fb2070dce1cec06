//! Manifests and dumps from files, directories and standard input.
//!
//! ```text
//! paths ─▶ walk ─▶ source (bytes ─▶ text) ─▶ split ─▶ yaml ─▶ sort (object · list · template · other)
//!            │            └─▶ dump
//!            └─▶ crate::render (text) ─▶ …
//! ```
//!
//! Files are read side by side and kept in the order of their paths. One broken document costs
//! itself alone; whatever is not read is stated with file, line and reason.

mod helm;
mod kustomize;
mod peek;
mod pipe;
mod repository;
mod sort;
mod source;
mod split;
mod walk;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use model::Object;
use rayon::prelude::*;

use crate::path::name;
use crate::render::{Done, Settings, render};
use crate::yaml::Layout;
use crate::{Reading, dump};
use kustomize::Patches;
use sort::{File, Sorted};
use source::{Begun, Source};
pub use walk::InvalidGlob;

/// What to read.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Files and directories; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// Globs, relative to each directory, whose files are passed over.
    pub exclude: Vec<String>,
    /// What files hold, by the name that findings call them, in place of what is on the disk: texts
    /// that are not yet written.
    pub texts: BTreeMap<String, String>,
    /// How charts and kustomizations are rendered; nothing leaves them as they are.
    pub render: Option<Settings>,
}

/// What is to be read in another place than it is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The file or directory to read.
    pub at: PathBuf,
    /// How the user would write it.
    pub shown: PathBuf,
}

/// How far a long reading has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Files done.
    pub done: usize,
    /// Files found.
    pub total: usize,
}

/// Reads everything below the paths.
///
/// `stdin` is read where a path is `-`. Only objects that `wanted` accepts are kept, the others are
/// counted. `progress` is told after each file, from any thread.
///
/// # Errors
/// Only where an exclude pattern is no glob. All else is part of the account.
pub fn read(
    request: &Request,
    stdin: &mut (dyn Read + Send),
    wanted: &(dyn Fn(&Object) -> bool + Sync),
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Reading, InvalidGlob> {
    let mut found = walk::find(&request.paths, &request.exclude)?;
    let settings = request.render.as_ref();
    let renderings = settings.map(|it| render(&found.files, &request.paths, it, &request.texts));
    let renderings = renderings.unwrap_or_default();
    let text = |file: &PathBuf| request.texts.get(&*name(file));
    let begun: Vec<Begun> =
        found.files.iter().map(|file| source::begin(file, text(file))).collect();
    let piped = found.stdin.then(|| source::from_reader(stdin));
    let done = std::sync::atomic::AtomicUsize::new(0);
    let total = begun.len();
    let parts: Vec<Part> = begun
        .into_par_iter()
        .map(|file| {
            let source = file.finish();
            let is_rendered = renderings.hold(&source.name);
            let part = Part::of(source, is_rendered, wanted);
            let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            progress(Progress { done, total });
            part
        })
        .collect();
    let mut reading = Reading { reached: found.reached, ..Reading::default() };
    reading.inputs.unreadable.append(&mut found.unreadable);
    let piped = piped.map(|source| Part::of(source, false, wanted));
    let rendered: Vec<Part> =
        renderings.done.par_iter().map(|done| Part::rendered(done, wanted)).collect();
    reading.inputs.unreadable.extend(renderings.unreadable);
    reading.inputs.unrendered.extend(renderings.unrendered);
    reading.gather(piped.into_iter().chain(parts).chain(rendered));
    Ok(reading)
}

/// Reads everything below paths that were moved, and names it as if they had not been. What is not
/// there is passed over. Charts and kustomizations are rendered with today's values.
///
/// # Errors
/// Where an exclude pattern is no glob.
pub fn read_moved(
    moved: &[Moved],
    exclude: &[String],
    settings: Option<&Settings>,
    wanted: &(dyn Fn(&Object) -> bool + Sync),
) -> Result<Reading, InvalidGlob> {
    let there = moved.iter().map(|it| it.at.clone()).filter(|at| at.exists());
    let there: Vec<PathBuf> = there.collect();
    let found = walk::find(&there, exclude)?;
    let renderings =
        settings.map(|it| render(&found.files, &there, it, &BTreeMap::new())).unwrap_or_default();
    let read = |path: &PathBuf| {
        let source = source::begin(path, None).finish();
        let is_rendered = renderings.hold(&source.name);
        Part::of(Source { name: name(&shown(moved, path)), ..source }, is_rendered, wanted)
    };
    let parts: Vec<Part> = found.files.par_iter().map(read).collect();
    let rendered = renderings.done.par_iter().map(|done| Part::rendered(done, wanted));
    let rendered: Vec<Part> = rendered.collect();
    let mut reading = Reading { reached: found.reached, ..Reading::default() };
    reading.inputs.unreadable = found.unreadable;
    reading.inputs.unreadable.extend(renderings.unreadable);
    reading.gather(parts.into_iter().chain(rendered));
    Ok(reading)
}

/// The path by which a moved file is known.
fn shown(moved: &[Moved], path: &Path) -> PathBuf {
    let place = moved.iter().find_map(|it| Some((&it.shown, path.strip_prefix(&it.at).ok()?)));
    match place {
        Some((shown, rest)) if rest.as_os_str().is_empty() => shown.clone(),
        Some((shown, rest)) => shown.join(rest),
        None => path.to_owned(),
    }
}

/// Reads one text that is already in memory, under a name.
pub fn read_text(name: &str, bytes: Vec<u8>, wanted: &(dyn Fn(&Object) -> bool + Sync)) -> Reading {
    let mut reading = Reading { reached: 1, ..Reading::default() };
    let source = Source { name: Arc::from(name), in_chart: false, bytes: Ok(bytes) };
    reading.gather(std::iter::once(Part::of(source, false, wanted)));
    reading
}

/// Where each value of a text stands, document by document. One that is no YAML is left out.
pub fn layouts(text: &str) -> Vec<Layout> {
    let mut start = 0;
    let layouts = split::documents(text.as_bytes()).into_iter().map(|chunk| {
        let range = start..start + chunk.bytes.len();
        start = range.end;
        Layout::of(text.get(range.clone())?, range.start, chunk.line)
    });
    layouts.flatten().collect()
}

/// What one file held.
#[derive(Default)]
struct Part {
    sorted: Sorted,
    read: bool,
}

impl Part {
    fn of(source: Source, is_rendered: bool, wanted: &(dyn Fn(&Object) -> bool + Sync)) -> Self {
        let name = source.name;
        match source.bytes {
            Ok(bytes) => {
                let file = File { name: &name, in_chart: source.in_chart, is_rendered };
                if dump::is_compressed(&bytes) {
                    let Reading { objects, inputs, .. } = dump::read(&name, &bytes, wanted);
                    let sorted = Sorted { objects, inputs, ..Sorted::default() };
                    return Part { sorted, read: true };
                }
                Part { sorted: sort::read(file, &bytes, wanted), read: true }
            }
            Err(reason) => Part { sorted: Sorted::unreadable(&name, None, reason), read: false },
        }
    }

    /// What a chart or kustomization rendered to. No line of that is in a file.
    fn rendered(done: &Done, wanted: &(dyn Fn(&Object) -> bool + Sync)) -> Self {
        let file = File { name: done.file(), in_chart: false, is_rendered: false };
        let mut sorted = sort::read(file, &done.text, wanted);
        sorted.objects = sorted.objects.into_iter().map(|object| done.traced(object)).collect();
        for part in &mut sorted.inputs.unreadable {
            let line = part.line.take().unwrap_or(1);
            part.reason = format!("line {line} of what it renders to: {}", part.reason);
        }
        Part { sorted, read: false }
    }
}

impl Reading {
    fn gather(&mut self, parts: impl Iterator<Item = Part>) {
        let mut patches = Patches::default();
        for part in parts {
            self.inputs.files += usize::from(part.read);
            self.inputs.add(part.sorted.inputs);
            self.objects.extend(part.sorted.objects);
            patches.add(part.sorted.patches);
        }
        patches.withdraw(&mut self.objects, &mut self.inputs);
        self.inputs.unreadable.sort();
        self.inputs.unrendered.sort();
    }
}
