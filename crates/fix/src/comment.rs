//! The comments of a document: what stands behind a `#` that is in no value.

use std::ops::Range;

use collect::yaml::Layout;
use collect::yaml::layout::{Form, Site};

/// Whether a document has the comments of another, wherever they stand.
pub fn are_kept(before: &str, after: &str) -> bool {
    let sorted = |text: &str| {
        let mut all = of(text);
        all.sort_unstable();
        all
    };
    sorted(before) == sorted(after)
}

/// The comments of a document that starts at its first byte, in their order.
pub fn of(document: &str) -> Vec<String> {
    let layout = Layout::of(document, 0, 1);
    let taken = layout.as_ref().map(|it| taken(it.all())).unwrap_or_default();
    within(document, 0..document.len(), &taken)
}

/// The comments in a range of a text in which keys and scalars have these bytes.
pub(crate) fn within(text: &str, range: Range<usize>, taken: &[Range<usize>]) -> Vec<String> {
    let mut comments = Vec::new();
    let mut start = range.start;
    let inside = taken.iter().filter(|it| range.start <= it.start && it.end <= range.end);
    for value in inside.chain([&(range.end..range.end)]) {
        let gap = text.get(start..value.start).unwrap_or_default();
        for line in gap.lines() {
            let mut marks = line.match_indices('#').map(|(at, _)| at);
            let is_free = |at: &usize| line[..*at].ends_with([' ', '\t']) || *at == 0;
            comments.extend(marks.find(is_free).map(|at| line[at..].trim_end().to_owned()));
        }
        start = value.end;
    }
    comments
}

/// The bytes of keys and scalars, in which no comment stands.
pub(crate) fn taken<'a>(sites: impl Iterator<Item = Site<'a>>) -> Vec<Range<usize>> {
    let own = |site: Site<'a>| {
        let key = site.key().map(|(_, span)| span);
        let is_scalar = matches!(site.form(), Form::Plain | Form::Quoted(_) | Form::Lines);
        key.into_iter().chain(is_scalar.then(|| site.span()))
    };
    let mut taken: Vec<_> = sites.flat_map(own).collect();
    taken.sort_unstable_by_key(|span| span.start);
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_in_a_value_is_no_comment() {
        let text = "# a\nb: 'x # y' # c\nd: e#f\ng: | # h\n  # text\ni: {j: k, # l\n}\n#m";
        assert_eq!(of(text), ["# a", "# c", "# h", "# l", "#m"]);
    }
}
