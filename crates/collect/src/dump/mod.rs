//! A dump: what a cluster listed, in one file, to be judged later and elsewhere.
//!
//! ```text
//! Reading ─▶ write (line by line ─▶ zstd) ─▶ FILE ─▶ inflate ─▶ read (line by line) ─▶ Reading
//! ```
//!
//! `ringfence.dump/v1` is JSON lines, compressed with zstd: a header that says which cluster it was
//! and when, one object a line, and a footer with their number and a SHA-256 of all that stands
//! before it. The footer shows damage; it does not show who wrote the dump.

mod format;
mod inflate;
mod json;
mod line;
mod read;
mod redact;
mod write;

pub(crate) use format::HEAD;
use format::MAGIC;
pub use read::read;
pub use redact::{Hidden, Redact};
pub use write::write;

/// Whether bytes are compressed with zstd.
pub(crate) fn is_compressed(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Whether bytes, or the first [`HEAD`] of them, are a dump: compressed, and with our header.
pub(crate) fn is_dump(bytes: &[u8]) -> bool {
    let mut lines = inflate::Lines::new(bytes);
    is_compressed(bytes)
        && matches!(lines.next(), Ok(Some(line)) if line::Header::family(line).is_some())
}

#[cfg(test)]
mod tests {
    use std::io;

    use model::inputs::Cause;
    use model::{Cluster, Object, Unlisted};

    use super::*;
    use crate::{Reading, manifests};

    struct Nothing;

    impl Redact for Nothing {
        fn object(&mut self, _: &Object) -> Vec<Hidden> {
            Vec::new()
        }

        fn text(&mut self, _: &str) -> Option<String> {
            None
        }
    }

    const TAKEN: &str = "2026-01-01T00:00:00Z";

    fn listed() -> Reading {
        let text = "{apiVersion: v1, kind: Pod, metadata: {name: a, uid: u-1}, spec: {a: [1, 1.5, \
                    null, true, \"x\\ny\"]}}\n---\n{apiVersion: v1, kind: Node, metadata: {name: b}, \
                    status: {nodeInfo: {kubeletVersion: v1.36.3}}}";
        let mut reading = manifests::read_text("a.yaml", text.into(), &|_| true);
        reading.objects[0].stand_for(3);
        reading.inputs.objects = 9;
        reading.inputs.unasked.insert("Widget.example.com".to_owned(), 4);
        let unlisted = |cause| Unlisted {
            resource: "nodes".to_owned(),
            namespace: Some("shop".to_owned()),
            cause,
        };
        reading.inputs.clusters.push(Cluster {
            context: "test".into(),
            server: "https://127.0.0.1".to_owned(),
            version: Some("v1.36.3".to_owned()),
            namespaces: vec!["shop".to_owned()],
            kinds: vec!["pods".to_owned()],
            unlisted: vec![unlisted(Cause::Forbidden), unlisted(Cause::Failed("late".to_owned()))],
            dumped: None,
        });
        reading
    }

    fn dumped(reading: &Reading) -> Vec<u8> {
        let mut out = Vec::new();
        write(reading, TAKEN, &mut Nothing, &mut out).unwrap();
        out
    }

    #[test]
    fn what_was_listed_is_read_again() {
        let before = listed();
        let after = read("a", &dumped(&before), &|_| true);
        assert_eq!(after.inputs.unreadable, []);
        assert_eq!((after.inputs.objects, after.reached), (9, 1));
        assert_eq!(after.inputs.unasked, before.inputs.unasked);
        let cluster =
            Cluster { dumped: Some(TAKEN.to_owned()), ..before.inputs.clusters[0].clone() };
        assert_eq!(after.inputs.clusters, [cluster]);
        let [pod, node] = after.objects.as_slice() else { panic!("{after:?}") };
        let live = pod.origin().live().unwrap();
        assert_eq!((&*live.context, &*live.uid, pod.copies()), ("test", "u-1", 3));
        let texts = |it: &Object| format!("{:?}", it.root());
        assert_eq!(texts(pod), texts(&before.objects[0]));
        assert_eq!(texts(node), texts(&before.objects[1]));
        assert_eq!(dumped(&before), dumped(&before));
    }

    #[test]
    fn what_nobody_wants_is_counted() {
        let reading = read("a", &dumped(&listed()), &|object| object.kind() == "Node");
        assert_eq!(reading.objects.len(), 1);
        assert_eq!(reading.inputs.unasked.get("Pod"), Some(&1));
        assert_eq!(reading.inputs.objects, 9);
    }

    #[test]
    fn a_dump_is_recognised_by_its_first_line() {
        let dump = dumped(&listed());
        assert!(is_dump(&dump) && is_compressed(&dump));
        let other = |text: &str| {
            let level = ruzstd::encoding::CompressionLevel::Fastest;
            ruzstd::encoding::compress_to_vec(text.as_bytes(), level)
        };
        assert!(is_dump(&other("{\"schema\": \"ringfence.dump/v2\"}\n")));
        for text in ["", "\n", "{\"schema\": \"ringfence.scan/v1\"}\n", "apiVersion: v1\n"] {
            assert!(!is_dump(&other(text)), "{text}");
        }
        assert!(!is_dump(b"{\"schema\": \"ringfence.dump/v1\"}\n"));
    }

    #[test]
    fn a_drain_that_takes_no_more_is_an_error() {
        struct Full;
        impl io::Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::from(io::ErrorKind::StorageFull))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let error = write(&listed(), TAKEN, &mut Nothing, &mut Full).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    }
}
