//! What is in force, why, and what else could be.
//!
//! A key is written with dots, as in `failOn`, `checks.privileged-container.severity` or
//! `checks.privileged-container.parameters.NAME`.

use checks::Check;
use checks::reading::environment::Environment;
use finding::{Exception, Objects, Severity};
use serde_json::{Value, json};

use crate::config::{Config, ids};
use crate::origin::Origin;
use crate::setting::{ENABLED, SETTINGS, SEVERITY, WORDS, keys};
use crate::spelling::nearest;

/// One setting, as it is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Its key, with dots.
    pub key: String,
    /// Its value, in the form of the file.
    pub value: Value,
    /// Where the value comes from.
    pub origin: Origin,
    /// What the setting does.
    pub about: String,
    /// What it may be.
    pub allowed: String,
}

/// A key that no setting has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no setting {key:?}{hint}")]
pub struct UnknownKey {
    key: String,
    hint: String,
}

/// Explains a setting, or all settings below a key.
///
/// # Errors
/// When no setting has that key, with the one that was probably meant.
pub fn of(config: &Config, key: &str) -> Result<Vec<Explanation>, UnknownKey> {
    let words: Vec<&str> = key.split('.').collect();
    let found = match words[..] {
        ["checks", id] => find(id, key)?.map(|check| of_check(config, check)),
        ["checks", id, setting, ..] => {
            let Some(check) = find(id, key)? else { return Err(unknown(key, None)) };
            let full = ["checks", check.id].into_iter().chain(words[2..].iter().copied());
            let full = full.collect::<Vec<_>>().join(".");
            let below =
                |it: &Explanation| it.key == full || it.key.starts_with(&format!("{full}."));
            let all: Vec<_> = of_check(config, check).into_iter().filter(below).collect();
            let known = ["enabled", "severity", "parameters"];
            if all.is_empty() {
                return Err(unknown(key, nearest(setting, known.into_iter())));
            }
            Some(all)
        }
        [top] if keys().contains(&top) => Some(vec![of_top(config, top)]),
        _ => None,
    };
    found.ok_or_else(|| unknown(key, nearest(key, keys().into_iter())))
}

/// Explains all settings that somebody set.
pub fn changed(config: &Config) -> Vec<Explanation> {
    let set = |explanation: &Explanation| explanation.origin != Origin::Default;
    let top = keys().into_iter().filter(|key| *key != "checks").map(|key| of_top(config, key));
    let of_checks = checks::all().flat_map(|check| of_check(config, check));
    top.chain(of_checks).filter(set).collect()
}

fn find(id: &str, key: &str) -> Result<Option<&'static Check>, UnknownKey> {
    match checks::find(id) {
        Some(check) => Ok(Some(check)),
        None => Err(unknown(key, nearest(id, ids().into_iter()))),
    }
}

fn unknown(key: &str, near: Option<&str>) -> UnknownKey {
    let hint = match near {
        Some(near) => format!("; did you mean {near:?}?"),
        None => format!("; known: {}", keys().join(", ")),
    };
    UnknownKey { key: key.to_owned(), hint }
}

fn of_top(config: &Config, key: &str) -> Explanation {
    let setting = SETTINGS.into_iter().find(|setting| setting.key == key);
    let [about, allowed] = setting.map_or(["", ""], |it| [it.about, it.allowed]);
    explanation(config, key.to_owned(), value(config, key), about, allowed)
}

fn value(config: &Config, key: &str) -> Value {
    match key {
        "failOn" => json!(config.fail_on.map_or("never", Severity::id)),
        "exclude" => json!(config.exclude),
        "profiles" => json!(config.profiles),
        "namespaces" => {
            let namespaces = &config.namespaces;
            let lists = [("include", &namespaces.include), ("exclude", &namespaces.exclude)];
            lists.into_iter().filter(|(_, list)| !list.is_empty()).map(named).collect()
        }
        "environments" => Environment::ALL.into_iter().map(|it| patterns(config, it)).collect(),
        "checks" => config.keys().filter(|key| key.starts_with("checks.")).collect(),
        "shippedExceptions" => json!(config.shipped_exceptions),
        _ => config.exceptions.iter().map(of_exception).collect(),
    }
}

