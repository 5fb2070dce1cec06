//! Durations as Go writes them, such as `1h30m`.

/// A duration in milliseconds, rounded down; nothing where the text is none. A bare zero is one.
pub fn milliseconds(text: &str) -> Option<u64> {
    if text == "0" {
        return Some(0);
    }
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    let mut total: f64 = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').filter(|end| *end > 0)?;
        let (number, tail) = rest.split_at(end);
        let (unit, scale) = UNITS.iter().find(|(unit, _)| tail.starts_with(unit))?;
        total += number.parse::<f64>().ok()? * scale;
        rest = tail.strip_prefix(unit)?;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
    (!text.is_empty()).then_some(total as u64)
}

/// Units in milliseconds; a unit stands before those it begins with.
const UNITS: &[(&str, f64)] = &[
    ("ms", 1.0),
    ("ns", 0.000_001),
    ("us", 0.001),
    ("µs", 0.001),
    ("h", 3_600_000.0),
    ("m", 60_000.0),
    ("s", 1000.0),
];

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn durations_are_read_as_go_reads_them() {
        assert_eq!(milliseconds("0"), Some(0));
        assert_eq!(milliseconds("0h0m0s"), Some(0));
        assert_eq!(milliseconds("1h30m"), Some(5_400_000));
        assert_eq!(milliseconds("1.5s250ms"), Some(1750));
        assert_eq!(milliseconds("h"), None);
        assert_eq!(milliseconds("10"), None);
        assert_eq!(milliseconds(""), None);
    }
}
