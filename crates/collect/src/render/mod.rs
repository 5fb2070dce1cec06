//! Charts and kustomizations, rendered by the user's own programs.
//!
//! ```text
//! files ─▶ roots (chart · kustomization) ─▶ program (helm · kustomize · kubectl) ─▶ text ─▶ manifests
//!                         └─▶ template · values · overlay ─▶ where each value was written
//! ```
//!
//! Nothing is fetched: what a chart or kustomization needs is here, or it is not rendered and named. A
//! program is started without a shell, sees nothing of the environment, and has a limit of time and of
//! output.

mod chart;
mod copy;
mod expression;
mod file;
mod helm;
mod kustomization;
mod kustomize;
mod outline;
mod overlay;
mod places;
mod program;
mod root;
mod settings;
mod template;
pub mod texts;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use model::{Object, Origin, Rendering, Unreadable};
use rayon::prelude::*;

use crate::path::{join, name};
use chart::Chart;
use copy::Copy;
use file::{Files, unreadable};
use helm::{Job, Sources};
use kustomization::Kustomization;
use kustomize::Builder;
use overlay::Overlay;
use program::Programs;
use root::{Root, Roots};
pub use settings::{InvalidVariant, Settings, Variant};

/// What became of the charts and kustomizations among some files.
#[derive(Default)]
pub(crate) struct Renderings {
    /// What was rendered.
    pub(crate) done: Vec<Done>,
    /// What was to be rendered and could not.
    pub(crate) unreadable: Vec<Unreadable>,
    /// What nobody named, and could not be for want of a program or of what it builds on.
    pub(crate) unrendered: Vec<Unreadable>,
    charts: Vec<String>,
    files: BTreeSet<String>,
}

/// One rendering that came.
pub(crate) struct Done {
    rendering: Arc<Rendering>,
    /// What came: manifests.
    pub(crate) text: Vec<u8>,
    trace: Trace,
}

/// How the values of what came are traced to where they were written.
enum Trace {
    Chart(Sources),
    Kustomization(Arc<Overlay>),
}

/// Renders the charts and kustomizations among some files, side by side. What was named by the user
/// must be rendered. Some files hold a text that is not yet written.
pub(crate) fn render(
    files: &[PathBuf],
    named: &[PathBuf],
    settings: &Settings,
    texts: &BTreeMap<String, String>,
) -> Renderings {
    let mut renderings = Renderings::default();
    let Roots(roots) = Roots::among(files, named);
    if !roots.iter().any(|it| matches!(it.root, Root::Chart(_))) {
        renderings.unreadable.extend(without_a_chart(settings));
    }
    if roots.is_empty() {
        return renderings;
    }
    let programs = match Programs::new(&settings.path, settings.limit) {
        Ok(programs) => programs,
        Err(error) => {
            let why = format!("no temporary folder for its program: {error}");
            let all = roots.iter().map(|it| unreadable(it.root.file(), None, why.clone()));
            renderings.unreadable.extend(all);
            return renderings;
        }
    };
    let rendered: Vec<_> = roots
        .into_par_iter()
        .map(|it| (it.is_named, rendered(it.root, settings, &Files(texts), &programs)))
        .collect();
    for (is_named, one) in rendered {
        renderings.add(is_named, one);
    }
    renderings
}

/// Values that no chart was rendered with were meant for one.
fn without_a_chart(settings: &Settings) -> Option<Unreadable> {
    let of_variants = settings.variants.iter().flat_map(|variant| &variant.values);
    let first = settings.values.iter().chain(of_variants).next()?;
    let reason = "values were given, and no chart was found to render with them; name its folder";
    Some(unreadable(&name(first), None, reason.to_owned()))
}

/// What became of one chart or kustomization.
#[derive(Default)]
struct One {
    done: Vec<Done>,
    /// It failed.
    failed: Vec<Unreadable>,
    /// It was not begun.
    refused: Option<Unreadable>,
    chart: Option<String>,
    files: BTreeSet<String>,
}

fn rendered(root: Root, settings: &Settings, files: &Files<'_>, programs: &Programs<'_>) -> One {
    match root {
        Root::Chart(chart) => rendered_chart(&chart, settings, files, programs),
        Root::Kustomization(kustomization) => match Overlay::of(&kustomization, files) {
            Ok(overlay) => built(&kustomization, overlay, files, programs),
            Err(refused) => One { refused: Some(refused), ..One::default() },
        },
    }
}

