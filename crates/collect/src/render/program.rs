//! The user's own programs: found, started without a shell, and held to limits.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// No rendering is larger.
const MOST_OUTPUT: u64 = 64 << 20;

/// So much of what a program complains is kept.
const MOST_COMPLAINT: usize = 1000;

/// Where a proxy would be: a port on which nothing listens. What is to be fetched fails at once.
const NOWHERE: &str = "http://127.0.0.1:9";

/// The programs that a user has.
pub(super) struct Programs<'a> {
    path: &'a OsStr,
    /// What they may call their home, for settings and caches.
    home: tempfile::TempDir,
    limit: Duration,
}

impl<'a> Programs<'a> {
    /// Those in the folders of a search path; each run may take so long.
    pub(super) fn new(path: &'a OsStr, limit: Duration) -> io::Result<Self> {
        Ok(Self { path, home: tempfile::tempdir()?, limit })
    }

    /// The first program of a name. Only absolute folders are searched: what lies in the folder that
    /// is scanned is never started.
    pub(super) fn find(&self, name: &str) -> Option<PathBuf> {
        let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        let folders = std::env::split_paths(self.path).filter(|folder| folder.is_absolute());
        folders.map(|folder| folder.join(&name)).find(|path| is_executable(path))
    }

    /// Runs a program to its end.
    ///
    /// # Errors
    /// Why there is no result, in words.
    #[allow(clippy::disallowed_methods, reason = "the renderers of the user are started here")]
    pub(super) fn run(&self, program: &Path, arguments: &[OsString]) -> Result<Vec<u8>, String> {
        let mut command = Command::new(program);
        command.args(arguments).env_clear().envs(self.environment());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().map_err(|error| format!("cannot be started: {error}"))?;
        Run { child, until: Instant::now() + self.limit, limit: self.limit }.finish()
    }

    /// The environment of a program: nothing of the user's but where programs are.
    fn environment(&self) -> Vec<(&'static str, OsString)> {
        let home = self.home.path();
        let mut environment: Vec<(&str, OsString)> = vec![("PATH", self.path.to_owned())];
        for name in ["HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "XDG_CONFIG_HOME"] {
            environment.push((name, home.into()));
        }
        for name in ["HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME"] {
            environment.push((name, home.join(name).into()));
        }
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"] {
            environment.push((name, NOWHERE.into()));
        }
        environment.push(("GIT_ALLOW_PROTOCOL", "none".into()));
        environment
    }
}

/// A program that runs.
struct Run {
    child: Child,
    until: Instant,
    limit: Duration,
}

impl Run {
    fn finish(mut self) -> Result<Vec<u8>, String> {
        let output = self.child.stdout.take().map(|pipe| begin(pipe, MOST_OUTPUT + 1));
        let complaint = self.child.stderr.take().map(|pipe| begin(pipe, 1 << 16));
        let output = output.map(|output| output.recv_timeout(self.left()).ok());
        let Some(Some(output)) = output else { return Err(self.too_long()) };
        if output.len() as u64 > MOST_OUTPUT {
            self.end();
            return Err(format!("gives more than {} MiB; render it in parts", MOST_OUTPUT >> 20));
        }
        match self.code() {
            None => Err(self.too_long()),
            Some(true) => Ok(output),
            Some(false) => {
                let said = complaint.and_then(|it| it.recv_timeout(Duration::from_secs(1)).ok());
                Err(said_in_short(&said.unwrap_or_default()))
            }
        }
    }

    /// Whether it ended well; nothing if it did not end in time.
    #[allow(clippy::disallowed_methods, reason = "the patience with a program is a limit in time")]
    fn code(&mut self) -> Option<bool> {
        loop {
            if let Some(status) = self.child.try_wait().ok().flatten() {
                return Some(status.success());
            }
            if self.left().is_zero() {
                return None;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    #[allow(clippy::disallowed_methods, reason = "the patience with a program is a limit in time")]
    fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }

    fn too_long(&mut self) -> String {
        self.end();
        let seconds = self.limit.as_secs_f32();
        format!("did not end within {seconds} s; allow more with --timeout")
    }

    fn end(&mut self) {
        // It has ended, or it is ended now; that it is gone already is no failure.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Reads a pipe on a thread of its own, which a program that holds it open cannot keep us by.
fn begin(pipe: impl Read + Send + 'static, most: u64) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let _reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let mut pipe = pipe.take(most);
        if pipe.read_to_end(&mut bytes).is_ok() && sender.send(bytes).is_ok() {
            // A program that still complains must not wait for us.
            io::copy(&mut pipe.into_inner(), &mut io::sink()).ok();
        }
    });
    receiver
}

/// What a program complained, on one line and not for ever.
fn said_in_short(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let text = text.strip_prefix("Error: ").unwrap_or(&text);
    let text = text.trim_end_matches("Use --debug flag to render out invalid YAML").trim_end();
    match text.char_indices().nth(MOST_COMPLAINT) {
        _ if text.is_empty() => "failed without a word".to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(script: &str, limit: u64) -> Result<Vec<u8>, String> {
        let programs = Programs::new(OsStr::new("/usr/bin:/bin"), Duration::from_millis(limit));
        let programs = programs.unwrap();
        let shell = programs.find("sh").expect("every machine has a shell");
        programs.run(&shell, &["-c".into(), script.into()])
    }

    #[test]
    fn what_a_program_prints_is_the_result() {
        assert_eq!(run("echo a; echo b >&2", 10_000), Ok(b"a\n".to_vec()));
    }

    #[test]
    fn what_a_program_complains_is_the_reason() {
        assert_eq!(
            run("echo 'Error: no  such\nthing' >&2; exit 1", 10_000).unwrap_err(),
            "no such thing"
        );
        assert_eq!(run("exit 3", 10_000).unwrap_err(), "failed without a word");
    }

    #[test]
    fn a_program_that_never_ends_is_ended() {
        assert!(run("sleep 100", 100).unwrap_err().starts_with("did not end within 0.1 s"));
        assert!(run("exec >&-; sleep 100", 100).unwrap_err().starts_with("did not end"));
    }

    #[test]
    fn a_program_that_floods_is_ended() {
        assert!(
            run("exec cat /dev/zero", 60_000).unwrap_err().starts_with("gives more than 64 MiB")
        );
    }

    #[test]
    fn a_program_that_complains_for_ever_is_not_waited_for() {
        assert_eq!(run("head -c 1000000 /dev/zero >&2; echo a", 10_000), Ok(b"a\n".to_vec()));
    }

    #[test]
    fn a_program_sees_nothing_of_the_environment() {
        let seen = String::from_utf8(run("env", 10_000).unwrap()).unwrap();
        assert!(!seen.contains("KUBECONFIG") && !seen.contains("CARGO"), "{seen}");
        assert!(seen.contains("HTTPS_PROXY=http://127.0.0.1:9"), "{seen}");
    }

    #[test]
    fn only_absolute_folders_are_searched() {
        let programs = Programs::new(OsStr::new(".:bin::"), Duration::from_secs(1)).unwrap();
        assert_eq!(programs.find("sh"), None);
    }
}
