//! What the model makes of manifests.

mod components;
mod duplicates;
mod merges;
mod mismatches;
mod owners;
mod paths;
mod selectors;
mod templates;

use model::{Inventory, Object};

/// The objects of a text.
fn objects(text: &str) -> Vec<Object> {
    let read = collect::manifests::read_text("a.yaml", text.as_bytes().to_vec(), &|_| true);
    assert!(read.inputs.unreadable.is_empty(), "{:?}\n{text}", read.inputs.unreadable);
    read.objects
}

/// The one object of a text.
fn object(text: &str) -> Object {
    let mut objects = objects(text);
    assert_eq!(objects.len(), 1, "{text}");
    objects.remove(0)
}

fn inventory(text: &str) -> Inventory {
    Inventory::new(objects(text))
}
