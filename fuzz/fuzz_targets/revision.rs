//! A listing of a commit that may be anything: no path of it leads out of the folder it is copied to.

#![no_main]

use std::path::Component;

use collect::revision::files;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for path in files(bytes) {
        let inside = |part: Component<'_>| matches!(part, Component::Normal(_));
        assert!(path.components().all(inside), "{path:?}");
    }
});
