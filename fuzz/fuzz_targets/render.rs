//! What a chart or kustomization consists of: any text is looked into, and a value is only ever said to
//! be written on a line that is there. The input is a template, values and what came of them, with a
//! line of its own between each.

#![no_main]

use collect::render::texts::{kustomization, template};
use libfuzzer_sys::fuzz_target;
use model::path::steps;

const BETWEEN: &str = "\n=====\n";

fuzz_target!(|text: &str| {
    let _ = kustomization(text);
    let mut parts = text.splitn(3, BETWEEN);
    let mut part = || parts.next().unwrap_or_default();
    let (written, values, rendered) = (part(), part(), part());
    for spot in template(written, values, rendered) {
        let text = if &*spot.file == "values.yaml" { values } else { written };
        let lines = text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count();
        assert!((1..=lines + 1).contains(&(spot.at.line as usize)), "{spot:?}");
        assert!(spot.at.column > 0, "{spot:?}");
        assert!(spot.path.as_deref().is_none_or(|path| steps(path).is_some()), "{spot:?}");
    }
});
