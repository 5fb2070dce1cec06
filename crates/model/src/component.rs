//! Components of Kubernetes and the flags they are started with, wherever those stand: in the pod
//! that runs the component, or in the file from which kubeadm makes that pod.

use crate::command::{self, Word};
use crate::duration;
use crate::image::Image;
use crate::inventory::Inventory;
use crate::kinds;
use crate::object::Object;
use crate::place::Place;
use crate::tree::{Node, Type};

/// A component that is configured by flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// The API server.
    ApiServer,
    /// The controller manager.
    ControllerManager,
    /// The scheduler.
    Scheduler,
    /// The database of the API server.
    Etcd,
    /// The agent on every node.
    Kubelet,
    /// The network proxy on every node.
    Proxy,
}

/// One component as it is started.
#[derive(Clone, Debug)]
pub struct Component<'a> {
    object: &'a Object,
    program: Program,
    given: Given<'a>,
}

/// How its flags are given.
#[derive(Clone, Debug)]
enum Given<'a> {
    /// By the container that runs it: the words behind its name.
    Container(Node<'a>, Vec<Word<'a>>),
    /// By the container of a k3s server, which runs it within itself: the words behind its name.
    K3s(Node<'a>, Vec<Word<'a>>),
    /// As arguments beside those of kubeadm: the way to them, and their list or mapping.
    Kubeadm(&'static str, Option<Node<'a>>),
}

/// A flag of a component.
#[derive(Clone, Debug)]
pub struct Flag<'a> {
    /// Its value; `true` where none is given.
    pub value: &'a str,
    /// Where it stands.
    pub place: Place<'a>,
}

impl Program {
    const ALL: [Program; 6] = [
        Program::ApiServer,
        Program::ControllerManager,
        Program::Scheduler,
        Program::Etcd,
        Program::Kubelet,
        Program::Proxy,
    ];

    /// The name of its binary.
    pub fn name(self) -> &'static str {
        match self {
            Program::ApiServer => "kube-apiserver",
            Program::ControllerManager => "kube-controller-manager",
            Program::Scheduler => "kube-scheduler",
            Program::Etcd => "etcd",
            Program::Kubelet => "kubelet",
            Program::Proxy => "kube-proxy",
        }
    }

    /// How `hyperkube` calls it, beside its own name.
    fn short_name(self) -> &'static str {
        self.name().trim_start_matches("kube-")
    }

    /// What kubeadm says of a flag of its own accord.
    fn kubeadm_default(self, flag: &str) -> Option<&'static str> {
        let table: &[(&str, &str)] = match self {
            Program::ApiServer => KUBEADM_API_SERVER,
            Program::ControllerManager => KUBEADM_CONTROLLER_MANAGER,
            Program::Scheduler => &[("bind-address", "127.0.0.1")],
            Program::Etcd => KUBEADM_ETCD,
            Program::Kubelet => &[("config", "/var/lib/kubelet/config.yaml")],
            Program::Proxy => &[],
        };
        table.iter().find(|(name, _)| *name == flag).map(|(_, value)| *value)
    }
}

/// Flags that name a file in which the others stand: those of etcd and of `OpenShift`.
const FILES_OF_FLAGS: [&str; 2] = ["--config-file", "--openshift-config"];

/// What kubeadm gives the API server.
const KUBEADM_API_SERVER: &[(&str, &str)] = &[
    ("allow-privileged", "true"),
    ("authorization-mode", "Node,RBAC"),
    ("client-ca-file", "/etc/kubernetes/pki/ca.crt"),
    ("enable-admission-plugins", "NodeRestriction"),
    ("etcd-cafile", "/etc/kubernetes/pki/etcd/ca.crt"),
    ("etcd-certfile", "/etc/kubernetes/pki/apiserver-etcd-client.crt"),
    ("etcd-keyfile", "/etc/kubernetes/pki/apiserver-etcd-client.key"),
    ("etcd-servers", "https://127.0.0.1:2379"),
    ("kubelet-client-certificate", "/etc/kubernetes/pki/apiserver-kubelet-client.crt"),
    ("kubelet-client-key", "/etc/kubernetes/pki/apiserver-kubelet-client.key"),
    ("requestheader-allowed-names", "front-proxy-client"),
    ("requestheader-client-ca-file", "/etc/kubernetes/pki/front-proxy-ca.crt"),
    ("requestheader-username-headers", "X-Remote-User"),
    ("secure-port", "6443"),
    ("service-account-key-file", "/etc/kubernetes/pki/sa.pub"),
    ("tls-cert-file", "/etc/kubernetes/pki/apiserver.crt"),
    ("tls-private-key-file", "/etc/kubernetes/pki/apiserver.key"),
];

