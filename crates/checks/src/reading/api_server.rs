//! The API server as it is started: its flags and what their absence means.

use finding::Change;
use model::component::Flag;
use model::{Component, Node, Object, Place, Program, kinds};

use crate::context::Cx;
use crate::edit::Flaw;
use crate::reading::argument;

/// Why no admission policy can say what a check of the API server says.
pub(crate) const STARTS_BEFORE_ADMISSION: &str =
    "the API server is started from files on its node, before it admits anything";

/// Why no admission policy can say what a check of a file says.
pub(crate) const IS_A_FILE: &str =
    "the file is read by the API server itself and is never sent to it";

/// One API server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ApiServer<'b, 'a> {
    component: &'b Component<'a>,
    /// The minor version it is of: its own, else the one that verdicts are meant for.
    pub(crate) minor: u32,
}

/// The authorizers of an API server, from its flags or from a file of their own.
#[derive(Clone, Debug)]
pub(crate) struct Authorizers<'a> {
    /// Each by its name, such as `RBAC`.
    pub(crate) modes: Vec<Flag<'a>>,
    /// Where they are chosen.
    pub(crate) place: Place<'a>,
}

impl<'b, 'a> ApiServer<'b, 'a> {
    /// All API servers.
    pub(crate) fn all(cx: &'b Cx<'a>) -> impl Iterator<Item = Self> {
        let target = cx.kubernetes().minor;
        cx.components(Program::ApiServer)
            .map(move |component| Self { component, minor: component.minor().unwrap_or(target) })
    }

    /// A flag that is given and not empty.
    pub(crate) fn flag(self, name: &str) -> Option<Flag<'a>> {
        self.component.flag(name).filter(|flag| !flag.value.is_empty())
    }

    /// The values of a flag that takes a list.
    pub(crate) fn list(self, name: &str) -> Vec<Flag<'a>> {
        self.component.list(name).unwrap_or_default()
    }

    /// Whether a flag is surely not given, or given as nothing.
    pub(crate) fn lacks(self, name: &str) -> bool {
        self.component.is_complete() && self.flag(name).is_none()
    }

    /// Those of some flags that are surely missing.
    pub(crate) fn lacking(self, names: &[&'static str]) -> Vec<&'static str> {
        names.iter().copied().filter(|name| self.lacks(name)).collect()
    }

    /// Whether nothing gives it flags of its own accord.
    pub(crate) fn is_direct(self) -> bool {
        self.component.is_direct()
    }

    /// Where a flag stands that is missing.
    pub(crate) fn place(self) -> Place<'a> {
        self.component.place()
    }

    /// Where a boolean flag that is true by default is true, and whether it says so itself.
    pub(crate) fn default_true(self, name: &str) -> Option<(Place<'a>, bool)> {
        match self.flag(name) {
            Some(flag) => (flag.as_bool() == Some(true)).then_some((flag.place, true)),
            None => self.lacks(name).then(|| (self.place(), false)),
        }
    }

    /// Where a boolean flag is false.
    pub(crate) fn off(self, name: &str) -> Option<Place<'a>> {
        self.flag(name).filter(|flag| flag.as_bool() == Some(false)).map(|flag| flag.place)
    }

    /// The admission plugins that are named to be run, whichever flag names them.
    pub(crate) fn plugins(self) -> Vec<Flag<'a>> {
        let names = ["admission-control", "enable-admission-plugins"];
        names.iter().flat_map(|name| self.list(name)).collect()
    }

    /// Where an admission plugin is missing that runs only when it is named.
    pub(crate) fn lacks_plugin(self, name: &str) -> Option<Place<'a>> {
        let plugins = self.plugins();
        let named = plugins.iter().any(|plugin| plugin.value == name);
        let known = if plugins.is_empty() {
            self.component.is_complete()
        } else {
            !plugins.iter().any(is_variable)
        };
        let place = plugins.last().map_or_else(|| self.place(), |last| last.place.clone());
        (known && !named).then_some(place)
    }

    /// The feature gates that are set: name and value. A gate may name the component it is of.
    pub(crate) fn gates(self) -> Vec<(&'a str, Flag<'a>)> {
        let gate = |flag: Flag<'a>| {
            let (name, value) = flag.value.split_once('=')?;
            let name = name.strip_prefix("kube:").unwrap_or(name);
            Some((name, Flag { value, place: flag.place }))
        };
        self.list("feature-gates").into_iter().filter_map(gate).collect()
    }

    /// Its authorizers, where flags say them or leave the default.
    pub(crate) fn authorizers(self) -> Option<Authorizers<'a>> {
        if self.flag("authorization-config").is_some() {
            return None;
        }
        let modes = self.list("authorization-mode");
        if modes.iter().any(is_variable) {
            return None;
        }
        if let Some(last) = modes.last() {
            let place = last.place.clone();
            return Some(Authorizers { modes, place });
        }
        let place = self.place();
        let modes = vec![Flag { value: "AlwaysAllow", place: place.clone() }];
        self.lacks("authorization-mode").then_some(Authorizers { modes, place })
    }
}

