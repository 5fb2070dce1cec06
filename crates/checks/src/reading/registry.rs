//! Lists of registries and repositories, as users write them.

use finding::exception::glob;
use model::Image;

/// Whether an image is one of these or lies below one of them: `registry.example.com`,
/// `docker.io/library`, `*.dkr.ecr.eu-west-1.amazonaws.com/shop`.
pub(crate) fn holds(patterns: &[&str], image: Image<'_>) -> bool {
    let name = image.full_name();
    patterns.iter().any(|pattern| {
        let pattern = pattern.trim_end_matches('/');
        glob(pattern, &name) || glob(&format!("{pattern}/*"), &name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_means_itself_and_all_below_it() {
        let image = Image::parse("registry.example.com/shop/web:1");
        for pattern in ["registry.example.com", "*.example.com/shop", "*/shop/", "*"] {
            assert!(holds(&[pattern], image), "{pattern}");
        }
        for pattern in
            ["registry.example.com/sho", "example.com", "registry.example.com/shop/web/x"]
        {
            assert!(!holds(&[pattern], image), "{pattern}");
        }
        assert!(holds(&["docker.io/library"], Image::parse("nginx")));
    }
}
