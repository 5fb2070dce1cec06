//! The name that was probably meant.

/// The name that was probably meant: the nearest by edit distance, if it is near enough.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = |name: &str| name.len() / 3 + 1;
    known
        .filter(|name| word.len().abs_diff(name.len()) <= most(name))
        .map(|name| (distance(word, name), name))
        .filter(|(distance, name)| *distance <= most(name))
        .min()
        .map(|(_, name)| name)
}

/// Levenshtein's distance, one row at a time.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_mended_and_another_word_is_not() {
        let known = || ["host-namespace", "root-container"].into_iter();
        assert_eq!(nearest("host-namspace", known()), Some("host-namespace"));
        assert_eq!(nearest("naïve", known()), None);
        assert_eq!(nearest(&"root-container".repeat(100_000), known()), None);
    }
}
