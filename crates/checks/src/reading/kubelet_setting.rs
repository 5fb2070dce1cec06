//! What a kubelet is told, in its file or by its flags, and what it does when it is told nothing.

use std::borrow::Cow;

use finding::Change;
use model::kinds::{self, Kind};
use model::tree::{Node, Type};
use model::{Component, Kinds, Object, Place, Program};

use crate::check::Cel;
use crate::context::Cx;
use crate::edit::Flaw;
use crate::reading::argument;
use crate::reading::component_flag::given;

/// What tells a kubelet what to do.
pub(crate) const KINDS: Kinds = Kinds::of(&[
    kinds::KUBELET_CONFIGURATION,
    kinds::INIT_CONFIGURATION,
    kinds::JOIN_CONFIGURATION,
    kinds::POD,
    kinds::DAEMON_SET,
]);

/// Why no admission policy stands in for a check of a kubelet.
pub(crate) const NO_TWIN: Cel =
    Cel::Refused("a kubelet reads its file and its flags before any API server is asked");

/// Documents that make kubeadm read a `KubeletConfiguration` beside them, and complete it.
const KUBEADM: [Kind; 3] =
    [kinds::CLUSTER_CONFIGURATION, kinds::INIT_CONFIGURATION, kinds::JOIN_CONFIGURATION];

/// One setting.
pub(crate) struct Setting {
    /// Its field in a `KubeletConfiguration`; empty where there is none.
    pub(crate) field: &'static str,
    /// Its flag; empty where there is none.
    pub(crate) flag: &'static str,
    /// What holds where a file says nothing.
    pub(crate) default: &'static str,
    /// What holds where kubeadm completes that file.
    pub(crate) kubeadm: &'static str,
    /// What holds where there is no file and no flag: what the flags meant before there were files.
    pub(crate) bare: &'static str,
}

/// What a setting comes to.
pub(crate) struct Reading<'a> {
    /// Its value; the items of a list joined by commas.
    pub(crate) value: Cow<'a, str>,
    /// Where it stands, or is missing.
    pub(crate) place: Place<'a>,
    /// Whether somebody set it.
    pub(crate) is_set: bool,
}

/// A kubelet as one object describes it.
pub(crate) enum Kubelet<'c, 'a> {
    /// By its file, which kubeadm may complete.
    File(&'a Object, bool),
    /// By the flags it is started with.
    Process(&'c Component<'a>),
}

impl Setting {
    /// A setting with the same default everywhere.
    pub(crate) const fn new(
        field: &'static str,
        flag: &'static str,
        default: &'static str,
    ) -> Self {
        Self { field, flag, default, kubeadm: default, bare: default }
    }

    /// Sets it where a finding says, as JSON in a file and as text in a flag.
    pub(crate) fn set(&self, flaw: &Flaw<'_>, value: &str) -> Vec<Change> {
        if is_in_file(flaw) {
            return vec![Change::set(flaw.path(), value)];
        }
        argument::set(flaw, self.flag, value.trim_matches('"'))
    }

    /// Leaves it to its default.
    pub(crate) fn unset(flaw: &Flaw<'_>) -> Vec<Change> {
        if is_in_file(flaw) { vec![Change::remove(flaw.path())] } else { argument::remove(flaw) }
    }

    /// What it comes to in each kubelet.
    pub(crate) fn readings<'a>(&'static self, cx: &Cx<'a>) -> Vec<Reading<'a>> {
        Kubelet::all(cx).iter().filter_map(|kubelet| kubelet.read(self)).collect()
    }
}

impl Reading<'_> {
    /// Says of a value that it is the default.
    pub(crate) fn by_default(&self) -> &'static str {
        if self.is_set { "" } else { " by default" }
    }
}

impl<'c, 'a> Kubelet<'c, 'a> {
    /// All kubelets of an input.
    pub(crate) fn all(cx: &'c Cx<'a>) -> Vec<Self> {
        let of_kubeadm = |file: &Object| {
            let mut beside = KUBEADM.into_iter().flat_map(|kind| cx.inventory().of(kind));
            beside.any(|it| it.origin().file().is_some() && it.origin() == file.origin())
        };
        let files = cx.inventory().of(kinds::KUBELET_CONFIGURATION);
        let files = files.map(|file| Kubelet::File(file, of_kubeadm(file)));
        files.chain(cx.components(Program::Kubelet).map(Kubelet::Process)).collect()
    }

    /// What a setting comes to; nothing where another object decides it.
    pub(crate) fn read(&self, setting: &'static Setting) -> Option<Reading<'a>> {
        match self {
            Kubelet::File(file, of_kubeadm) => in_file(file, *of_kubeadm, setting),
            Kubelet::Process(process) => by_flag(process, setting),
        }
    }
}

/// Whether a finding is about the file of a kubelet, and not about its flags.
pub(crate) fn is_in_file(flaw: &Flaw<'_>) -> bool {
    flaw.object().kind() == kinds::KUBELET_CONFIGURATION.kind
}

fn in_file<'a>(
    file: &'a Object,
    of_kubeadm: bool,
    setting: &'static Setting,
) -> Option<Reading<'a>> {
    if setting.field.is_empty() {
        return None;
    }
    let place = file.place(setting.field);
    let value = file.get(setting.field).map(text).filter(|value| !value.is_empty());
    let is_set = value.is_some();
    let default = if of_kubeadm { setting.kubeadm } else { setting.default };
    Some(Reading { value: value.unwrap_or(Cow::Borrowed(default)), place, is_set })
}

fn text(node: Node<'_>) -> Cow<'_, str> {
    match node.kind() {
        Type::Seq => Cow::Owned(node.items().map(Node::text).collect::<Vec<_>>().join(",")),
        _ => Cow::Borrowed(node.text()),
    }
}

fn by_flag<'a>(process: &Component<'a>, setting: &'static Setting) -> Option<Reading<'a>> {
    if let Some(flag) = given(process, setting.flag) {
        return Some(Reading { value: Cow::Borrowed(flag.value), place: flag.place, is_set: true });
    }
    let reads_file = given(process, "config").is_some() || given(process, "config-dir").is_some();
    let default = Reading { value: setting.bare.into(), place: process.place(), is_set: false };
    (!reads_file && !setting.flag.is_empty()).then_some(default)
}
