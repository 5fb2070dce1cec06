//! Manifests from anywhere, mended: whatever the text, what is not refused stays a text of the same
//! objects, and the edits of an editor make the same of it.

#![no_main]

use collect::Reading;
use collect::manifests::read_text;
use libfuzzer_sys::fuzz_target;
use ringfence_fuzz::found;
use scan::mend::mendings;

const FILE: &str = "fuzz.yaml";

fuzz_target!(|text: &str| {
    let (inventory, report) = found(read(text));
    let all = mendings(&inventory, &report.findings);
    let orders: Vec<_> = all.iter().map(|it| it.order()).collect();
    let applied = fix::apply(text, &orders);
    assert!(applied.refused.iter().all(|(index, _)| *index < orders.len()));
    if applied.refused.len() == orders.len() {
        assert_eq!(applied.text, text, "what is refused changes nothing");
    }
    let (before, after) = (read(text), read(&applied.text));
    assert_eq!(before.objects.len(), after.objects.len());
    assert_eq!(before.inputs.unreadable.len(), after.inputs.unreadable.len());
    let mut edited = text.to_owned();
    for edit in fix::diff::edits(text, &applied.text).into_iter().rev() {
        edited.replace_range(edit.range, &edit.text);
    }
    assert_eq!(edited, applied.text);
});

fn read(text: &str) -> Reading {
    read_text(FILE, text.as_bytes().to_vec(), &|_| true)
}