fn rendered_chart(
    chart: &Chart,
    settings: &Settings,
    files: &Files<'_>,
    programs: &Programs<'_>,
) -> One {
    let helm = programs.find("helm");
    let without = || unreadable(&chart.file, None, missing("helm"));
    let refused = chart.refusal().or_else(|| helm.is_none().then(without));
    let mut one = One { refused, ..One::default() };
    let (Some(helm), None) = (&helm, &one.refused) else { return one };
    let variants: Vec<Option<&Variant>> = match settings.variants.as_slice() {
        [] => vec![None],
        variants => variants.iter().map(Some).collect(),
    };
    for variant in variants {
        let own = variant.into_iter().flat_map(|it| &it.values);
        let values = settings.values.iter().chain(own).cloned().collect();
        let kubernetes = settings.kubernetes.as_deref();
        let job = Job { helm, chart, values, kubernetes, files };
        let called = variant.map(|it| Arc::from(it.name.as_str()));
        let rendering = Arc::new(Rendering::new(Arc::clone(&chart.file), called));
        match job.run(programs) {
            Ok(text) => {
                let trace = Trace::Chart(job.sources(&text));
                one.chart = Some(chart.folder.clone());
                one.done.push(Done { rendering, text, trace });
            }
            Err(why) => one.failed.push(unreadable(rendering.file(), None, not_rendered(&why))),
        }
    }
    one
}

fn built(
    kustomization: &Kustomization,
    overlay: Overlay,
    files: &Files<'_>,
    programs: &Programs<'_>,
) -> One {
    let (folder, file) = (&kustomization.folder, &kustomization.file.name);
    let Some(builder) = Builder::find(programs) else {
        let reason = missing("kustomize (or kubectl)");
        let refused = Some(unreadable(file, None, reason));
        return One { refused, ..One::default() };
    };
    let copy = Copy::of(overlay.folders.iter().chain(&overlay.files), files);
    match copy.and_then(|copy| builder.build(folder, &copy, programs)) {
        Ok(text) => {
            let rendering = Arc::new(Rendering::new(Arc::clone(file), None));
            let files = overlay.files.clone();
            let trace = Trace::Kustomization(Arc::new(overlay));
            One { done: vec![Done { rendering, text, trace }], files, ..One::default() }
        }
        Err(why) => {
            One { failed: vec![unreadable(file, None, not_rendered(&why))], ..One::default() }
        }
    }
}

fn missing(program: &str) -> String {
    format!("{program} is not on PATH; install it, or pass the rendered manifests")
}

fn not_rendered(why: &str) -> String {
    format!("was not rendered: {why}")
}

impl Renderings {
    fn add(&mut self, is_named: bool, one: One) {
        self.done.extend(one.done);
        self.unreadable.extend(one.failed);
        self.charts.extend(one.chart);
        self.files.extend(one.files);
        let refused = one.refused.map(|it| Unreadable { reason: not_rendered(&it.reason), ..it });
        if is_named {
            self.unreadable.extend(refused);
        } else {
            self.unrendered.extend(refused);
        }
    }

    /// Whether a file is part of something that was rendered, so that its own text is not judged.
    pub(crate) fn hold(&self, file: &str) -> bool {
        let is_template = |chart: &String| {
            let inside =
                if chart.is_empty() { Some(file) } else { file.strip_prefix(chart.as_str()) };
            let inside = inside.map(|it| it.trim_start_matches('/'));
            inside.is_some_and(|it| {
                it.starts_with("templates/")
                    || it.starts_with("charts/") && it.contains("/templates/")
            })
        };
        self.files.contains(&join("", file)) || self.charts.iter().any(is_template)
    }
}

impl Done {
    /// What stands for the file of its objects.
    pub(crate) fn file(&self) -> &Arc<str> {
        self.rendering.file()
    }

    /// An object that was read from the text, with where its values were written.
    pub(crate) fn traced(&self, object: Object) -> Object {
        let (root, values) = (object.root(), object.tree().len());
        let places = match &self.trace {
            Trace::Chart(sources) => sources.places(root, values),
            Trace::Kustomization(overlay) => overlay.places(root, values),
        };
        let rendered = places.of(Arc::clone(&self.rendering));
        object.from_origin(Origin::Rendered(Arc::new(rendered)))
    }
}