impl<'a> Authorizers<'a> {
    /// The authorizers of all API servers, where they are known.
    pub(crate) fn all(cx: &Cx<'a>) -> Vec<Self> {
        let flags = ApiServer::all(cx).filter_map(ApiServer::authorizers);
        let files = cx.inventory().of(kinds::AUTHORIZATION_CONFIGURATION).filter_map(of_file);
        flags.chain(files).collect()
    }

    /// One of them.
    pub(crate) fn mode(&self, name: &str) -> Option<&Flag<'a>> {
        self.modes.iter().find(|mode| mode.value == name)
    }

    /// Whether one is missing, and somebody is refused at all.
    pub(crate) fn misses(&self, name: &str) -> bool {
        self.mode(name).is_none() && self.mode("AlwaysAllow").is_none()
    }
}

/// Names an admission plugin where a finding says that it is missing. What kubeadm and k3s name of
/// their own accord is theirs no longer when somebody else names one.
pub(crate) fn add_plugin(flaw: &Flaw<'_>, plugin: &str) -> Vec<Change> {
    let mut named = argument::values(flaw);
    if argument::is_missing(flaw) && argument::is_wrapped(flaw) && plugin != NODE_RESTRICTION {
        named.push(NODE_RESTRICTION);
    }
    named.push(plugin);
    argument::set(flaw, "enable-admission-plugins", &named.join(","))
}

const NODE_RESTRICTION: &str = "NodeRestriction";

/// Whether a value comes from a variable, so that nobody knows it here.
fn is_variable(flag: &Flag<'_>) -> bool {
    flag.value.contains('$')
}

fn of_file<'a>(object: &'a Object) -> Option<Authorizers<'a>> {
    let list = object.get("authorizers")?;
    let types = list.items().filter_map(|item| item.get("type"));
    let types = types.filter(|node| node.as_text().is_some());
    let flag = |node: Node<'a>| Flag { value: node.text(), place: Place::of(object, node) };
    let modes: Vec<Flag<'a>> = types.map(flag).collect();
    (!modes.is_empty()).then(|| Authorizers { modes, place: Place::of(object, list) })
}

/// The settings of an admission plugin: in a file of their own kind, or within the file that lists
/// the plugins.
pub(crate) fn plugin_settings<'a>(
    cx: &Cx<'a>,
    plugin: &str,
    own: Option<kinds::Kind>,
) -> Vec<(&'a Object, Node<'a>)> {
    let alone = own.into_iter().flat_map(|kind| cx.inventory().of(kind));
    let mut settings: Vec<_> = alone.map(|object| (object, object.root())).collect();
    for object in cx.inventory().of(kinds::ADMISSION_CONFIGURATION) {
        let plugins = object.get("plugins").into_iter().flat_map(Node::items);
        let named = plugins.filter(|it| it.get("name").and_then(Node::as_str) == Some(plugin));
        settings.extend(named.filter_map(|it| Some((object, it.get("configuration")?))));
    }
    settings
}
