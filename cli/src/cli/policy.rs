//! What `policy` takes.

use std::path::PathBuf;

use clap::Subcommand;

/// What about policies.
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Write a new pair of keys: FILE for its owner alone, and FILE.pub for everybody
    Keygen {
        /// Where to; nothing is overwritten
        #[arg(value_name = "FILE")]
        path: PathBuf,
    },
    /// Sign a policy, and print the bundle
    Sign {
        /// The policy; - is standard input
        #[arg(value_name = "POLICY")]
        policy: PathBuf,

        /// The private key
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
    /// Verify a bundle, and print the policy in it
    Verify {
        /// The bundle; - is standard input
        #[arg(value_name = "BUNDLE")]
        bundle: PathBuf,

        /// The public key that must have signed it
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
}
