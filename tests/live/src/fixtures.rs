//! The pods with which Kubernetes tests its own Pod Security admission: for each version of each
//! standard some that pass and some that fail.

use std::fs;
use std::path::{Path, PathBuf};

use checks::check::{Framework, Profile};
use checks::{Check, Cx, Parameters, Version};
use collect::manifests;
use finding::Finding;
use jiff::civil::Date;
use model::Inventory;

use crate::corpus::Module;

/// A release of the admission plugin, and how many pods it carries.
pub struct Release {
    /// The Go module.
    pub module: Module,
    /// The number of its pods.
    pub pods: usize,
}

/// Two of them, which carry pods for every version since 1.0. Between them the standards learnt to
/// let pods in a user namespace be.
pub const RELEASES: [Release; 2] = [
    Release {
        module: Module {
            path: "k8s.io/pod-security-admission",
            version: "v0.34.4",
            sum: "h1:p0mjfXZHtknqO+imC4/jz9XOSxLB8B/sWnxMYAcNyao=",
        },
        pods: 4_093,
    },
    Release {
        module: Module {
            path: "k8s.io/pod-security-admission",
            version: "v0.36.3",
            sum: "h1:nWRx42eQwSkapa0TPwtho35adfSziRmPYuzwU+4xPpo=",
        },
        pods: 4_241,
    },
];

/// The pods that one version of a standard lets pass, or does not.
pub struct Fixtures {
    /// The name of the standard.
    pub standard: &'static str,
    /// The version, 34 for 1.34.
    pub minor: u32,
    /// Whether they pass.
    pub passes: bool,
    /// Where the files lie, a pod in each.
    pub folder: PathBuf,
}

/// One of the pods.
pub struct Judged {
    /// Its name.
    pub name: String,
    /// The text of its file.
    pub manifest: String,
    /// What our checks of the standard find in it.
    pub findings: Vec<Finding>,
}

/// The standards, and the profiles whose checks make up each.
const STANDARDS: [(&str, &[Profile]); 2] =
    [("baseline", &[Profile::Baseline]), ("restricted", &[Profile::Baseline, Profile::Restricted])];

impl Release {
    /// All that it carries.
    ///
    /// # Panics
    /// When the module cannot be had, or is built otherwise than it was.
    pub fn fixtures(&self) -> Vec<Fixtures> {
        let data = self.module.folder().join("test/testdata");
        let mut fixtures = Vec::new();
        for (standard, _) in STANDARDS {
            for version in below(&data.join(standard)) {
                for (verdict, passes) in [("pass", true), ("fail", false)] {
                    let (minor, folder) = (minor(&version), version.join(verdict));
                    fixtures.push(Fixtures { standard, minor, passes, folder });
                }
            }
        }
        fixtures
    }
}

impl Fixtures {
    /// Each pod, and what our checks of the standard find in it.
    ///
    /// # Panics
    /// When a file is not one pod.
    pub fn judged(&self) -> Vec<Judged> {
        let checks = serving(self.standard);
        let files = below(&self.folder).into_iter();
        files.map(|file| judge(&checks, &file, self.minor)).collect()
    }
}

fn serving(standard: &str) -> Vec<&'static Check> {
    let profiles = STANDARDS.iter().find(|(name, _)| *name == standard);
    let profiles = profiles.expect("it is a standard").1;
    let serves = |framework: &Framework| match framework {
        Framework::Pss(profile) => profiles.contains(profile),
        _ => false,
    };
    checks::all().filter(|check| check.frameworks.iter().any(serves)).collect()
}

fn judge(checks: &[&'static Check], file: &Path, minor: u32) -> Judged {
    let manifest = fs::read_to_string(file).expect("a fixture can be read");
    let bytes = manifest.clone().into_bytes();
    let read = manifests::read_text(&file.to_string_lossy(), bytes, &|_| true);
    assert_eq!(read.objects.len(), 1, "{}", file.display());
    let name = read.objects.iter().map(|it| it.name().to_owned()).collect();
    let (inventory, parameters) = (Inventory::new(read.objects), Parameters::default());
    let cx = Cx::new(&inventory, Date::constant(2026, 1, 1), Version { minor }, &parameters);
    Judged { name, manifest, findings: checks::run(checks, &cx) }
}

fn minor(folder: &Path) -> u32 {
    let name = folder.file_name().expect("a folder has a name").to_string_lossy();
    let minor = name.strip_prefix("v1.").and_then(|minor| minor.parse().ok());
    minor.expect("it is named as a version")
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the fixtures can be listed");
    let mut entries: Vec<PathBuf> = entries.map(|it| it.expect("an entry").path()).collect();
    entries.sort();
    entries
}
