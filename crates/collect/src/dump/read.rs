//! Reads a dump.

use std::fmt;
use std::sync::Arc;

use model::builder::TreeBuilder;
use model::{Live, Node, Object, Origin, Unreadable};
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use sha2::{Digest, Sha256};

use super::inflate::{Broken, Lines};
use super::line::{Footer, Header, number};
use crate::Reading;
use crate::json::{Text, Value};
use crate::yaml::Limits;

/// Objects that are read whatever the size of the dump, and of how many of its bytes one more may
/// come: the id of each alone has sixteen that cannot be compressed.
const OBJECTS: usize = 50_000;
const BYTES_OF_ONE: usize = 8;

/// Bytes of memory that objects may take whatever the size of the dump, and how many for each of its
/// bytes.
const KEPT: usize = 96 << 20;
const KEPT_OF_BYTE: usize = 64;

/// Bytes of memory that an object takes beside its tree.
const BESIDE: usize = 512;

/// So many broken lines are told one by one.
const MOST_BROKEN: usize = 100;

const AGAIN: &str = "take the dump again, or copy it again from where it came";

/// Reads a dump. Only objects that `wanted` accepts are kept, the others are counted.
///
/// A dump that is damaged or cut short is read as far as it goes; what is wrong with it is part of
/// the account.
pub fn read(name: &str, bytes: &[u8], wanted: &dyn Fn(&Object) -> bool) -> Reading {
    let mut reader = Reader {
        name: Arc::from(name),
        wanted,
        most: OBJECTS.saturating_add(bytes.len() / BYTES_OF_ONE),
        left: KEPT.saturating_add(bytes.len().saturating_mul(KEPT_OF_BYTE)),
        builder: TreeBuilder::default(),
        context: Arc::from(""),
        objects: 0,
        stand_for: 0,
        line: 1,
        reading: Reading { reached: 1, ..Reading::default() },
    };
    if let Err(End { line, reason }) = reader.all(bytes) {
        reader.give_up(line, reason);
    }
    reader.reading.inputs.objects = reader.reading.inputs.objects.max(reader.stand_for);
    reader.reading
}

struct Reader<'a> {
    name: Arc<str>,
    wanted: &'a dyn Fn(&Object) -> bool,
    /// How many objects there may be, and how many bytes of them may be kept.
    most: usize,
    left: usize,
    builder: TreeBuilder,
    context: Arc<str>,
    /// Lines that hold an object, and how many objects those stand for.
    objects: u64,
    stand_for: usize,
    line: u32,
    reading: Reading,
}

/// Why a dump is not read to its end.
struct End {
    line: Option<u32>,
    reason: String,
}

