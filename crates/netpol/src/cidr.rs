//! Address ranges in CIDR notation.

use std::net::IpAddr;

/// A range of addresses. One family never holds addresses of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    address: IpAddr,
    prefix: u8,
}

impl Cidr {
    /// Reads `10.0.0.0/8` or `fd00::/8`. Bits behind the prefix do not count.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/')?;
        let address: IpAddr = address.parse().ok()?;
        let prefix: u8 = prefix.parse().ok()?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        (prefix <= longest).then_some(Self { address, prefix })
    }

    /// Whether an address lies in the range.
    pub fn contains(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let shift = 32 - u32::from(self.prefix);
                let cut = |bits: u32| bits.checked_shr(shift).unwrap_or_default();
                cut(own.to_bits()) == cut(other.to_bits())
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let shift = 128 - u32::from(self.prefix);
                let cut = |bits: u128| bits.checked_shr(shift).unwrap_or_default();
                cut(own.to_bits()) == cut(other.to_bits())
            }
            _ => false,
        }
    }

    /// Whether it is every address of its family.
    pub fn is_everything(self) -> bool {
        self.prefix == 0
    }
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
    fn what_is_no_range_is_refused() {
        for text in ["10.0.0.0", "10.0.0.0/33", "x/8", "::/129", ""] {
            assert_eq!(Cidr::parse(text), None, "{text}");
        }
    }
}
