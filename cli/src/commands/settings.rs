//! The settings in force: the file, over it the command line, over both a policy.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use jiff::civil::Date;
use report::style::harmless;
use scan::policy::hold::{Overruled, hold};
use scan::policy::key::PublicKey;
use scan::policy::{Policy, bundle};
use scan::{Config, Origin};

use crate::cli::SettingsArguments;
use crate::exit::Failure;
use crate::terminal::variable;

/// The file that holds what a user set.
const FILE: &str = "ringfence.yaml";

/// Reads the settings, and says on standard error what a policy overruled.
pub(crate) fn load(arguments: &SettingsArguments, today: Date) -> Result<Config, Failure> {
    let path = arguments.config.clone().or_else(nearest);
    let (config, overruled) = in_force(arguments, path.as_deref(), None, today)?;
    for overruled in overruled {
        let said = harmless(&overruled.to_string()).into_owned();
        let _said = writeln!(std::io::stderr(), "ringfence: {said}");
    }
    Ok(config)
}

/// Reads the settings of a file, or its text that is not yet written, and gives what a policy overruled.
pub(crate) fn in_force(
    arguments: &SettingsArguments,
    path: Option<&Path>,
    unwritten: Option<&str>,
    today: Date,
) -> Result<(Config, Vec<Overruled>), Failure> {
    let mut config = path.map_or_else(|| Ok(Config::default()), |path| file(path, unwritten))?;
    overlay(arguments, &mut config);
    let policy = policy(arguments, today)?;
    let overruled = policy.map(|policy| hold(&policy, &mut config)).unwrap_or_default();
    Ok((config, overruled))
}

fn file(path: &Path, unwritten: Option<&str>) -> Result<Config, Failure> {
    let written = || text(path, "the settings");
    let text = unwritten.map_or_else(written, |it| Ok(it.to_owned()))?;
    let config = Config::read(&path.display().to_string(), &text);
    config.context("reading the settings").map_err(Failure::usage)
}

/// The nearest file from a folder upward.
pub(crate) fn above(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|it| it.join(FILE)).find(|it| it.is_file())
}

/// The nearest file from here upward, as a person here would write its path.
fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let (up, _) = here.ancestors().enumerate().find(|(_, it)| it.join(FILE).is_file())?;
    Some(std::iter::repeat_n("..", up).collect::<PathBuf>().join(FILE))
}

/// What the command line says beside the file.
fn overlay(arguments: &SettingsArguments, config: &mut Config) {
    if let Some(threshold) = arguments.fail_on {
        config.fail_on = threshold.severity();
        config.set("failOn", Origin::Flag("--fail-on"));
    }
    if !arguments.exclude.is_empty() {
        config.exclude.extend(arguments.exclude.iter().cloned());
        config.set("exclude", Origin::Flag("--exclude"));
    }
    if !arguments.profile.is_empty() {
        config.profiles = arguments.profile.iter().map(|profile| profile.name).collect();
        config.set("profiles", Origin::Flag("--profile"));
    }
    if arguments.no_shipped_exceptions {
        config.shipped_exceptions = false;
        config.set("shippedExceptions", Origin::Flag("--no-shipped-exceptions"));
    }
}

fn policy(arguments: &SettingsArguments, today: Date) -> Result<Option<Policy>, Failure> {
    let named = |name: &str| variable(name).filter(|it| !it.is_empty());
    let file =
        |given: &Option<PathBuf>, name| given.clone().or_else(|| named(name).map(Into::into));
    let bundle = file(&arguments.policy, "RINGFENCE_POLICY");
    let key = file(&arguments.policy_key, "RINGFENCE_POLICY_KEY");
    let serial = arguments.policy_serial.map_or_else(|| known_serial(named), Ok)?;
    match (bundle, key) {
        (None, None) => Ok(None),
        (Some(bundle), Some(key)) => {
            let (_, policy) = verified(&bundle, &key)?;
            policy.in_force(today, serial).map_err(Failure::usage)?;
            Ok(Some(policy))
        }
        (Some(_), None) => {
            Err(Failure::usage(anyhow!("a policy needs the key that signed it: --policy-key FILE")))
        }
        (None, Some(_)) => {
            Err(Failure::usage(anyhow!("there is a key, but no policy: --policy FILE")))
        }
    }
}

fn known_serial(named: impl Fn(&str) -> Option<String>) -> Result<u32, Failure> {
    let Some(text) = named("RINGFENCE_POLICY_SERIAL") else { return Ok(0) };
    let number = text.parse().with_context(|| format!("RINGFENCE_POLICY_SERIAL is {text:?}"));
    number.map_err(Failure::usage)
}

/// The policy in a bundle, as text and as read, if the owner of the key signed it.
pub(crate) fn verified(bundle: &Path, key: &Path) -> Result<(String, Policy), Failure> {
    let open = || -> anyhow::Result<_> {
        let public = PublicKey::from_pem(&read(key)?)
            .with_context(|| format!("reading the public key {}", key.display()))?;
        let opened = bundle::open(read(bundle)?.as_bytes(), &public)?;
        let policy = Policy::read("policy", &opened)?;
        Ok((opened, policy))
    };
    open()
        .with_context(|| format!("verifying the policy {}", bundle.display()))
        .map_err(Failure::usage)
}

/// The text of a file; - is standard input.
pub(crate) fn text(path: &Path, what: &str) -> Result<String, Failure> {
    read(path)
        .with_context(|| format!("reading {what} in {}", path.display()))
        .map_err(Failure::usage)
}

#[allow(clippy::disallowed_methods, reason = "the binary reads settings, policies and keys")]
fn read(path: &Path) -> std::io::Result<String> {
    if path == Path::new("-") {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(path)
    }
}
