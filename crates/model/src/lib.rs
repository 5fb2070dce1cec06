//! The cluster as plain data, each value with the place it came from.
//!
//! ```text
//! TreeBuilder ─▶ Tree ─▶ Object ─▶ Inventory ─▶ Workload ─▶ Container ─▶ Security
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`tree`] | one document as a flat tree of values with line and column, and the view on one value |
//! | [`builder`] | how a reader writes such a tree; merge and repeated keys are settled at its end |
//! | [`path`] | the way to a value, read back |
//! | [`place`] | a value, or the field that is missing from it, as evidence |
//! | [`kinds`] | the built-in kinds: group, plural, scope |
//! | [`object`] | one Kubernetes object and its identity |
//! | [`rendering`] | charts and kustomizations as they were rendered, each value with its place |
//! | [`selector`], [`selecting`] | label selectors, and what selects a pod |
//! | [`schema`] | the types of the fields that are read here |
//! | [`template`] | pod templates, wherever they stand |
//! | [`workload`], [`container`], [`security`] | whatever runs pods, unified |
//! | [`context`] | security contexts as they are written |
//! | [`volume`] | volumes, and who mounts them |
//! | [`inventory`] | all objects of one input |
//! | `command` | what a container starts, also behind a shell or a wrapper |
//! | [`component`] | components of Kubernetes, by the flags they are started with |
//! | [`image`], [`quantity`], [`duration`] | references to images, quantities of resources, durations |
//! | [`diagnosis`] | how well a cluster can be seen |
//! | [`fold`] | folds copies into what they are copies of |
//! | [`inputs`] | what was read, what was not, and why |

pub mod builder;
mod command;
pub mod component;
pub mod container;
pub mod context;
pub mod diagnosis;
pub mod duration;
pub mod fold;
pub mod image;
pub mod inputs;
pub mod inventory;
pub mod kinds;
pub mod object;
pub mod path;
pub mod place;
pub mod quantity;
pub mod rendering;
pub mod schema;
pub mod security;
pub mod selecting;
pub mod selector;
mod settle;
pub mod template;
pub mod tree;
pub mod volume;
pub mod workload;

pub use component::{Component, Flag, Program};
pub use container::{Container, Role};
pub use context::Context;
pub use image::Image;
pub use inputs::{Cluster, Inputs, SkipReason, Unlisted, Unreadable};
pub use inventory::Inventory;
pub use kinds::Kinds;
pub use object::{Live, Object, ObjectId, Origin};
pub use place::Place;
pub use rendering::{Door, Rendered, Rendering, Shows, Spot};
pub use security::{Security, Setting};
pub use selecting::{Selecting, Selects};
pub use selector::Selector;
pub use tree::{Node, Position, Tree, Type};
pub use volume::{Mount, Volume};
pub use workload::Workload;
