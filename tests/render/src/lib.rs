//! Charts and kustomizations, rendered by the real Helm and the real Kustomize.
//!
//! ```text
//! fixtures ─▶ Folder ─▶ collect::manifests with real programs ─▶ Values: what each says, and where
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`fixtures`] | what they are tried on |
//! | [`programs`] | Helm and Kustomize, built once from their published modules |
//! | [`rendered`] | what a folder renders to, value by value |
#![allow(
    clippy::disallowed_methods,
    reason = "a test builds the programs, writes files and starts what it tests"
)]

pub mod fixtures;
pub mod programs;
pub mod rendered;
