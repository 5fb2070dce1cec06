//! Files of a repository that are no manifests: what they are, told by their names.

use std::path::Path;

use model::kinds::{self, Kind};

/// The kind of a file, if its name tells one that is judged.
pub(super) fn kind(file: &str) -> Option<Kind> {
    let path = Path::new(file);
    let name = path.file_name()?.to_str()?;
    let mut folders = path.ancestors().skip(1).filter_map(|it| it.file_name()?.to_str());
    let around = [folders.next(), folders.next()];
    if around == [Some("workflows"), Some(".github")] {
        return Some(kinds::GITHUB_WORKFLOW);
    }
    if matches!(name, ".gitlab-ci.yml" | ".gitlab-ci.yaml") {
        return Some(kinds::GITLAB_PIPELINE);
    }
    let is_values =
        name == "values.yaml" || name.starts_with("values-") || name.starts_with("values.");
    is_values.then_some(kinds::HELM_VALUES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_tells_what_a_file_is() {
        assert_eq!(kind("a/.github/workflows/build.yaml"), Some(kinds::GITHUB_WORKFLOW));
        assert_eq!(kind(".gitlab-ci.yml"), Some(kinds::GITLAB_PIPELINE));
        assert_eq!(kind("charts/web/values-prod.yaml"), Some(kinds::HELM_VALUES));
        assert_eq!(kind("workflows/build.yaml"), None);
        assert_eq!(kind("valuesets.yaml"), None);
    }
}
