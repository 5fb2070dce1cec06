//! The changes of one document as a tree, so that what goes to one place goes there at once.

use std::collections::BTreeMap;

use finding::{Change, To};
use model::path::{Step, steps};

use crate::refusal::Refusal;
use crate::value::Value;

/// What becomes of a value and of what is inside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// What becomes of the value itself.
    pub own: Option<Own>,
    /// What becomes of what is inside, in the order of the changes.
    pub within: Vec<(Way, Patch)>,
}

/// What becomes of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Own {
    /// It is this one.
    Value(Value),
    /// It goes.
    Nothing,
    /// It goes, and what would be empty without it.
    Cleared,
    /// Its key is another.
    Key(String),
    /// It gains items.
    Longer(Vec<Value>),
    /// Its key stands once.
    Once,
}

/// A step that outlives the path it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// To an entry.
    Key(String),
    /// To an item.
    Item(String),
}

impl Patch {
    /// Adds a change.
    ///
    /// # Errors
    /// When it cannot be read, or contradicts one that was added before.
    pub fn add(&mut self, change: &Change) -> Result<(), Refusal> {
        let mut place = self;
        for step in steps(&change.path).ok_or(Refusal::Unreadable)? {
            if matches!(place.own, Some(Own::Nothing | Own::Cleared | Own::Value(_) | Own::Key(_)))
            {
                return Err(Refusal::Contradiction);
            }
            place = place.step(step);
        }
        if !place.within.is_empty() && !matches!(change.to, To::Longer(_)) {
            return Err(Refusal::Contradiction);
        }
        let own = match &change.to {
            To::Value(json) => Own::Value(Value::read(json)?),
            To::Nothing => Own::Nothing,
            To::Cleared => Own::Cleared,
            To::Key(key) => Own::Key(key.clone()),
            To::Quoted => return Err(Refusal::Unreadable),
            To::Once => Own::Once,
            To::Longer(json) => return place.append(Value::read(json)?),
        };
        match &place.own {
            Some(other) if *other != own => Err(Refusal::Contradiction),
            _ => {
                place.own = Some(own);
                Ok(())
            }
        }
    }

    /// Lets the entries go, too, of which all that is inside is cleared.
    pub fn clear(&mut self, value: &Value) {
        for (way, patch) in &mut self.within {
            let there = match way {
                Way::Key(key) => value.entry(key),
                Way::Item(item) => value.item(item),
            };
            let Some(value) = there else { continue };
            patch.clear(value);
            let is_cleared = patch.within.iter().all(|(_, it)| it.own == Some(Own::Cleared));
            let is_all = !patch.within.is_empty() && patch.within.len() == value.len();
            if matches!(way, Way::Key(_)) && patch.own.is_none() && is_cleared && is_all {
                *patch = Self { own: Some(Own::Cleared), within: Vec::new() };
            }
        }
    }

    /// Whether the value goes.
    pub fn goes(&self) -> bool {
        matches!(self.own, Some(Own::Nothing | Own::Cleared))
    }

    /// The value that is to stand where nothing is yet.
    ///
    /// # Errors
    /// When the changes do not make one.
    pub fn to_value(&self) -> Result<Value, Refusal> {
        match &self.own {
            Some(Own::Value(value)) => return Ok(value.clone()),
            Some(Own::Longer(items)) => return Ok(Value::Seq(items.clone())),
            Some(_) => return Err(Refusal::Shape),
            None => {}
        }
        let mut entries = BTreeMap::new();
        for (way, patch) in &self.within {
            let Way::Key(key) = way else { return Err(Refusal::Shape) };
            entries.insert(key.clone(), patch.to_value()?);
        }
        Ok(Value::Map(entries))
    }

    fn step(&mut self, step: Step<'_>) -> &mut Patch {
        let way = match step {
            Step::Key(key) => Way::Key(key.into_owned()),
            Step::Item(item) => Way::Item(item.to_owned()),
        };
        let known = self.within.iter().position(|(own, _)| *own == way);
        let index = known.unwrap_or_else(|| {
            self.within.push((way, Patch::default()));
            self.within.len() - 1
        });
        &mut self.within[index].1
    }

    fn append(&mut self, item: Value) -> Result<(), Refusal> {
        match &mut self.own {
            None => self.own = Some(Own::Longer(vec![item])),
            Some(Own::Longer(items)) => items.push(item),
            Some(_) => return Err(Refusal::Contradiction),
        }
        Ok(())
    }
}
