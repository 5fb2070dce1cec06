//! Charts, rendered by the user's `helm`, and the templates that objects came from.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use model::{Node, Position, Shows, Spot};

use super::chart::Chart;
use super::file::{File, text};
use super::program::Programs;
use super::template::Template;
use super::values::Values;
use crate::path::{join, name};

/// What stands before the name of a template in what Helm prints.
const SOURCE: &str = "# Source: ";

/// One rendering of a chart that is to be.
pub(super) struct Job<'a> {
    pub(super) helm: &'a Path,
    pub(super) chart: &'a Chart,
    /// Values files, the last one wins.
    pub(super) values: Vec<PathBuf>,
    pub(super) kubernetes: Option<&'a str>,
}

impl Job<'_> {
    /// Runs Helm: offline, without a cluster.
    ///
    /// # Errors
    /// Why there is no result, in words.
    pub(super) fn run(&self, programs: &Programs<'_>) -> Result<Vec<u8>, String> {
        let mut arguments: Vec<OsString> = vec!["template".into(), self.release().into()];
        arguments.push(local(&self.chart.folder).into());
        for file in self.files()? {
            arguments.push(format!("--values={}", quoted(&local(&file))).into());
        }
        arguments.extend(self.kubernetes.map(|it| format!("--kube-version={it}").into()));
        programs.run(self.helm, &arguments).map_err(|why| format!("helm: {why}"))
    }

    /// Which template each object of the result came from.
    pub(super) fn sources(&self, rendered: &[u8]) -> Sources {
        let files = self.files().unwrap_or_default();
        let read = |file: &String| File::read(file).ok().map(Arc::new);
        let given: Vec<_> = files.iter().rev().filter_map(read).collect();
        Sources::of(self.chart, &given, &String::from_utf8_lossy(rendered))
    }

    /// A release is called like its chart, if that is a name for one.
    fn release(&self) -> &str {
        let name = &self.chart.name;
        let is_plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        let is_name = name.starts_with(|it: char| it.is_ascii_lowercase())
            && name.chars().all(is_plain)
            && !name.ends_with('-')
            && name.len() <= 53;
        if is_name { name } else { "release" }
    }

    /// The values files: where the user stands, else in the chart.
    fn files(&self) -> Result<Vec<String>, String> {
        let find = |path: &PathBuf| {
            let here = name(path).to_string();
            let inside = join(&self.chart.folder, &here);
            let found = [here, inside].into_iter().find(|it| Path::new(it).is_file());
            found.ok_or_else(|| {
                format!("the values file {} is neither here nor in the chart", path.display())
            })
        };
        self.values.iter().map(find).collect()
    }
}

/// A path that no program takes for an option or an address.
pub(super) fn local(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("./{path}") }
}

/// Helm reads a list of files with commas between them.
fn quoted(path: &str) -> String {
    if path.contains([',', '"', '\n']) {
        format!("\"{}\"", path.replace('"', "\"\""))
    } else {
        path.to_owned()
    }
}

/// Which template each line of a rendered chart came from.
pub(super) struct Sources {
    /// The lines on which a template begins, and its name.
    begins: Vec<(u32, String)>,
    templates: BTreeMap<String, Template>,
    /// What stands for a template that cannot be read.
    chart: Arc<str>,
}

impl Sources {
    fn of(chart: &Chart, given: &[Arc<File>], rendered: &str) -> Self {
        let mut begins = Vec::new();
        let mut is_first = true;
        for (line, number) in rendered.lines().zip(1..) {
            if let Some(source) = line.strip_prefix(SOURCE).filter(|_| is_first) {
                begins.push((number, source.trim_end().to_owned()));
            }
            is_first = line.starts_with("---");
        }
        let mut sources =
            Self { begins, templates: BTreeMap::new(), chart: Arc::clone(&chart.file) };
        for (_, source) in &sources.begins {
            if !sources.templates.contains_key(source)
                && let Some(template) = template(chart, given, source)
            {
                sources.templates.insert(source.clone(), template);
            }
        }
        sources
    }

    /// Where each value of an object was written.
    pub(super) fn spots(&self, root: Node<'_>, values: usize) -> Box<[Spot]> {
        let line = root.position().line;
        let before = self.begins.partition_point(|(begin, _)| *begin < line);
        let source = before.checked_sub(1).and_then(|place| self.begins.get(place));
        if let Some(template) = source.and_then(|(_, source)| self.templates.get(source)) {
            return template.spots(root, values);
        }
        let at = Position { line: 1, column: 1 };
        [Spot { file: Arc::clone(&self.chart), at, shows: Shows::Around }].into()
    }
}

/// The template that Helm calls so: the name of the chart, then charts below it, then its file.
fn template(chart: &Chart, given: &[Arc<File>], source: &str) -> Option<Template> {
    let (_, mut path) = source.split_once('/')?;
    let mut keys: Vec<String> = Vec::new();
    let mut own: Vec<(Arc<File>, usize)> = Vec::new();
    let mut below: Option<Chart> = None;
    loop {
        let chart = below.as_ref().unwrap_or(chart);
        if let Ok(file) = File::read(&join(&chart.folder, "values.yaml")) {
            own.push((Arc::new(file), keys.len()));
        }
        let Some((called, rest)) = path.strip_prefix("charts/").and_then(|it| it.split_once('/'))
        else {
            break;
        };
        below = Some(Chart::read(&join(&chart.below(called)?, super::chart::FILE)).ok()?);
        keys.push(called.to_owned());
        path = rest;
    }
    if path.split('/').any(|part| part == "..") {
        return None;
    }
    let file = join(&below.as_ref().unwrap_or(chart).folder, path);
    let mut values = Values::default();
    for file in given {
        values.add(Arc::clone(file), &keys);
    }
    for (file, depth) in own {
        values.add(file, keys.get(depth..).unwrap_or_default());
    }
    Some(Template::new(&file, &text(&file).ok()?, Arc::new(values)))
}
