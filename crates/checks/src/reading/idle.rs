//! Whether a container does nothing but stay, so that somebody may look around in it or so that its
//! pod goes on.

use model::Container;
use model::tree::Node;

/// Words that a script wraps around the one program that it calls.
const WRAPPING: [&str; 16] = [
    "-c", "-ec", "-exc", "-xc", ":", "ash", "bash", "dash", "do", "done", "exec", "sh", "tini",
    "true", "wait", "while",
];

/// Whether a container sleeps, follows an empty file, or is the image that only waits.
pub(crate) fn is_idle(container: &Container<'_>) -> bool {
    let words: Vec<&str> = container.words().map(Node::text).collect();
    match words.as_slice() {
        [] => container.image().is_some_and(|it| it.name() == "pause"),
        words => waits(words),
    }
}

fn waits(words: &[&str]) -> bool {
    let words = words.iter().flat_map(|it| it.split(|c: char| c.is_whitespace() || c == ';'));
    let names = words.map(|it| it.rsplit('/').next().unwrap_or_default());
    let told: Vec<&str> =
        names.filter(|it| !it.is_empty() && !WRAPPING.contains(it) && *it != "&").collect();
    match told.as_slice() {
        ["pause"] | ["sleep", _] => true,
        ["tail", options @ .., "null"] => options.iter().all(|it| it.starts_with('-')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::waits;

    #[test]
    fn a_container_that_only_sleeps_is_idle() {
        for (words, idle) in [
            (&["/bin/sleep", "infinity"][..], true),
            (&["sleep", "3650d"], true),
            (&["sh", "-c", "while true; do sleep 30; done;"], true),
            (&["/bin/sh", "-c", "exec sleep 1000000"], true),
            (&["tail", "-f", "/dev/null"], true),
            (&["/pause"], true),
            (&["sh", "-c", "sleep 5; /web"], false),
            (&["sh", "-c", "while true; do curl http://api; sleep 1; done"], false),
            (&["tail", "-F", "/var/log/web.log"], false),
            (&["/web"], false),
        ] {
            assert_eq!(waits(words), idle, "{words:?}");
        }
    }
}
