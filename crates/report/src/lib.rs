//! A report in the form that somebody wants: one file for each.
//!
//! ```text
//! Report ─▶ text · json · sarif · …     Check ─▶ explain · catalogue
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`text`] | a page for a person |
//! | [`json`] | `ringfence.scan/v1`, and the fingerprints of an earlier one |
//! | [`jsonl`] | the same a line each, for streams |
//! | [`sarif`] | SARIF 2.1.0 |
//! | [`junit`] | `JUnit` XML, as results of tests |
//! | [`gitlab`] | Code Quality of GitLab |
//! | [`github`] | annotations of GitHub Actions |
//! | [`markdown`] | a comment on a pull request |
//! | [`html`] | one file for a browser |
//! | [`csv`] | a spreadsheet |
//! | [`ocsf`] | OCSF Compliance Findings |
//! | [`policy_report`] | `PolicyReport` and `OpenReports` objects |
//! | [`exceptions`] | what became of each exception |
//! | [`settings`] | what the settings are, and why |
//! | [`explain`] | the page of one check |
//! | [`fix`] | the account of edits |
//! | [`hover`] | a finding where the pointer of an editor rests |
//! | [`catalogue`] | all checks, as an array and as a page of HTML |
//! | [`style`] | colour, where it is wanted, and text that cannot harm a terminal |

pub mod catalogue;
pub mod csv;
pub mod doctor;
pub mod exceptions;
pub mod explain;
pub mod fix;
pub mod github;
pub mod gitlab;
pub mod hover;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
mod markup;
pub mod ocsf;
pub mod policy_report;
pub mod sarif;
mod sentence;
pub mod settings;
pub mod style;
pub mod text;

pub use style::Style;

/// The tool that wrote a report.
pub const TOOL: &str = "ringfence";

/// Its version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
