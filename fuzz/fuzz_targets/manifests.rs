//! Manifests from anywhere, all the way: read, judged by every check, written in every form.
//! Whatever the bytes, nothing panics, nothing hangs, and every object is accounted for.

#![no_main]

use collect::manifests::read_text;
use libfuzzer_sys::fuzz_target;
use model::Inputs;
use ringfence_fuzz::judge;

/// Names that make a file more than YAML, and one that does not.
const FILES: [&str; 4] =
    ["fuzz.yaml", "values.yaml", ".github/workflows/fuzz.yaml", ".gitlab-ci.yml"];

fuzz_target!(|bytes: &[u8]| {
    for file in FILES {
        let all = read_text(file, bytes.to_vec(), &|_| true);
        assert_eq!(all.inputs.objects, all.objects.len());
        every_document_is_counted_once(bytes, &all.inputs);
        let wanted = read_text(file, bytes.to_vec(), &scan::wants);
        assert_eq!(all.inputs.objects, wanted.inputs.objects);
        let (all, wanted) = (judge(all).findings, judge(wanted).findings);
        assert_eq!(all.len(), wanted.len(), "what nobody reads changes no verdict");
    }
});

/// A list is one document and any number of objects; without one, and without escapes that could hide
/// one, the account is exact.
fn every_document_is_counted_once(bytes: &[u8], inputs: &Inputs) {
    if std::str::from_utf8(bytes).is_ok_and(|text| !text.contains("List") && !text.contains('\\')) {
        let skipped: usize = inputs.skipped.values().map(|skipped| skipped.documents).sum();
        let unreadable = inputs.unreadable.iter().filter(|it| it.line.is_some()).count();
        assert_eq!(inputs.documents, inputs.objects + skipped + unreadable);
    }
}
