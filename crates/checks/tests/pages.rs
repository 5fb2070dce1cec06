//! The examples on a check's page are its tests, and every check is a complete pair.
//!
//! Oracle: the author's marks on each page.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use checks::check::{Dimension, Scope};
use checks::{Check, Cx, Page, Parameters, Version};
use model::Inventory;
use testkit::{Example, runner};

fn judge(check: &'static Check, example: &Example, inventory: &Inventory) -> Vec<finding::Finding> {
    let mut parameters = Parameters::default();
    for (name, words) in example.parameters() {
        assert!(check.parameters.iter().any(|it| it.name == name), "no parameter {name:?}");
        parameters.set(check.id, name, words);
    }
    let version = example.kubernetes().map(|it| it.parse().expect("a version of Kubernetes"));
    let version = version.unwrap_or(Version::DEFAULT);
    let cx = Cx::new(inventory, example.today(), version, &parameters);
    checks::run(&[check], &cx)
}

#[test]
fn every_example_is_judged_as_its_page_says() {
    let mut wrong = Vec::new();
    for check in checks::all() {
        let judge = |example: &Example, inventory: &Inventory| judge(check, example, inventory);
        if let Err(differences) = runner::differences(check.page, judge) {
            wrong.push(format!("{}.md\n{differences}", check.id.replace('-', "_")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

#[test]
fn every_pair_of_files_is_registered_under_its_name() {
    for (family, checks) in checks::FAMILIES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(family);
        let registered: BTreeSet<String> =
            checks.iter().map(|it| it.id.replace('-', "_")).collect();
        assert_eq!(stems(&folder, "rs"), registered, "*.rs in {family}, beside mod.rs");
        assert_eq!(stems(&folder, "md"), registered, "*.md in {family}");
    }
}

fn stems(folder: &Path, ending: &str) -> BTreeSet<String> {
    let files = folder.read_dir().expect("a family is a folder");
    let files = files.map(|file| file.expect("a file that can be listed").path());
    let stems = files.filter(|path| path.extension().is_some_and(|it| it == ending));
    let stems = stems.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
    stems.filter(|stem| stem != "mod").collect()
}

#[test]
fn ids_and_aliases_are_unique_and_name_the_danger() {
    let mut seen = BTreeMap::new();
    for check in checks::all() {
        for id in check.aliases.iter().chain([&check.id]) {
            assert_eq!(seen.insert(*id, check.id), None, "{id} is given twice");
            assert!(!id.starts_with("no-") && !id.starts_with("require-"), "{id} names the cure");
            let kebab =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            assert!(id.bytes().all(kebab), "{id} is not in kebab-case");
        }
    }
}

#[test]
fn every_check_says_all_about_itself() {
    for check in checks::all() {
        let id = check.id;
        assert!(!check.title.is_empty() && !check.title.ends_with('.'), "{id}: title");
        assert!(!check.fix.order().is_empty() && !check.fix.order().ends_with('.'), "{id}: fix");
        assert!(check.effort.0 > 0, "{id}: effort");
        let needs_frameworks = check.dimension == Dimension::Security;
        assert!(!needs_frameworks || !check.frameworks.is_empty(), "{id}: frameworks");
        assert!(check.frameworks.is_sorted(), "{id}: frameworks are sorted");
        assert!(check.peers.is_sorted(), "{id}: peers are sorted");
        let headings =
            ["What", "Why", "Bad", "Good", "Fix", "Rollback", "False positives", "References"];
        assert_eq!(Page::of(check).headings(), headings, "{id}: headings of the page");
        let first = check.page.lines().next();
        assert_eq!(first, Some(format!("# {}", check.title).as_str()), "{id}: title of the page");
        if check.scope != Scope::Object {
            let refused = matches!(check.cel, checks::check::Cel::Refused(why) if !why.is_empty());
            assert!(refused, "{id}: CEL sees one object alone");
        }
    }
}
