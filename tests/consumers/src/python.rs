//! Readers from the Python registry, in an environment of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

/// What reads `JUnit` files for many tools, the schema of OCSF as its authors publish it, a validator for
/// it, and the models of OCSF that other scanners write with.
const PACKAGES: [&str; 4] = [
    "junitparser==5.0.3",
    "ocsf-json-schema==1.2.0",
    "jsonschema==4.26.0",
    "py-ocsf-models==0.10.0",
];

/// What a reader of the folder `readers` understood of a file.
///
/// # Panics
/// When it refuses the file.
pub fn understood(reader: &str, file: &[u8]) -> Value {
    let folder = e2e::Folder::with("file", file);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("readers").join(reader);
    let mut python = Command::new(interpreter());
    let output = python.arg(script).arg(folder.path("file")).output().expect("Python starts");
    assert!(output.status.success(), "{reader}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a reader answers in JSON")
}

/// Python with the packages, installed under the target folder where it is not yet.
fn interpreter() -> &'static Path {
    static INTERPRETER: OnceLock<PathBuf> = OnceLock::new();
    INTERPRETER.get_or_init(|| {
        let home = tools().join("consumers");
        let (python, list) = (home.join("bin/python"), home.join("packages"));
        let wanted = PACKAGES.join("\n");
        if fs::read_to_string(&list).is_ok_and(|installed| installed == wanted) {
            return python;
        }
        let mut venv = Command::new("python3");
        succeed(venv.args(["-m", "venv", "--clear"]).arg(&home));
        let mut pip = Command::new(home.join("bin/pip"));
        succeed(pip.args(["install", "--quiet", "--only-binary", ":all:"]).args(PACKAGES));
        fs::write(list, wanted).expect("the environment can be written");
        python
    })
}

/// The folder of programs below the target folder, in which this test lies.
fn tools() -> PathBuf {
    let test = std::env::current_exe().expect("a running test has a path");
    test.ancestors().nth(3).expect("a test lies three folders below the target").join("tools")
}

fn succeed(command: &mut Command) {
    let status = command.status().expect("it starts");
    assert!(status.success(), "{command:?} failed");
}
