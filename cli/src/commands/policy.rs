//! `ringfence policy`: what settings may not loosen, signed and verified.

use std::path::{Path, PathBuf};

use anyhow::Context;
use scan::policy::key::{PrivateKey, private_pem};
use scan::policy::{Policy, bundle};

use super::settings;
use crate::cli::PolicyCommand;
use crate::exit::{Exit, Failure};
use crate::terminal;
use crate::whole_file::{Readers, WholeFile};

pub(crate) fn run(command: &PolicyCommand) -> Result<Exit, Failure> {
    match command {
        PolicyCommand::Keygen { path } => keygen(path),
        PolicyCommand::Sign { policy, key } => sign(policy, key),
        PolicyCommand::Verify { bundle, key } => {
            let (text, _) = settings::verified(bundle, key)?;
            super::print_and_end(|out| out.write_all(text.as_bytes()))
        }
    }
}

fn keygen(path: &Path) -> Result<Exit, Failure> {
    let public_path = PathBuf::from(format!("{}.pub", path.display()));
    let private_file = WholeFile::begin("the private key", path, Readers::Owner)?;
    let public_file = WholeFile::begin("the public key", &public_path, Readers::Usual)?;
    let write = || -> anyhow::Result<String> {
        let private = private_pem(&terminal::random()?);
        let public = PrivateKey::from_pem(&private)?.public();
        private_file.write_new(&private)?;
        public_file.write_new(&public.to_pem())?;
        Ok(public.id())
    };
    let id = write().map_err(Failure::usage)?;
    super::print_and_end(|out| {
        writeln!(out, "wrote {} and {}, key {id}", path.display(), public_path.display())
    })
}

fn sign(policy: &Path, key: &Path) -> Result<Exit, Failure> {
    let text = settings::text(policy, "the policy")?;
    let private = settings::text(key, "the private key")?;
    let sign = || -> anyhow::Result<String> {
        Policy::read(&policy.display().to_string(), &text)?;
        let key = PrivateKey::from_pem(&private)
            .with_context(|| format!("reading the private key {}", key.display()))?;
        Ok(bundle::sign(&text, &key))
    };
    let bundle = sign().context("signing the policy").map_err(Failure::usage)?;
    super::print_and_end(|out| out.write_all(bundle.as_bytes()))
}
