//! Objects that a program rendered: of what, with what, and where their values were written.

use std::fmt;
use std::sync::Arc;

use crate::tree::{Node, Position};

/// One rendering of a chart or a kustomization.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rendering {
    file: Arc<str>,
    source: Arc<str>,
    variant: Option<Arc<str>>,
}

impl Rendering {
    /// Of the chart or kustomization that a file declares, as one of several variants if it has a
    /// name.
    pub fn new(source: Arc<str>, variant: Option<Arc<str>>) -> Self {
        let file = match &variant {
            Some(variant) => format!("{source} ({variant})").into(),
            None => Arc::clone(&source),
        };
        Self { file, source, variant }
    }

    /// What stands for the file of its objects: the one that declares the chart or kustomization, and
    /// the variant.
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// The file that declares the chart or kustomization.
    pub fn source(&self) -> &Arc<str> {
        &self.source
    }

    /// The folder of the chart or kustomization, `.` for where the user stands.
    pub fn folder(&self) -> &str {
        self.source.rsplit_once('/').map_or(".", |(folder, _)| folder)
    }

    /// The name of the variant, where several were asked for.
    pub fn variant(&self) -> Option<&str> {
        self.variant.as_deref()
    }
}

impl fmt::Display for Rendering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.folder())?;
        self.variant.as_ref().map_or(Ok(()), |variant| write!(f, " ({variant})"))
    }
}

/// An object as a program rendered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The rendering it came from.
    pub rendering: Arc<Rendering>,
    /// Where each value of its tree was written, in their order; the first stands for all that have
    /// none.
    pub spots: Box<[Spot]>,
}

/// Where a value was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file, as the user would write it.
    pub file: Arc<str>,
    /// Line and column in that file.
    pub at: Position,
    /// What stands there.
    pub shows: Shows,
}

/// What stands at the place where a value was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// The value itself.
    Value,
    /// Its field, whose value is made of something else.
    Field,
    /// A field around it, or the file: more is not certain.
    Around,
}

impl Rendered {
    /// Where a value of the object was written.
    pub fn spot(&self, node: Node<'_>) -> Option<&Spot> {
        self.spots.get(node.index()).or_else(|| self.spots.first())
    }

    /// The same, for a tree of its own that stands inside a text of this one.
    pub(crate) fn around(&self) -> Self {
        let spots =
            self.spots.iter().take(1).map(|spot| Spot { shows: Shows::Around, ..spot.clone() });
        Self { rendering: Arc::clone(&self.rendering), spots: spots.collect() }
    }
}
