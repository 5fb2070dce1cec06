//! The version that the tag of an image names.

/// Major, minor and patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Release(pub(crate) u32, pub(crate) u32, pub(crate) u32);

impl Release {
    /// Reads `v1.12.1`, `1.12.1-debian-12` or `nginx-1.2.3-hardened4`: the first three numbers that
    /// dots join, and what stands before them ends in no digit.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        tag.split(['-', '_', '+']).find_map(|part| {
            let mut numbers = part.trim_start_matches('v').split('.').map(str::parse);
            let mut next = || numbers.next()?.ok();
            let release = Self(next()?, next()?, next()?);
            numbers.next().is_none().then_some(release)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Release;

    #[test]
    fn the_first_three_numbers_count() {
        assert_eq!(Release::of_tag("v1.12.1"), Some(Release(1, 12, 1)));
        assert_eq!(Release::of_tag("1.9.6-debian-12-r2"), Some(Release(1, 9, 6)));
        assert_eq!(Release::of_tag("nginx-1.11.2-hardened1"), Some(Release(1, 11, 2)));
        assert_eq!(Release::of_tag("latest"), None);
        assert_eq!(Release::of_tag("1.12"), None);
    }
}
