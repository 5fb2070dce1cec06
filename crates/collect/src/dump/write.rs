//! Writes a dump.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{self, Read, Write};

use model::Object;
use model::tree::Node;
use ruzstd::encoding::{CompressionLevel, FrameCompressor};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::json;
use super::line::{Footer, Header};
use super::redact::Redact;
use crate::Reading;

/// Writes what a cluster listed. `taken` is when, in RFC 3339.
///
/// Never held as a whole, neither as text nor compressed. Secrets keep their metadata alone; what
/// `redact` names is replaced. The same reading, time and redaction give the same bytes.
///
/// # Errors
/// Where `out` takes no more.
pub fn write(
    reading: &Reading,
    taken: &str,
    redact: &mut dyn Redact,
    out: &mut dyn Write,
) -> io::Result<()> {
    let failed = RefCell::new(None);
    let mut compressor = FrameCompressor::new(CompressionLevel::Fastest);
    compressor.set_source(Lines::new(reading, taken, redact, &failed));
    compressor.set_drain(Drain { out, failed: &failed });
    compressor.compress();
    drop(compressor);
    failed.into_inner().map_or(Ok(()), Err)
}

/// The lines of a dump, made as they are asked for.
struct Lines<'a> {
    objects: &'a [Object],
    header: Option<Header>,
    written: u64,
    redact: &'a mut dyn Redact,
    hash: Option<Sha256>,
    line: Vec<u8>,
    given: usize,
    failed: &'a RefCell<Option<io::Error>>,
}

impl<'a> Lines<'a> {
    fn new(
        reading: &'a Reading,
        taken: &str,
        redact: &'a mut dyn Redact,
        failed: &'a RefCell<Option<io::Error>>,
    ) -> Self {
        let mut header = Header::new(&reading.inputs, taken, reading.objects.len());
        for text in header.texts() {
            if let Some(marker) = redact.text(text) {
                *text = marker;
            }
        }
        let (hash, line) = (Some(Sha256::new()), Vec::new());
        let (header, objects) = (Some(header), reading.objects.as_slice());
        Self { objects, header, written: 0, redact, hash, line, given: 0, failed }
    }

    /// Makes the next line, or none where all are made.
    fn advance(&mut self) {
        self.line.clear();
        self.given = 0;
        if let Some(header) = self.header.take() {
            self.push(&header);
        } else if let Some((object, rest)) = self.objects.split_first() {
            self.objects = rest;
            self.written += 1;
            self.object(object);
        } else if let Some(hash) = self.hash.take() {
            self.push(&Footer::new(self.written, hash));
        }
        if let Some(hash) = &mut self.hash {
            hash.update(&self.line);
        }
    }

    fn push(&mut self, line: &impl Serialize) {
        serde_json::to_writer(&mut self.line, line).expect("memory takes all");
        self.line.push(b'\n');
    }

    fn object(&mut self, object: &Object) {
        let hidden = self.redact.object(object);
        self.line.push(b'{');
        if object.copies() > 0 {
            self.line.extend(format!("\"copies\":{},", object.copies()).as_bytes());
        }
        self.line.extend(b"\"object\":");
        let left_out = left_out(object);
        let keeps = |entry: Node<'_>| is_kept(entry) && !left_out.contains(&entry.index());
        json::Writer::new(&hidden, &mut self.line).value(object.root(), &keeps);
        self.line.extend(b"}\n");
    }
}

impl Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failed.borrow().is_some() {
            return Ok(0);
        }
        if self.given == self.line.len() {
            self.advance();
        }
        let left = self.line.get(self.given..).unwrap_or_default();
        let size = left.len().min(buffer.len());
        buffer[..size].copy_from_slice(&left[..size]);
        self.given += size;
        Ok(size)
    }
}

/// Takes the compressed bytes, and remembers the first failure: the compressor asks for a drain that
/// never fails.
struct Drain<'a> {
    out: &'a mut dyn Write,
    failed: &'a RefCell<Option<io::Error>>,
}

impl Write for Drain<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failed.borrow().is_none()
            && let Err(error) = self.out.write_all(bytes)
        {
            *self.failed.borrow_mut() = Some(error);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The entries of an object that are not written. Of a Secret, only who it is is kept.
fn left_out(object: &Object) -> BTreeSet<usize> {
    let is_secret = object.group().is_empty() && object.kind() == "Secret";
    let says_who = |it: &Node<'_>| ["apiVersion", "kind", "metadata", "type"].contains(&it.key());
    let entries = object.root().entries().filter(|it| is_secret && !says_who(it));
    entries.map(Node::index).collect()
}

/// The last applied configuration is a second copy of the object, with whatever was secret in it.
fn is_kept(entry: Node<'_>) -> bool {
    entry.key() != "kubectl.kubernetes.io/last-applied-configuration"
}
