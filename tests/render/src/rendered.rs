//! What a folder renders to, value by value.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use collect::Reading;
use collect::manifests::{self, Request};
use collect::render::{Settings, Variant};
use model::tree::{Node, Type};
use model::{Shows, Spot};

use crate::programs;

/// A value of an object: the rendering, the object, and the path in it.
pub type Key = (String, String, String);

/// The scalars of all rendered objects, and where each was written.
pub type Values = BTreeMap<Key, (String, Spot)>;

/// Reads a folder, with every chart in these variants.
///
/// # Panics
/// When a variant is none.
pub fn read(folder: &Path, variants: &[&str]) -> Reading {
    let variant = |text: &&str| text.parse::<Variant>().expect("it is a variant");
    let settings = Settings {
        path: programs::folder().into(),
        values: Vec::new(),
        variants: variants.iter().map(variant).collect(),
        limit: Duration::from_secs(60),
        kubernetes: Some("1.34".to_owned()),
    };
    let request =
        Request { paths: vec![folder.to_owned()], render: Some(settings), ..Request::default() };
    let read = manifests::read(&request, &mut std::io::empty(), &|_| true, &|_| {});
    read.expect("nothing is excluded")
}

/// The scalars of what was rendered.
pub fn values(reading: &Reading) -> Values {
    let rendered = reading.objects.iter().filter(|it| it.origin().rendered().is_some());
    let mut values = Values::new();
    for object in rendered {
        let name = object.origin().file().unwrap_or_default().to_owned();
        let id = object.id().to_string();
        for node in (0..object.tree().len()).filter_map(|it| Node::new(object.tree(), it)) {
            if matches!(node.kind(), Type::Map | Type::Seq) {
                continue;
            }
            let spot = object.origin().spot(node).expect("it came from files");
            let key = (name.clone(), id.clone(), node.path());
            values.insert(key, (node.text().to_owned(), spot));
        }
    }
    values
}

/// Where the value of a path of an object was written: the file below a folder with its line, and
/// how certain that is.
///
/// # Panics
/// When there is no such value, or its file is elsewhere.
pub fn place(values: &Values, folder: &Path, of: [&str; 3]) -> (String, Shows) {
    let [rendering, object, path] = of;
    let is_meant = |((file, id, at), _): &(&Key, &(String, Spot))| {
        file.ends_with(rendering) && id == object && at == path
    };
    let (_, (_, spot)) = values.iter().find(is_meant).unwrap_or_else(|| panic!("no {of:?}"));
    let file = Path::new(&*spot.file).strip_prefix(folder).expect("it is in the folder");
    (format!("{}:{}", file.display(), spot.at.line), spot.shows)
}
