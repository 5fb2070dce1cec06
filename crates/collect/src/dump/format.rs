//! What a dump looks like, and how long its lines are.

/// What every compressed text starts with.
pub(super) const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// So many bytes of a dump are enough to recognise it: its first block, compressed or not.
pub(crate) const HEAD: usize = (128 << 10) + 64;

/// What the first line names before the version of the format.
pub(super) const FAMILY: &str = "ringfence.dump/";

/// The format that is written.
pub(super) const SCHEMA: &str = "ringfence.dump/v1";

/// Bytes that one line may have. An object in a cluster has at most 1.5 MiB.
pub(super) const LINE: usize = 8 << 20;
