//! The names that credentials stand under, and what texts hold beside them.

use super::name::{is_flag, is_name};
use super::{form, marker, name, value};

/// The names that credentials stand under.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    more: Vec<String>,
}

impl Names {
    /// The usual names, and some more: `session-key` is the same as `SESSION_KEY`.
    pub(crate) fn with(more: &[&str]) -> Self {
        Self { more: more.iter().map(|name| name::run_together(name)).collect() }
    }

    /// Whether a value under this name is a credential that is written out.
    pub(crate) fn holds(&self, name: &str, value: &str) -> bool {
        if marker::found_in(name).is_some() {
            return false;
        }
        let meaning = name::meaning(name, &self.more);
        meaning.is_some_and(|meaning| value::is_written_out(value, meaning))
            && !repeats(name, value)
            && !is_no_key(name, value)
    }

    /// The credential that a text holds whatever its name, in words: a token of a known form, a
    /// password in a URL, or a setting within the text; or that a dump held before it was redacted.
    pub(crate) fn found_in(&self, text: &str) -> Option<&'static str> {
        marker::found_in(text)
            .or_else(|| form::known(text))
            .or_else(|| form::has_login(text).then_some(marker::LOGIN))
            .or_else(|| self.assigned(text).then_some(marker::SETTING))
    }

    /// Whether a name is that of a password, which may be short and plain.
    pub(crate) fn is_password(&self, name: &str) -> bool {
        name::meaning(name, &self.more) == Some(name::Meaning::Password)
    }

    /// As [`Names::found_in`], but not what a dump only knew by the name that the text stood under.
    pub(crate) fn shown_by(&self, text: &str) -> Option<&'static str> {
        self.found_in(text).filter(|what| *what != marker::CREDENTIAL)
    }

    /// `name=value` anywhere in a text, `--name value`, `"name": "value"`, and `name: value` on a
    /// line of its own.
    fn assigned(&self, text: &str) -> bool {
        self.assigned_by_sign(text)
            || text.lines().filter_map(entry_of_line).any(|(name, value)| self.holds(name, value))
            || entries_of_json(text).any(|(name, value)| self.holds(name, value))
    }

    fn assigned_by_sign(&self, text: &str) -> bool {
        let by_sign = text.match_indices('=').any(|(at, sign)| {
            let (before, after) = (&text[..at], &text[at + sign.len()..]);
            self.holds(name_at_end(before), value_at_start(after))
        });
        let mut words = text.split_whitespace();
        let mut flag = words.next();
        by_sign
            || words.any(|word| {
                let name = flag.replace(word).filter(|it| is_flag(it));
                name.is_some_and(|it| !word.starts_with('-') && self.holds(it, unquoted(word)))
            })
    }
}

/// Whether a value repeats its name or the end of it in capitals, to be replaced: `API_KEY` under
/// `API_KEY`, `SECRET` under `COOKIE_SECRET`.
fn repeats(name: &str, value: &str) -> bool {
    let is_capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let is_end = || name::words(name).ends_with(&name::words(value));
    value.chars().all(is_capital) && (value.contains(name) || is_end())
}

/// Whether words stand where a private key was to stand.
fn is_no_key(name: &str, value: &str) -> bool {
    let is_key = name::run_together(name).ends_with("privatekey");
    is_key && value.trim().contains(' ') && !value.contains("-----")
}

fn name_at_end(text: &str) -> &str {
    &text[text.trim_end_matches(is_name).len()..]
}

/// As much of a value as it takes to judge it.
fn value_at_start(text: &str) -> &str {
    let enough = text.char_indices().nth(256).map_or(text.len(), |(at, _)| at);
    let text = &text[..enough];
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            return rest.split(quote).next().unwrap_or_default();
        }
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, ';' | '&' | ',' | '"' | '\'' | '|' | ')');
    text.split(ends).next().unwrap_or_default()
}

