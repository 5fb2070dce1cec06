//! The least work that reads the same YAML: the bare parser over every byte, keeping nothing.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use granit_parser::Parser;

/// What `bench-floor` is asked to do.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A text file that names the files to parse, one a line
    list: PathBuf,
}

/// What the parser saw.
#[derive(Default)]
struct Seen {
    events: usize,
    /// Files that it gave up at an error, their rest unread.
    given_up: usize,
}

/// Parses each file to its end, or to its first error, and prints how many it gave up and all events.
pub(crate) fn run(args: &Args) -> Result<()> {
    let list = std::fs::read_to_string(&args.list)
        .with_context(|| format!("reading {}", args.list.display()))?;
    let mut seen = Seen::default();
    for file in list.lines() {
        seen.parse(Path::new(file)).with_context(|| format!("reading {file}"))?;
    }
    println!("{} files given up, {} events", seen.given_up, seen.events);
    Ok(())
}

impl Seen {
    fn parse(&mut self, file: &Path) -> Result<()> {
        let bytes = std::fs::read(file)?;
        let text = String::from_utf8_lossy(&bytes);
        let options = granit_parser::options! { emit_comments: false };
        for event in Parser::new_from_str_with_options(&text, options) {
            if event.is_err() {
                self.given_up += 1;
                break;
            }
            self.events += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Seen {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let mut seen = Seen::default();
        seen.parse(file.path()).unwrap();
        seen
    }

    #[test]
    fn a_broken_file_is_parsed_to_its_error() {
        let (sound, broken) = (seen("a: 1\nb: 2\n"), seen("a: 1\n}b: 2\n"));
        assert_eq!((sound.given_up, broken.given_up), (0, 1));
        assert!(broken.events < sound.events);
    }
}
