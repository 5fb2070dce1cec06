//! A running cluster, and all that a test asks of it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Signal, geteuid};
use serde_json::Value;

use crate::authority::{Authority, NODE_NAME};
use crate::part::Part;
use crate::place::Place;
use crate::processes::Deadline;
use crate::program::{answer, output};
use crate::readiness::{Watch, takes_pods};
use crate::settings::{Options, Ports, Settings};
use crate::{binary, cgroups, control_plane, image, module, network, node, remains};

/// Seconds within which a cluster must be ready, on a machine that does much else.
const PATIENCE: u64 = 180;

/// What the kubelet sets in the kernel of the machine.
const KERNEL: [&str; 5] = [
    "/proc/sys/vm/overcommit_memory",
    "/proc/sys/vm/panic_on_oom",
    "/proc/sys/kernel/panic",
    "/proc/sys/kernel/panic_on_oops",
    "/proc/sys/kernel/keys/root_maxkeys",
];

/// A cluster that runs. One that this process brought up is taken down when the value is dropped.
pub struct Cluster {
    place: Place,
    settings: Settings,
    children: Vec<(Part, Child)>,
    kubeconfig: PathBuf,
    owned: bool,
}

/// How one part fares.
pub struct PartStatus {
    /// The part.
    pub part: Part,
    /// Its process, where it runs.
    pub pid: Option<i32>,
    /// When it was started last.
    pub since: Option<SystemTime>,
    /// Where it writes what it does.
    pub log: PathBuf,
}

impl Cluster {
    /// Brings a cluster up and waits until pods can be created in it, and run where there is a node.
    ///
    /// # Errors
    /// When a part cannot be built, dies or is not ready in time; then nothing of it is left.
    pub fn up(options: &Options) -> Result<Self> {
        let place = Place::of(&options.name)?;
        if options.node {
            ensure!(geteuid().is_root(), "a node needs root");
        }
        remains::clear(&place).context("taking down an earlier cluster of this name")?;
        let version = options.version.clone().map_or_else(module::default_version, Ok)?;
        let settings = Settings {
            kubernetes: binary::build(&version)?,
            version,
            node: options.node,
            ports: if options.node { Ports::OWN_NETWORK } else { Ports::free()? },
            kernel: if options.node { kernel()? } else { Vec::new() },
        };
        let kubeconfig = place.file("kubeconfig");
        let mut cluster = Self { place, settings, children: Vec::new(), kubeconfig, owned: true };
        cluster.prepare().context("preparing the cluster")?;
        cluster.start_all().context("starting the cluster")?;
        Ok(cluster)
    }

