//! What mends the findings of a report by machine: changes of objects, file by file.

use std::collections::BTreeMap;
use std::sync::Arc;

use checks::{Check, Flaw};
use finding::{Change, Finding, Fix, Location, To};
use fix::Order;
use model::{Inventory, Object, ObjectId};

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
    /// How far it can be trusted.
    pub level: Level,
    /// The changes of its object.
    pub changes: Vec<Change>,
    /// The value that somebody set and that goes, as it is written.
    pub was: Option<String>,
}

impl Mending<'_> {
    /// It as an order to change its text.
    pub fn order(&self) -> Order<'_> {
        let at = (self.location.line, self.location.column);
        Order { object: &self.finding.object, at, changes: self.changes.clone() }
    }
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
    Some(Mending { finding, location, level, changes, was })
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
        let same = self.0.get(&(&*location.file, Arc::as_ref(&finding.object)))?;
        let starts = |it: &&&Object| it.root().position().line <= location.line;
        same.iter().rfind(starts).or(same.first()).copied()
    }
}
