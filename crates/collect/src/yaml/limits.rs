//! What a text may cost.

/// What a text may cost, over all its documents; used up by reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many values its documents may still hold, aliases spread.
    pub values: usize,
    /// How many values its aliases may still spread to.
    pub aliased: usize,
}

/// Bytes of text behind an alias that cost as much as a value.
const TEXT: usize = 16;

impl Limits {
    /// Levels of lists and mappings inside one another. The parser stops sooner, but aliases can
    /// put what they stand for into one another.
    pub const DEPTH: usize = 512;

    /// Limits that follow the size of the text, so that a file can never cost much more memory
    /// than it has bytes: an ordinary manifest has one value in twenty bytes, and spreads fewer
    /// aliases than it has values.
    pub fn for_text(bytes: usize) -> Self {
        Self { values: 50_000 + bytes / 5, aliased: 100_000 + bytes / 16 }
    }

    /// Uses up what a finished document holds.
    pub(super) fn hold(&mut self, values: usize) {
        self.values = self.values.saturating_sub(values);
    }

    /// Uses up what one more alias spreads to, or nothing if that is too much.
    pub(super) fn spread(&mut self, values: usize, text: usize) -> Option<()> {
        self.aliased = self.aliased.checked_sub(values.saturating_add(text / TEXT))?;
        Some(())
    }
}
