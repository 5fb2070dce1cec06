//! The parts of a cluster: starting one, finding it, telling it something.

use std::fs::OpenOptions;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};

use crate::place::Place;
use crate::processes::{Deadline, MARK, carries_mark};
use crate::settings::Settings;
use crate::{control_plane, network, node};

/// A process that a cluster is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The store.
    Etcd,
    /// The API server.
    ApiServer,
    /// The controllers: replica sets, service accounts, garbage collection.
    ControllerManager,
    /// What chooses a node for a pod.
    Scheduler,
    /// The container runtime of the node.
    Containerd,
    /// The agent of the node.
    Kubelet,
}

impl Part {
    /// Every part of a cluster, in the order in which they are started.
    pub(crate) fn all(node: bool) -> &'static [Self] {
        const ALL: [Part; 6] = [
            Part::Etcd,
            Part::ApiServer,
            Part::ControllerManager,
            Part::Scheduler,
            Part::Containerd,
            Part::Kubelet,
        ];
        if node { &ALL } else { &ALL[..4] }
    }

    /// Its name in Kubernetes, which is that of its log too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Etcd => "etcd",
            Self::ApiServer => "kube-apiserver",
            Self::ControllerManager => "kube-controller-manager",
            Self::Scheduler => "kube-scheduler",
            Self::Containerd => "containerd",
            Self::Kubelet => "kubelet",
        }
    }

    pub(crate) fn log(self, place: &Place) -> PathBuf {
        place.file(format!("logs/{}.log", self.name()))
    }

    /// Starts it in a session of its own: it outlives whoever started it, and no terminal ends it.
    pub(crate) fn start(self, place: &Place, settings: &Settings) -> Result<Child> {
        let log = self.log(place);
        let log = OpenOptions::new().create(true).append(true).open(&log);
        let log = log.with_context(|| format!("opening the log of {}", self.name()))?;
        let mut command = if settings.node { network::enter(place) } else { Command::new("env") };
        command.arg("setsid").args(self.words(place, settings));
        command.env(MARK, place.folder()).env_remove("KUBECONFIG").current_dir(place.folder());
        let copy = log.try_clone().context("sharing the log")?;
        let child = command.stdin(Stdio::null()).stdout(log).stderr(copy).spawn();
        let child = child.with_context(|| format!("starting {}", self.name()))?;
        place.write(&self.file(), child.id().to_string())?;
        Ok(child)
    }

    /// Its process, where it lives.
    pub(crate) fn pid(self, place: &Place) -> Option<Pid> {
        let text = std::fs::read_to_string(place.file(self.file())).ok()?;
        let pid = Pid::from_raw(text.parse().ok()?)?;
        carries_mark(pid, place.folder()).then_some(pid)
    }

    /// The file of its process id, as old as the process.
    pub(crate) fn file(self) -> String {
        format!("parts/{}", self.name())
    }

    pub(crate) fn signal(self, place: &Place, signal: Signal) -> Result<()> {
        let pid = self.pid(place).with_context(|| format!("{} does not run", self.name()))?;
        kill_process(pid, signal).with_context(|| format!("signalling {}", self.name()))
    }

    /// Ends it at once and waits until it has ended.
    pub(crate) fn kill(self, place: &Place) -> Result<()> {
        self.signal(place, Signal::KILL)?;
        let deadline = Deadline::after(10);
        while self.pid(place).is_some() {
            deadline.pause(|| format!("{} does not end", self.name()))?;
        }
        Ok(())
    }

    /// The program and its arguments.
    fn words(self, place: &Place, settings: &Settings) -> Vec<String> {
        let arguments = match self {
            Self::Etcd => control_plane::etcd(place, &settings.ports),
            Self::ApiServer => control_plane::api_server(place, settings),
            Self::ControllerManager => control_plane::controller_manager(place),
            Self::Scheduler => control_plane::scheduler(place),
            Self::Kubelet => node::kubelet(place),
            Self::Containerd => return node::containerd(place),
        };
        let program = settings.kubernetes.to_string_lossy().into_owned();
        [program, self.name().to_owned()].into_iter().chain(arguments).collect()
    }
}
