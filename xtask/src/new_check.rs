//! `cargo xtask new-check FAMILY NAME`: the two files of a check and its two lines in the family's `mod.rs`.
//!
//! The two templates lie in `xtask/src/new_check/`; `{{id}}`, `{{snake}}`, `{{title}}` and `{{family}}` are
//! replaced in them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::program::{cargo, succeed};
use crate::workspace::root;

/// What `new-check` is asked to do.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A folder of crates/checks/src
    family: String,
    /// The danger it finds, such as host-path-mount
    #[arg(value_parser = Name::parse)]
    name: Name,
}

/// A check's id in kebab-case, which names the danger and not the cure.
#[derive(Clone)]
struct Name(String);

const RUST: &str = include_str!("new_check/check.rs.txt");
const MARKDOWN: &str = include_str!("new_check/check.md.txt");

/// Writes the check's files and registers it.
pub(crate) fn run(args: &Args) -> Result<()> {
    let families = root().join("crates/checks/src");
    let register = families.join(&args.family).join("mod.rs");
    ensure!(
        register.is_file(),
        "crates/checks/src/{}/mod.rs does not exist: a family is a folder with its mod.rs",
        args.family
    );
    let text = fs::read_to_string(&register)?;
    let registered = registered(&text, &args.name.snake())
        .with_context(|| format!("registering in {}", register.display()))?;
    create(&families, args, "rs", RUST)?;
    create(&families, args, "md", MARKDOWN)?;
    fs::write(&register, registered)?;
    succeed(cargo().args(["fmt", "--package", "checks"]))?;
    println!("registered in crates/checks/src/{}/mod.rs", args.family);
    Ok(())
}

fn create(families: &Path, args: &Args, extension: &str, template: &str) -> Result<()> {
    let file = format!("{}/{}.{extension}", args.family, args.name.snake());
    let path = families.join(&file);
    ensure!(!path.exists(), "{} is there already", path.display());
    fs::write(&path, filled(template, &args.family, &args.name))?;
    println!("wrote crates/checks/src/{file}");
    Ok(())
}

impl Name {
    fn parse(text: &str) -> Result<Self> {
        let word = |word: &str| {
            word.starts_with(|first: char| first.is_ascii_lowercase())
                && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        };
        if !text.split('-').all(word) {
            bail!("write it in kebab-case, as in host-path-mount");
        }
        if ["no-", "require-"].iter().any(|cure| text.starts_with(cure)) {
            bail!("name the danger, not the cure, as in host-path-mount");
        }
        Ok(Self(text.to_owned()))
    }

    fn snake(&self) -> String {
        self.0.replace('-', "_")
    }

    fn title(&self) -> String {
        let words = self.0.replace('-', " ");
        words[..1].to_uppercase() + &words[1..]
    }
}

fn filled(template: &str, family: &str, name: &Name) -> String {
    template
        .replace("{{id}}", &name.0)
        .replace("{{snake}}", &name.snake())
        .replace("{{title}}", &name.title())
        .replace("{{family}}", family)
}

/// The text of a family's `mod.rs` with the module's two lines in their sorted places.
fn registered(text: &str, module: &str) -> Result<String> {
    listed(&declared(text, module)?, module)
}

/// Adds `mod name;` before the first module that comes after it, or after the last.
fn declared(text: &str, module: &str) -> Result<String> {
    let line = format!("mod {module};");
    let mut lines: Vec<&str> = text.lines().collect();
    let modules: Vec<usize> = (0..lines.len()).filter(|&at| is_module(&lines, at)).collect();
    ensure!(!modules.iter().any(|&at| lines[at] == line), "`{line}` is there already");
    let after = modules.iter().find(|&&at| lines[at] > line.as_str());
    match (after, modules.last()) {
        (Some(&after), _) => lines.insert(after, &line),
        (None, Some(&last)) => lines.insert(last + 1, &line),
        (None, None) => {
            let at = below_documentation(&lines);
            lines.splice(at..at, [line.as_str(), ""]);
        }
    }
    Ok(lines.join("\n") + "\n")
}

/// Where the first module of a new family is declared.
fn below_documentation(lines: &[&str]) -> usize {
    let head = |line: &&&str| line.starts_with("//!") || line.is_empty();
    lines.iter().take_while(head).count()
}

