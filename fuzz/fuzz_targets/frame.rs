//! What an editor sends: any bytes are frames or none, and what was read is written and read again as
//! the same.

#![no_main]

use collect::frame::{self, Frame};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let messages = messages(bytes);
    assert!(messages.iter().map(Vec::len).sum::<usize>() <= bytes.len());
    let mut written = Vec::new();
    for message in &messages {
        frame::write(&mut written, message).expect("memory takes all");
    }
    assert_eq!(self::messages(&written), messages);
});

/// The messages before the first that is none.
fn messages(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let next = || match frame::read(&mut bytes).ok()?? {
        Frame::Message(message) => Some(message),
        Frame::TooLong => unreachable!("no input is that long"),
    };
    std::iter::from_fn(next).collect()
}
