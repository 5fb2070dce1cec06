//! The doors: whatever comes from outside becomes plain data here, and nothing below sees its raw
//! form.
//!
//! ```text
//! paths ─▶ manifests ─▶ yaml ─▶ model::Tree ─▶ model::Object
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`manifests`] | files, directories and standard input |
//! | [`yaml`] | one document as the API server reads it |

pub mod manifests;
pub mod yaml;
