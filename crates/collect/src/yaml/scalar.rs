//! Plain scalars as the API server reads them.
//!
//! Manifests go through `sigs.k8s.io/yaml`, which resolves the booleans of YAML 1.1 (`yes`, `on`,
//! `y` …), octal and binary integers and underscores in numbers, keeps dates as strings, and then
//! writes JSON, in which a number without a fraction is an integer again (`1e3` is `1000`).

use std::borrow::Cow;

use granit_parser::{ScalarStyle, Tag};
use model::builder::Scalar;

/// A resolved scalar. Numbers are in canonical decimal.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Resolved<'a> {
    Null,
    Bool(bool),
    Int(Cow<'a, str>),
    Float(Cow<'a, str>),
    Str(&'a str),
}

impl Resolved<'_> {
    pub(super) fn as_scalar(&self) -> Scalar<'_> {
        match self {
            Resolved::Null => Scalar::Null,
            Resolved::Bool(value) => Scalar::Bool(*value),
            Resolved::Int(text) => Scalar::Int(text),
            Resolved::Float(text) => Scalar::Float(text),
            Resolved::Str(text) => Scalar::Str(text),
        }
    }
}

/// Resolves a scalar by its style and its tag.
pub(super) fn resolve_tagged<'a>(
    text: &'a str,
    style: ScalarStyle,
    tag: Option<&Tag>,
) -> Resolved<'a> {
    match tag.map(|tag| tag.core_suffix()) {
        None if style == ScalarStyle::Plain => resolve(text),
        Some(Some("int" | "float" | "bool" | "null" | "timestamp")) => resolve(text),
        _ => Resolved::Str(text),
    }
}

/// Keys are strings in JSON: a boolean or a number that stands as a key is written out.
pub(super) fn key_text<'a>(resolved: &'a Resolved<'_>) -> &'a str {
    match resolved {
        Resolved::Null => "null",
        Resolved::Bool(true) => "true",
        Resolved::Bool(false) => "false",
        Resolved::Int(text) | Resolved::Float(text) => text,
        Resolved::Str(text) => text,
    }
}

/// Resolves a plain scalar by its first character, as the reference does.
fn resolve(text: &str) -> Resolved<'_> {
    match text.as_bytes().first() {
        None | Some(b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'y' | b'Y' | b'o' | b'O') => {
            word(text).unwrap_or(Resolved::Str(text))
        }
        Some(b'.') => special_float(text).unwrap_or_else(|| dotted(text)),
        Some(b'0'..=b'9' | b'+' | b'-') => {
            special_float(text).or_else(|| number(text)).unwrap_or(Resolved::Str(text))
        }
        Some(_) => Resolved::Str(text),
    }
}

fn word(text: &str) -> Option<Resolved<'_>> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Resolved::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Resolved::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Resolved::Bool(false)
        }
        _ => return None,
    })
}

fn special_float(text: &str) -> Option<Resolved<'_>> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let infinite = matches!(unsigned, ".inf" | ".Inf" | ".INF");
    let nan = matches!(text, ".nan" | ".NaN" | ".NAN");
    (infinite || nan).then_some(Resolved::Float(Cow::Borrowed(text)))
}

fn dotted(text: &str) -> Resolved<'_> {
    if is_float(text) && !overflows(text) {
        float(Cow::Borrowed(text))
    } else {
        Resolved::Str(text)
    }
}

/// A number beyond what a double holds stays a string.
fn overflows(text: &str) -> bool {
    text.parse().is_ok_and(f64::is_infinite)
}

fn number(text: &str) -> Option<Resolved<'_>> {
    let plain =
        if text.contains('_') { Cow::Owned(text.replace('_', "")) } else { Cow::Borrowed(text) };
    if let Some(value) = integer(&plain) {
        let canonical = value.to_string();
        let same = *plain == canonical;
        return Some(Resolved::Int(if same { plain } else { Cow::Owned(canonical) }));
    }
    (is_float(&plain) && !overflows(&plain)).then(|| float(plain))
}

/// An integer of 64 bits, signed or not, in the notations of Go: `0x`, `0o`, `0b` and a leading
/// zero for octal.
fn integer(plain: &str) -> Option<i128> {
    let (negative, digits) = match plain.as_bytes().first()? {
        b'-' => (true, &plain[1..]),
        b'+' => (false, &plain[1..]),
        _ => (false, plain),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let magnitude = i128::from(u64::from_str_radix(digits, radix).ok()?);
    let value = if negative { -magnitude } else { magnitude };
    let signed_or_unsigned = i128::from(i64::MIN)..=i128::from(u64::MAX);
    let signs_agree = !plain.starts_with('+') || value <= i128::from(i64::MAX);
    (signed_or_unsigned.contains(&value) && signs_agree).then_some(value)
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_float(text: &str) -> bool {
    let rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => digits(fraction),
        Some((whole, fraction)) => digits(whole) && (fraction.is_empty() || digits(fraction)),
        None => digits(mantissa),
    };
    let unsigned = |part: &str| digits(part.strip_prefix(['+', '-']).unwrap_or(part));
    mantissa_fits && exponent.is_none_or(unsigned)
}

/// A number in JSON has no type: without a fraction it is an integer to whoever decodes it.
fn float(text: Cow<'_, str>) -> Resolved<'_> {
    let Ok(value) = text.parse::<f64>() else { return Resolved::Float(text) };
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return Resolved::Int(Cow::Owned(format!("{value:.0}").replace("-0", "0")));
    }
    Resolved::Float(text)
}

/// A count as it is stated; what is beyond it is no file.
pub(super) fn counted(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(text: &str) -> Resolved<'static> {
        Resolved::Int(Cow::Owned(text.to_owned()))
    }

    #[test]
    fn the_booleans_of_yaml_1_1_are_booleans() {
        for text in ["y", "Yes", "on", "TRUE", "True"] {
            assert_eq!(resolve(text), Resolved::Bool(true), "{text}");
        }
        for text in ["n", "No", "off", "FALSE", "False"] {
            assert_eq!(resolve(text), Resolved::Bool(false), "{text}");
        }
        assert_eq!(resolve("yEs"), Resolved::Str("yEs"));
    }

    #[test]
    fn integers_come_in_every_notation_of_go() {
        for (text, value) in [
            ("0755", "493"),
            ("0o17", "15"),
            ("0x1F", "31"),
            ("0b101", "5"),
            ("-0b11", "-3"),
            ("1_000", "1000"),
            ("+12", "12"),
            ("-0", "0"),
            ("18446744073709551615", "18446744073709551615"),
        ] {
            assert_eq!(resolve(text), int(value), "{text}");
        }
    }

    #[test]
    fn a_number_without_a_fraction_is_an_integer() {
        for (text, value) in [("1e3", "1000"), ("10.0", "10"), ("08", "8"), ("-0.0", "0")] {
            assert_eq!(resolve(text), int(value), "{text}");
        }
        assert_eq!(resolve(".5"), Resolved::Float(Cow::Borrowed(".5")));
    }

    #[test]
    fn dates_times_versions_and_quantities_are_strings() {
        for text in ["2024-01-01", "12:30:45", "1.2.3", "100m", "1Gi", "0x", "1__e", "-", "+."] {
            assert_eq!(resolve(text), Resolved::Str(text), "{text}");
        }
    }
}
