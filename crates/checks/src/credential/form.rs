//! Credentials that show in their own form, whatever name they stand under.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::name::is_name;
use super::value::{is_one_character, is_placeholder, is_reference};

/// A credential whose issuer gave it a form of its own, in words.
pub(crate) fn known(text: &str) -> Option<&'static str> {
    let known = FORMS.iter().find(|form| form.is_in(text)).map(|form| form.what);
    known
        .or_else(|| has_private_key(text).then_some(PRIVATE_KEY))
        .or_else(|| has_signed_token(text).then_some(SIGNED_TOKEN))
        .or_else(|| has_login_header(text).then_some(LOGIN_HEADER))
        .or_else(|| has_registry_login(text).then_some(REGISTRY_LOGIN))
}

/// What [`known`] may say.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    FORMS.iter().map(|form| form.what).chain([
        PRIVATE_KEY,
        SIGNED_TOKEN,
        LOGIN_HEADER,
        REGISTRY_LOGIN,
    ])
}

const PRIVATE_KEY: &str = "a private key";
const SIGNED_TOKEN: &str = "a signed token (JWT)";
const REGISTRY_LOGIN: &str = "a login to a registry";
const LOGIN_HEADER: &str = "a login of an HTTP header";

/// `scheme://user:password@host`, with a password that is written out.
pub(super) fn has_login(text: &str) -> bool {
    text.match_indices("://").any(|(at, sign)| {
        let ends = |c: char| c.is_whitespace() || "/?#\"'`,<>\\|".contains(c);
        let authority = text[at + sign.len()..].split(ends).next().unwrap_or_default();
        let login = authority.rsplit_once('@').and_then(|(login, _)| login.split_once(':'));
        let is_scheme = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        is_scheme
            && login.is_some_and(|(_, password)| {
                !password.is_empty() && !is_reference(password) && !is_placeholder(password)
            })
    })
}

struct Form {
    what: &'static str,
    prefixes: &'static [&'static str],
    /// How long the part behind the prefix is at least.
    least: usize,
    alphabet: fn(char) -> bool,
}

const FORMS: &[Form] = &[
    Form {
        what: "an AWS access key id",
        prefixes: &["AKIA", "ASIA"],
        least: 16,
        alphabet: |c| c.is_ascii_uppercase() || c.is_ascii_digit(),
    },
    Form {
        what: "a GitHub token",
        prefixes: &["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
        least: 36,
        alphabet: |c| c.is_ascii_alphanumeric() || c == '_',
    },
    Form {
        what: "a GitLab token",
        prefixes: &["glpat-", "gldt-", "glrt-"],
        least: 20,
        alphabet: is_name,
    },
    Form {
        what: "a Slack token",
        prefixes: &["xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "xapp-"],
        least: 10,
        alphabet: is_name,
    },
    Form {
        what: "a Stripe key",
        prefixes: &["sk_live_", "rk_live_"],
        least: 16,
        alphabet: |c| c.is_ascii_alphanumeric(),
    },
    Form {
        what: "a Google API key",
        prefixes: &["AIza"],
        least: 35,
        alphabet: |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'),
    },
    Form {
        what: "an npm token",
        prefixes: &["npm_"],
        least: 36,
        alphabet: |c| c.is_ascii_alphanumeric(),
    },
    Form {
        what: "a Docker Hub token",
        prefixes: &["dckr_pat_"],
        least: 20,
        alphabet: |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'),
    },
];

impl Form {
    fn is_in(&self, text: &str) -> bool {
        let joins = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let starts = |(at, _): &(usize, &str)| !text[..*at].ends_with(joins);
        self.prefixes.iter().any(|prefix| {
            text.match_indices(prefix).filter(starts).any(|(at, prefix)| {
                let after = &text[at + prefix.len()..];
                let body = &after[..after.len() - after.trim_start_matches(self.alphabet).len()];
                body.len() >= self.least && !is_one_character(body)
            })
        })
    }
}

/// How `-----BEGIN PRIVATE KEY`, `RSA`, `EC` and `OPENSSH` ones begin in base64, as kubeconfigs and
/// values of charts hold them.
const ENCODED_KEYS: &[&str] = &[
    "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS",
    "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVkt",
    "LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS",
    "LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUgS0VZ",
];

/// A login to a registry, as `docker login` writes it down.
fn has_registry_login(text: &str) -> bool {
    let login = text.split_once("\"auth\"").and_then(|(_, rest)| {
        rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?.split('"').next()
    });
    let is_written =
        |login: &str| login.len() >= 8 && !is_reference(login) && !is_placeholder(login);
    text.contains("\"auths\"") && login.is_some_and(is_written)
}

fn has_private_key(text: &str) -> bool {
    if ENCODED_KEYS.iter().any(|it| text.contains(it)) {
        return true;
    }
    let mut headers = text.split("-----BEGIN ").skip(1);
    headers.any(|rest| {
        let header = rest.split("-----").next().unwrap_or_default();
        header.ends_with("PRIVATE KEY") || header.ends_with("PRIVATE KEY BLOCK")
    })
}

fn has_signed_token(text: &str) -> bool {
    text.split(|c| !is_name(c)).any(|word| {
        let parts: Vec<&str> = word.split('.').collect();
        parts.len() == 3
            && parts.iter().all(|part| part.len() >= 10)
            && parts.iter().take(2).all(|part| part.starts_with("eyJ"))
    })
}

/// `Basic`, and a user with a password behind it; or `Bearer`, and what is too odd for a word.
fn has_login_header(text: &str) -> bool {
    let mut scheme = "";
    text.split(|c: char| c.is_whitespace() || "\"'`,;".contains(c)).any(|word| {
        let before = std::mem::replace(&mut scheme, word);
        if before.eq_ignore_ascii_case("basic") {
            let login = STANDARD.decode(word).ok().and_then(|it| String::from_utf8(it).ok());
            let password = login.as_deref().and_then(|it| Some(it.split_once(':')?.1));
            return password.is_some_and(|it| !it.is_empty() && !is_placeholder(it));
        }
        before.eq_ignore_ascii_case("bearer")
            && word.len() >= 20
            && word.chars().all(|c| is_name(c) || matches!(c, '~' | '+' | '/' | '='))
            && word.contains(|c: char| c.is_ascii_digit())
            && word.contains(|c: char| c.is_ascii_alphabetic())
    })
}
