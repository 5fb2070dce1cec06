//! The annotation that accepts a risk: any text is understood or refused, and covers nothing that it
//! does not name.

#![no_main]

use collect::manifests::read_text;
use finding::ExceptionState;
use libfuzzer_sys::fuzz_target;
use model::Inventory;

fuzz_target!(|text: &str| {
    let quoted = serde_json::to_string(text).expect("text is text");
    let manifest = format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{name: a, annotations: \
         {{ringfence.dev/accept: {quoted}}}}}, spec: {{hostPID: true}}}}"
    );
    let manifests = read_text("fuzz.yaml", manifest.into_bytes(), &|_| true);
    for status in scan::accept::from_annotations(&Inventory::new(manifests.objects)) {
        let exception = status.exception;
        if !matches!(status.state, ExceptionState::Invalid(_)) {
            assert!(!exception.owner.is_empty() && !exception.reason.is_empty());
            assert!(checks::find(&exception.check).is_some());
        }
    }
});
