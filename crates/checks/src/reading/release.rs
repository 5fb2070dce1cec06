//! Versions of programs, as their images and nodes give them.

use std::fmt;

/// A released version: three numbers, and what follows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Release {
    /// The first number.
    pub(crate) major: u32,
    /// The second.
    pub(crate) minor: u32,
    /// The third.
    pub(crate) patch: u32,
}

impl Release {
    /// A version.
    pub(crate) const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self { major, minor, patch }
    }

    /// Reads `v1.29.3`, `1.29.3-gke.100` or `1.29.3+k3s1`: three numbers are needed, and what is
    /// marked as before a release is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('v').unwrap_or(text);
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (numbers, rest) = text.split_at(end);
        let before = ["-alpha", "-beta", "-rc"].iter().any(|mark| rest.starts_with(mark));
        let mut numbers = numbers.trim_end_matches('.').split('.').map(|it| it.parse().ok());
        let mut next = || numbers.next().flatten();
        let release = Self::new(next()?, next()?, next()?);
        (!before).then_some(release)
    }

    /// Reads the version in the tag of an image, whatever stands before it: `nginx-1.2.3-hardened4`.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        let is_before = ["-alpha", "-beta", "-rc"].iter().any(|mark| tag.contains(mark));
        tag.split(['-', '_']).find_map(Self::parse).filter(|_| !is_before)
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { major, minor, patch } = self;
        write!(f, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::Release;

    #[test]
    fn a_version_is_three_numbers_whoever_built_it() {
        for (text, expected) in [
            ("v1.29.3", Some(Release::new(1, 29, 3))),
            ("1.29.3-gke.100", Some(Release::new(1, 29, 3))),
            ("v1.29.3+k3s1", Some(Release::new(1, 29, 3))),
            ("5.15.0-91-generic", Some(Release::new(5, 15, 0))),
            ("v1.29.0-rc.1", None),
            ("1.29", None),
            ("latest", None),
            ("", None),
        ] {
            assert_eq!(Release::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn a_tag_may_say_more_than_the_version() {
        let nginx = Some(Release::new(1, 11, 2));
        for tag in ["v1.11.2", "1.11.2-debian-12-r2", "nginx-1.11.2-hardened1"] {
            assert_eq!(Release::of_tag(tag), nginx, "{tag}");
        }
        assert_eq!(Release::of_tag("v1.11.2-rc.1"), None);
    }
}
