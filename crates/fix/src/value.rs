//! What a document means, whatever it looks like.

use std::collections::BTreeMap;

use collect::yaml::{Document, Limits, Reader};
use finding::{Change, To};
use model::path::{Step, steps};
use model::tree::{Node, Type};

use crate::refusal::Refusal;

/// A value without its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A scalar, in canonical form.
    Scalar(Type, String),
    /// A list.
    Seq(Vec<Value>),
    /// A mapping; the order of its entries means nothing.
    Map(BTreeMap<String, Value>),
}

impl Value {
    /// What a value of a tree means.
    pub fn of(node: Node<'_>) -> Self {
        match node.kind() {
            Type::Map => {
                let entries = node.entries().map(|it| (it.key().to_owned(), Self::of(it)));
                Value::Map(entries.collect())
            }
            Type::Seq => Value::Seq(node.items().map(Self::of).collect()),
            kind => Value::Scalar(kind, node.text().to_owned()),
        }
    }

    /// Reads JSON.
    ///
    /// # Errors
    /// When the text is none.
    pub fn read(json: &str) -> Result<Self, Refusal> {
        // A scalar alone is read inside a list, as is everything.
        let text = format!("[{json}]");
        let (mut documents, mut limits) = (Vec::new(), Limits::for_text(text.len()));
        let read = Reader::default().read(&text, 1, &mut limits, &mut documents);
        let Some(Document::Tree(tree)) = documents.pop() else { return Err(Refusal::Unreadable) };
        let mut items = tree.root().items();
        match (read, items.next(), items.next()) {
            (Ok(()), Some(only), None) => Ok(Self::of(only)),
            _ => Err(Refusal::Unreadable),
        }
    }

    /// Carries out a change.
    ///
    /// # Errors
    /// When what should change is not there.
    pub fn change(&mut self, change: &Change) -> Result<(), Refusal> {
        let steps = steps(&change.path).ok_or(Refusal::Unreadable)?;
        if change.to == To::Cleared {
            return self.clear(&steps);
        }
        let Some((last, way)) = steps.split_last() else { return Err(Refusal::Unreadable) };
        let makes = matches!(change.to, To::Value(_) | To::Longer(_));
        let mut within = self;
        for step in way {
            within = within.step(step, makes)?;
        }
        match &change.to {
            To::Value(json) => *within.step(last, true)? = Self::read(json)?,
            To::Longer(json) => within.step(last, true)?.push(Self::read(json)?)?,
            To::Nothing | To::Cleared => drop(within.take(last)?),
            To::Key(key) => {
                let value = within.take(last)?;
                let Value::Map(entries) = within else { return Err(Refusal::Shape) };
                if entries.insert(key.clone(), value).is_some() {
                    return Err(Refusal::Contradiction);
                }
            }
            // What is written can be read from the text alone.
            To::Quoted => return Err(Refusal::Unreadable),
            To::Once => drop(within.step(last, false)?),
        }
        Ok(())
    }

    /// Takes a value away, and the entries on the way to it that are empty then.
    fn clear(&mut self, steps: &[Step<'_>]) -> Result<(), Refusal> {
        let (first, rest) = steps.split_first().ok_or(Refusal::Unreadable)?;
        if rest.is_empty() {
            return self.take(first).map(drop);
        }
        let within = self.step(first, false)?;
        within.clear(rest)?;
        if within.len() == 0 && matches!(first, Step::Key(_)) {
            self.take(first)?;
        }
        Ok(())
    }

    /// How many values are directly inside.
    pub(crate) fn len(&self) -> usize {
        match self {
            Value::Scalar(..) => 0,
            Value::Seq(items) => items.len(),
            Value::Map(entries) => entries.len(),
        }
    }

    /// The value of an entry.
    pub(crate) fn entry(&self, key: &str) -> Option<&Self> {
        let Value::Map(entries) = self else { return None };
        entries.get(key)
    }

    /// An item of a list, by its name or its number.
    pub(crate) fn item(&self, item: &str) -> Option<&Self> {
        let Value::Seq(items) = self else { return None };
        items.get(index(items, item)?)
    }

    /// The value behind one step, made where it is missing and `makes` says so.
    fn step(&mut self, step: &Step<'_>, makes: bool) -> Result<&mut Self, Refusal> {
        if makes && *self == Self::null() {
            *self = Value::Map(BTreeMap::new());
        }
        match (self, step) {
            (Value::Map(entries), Step::Key(key)) => {
                let key = key.clone().into_owned();
                if makes {
                    return Ok(entries.entry(key).or_insert_with(Self::null));
                }
                entries.get_mut(&key).ok_or(Refusal::Unreadable)
            }
            (Value::Seq(items), Step::Item(item)) => {
                let index = index(items, item).ok_or(Refusal::Unreadable)?;
                items.get_mut(index).ok_or(Refusal::Unreadable)
            }
            _ => Err(Refusal::Shape),
        }
    }

    fn take(&mut self, step: &Step<'_>) -> Result<Self, Refusal> {
        match (self, step) {
            (Value::Map(entries), Step::Key(key)) => {
                entries.remove(&**key).ok_or(Refusal::Unreadable)
            }
            (Value::Seq(items), Step::Item(item)) => {
                let index = index(items, item).ok_or(Refusal::Unreadable)?;
                Ok(items.remove(index))
            }
            _ => Err(Refusal::Shape),
        }
    }

    fn push(&mut self, item: Self) -> Result<(), Refusal> {
        if *self == Self::null() {
            *self = Value::Seq(Vec::new());
        }
        let Value::Seq(items) = self else { return Err(Refusal::Shape) };
        items.push(item);
        Ok(())
    }

    fn null() -> Self {
        Value::Scalar(Type::Null, String::new())
    }

    fn name(&self) -> Option<&str> {
        let Value::Map(entries) = self else { return None };
        match entries.get("name") {
            Some(Value::Scalar(Type::Str, name)) => Some(name),
            _ => None,
        }
    }
}

/// The place of an item in a list: by its name, if one alone bears it, or else by its number.
fn index(items: &[Value], item: &str) -> Option<usize> {
    let number = item.parse::<usize>().ok();
    let mut named = items.iter().enumerate().filter(|(_, it)| it.name() == Some(item));
    match (named.next(), named.next()) {
        (Some((index, _)), None) if number.is_none() => Some(index),
        _ => number.filter(|index| *index < items.len()),
    }
}