/// What k3s gives the API server within it. Its database is behind a socket, or keeps to TLS.
const K3S_API_SERVER: &[(&str, &str)] = &[
    ("allow-privileged", "true"),
    ("anonymous-auth", "false"),
    ("authorization-mode", "Node,RBAC"),
    ("client-ca-file", "client-ca.crt"),
    ("enable-admission-plugins", "NodeRestriction"),
    ("etcd-servers", "unix://kine.sock"),
    ("kubelet-certificate-authority", "server-ca.crt"),
    ("kubelet-client-certificate", "client-kube-apiserver.crt"),
    ("kubelet-client-key", "client-kube-apiserver.key"),
    ("profiling", "false"),
    ("requestheader-allowed-names", "system:auth-proxy"),
    ("requestheader-client-ca-file", "request-header-ca.crt"),
    ("requestheader-username-headers", "X-Remote-User"),
    ("service-account-key-file", "service.key"),
    ("tls-cert-file", "serving-kube-apiserver.crt"),
    ("tls-private-key-file", "serving-kube-apiserver.key"),
];

/// What kubeadm gives the controller manager.
const KUBEADM_CONTROLLER_MANAGER: &[(&str, &str)] = &[
    ("bind-address", "127.0.0.1"),
    ("root-ca-file", "/etc/kubernetes/pki/ca.crt"),
    ("service-account-private-key-file", "/etc/kubernetes/pki/sa.key"),
    ("use-service-account-credentials", "true"),
];

/// What kubeadm gives etcd.
const KUBEADM_ETCD: &[(&str, &str)] = &[
    ("cert-file", "/etc/kubernetes/pki/etcd/server.crt"),
    ("client-cert-auth", "true"),
    ("key-file", "/etc/kubernetes/pki/etcd/server.key"),
    ("peer-cert-file", "/etc/kubernetes/pki/etcd/peer.crt"),
    ("peer-client-cert-auth", "true"),
    ("peer-key-file", "/etc/kubernetes/pki/etcd/peer.key"),
    ("peer-trusted-ca-file", "/etc/kubernetes/pki/etcd/ca.crt"),
    ("trusted-ca-file", "/etc/kubernetes/pki/etcd/ca.crt"),
];

impl<'a> Component<'a> {
    /// All components of an inventory.
    pub fn all(inventory: &'a Inventory) -> Vec<Self> {
        let mut found = Vec::new();
        for workload in inventory.workloads() {
            for container in workload.containers() {
                found.extend(of_container(workload.object(), container.node()));
            }
        }
        for kind in
            [kinds::CLUSTER_CONFIGURATION, kinds::INIT_CONFIGURATION, kinds::JOIN_CONFIGURATION]
        {
            inventory.of(kind).for_each(|object| found.extend(of_kubeadm(object)));
        }
        found
    }

    /// What it is.
    pub fn program(&self) -> Program {
        self.program
    }

