//! A `ringfence.yaml` to begin with.

/// Its text: comments, and examples to uncomment.
pub const TEXT: &str = include_str!("starter.yaml");

#[cfg(test)]
mod tests {
    use super::TEXT;
    use crate::Config;
    use crate::setting::keys;

    /// The examples, each the commented lines between two blank ones.
    fn examples() -> Vec<String> {
        let blocks = TEXT.split("\n\n").map(|block| {
            let lines = block.lines().filter_map(|line| line.strip_prefix("#"));
            let lines = lines.filter(|line| !line.starts_with(' ') || line.starts_with("  "));
            lines.flat_map(|line| [line, "\n"]).collect::<String>()
        });
        blocks.filter(|block| !block.trim().is_empty()).collect()
    }

    #[test]
    fn it_is_valid_and_sets_no_more_than_the_default() {
        let mut config = Config::read("ringfence.yaml", TEXT).unwrap();
        assert_eq!(config.keys().collect::<Vec<_>>(), ["failOn"]);
        config = Config::read("ringfence.yaml", &TEXT.replace("failOn: high", "")).unwrap();
        assert_eq!(config, Config::default());
    }

    #[test]
    fn each_example_is_valid_when_it_is_uncommented_and_no_setting_lacks_one() {
        let examples = examples();
        for example in &examples {
            Config::read("ringfence.yaml", example)
                .unwrap_or_else(|why| panic!("{why}\n{example}"));
        }
        for key in keys().into_iter().filter(|key| *key != "failOn") {
            let shown = examples.iter().any(|it| it.starts_with(&format!("{key}:")));
            assert!(shown, "{key}: {examples:?}");
        }
        let all = format!("failOn: high\n{}", examples.concat());
        Config::read("ringfence.yaml", &all).unwrap();
    }
}
