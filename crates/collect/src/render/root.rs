//! Which charts and kustomizations are rendered for themselves.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::chart::{self, Chart};
use super::kustomization::{self, Kustomization};
use crate::path::{folder, join, name};

/// A chart that is no part of another, or a kustomization that no other one builds on.
pub(super) enum Root {
    Chart(Chart),
    Kustomization(Kustomization),
}

/// A root, and whether the user named it.
pub(super) struct Found {
    pub(super) root: Root,
    pub(super) is_named: bool,
}

/// The roots among some files.
#[derive(Default)]
pub(super) struct Roots(pub(super) Vec<Found>);

impl Root {
    /// The file that declares it.
    pub(super) fn file(&self) -> &Arc<str> {
        match self {
            Root::Chart(chart) => &chart.file,
            Root::Kustomization(kustomization) => &kustomization.file.name,
        }
    }
}

impl Roots {
    /// Finds them. A file that declares one and cannot be read is told by whoever reads it as a
    /// manifest; it is no root.
    pub(super) fn among(files: &[PathBuf], named: &[PathBuf]) -> Self {
        let named: BTreeSet<String> = named.iter().map(|path| join("", &name(path))).collect();
        let is_named = |file: &str| {
            let folder = join("", folder(file));
            named.contains(&folder) || named.contains(&join("", file))
        };
        let mut found = Self::default();
        let mut kustomizations = Vec::new();
        for path in files {
            let file = name(path);
            let base = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
            if base == chart::FILE && !is_part_of_a_chart(path) {
                found.chart(&file, is_named(&file));
            } else if kustomization::FILES.contains(&base) {
                kustomizations.extend(Kustomization::read(&file).ok());
            }
        }
        let parts: BTreeSet<String> =
            kustomizations.iter().flat_map(Kustomization::parts).collect();
        let is_root =
            |it: &Kustomization| !it.is_component() && !parts.contains(&join("", &it.folder));
        let roots = kustomizations.into_iter().filter(is_root);
        found.0.extend(
            roots.map(|it| Found {
                is_named: is_named(&it.file.name),
                root: Root::Kustomization(it),
            }),
        );
        found
    }

    fn chart(&mut self, file: &str, is_named: bool) {
        // A library has nothing to render; only who names it wants to know.
        let Ok(chart) = Chart::read(file) else { return };
        if is_named || !chart.is_library {
            self.0.push(Found { root: Root::Chart(chart), is_named });
        }
    }
}

/// Whether a chart lies below the `charts` of another.
fn is_part_of_a_chart(path: &Path) -> bool {
    let charts = path.ancestors().filter(|it| it.file_name().is_some_and(|name| name == "charts"));
    charts.filter_map(Path::parent).any(|around| around.join(chart::FILE).is_file())
}
