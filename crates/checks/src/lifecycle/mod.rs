//! What is at the end of its life, or in the wrong place.

mod dead_annotation;
mod default_namespace;
mod end_of_life_kubernetes;
mod leftover_debugging;
mod removed_api;
mod removed_volume_plugin;
mod retired_component;
mod stuck_deletion;
mod system_namespace_intruder;
mod version_skew;
mod vulnerable_component;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    dead_annotation::CHECK,
    default_namespace::CHECK,
    end_of_life_kubernetes::CHECK,
    leftover_debugging::CHECK,
    removed_api::CHECK,
    removed_volume_plugin::CHECK,
    retired_component::CHECK,
    stuck_deletion::CHECK,
    system_namespace_intruder::CHECK,
    version_skew::CHECK,
    vulnerable_component::CHECK,
];
