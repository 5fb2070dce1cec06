//! Charts, rendered by the user's `helm`, and the templates that objects came from.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use model::Node;

use super::chart::Chart;
use super::copy::Copy;
use super::file::{File, Files};
use super::places::Places;
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
    pub(super) files: &'a Files<'a>,
}

impl Job<'_> {
    /// Runs Helm: offline, without a cluster.
    ///
    /// # Errors
    /// Why there is no result, in words.
    pub(super) fn run(&self, programs: &Programs<'_>) -> Result<Vec<u8>, String> {
        let values = self.values()?;
        let around = [&self.chart.folder].into_iter().chain(&values);
        let copy = Copy::of(around, self.files)?;
        let mut arguments: Vec<OsString> = vec!["template".into(), self.release().into()];
        arguments.push(copy.at(&self.chart.folder).into());
        for file in &values {
            arguments.push(format!("--values={}", quoted(&copy.at(file))).into());
        }
        arguments.extend(self.kubernetes.map(|it| format!("--kube-version={it}").into()));
        programs.run(self.helm, &arguments).map_err(|why| format!("helm: {why}"))
    }

    /// Which template each object of the result came from.
    pub(super) fn sources(&self, rendered: &[u8]) -> Sources {
        let values = self.values.iter().rev().filter_map(|path| self.find(path).ok());
        let given = values.filter_map(|file| self.files.read(&file).ok().map(Arc::new));
        let given: Vec<_> = given.collect();
        Sources::of(self, &given, &String::from_utf8_lossy(rendered))
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

    /// The values files.
    fn values(&self) -> Result<Vec<String>, String> {
        self.values.iter().map(|path| self.find(path)).collect()
    }

    /// A values file: where the user stands, else in the chart.
    fn find(&self, path: &Path) -> Result<String, String> {
        let here = name(path).to_string();
        let inside = join(&self.chart.folder, &here);
        let found = [here, inside].into_iter().find(|it| Path::new(it).is_file());
        found.ok_or_else(|| {
            format!("the values file {} is neither here nor in the chart", path.display())
        })
    }
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
    fn of(job: &Job<'_>, given: &[Arc<File>], rendered: &str) -> Self {
        let chart = job.chart;
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
                && let Some(template) = template(job, given, source)
            {
                sources.templates.insert(source.clone(), template);
            }
        }
        sources
    }

    /// Where each value of an object was written.
    pub(super) fn places(&self, root: Node<'_>, values: usize) -> Places {
        let line = root.position().line;
        let before = self.begins.partition_point(|(begin, _)| *begin < line);
        let source = before.checked_sub(1).and_then(|place| self.begins.get(place));
        match source.and_then(|(_, source)| self.templates.get(source)) {
            Some(template) => template.places(root, values),
            None => Places::new(&self.chart, values),
        }
    }
}

/// The template that Helm calls so: the name of the chart, then charts below it, then its file.
fn template(job: &Job<'_>, given: &[Arc<File>], source: &str) -> Option<Template> {
    let Job { chart, files, .. } = *job;
    let (_, mut path) = source.split_once('/')?;
    let mut keys: Vec<String> = Vec::new();
    let mut own: Vec<(Arc<File>, usize)> = Vec::new();
    let mut below: Option<Chart> = None;
    loop {
        let chart = below.as_ref().unwrap_or(chart);
        if let Ok(file) = files.read(&join(&chart.folder, "values.yaml")) {
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
    Some(Template::new(&file, &files.text(&file).ok()?, Arc::new(values)))
}
