//! The fences of a page: each is one inventory, and says what is expected of it.
//!
//! The opening line reads ` ```yaml bad ` or ` ```yaml good `, and may set `kubernetes=1.29`,
//! `now=2026-01-01`, `file=values.yaml` and `param.NAME=word,word`. In a bad one a trailing `# finding` marks each line
//! on which a finding is expected.

use std::collections::BTreeMap;

use collect::manifests;
use jiff::civil::Date;
use model::Inventory;

/// What is expected of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Findings on the marked lines and nowhere else.
    Bad,
    /// No finding.
    Good,
}

/// One fence of a page.
#[derive(Clone, Debug)]
pub struct Example {
    /// What is expected of it.
    pub expect: Expect,
    /// The manifests.
    pub text: String,
    /// The line of the page before the manifests, so that their first line is this plus one.
    pub line: u32,
    settings: BTreeMap<String, String>,
}

impl Example {
    /// The examples of a page, in order.
    ///
    /// # Panics
    /// On an opening line that it does not understand: a test that is not run is a lie.
    pub fn all(page: &str) -> Vec<Self> {
        let mut examples = Vec::new();
        let mut open: Option<Self> = None;
        for (line, number) in page.lines().zip(1_u32..) {
            match (line.strip_prefix("```"), open.take()) {
                (Some(_), Some(done)) => examples.push(done),
                (Some(info), None) if info.starts_with("yaml") => {
                    open = Some(Self::opened(info, number));
                }
                (None, Some(mut example)) => {
                    example.text.push_str(line);
                    example.text.push('\n');
                    open = Some(example);
                }
                (_, None) => {}
            }
        }
        assert!(open.is_none(), "the last fence of the page is not closed");
        examples
    }

    /// The objects in it.
    ///
    /// # Panics
    /// When something in it cannot be read.
    pub fn inventory(&self) -> Inventory {
        let bytes = self.text.clone().into_bytes();
        let file = self.settings.get("file").map_or("example.yaml", String::as_str);
        let mut manifests = manifests::read_text(file, bytes, &|_| true);
        manifests.unfold();
        let unreadable = &manifests.inputs.unreadable;
        assert!(unreadable.is_empty(), "line {}: unreadable: {unreadable:?}", self.line);
        assert!(!manifests.objects.is_empty(), "line {}: no object in the example", self.line);
        Inventory::new(manifests.objects)
    }

    /// The lines, from 1, on which a finding is expected.
    pub fn marked_lines(&self) -> Vec<u32> {
        let marked = |(line, _): &(&str, u32)| line.trim_end().ends_with("# finding");
        self.text.lines().zip(1..).filter(marked).map(|(_, number)| number).collect()
    }

    /// The day it is judged on.
    ///
    /// # Panics
    /// When `now` is no date.
    pub fn today(&self) -> Date {
        let now = self.settings.get("now").map_or("2026-01-01", String::as_str);
        now.parse().expect("now=YYYY-MM-DD")
    }

    /// The version of Kubernetes it asks for.
    pub fn kubernetes(&self) -> Option<&str> {
        self.settings.get("kubernetes").map(String::as_str)
    }

    /// The parameters it sets: name and words.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, Vec<String>)> {
        self.settings.iter().filter_map(|(key, value)| {
            let name = key.strip_prefix("param.")?;
            Some((name, value.split(',').map(ToOwned::to_owned).collect()))
        })
    }

    fn opened(info: &str, line: u32) -> Self {
        let mut words = info.split_whitespace().skip(1);
        let expect = match words.next() {
            Some("bad") => Expect::Bad,
            Some("good") => Expect::Good,
            other => panic!("line {line}: a fence is `yaml bad` or `yaml good`, not {other:?}"),
        };
        let setting = |word: &str| {
            let (key, value) = word.split_once('=').expect("settings read key=value");
            let known = key.starts_with("param.") || ["file", "kubernetes", "now"].contains(&key);
            assert!(known, "line {line}: unknown setting {key:?}");
            (key.to_owned(), value.to_owned())
        };
        Self { expect, text: String::new(), line, settings: words.map(setting).collect() }
    }
}
