//! The flag of a component where a finding names it, and the changes that set it: in the words of a
//! container, in the variables of etcd, and in the file that kubeadm makes such words of.

use finding::Change;
use model::path::{Step, steps};
use model::{Node, tree::Type};

use crate::edit::Flaw;
use crate::reading::component_flag::{host, is_local};
use crate::reading::json;

/// A flag as it is written.
struct Argument<'a> {
    /// What stands before the value in the same word; nothing where the value stands alone.
    head: String,
    /// The value.
    value: &'a str,
    /// The way to the next word, where the value is that.
    next: Option<String>,
}

/// Gives a flag a value, whether it is given or missing.
pub(crate) fn set(flaw: &Flaw<'_>, name: &str, value: &str) -> Vec<Change> {
    if is_missing(flaw) { give(flaw, name, value) } else { replace(flaw, value) }
}

/// Gives a flag that is given another value.
pub(crate) fn replace(flaw: &Flaw<'_>, value: &str) -> Vec<Change> {
    let Some(argument) = argument(flaw) else { return Vec::new() };
    let set = Change::set(flaw.path(), json::text(&(argument.head + value)));
    [set].into_iter().chain(argument.next.map(Change::remove)).collect()
}

/// Takes a flag away.
pub(crate) fn remove(flaw: &Flaw<'_>) -> Vec<Change> {
    let Some(argument) = argument(flaw) else { return Vec::new() };
    let own = if is_of_item(flaw) { flaw.around(1) } else { flaw.path() };
    [Change::remove(own)].into_iter().chain(argument.next.map(Change::remove)).collect()
}

/// Leaves of a flag that takes a list the values that are fine, and nothing of it where none is.
pub(crate) fn keep(flaw: &Flaw<'_>, is_fine: impl Fn(&str) -> bool) -> Vec<Change> {
    let values = values(flaw);
    let kept: Vec<&str> = values.iter().copied().filter(|it| is_fine(it)).collect();
    match kept.len() {
        0 => remove(flaw),
        all if all == values.len() => Vec::new(),
        _ => replace(flaw, &kept.join(",")),
    }
}

/// The values of a flag that takes a list.
pub(crate) fn values<'a>(flaw: &Flaw<'a>) -> Vec<&'a str> {
    let text = argument(flaw).map(|it| it.value).unwrap_or_default();
    text.split(',').map(str::trim).filter(|it| !it.is_empty()).collect()
}

/// The value of a flag that is given.
pub(crate) fn value<'a>(flaw: &Flaw<'a>) -> Option<&'a str> {
    Some(argument(flaw)?.value)
}

/// Whether a flag is given by a name, where the name stands beside the value.
pub(crate) fn is_named(flaw: &Flaw<'_>, name: &str) -> bool {
    let word = argument(flaw).map(|it| it.head).filter(|it| !it.is_empty());
    let word = word.unwrap_or_else(|| flaw.path().trim_end_matches(".value").to_owned());
    let word = word.trim_end_matches(['=', ']']).replace('_', "-");
    let own = word.rsplit(['=', '.', '[']).next().unwrap_or_default();
    own.trim_start_matches('-') == name
}

/// The way to another flag beside one that is given.
pub(crate) fn beside(flaw: &Flaw<'_>, name: &str) -> Option<String> {
    let list = Flaw::new(flaw.object(), around(flaw)).node()?;
    let mut paths = list.children().map(|it| it.get("value").unwrap_or(it).path());
    paths.find(|path| is_named(&Flaw::new(flaw.object(), path), name))
}

/// The way to the flags that one that is given stands among.
pub(crate) fn around<'a>(flaw: &Flaw<'a>) -> &'a str {
    flaw.around(if is_of_item(flaw) { 2 } else { 1 })
}

/// Whether a value stands in an item of a list, beside its name.
fn is_of_item(flaw: &Flaw<'_>) -> bool {
    flaw.path().rsplit('.').next() == Some("value") && flaw.around(1).ends_with(']')
}

/// Lets a program listen at the machine itself, unless the kubelet asks it elsewhere how it is.
pub(crate) fn listen_locally(flaw: &Flaw<'_>) -> Vec<Change> {
    if is_probed(flaw) { Vec::new() } else { set(flaw, "bind-address", "127.0.0.1") }
}

/// Whether a flag is missing: a finding then names the words or the arguments that lack it.
pub(crate) fn is_missing(flaw: &Flaw<'_>) -> bool {
    is_of_kubeadm(flaw) || flaw.node().is_some_and(|node| node.kind() == Type::Seq)
}

/// Whether kubeadm or k3s starts the program, and gives it flags of its own accord.
pub(crate) fn is_wrapped(flaw: &Flaw<'_>) -> bool {
    is_of_kubeadm(flaw) || words(flaw).iter().any(|word| program(word) == "k3s")
}

/// Whether the kubelet asks a container how it is, other than at the machine's own address.
pub(crate) fn is_probed(flaw: &Flaw<'_>) -> bool {
    probes(flaw).any(|probe| {
        probe.get("host").and_then(Node::as_text).is_none_or(|name| !is_local(host(name)))
    })
}