    /// The object that starts it.
    pub fn object(&self) -> &'a Object {
        self.object
    }

    /// The minor version of Kubernetes that it is of, where its image or kubeadm's file says so.
    pub fn minor(&self) -> Option<u32> {
        let text = match &self.given {
            Given::Container(node, _) | Given::K3s(node, _) => {
                let image = Image::parse(node.get("image")?.as_text()?);
                let names = [self.program.name(), "hyperkube", "k3s"];
                names.iter().any(|name| image.name().starts_with(name)).then_some(image.tag)??
            }
            Given::Kubeadm(..) => self.object.get("kubernetesVersion")?.as_text()?,
        };
        let rest = text.trim_start_matches('v').strip_prefix("1.")?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..digits)?.parse().ok()
    }

    /// A flag, the last where it is given several times; its dashes do not belong to its name.
    pub fn flag(&self, name: &str) -> Option<Flag<'a>> {
        self.flags(name).pop()
    }

    /// A flag as often as it is given, in order.
    pub fn flags(&self, name: &str) -> Vec<Flag<'a>> {
        let given = self.given(name);
        if given.is_empty() { self.defaults(name) } else { given }
    }

    /// The values of a flag that takes a list, from every time it is given; nothing where it is not
    /// given at all.
    pub fn list(&self, name: &str) -> Option<Vec<Flag<'a>>> {
        let flags = self.flags(name);
        if flags.is_empty() {
            return None;
        }
        let values = |flag: &Flag<'a>| {
            let place = flag.place.clone();
            let values = flag.value.split(',').map(str::trim).filter(|value| !value.is_empty());
            values.map(move |value| Flag { value, place: place.clone() }).collect::<Vec<_>>()
        };
        Some(flags.iter().flat_map(values).collect())
    }

    /// Whether a flag is surely not given. Where a shell fills in words that do not stand here,
    /// nobody knows.
    pub fn lacks(&self, name: &str) -> bool {
        self.is_complete() && self.flags(name).is_empty()
    }

    /// Whether all its words stand here, none of them behind a variable or in another file.
    pub fn is_complete(&self) -> bool {
        match &self.given {
            Given::Container(_, words) | Given::K3s(_, words) => {
                let elsewhere =
                    |word: &Word<'_>| FILES_OF_FLAGS.iter().any(|flag| word.text.starts_with(flag));
                !words.iter().any(|word| word.is_variable() || elsewhere(word))
            }
            Given::Kubeadm(..) => true,
        }
    }

    /// Whether nothing stands between it and its flags that adds some of its own accord, as kubeadm
    /// and k3s do.
    pub fn is_direct(&self) -> bool {
        matches!(self.given, Given::Container(..))
    }

    /// Where a flag stands that is missing.
    pub fn place(&self) -> Place<'a> {
        let node = match &self.given {
            Given::Container(node, _) | Given::K3s(node, _) => {
                node.get("command").or_else(|| node.get("args")).unwrap_or(*node)
            }
            Given::Kubeadm(path, _) => return self.object.place(path),
        };
        Place::of(self.object, node)
    }

    /// A flag as often as whoever set the component up gives it.
    fn given(&self, name: &str) -> Vec<Flag<'a>> {
        match &self.given {
            Given::Container(container, words) => {
                let given = self.arguments(words, name);
                if given.is_empty() { self.variables(*container, name) } else { given }
            }
            Given::K3s(_, words) => self.wrapped_arguments(words, name),
            Given::Kubeadm(_, arguments) => {
                arguments.map(|it| self.extra_arguments(it, name)).unwrap_or_default()
            }
        }
    }

    fn arguments(&self, words: &[Word<'a>], name: &str) -> Vec<Flag<'a>> {
        let read = |(index, word): (usize, &Word<'a>)| {
            let (given, value) = parts(word.text)?;
            let next = words.get(index + 1).map(|next| next.text);
            let next = next.filter(|next| !next.starts_with('-'));
            let value = value.or(next).unwrap_or("true");
            is_flag(given, name).then(|| Flag { value, place: Place::of(self.object, word.node) })
        };
        words.iter().enumerate().filter_map(read).collect()
    }

    /// Etcd reads an environment variable for each flag that is missing. A value that is known at run
    /// time only is given as the name of its variable.
    fn variables(&self, container: Node<'a>, name: &str) -> Vec<Flag<'a>> {
        let variable = format!("ETCD_{}", name.replace('-', "_").to_uppercase());
        let own = |item: &Node<'a>| item.get("name").and_then(Node::as_str) == Some(&variable);
        let env = container.get("env").filter(|_| self.program == Program::Etcd);
        let item = env.into_iter().flat_map(Node::items).find(own);
        let value = item.and_then(|item| {
            item.get(if item.get("valueFrom").is_some() { "name" } else { "value" })
        });
        let flag =
            |node: Node<'a>| Flag { value: node.text(), place: Place::of(self.object, node) };
        value.map(flag).into_iter().collect()
    }

    /// A k3s server hands flags on: `--kube-apiserver-arg=name=value`.
    fn wrapped_arguments(&self, words: &[Word<'a>], name: &str) -> Vec<Flag<'a>> {
        let wrapper = [self.program.name(), "-arg"].concat();
        let hands_on = |flag: Flag<'a>| {
            let (given, value) = flag.value.split_once('=').unwrap_or((flag.value, "true"));
            let given = given.trim_start_matches('-');
            is_flag(given, name).then_some(Flag { value, place: flag.place })
        };
        let arguments = self.arguments(words, &wrapper).into_iter();
        let mut flags: Vec<Flag<'a>> = arguments.filter_map(hands_on).collect();
        if name == "encryption-provider-config" {
            flags.extend(self.arguments(words, "secrets-encryption"));
        }
        flags
    }

    /// A mapping until `v1beta3`, a list of names and values since `v1beta4`.
    fn extra_arguments(&self, arguments: Node<'a>, name: &str) -> Vec<Flag<'a>> {
        let named = |item: &Node<'a>| {
            item.get("name").and_then(Node::as_str).is_some_and(|given| is_flag(given, name))
        };
        let nodes: Vec<Node<'a>> = match arguments.kind() {
            Type::Seq => arguments.items().filter(named).filter_map(|it| it.get("value")).collect(),
            _ => arguments.entries().filter(|entry| is_flag(entry.key(), name)).collect(),
        };
        let flag =
            |node: Node<'a>| Flag { value: node.text(), place: Place::of(self.object, node) };
        nodes.into_iter().map(flag).collect()
    }

    /// What whoever starts the component says of a flag of its own accord.
    fn defaults(&self, name: &str) -> Vec<Flag<'a>> {
        // A file that says the same leaves no room for the flag.
        let file = match name {
            "anonymous-auth" => "authentication-config",
            "authorization-mode" => "authorization-config",
            _ => "",
        };
        let value = match &self.given {
            Given::Container(..) => None,
            Given::K3s(..) => K3S_API_SERVER.iter().find(|it| it.0 == name).map(|it| it.1),
            Given::Kubeadm(..) => match self.external_etcd(name) {
                Some(flags) => return flags,
                None => self.program.kubeadm_default(name),
            },
        };
        let value = value.filter(|_| file.is_empty() || self.given(file).is_empty());
        value.map(|value| Flag { value, place: self.place() }).into_iter().collect()
    }

    /// What kubeadm tells the API server of a database that it does not run; nothing where it runs
    /// one, or where the flag is about something else.
    fn external_etcd(&self, name: &str) -> Option<Vec<Flag<'a>>> {
        let field = match name {
            "etcd-servers" => "endpoints",
            "etcd-cafile" => "caFile",
            "etcd-certfile" => "certFile",
            "etcd-keyfile" => "keyFile",
            _ => return None,
        };
        let external = self.object.get("etcd.external")?;
        let node = external.get(field);
        let nodes = node.into_iter().flat_map(|node| match node.kind() {
            Type::Seq => node.items().collect(),
            _ => vec![node],
        });
        let nodes = nodes.filter(|node| node.as_text().is_some());
        let flag =
            |node: Node<'a>| Flag { value: node.text(), place: Place::of(self.object, node) };
        Some(nodes.map(flag).collect())
    }
}

