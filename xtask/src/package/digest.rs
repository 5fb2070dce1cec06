//! Hashes in hexadecimal.

use sha2::{Digest, Sha256};

/// The SHA-256 of bytes: 64 digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}
