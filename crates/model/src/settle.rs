//! Merge keys spread and repeated keys dropped: from the values as the text gives them to those
//! that the API server sees.
//!
//! It happens once, when the whole document is there, so that no value moves while an alias may
//! still refer to it, and none moves twice.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::tree::{Duplicate, Run, Slot, Type};

/// A document with more repeated keys than this names the first ones only.
const MOST_DUPLICATES: usize = 64;

/// The values that count, and the keys that stood more than once, each with the index of its
/// mapping and no path yet.
pub(crate) fn settle(given: &[Slot], text: &str) -> (Vec<Slot>, Vec<Duplicate>) {
    let slots = Vec::with_capacity(given.len());
    let mut settling = Settling { given, text, slots, duplicates: Vec::new() };
    settling.write(0);
    (settling.slots, settling.duplicates)
}

struct Settling<'a> {
    given: &'a [Slot],
    text: &'a str,
    slots: Vec<Slot>,
    duplicates: Vec<Duplicate>,
}

/// The entries of a mapping that count.
#[derive(Default)]
struct Kept {
    entries: Vec<usize>,
    /// Entries of the mapping itself that it repeats, each with its next namesake.
    repeated: Vec<(usize, usize)>,
}

impl Settling<'_> {
    /// Writes a value and all below it; no deeper than a reader lets values nest.
    fn write(&mut self, index: usize) {
        let Some(slot) = self.given.get(index) else { return };
        let top = self.slots.len();
        self.slots.push(*slot);
        if slot.unsettled {
            let kept = self.kept(index);
            self.note(top, &kept.repeated);
            kept.entries.into_iter().for_each(|entry| self.write(entry));
        } else {
            let mut child = index + 1;
            while child < index + slot.size as usize {
                self.write(child);
                child += self.given[child].size as usize;
            }
        }
        let size = self.slots.len() - top;
        self.slots[top].size = u32::try_from(size).unwrap_or(slot.size);
    }

    /// Of several entries with the same key the last counts.
    fn kept(&self, map: usize) -> Kept {
        let mut namesakes: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        let mut kept = Kept::default();
        for (entry, from_merge) in self.spread(map).into_iter().rev() {
            let own = (!from_merge).then_some(entry);
            match namesakes.entry(self.run(self.given[entry].key)) {
                Entry::Vacant(vacant) => {
                    vacant.insert(own);
                    kept.entries.push(entry);
                }
                Entry::Occupied(mut next) => {
                    kept.repeated.extend(own.zip(*next.get()));
                    next.insert(own.or(*next.get()));
                }
            }
        }
        kept.entries.reverse();
        kept.repeated.reverse();
        kept
    }

    /// The entries with each merge key replaced by what it merges, and whether it did. Of several
    /// merged mappings the first wins, so they are laid down in reverse.
    fn spread(&self, map: usize) -> Vec<(usize, bool)> {
        let mut spread = Vec::new();
        for entry in self.children(map) {
            match (self.given[entry].merge, self.given[entry].kind) {
                (true, Type::Map) => self.merge(entry, &mut spread),
                (true, Type::Seq) => {
                    let sources: Vec<usize> = self.children(entry).collect();
                    let maps = sources.into_iter().rev();
                    maps.filter(|&source| self.given[source].kind == Type::Map)
                        .for_each(|source| self.merge(source, &mut spread));
                }
                _ => spread.push((entry, false)),
            }
        }
        spread
    }

    fn merge(&self, map: usize, spread: &mut Vec<(usize, bool)>) {
        if self.given[map].unsettled {
            spread.extend(self.kept(map).entries.into_iter().map(|entry| (entry, true)));
        } else {
            spread.extend(self.children(map).map(|entry| (entry, true)));
        }
    }

    fn children(&self, container: usize) -> impl Iterator<Item = usize> {
        let size = |index: usize| self.given[index].size as usize;
        let end = container + size(container);
        let first = Some(container + 1).filter(|&child| child < end);
        std::iter::successors(first, move |&child| {
            Some(child + size(child)).filter(|&next| next < end)
        })
    }

    /// Notes repeated keys. What stands behind an anchor is noted once.
    fn note(&mut self, map: usize, repeated: &[(usize, usize)]) {
        for &(first, again) in repeated {
            let (first, again) = (self.given[first], self.given[again]);
            let known = |it: &Duplicate| (it.first, it.again) == (first.at, again.at);
            if self.duplicates.len() < MOST_DUPLICATES && !self.duplicates.iter().any(known) {
                self.duplicates.push(Duplicate {
                    key: self.run(first.key).into(),
                    within: Box::default(),
                    first: first.at,
                    again: again.at,
                    map,
                });
            }
        }
    }

    fn run(&self, run: Run) -> &str {
        &self.text[run.start as usize..(run.start + run.len) as usize]
    }
}
