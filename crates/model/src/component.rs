//! Components of Kubernetes and the flags they are started with, wherever those stand: in the pod that
//! runs the component, or in the file from which kubeadm makes that pod.

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
    /// By the container that runs it.
    Container(Node<'a>),
    /// As arguments beside those of kubeadm: the object around them, and their list or mapping.
    Kubeadm(Node<'a>, Option<Node<'a>>),
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

/// What kubeadm gives the API server.
const KUBEADM_API_SERVER: &[(&str, &str)] = &[
    ("allow-privileged", "true"),
    ("authorization-mode", "Node,RBAC"),
    ("client-ca-file", "/etc/kubernetes/pki/ca.crt"),
    ("enable-admission-plugins", "NodeRestriction"),
    ("etcd-cafile", "/etc/kubernetes/pki/etcd/ca.crt"),
    ("etcd-certfile", "/etc/kubernetes/pki/apiserver-etcd-client.crt"),
    ("etcd-keyfile", "/etc/kubernetes/pki/apiserver-etcd-client.key"),
    ("kubelet-client-certificate", "/etc/kubernetes/pki/apiserver-kubelet-client.crt"),
    ("kubelet-client-key", "/etc/kubernetes/pki/apiserver-kubelet-client.key"),
    ("secure-port", "6443"),
    ("service-account-key-file", "/etc/kubernetes/pki/sa.pub"),
    ("tls-cert-file", "/etc/kubernetes/pki/apiserver.crt"),
    ("tls-private-key-file", "/etc/kubernetes/pki/apiserver.key"),
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
                let object = workload.object();
                let program = Program::ALL.into_iter().find(|it| runs(container.node(), *it));
                let given = Given::Container(container.node());
                found.extend(program.map(|program| Self { object, program, given }));
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

    /// A flag, the last where it is given several times; its dashes do not belong to its name.
    pub fn flag(&self, name: &str) -> Option<Flag<'a>> {
        match &self.given {
            Given::Container(node) => {
                self.argument(*node, name).or_else(|| self.variable(*node, name))
            }
            Given::Kubeadm(around, arguments) => {
                arguments.and_then(|arguments| self.extra_argument(arguments, name)).or_else(|| {
                    let value = self.program.kubeadm_default(name)?;
                    Some(Flag { value, place: Place::of(self.object, *around) })
                })
            }
        }
    }

    /// Where a flag stands that is missing.
    pub fn place(&self) -> Place<'a> {
        let node = match &self.given {
            Given::Container(node) => {
                node.get("command").or_else(|| node.get("args")).unwrap_or(*node)
            }
            Given::Kubeadm(around, arguments) => arguments.unwrap_or(*around),
        };
        Place::of(self.object, node)
    }

    fn argument(&self, container: Node<'a>, name: &str) -> Option<Flag<'a>> {
        let words: Vec<Node<'a>> = words(container).collect();
        let read = |(index, word): (usize, &Node<'a>)| {
            let flag =
                word.as_str()?.strip_prefix("--").or_else(|| word.as_str()?.strip_prefix('-'))?;
            let (given, value) = match flag.split_once('=') {
                Some((given, value)) => (given, Some(value)),
                None => (flag, None),
            };
            if given != name {
                return None;
            }
            let next = words.get(index + 1).and_then(|next| next.as_str());
            let next = next.filter(|next| !next.starts_with('-'));
            let value = value.or(next).unwrap_or("true");
            Some(Flag { value, place: Place::of(self.object, *word) })
        };
        words.iter().enumerate().rev().find_map(read)
    }

    /// Etcd reads an environment variable for each flag that is missing. A value that is known at run
    /// time only is given as the name of its variable.
    fn variable(&self, container: Node<'a>, name: &str) -> Option<Flag<'a>> {
        let variable = format!("ETCD_{}", name.replace('-', "_").to_uppercase());
        let own = |item: &Node<'a>| item.get("name").and_then(Node::as_str) == Some(&variable);
        let mut items = container.get("env").filter(|_| self.program == Program::Etcd)?.items();
        let item = items.find(own)?;
        let value = item.get(if item.get("valueFrom").is_some() { "name" } else { "value" })?;
        Some(Flag { value: value.text(), place: Place::of(self.object, value) })
    }

    /// A mapping until `v1beta3`, a list of names and values since `v1beta4`.
    fn extra_argument(&self, arguments: Node<'a>, name: &str) -> Option<Flag<'a>> {
        let named = |item: &Node<'a>| item.get("name").and_then(Node::as_str) == Some(name);
        let node = match arguments.kind() {
            Type::Seq => arguments.items().filter(named).last()?.get("value")?,
            _ => arguments.get(name)?,
        };
        Some(Flag { value: node.text(), place: Place::of(self.object, node) })
    }
}

/// Whether a container starts a program: its first word is the binary, or a shell that is told to.
fn runs(container: Node<'_>, program: Program) -> bool {
    let is_binary =
        |word: &str| !word.starts_with('-') && word.rsplit('/').next() == Some(program.name());
    let mut words = words(container).map(Node::as_str);
    let is_program = words.next().flatten().is_some_and(is_binary);
    let stands_before_it = |word: &str| ["gateway", "grpc-proxy"].contains(&word);
    is_program && !words.next().flatten().is_some_and(stands_before_it)
}

fn words(container: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let lists = [container.get("command"), container.get("args")];
    lists.into_iter().flatten().flat_map(Node::items)
}

fn of_kubeadm(object: &Object) -> Vec<Component<'_>> {
    let parts: &[(&str, &str, Program)] = match object.kind() {
        "ClusterConfiguration" => &[
            ("apiServer", "extraArgs", Program::ApiServer),
            ("controllerManager", "extraArgs", Program::ControllerManager),
            ("scheduler", "extraArgs", Program::Scheduler),
            ("etcd.local", "extraArgs", Program::Etcd),
        ],
        _ => &[("nodeRegistration", "kubeletExtraArgs", Program::Kubelet)],
    };
    let component = |(path, arguments, program): &(&'static str, &str, Program)| {
        // An etcd that kubeadm does not run is not judged by what kubeadm would give it.
        let around = object.get(path).or_else(|| (*path != "etcd.local").then(|| object.root()))?;
        let arguments = around.get(arguments).filter(|_| around.index() != 0);
        Some(Component { object, program: *program, given: Given::Kubeadm(around, arguments) })
    };
    parts.iter().filter_map(component).collect()
}
