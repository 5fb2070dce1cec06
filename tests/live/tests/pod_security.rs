//! The checks that serve a Pod Security Standard find something in a pod exactly when it fails that
//! standard. Oracle: the fixtures of Kubernetes' own admission, pods that pass and pods that fail each
//! version of each standard.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where one fails, and says what it saw"
)]

use std::fs;
use std::path::{Path, PathBuf};

use checks::check::{Framework, Profile};
use checks::{Check, Cx, Parameters, Version};
use collect::manifests;
use finding::Finding;
use jiff::civil::Date;
use live::corpus::Module;
use model::Inventory;

/// Two releases of the admission plugin, which carries pods for every version since 1.0, and how many
/// pods each carries. Between them the standards learnt to let pods in a user namespace be.
const POD_SECURITY: [(Module, usize); 2] = [
    (
        Module {
            path: "k8s.io/pod-security-admission",
            version: "v0.34.4",
            sum: "h1:p0mjfXZHtknqO+imC4/jz9XOSxLB8B/sWnxMYAcNyao=",
        },
        4_093,
    ),
    (
        Module {
            path: "k8s.io/pod-security-admission",
            version: "v0.36.3",
            sum: "h1:nWRx42eQwSkapa0TPwtho35adfSziRmPYuzwU+4xPpo=",
        },
        4_241,
    ),
];

#[test]
fn a_pod_fails_a_standard_exactly_where_a_check_of_it_finds_something() {
    for (module, pods) in POD_SECURITY {
        let (mut compared, mut wrong) = (0, Vec::new());
        let fixtures = module.folder().join("test/testdata");
        for (standard, profiles) in STANDARDS {
            for version in below(&fixtures.join(standard)) {
                let minor = minor(&version);
                compared += compare(&serving(profiles), &version, minor, &mut wrong);
            }
        }
        println!("{}: {compared} pods, {} wrong", module.version, wrong.len());
        assert!(wrong.is_empty(), "{}:\n{}", module.version, wrong.join("\n"));
        assert_eq!(compared, pods, "{}", module.version);
    }
}

/// The folders of the fixtures, and the profiles whose checks make up each.
const STANDARDS: [(&str, &[Profile]); 2] =
    [("baseline", &[Profile::Baseline]), ("restricted", &[Profile::Baseline, Profile::Restricted])];

/// Judges the pods of one version of a standard, and gives how many there are.
fn compare(
    checks: &[&'static Check],
    version: &Path,
    minor: u32,
    wrong: &mut Vec<String>,
) -> usize {
    let mut compared = 0;
    for (verdict, passes) in [("pass", true), ("fail", false)] {
        for file in below(&version.join(verdict)) {
            let found = judge(checks, &file, minor);
            if found.is_empty() != passes {
                let found = found.iter().map(|it| format!("{} at {}", it.check, it.path));
                let found: Vec<String> = found.collect();
                wrong.push(format!("{}: {}", file.display(), found.join(", ")));
            }
            compared += 1;
        }
    }
    compared
}

fn serving(profiles: &[Profile]) -> Vec<&'static Check> {
    let serves = |framework: &Framework| match framework {
        Framework::Pss(profile) => profiles.contains(profile),
        _ => false,
    };
    checks::all().filter(|check| check.frameworks.iter().any(serves)).collect()
}

fn judge(checks: &[&'static Check], file: &Path, minor: u32) -> Vec<Finding> {
    let bytes = fs::read(file).unwrap();
    let read = manifests::read_text(&file.to_string_lossy(), bytes, &|_| true);
    assert_eq!(read.objects.len(), 1, "{}", file.display());
    let (inventory, parameters) = (Inventory::new(read.objects), Parameters::default());
    let cx = Cx::new(&inventory, Date::constant(2026, 1, 1), Version { minor }, &parameters);
    checks::run(checks, &cx)
}

fn minor(folder: &Path) -> u32 {
    let name = folder.file_name().unwrap().to_string_lossy();
    name.strip_prefix("v1.").and_then(|minor| minor.parse().ok()).unwrap()
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}
