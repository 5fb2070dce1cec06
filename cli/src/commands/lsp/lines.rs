//! Places of a text as an editor counts them: lines and units of an encoding, both from 0.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

/// What a unit of a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// A byte.
    Utf8,
    /// A character, or one of the two halves of one beyond the first plane.
    Utf16,
    /// A character.
    Utf32,
}

impl Encoding {
    /// The one that is best for us of those that an editor offers; without an offer the protocol's.
    pub(super) fn best(offered: &[PositionEncodingKind]) -> Self {
        let has = |kind| offered.contains(&kind);
        match () {
            () if has(PositionEncodingKind::UTF32) => Self::Utf32,
            () if has(PositionEncodingKind::UTF8) => Self::Utf8,
            () => Self::Utf16,
        }
    }

    /// Its name.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn units(self, letter: char) -> usize {
        match self {
            Self::Utf8 => letter.len_utf8(),
            Self::Utf16 => letter.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    fn width(self, text: &str) -> u32 {
        u32::try_from(text.chars().map(|it| self.units(it)).sum::<usize>()).unwrap_or(u32::MAX)
    }
}

/// A text and where its lines start.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let after = (0..bytes.len()).filter(ends).map(|at| at + 1);
        Self { text, starts: std::iter::once(0).chain(after).collect(), encoding }
    }

    /// A line without its end; nothing behind the last.
    fn line(&self, number: usize) -> Option<&'t str> {
        let start = *self.starts.get(number)?;
        let end = self.starts.get(number + 1).copied().unwrap_or(self.text.len());
        Some(self.text.get(start..end)?.trim_end_matches(['\r', '\n']))
    }

    /// The byte of a place; the end of its line or of the text where it lies beyond.
    pub(super) fn offset(&self, place: Position) -> usize {
        let number = place.line as usize;
        let (Some(line), Some(start)) = (self.line(number), self.starts.get(number)) else {
            return self.text.len();
        };
        let (mut units, wanted) = (0, place.character as usize);
        let before = line.chars().take_while(|letter| {
            units += self.encoding.units(*letter);
            units <= wanted
        });
        start + before.map(char::len_utf8).sum::<usize>()
    }

    /// The place of a byte.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            character: self.encoding.width(before),
        }
    }

    /// From a line and a column in characters, both from 1, to the last letter of the line.
    pub(super) fn rest_of(&self, line: u32, column: u32) -> Range {
        let number = line.saturating_sub(1);
        let text = self.line(number as usize).unwrap_or_default().trim_end();
        let skipped: String = text.chars().take(column.saturating_sub(1) as usize).collect();
        let at = |text: &str| Position { line: number, character: self.encoding.width(text) };
        Range { start: at(&skipped), end: at(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a: é🦀b\r\nc\rd\n";

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn a_crab_takes_one_two_or_four_units() {
        let behind = |encoding| Lines::new(TEXT, encoding).position(TEXT.find('b').unwrap_or(0));
        assert_eq!(behind(Encoding::Utf32), at(0, 5));
        assert_eq!(behind(Encoding::Utf16), at(0, 6));
        assert_eq!(behind(Encoding::Utf8), at(0, 9));
    }

    #[test]
    fn every_byte_of_a_letter_comes_back_from_its_place() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let lines = Lines::new(TEXT, encoding);
            for (offset, letter) in TEXT.char_indices().filter(|(_, it)| *it != '\n') {
                assert_eq!(lines.offset(lines.position(offset)), offset, "{letter:?}");
            }
        }
    }

    #[test]
    fn a_place_beyond_is_the_end() {
        let lines = Lines::new(TEXT, Encoding::Utf16);
        assert_eq!(lines.offset(at(0, 99)), TEXT.find('\r').unwrap_or(0));
        assert_eq!(lines.offset(at(99, 0)), TEXT.len());
        assert_eq!(lines.offset(at(u32::MAX, u32::MAX)), TEXT.len());
        // Within the crab: before it.
        assert_eq!(lines.offset(at(0, 5)), TEXT.find('🦀').unwrap_or(0));
    }

    #[test]
    fn a_finding_covers_the_rest_of_its_line() {
        let lines = Lines::new(TEXT, Encoding::Utf16);
        assert_eq!(lines.rest_of(1, 4), Range { start: at(0, 3), end: at(0, 7) });
        assert_eq!(lines.rest_of(77, 4), Range { start: at(76, 0), end: at(76, 0) });
    }
}
