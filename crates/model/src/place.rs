//! Evidence: a value of an object, or the field that is missing from it.

use crate::object::Object;
use crate::rendering::Spot;
use crate::tree::{Node, Position, push_key};

/// A value of an object, or the place where a field is missing.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    object: &'a Object,
    node: Node<'a>,
    missing: Vec<&'a str>,
}

impl<'a> Place<'a> {
    /// A value that is there.
    pub fn of(object: &'a Object, node: Node<'a>) -> Self {
        Self { object, node, missing: Vec::new() }
    }

    /// The value behind keys joined by dots, below a value; as much of the way as is there, and
    /// what is missing of it.
    pub fn below(object: &'a Object, node: Node<'a>, path: &'a str) -> Self {
        let mut place = Self::of(object, node);
        for key in path.split('.') {
            match place.node.get(key) {
                Some(next) if place.missing.is_empty() => place.node = next,
                _ => place.missing.push(key),
            }
        }
        place
    }

    /// The object it belongs to.
    pub fn object(&self) -> &'a Object {
        self.object
    }

    /// The way from the object's root, missing fields included, list items by name.
    pub fn path(&self) -> String {
        let mut path = self.node.path();
        self.missing.iter().for_each(|key| push_key(&mut path, key));
        path
    }

    /// Where the value stands, or the innermost value around what is missing.
    pub fn position(&self) -> Position {
        self.node.position()
    }

    /// The file and the place in it, if the object came from one.
    pub fn spot(&self) -> Option<Spot> {
        self.object.origin().spot(self.node)
    }

    /// Whether the field is not there at all.
    pub fn is_missing(&self) -> bool {
        !self.missing.is_empty()
    }
}

impl Object {
    /// The value behind keys joined by dots as evidence, even where it is missing.
    pub fn place<'a>(&'a self, path: &'a str) -> Place<'a> {
        Place::below(self, self.root(), path)
    }
}
