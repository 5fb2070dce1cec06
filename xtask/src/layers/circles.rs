//! Circles of files inside a crate: a file that, over others, uses itself.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use anyhow::{Context, Result};
use ignore::WalkBuilder;

use super::modules::{Arrows, ModuleTree, Sources};
use crate::workspace::Crate;

/// One sentence for each circle of files in a crate, naming the files.
pub(crate) fn violations(member: &Crate) -> Result<Vec<String>> {
    let sources = sources(&member.folder.join("src"))?;
    let circles = circles(&sources).with_context(|| format!("reading crate {}", member.name))?;
    Ok(circles
        .into_iter()
        .map(|circle| {
            format!("crate {}: the files {} form a circle", member.name, circle.join(" → "))
        })
        .collect())
}

/// The circles under every root file: each begins and ends with its first file by name.
fn circles(sources: &Sources) -> Result<Vec<Vec<String>>> {
    let mut circles = Vec::new();
    for root in ["lib.rs", "main.rs"] {
        if sources.contains_key(root) {
            let arrows = ModuleTree::read(sources, root)?.arrows();
            circles.extend(arrows.keys().flat_map(|file| circles_from(&arrows, file)));
        }
    }
    Ok(circles)
}

/// For each arrow that leads back to a file, the shortest circle it closes over files that come after it by name.
///
/// Every knot of files has a first one by name, so none is missed, and no circle is told twice.
fn circles_from(arrows: &Arrows, start: &str) -> Vec<Vec<String>> {
    let mut circles = Vec::new();
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(file) = queue.pop_front() {
        for next in targets(arrows, file) {
            if next == start {
                circles.push(way(&came_from, start, file));
            } else if next > start && !came_from.contains_key(next) {
                came_from.insert(next, file);
                queue.push_back(next);
            }
        }
    }
    circles
}

fn targets<'a>(arrows: &'a Arrows, file: &str) -> impl Iterator<Item = &'a str> {
    let targets = arrows.get(file).into_iter().flat_map(BTreeSet::iter);
    targets.map(String::as_str)
}

fn way(came_from: &BTreeMap<&str, &str>, start: &str, last: &str) -> Vec<String> {
    let mut way = vec![start.to_owned()];
    let mut file = last;
    while file != start {
        way.push(file.to_owned());
        file = came_from[file];
    }
    way.push(start.to_owned());
    way.reverse();
    way
}

fn sources(folder: &Path) -> Result<Sources> {
    let mut sources = Sources::new();
    for entry in WalkBuilder::new(folder).standard_filters(false).build() {
        let path = entry.context("listing source files")?.into_path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("reading {}", path.display()))?;
            sources.insert(name, text);
        }
    }
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles_of(files: &[(&str, &str)]) -> Vec<String> {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        let circles = circles(&files.iter().map(owned).collect()).unwrap();
        circles.into_iter().map(|circle| circle.join(" → ")).collect()
    }

    const NONE: [&str; 0] = [];

    #[test]
    fn files_that_use_one_another_form_a_circle() {
        let found = circles_of(&[
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::b::B;"),
            ("b.rs", "fn f() { crate::c::g() }"),
            ("c.rs", "use super::a::A;"),
        ]);
        assert_eq!(found, ["a.rs → b.rs → c.rs → a.rs"]);
    }

    #[test]
    fn every_arrow_that_leads_back_is_told() {
        let found = circles_of(&[
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::{b::B, c::C};"),
            ("b.rs", "use crate::a::A;"),
            ("c.rs", "use crate::a::A;"),
        ]);
        assert_eq!(found, ["a.rs → b.rs → a.rs", "a.rs → c.rs → a.rs"]);
    }

    #[test]
    fn two_knots_are_two_circles() {
        let found = circles_of(&[
            ("lib.rs", "mod a; mod b; mod c; mod d;"),
            ("a.rs", "use crate::b::B;"),
            ("b.rs", "use crate::{a::A, c::C};"),
            ("c.rs", "use crate::d::D;"),
            ("d.rs", "use crate::c::C;"),
        ]);
        assert_eq!(found, ["a.rs → b.rs → a.rs", "c.rs → d.rs → c.rs"]);
    }

    #[test]
    fn a_child_may_use_the_siblings_of_its_parent() {
        let found = circles_of(&[
            ("lib.rs", "mod parent; mod sibling;"),
            ("parent.rs", "mod child; pub use child::Child;"),
            ("parent/child.rs", "use super::super::sibling::Sibling; use crate::sibling;"),
            ("sibling.rs", ""),
        ]);
        assert_eq!(found, NONE);
    }

    #[test]
    fn a_child_that_uses_the_parent_that_uses_it_is_a_circle() {
        let found = circles_of(&[
            ("lib.rs", "mod family;"),
            ("family/mod.rs", "mod check; const ALL: &[u8] = &[check::CHECK]; struct Shared;"),
            ("family/check.rs", "use super::Shared;"),
        ]);
        assert_eq!(found, ["family/check.rs → family/mod.rs → family/check.rs"]);
    }

    #[test]
    fn declaring_a_child_is_not_using_it() {
        let found =
            circles_of(&[("lib.rs", "mod a; struct Shared;"), ("a.rs", "use crate::Shared;")]);
        assert_eq!(found, NONE);
    }

    #[test]
    fn a_re_export_leads_to_the_file_that_defines_the_name() {
        let found = circles_of(&[
            ("lib.rs", "mod check; mod family; pub use check::Check; fn f() { family::f() }"),
            ("check.rs", "pub struct Check;"),
            ("family.rs", "use crate::Check;"),
        ]);
        assert_eq!(found, NONE);
    }

    #[test]
    fn inline_modules_belong_to_their_file() {
        let found = circles_of(&[
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "mod inner { use super::super::b::B; }"),
            ("b.rs", "use crate::a;"),
        ]);
        assert_eq!(found, ["a.rs → b.rs → a.rs"]);
    }

    #[test]
    fn tests_may_use_anything() {
        let found = circles_of(&[
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use crate::b::B;"),
            ("b.rs", "#[cfg(test)] mod tests { use crate::a::A; }"),
        ]);
        assert_eq!(found, NONE);
    }

    #[test]
    fn names_of_other_crates_are_no_files() {
        let found = circles_of(&[
            ("lib.rs", "mod a; use a::A;"),
            ("a.rs", "use std::fmt; use anyhow::{self, Result}; fn f() { fmt::f(); anyhow::g(); }"),
        ]);
        assert_eq!(found, NONE);
    }

    #[test]
    fn a_name_that_renames_itself_ends() {
        let found =
            circles_of(&[("lib.rs", "use self::b as a; use self::a as b; fn f() { a::g() }")]);
        assert_eq!(found, NONE);
    }
}