impl Reader<'_> {
    fn all(&mut self, bytes: &[u8]) -> Result<(), End> {
        let mut lines = Lines::new(bytes);
        let mut hash = Sha256::new();
        let listed = match lines.next() {
            Ok(Some(line)) => {
                hash.update(line);
                self.header(line)?
            }
            Err(error @ Broken::Window(_)) => return Err(self.broken(&error)),
            Ok(None) | Err(_) => return Err(no_dump()),
        };
        loop {
            self.line = self.line.saturating_add(1);
            let line = match lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => return Err(self.cut()),
                Err(error) => return Err(self.broken(&error)),
            };
            if let Some(footer) = footer(line) {
                self.end(&footer, hash)?;
                self.reading.inputs.objects = listed;
                return match lines.next() {
                    Ok(None) => Ok(()),
                    _ => Err(self.here(format!("something follows the end of the dump; {AGAIN}"))),
                };
            }
            hash.update(line);
            self.object(line)?;
        }
    }

    /// Reads the first line; gives how many objects were listed.
    fn header(&mut self, line: &[u8]) -> Result<usize, End> {
        let version = Header::family(line).ok_or_else(no_dump)?;
        if version != "v1" {
            let reason = format!("a dump of the form {version:?}; update ringfence to read it");
            return Err(End { line: None, reason });
        }
        let mut header: Header = serde_json::from_slice(line)
            .map_err(|error| self.here(format!("no header of a dump: {error}; {AGAIN}")))?;
        let listed = number(header.listed);
        let unasked = std::mem::take(&mut header.unasked).into_iter();
        self.reading.inputs.unasked = unasked.map(|(kind, of)| (kind, number(of))).collect();
        let cluster = header.into_cluster();
        self.context = Arc::clone(&cluster.context);
        self.reading.inputs.clusters.push(cluster);
        Ok(listed)
    }

    fn object(&mut self, line: &[u8]) -> Result<(), End> {
        let most = Limits::for_text(line.len()).values;
        let mut json = serde_json::Deserializer::from_slice(line);
        let seed = Line { builder: &mut self.builder, context: &self.context, most };
        let read = seed.deserialize(&mut json).and_then(|read| json.end().map(|()| read));
        let (object, copies) = match read {
            Ok(read) => read,
            Err(error) => {
                self.give_up(Some(self.line), format!("no object of a dump: {error}; {AGAIN}"));
                let told = self.reading.inputs.unreadable.len();
                let many = || self.here(format!("too many broken lines; {AGAIN}"));
                return if told < MOST_BROKEN { Ok(()) } else { Err(many()) };
            }
        };
        self.objects += 1;
        self.stand_for = self.stand_for.saturating_add(1).saturating_add(copies);
        if !(self.wanted)(&object) {
            let kind = [object.kind(), object.group()].join(".");
            let kind = kind.trim_end_matches('.').to_owned();
            *self.reading.inputs.unasked.entry(kind).or_default() += 1;
            return Ok(());
        }
        let left = self.left.checked_sub(object.tree().bytes().saturating_add(BESIDE));
        self.left = left.ok_or_else(|| self.broken(&Broken::Bomb))?;
        self.most = self.most.checked_sub(1).ok_or_else(|| self.broken(&Broken::Bomb))?;
        self.reading.objects.push(object);
        Ok(())
    }

    fn end(&self, footer: &Footer, hash: Sha256) -> Result<(), End> {
        if footer.sha256 != Footer::new(self.objects, hash).sha256 {
            return Err(self.here(format!("damaged: it does not match its checksum; {AGAIN}")));
        }
        if footer.objects != self.objects {
            let (has, should) = (self.objects, footer.objects);
            return Err(self.here(format!("damaged: {has} of {should} objects; {AGAIN}")));
        }
        Ok(())
    }

    fn cut(&self) -> End {
        self.here(format!("cut short: its end is missing; {AGAIN}"))
    }

    fn broken(&self, error: &Broken) -> End {
        let what_to_do = match error {
            Broken::Window(_) => String::new(),
            _ => format!("; {AGAIN}"),
        };
        self.here(format!("{error}{what_to_do}"))
    }

    fn here(&self, reason: String) -> End {
        End { line: Some(self.line), reason }
    }

    fn give_up(&mut self, line: Option<u32>, reason: String) {
        let path = Arc::clone(&self.name);
        self.reading.inputs.unreadable.push(Unreadable { path, line, reason });
    }
}

/// The last line, if this is it: it is short.
fn footer(line: &[u8]) -> Option<Footer> {
    (line.len() < 256).then(|| serde_json::from_slice(line).ok()).flatten()
}

fn no_dump() -> End {
    let reason = "compressed with zstd, and no dump of ringfence or a damaged one; decompress it \
                  if it holds manifests, else take the dump again";
    End { line: None, reason: reason.to_owned() }
}

/// Reads one line: an object, and how many more it stands for.
struct Line<'a> {
    builder: &'a mut TreeBuilder,
    context: &'a Arc<str>,
    most: usize,
}

impl<'de> DeserializeSeed<'de> for Line<'_> {
    type Value = (Object, usize);

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Line<'_> {
    type Value = (Object, usize);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object and its copies")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut tree, mut copies) = (None, 0);
        while let Some(key) = map.next_key::<Text<'de>>()? {
            match key.as_str() {
                "copies" => copies = number(map.next_value()?),
                "object" => {
                    self.builder.clear();
                    let value = Value::object(&mut *self.builder).at_most(self.most);
                    map.next_value_seed(value)?;
                    tree = Some(self.builder.finish());
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let tree = tree.ok_or_else(|| A::Error::missing_field("object"))?;
        let uid = tree.root().at("metadata.uid").and_then(Node::as_str).unwrap_or_default();
        let live = Live { context: Arc::clone(self.context), uid: uid.into() };
        let object = Object::new(tree, Origin::Live(Arc::new(live)));
        let mut object = object.map_err(|_| A::Error::custom("it has no apiVersion and kind"))?;
        object.stand_for(copies);
        Ok((object, copies))
    }
}
