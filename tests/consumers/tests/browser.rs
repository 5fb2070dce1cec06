//! The page in a browser: its own script runs, and nothing else does. Oracle: Chromium.

use consumers::{Sample, browser};
use e2e::Folder;

#[test]
fn no_name_runs_and_the_page_filters() {
    let sample = Sample::new();
    let page = Folder::with("page.html", sample.written("html"));
    let shown = browser::open(&page.path("page.html"));
    assert_eq!(shown.complaints, Vec::<String>::new());
    assert!(shown.page.contains("<title>Ringfence report</title>"), "a name ran");
    for tag in ["<img", "<svg onload", "<b onclick", "<a href=\"http"] {
        assert!(!shown.page.contains(tag), "{tag}");
    }
    let ours = ["class", "data-severity", "data-state", "data-namespace"];
    for row in shown.page.split("<tr ").skip(1) {
        assert_eq!(attributes(row), ours);
    }
    let findings = sample.report()["findings"].as_array().map(Vec::len).unwrap_or_default();
    let counted = format!("{findings} of {findings} shown");
    assert!(shown.page.contains(&counted), "the script did not run");
    assert!(shown.page.contains("<option value=\"shop\">shop</option>"));
}

/// The names of the attributes in a tag.
fn attributes(tag: &str) -> Vec<&str> {
    let outside = tag.split('"').step_by(2).take_while(|it| !it.starts_with('>'));
    outside.map(|it| it.trim().trim_end_matches('=')).collect()
}

#[test]
fn what_would_run_all_the_same_is_refused_by_the_policy_of_the_page() {
    let page = String::from_utf8(Sample::new().written("html")).expect("a page is UTF-8");
    let smuggled = "<body><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
    let page = Folder::with("page.html", page.replacen("<body>", smuggled, 1));
    let shown = browser::open(&page.path("page.html"));
    assert!(shown.page.contains("<title>Ringfence report</title>"), "the policy let it run");
    assert!(shown.complaints.iter().any(|it| it.contains("Content Security Policy")));
}