/// A line `mod name;` that is not for tests only.
fn is_module(lines: &[&str], at: usize) -> bool {
    let line = lines[at];
    let for_tests = at > 0 && lines[at - 1].starts_with("#[cfg(test)]");
    line.starts_with("mod ") && line.ends_with(';') && !for_tests
}

/// Adds `name::CHECK` to the list `CHECKS`, one a line and sorted.
fn listed(text: &str, module: &str) -> Result<String> {
    const HEAD: &str = "CHECKS: &[Check] =";
    let (before, rest) = text.split_once(HEAD).with_context(|| format!("it has no `{HEAD}`"))?;
    let list = rest.trim_start().strip_prefix("&[").context("the list CHECKS is no `&[…]`")?;
    let (list, after) = list.split_once("];").context("the list CHECKS does not end")?;
    let added = format!("{module}::CHECK");
    let present = list.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    let mut entries: Vec<&str> = present.chain([added.as_str()]).collect();
    entries.sort_unstable();
    Ok(format!("{before}{HEAD} &[\n    {},\n];{after}", entries.join(",\n    ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAMILY: &str = "\
//! Workloads.

mod host_network;
mod privileged_container;

use crate::Check;

pub(crate) const CHECKS: &[Check] = &[
    host_network::CHECK,
    privileged_container::CHECK,
];

#[cfg(test)]
mod tests;
";

    #[test]
    fn a_check_is_registered_in_its_sorted_place() {
        let text = registered(FAMILY, "host_path_mount").unwrap();
        assert!(
            text.contains(
                "mod host_network;\nmod host_path_mount;\nmod privileged_container;\n\nuse"
            )
        );
        assert!(
            text.contains("    host_network::CHECK,\n    host_path_mount::CHECK,\n    privileged")
        );
    }

    #[test]
    fn the_first_and_the_last_are_in_place_too() {
        let first = registered(FAMILY, "added_capability").unwrap();
        assert!(first.contains("//! Workloads.\n\nmod added_capability;\nmod host_network;"));
        let last = registered(FAMILY, "writable_root").unwrap();
        assert!(last.contains("mod privileged_container;\nmod writable_root;\n\nuse"));
        assert!(last.contains("    writable_root::CHECK,\n];\n\n#[cfg(test)]\nmod tests;\n"));
    }

    #[test]
    fn a_list_on_one_line_is_spread() {
        let text = "mod a;\nconst CHECKS: &[Check] =\n    &[a::CHECK];\n";
        let expected =
            "mod a;\nmod b;\nconst CHECKS: &[Check] = &[\n    a::CHECK,\n    b::CHECK,\n];\n";
        assert_eq!(registered(text, "b").unwrap(), expected);
    }

    #[test]
    fn a_check_is_not_registered_twice() {
        let error = registered(FAMILY, "host_network").unwrap_err();
        assert_eq!(error.to_string(), "`mod host_network;` is there already");
    }

    #[test]
    fn a_file_without_the_list_is_refused() {
        assert!(registered("mod a;\n", "b").is_err());
    }

    #[test]
    fn the_first_check_of_a_family_stands_below_its_documentation() {
        let text =
            "//! Grants.\n\nuse crate::Check;\n\npub(crate) const CHECKS: &[Check] = &[\n];\n";
        let expected = "//! Grants.\n\nmod a;\n\nuse crate::Check;\n\n\
                        pub(crate) const CHECKS: &[Check] = &[\n    a::CHECK,\n];\n";
        assert_eq!(registered(text, "a").unwrap(), expected);
    }

    #[test]
    fn a_name_is_kebab_case_and_names_the_danger() {
        assert!(Name::parse("host-path-mount").is_ok());
        for wrong in
            ["HostPath", "host_path", "host--path", "", "no-limits", "require-probe", "1st"]
        {
            assert!(Name::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn templates_keep_no_placeholder() {
        let name = Name::parse("host-path-mount").unwrap();
        for template in [RUST, MARKDOWN] {
            let text = filled(template, "workload", &name);
            assert!(!text.contains("{{") && !text.contains("}}"), "{text}");
        }
        assert_eq!(
            filled("{{id}} {{snake}} {{title}}", "", &name),
            "host-path-mount host_path_mount Host path mount"
        );
    }
}
