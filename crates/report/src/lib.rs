//! A report in the form that somebody wants: one file for each.
//!
//! ```text
//! Report ─▶ text · json · sarif        Check ─▶ explain · catalogue
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`text`] | a page for a person |
//! | [`json`] | `ringfence.scan/v1`, and the fingerprints of an earlier one |
//! | [`sarif`] | SARIF 2.1.0 |
//! | [`explain`] | the page of one check |
//! | [`fix`] | the account of edits |
//! | [`catalogue`] | all checks, as an array and as a page of HTML |
//! | [`style`] | colour, where it is wanted, and text that cannot harm a terminal |

pub mod catalogue;
pub mod doctor;
pub mod explain;
pub mod fix;
pub mod json;
pub mod sarif;
pub mod style;
pub mod text;

pub use style::Style;

/// The tool that wrote a report.
pub const TOOL: &str = "ringfence";

/// Its version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