    /// The cluster of that name that another process brought up.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(name: &str) -> Result<Self> {
        let place = Place::of(name)?;
        let settings = Settings::read(&place)
            .with_context(|| format!("there is no cluster named `{name}`"))?;
        let kubeconfig = place.file("kubeconfig");
        Ok(Self { place, settings, children: Vec::new(), kubeconfig, owned: false })
    }

    /// The names of all clusters of this workspace, those that were not cleaned up among them.
    ///
    /// # Errors
    /// When their folder cannot be read.
    pub fn names() -> Result<Vec<String>> {
        Ok(Place::all()?.into_iter().map(|(name, _)| name).collect())
    }

    /// Takes down whatever is left of the cluster of that name, and is content where nothing is.
    ///
    /// # Errors
    /// When something of it cannot be removed.
    pub fn clear(name: &str) -> Result<()> {
        let place = Place::of(name)?;
        if Settings::read(&place).is_ok_and(|settings| settings.node) {
            ensure!(geteuid().is_root(), "a cluster with a node is taken down by root");
        }
        remains::clear(&place)
    }

    /// Lets it run on when this value is dropped.
    #[must_use]
    pub fn leave(mut self) -> Self {
        self.owned = false;
        self
    }

    /// Takes it down; no process, mount, cgroup, namespace or file of it is left.
    ///
    /// # Errors
    /// When something of it cannot be removed.
    pub fn down(mut self) -> Result<()> {
        self.owned = false;
        let cleared = remains::clear(&self.place);
        self.bury();
        cleared
    }

    /// The administrator's kubeconfig.
    pub fn kubeconfig(&self) -> &Path {
        &self.kubeconfig
    }

    /// The events that the API server records, one JSON object a line.
    pub fn audit_log(&self) -> PathBuf {
        self.place.file("audit.log")
    }

    /// The folder that holds all of it: logs, keys, the store.
    pub fn folder(&self) -> &Path {
        self.place.folder()
    }

    /// The version of Kubernetes.
    pub fn version(&self) -> &str {
        &self.settings.version
    }

    /// Whether it has a node, and so a network of its own in which alone it can be reached.
    pub fn has_node(&self) -> bool {
        self.settings.node
    }

    /// An image with a shell that pods of a node may run.
    pub fn image(&self) -> &'static str {
        image::BUSYBOX
    }

    /// A program where it can reach the cluster, with `KUBECONFIG` set.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = if self.settings.node {
            let mut command = network::enter(&self.place);
            command.arg("--").arg(program);
            command
        } else {
            Command::new(program)
        };
        command.env("KUBECONFIG", &self.kubeconfig);
        command.env("KUBECACHEDIR", self.place.file("kubectl"));
        command
    }

    /// The client of Kubernetes, of the cluster's own version.
    pub fn kubectl_command(&self) -> Command {
        let mut command = self.command(&self.settings.kubernetes);
        command.arg("kubectl");
        command
    }

    /// Runs kubectl and returns what it printed.
    ///
    /// # Errors
    /// When it fails, with what it complained of.
    pub fn kubectl(&self, arguments: &[&str]) -> Result<String> {
        output(self.kubectl_command().args(arguments))
    }

    /// Applies manifests.
    ///
    /// # Errors
    /// When kubectl fails, with what it complained of.
    pub fn apply(&self, manifests: &str) -> Result<String> {
        answer(self.kubectl_command().args(["apply", "--filename", "-"]), manifests)
    }

    /// How every part fares.
    pub fn parts(&self) -> Vec<PartStatus> {
        let parts = Part::all(self.settings.node).iter();
        parts.map(|&part| self.status(part)).collect()
    }

    /// Ends one part at once, as a crash would.
    ///
    /// # Errors
    /// When it does not run.
    pub fn kill(&self, part: Part) -> Result<()> {
        part.kill(&self.place)
    }

    /// Starts a part again that has ended.
    ///
    /// # Errors
    /// When it runs still, or cannot be started.
    pub fn start(&mut self, part: Part) -> Result<()> {
        if part.pid(&self.place).is_some() {
            bail!("{} runs still", part.name());
        }
        self.children.push((part, part.start(&self.place, &self.settings)?));
        Ok(())
    }

    /// Stops a part where it stands: its connections stay open and nobody answers.
    ///
    /// # Errors
    /// When it does not run.
    pub fn pause(&self, part: Part) -> Result<()> {
        part.signal(&self.place, Signal::STOP)
    }

    /// Lets a paused part go on.
    ///
    /// # Errors
    /// When it does not run.
    pub fn resume(&self, part: Part) -> Result<()> {
        part.signal(&self.place, Signal::CONT)
    }

    fn prepare(&self) -> Result<()> {
        let (place, settings) = (&self.place, &self.settings);
        place.create()?;
        settings.write(place)?;
        let authority = Authority::new(place)?;
        control_plane::write(&authority, place, settings)?;
        if settings.node {
            node::write(&authority, place, settings)?;
            cgroups::create(&place.unique())?;
            network::create(place)?;
        }
        Ok(())
    }

    /// What needs the API server is started once it answers: the controllers give up waiting for it after 10 s.
    fn start_all(&mut self) -> Result<()> {
        let deadline = Deadline::after(PATIENCE);
        self.start(Part::Etcd)?;
        self.start(Part::ApiServer)?;
        if self.settings.node {
            self.start(Part::Containerd)?;
            self.import(&deadline)?;
        }
        self.wait(&deadline, "/readyz", |_| true)?;
        self.start(Part::ControllerManager)?;
        self.start(Part::Scheduler)?;
        if self.settings.node {
            self.start(Part::Kubelet)?;
        }
        // What a pod needs: its account, and the certificate that is mounted beside the account's token.
        self.wait(&deadline, "/api/v1/namespaces/default/serviceaccounts/default", |_| true)?;
        self.wait(&deadline, "/api/v1/namespaces/default/configmaps/kube-root-ca.crt", |_| true)?;
        if self.settings.node {
            self.wait(&deadline, &format!("/api/v1/nodes/{NODE_NAME}"), |text| {
                serde_json::from_str::<Value>(text).is_ok_and(|node| takes_pods(&node))
            })?;
        }
        Ok(())
    }

    /// Brings the images to the node as soon as its runtime takes them.
    fn import(&mut self, deadline: &Deadline) -> Result<()> {
        let place = self.place.clone();
        self.watch(deadline).until("the images are imported", || {
            let mut ctr = node::ctr(&place);
            output(ctr.args(["images", "import"]).arg(place.file(image::ARCHIVE))).map(Some)
        })?;
        Ok(())
    }

    /// Waits until the API server answers a path as it should.
    fn wait(
        &mut self,
        deadline: &Deadline,
        path: &str,
        right: impl Fn(&str) -> bool,
    ) -> Result<()> {
        let mut kubectl = self.kubectl_command();
        kubectl.args(["get", "--request-timeout=5s", "--raw", path]);
        self.watch(deadline)
            .until(path, || Ok(Some(output(&mut kubectl)?).filter(|answer| right(answer))))?;
        Ok(())
    }

    fn watch<'a>(&'a mut self, deadline: &'a Deadline) -> Watch<'a> {
        Watch { place: &self.place, parts: &mut self.children, deadline }
    }

    fn status(&self, part: Part) -> PartStatus {
        let file = self.place.file(part.file());
        PartStatus {
            part,
            pid: part.pid(&self.place).map(rustix::process::Pid::as_raw_pid),
            since: std::fs::metadata(file).and_then(|file| file.modified()).ok(),
            log: part.log(&self.place),
        }
    }

    /// Takes note of the end of those that this process started.
    fn bury(&mut self) {
        for (_, child) in &mut self.children {
            child.wait().ok();
        }
    }
}

/// A failing test leaves the logs to read; the next cluster of the name clears them away.
impl Drop for Cluster {
    fn drop(&mut self) {
        if !self.owned {
            return;
        }
        let stopped = if std::thread::panicking() {
            eprintln!("the logs of the cluster are in {}", self.place.file("logs").display());
            remains::stop(&self.place)
        } else {
            remains::clear(&self.place)
        };
        if let Err(error) = stopped {
            eprintln!("taking down the cluster: {error:#}");
            return;
        }
        self.bury();
    }
}

/// The settings as no node has changed them: where one runs, as they were before it.
fn kernel() -> Result<Vec<(PathBuf, String)>> {
    let places = Place::all()?.into_iter();
    let mut others = places.filter_map(|(_, place)| Settings::read(&place).ok());
    if let Some(other) = others.find(|other| other.node) {
        return Ok(other.kernel);
    }
    let values = KERNEL.iter().map(|file| (PathBuf::from(file), std::fs::read_to_string(file)));
    Ok(values.filter_map(|(file, value)| Some((file, value.ok()?))).collect())
}
