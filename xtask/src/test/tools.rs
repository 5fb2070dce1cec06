//! Programs that steps need beside Cargo, and how a fresh Debian machine gets them.

use std::process::Command;

use anyhow::{Result, bail};

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
    /// A component of the Rust toolchain.
    Rustup(&'static str),
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

/// Go, which runs Kubernetes' own code as a judge of ours.
pub(crate) const GO: Tool =
    Tool { name: "Go", probe: &["go", "version"], source: Source::Debian("golang-go") };

/// Python with what makes a virtual environment and its pip.
pub(crate) const PIP: Tool = Tool {
    name: "python3 with venv",
    probe: &["python3", "-c", "import venv, ensurepip"],
    source: Source::Debian("python3-venv"),
};

impl Tool {
    /// Installs the program where its probe fails, and probes again.
    pub(crate) fn ensure(&self) -> Result<()> {
        if works(self.probe) {
            return Ok(());
        }
        eprintln!("{} is missing: installing it", self.name);
        match self.source {
            Source::Debian(package) => install(package)?,
            Source::Rustup(component) => {
                succeed(program("rustup").args(["component", "add", component]))?;
            }
        }
        if !works(self.probe) {
            bail!("{} was installed, yet `{}` fails", self.name, self.probe.join(" "));
        }
        Ok(())
    }
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
