//! Where images come from, and whether they stay what they are.

mod ambiguous_image_name;
mod dangerous_git_sync;
mod deprecated_registry;
mod development_image_in_production;
mod foreign_registry;
mod mutable_tag;
mod never_pulled_image;
mod stale_image;
mod undigested_image;
mod unofficial_image;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    ambiguous_image_name::CHECK,
    dangerous_git_sync::CHECK,
    deprecated_registry::CHECK,
    development_image_in_production::CHECK,
    foreign_registry::CHECK,
    mutable_tag::CHECK,
    never_pulled_image::CHECK,
    stale_image::CHECK,
    undigested_image::CHECK,
    unofficial_image::CHECK,
];
