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

/// Parses each file to its end, or to its first error, and prints how many events there were.
pub(crate) fn run(args: &Args) -> Result<()> {
    let list = std::fs::read_to_string(&args.list)
        .with_context(|| format!("reading {}", args.list.display()))?;
    let mut events = 0;
    for file in list.lines() {
        events += parse(Path::new(file)).with_context(|| format!("reading {file}"))?;
    }
    println!("{events} events");
    Ok(())
}

fn parse(file: &Path) -> Result<usize> {
    let bytes = std::fs::read(file)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(Parser::new_from_str(&text).take_while(Result::is_ok).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_file_is_parsed_to_its_error() {
        let folder = tempfile::tempdir().unwrap();
        let (sound, broken) = (folder.path().join("a.yaml"), folder.path().join("b.yaml"));
        std::fs::write(&sound, "a: 1\nb: 2\n").unwrap();
        std::fs::write(&broken, "a: 1\n}b: 2\n").unwrap();
        assert!(parse(&broken).unwrap() < parse(&sound).unwrap());
    }
}