fn named((key, list): (&str, &Vec<String>)) -> (String, Value) {
    (key.to_owned(), json!(list))
}

fn patterns(config: &Config, environment: Environment) -> (String, Value) {
    let rules = config.environments.iter().filter(|rule| rule.environment == environment);
    let patterns: Value = rules.map(|rule| rule.pattern.as_str()).collect();
    (environment.id().to_owned(), patterns)
}

fn of_exception(exception: &Exception) -> Value {
    let mut value = json!({
        "check": exception.check,
        "owner": exception.owner,
        "reason": exception.reason,
        "at": exception.whereabouts(),
    });
    if let Objects::Like(pattern) = &exception.objects {
        let texts = [
            ("apiGroup", &pattern.group),
            ("kind", &pattern.kind),
            ("namespace", &pattern.namespace),
            ("name", &pattern.name),
        ];
        let given = texts.into_iter().filter_map(|(key, text)| Some((key, text.clone()?)));
        let object: Value = given.map(|(key, text)| (key.to_owned(), json!(text))).collect();
        value["object"] = object;
    }
    if let Some(day) = exception.expires {
        value["expires"] = json!(day.to_string());
    }
    value
}

/// The settings of one check.
fn of_check(config: &Config, check: &Check) -> Vec<Explanation> {
    let key = |rest: &str| format!("checks.{}.{rest}", check.id);
    let runs = config.mandatory.contains(check.id) || !config.disabled.contains(check.id);
    let severity = config.severity(check).id();
    let mut all = vec![
        explanation(config, key("enabled"), json!(runs), ENABLED[0], ENABLED[1]),
        explanation(config, key("severity"), json!(severity), SEVERITY[0], SEVERITY[1]),
    ];
    for parameter in check.parameters {
        let set = config.parameters.words(check.id, parameter.name);
        let words = set.map_or_else(|| json!(parameter.default), |words| json!(words));
        let key = key(&format!("parameters.{}", parameter.name));
        all.push(explanation(config, key, words, parameter.about, WORDS));
    }
    all
}

fn explanation(
    config: &Config,
    key: String,
    value: Value,
    about: &str,
    allowed: &str,
) -> Explanation {
    let origin = config.origin(&key).clone();
    Explanation { key, value, origin, about: about.to_owned(), allowed: allowed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        let text = "failOn: medium\nchecks:\n  literal-credential:\n    severity: critical\n";
        Config::read("ringfence.yaml", text).unwrap()
    }

    #[test]
    fn a_value_names_the_line_that_set_it_or_the_default() {
        let config = config();
        let one = |key| of(&config, key).unwrap().remove(0);
        assert_eq!(one("failOn").value, "medium");
        assert_eq!(one("failOn").origin.to_string(), "ringfence.yaml:1");
        let severity = one("checks.literal-credential.severity");
        assert_eq!(
            (severity.value, severity.origin.to_string().as_str()),
            ("critical".into(), "ringfence.yaml:4")
        );
        assert_eq!(one("exclude").origin, Origin::Default);
        assert_eq!(one("checks.literal-credential.parameters.ignore").origin, Origin::Default);
        assert_eq!(changed(&config).len(), 2);
    }

    #[test]
    fn a_misspelt_key_names_the_right_one() {
        let refused = |key| of(&config(), key).unwrap_err().to_string();
        assert_eq!(refused("failon"), "no setting \"failon\"; did you mean \"failOn\"?");
        assert!(
            refused("checks.privileged-containers")
                .contains("did you mean \"privileged-container\"?")
        );
        assert!(refused("checks.privileged-container.severty").contains("\"severity\""));
    }

    #[test]
    fn every_setting_is_explained() {
        for key in keys() {
            let all = of(&Config::default(), key).unwrap();
            assert!(all.iter().all(|it| !it.about.is_empty() && !it.allowed.is_empty()), "{key}");
        }
    }
}