/// What the kubelet asks a container for over HTTP, to see how it is.
pub(crate) fn probes<'a>(flaw: &Flaw<'a>) -> impl Iterator<Item = Node<'a>> {
    let container = container(flaw);
    let all = ["livenessProbe", "readinessProbe", "startupProbe"].into_iter();
    all.filter_map(move |probe| container?.get(probe)?.get("httpGet"))
}

fn is_of_kubeadm(flaw: &Flaw<'_>) -> bool {
    flaw.path().ends_with("xtraArgs")
}

/// Adds a flag to the others.
fn give(flaw: &Flaw<'_>, name: &str, value: &str) -> Vec<Change> {
    if is_of_kubeadm(flaw) {
        return vec![give_kubeadm(flaw, name, value)];
    }
    let Some(container) = container(flaw) else { return Vec::new() };
    let words = words(flaw);
    let is_script = |word: &&str| {
        ["sh", "ash", "bash", "dash"].contains(&program(word))
            || !word.starts_with('-') && word.contains(char::is_whitespace)
    };
    if words.iter().any(is_script) {
        return Vec::new();
    }
    let has_arguments = container.get("args").is_some_and(|it| it.items().next().is_some());
    let list = if has_arguments { "args" } else { "command" };
    let wrapper = if is_wrapped(flaw) { "--kube-apiserver-arg=" } else { "--" };
    vec![Change::append(flaw.beside(list), json::text(&format!("{wrapper}{name}={value}")))]
}

/// A mapping until `v1beta3`, a list of names and values since `v1beta4`.
fn give_kubeadm(flaw: &Flaw<'_>, name: &str, value: &str) -> Change {
    const MAPPING: [&str; 5] = ["v1alpha1", "v1alpha2", "v1beta1", "v1beta2", "v1beta3"];
    let version = flaw.object().id().api_version.rsplit('/').next().unwrap_or_default();
    let is_mapping = match flaw.node().map(Node::kind) {
        Some(Type::Map) => true,
        Some(Type::Seq) => false,
        _ => MAPPING.contains(&version),
    };
    let value = json::text(value);
    if is_mapping {
        return Change::set(flaw.below(name), value);
    }
    let item = format!("{{\"name\":{},\"value\":{value}}}", json::text(name));
    Change::append(flaw.path(), item)
}

/// How a flag is written. Inside of a script it cannot be told.
fn argument<'a>(flaw: &Flaw<'a>) -> Option<Argument<'a>> {
    let node = flaw.node().filter(|node| node.children().next().is_none())?;
    let (text, list) = (node.text(), flaw.around(1));
    if !(list.ends_with("command") || list.ends_with("args")) {
        // A value that is known at run time only is given as the name of its variable.
        let is_known = node.key() != "name";
        return is_known.then_some(Argument { head: String::new(), value: text, next: None });
    }
    let dashed = text.starts_with('-');
    let (word, behind) = match text.split_once('=') {
        Some((word, value)) => (word, Some(value)),
        None => (text, None),
    };
    if !dashed || word.contains(char::is_whitespace) {
        return None;
    }
    let next = behind.is_none().then(|| next_word(flaw)).flatten();
    let head = format!("{word}=");
    let written = behind.or(next.as_ref().map(|(_, text)| *text)).unwrap_or("true");
    let next = next.map(|(path, _)| path);
    // A k3s server hands flags on: `--kube-apiserver-arg=name=value`.
    if word.ends_with("-arg") {
        let (name, value) = written.split_once('=').unwrap_or((written, "true"));
        return Some(Argument { head: format!("{head}{name}="), value, next });
    }
    Some(Argument { head, value: written.trim_matches(['"', '\'']), next })
}

/// The next word of a list, where it is no flag: its path and its text.
fn next_word<'a>(flaw: &Flaw<'a>) -> Option<(String, &'a str)> {
    let Some(Step::Item(item)) = steps(flaw.path())?.pop() else { return None };
    let path = format!("{}[{}]", flaw.around(1), item.parse::<usize>().ok()? + 1);
    let text = flaw.object().root().follow(&path)?.as_str()?;
    (!text.starts_with('-')).then_some((path, text))
}

/// The container whose words or variables a finding names.
fn container<'a>(flaw: &Flaw<'a>) -> Option<Node<'a>> {
    let root = flaw.object().root();
    let is_one =
        |it: &Node<'_>| ["args", "command", "image"].iter().any(|key| it.get(key).is_some());
    (1..=3).filter_map(|levels| root.follow(flaw.around(levels))).find(is_one)
}

/// The words of the container.
fn words<'a>(flaw: &Flaw<'a>) -> Vec<&'a str> {
    let lists = ["command", "args"].into_iter().filter_map(|list| container(flaw)?.get(list));
    lists.flat_map(Node::strings).collect()
}

/// The name of a program without the folder it stands in.
fn program(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or(word)
}
