//! The page of a check, read from its `.md`.

use crate::check::Check;

/// The page of a check.
#[derive(Clone, Copy, Debug)]
pub struct Page(&'static str);

impl Page {
    /// The page of a check.
    pub fn of(check: &Check) -> Self {
        Self(check.page)
    }

    /// The whole text.
    pub fn text(self) -> &'static str {
        self.0
    }

    /// The text below a heading, without the examples.
    pub fn section(self, heading: &str) -> String {
        let mut inside = false;
        let mut fenced = false;
        let mut lines = Vec::new();
        for line in self.0.lines() {
            fenced ^= line.starts_with("```");
            match line.strip_prefix("## ") {
                Some(title) if !fenced => inside = title.trim() == heading,
                _ if inside && !fenced && !line.starts_with("```") => lines.push(line),
                _ => {}
            }
        }
        lines.join("\n").trim().to_owned()
    }

    /// The headings, in order.
    pub fn headings(self) -> Vec<&'static str> {
        self.0.lines().filter_map(|line| line.strip_prefix("## ")).map(str::trim).collect()
    }
}
