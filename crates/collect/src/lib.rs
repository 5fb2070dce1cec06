//! The doors: whatever comes from outside becomes plain data here, and nothing below sees its raw
//! form.
//!
//! ```text
//! paths   ─▶ manifests ─▶ yaml ─▶ model::Tree ─▶ model::Object
//! context ─▶ cluster   ─▶ JSON ─▶ model::Tree ─▶ model::Object ─▶ dump
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`cluster`] | a live cluster |
//! | [`dump`] | what a cluster listed, in a file, to be judged elsewhere |
//! | [`frame`] | messages in frames, as an editor sends them |
//! | `held` | settings of nodes that stand in ConfigMaps |
//! | [`manifests`] | files, directories and standard input |
//! | [`revision`] | files as they were at a commit |
//! | `path` | paths as the user would write them |
//! | [`render`] | charts and kustomizations, through the user's own programs |
//! | [`yaml`] | one document as the API server reads it |

pub mod cluster;
pub mod dump;
pub mod frame;
mod held;
mod json;
pub mod manifests;
mod path;
pub mod render;
pub mod revision;
pub mod yaml;

use model::{Inputs, Object};

/// What came through a door.
#[derive(Debug, Default)]
pub struct Reading {
    /// The objects that were asked for, in the order of the input.
    pub objects: Vec<Object>,
    /// The account of the reading.
    pub inputs: Inputs,
    /// How many of the paths or lists could be reached at all.
    pub reached: usize,
}
