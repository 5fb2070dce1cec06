//! What mends the findings of a report by machine: changes of objects, file by file.

use std::collections::BTreeMap;
use std::sync::Arc;

use checks::{Check, Flaw};
use finding::{Change, Finding, Fix, Location, To};
use fix::Order;
use model::tree::Position;
use model::{Inventory, Object, ObjectId, Rendered};

/// How far a machine is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Only what cannot change what a working program does.
    Safe,
    /// Also what a person must look at.
    Review,
}

/// What mends one finding at one place.
#[derive(Clone, Debug)]
pub struct Mending<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// Where it stands.
    pub location: &'a Location,
    /// Where it is mended.
    pub seat: Seat,
    /// How far it can be trusted.
    pub level: Level,
    /// What changes there.
    pub changes: Vec<Change>,
    /// The value that somebody set and that goes, as it is written.
    pub was: Option<String>,
}

/// Where a text is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The file.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// Whether the object stands there, as a whole. If not, what it was rendered from does, and paths
    /// start at the root of that document.
    pub is_object: bool,
}

impl Mending<'_> {
    /// It as an order to change its text.
    pub fn order(&self) -> Order<'_> {
        let object = self.seat.is_object.then_some(&*self.finding.object);
        Order { object, at: (self.seat.line, self.seat.column), changes: self.changes.clone() }
    }
}

impl Seat {
    /// Where a finding stands that is no part of anything rendered.
    pub fn of(location: &Location) -> Self {
        let Location { file, line, column, .. } = location;
        Self { file: Arc::clone(file), line: *line, column: *column, is_object: true }
    }
}

/// What stands for the file of an object with a finding: the file, or what was rendered.
pub fn source(location: &Location) -> &str {
    location.rendered.as_ref().map_or(&location.file, |it| it.rendering.file())
}

/// What mends the findings that are open, in the order of the report; those that no machine mends are
/// left out.
pub fn mendings<'a>(
    inventory: &Inventory,
    findings: impl IntoIterator<Item = &'a Finding>,
) -> Vec<Mending<'a>> {
    let objects = Objects::of(inventory);
    let open = findings.into_iter().filter(|it| it.accepted.is_none() && !it.known);
    let checked = open.filter_map(|it| Some((it, checks::find(&it.check)?, level(it.fix)?)));
    let all = checked.flat_map(|(finding, check, level)| {
        let objects = &objects;
        let at = finding.locations.iter();
        at.filter_map(move |location| mending(objects, finding, location, check, level))
    });
    all.collect()
}

fn mending<'a>(
    objects: &Objects<'_>,
    finding: &'a Finding,
    location: &'a Location,
    check: &Check,
    level: Level,
) -> Option<Mending<'a>> {
    let object = objects.at(finding, location).filter(|it| !it.is_held())?;
    let changes = check.changes(object, finding);
    if changes.is_empty() {
        return None;
    }
    let was = changes.iter().find_map(|change| overwritten(object, change));
    let Some(rendered) = object.origin().rendered() else {
        return Some(Mending { finding, location, seat: Seat::of(location), level, changes, was });
    };
    let (seat, changes) = behind(rendered, object, changes)?;
    // A value may be printed elsewhere too.
    let level = if rendered.rendering.is_chart() { Level::Review } else { level };
    Some(Mending { finding, location, seat, level, changes, was })
}

/// The same changes where the object was rendered from, if all are of one file of data.
fn behind(
    rendered: &Rendered,
    object: &Object,
    changes: Vec<Change>,
) -> Option<(Seat, Vec<Change>)> {
    let mut seat: Option<Seat> = None;
    let mut written = Vec::new();
    for change in changes {
        let (spot, path) = rendered.seat(object.root(), &change.path)?;
        let Position { line, column } = spot.at;
        let own = Seat { file: Arc::clone(&spot.file), line, column, is_object: false };
        if seat.get_or_insert_with(|| own.clone()).file != own.file {
            return None;
        }
        written.push(Change { path, ..change });
    }
    seat.map(|seat| (seat, written))
}

/// The value that a change does away with, where it is a scalar.
fn overwritten(object: &Object, change: &Change) -> Option<String> {
    let goes = matches!(change.to, To::Value(_) | To::Nothing | To::Cleared);
    let node = Flaw::new(object, &change.path).node().filter(|_| goes)?;
    let is_scalar = node.children().next().is_none() && !node.text().is_empty();
    is_scalar.then(|| node.text().to_owned())
}

fn level(fix: Fix) -> Option<Level> {
    match fix {
        Fix::Safe(_) => Some(Level::Safe),
        Fix::Review(_) => Some(Level::Review),
        Fix::Manual(_) => None,
    }
}

/// The objects of files by who they are; one that is given again stands at a later line.
struct Objects<'a>(BTreeMap<(&'a str, &'a ObjectId), Vec<&'a Object>>);

impl<'a> Objects<'a> {
    fn of(inventory: &'a Inventory) -> Self {
        let mut objects: BTreeMap<_, Vec<&Object>> = BTreeMap::new();
        for object in inventory.objects() {
            if let Some(file) = object.origin().file() {
                objects.entry((file, object.id())).or_default().push(object);
            }
        }
        Self(objects)
    }

    fn at(&self, finding: &Finding, location: &Location) -> Option<&'a Object> {
        let same = self.0.get(&(source(location), Arc::as_ref(&finding.object)))?;
        let is_rendered = location.rendered.is_some();
        let starts = |it: &&&Object| is_rendered || it.root().position().line <= location.line;
        same.iter().rfind(starts).or(same.first()).copied()
    }
}
