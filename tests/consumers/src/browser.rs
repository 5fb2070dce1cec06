//! Chromium, and what it says of a page.

use std::path::Path;
use std::process::Command;

/// What became of a page.
pub struct Shown {
    /// The page as it stands after its script ran.
    pub page: String,
    /// What the browser complained about.
    pub complaints: Vec<String>,
}

/// Opens a page of this machine.
///
/// # Panics
/// When the browser does not start.
pub fn open(page: &Path) -> Shown {
    let profile = e2e::Folder::new();
    let mut chromium = Command::new("chromium");
    chromium.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]);
    chromium.args(["--enable-logging=stderr", "--virtual-time-budget=5000", "--dump-dom"]);
    chromium.arg(format!("--user-data-dir={}", profile.path("").display()));
    let output = chromium.arg(format!("file://{}", page.display())).output();
    let output = output.expect("Chromium starts");
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{log}");
    Shown {
        page: String::from_utf8(output.stdout).expect("a page is UTF-8"),
        complaints: log.lines().filter(|it| it.contains("CONSOLE")).map(str::to_owned).collect(),
    }
}
