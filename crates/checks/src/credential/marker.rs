//! What stands in a dump where a credential stood: what it was, and a number. The same credential has
//! the same number all over one dump, so that what was alike stays alike.

use super::form;

pub(super) const CREDENTIAL: &str = "a credential";
pub(super) const LOGIN: &str = "a URL with a password";
pub(super) const SETTING: &str = "a setting with a credential";

const START: &str = "[redacted by ringfence: ";

/// The marker of a credential.
pub(super) fn marker(what: &str, number: usize) -> String {
    format!("{START}{what}, {number}]")
}

/// What stood where a marker stands.
pub(super) fn found_in(text: &str) -> Option<&'static str> {
    let (_, rest) = text.split_once(START)?;
    let (inside, _) = rest.split_once(']')?;
    let (what, number) = inside.rsplit_once(", ")?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let mut known = form::words().chain([LOGIN, SETTING]);
    is_number.then(|| known.find(|known| *known == what).unwrap_or(CREDENTIAL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_says_what_stood_there() {
        for what in form::words().chain([CREDENTIAL, LOGIN, SETTING]) {
            assert_eq!(found_in(&marker(what, 7)), Some(what));
            assert_eq!(found_in(&format!("--set={}", marker(what, 12))), Some(what));
        }
        assert_eq!(found_in("[redacted by ringfence: something new, 3]"), Some(CREDENTIAL));
        for text in ["[redacted by ringfence: a credential]", "[redacted by ringfence: , x]", ""] {
            assert_eq!(found_in(text), None, "{text}");
        }
    }
}
