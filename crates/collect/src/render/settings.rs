//! What a user may say about rendering.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// How charts and kustomizations are rendered.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folders with programs, as the environment lists them.
    pub path: OsString,
    /// Values files for every chart; the last one wins.
    pub values: Vec<PathBuf>,
    /// Renderings of every chart, each with values files of its own behind those for all; none means
    /// one without a name.
    pub variants: Vec<Variant>,
    /// How long one rendering may take.
    pub limit: Duration,
    /// The version of Kubernetes that charts are told, such as `1.34`.
    pub kubernetes: Option<String>,
}

/// One of several renderings of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// Its values files; the last one wins.
    pub values: Vec<PathBuf>,
}

/// A text that names no variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected NAME=FILE or NAME=FILE,FILE with a name of letters, digits, dots, dashes and underscores"
)]
pub struct InvalidVariant;

impl FromStr for Variant {
    type Err = InvalidVariant;

    fn from_str(text: &str) -> Result<Self, InvalidVariant> {
        let (name, files) = text.split_once('=').ok_or(InvalidVariant)?;
        let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
        if name.is_empty() || !name.chars().all(is_plain) || files.split(',').any(str::is_empty) {
            return Err(InvalidVariant);
        }
        Ok(Self { name: name.to_owned(), values: files.split(',').map(PathBuf::from).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_has_a_name_and_files() {
        let prod: Variant = "prod=base.yaml,prod.yaml".parse().unwrap();
        assert_eq!(prod.name, "prod");
        assert_eq!(prod.values, ["base.yaml", "prod.yaml"].map(PathBuf::from));
        for text in ["", "prod", "=a.yaml", "prod=", "prod=a.yaml,", "a b=c.yaml", "a/b=c.yaml"] {
            assert_eq!(text.parse::<Variant>(), Err(InvalidVariant), "{text}");
        }
    }
}
