//! Settings of nodes that a cluster keeps in `ConfigMaps`: documents inside a text of an object.

use std::sync::Arc;

use model::tree::Node;
use model::{Object, Unreadable};

use crate::Reading;
use crate::yaml::{Document, Limits, Reader};

/// Where kubeadm keeps them: how the name of the `ConfigMap` begins, since old ones end in a
/// version, and the key.
const HELD: [(&str, &str); 2] = [("kubelet-config", "kubelet"), ("kube-proxy", "config.conf")];

impl Reading {
    /// Adds the settings that stand inside of what was read as objects of their own. They are no more
    /// objects for the account, which has counted the `ConfigMap`.
    pub fn unfold(&mut self) {
        let mut held = Vec::new();
        for object in &self.objects {
            match settings(object) {
                Some(Ok(settings)) => held.extend(settings),
                Some(Err(unreadable)) => self.inputs.unreadable.push(unreadable),
                None => {}
            }
        }
        self.objects.extend(held);
    }
}

/// The settings that an object holds, if it is one of those that do.
fn settings(object: &Object) -> Option<Result<Vec<Object>, Unreadable>> {
    let is_config_map = object.kind() == "ConfigMap" && object.group().is_empty();
    if !is_config_map || object.namespace() != "kube-system" {
        return None;
    }
    let (_, key) = HELD.iter().find(|(name, _)| object.name().starts_with(name))?;
    let node = object.get("data")?.get(key)?;
    Some(read(object, node))
}

/// Reads the text of a value. It begins on the line behind its key, as block texts do.
fn read(holder: &Object, node: Node<'_>) -> Result<Vec<Object>, Unreadable> {
    let text = node.as_str().unwrap_or_default();
    let (mut limits, mut documents) = (Limits::for_text(text.len()), Vec::new());
    let first = node.position().line.saturating_add(1);
    let read = Reader::default().read(text, first, &mut limits, &mut documents);
    let held = |document| match document {
        Document::Tree(tree) => Object::held(tree, holder),
        Document::Template { .. } => None,
    };
    let objects = documents.into_iter().filter_map(held).collect();
    read.map(|()| objects).map_err(|error| {
        let path = holder.origin().shared_file();
        let line = path.is_some().then_some(error.line);
        let path = path.unwrap_or_else(|| Arc::from(holder.id().to_string()));
        Unreadable { path, line, reason: format!("data {}: {}", node.key(), error.reason) }
    })
}

#[cfg(test)]
mod tests {
    use crate::Reading;
    use crate::manifests::read_text;

    fn read(text: &str) -> Reading {
        let mut reading = read_text("a.yaml", text.as_bytes().to_vec(), &|_| true);
        reading.unfold();
        reading
    }

    const CONFIG_MAP: &str = "\
apiVersion: v1
kind: ConfigMap
metadata: {name: kubelet-config, namespace: kube-system}
data:
  kubelet: |
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration
    readOnlyPort: 10255
";

    #[test]
    fn settings_in_a_config_map_are_an_object_with_lines() {
        let reading = read(CONFIG_MAP);
        let [_, settings] = reading.objects.as_slice() else { panic!("{:?}", reading.objects) };
        assert_eq!(settings.kind(), "KubeletConfiguration");
        assert_eq!(settings.name(), "kube-system/kubelet-config");
        let port = settings.get("readOnlyPort").expect("the port is read");
        assert_eq!((port.text(), port.position().line), ("10255", 8));
        assert_eq!(reading.inputs.objects, 1);
    }

    #[test]
    fn settings_of_another_namespace_are_text() {
        assert_eq!(read(&CONFIG_MAP.replace("kube-system", "shop")).objects.len(), 1);
    }

    #[test]
    fn settings_that_cannot_be_read_are_told_with_their_line() {
        let reading = read(&CONFIG_MAP.replace("10255", "[10255"));
        assert_eq!(reading.objects.len(), 1);
        let [unreadable] = reading.inputs.unreadable.as_slice() else { panic!("nothing is told") };
        assert!(unreadable.line.is_some_and(|line| line >= 8), "{unreadable:?}");
        assert!(unreadable.reason.starts_with("data kubelet: "), "{unreadable:?}");
    }
}
