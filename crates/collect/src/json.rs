//! JSON as the API server writes it, straight into trees, without what nobody reads.

use std::fmt;

use model::builder::{Scalar, TreeBuilder};
use model::tree::Position;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What nobody reads of a mapping, by the key of the mapping.
pub(crate) fn unread_in(key: &str) -> &'static [&'static str] {
    match key {
        "metadata" => &[
            "creationTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "managedFields",
            "resourceVersion",
            "selfLink",
        ],
        // Names of a machine, which no verdict needs.
        "nodeInfo" => &["bootID", "machineID", "systemUUID"],
        // A second copy of the object, and often the only place where a secret stands in the open.
        "annotations" => &["kubectl.kubernetes.io/last-applied-configuration"],
        _ => &[],
    }
}

/// What is read of the status of an object: the versions that a node runs. All else of it moves all
/// the time, and is no configuration.
const READ_OF_STATUS: &str = "nodeInfo";

/// Live objects have no place in a text.
pub(crate) const NOWHERE: Position = Position { line: 0, column: 0 };

/// Writes a value into the tree, but for some keys of it.
pub(crate) struct Value<'a> {
    builder: &'a mut TreeBuilder,
    unread: &'static [&'static str],
    part: Part,
    most: usize,
}

/// Which part of an object a value is, so far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Status,
    Other,
}

impl<'a> Value<'a> {
    /// An object without what nobody reads.
    pub(crate) fn object(builder: &'a mut TreeBuilder) -> Self {
        Self { part: Part::Whole, ..Self::new(builder, &[]) }
    }

    /// The status of an object.
    pub(crate) fn status(builder: &'a mut TreeBuilder) -> Self {
        Self { part: Part::Status, ..Self::new(builder, &[]) }
    }

    /// A value without what these keys of it hold, and without what [`unread_in`] names below.
    pub(crate) fn new(builder: &'a mut TreeBuilder, unread: &'static [&'static str]) -> Self {
        Self { builder, unread, part: Part::Other, most: usize::MAX }
    }

    /// The same, of no more values than this.
    #[must_use]
    pub(crate) fn at_most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    fn inner<'b, E: Error>(&'b mut self, unread: &'static [&'static str]) -> Result<Value<'b>, E> {
        if self.builder.next() > self.most {
            return Err(E::custom(format!("it holds more than {} values", self.most)));
        }
        Ok(Value { builder: &mut *self.builder, unread, part: Part::Other, most: self.most })
    }

    /// What stands below a key.
    fn below<'b, E: Error>(&'b mut self, key: &str) -> Result<Value<'b>, E> {
        let is_inner = self.part == Part::Other && self.unread.is_empty();
        let unread = if is_inner { &[] } else { unread_in(key) };
        let is_status = self.part == Part::Whole && key == "status";
        let part = if is_status { Part::Status } else { Part::Other };
        Ok(Value { part, ..self.inner(unread)? })
    }

    fn is_unread(&self, key: &str) -> bool {
        self.unread.contains(&key) || self.part == Part::Status && key != READ_OF_STATUS
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.builder.scalar(Scalar::Null, NOWHERE);
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.builder.scalar(Scalar::Bool(value), NOWHERE);
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.builder.scalar(Scalar::Int(&value.to_string()), NOWHERE);
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.builder.scalar(Scalar::Int(&value.to_string()), NOWHERE);
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        let text = value.to_string();
        // Rust writes a float without a fraction as an integer, which is what it is in JSON.
        let whole = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        self.builder.scalar(if whole { Scalar::Int(&text) } else { Scalar::Float(&text) }, NOWHERE);
        Ok(())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.builder.scalar(Scalar::Str(value), NOWHERE);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.builder.begin_seq(NOWHERE);
        while items.next_element_seed(self.inner(&[])?)?.is_some() {}
        self.builder.end();
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        self.builder.begin_map(NOWHERE);
        while let Some(key) = map.next_key::<Text<'de>>()? {
            let key = key.as_str();
            if self.is_unread(key) {
                let _unread: IgnoredAny = map.next_value()?;
                continue;
            }
            self.builder.key(key, NOWHERE);
            map.next_value_seed(self.below(key)?)?;
        }
        self.builder.end();
        Ok(())
    }
}

/// A key: borrowed from the page where it has no escape.
pub(crate) enum Text<'de> {
    Borrowed(&'de str),
    Owned(String),
}

impl Text<'_> {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Text::Borrowed(text) => text,
            Text::Owned(text) => text,
        }
    }
}

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_str(Key)
    }
}

struct Key;

impl<'de> Visitor<'de> for Key {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Text::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Text::Owned(text.to_owned()))
    }
}