/// `name: value` of YAML. The value is one word, or in quotes; types of a schema are none.
fn entry_of_line(line: &str) -> Option<(&str, &str)> {
    const TYPES: &[&str] = &["string", "str", "integer", "object", "bytes", "password"];
    let line = line.trim_start_matches([' ', '\t', '-']);
    let (name, value) = line.split_once(':')?;
    let value = value.strip_prefix(' ')?.trim();
    let value = value.split_once(" #").map_or(value, |(value, _)| value.trim_end());
    let is_quoted = value.starts_with(['"', '\'']);
    let bare = unquoted(value);
    let is_word = is_quoted || !value.contains([' ', '(', ')', '{', '[', '|', '>', '&', '*', ';']);
    let is_type = !is_quoted && TYPES.contains(&bare);
    (!name.is_empty() && name.chars().all(is_name) && is_word && !is_type).then_some((name, bare))
}

/// Each `"name": "value"` in a text.
fn entries_of_json(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices("\":").filter_map(|(at, sign)| {
        let (before, after) = (&text[..at], text[at + sign.len()..].trim_start());
        let value = after.strip_prefix('"')?.split('"').next()?;
        let name = name_at_end(before);
        before.strip_suffix(name)?.ends_with('"').then_some((name, value))
    })
}

/// Whether a value is odd enough to be no word, no name and no version: long, with letters and
/// digits.
pub(crate) fn is_random(value: &str) -> bool {
    value.len() >= 12
        && value.contains(|c: char| c.is_ascii_digit())
        && value.contains(|c: char| c.is_ascii_alphabetic())
        && !value.contains([' ', '.', '/'])
}

