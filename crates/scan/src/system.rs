//! Exceptions that come with the program, for components of Kubernetes distributions that need what a
//! check warns of.
//!
//! Each names one kind, one namespace, one object and the repositories of its images, so that
//! another workload of that name, or another image in that workload, is not covered. Each file says
//! what was read to write it, and what is taken from descriptions alone.

use finding::{Exception, Source};

use crate::declared;
use crate::sheet::{Error, Sheet};

/// The distributions, and what is excepted for each.
pub const DISTRIBUTIONS: [(&str, &str); 6] = [
    ("kubeadm", include_str!("system/kubeadm.yaml")),
    ("kind", include_str!("system/kind.yaml")),
    ("k3s", include_str!("system/k3s.yaml")),
    ("eks", include_str!("system/eks.yaml")),
    ("gke", include_str!("system/gke.yaml")),
    ("aks", include_str!("system/aks.yaml")),
];

/// All of them, by distribution.
pub fn exceptions() -> impl Iterator<Item = Exception> {
    let read = |(name, text)| read(name, text).expect("a test reads each of them");
    DISTRIBUTIONS.into_iter().flat_map(read)
}

fn read(name: &str, text: &str) -> Result<Vec<Exception>, Error> {
    let sheet = Sheet { file: name };
    let mut exceptions = Vec::new();
    let Some(tree) = sheet.parse(text)? else { return Ok(exceptions) };
    for item in sheet.items(tree.root())? {
        exceptions.extend(declared::read(sheet, item, Source::Shipped)?);
    }
    for exception in &mut exceptions {
        exception.at = None;
    }
    Ok(exceptions)
}
