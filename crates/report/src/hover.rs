//! What an editor shows where the pointer rests on a finding.

use checks::{Check, Page};
use finding::Finding;

use crate::markdown::{marked, prose};
use crate::style::harmless;

/// A finding and the parts of its check's page that matter at the place, as Markdown.
pub fn markdown(finding: &Finding, check: &Check) -> String {
    let page = Page::of(check);
    let head = format!(
        "**{}** `{}` ({})\n\n{}",
        check.title,
        check.id,
        finding.severity,
        prose(&finding.message)
    );
    let order = format!("**Fix.** {}", marked(finding.fix.order()));
    let parts = [head, page.section("Why"), order, page.section("Fix")];
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The same for an editor that shows no Markdown.
pub fn plain(finding: &Finding, check: &Check) -> String {
    let page = Page::of(check);
    let head = format!("{} [{}] ({})", check.title, check.id, finding.severity);
    let parts = [
        head,
        harmless(&finding.message).into_owned(),
        page.section("Why"),
        format!("Fix: {}", finding.fix.order()),
        page.section("Fix"),
    ];
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n\n")
}
