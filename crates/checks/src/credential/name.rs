//! What a name says of the value that stands under it.

/// What a name says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A password: a number may be one.
    Password,
    /// A token or a key: a number is more likely a limit.
    Key,
}

const PASSWORDS: &[&str] = &["passphrase", "pass", "passwd", "password", "passwords", "pwd"];

/// Ends of names, words run together.
const KEYS: &[&str] = &[
    "accesskey",
    "accesstoken",
    "accountkey",
    "apikey",
    "apikeys",
    "apitoken",
    "authkey",
    "authtoken",
    "clientsecret",
    "credential",
    "credentials",
    "encryptionkey",
    "masterkey",
    "privatekey",
    "secret",
    "secretkey",
    "sharedkey",
    "signingkey",
    "token",
];

/// Behind a credential's name these only say which one it is: `DB_PASSWORD_PROD`.
const WHICH: &[&str] = &[
    "base",
    "current",
    "default",
    "dev",
    "live",
    "new",
    "old",
    "primary",
    "prod",
    "production",
    "secondary",
    "staging",
    "test",
    "v",
    "value",
];

/// In front of it these make it a switch: `--with-token`.
const SWITCHES: &[&str] = &[
    "allow", "ask", "disable", "enable", "generate", "has", "is", "no", "prompt", "require",
    "show", "skip", "use", "with",
];

/// Before `secret` these make it the name of a Secret: `IMAGE_PULL_SECRET`.
const SECRETS: &[&str] =
    &["ca", "cert", "certificate", "credentials", "existing", "pull", "serving", "ssl", "tls"];

/// What a name says of its value; nothing where the value is no credential. Some names more may be
/// given, as [`run_together`] writes them.
///
/// A name is read from its end, where English says what a thing is: `DB_PASSWORD` is a password,
/// `PASSWORD_FILE` is a file. Words are split at whatever is no letter or digit, at digits and at
/// the humps of camel case.
pub(super) fn meaning(name: &str, more: &[String]) -> Option<Meaning> {
    let mut words = words(name);
    if endings(&words).any(|(_, end)| more.contains(&end)) {
        return Some(Meaning::Key);
    }
    while words.last().is_some_and(|last| is_which(last)) {
        words.pop();
    }
    let is_public = words.iter().any(|word| word == "public" || word == "publishable");
    let is_switch = words.first().is_some_and(|first| SWITCHES.contains(&first.as_str()));
    if is_public || is_switch || words == ["pwd"] {
        return None;
    }
    endings(&words).find_map(|(before, end)| usual(before, &end))
}

/// The ends of a name run together, each with the words before it, the shortest end first. No
/// credential's name has more words than are looked at.
fn endings(words: &[String]) -> impl Iterator<Item = (&[String], String)> {
    let most = 6;
    (words.len().saturating_sub(most)..words.len())
        .rev()
        .map(|start| (&words[..start], words[start..].concat()))
}

fn usual(before: &[String], end: &str) -> Option<Meaning> {
    if PASSWORDS.contains(&end) || end.ends_with("password") || end.ends_with("passwd") {
        return Some(Meaning::Password);
    }
    let is_before = |word: &str| before.last().is_some_and(|last| last == word);
    let is_name_of_something = match end {
        "secret" => SECRETS.iter().any(|word| is_before(word)),
        // etcd calls the name of a new cluster its token.
        "token" => is_before("cluster") && before.iter().any(|word| word == "initial"),
        _ => false,
    };
    (KEYS.contains(&end) && !is_name_of_something).then_some(Meaning::Key)
}

/// A name as [`meaning`] compares it: `session-key` and `SESSION_KEY` are the same.
pub(super) fn run_together(name: &str) -> String {
    words(name).concat()
}

fn is_which(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit()) || WHICH.contains(&word)
}

/// Whether a character may be part of a name.
pub(super) fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// Whether an argument is a flag without a value, such as `--token`.
pub(super) fn is_flag(argument: &str) -> bool {
    argument.starts_with('-') && argument.chars().all(is_name)
}

/// The words of a name, in lower case.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let chars: Vec<char> = name.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        let after = chars.get(at + 1).copied().unwrap_or(' ');
        let hump = c.is_uppercase() && (before.is_lowercase() || after.is_lowercase());
        if hump || before.is_numeric() != c.is_numeric() || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const CREDENTIALS: &[&str] = &[
        "PASSWORD",
        "DB_PASSWORD",
        "dbPassword",
        "ConnectionStrings__DbPassword",
        "spring.datasource.password",
        "PGPASSWORD",
        "rootpasswd",
        "MYSQL_PWD",
        "RABBITMQ_DEFAULT_PASS",
        "ldap-passphrase",
        "SECRET",
        "CLIENT_SECRET",
        "AWS_SECRET_ACCESS_KEY",
        "API_KEY",
        "apiKey",
        "APIKey",
        "APIKEY",
        "GITHUB_TOKEN",
        "OAUTH2_TOKEN",
        "oauthAccessToken",
        "SSH_PRIVATE_KEY",
        "VENDOR_CREDENTIALS",
        "SECRET_KEY_BASE",
        "PASSWORD_1",
        "PASSWORD2",
        "API_TOKEN_V2",
        "DB_PASSWORD_PROD",
        "--webhook-secret",
    ];

    const OTHERS: &[&str] = &[
        "TOKENIZER",
        "SECRET_NAME",
        "PASSWORD_FILE",
        "PASSWORD_HASH",
        "TOKEN_TTL",
        "SECRETS_PATH",
        "AUTH_TOKEN_URL",
        "KEYBOARD",
        "COMPASS",
        "PWD",
        "AWS_ACCESS_KEY_ID",
        "PUBLIC_KEY",
        "STRIPE_PUBLISHABLE_KEY",
        "SORT_KEY",
        "IMAGE_PULL_SECRET",
        "tls-secret",
        "credentialsSecret",
        "--with-token",
        "--no-password",
        "--initial-cluster-token",
        "ETCD_INITIAL_CLUSTER_TOKEN",
        "apiKeyHeader",
        "",
        "_",
    ];

    #[test]
    fn a_name_is_read_from_its_end() {
        for name in CREDENTIALS {
            assert!(meaning(name, &[]).is_some(), "{name}");
        }
        for name in OTHERS {
            assert_eq!(meaning(name, &[]), None, "{name}");
        }
    }

    #[test]
    fn names_may_be_added() {
        let more = ["session-key", "licenceV2"].map(run_together);
        assert!(meaning("APP_SESSION_KEY", &more).is_some());
        assert!(meaning("LICENCE_V2", &more).is_some());
        assert_eq!(meaning("SESSION_KEY_NAME", &more), None);
        assert_eq!(meaning("APP_SESSION_KEY", &[]), None);
    }

    #[test]
    fn words_end_at_humps_digits_and_signs() {
        assert_eq!(words("dbPassword"), ["db", "password"]);
        assert_eq!(words("HTTPProxyURL"), ["http", "proxy", "url"]);
        assert_eq!(words("a__B-c.d e"), ["a", "b", "c", "d", "e"]);
        assert_eq!(words("token2go"), ["token", "2", "go"]);
        assert_eq!(words("ÄpfelKörbe"), ["äpfel", "körbe"]);
        assert_eq!(words("--"), Vec::<String>::new());
    }
}
