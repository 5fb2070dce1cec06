//! Our image, taken in and run by a real containerd.
#![allow(clippy::disallowed_methods, reason = "tests start programs and wait for them")]

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;
use tollgate::package::{VERSION, folder};
use tollgate::program::{Ended, root};
use tollgate::run;

/// A containerd of its own, which ends with the test.
struct Containerd {
    folder: TempDir,
    process: Child,
}

impl Containerd {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(
            path("config.toml"),
            "version = 2\ndisabled_plugins = [\"io.containerd.grpc.v1.cri\"]\n",
        )
        .expect("a file can be written");
        let log = std::fs::File::create(path("log")).expect("a file can be made");
        let process = Command::new("containerd")
            .arg("--config")
            .arg(path("config.toml"))
            .arg("--root")
            .arg(path("root"))
            .arg("--state")
            .arg(path("state"))
            .arg("--address")
            .arg(path("socket"))
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("containerd starts");
        let containerd = Self { folder, process };
        for _ in 0..300 {
            if containerd.ctr(&["version"]).code == Some(0) {
                return containerd;
            }
            sleep(Duration::from_millis(200));
        }
        let log = std::fs::read_to_string(containerd.path("log")).unwrap_or_default();
        panic!("containerd does not answer: {log}");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn ctr(&self, words: &[&str]) -> Ended {
        run(Command::new("ctr").arg("--address").arg(self.path("socket")).args(words))
    }
}

impl Drop for Containerd {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[test]
fn containerd_runs_the_image_as_a_user_without_rights() {
    let containerd = Containerd::start();
    let archive = containerd.path("image.tar");
    let layout = folder().join("image");
    run(Command::new("tar").arg("-cf").arg(&archive).arg("-C").arg(layout).arg(".")).with(0);
    let archive = archive.to_str().expect("its path is text");
    containerd.ctr(&["images", "import", "--snapshotter", "native", archive]).with(0);
    let image = format!("ringfence.dev/ringfence:{VERSION}");
    let examples = root().join("examples");
    let mount = format!("type=bind,src={},dst=/work,options=rbind:ro", examples.display());
    let runs = |id: &str, words: &[&str]| {
        let how = ["run", "--rm", "--snapshotter", "native", "--read-only", "--mount", &mount];
        containerd.ctr(&[how.as_slice(), &[&image, id], words].concat())
    };
    let said = runs("entrypoint", &[]).with(2);
    assert!(said.contains("Usage: ringfence"), "{said}");
    let said = runs("version", &["/bin/ringfence", "--version"]).with(0);
    assert_eq!(said.trim(), format!("ringfence {VERSION}"));
    let said = runs("scan", &["/bin/ringfence", "scan", "shop"]).with(1);
    assert!(said.contains("shop/platform/ci-deployer.yaml"), "{said}");
}
