//! Programs that steps need beside Cargo, and how a fresh Debian machine gets them.

use std::process::Command;

use anyhow::{Result, bail};
use cluster::Go;

use crate::program::{program, succeed, works};

/// A program, the command that proves it is there, and where it comes from.
pub(crate) struct Tool {
    name: &'static str,
    probe: &'static [&'static str],
    source: Source,
}

enum Source {
    /// A Debian package.
    Debian(&'static str),
    /// The machine's Go where it is new enough, or one that Debian's Go fetches.
    Go,
    /// A component of the Rust toolchain.
    Rustup(&'static str),
    /// What the Rust toolchain needs to build static programs for this machine.
    StaticTarget,
}

/// The formatter.
pub(crate) const RUSTFMT: Tool = Tool {
    name: "rustfmt",
    probe: &["cargo", "fmt", "--version"],
    source: Source::Rustup("rustfmt"),
};

/// The linter.
pub(crate) const CLIPPY: Tool = Tool {
    name: "clippy",
    probe: &["cargo", "clippy", "--version"],
    source: Source::Rustup("clippy"),
};

/// The C++ compiler that builds libFuzzer.
pub(crate) const COMPILER: Tool =
    Tool { name: "a C++ compiler", probe: &["c++", "--version"], source: Source::Debian("g++") };

/// Go, which runs Kubernetes' own code as a judge of ours, and builds Kubernetes itself.
pub(crate) const GO: Tool =
    Tool { name: "a Go that is new enough", probe: &["go", "version"], source: Source::Go };

/// The container runtime of a cluster's node.
pub(crate) const CONTAINERD: Tool = Tool {
    name: "containerd",
    probe: &["containerd", "--version"],
    source: Source::Debian("containerd"),
};

/// What starts a single container.
pub(crate) const RUNC: Tool =
    Tool { name: "runc", probe: &["runc", "--version"], source: Source::Debian("runc") };

/// What gives a pod its network.
pub(crate) const NETWORK_PLUGINS: Tool = Tool {
    name: "network plugins",
    probe: &["test", "-x", "/usr/lib/cni/bridge"],
    source: Source::Debian("containernetworking-plugins"),
};

/// What makes the cables and routes of a cluster's own network.
pub(crate) const IP: Tool =
    Tool { name: "ip", probe: &["ip", "-Version"], source: Source::Debian("iproute2") };

/// What starts a program in a cluster's own network.
pub(crate) const NSENTER: Tool = Tool {
    name: "nsenter",
    probe: &["nsenter", "--version"],
    source: Source::Debian("util-linux"),
};

/// The shell of which the pods' image is made, in a single file.
pub(crate) const BUSYBOX: Tool = Tool {
    name: "a static busybox",
    probe: &["dpkg-query", "--show", "busybox-static"],
    source: Source::Debian("busybox-static"),
};

/// All that a cluster with a node needs beside Go.
pub(crate) const NODE: &[Tool] = &[CONTAINERD, RUNC, NETWORK_PLUGINS, IP, NSENTER, BUSYBOX];

/// Python with what makes a virtual environment and its pip.
pub(crate) const PIP: Tool = Tool {
    name: "python3 with venv",
    probe: &["python3", "-c", "import venv, ensurepip"],
    source: Source::Debian("python3-venv"),
};

/// The browser that opens the pages we write.
pub(crate) const CHROMIUM: Tool = Tool {
    name: "chromium",
    probe: &["chromium", "--version"],
    source: Source::Debian("chromium"),
};

/// The editor that our language server serves.
pub(crate) const NEOVIM: Tool =
    Tool { name: "neovim", probe: &["nvim", "--version"], source: Source::Debian("neovim") };

/// The reader of Markdown that GitHub uses.
pub(crate) const CMARK: Tool = Tool {
    name: "cmark-gfm",
    probe: &["cmark-gfm", "--version"],
    source: Source::Debian("cmark-gfm"),
};

/// What compiles the parts in C of a static program.
pub(crate) const MUSL: Tool =
    Tool { name: "musl-gcc", probe: &["which", "musl-gcc"], source: Source::Debian("musl-tools") };

/// The standard library of a static program.
pub(crate) const STATIC_TARGET: Tool =
    Tool { name: "the static target", probe: STATIC_PROBE, source: Source::StaticTarget };

const STATIC_PROBE: &[&str] = &[
    "sh",
    "-c",
    "test -d \"$(rustc --print target-libdir --target $(uname -m)-unknown-linux-musl)\"",
];

/// What reads the results of the tollgate's scripts.
pub(crate) const JQ: Tool =
    Tool { name: "jq", probe: &["jq", "--version"], source: Source::Debian("jq") };

/// What fetches a release.
pub(crate) const CURL: Tool =
    Tool { name: "curl", probe: &["curl", "--version"], source: Source::Debian("curl") };

/// What holds a baseline, and what hooks belong to.
pub(crate) const GIT: Tool =
    Tool { name: "git", probe: &["git", "--version"], source: Source::Debian("git") };

/// The judge of the keys and signatures of policies.
pub(crate) const OPENSSL: Tool =
    Tool { name: "openssl", probe: &["openssl", "version"], source: Source::Debian("openssl") };

impl Tool {
    /// Installs the program where its probe fails, and probes again.
    pub(crate) fn ensure(&self) -> Result<()> {
        if self.is_there() {
            return Ok(());
        }
        eprintln!("{} is missing: installing it", self.name);
        match self.source {
            Source::Debian(package) => install(package)?,
            Source::Go => fetch_go(self.probe)?,
            Source::Rustup(component) => {
                succeed(program("rustup").args(["component", "add", component]))?;
            }
            Source::StaticTarget => {
                let target = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
                succeed(program("rustup").args(["target", "add", &target]))?;
            }
        }
        if !self.is_there() {
            bail!("{} was installed, yet `{}` fails", self.name, self.probe.join(" "));
        }
        Ok(())
    }

    fn is_there(&self) -> bool {
        match self.source {
            Source::Go => Go::find().is_ok(),
            Source::Debian(_) | Source::Rustup(_) | Source::StaticTarget => works(self.probe),
        }
    }
}

/// Debian's Go may be years old, yet it fetches a new one as it fetches any module.
fn fetch_go(probe: &[&str]) -> Result<()> {
    if !works(probe) {
        install("golang-go")?;
    }
    Go::fetch()
}

fn install(package: &str) -> Result<()> {
    let Some(apt_get) = apt_get() else {
        bail!("neither root nor sudo: have an administrator run `apt-get install -y {package}`");
    };
    succeed(apt_get().arg("update"))?;
    succeed(apt_get().args(["install", "-y", "--no-install-recommends", package]))
}

/// What starts apt-get with the rights to install, where there is a way.
fn apt_get() -> Option<fn() -> Command> {
    if works(&["test", "-w", "/var/lib/dpkg"]) {
        return Some(|| program("apt-get"));
    }
    works(&["sudo", "-n", "true"]).then_some(|| {
        let mut sudo = program("sudo");
        sudo.args(["-n", "apt-get"]);
        sudo
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_there_is_not_installed() {
        let tool =
            Tool { name: "true", probe: &["true"], source: Source::Debian("no-such-package") };
        assert!(tool.ensure().is_ok());
    }
}
