//! The workspace as its manifests declare it: crates, what each needs, and the layers they must keep to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::{Dependency, DependencyKind, Metadata, MetadataCommand, Package};
use serde::Deserialize;

/// Everything `cargo metadata` says that a verb asks for.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    pub(crate) crates: Vec<Crate>,
    pub(crate) layers: Layers,
}

/// One crate of the workspace, with what its manifest needs.
pub(crate) struct Crate {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) needs: Vec<Need>,
}

/// One dependency line of a manifest.
pub(crate) struct Need {
    pub(crate) name: String,
    pub(crate) dev: bool,
    /// Whether it lies in this repository; a crate of the registry may bear the same name.
    pub(crate) inside: bool,
}

/// The table `[workspace.metadata.layers]` of the root manifest.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Layers {
    /// Rows of crates; an arrow points from a later row to an earlier one.
    pub(crate) order: Vec<Vec<String>>,
    /// Crates that are dev-dependencies only, each with all it may need itself.
    #[serde(default)]
    pub(crate) dev: BTreeMap<String, Vec<String>>,
    /// Crates that only another of them may need.
    #[serde(default)]
    pub(crate) outside: Vec<String>,
    /// Guarded dependencies, each with the only crates that may name it.
    #[serde(default)]
    pub(crate) may_name: BTreeMap<String, Vec<String>>,
}

impl Workspace {
    /// Reads the manifests of the workspace this tool was built from.
    pub(crate) fn read() -> Result<Self> {
        let metadata = MetadataCommand::new()
            .current_dir(root())
            .no_deps()
            .exec()
            .context("reading `cargo metadata`")?;
        Ok(Self {
            root: metadata.workspace_root.clone().into_std_path_buf(),
            target: metadata.target_directory.clone().into_std_path_buf(),
            crates: crates(&metadata),
            layers: layers(&metadata)?,
        })
    }

    /// The crate of that name, where there is one.
    pub(crate) fn member(&self, name: &str) -> Option<&Crate> {
        self.crates.iter().find(|member| member.name == name)
    }
}

impl Layers {
    /// The row a crate stands in, the lowest being 0.
    pub(crate) fn row(&self, name: &str) -> Option<usize> {
        self.order.iter().position(|row| row.iter().any(|listed| listed == name))
    }
}

/// The folder of the root manifest.
pub(crate) fn root() -> &'static Path {
    let member = Path::new(env!("CARGO_MANIFEST_DIR"));
    member.parent().expect("xtask lies in a folder of the root")
}

fn crates(metadata: &Metadata) -> Vec<Crate> {
    let mut crates: Vec<Crate> = metadata.workspace_packages().into_iter().map(member).collect();
    crates.sort_by(|one, other| one.name.cmp(&other.name));
    crates
}

fn member(package: &Package) -> Crate {
    let manifest = package.manifest_path.as_std_path();
    Crate {
        name: package.name.to_string(),
        folder: manifest.parent().unwrap_or(manifest).to_path_buf(),
        needs: package.dependencies.iter().map(need).collect(),
    }
}

fn need(dependency: &Dependency) -> Need {
    Need {
        name: dependency.name.clone(),
        dev: dependency.kind == DependencyKind::Development,
        inside: dependency.path.is_some(),
    }
}

fn layers(metadata: &Metadata) -> Result<Layers> {
    let table = metadata
        .workspace_metadata
        .get("layers")
        .context("the root Cargo.toml has no [workspace.metadata.layers]")?;
    serde_json::from_value(table.clone()).context("reading [workspace.metadata.layers]")
}
