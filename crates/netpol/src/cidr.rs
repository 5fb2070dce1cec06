//! Address ranges in CIDR notation.

use std::net::{IpAddr, Ipv4Addr};

/// A range of addresses. One family never holds addresses of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    address: IpAddr,
    prefix: u8,
}

impl Cidr {
    /// Reads `10.0.0.0/8` or `fd00::/8` as Kubernetes does: bits behind the prefix do not count,
    /// and leading zeros mean nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/')?;
        let address = if address.contains(':') {
            IpAddr::V6(address.parse().ok()?)
        } else {
            IpAddr::V4(dotted(address)?)
        };
        let prefix: u8 = decimal(prefix)?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        (prefix <= longest).then_some(Self { address, prefix })
    }

    /// Whether it holds every address of its family.
    pub fn is_everything(self) -> bool {
        self.prefix == 0
    }

    /// Whether an address lies in the range.
    pub fn contains(self, address: IpAddr) -> bool {
        let (first, last) = self.bounds();
        let same_family = self.address.is_ipv4() == address.is_ipv4();
        same_family && (first..=last).contains(&bits(address))
    }

    /// Whether ranges together hold every address of this one.
    pub fn is_covered_by(self, ranges: &[Cidr]) -> bool {
        let (mut next, last) = self.bounds();
        let same_family = |it: &&Cidr| it.address.is_ipv4() == self.address.is_ipv4();
        let mut bounds: Vec<_> = ranges.iter().filter(same_family).map(|it| it.bounds()).collect();
        bounds.sort_unstable();
        for (from, to) in bounds {
            if from > next {
                return false;
            }
            if to >= last {
                return true;
            }
            next = next.max(to + 1);
        }
        false
    }

    /// Its first and its last address.
    fn bounds(self) -> (u128, u128) {
        let length: u32 = if self.address.is_ipv4() { 32 } else { 128 };
        let ones = |count: u32| u128::MAX.checked_shr(128 - count).unwrap_or_default();
        let behind = ones(length - u32::from(self.prefix));
        let first = bits(self.address) & !behind;
        (first, first | behind)
    }
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

fn dotted(text: &str) -> Option<Ipv4Addr> {
    let mut parts = text.split('.').map(decimal);
    let mut part = || parts.next().flatten();
    let address = Ipv4Addr::new(part()?, part()?, part()?, part()?);
    parts.next().is_none().then_some(address)
}

fn decimal(text: &str) -> Option<u8> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(range: &str, address: &str) -> bool {
        Cidr::parse(range).unwrap().contains(address.parse().unwrap())
    }

    #[test]
    fn a_range_holds_its_first_and_last_address_and_not_their_neighbours() {
        assert!(holds("169.254.0.0/16", "169.254.0.0"));
        assert!(holds("169.254.0.0/16", "169.254.255.255"));
        assert!(!holds("169.254.0.0/16", "169.253.255.255"));
        assert!(!holds("169.254.0.0/16", "169.255.0.0"));
        assert!(holds("169.254.169.254/32", "169.254.169.254"));
        assert!(holds("fd00::/8", "fd00:ec2::254"));
    }

    #[test]
    fn everything_of_one_family_is_nothing_of_the_other() {
        assert!(holds("0.0.0.0/0", "1.2.3.4"));
        assert!(!holds("0.0.0.0/0", "::1"));
        assert!(holds("::/0", "::1"));
    }

    #[test]
    fn bits_behind_the_prefix_and_leading_zeros_do_not_count() {
        assert!(holds("10.1.2.3/8", "10.255.255.255"));
        assert!(holds("010.000.0.0/08", "10.0.0.1"));
        assert!(holds("fd00:ec2::254/16", "fd00::1"));
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for text in [
            "",
            "/",
            "x/8",
            "10.0.0.0",
            "10.0.0.0/",
            "10.0.0.0/33",
            "10.0.0.0/+8",
            "10.0.0/8",
            "10.0.0.0.0/8",
            "10.0.0.256/8",
            "+10.0.0.0/8",
            "::/129",
            "::/-1",
            "10.0.0.0/8/8",
        ] {
            assert_eq!(Cidr::parse(text), None, "{text}");
        }
    }

    fn covers(whole: &str, ranges: &[&str]) -> bool {
        let ranges: Vec<Cidr> = ranges.iter().map(|it| Cidr::parse(it).unwrap()).collect();
        Cidr::parse(whole).unwrap().is_covered_by(&ranges)
    }

    #[test]
    fn halves_are_the_whole_together() {
        assert!(covers("0.0.0.0/0", &["0.0.0.0/1", "128.0.0.0/1"]));
        assert!(covers("0.0.0.0/0", &["128.0.0.0/1", "64.0.0.0/2", "0.0.0.0/2", "0.0.0.0/2"]));
        assert!(covers("::/0", &["::/1", "8000::/1"]));
        assert!(covers("2000::/3", &["::/0"]));
        assert!(covers("10.0.0.0/8", &["0.0.0.0/0"]));
    }

    #[test]
    fn one_missing_address_is_enough_not_to_be_the_whole() {
        assert!(!covers("0.0.0.0/0", &[]));
        assert!(!covers("0.0.0.0/0", &["::/0"]));
        assert!(!covers("0.0.0.0/0", &["0.0.0.0/1", "128.0.0.0/2"]));
        assert!(!covers("10.0.0.0/30", &["10.0.0.0/31", "10.0.0.2/32"]));
        assert!(!covers("10.0.0.0/30", &["10.0.0.1/32", "10.0.0.2/31"]));
    }
}
