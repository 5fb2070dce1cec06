//! Whether a value is a credential itself, or only leads to one.

use super::name::{Meaning, is_name, words};

/// Whether a value is the thing itself: no setting, no reference, no place to fetch it from, and
/// nothing that a person or a tool is still to fill in.
pub(super) fn is_written_out(value: &str, meaning: Meaning) -> bool {
    let value = value.trim();
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
    let is_pin = is_number && value.len() >= 4 && meaning == Meaning::Password;
    is_pin && !is_one_character(value)
        || value.chars().any(char::is_alphanumeric)
            && !is_setting(value)
            && !is_reference(value)
            && !is_path(value)
            && !value.contains("://")
            && !is_placeholder(value)
}

fn is_setting(value: &str) -> bool {
    const SETTINGS: &[&str] = &[
        "always",
        "auto",
        "disabled",
        "enabled",
        "false",
        "never",
        "nil",
        "no",
        "none",
        "null",
        "off",
        "on",
        "optional",
        "required",
        "true",
        "undefined",
        "yes",
    ];
    const UNITS: &[&str] = &[
        "", "b", "d", "gb", "gi", "h", "k", "kb", "ki", "m", "mb", "mi", "min", "ms", "ns", "s",
        "us", "w", "y",
    ];
    let value = value.to_lowercase();
    let is_digit = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    let mut units = value.split(is_digit);
    SETTINGS.contains(&value.as_str())
        || value.starts_with(is_digit) && units.all(|unit| UNITS.contains(&unit))
}

/// Whether a value is put in elsewhere: by Kubernetes, a shell, a template or a store of secrets.
pub(crate) fn is_reference(value: &str) -> bool {
    const STORES: &[&str] = &["arn:", "env:", "file:", "ref+", "secretref:", "vault:"];
    let is_variable = |name: &str| {
        name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    ["$(", "${", "{{"].iter().any(|it| value.contains(it))
        || value.strip_prefix('$').is_some_and(is_variable)
        || value.starts_with('`')
        || STORES.iter().any(|it| value.starts_with(it))
}

/// A path, the name of a file, or a namespace and a name.
fn is_path(value: &str) -> bool {
    const FILES: &[&str] =
        &["conf", "crt", "env", "ini", "jks", "json", "key", "p12", "pem", "txt", "yaml", "yml"];
    let starts = ["/", "./", "../", "~/", "C:\\", "c:\\"];
    let is_plain = |c: char| is_name(c) && !c.is_uppercase() || c == '/';
    starts.iter().any(|it| value.starts_with(it))
        || value.contains('/') && value.chars().all(is_plain)
        || value.rsplit_once('.').is_some_and(|(_, ending)| FILES.contains(&ending))
}

/// Whether a person or a tool is still to fill it in.
pub(crate) fn is_placeholder(value: &str) -> bool {
    const FILL_IN: &[&str] = &["enter", "insert", "put", "replace", "your"];
    const WORDS: &[&str] = &[
        "fixme",
        "hidden",
        "masked",
        "placeholder",
        "redacted",
        "removed",
        "replaceme",
        "todo",
        "token",
        "yourkey",
        "yourpassword",
        "yoursecret",
        "yourtoken",
    ];
    let frames =
        [("<", ">"), ("{", "}"), ("%%", "%%"), ("%", "%"), ("@", "@"), ("__", "__"), ("#{", "}#")];
    let is_framed = |(start, end): &(&str, &str)| {
        let inside = value.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
        inside.is_some_and(|it| it.chars().all(|c| is_name(c) || c == ' '))
    };
    let words = words(value);
    let is_word =
        |list: &[&str], word: Option<&String>| word.is_some_and(|it| list.contains(&&**it));
    is_one_character(value)
        || is_alphabet(value)
        || frames.iter().any(is_framed)
        || matches!(value, "%s" | "%v")
        || words.len() == 1 && is_word(WORDS, words.first())
        || words.len() > 1 && is_word(FILL_IN, words.first())
        || words.len() > 1 && is_word(&["here"], words.last())
}

/// Whether somebody typed the alphabet where something secret was to stand.
fn is_alphabet(value: &str) -> bool {
    value.to_ascii_lowercase().contains("abcdefghijklmnop")
}

/// `xxx`, `***`, `xxxx-xxxx`.
pub(super) fn is_one_character(value: &str) -> bool {
    let mut chars = value.chars().filter(|c| !matches!(c, '-' | '_' | '.' | ' '));
    let first = chars.next();
    chars.all(|c| Some(c) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ELSEWHERE: &[&str] = &[
        "",
        " ",
        "true",
        "Yes",
        "disabled",
        "3600",
        "1.5",
        "72h",
        "1h30m",
        "512Mi",
        "2026-01-01",
        "$(DB_PASSWORD)",
        "prefix-$(DB_PASSWORD)",
        "${DB_PASSWORD}",
        "$DB_PASSWORD",
        "{{ .Values.password }}",
        "vault:secret/data/db#password",
        "arn:aws:secretsmanager:eu-central-1:1:secret:db",
        "/etc/db/password",
        "./token.txt",
        "C:\\secrets\\token",
        "tls/Server.key",
        "token.txt",
        "monitoring/grafana-login",
        "https://vault.example.com/v1",
        "op://vault/item/field",
        "<password>",
        "{password}",
        "%PASSWORD%",
        "%%env_PASSWORD%%",
        "__PASSWORD__",
        "#{Password}#",
        "xxx",
        "***",
        "xxxx-xxxx",
        "...",
        "REDACTED",
        "replace-me",
        "YOUR_API_KEY",
        "your-password-here",
        "password goes here",
        "yourpassword",
        "token",
        "abcdefghijklmnopqrstuvwxyz0123456789",
    ];

    const CREDENTIALS: &[&str] = &[
        "changeme",
        "hunter-2",
        "p@$$word",
        "a+b/c==",
        "Tr0ub4dor",
        "pass word",
        "12a4",
        "{\"user\": \"app\", \"pin\": \"fictional\"}",
    ];

    #[test]
    fn what_leads_elsewhere_or_is_a_setting_is_no_credential() {
        for value in ELSEWHERE {
            assert!(!is_written_out(value, Meaning::Key), "{value}");
        }
        for value in CREDENTIALS {
            assert!(is_written_out(value, Meaning::Key), "{value}");
        }
    }

    #[test]
    fn a_number_may_be_a_password_but_no_token() {
        assert!(is_written_out("123456", Meaning::Password));
        assert!(!is_written_out("1", Meaning::Password));
        assert!(!is_written_out("0000", Meaning::Password));
        assert!(!is_written_out("123456", Meaning::Key));
    }
}
