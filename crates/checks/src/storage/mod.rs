//! Volumes and how they are kept.

mod claim_without_size;
mod claims_deleted_with_stateful_set;
mod deleted_with_claim;
mod early_volume_binding;
mod inline_csi_volume;
mod persistent_volume_on_node;
mod recycled_volume;
mod several_default_storage_classes;
mod shared_writable_claim;
mod snapshot_deleted_with_object;
mod unauthenticated_nfs;
mod unencrypted_storage_class;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    claim_without_size::CHECK,
    claims_deleted_with_stateful_set::CHECK,
    deleted_with_claim::CHECK,
    early_volume_binding::CHECK,
    inline_csi_volume::CHECK,
    persistent_volume_on_node::CHECK,
    recycled_volume::CHECK,
    several_default_storage_classes::CHECK,
    shared_writable_claim::CHECK,
    snapshot_deleted_with_object::CHECK,
    unauthenticated_nfs::CHECK,
    unencrypted_storage_class::CHECK,
];
