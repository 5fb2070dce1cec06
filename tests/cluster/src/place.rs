//! The folder that holds all of one cluster.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use cargo_metadata::MetadataCommand;

use crate::digest::sha256;

/// Sockets lie below the folder, and the kernel takes 107 bytes for their paths.
const LONGEST: usize = 107 - "/kubelet/device-plugins/kubelet.sock".len();

/// The folder of one cluster, known by the cluster's name.
#[derive(Clone)]
pub(crate) struct Place {
    folder: PathBuf,
}

impl Place {
    /// The place of the cluster of that name, whether it exists or not.
    pub(crate) fn of(name: &str) -> Result<Self> {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        ensure!(
            !name.is_empty() && name.chars().all(is_name),
            "a cluster's name holds a-z, 0-9 and -, unlike `{name}`"
        );
        let folder = target()?.join("cluster/run").join(name);
        let length = folder.as_os_str().len();
        ensure!(
            length <= LONGEST,
            "sockets cannot lie below {}: {length} bytes are more than {LONGEST}",
            folder.display()
        );
        Ok(Self { folder })
    }

    /// The places of all clusters that left a folder, in the order of their names.
    pub(crate) fn all() -> Result<Vec<(String, Self)>> {
        let Ok(folders) = std::fs::read_dir(target()?.join("cluster/run")) else {
            return Ok(Vec::new());
        };
        let mut places = Vec::new();
        for folder in folders {
            let folder = folder.context("listing the clusters")?;
            places.push((folder.file_name().to_string_lossy().into_owned(), folder.path()));
        }
        places.sort();
        Ok(places.into_iter().map(|(name, folder)| (name, Self { folder })).collect())
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn file(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.join(name)
    }

    /// The path of a file as text, for command lines and configurations.
    pub(crate) fn text(&self, name: &str) -> String {
        self.file(name).to_string_lossy().into_owned()
    }

    /// A file of the network namespace, where the cluster has one.
    pub(crate) fn namespace(&self) -> PathBuf {
        self.file("network")
    }

    /// A name on this machine that no other cluster has: of its cgroups and its pods' network.
    pub(crate) fn unique(&self) -> String {
        let hash = sha256(self.folder.as_os_str().as_encoded_bytes());
        format!("ringfence-{}", &hash[..8])
    }

    /// Makes the folder, readable to its owner alone since keys lie in it.
    pub(crate) fn create(&self) -> Result<()> {
        use std::os::unix::fs::DirBuilderExt;
        for folder in ["", "logs", "parts", "pki"] {
            let folder = self.file(folder);
            let mut builder = std::fs::DirBuilder::new();
            builder.recursive(true).mode(0o700).create(&folder)?;
        }
        Ok(())
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> Result<()> {
        let path = self.file(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("making {}", folder.display()))?;
        }
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
    }
}

/// Cargo's target folder.
pub(crate) fn target() -> Result<PathBuf> {
    let metadata = MetadataCommand::new()
        .current_dir(module())
        .no_deps()
        .exec()
        .context("reading `cargo metadata`")?;
    Ok(metadata.target_directory.into_std_path_buf())
}

/// The Go module from which the parts are built.
pub(crate) fn module() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_lead_out_of_the_folder() {
        assert!(Place::of("../..").is_err());
        assert!(Place::of("").is_err());
    }

    #[test]
    fn two_places_have_two_unique_names() {
        let place = |folder: &str| Place { folder: folder.into() }.unique();
        assert_ne!(place("/a"), place("/b"));
        assert_eq!(place("/a"), place("/a"));
    }
}