fn unquoted(word: &str) -> &str {
    word.trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_repeats_its_name_is_still_to_be_replaced() {
        let names = Names::with(&[]);
        assert!(!names.holds("API_KEY", "API_KEY"));
        assert!(!names.holds("API_KEY", "API_KEY_VALUE"));
        assert!(names.holds("password", "password"));
        assert!(names.holds("API_KEY", "FICTIONAL"));
        assert!(!names.holds("COOKIE_SECRET", "SECRET"));
        assert!(names.holds("COOKIE_SECRET", "secret"));
    }

    #[test]
    fn words_are_no_private_key() {
        let names = Names::with(&[]);
        assert!(!names.holds("ssh-privatekey", "Hello, world"));
        assert!(names.holds("ssh-privatekey", "fictional"));
    }

    #[test]
    fn settings_inside_a_text_are_found() {
        let names = Names::with(&[]);
        for text in [
            "Server=db;User Id=app;Password=fictional;Encrypt=true",
            "host=db user=app password='fictional one'",
            "exec mysql --password=fictional shop",
            "exec mysql --password fictional shop",
            "curl 'https://example.com/hook?a=1&token=fictional'",
            "--from-literal=password=fictional",
            "-Dapp.password=fictional -Xmx1g",
            "export TOKEN=\"fictional\"; run",
            "db:\n  user: app\n  password: fictional # for now\n",
            "- token: 'fictional one'",
            "[{\"host\": \"db\", \"password\": \"fictional\"}]",
        ] {
            assert_eq!(names.found_in(text), Some("a setting with a credential"), "{text}");
        }
        for text in [
            "Server=db;Password=;Encrypt=true",
            "exec mysql --password=\"$PASSWORD\" shop",
            "exec mysql --password $PASSWORD shop",
            "export TOKEN=$(cat /run/token); run",
            "test \"$TOKEN\" == x",
            "--password --verbose",
            "password: string\ntoken: the word that opens\nsecret: {key: a}\n",
            "password:\n  type: string",
            "{\"password\": null, \"token\": \"${TOKEN}\"}",
            "the password is written elsewhere",
            "--secret-name=db --token-ttl=24h",
            "=",
            "password=",
        ] {
            assert_eq!(names.found_in(text), None, "{text}");
        }
    }

    #[test]
    fn a_password_in_a_url_is_found() {
        let names = Names::with(&[]);
        for text in [
            "postgres://app:fictional@db:5432/shop",
            "see amqp://app:fictional@mq",
            "mongodb://app:fictional@one,two/shop",
            "redis://:123456@cache:6379/0",
            "https://robot:fic@tional@git.example.com/x.git",
        ] {
            assert_eq!(names.found_in(text), Some("a URL with a password"), "{text}");
        }
        for text in [
            "postgres://db:5432/shop",
            "postgres://app@db:5432/shop",
            "postgres://app:@db/shop",
            "postgres://app:$(PASSWORD)@db/shop",
            "postgres://app:${PASSWORD}@db/shop",
            "postgres://app:$PASSWORD@db/shop",
            "postgres://app:<password>@db/shop",
            "postgres://app:***@db/shop",
            "https://example.com/a:b@c",
            "https://example.com/?at=a:b@c",
            "://a:b@c",
        ] {
            assert_eq!(names.found_in(text), None, "{text}");
        }
    }

    /// The values are put together here, so that no scanner takes this file for a leak.
    #[test]
    fn known_forms_are_found_whatever_their_name() {
        let found = |parts: &[&str]| Names::with(&[]).found_in(&parts.concat());
        let fake = "fake".repeat(10);
        assert_eq!(found(&["AKIA", "FICTIONALEXAMPLE"]), Some("an AWS access key id"));
        assert_eq!(
            found(&["key=", "AKIA", "FICTIONALEXAMPLE", "\n"]),
            Some("an AWS access key id")
        );
        assert_eq!(found(&["ghp_", &fake]), Some("a GitHub token"));
        assert_eq!(found(&["github_", "pat_", &fake]), Some("a GitHub token"));
        assert_eq!(found(&["https://x:", "ghs_", &fake, "@h"]), Some("a GitHub token"));
        assert_eq!(found(&["glpat-", &fake]), Some("a GitLab token"));
        assert_eq!(found(&["xoxb-", &fake]), Some("a Slack token"));
        assert_eq!(found(&["sk_", "live_", &fake]), Some("a Stripe key"));
        assert_eq!(found(&["AIza", &fake]), Some("a Google API key"));
        assert_eq!(found(&["npm_", &fake]), Some("an npm token"));
        assert_eq!(found(&["dckr_", "pat_", &fake]), Some("a Docker Hub token"));
        assert_eq!(found(&["-----BEGIN ", "PRIVATE KEY-----\nfake"]), Some("a private key"));
        assert_eq!(found(&["-----BEGIN EC ", "PRIVATE KEY-----"]), Some("a private key"));
        assert_eq!(found(&["eyJ", &fake, ".eyJ", &fake, ".", &fake]), Some("a signed token (JWT)"));

        let header = Some("a login of an HTTP header");
        assert_eq!(found(&["Authorization: Ba", "sic YXBwOmZpY3Rpb25hbA=="]), header);
        assert_eq!(found(&["curl -H 'authorization: be", "arer ", &fake, "1'"]), header);

        let login = "{\"auths\": {\"r.example.com\": {\"auth\": \"YXBwOmZpY3Rpb25hbA==\"}}}";
        assert_eq!(found(&[login]), Some("a login to a registry"));
        let key = "client-key-data: LS0tLS1CRUdJTiBFQyBQUklWQVRF";
        assert_eq!(found(&[key, "IEtFWS0tLS0tCg=="]), Some("a private key"));

        assert_eq!(
            found(&["client-certificate-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg=="]),
            None
        );
        assert_eq!(found(&["{\"auths\": {\"r.example.com\": {\"auth\": \"<auth>\"}}}"]), None);
        assert_eq!(found(&["Basic authentication"]), None);
        assert_eq!(found(&["Bearer token-authentication-scheme"]), None);
        assert_eq!(found(&["Bearer $(API_TOKEN_OF_THE_SHOP_1)"]), None);
        assert_eq!(found(&["AKIA", "SHORT"]), None);
        assert_eq!(found(&["XAKIA", "FICTIONALEXAMPLE"]), None);
        assert_eq!(found(&["ghp_", &"x".repeat(36)]), None);
        assert_eq!(found(&["sk_", "live_", "..."]), None);
        assert_eq!(found(&["-----BEGIN ", "CERTIFICATE-----"]), None);
        assert_eq!(found(&["eyJ", &fake, ".eyJ", &fake]), None);
    }
}
