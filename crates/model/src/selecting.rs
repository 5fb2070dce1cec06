//! Whatever selects pods, found by the labels of a pod without asking all of it.

use std::collections::BTreeMap;
use std::iter::{self, Peekable};
use std::slice;

use crate::object::Labels;
use crate::selector::Selector;

/// Something that selects pods of its namespace.
pub trait Selects<'a> {
    /// The namespace whose pods it selects.
    fn namespace(&self) -> &'a str;

    /// What it asks of their labels.
    fn selector(&self) -> &Selector<'a>;
}

/// Things that select pods. What asks for a label is only held against pods that carry it.
#[derive(Debug)]
pub struct Selecting<'a, T> {
    all: Vec<T>,
    within: BTreeMap<&'a str, Vec<usize>>,
    labelled: BTreeMap<[&'a str; 3], Vec<usize>>,
    general: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a, T: Selects<'a>> Selecting<'a, T> {
    /// The things of a namespace, in their order.
    pub fn within<'b>(&'b self, namespace: &str) -> impl Iterator<Item = &'b T> + use<'a, 'b, T> {
        let indices = self.within.get(namespace).into_iter().flatten();
        indices.filter_map(|index| self.all.get(*index))
    }

    /// All of them, namespace by namespace.
    pub fn all(&self) -> impl Iterator<Item = &T> {
        self.within.values().flatten().filter_map(|index| self.all.get(*index))
    }

    /// What selects a pod of a namespace that carries some labels, in their order.
    pub fn selecting<'b>(
        &'b self,
        namespace: &'b str,
        labels: Labels<'b>,
    ) -> impl Iterator<Item = &'b T> + use<'a, 'b, T> {
        let labelled = labels
            .all()
            .filter_map(move |(key, value)| self.labelled.get(&[namespace, key, value]));
        let lists = labelled.chain(self.general.get(namespace));
        let may_select = in_order(lists.map(|it| it.iter().peekable()).collect())
            .filter_map(|index| self.all.get(index));
        may_select.filter(move |it| it.selector().matches(labels))
    }
}

impl<'a, T: Selects<'a>> FromIterator<T> for Selecting<'a, T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        let all: Vec<T> = things.into_iter().collect();
        let mut within: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut labelled: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut general: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (index, thing) in all.iter().enumerate() {
            let namespace = thing.namespace();
            within.entry(namespace).or_default().push(index);
            match thing.selector().label() {
                Some((key, value)) => labelled.entry([namespace, key, value]).or_default(),
                None => general.entry(namespace).or_default(),
            }
            .push(index);
        }
        Self { all, within, labelled, general }
    }
}

/// Merges lists, each in order, of which no two share a number.
fn in_order(mut lists: Vec<Peekable<slice::Iter<'_, usize>>>) -> impl Iterator<Item = usize> {
    iter::from_fn(move || {
        let first = lists.iter_mut().filter_map(|it| Some((**it.peek()?, it)));
        let (index, list) = first.min_by_key(|(index, _)| *index)?;
        list.next();
        Some(index)
    })
}
