//! Objects that a program rendered: of what, with what, and where their values were written.

use std::fmt;
use std::sync::Arc;

use crate::path::{Step, entry, steps};
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

    /// Whether it is of a chart.
    pub fn is_chart(&self) -> bool {
        self.source.rsplit('/').next() == Some("Chart.yaml")
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
    /// Where values would be written that it does not have.
    pub doors: Box<[Door]>,
}

/// Where fields come from that an object does not have: what is written there would stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// The value of the object that they would stand in, by its place in its tree.
    pub node: usize,
    /// The field whose value is there; nothing where it holds the fields themselves.
    pub key: Option<Box<str>>,
    /// The place, which has a path.
    pub spot: Spot,
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
    /// The way to the value itself from the root of its document, where the file is one of data.
    pub path: Option<Arc<str>>,
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

impl Spot {
    /// The same place, for something in it whose own is not certain.
    #[must_use]
    pub fn around(&self) -> Self {
        Self { shows: Shows::Around, path: None, ..self.clone() }
    }

    /// It, and the path of something in its value.
    fn below(&self, rest: &[Step<'_>]) -> Option<(&Self, String)> {
        let path = self.path.as_deref()?.to_owned();
        let path = rest.iter().fold(path, |path, step| match step {
            Step::Key(key) => entry(&path, key),
            Step::Item(item) => format!("{path}[{item}]"),
        });
        Some((self, path))
    }
}

impl Rendered {
    /// Where a value of the object was written.
    pub fn spot(&self, node: Node<'_>) -> Option<&Spot> {
        self.spots.get(node.index()).or_else(|| self.spots.first())
    }

    /// Where a change of a field of the object would be written, and the path of the field there;
    /// nothing where no file of data has it.
    pub fn seat(&self, root: Node<'_>, path: &str) -> Option<(&Spot, String)> {
        let steps = steps(path)?;
        let (mut node, mut rest) = (root, steps.as_slice());
        while let Some((step, behind)) = rest.split_first()
            && let Some(next) = node.step(step)
        {
            (node, rest) = (next, behind);
        }
        let own = self.spots.get(node.index());
        let door = |key: Option<&str>| {
            let mut doors = self.doors.iter().filter(|it| it.node == node.index());
            doors.find(|it| it.key.as_deref() == key).map(|it| &it.spot)
        };
        match rest.split_first() {
            None => own?.below(rest),
            Some((Step::Key(key), behind)) => door(Some(key))
                .and_then(|spot| spot.below(behind))
                .or_else(|| own?.below(rest))
                .or_else(|| door(None)?.below(rest)),
            Some((Step::Item(_), _)) => None,
        }
    }

    /// The same, for a tree of its own that stands inside a text of this one.
    pub(crate) fn around(&self) -> Self {
        let spots = self.spots.iter().take(1).map(Spot::around);
        Self {
            rendering: Arc::clone(&self.rendering),
            spots: spots.collect(),
            doors: Box::default(),
        }
    }
}
