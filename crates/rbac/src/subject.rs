//! Subjects: whom a binding names.

use std::fmt;

use model::Object;
use model::tree::Node;

/// Whom a binding names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// A user, by the name that its certificate or token gives.
    User(&'a str),
    /// A group.
    Group(&'a str),
    /// A service account.
    ServiceAccount {
        /// Its namespace; empty where a `ClusterRoleBinding` leaves it out, and then it is nobody.
        namespace: &'a str,
        /// Its name.
        name: &'a str,
    },
}

/// The service accounts that a subject stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Accounts<'a> {
    /// All of them.
    All,
    /// Those of a namespace.
    Of(&'a str),
    /// One, by namespace and name.
    One(&'a str, &'a str),
}

impl<'a> Subject<'a> {
    /// In a `RoleBinding` a service account without a namespace is one of the binding's own; in a
    /// `ClusterRoleBinding` the API server refuses it.
    pub(crate) fn read(node: Node<'a>, object: &'a Object) -> Option<Self> {
        let text = |key| node.get(key).and_then(Node::as_text);
        let name = text("name")?;
        match text("kind")? {
            "User" => Some(Subject::User(name)),
            "Group" => Some(Subject::Group(name)),
            "ServiceAccount" => {
                let namespace = text("namespace").unwrap_or(object.namespace());
                Some(Subject::ServiceAccount { namespace, name })
            }
            _ => None,
        }
    }

    /// Whether it is this service account itself, not a group that it belongs to.
    pub fn is_service_account(&self, namespace: &str, name: &str) -> bool {
        self.accounts() == Some(Accounts::One(namespace, name))
    }

    /// The service accounts that authenticate as it: by name, by the user name that their tokens
    /// give (`system:serviceaccount:NAMESPACE:NAME`), or by the groups that they all belong to.
    pub(crate) fn accounts(&self) -> Option<Accounts<'a>> {
        match *self {
            Subject::ServiceAccount { namespace: "", .. } => None,
            Subject::ServiceAccount { namespace, name } => Some(Accounts::One(namespace, name)),
            Subject::User(user) => {
                let (namespace, name) =
                    user.strip_prefix("system:serviceaccount:")?.split_once(':')?;
                Some(Accounts::One(namespace, name))
            }
            Subject::Group("system:serviceaccounts" | "system:authenticated") => {
                Some(Accounts::All)
            }
            Subject::Group(group) => {
                group.strip_prefix("system:serviceaccounts:").map(Accounts::Of)
            }
        }
    }
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::User(name) => write!(f, "user {name}"),
            Subject::Group(name) => write!(f, "group {name}"),
            Subject::ServiceAccount { namespace: "", name } => write!(f, "service account {name}"),
            Subject::ServiceAccount { namespace, name } => {
                write!(f, "service account {namespace}/{name}")
            }
        }
    }
}

/// Several subjects in words: the first three, and how many more there are.
#[derive(Clone, Debug, Default)]
pub struct Named<'a>(Vec<Subject<'a>>);

impl<'a> FromIterator<Subject<'a>> for Named<'a> {
    /// Keeps each subject once, in the order given.
    fn from_iter<I: IntoIterator<Item = Subject<'a>>>(subjects: I) -> Self {
        let mut named = Vec::new();
        for subject in subjects {
            if !named.contains(&subject) {
                named.push(subject);
            }
        }
        Self(named)
    }
}

impl Named<'_> {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = self.0.len().saturating_sub(3);
        let shown = self.0.len() - more;
        for (place, subject) in self.0.iter().take(shown).enumerate() {
            let last = place > 0 && place + 1 == shown && more == 0;
            let joint = if place == 0 { "" } else { ", " };
            write!(f, "{}{subject}", if last { " and " } else { joint })?;
        }
        if more > 0 { write!(f, " and {more} more") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The user that a token of a service account authenticates as, and its groups.
    fn is_member(subject: &Subject<'_>, namespace: &str, name: &str) -> bool {
        match subject {
            Subject::User(user) => *user == format!("system:serviceaccount:{namespace}:{name}"),
            Subject::Group(group) => [
                "system:serviceaccounts".to_owned(),
                format!("system:serviceaccounts:{namespace}"),
                "system:authenticated".to_owned(),
            ]
            .contains(&(*group).to_owned()),
            Subject::ServiceAccount { namespace: own, name: account } => {
                !own.is_empty() && *own == namespace && *account == name
            }
        }
    }

    #[test]
    fn a_subject_stands_for_just_the_accounts_that_authenticate_as_it() {
        let words = ["", "a", "b", "a:b", "system:authenticated", "system:serviceaccounts"];
        let names =
            words.into_iter().map(str::to_owned).chain(["", "a", "b"].into_iter().flat_map(|it| {
                let user = format!("system:serviceaccount:{it}");
                [format!("{user}:a"), format!("{user}:b"), format!("system:serviceaccounts:{it}")]
            }));
        let names: Vec<String> = names.collect();
        let of = |name| {
            let accounts =
                ["", "a", "b"].map(|namespace| Subject::ServiceAccount { namespace, name });
            [Subject::User(name), Subject::Group(name)].into_iter().chain(accounts)
        };
        for subject in names.iter().flat_map(|name| of(name)) {
            for (namespace, name) in [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")] {
                let stands = subject.accounts().is_some_and(|accounts| match accounts {
                    Accounts::All => true,
                    Accounts::Of(own) => own == namespace,
                    Accounts::One(own, account) => (own, account) == (namespace, name),
                });
                assert_eq!(stands, is_member(&subject, namespace, name), "{subject:?} {name}");
            }
        }
    }

    #[test]
    fn the_first_three_subjects_are_named_once_each_and_the_others_counted() {
        let named = |names: &[&'static str]| {
            names.iter().map(|name| Subject::Group(name)).collect::<Named<'_>>().to_string()
        };
        assert_eq!(named(&[]), "");
        assert_eq!(named(&["a"]), "group a");
        assert_eq!(named(&["a", "b", "a"]), "group a and group b");
        assert_eq!(named(&["a", "b", "c"]), "group a, group b and group c");
        assert_eq!(named(&["a", "b", "c", "d", "e"]), "group a, group b, group c and 2 more");
    }
}
