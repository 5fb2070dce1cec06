//! What mends a finding without a person's hand.

use finding::Change;
use model::path::{Step, steps};
use model::{Container, Node, Object, Workload};

/// How a machine mends what a check finds.
#[derive(Clone, Copy, Debug)]
pub enum Edit {
    /// It does not: there is something to decide or to write.
    None,
    /// The field that a finding names gets this value, written as JSON.
    Set(&'static str),
    /// The field that a finding names goes, so that the default holds, and what would be empty
    /// without it.
    Remove,
    /// What it takes follows from what is there; no change where nothing can be said.
    By(fn(&Flaw<'_>) -> Vec<Change>),
}

/// The field that a finding names, in its object.
#[derive(Clone, Copy, Debug)]
pub struct Flaw<'a> {
    object: &'a Object,
    path: &'a str,
}

impl<'a> Flaw<'a> {
    /// The field of a path in an object.
    pub fn new(object: &'a Object, path: &'a str) -> Self {
        Self { object, path }
    }

    /// The object.
    pub fn object(&self) -> &'a Object {
        self.object
    }

    /// The way to the field from the object's root.
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// The field, where it is there.
    pub fn node(&self) -> Option<Node<'a>> {
        self.object.root().follow(self.path)
    }

    /// The pod template that the field stands in.
    pub fn workload(&self) -> Option<Workload<'a>> {
        Workload::all_of(self.object).find(|it| self.is_in(it.spec()))
    }

    /// The container that the field stands in.
    pub fn container(&self) -> Option<Container<'a>> {
        self.workload()?.containers().find(|it| self.is_in(it.node()))
    }

    /// Whether the field is one of those below a value.
    fn is_in(&self, node: Node<'_>) -> bool {
        let below = self.path.strip_prefix(&node.path());
        below.is_some_and(|it| it.is_empty() || it.starts_with(['.', '[']))
    }

    /// The way to a field inside of this one.
    pub fn below(&self, fields: &str) -> String {
        if self.path.is_empty() {
            return fields.to_owned();
        }
        format!("{}.{fields}", self.path)
    }

    /// The way to what is so many steps around this field.
    pub fn around(&self, levels: usize) -> &'a str {
        (0..levels).fold(self.path, |path, _| without_last(path))
    }

    /// The way to another field, beside this one.
    pub fn beside(&self, field: &str) -> String {
        Self { path: self.around(1), ..*self }.below(field)
    }
}

/// A path without its last step.
fn without_last(path: &str) -> &str {
    let whole = steps(path).map_or(0, |it| it.len());
    let mut ends = path.char_indices().rev().filter(|(_, it)| matches!(it, '.' | '['));
    let shorter = ends.find_map(|(end, _)| {
        let (head, tail) = path.split_at(end);
        let own = steps(tail.strip_prefix('.').unwrap_or(tail))?;
        let is_one = own.len() == 1 && steps(head)?.len() + 1 == whole;
        let is_key = tail.starts_with('[') || matches!(own[..], [Step::Key(_)]);
        (is_one && is_key).then_some(head)
    });
    shorter.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_around_a_field_is_its_path_without_the_last_step() {
        for (path, around) in [
            ("spec.a", "spec"),
            ("spec", ""),
            ("", ""),
            ("spec.c[api].x", "spec.c[api]"),
            ("spec.c[api]", "spec.c"),
            ("a[\"b.c[d]\"]", "a"),
            ("a[\"b.c[d]\"].e", "a[\"b.c[d]\"]"),
        ] {
            assert_eq!(without_last(path), around, "{path}");
        }
    }
}