impl Flag<'_> {
    /// What a flag that takes a boolean says.
    pub fn as_bool(&self) -> Option<bool> {
        truth(self.value)
    }

    /// What a flag that takes a duration says, in whole seconds.
    pub fn as_seconds(&self) -> Option<u64> {
        duration::milliseconds(self.value).map(|milliseconds| milliseconds / 1000)
    }
}

/// A boolean as Go reads it; nothing for what is known at run time only.
pub fn truth(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

/// The name and the value of a word that is a flag.
fn parts(word: &str) -> Option<(&str, Option<&str>)> {
    let flag = word.strip_prefix("--").or_else(|| word.strip_prefix('-'))?;
    match flag.split_once('=') {
        Some((given, value)) => Some((given, Some(value.trim_matches(['"', '\''])))),
        None => Some((flag, None)),
    }
}

/// Whether a flag that is given is the one that is meant: components take `_` for `-`.
fn is_flag(given: &str, name: &str) -> bool {
    let dashed = given.bytes().map(|byte| if byte == b'_' { b'-' } else { byte });
    dashed.eq(name.bytes())
}

/// What etcd does instead, with one of these behind its name: it stands before another.
const BEFORE_ETCD: [&str; 2] = ["gateway", "grpc-proxy"];

/// The component that a container runs.
fn of_container<'a>(object: &'a Object, container: Node<'a>) -> Option<Component<'a>> {
    let commands = command::commands(container);
    for command in &commands {
        for program in Program::ALL {
            let names = [program.name(), program.short_name()];
            if let Some(words) = command.behind(program.name(), names) {
                if words.first().is_some_and(|word| BEFORE_ETCD.contains(&word.text)) {
                    return None;
                }
                return Some(Component {
                    object,
                    program,
                    given: Given::Container(container, words),
                });
            }
        }
        if let Some(words) = command.behind_subcommand("k3s", "server") {
            let given = Given::K3s(container, words);
            return Some(Component { object, program: Program::ApiServer, given });
        }
    }
    let image = Image::parse(container.get("image")?.as_text()?).name();
    let program = Program::ALL.into_iter().find(|program| program.name() == image)?;
    let words = commands.into_iter().next()?.words;
    let bare = container.get("command").is_none_or(|it| it.items().next().is_none());
    let only_flags = bare && words.first().is_some_and(|word| word.text.starts_with('-'));
    only_flags.then_some(Component { object, program, given: Given::Container(container, words) })
}

fn of_kubeadm(object: &Object) -> Vec<Component<'_>> {
    let parts: &[(&'static str, Program)] = match object.kind() {
        "ClusterConfiguration" => &[
            ("apiServer.extraArgs", Program::ApiServer),
            ("controllerManager.extraArgs", Program::ControllerManager),
            ("scheduler.extraArgs", Program::Scheduler),
            ("etcd.local.extraArgs", Program::Etcd),
        ],
        _ => &[("nodeRegistration.kubeletExtraArgs", Program::Kubelet)],
    };
    // An etcd that kubeadm does not run is not judged by what kubeadm would give it.
    let local = object.get("etcd.local").is_some();
    let parts = parts.iter().filter(|(_, program)| *program != Program::Etcd || local);
    let component = |(path, program): &(&'static str, Program)| {
        let given = Given::Kubeadm(path, object.get(path));
        Component { object, program: *program, given }
    };
    parts.map(component).collect()
}
