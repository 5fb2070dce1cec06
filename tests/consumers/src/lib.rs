//! The forms of a report before those who read them.
//!
//! ```text
//! hostile names ─▶ ringfence ─▶ a form ─▶ its reader ══ the JSON report
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`sample`] | a scan with every state and with names that would be more than names |
//! | [`python`] | readers from the Python registry, in an environment of their own |
//! | [`browser`] | Chromium, and what it says of a page |
#![allow(
    clippy::disallowed_methods,
    reason = "tests of the whole program write files and start programs"
)]

pub mod browser;
pub mod python;
pub mod sample;

pub use sample::Sample;
