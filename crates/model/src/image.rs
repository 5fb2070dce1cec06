//! A reference to a container image, as container runtimes read it.

/// A reference to an image, such as `registry.example.com:5000/team/web:1.2@sha256:…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Image<'a> {
    /// The registry that is named; nothing where the runtime's own default holds, Docker Hub.
    pub registry: Option<&'a str>,
    /// The repository, as it is written.
    pub repository: &'a str,
    /// The tag, if one is given.
    pub tag: Option<&'a str>,
    /// The digest with its algorithm, if one is given.
    pub digest: Option<&'a str>,
}

/// The registry of images that name none.
pub const DOCKER_HUB: &str = "docker.io";

impl<'a> Image<'a> {
    /// Reads a reference. The first part is a registry if it could be a host: it holds a dot or a
    /// port, or is `localhost`.
    pub fn parse(text: &'a str) -> Self {
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (text, None),
        };
        let (rest, tag) = match rest.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
            _ => (rest, None),
        };
        let is_host = |part: &str| part.contains(['.', ':']) || part == "localhost";
        match rest.split_once('/') {
            Some((first, repository)) if is_host(first) => {
                Self { registry: Some(first), repository, tag, digest }
            }
            _ => Self { registry: None, repository: rest, tag, digest },
        }
    }

    /// Reads a reference, unless the text is none: a blank that a template, a builder (`ko://…`) or
    /// Istio (`auto`) is still to fill in.
    pub fn read(text: &'a str) -> Option<Self> {
        let image = Self::parse(text);
        let allowed = |c: char| c.is_ascii_alphanumeric() || "._-/:@".contains(c);
        let is_blank = text == "auto"
            || text.contains("//")
            || !text.starts_with(|c: char| c.is_ascii_alphanumeric())
            || !text.ends_with(|c: char| c.is_ascii_alphanumeric() || "_-".contains(c));
        (text.chars().all(allowed) && !is_blank && !image.repository.is_empty()).then_some(image)
    }

    /// The host it is pulled from, Docker Hub where none is named.
    pub fn host(self) -> &'a str {
        match self.registry {
            None | Some("index.docker.io" | "registry-1.docker.io") => DOCKER_HUB,
            Some(host) => host,
        }
    }

    /// The repository in full: what Docker Hub itself publishes stands below `library`.
    pub fn full_repository(self) -> String {
        let official = self.host() == DOCKER_HUB && !self.repository.contains('/');
        let prefix = if official { "library/" } else { "" };
        [prefix, self.repository].concat()
    }

    /// Whether the last parts of its repository are these, in whatever registry, so that a mirror
    /// counts as well.
    pub fn is_from(self, repository: &str) -> bool {
        let full = self.full_repository();
        let rest = full.strip_suffix(repository);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    }

    /// Host and full repository: the same however much of it was left out.
    pub fn full_name(self) -> String {
        format!("{}/{}", self.host(), self.full_repository())
    }

    /// Whether neither a digest nor a version stands behind its name: no tag, `latest`, also beside
    /// another word, or a tag without a digit, such as `main` or `blue`.
    pub fn names_no_version(self) -> bool {
        if self.digest.is_some() {
            return false;
        }
        self.tag.is_none_or(|tag| {
            let is_latest = |word| word == "latest";
            let ends = |mark: char| {
                tag.split(mark).next_back().is_some_and(is_latest)
                    || tag.split(mark).next().is_some_and(is_latest)
            };
            !tag.contains(|c: char| c.is_ascii_digit()) || ['-', '_', '.'].into_iter().any(ends)
        })
    }

    /// Whether it names no version, and its tag is made to move: none, or one with a word in it that
    /// says so, such as `main`, `stable` or `alpine`. What `blue` stands for nobody can tell.
    pub fn moves(self) -> bool {
        let moving = |tag: &str| {
            tag.split(['-', '_', '.'])
                .any(|word| MOVING.contains(&word.to_ascii_lowercase().as_str()))
        };
        self.names_no_version() && self.tag.is_none_or(moving)
    }

    /// The last part of the repository: what most people call the image.
    pub fn name(self) -> &'a str {
        self.repository.rsplit('/').next().unwrap_or(self.repository)
    }
}

