//! What the editor shows where the pointer rests.

use std::cmp::Reverse;

use gen_lsp_types::{Hover, MarkupContent, MarkupKind, Position};
use report::hover;

use super::verdict::{Mark, holds};

/// More findings at one place are a page that nobody reads.
const MOST: usize = 5;

/// The findings at a place, the innermost first; nothing where there is none.
pub(super) fn at(place: Position, marks: &[Mark], shows_markdown: bool) -> Option<Hover> {
    let mut here: Vec<_> = marks.iter().filter(|it| holds(&it.diagnostic.range, place)).collect();
    here.sort_by_key(|it| Reverse(it.diagnostic.range.start));
    let range = here.first()?.diagnostic.range;
    let pages: Vec<String> =
        here.into_iter().filter_map(|it| page(it, shows_markdown)).take(MOST).collect();
    let (kind, line) = if shows_markdown {
        (MarkupKind::Markdown, "\n\n---\n\n")
    } else {
        (MarkupKind::PlainText, "\n\n\n")
    };
    let content = MarkupContent { kind, value: pages.join(line) };
    (!content.value.is_empty()).then(|| Hover { contents: content.into(), range: Some(range) })
}

fn page(mark: &Mark, shows_markdown: bool) -> Option<String> {
    let finding = mark.finding.as_ref()?;
    let check = checks::find(&finding.check)?;
    let write = if shows_markdown { hover::markdown } else { hover::plain };
    Some(write(finding, check))
}
