//! Quantities of resources, such as `250m` and `1.5Gi`, as `resource.Quantity` reads them.

use crate::tree::{Node, Type};

/// Reads a quantity in thousandths of its unit: `250m` is 250, `1` is 1000. Nothing where the text is
/// no quantity. What does not fit is the greatest or least number.
pub fn parse(text: &str) -> Option<i128> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let end = unsigned.find(|c| !is_number(c)).unwrap_or(unsigned.len());
    let (number, suffix) = unsigned.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    if !has_digits || fraction.contains('.') {
        return None;
    }
    let scale = scale(suffix)?;
    let digits: String = [whole, fraction].concat();
    let Ok(digits) = digits
        .trim_start_matches('0')
        .parse::<i128>()
        .or_else(|error| if digits.bytes().all(|byte| byte == b'0') { Ok(0) } else { Err(error) })
    else {
        return Some(sign * i128::MAX);
    };
    let places = u32::try_from(fraction.len()).ok()?;
    let Some(divisor) = 10_i128.checked_pow(places) else { return Some(0) };
    Some(sign * scale.apply(digits, divisor))
}

/// A quantity that a field holds, in thousandths. It may be written as a number.
pub fn of(node: Node<'_>) -> Option<i128> {
    matches!(node.kind(), Type::Str | Type::Int | Type::Float).then(|| parse(node.text())).flatten()
}

/// By how much a suffix multiplies, in thousandths.
struct Scale {
    times: i128,
    by: i128,
}

impl Scale {
    fn apply(&self, digits: i128, divisor: i128) -> i128 {
        let (top, bottom) = (digits.saturating_mul(self.times), divisor.saturating_mul(self.by));
        top.saturating_add(bottom - 1) / bottom
    }
}

fn scale(suffix: &str) -> Option<Scale> {
    let times = |times: i128| Some(Scale { times: times.saturating_mul(1000), by: 1 });
    match suffix {
        "" => times(1),
        "n" => Some(Scale { times: 1, by: 1_000_000 }),
        "u" => Some(Scale { times: 1, by: 1000 }),
        "m" => Some(Scale { times: 1, by: 1 }),
        "k" => times(1000),
        "M" => times(1_000_000),
        "G" => times(1_000_000_000),
        "T" => times(1_000_000_000_000),
        "P" => times(1_000_000_000_000_000),
        "E" => times(1_000_000_000_000_000_000),
        "Ki" => times(1 << 10),
        "Mi" => times(1 << 20),
        "Gi" => times(1 << 30),
        "Ti" => times(1 << 40),
        "Pi" => times(1 << 50),
        "Ei" => times(1 << 60),
        _ => exponent(suffix),
    }
}

fn exponent(suffix: &str) -> Option<Scale> {
    let digits = suffix.strip_prefix(['e', 'E'])?;
    let exponent: i32 = digits.parse().ok()?;
    let power = 10_i128.saturating_pow(exponent.unsigned_abs().min(38));
    Some(match exponent {
        0.. => Scale { times: power.saturating_mul(1000), by: 1 },
        _ => Scale { times: 1000, by: power },
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_quantity_is_read_in_thousandths() {
        for (text, thousandths) in [
            ("1", 1000),
            ("250m", 250),
            ("0.1", 100),
            (".5", 500),
            ("1.", 1000),
            ("1Ki", 1_024_000),
            ("1.5Gi", 1_610_612_736_000),
            ("2e3", 2_000_000),
            ("5E-1", 500),
            ("1u", 1),
            ("0", 0),
            ("-1", -1000),
            ("100k", 100_000_000),
        ] {
            assert_eq!(parse(text), Some(thousandths), "{text}");
        }
    }

    #[test]
    fn what_is_no_quantity_is_none() {
        for text in ["", "m", "1 Gi", "1GB", "1.2.3", "abc", "0x1", "1e", "--1"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_the_greatest() {
        assert_eq!(parse(&"9".repeat(60)), Some(i128::MAX));
        assert_eq!(parse(&format!("0.{}", "0".repeat(60))), Some(0));
    }
}
