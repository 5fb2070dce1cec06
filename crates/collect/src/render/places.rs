//! Where the values of an object were written, while they are looked for.

use std::sync::Arc;

use model::tree::{Node, Position};
use model::{Door, Rendered, Rendering, Shows, Spot};

/// What is known of each value of an object, in their order.
pub(super) struct Places {
    spots: Vec<Spot>,
    doors: Vec<Door>,
}

impl Places {
    /// Of an object with so many values, of which the file alone is known.
    pub(super) fn new(file: &Arc<str>, values: usize) -> Self {
        Self { spots: vec![beginning(file); values], doors: Vec::new() }
    }

    /// A value was written here.
    pub(super) fn set(&mut self, node: Node<'_>, spot: Spot) {
        if let Some(own) = self.spots.get_mut(node.index()) {
            *own = spot;
        }
    }

    /// A field that a value does not have would be written here, or any of them.
    pub(super) fn open(&mut self, node: Node<'_>, key: Option<&str>, spot: Spot) {
        self.doors.push(Door { node: node.index(), key: key.map(Into::into), spot });
    }

    /// All of it.
    pub(super) fn of(self, rendering: Arc<Rendering>) -> Rendered {
        Rendered { rendering, spots: self.spots.into(), doors: self.doors.into() }
    }
}

/// The beginning of a file, where more is not known.
pub(super) fn beginning(file: &Arc<str>) -> Spot {
    let at = Position { line: 1, column: 1 };
    Spot { file: Arc::clone(file), at, shows: Shows::Around, path: None }
}