/// Words of tags that whoever builds the image moves on: branches, channels, environments, and the
/// systems below.
const MOVING: &[&str] = &[
    "alpha",
    "alpine",
    "beta",
    "bookworm",
    "bullseye",
    "buster",
    "canary",
    "current",
    "daily",
    "debian",
    "debug",
    "dev",
    "devel",
    "develop",
    "development",
    "distroless",
    "edge",
    "experimental",
    "focal",
    "head",
    "jammy",
    "latest",
    "live",
    "local",
    "lts",
    "main",
    "mainline",
    "master",
    "next",
    "nightly",
    "noble",
    "nonroot",
    "preview",
    "prod",
    "production",
    "rc",
    "release",
    "rolling",
    "slim",
    "snapshot",
    "stable",
    "staging",
    "test",
    "testing",
    "tip",
    "trixie",
    "trunk",
    "ubuntu",
    "unstable",
    "weekly",
];

#[cfg(test)]
mod tests {
    use super::Image;

    #[test]
    fn a_reference_falls_apart_as_a_runtime_reads_it() {
        let image = |registry, repository, tag, digest| Image { registry, repository, tag, digest };
        for (text, expected) in [
            ("nginx", image(None, "nginx", None, None)),
            ("nginx:1.27", image(None, "nginx", Some("1.27"), None)),
            ("team/web", image(None, "team/web", None, None)),
            ("localhost/web:1", image(Some("localhost"), "web", Some("1"), None)),
            ("host:5000/a/b", image(Some("host:5000"), "a/b", None, None)),
            ("r.io/a:2@sha256:00", image(Some("r.io"), "a", Some("2"), Some("sha256:00"))),
        ] {
            assert_eq!(Image::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn a_tag_without_a_version_moves() {
        for text in ["a", "a:latest", "a:main", "a:latest-alpine3", "a:v1-latest", "h:5000/a"] {
            assert!(Image::parse(text).moves(), "{text}");
        }
        for text in ["a:1", "a:v2.7-alpine", "a:main-1a2b", "a:latest@sha256:00", "a@sha256:00"] {
            let image = Image::parse(text);
            assert!(!image.moves() && !image.names_no_version(), "{text}");
        }
        for text in ["a:blue", "a:does-not-exist", "a:cpp"] {
            let image = Image::parse(text);
            assert!(!image.moves() && image.names_no_version(), "{text}");
        }
    }

    #[test]
    fn a_blank_is_no_reference() {
        for text in ["auto", "ko://example.com/web", "$(params.image)", "{{ .image }}", "/web:", ""]
        {
            assert_eq!(Image::read(text), None, "{text}");
        }
        assert_eq!(Image::read("nginx"), Some(Image::parse("nginx")));
    }

    #[test]
    fn what_names_no_registry_comes_from_docker_hub() {
        assert_eq!(Image::parse("nginx").host(), "docker.io");
        assert_eq!(Image::parse("nginx").full_repository(), "library/nginx");
        assert_eq!(Image::parse("team/web").full_repository(), "team/web");
        assert_eq!(Image::parse("quay.io/a/b").full_repository(), "a/b");
        assert_eq!(Image::parse("quay.io/a/b:1").name(), "b");
    }

    #[test]
    fn a_mirror_keeps_the_last_parts_of_a_repository() {
        assert!(Image::parse("quay.io/a/b:1").is_from("a/b"));
        assert!(Image::parse("mirror.io/quay/a/b@sha256:00").is_from("a/b"));
        assert!(!Image::parse("quay.io/not-a/b:1").is_from("a/b"));
    }
}
