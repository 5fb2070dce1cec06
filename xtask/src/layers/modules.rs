//! The module tree of one crate, and which file each of its paths leads to.
//!
//! A re-export is followed to the file that defines the name: `crate::Check` is `check.rs` where the root says
//! `pub use check::Check`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::paths::{Module, Names};

/// The sources of a crate: path under `src` with slashes → text.
pub(crate) type Sources = BTreeMap<String, String>;

/// Which file uses which.
pub(crate) type Arrows = BTreeMap<String, BTreeSet<String>>;

/// Renames and re-exports followed before a path is given up as a riddle.
const MAX_HOPS: usize = 16;

/// The modules reachable from one root file.
pub(crate) struct ModuleTree<'a> {
    sources: &'a Sources,
    nodes: Vec<Node>,
}

struct Node {
    file: String,
    parent: usize,
    children: BTreeMap<String, usize>,
    imports: BTreeMap<String, Vec<String>>,
    mentions: Vec<Vec<String>>,
}

const ROOT: usize = 0;

impl<'a> ModuleTree<'a> {
    /// Reads the root file and every module it declares outside tests.
    pub(crate) fn read(sources: &'a Sources, root: &str) -> Result<Self> {
        let mut tree = Self { sources, nodes: Vec::new() };
        let names = tree.names(root)?;
        tree.add(root, "", ROOT, names)?;
        Ok(tree)
    }

    /// The arrows between files that the code of these modules draws.
    pub(crate) fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (index, node) in self.nodes.iter().enumerate() {
            for path in &node.mentions {
                let Some(target) = self.resolve(index, path, 0) else {
                    continue;
                };
                let file = &self.nodes[target].file;
                if file != &node.file {
                    arrows.entry(node.file.clone()).or_default().insert(file.clone());
                }
            }
        }
        arrows
    }

    fn names(&self, file: &str) -> Result<Names> {
        let text = self.sources.get(file).map_or("", String::as_str);
        text.parse().with_context(|| format!("reading the tokens of src/{file}"))
    }

    /// Adds a module whose children lie in `folder`, which is empty or ends in a slash.
    fn add(&mut self, file: &str, folder: &str, parent: usize, names: Names) -> Result<usize> {
        let index = self.nodes.len();
        self.nodes.push(Node::new(file, parent, &names));
        for module in names.modules {
            let name = module.name.clone();
            if let Some(child) = self.child(file, folder, index, module)? {
                self.nodes[index].children.insert(name, child);
            }
        }
        Ok(index)
    }

    /// Adds a module declared in `file`: its own names where it is inline, those of its file otherwise.
    fn child(
        &mut self,
        file: &str,
        folder: &str,
        parent: usize,
        module: Module,
    ) -> Result<Option<usize>> {
        let inner = format!("{folder}{}/", module.name);
        if let Some(names) = module.inline {
            return self.add(file, &inner, parent, names).map(Some);
        }
        let candidates = [format!("{folder}{}.rs", module.name), format!("{inner}mod.rs")];
        let Some(file) = candidates.iter().find(|file| self.sources.contains_key(*file)) else {
            return Ok(None); // the compiler says what is missing
        };
        let names = self.names(file)?;
        self.add(file, &inner, parent, names).map(Some)
    }

    /// The module a path leads to, or `None` where it leaves the crate.
    fn resolve(&self, from: usize, path: &[String], hops: usize) -> Option<usize> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.descend(ROOT, rest, hops),
            "self" => self.descend(from, rest, hops),
            "super" => self.resolve_from_parent(from, rest, hops),
            name if self.nodes[from].knows(name) => self.descend(from, path, hops),
            _ => None,
        }
    }

    fn resolve_from_parent(&self, from: usize, rest: &[String], hops: usize) -> Option<usize> {
        let parent = self.nodes[from].parent;
        match rest.first() {
            Some(next) if next == "super" => self.resolve(parent, rest, hops),
            _ => self.descend(parent, rest, hops),
        }
    }

    fn descend(&self, from: usize, path: &[String], hops: usize) -> Option<usize> {
        let Some((name, rest)) = path.split_first() else {
            return Some(from);
        };
        let node = &self.nodes[from];
        if let Some(&child) = node.children.get(name) {
            return self.descend(child, rest, hops);
        }
        let Some(import) = node.imports.get(name) else {
            return Some(from); // an item of this module
        };
        if hops == MAX_HOPS {
            return None;
        }
        let onward = [import.as_slice(), rest].concat();
        self.resolve(from, &onward, hops + 1)
    }
}

impl Node {
    fn new(file: &str, parent: usize, names: &Names) -> Self {
        let imports = names.uses.iter().filter_map(|leaf| {
            let name = leaf.name.clone()?;
            Some((name, leaf.path.clone()))
        });
        let used = names.uses.iter().map(|leaf| leaf.path.clone());
        Self {
            file: file.to_owned(),
            parent,
            children: BTreeMap::new(),
            imports: imports.collect(),
            mentions: used.chain(names.paths.iter().cloned()).collect(),
        }
    }

    fn knows(&self, name: &str) -> bool {
        self.children.contains_key(name) || self.imports.contains_key(name)
    }
}
