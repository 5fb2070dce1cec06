//! The command line, declared once: help, completions and the man page come from here.
#![allow(clippy::doc_markdown, reason = "help texts are plain text, not Markdown")]

use std::path::PathBuf;
use std::str::FromStr;

use checks::profile::PROFILES;
use checks::{Profile, Version};
use clap::{Args, Parser, Subcommand, ValueEnum};
use collect::render::Variant;
use collect::revision::{InvalidRevision, Revision};
use finding::Severity;
use jiff::civil::Date;

use crate::output::{Output, OutputParser};

/// Says what is wrong in a cluster, what it means and what to fix first.
#[derive(Debug, Parser)]
#[command(name = "ringfence", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Judge a cluster, or manifests: files, directories, or - for standard input
    Scan(Box<ScanArguments>),
    /// Mend manifests: the safe edits, or with --review all that a machine can make
    Fix(FixArguments),
    /// Say how well a scan could see a cluster: way, version, permissions, clock
    Doctor(DoctorArguments),
    /// Explain one check: risk, evidence, fix, mappings
    Explain(ExplainArguments),
    /// List the exceptions: which cover what, and which are unused, expired or invalid
    Exceptions(Box<ExceptionsArguments>),
    /// Say what the settings are, and why; begin a ringfence.yaml
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Sign and verify what settings may not loosen
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Serve an editor: findings as they are typed, what they mean, and the edits that mend them
    Lsp(LspArguments),
    /// Print the completions for a shell
    Completions(CompletionsArguments),
    /// Print the man page
    Man,
}

/// Which cluster, and how to get there.
#[derive(Args, Debug)]
pub(crate) struct ClusterArguments {
    /// The context of the kubeconfig [default: the current one]
    #[arg(long, value_name = "NAME")]
    pub(crate) context: Option<String>,

    /// The kubeconfig [default: $KUBECONFIG, ~/.kube/config, or the service account inside a pod]
    #[arg(long, value_name = "FILE")]
    pub(crate) kubeconfig: Option<PathBuf>,

    /// Seconds that one call to the cluster may take, or one rendering of a chart
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
}

/// How charts and kustomizations are rendered.
#[derive(Args, Debug)]
pub(crate) struct RenderArguments {
    /// Render charts with this values file, found here or in the chart; may be repeated, the last
    /// one wins
    #[arg(long, value_name = "FILE")]
    pub(crate) values: Vec<PathBuf>,

    /// Render charts with these values files behind those of --values, under a name, as in
    /// prod=values-prod.yaml; may be repeated, and each is judged
    #[arg(long, value_name = "NAME=FILE,...")]
    pub(crate) variant: Vec<Variant>,

    /// Start no helm, kustomize or kubectl: leave templates and kustomizations as they are
    #[arg(long, conflicts_with_all = ["values", "variant"])]
    pub(crate) no_render: bool,
}

/// The settings, what overrides them, and what they may not loosen.
#[derive(Args, Clone, Debug)]
pub(crate) struct SettingsArguments {
    /// The settings [default: the nearest ringfence.yaml from here upward]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Exit with 1 from this severity on [default: high]
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<Threshold>,

    /// Pass over the files that match, relative to each directory; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,

    /// Run the checks of this profile alone; may be repeated, and adds to --check
    #[arg(long, value_name = "PROFILE", value_parser = profile)]
    pub(crate) profile: Vec<&'static Profile>,

    /// Do without the exceptions for system components that come with ringfence
    #[arg(long)]
    pub(crate) no_shipped_exceptions: bool,

    /// A signed policy that the settings may not loosen [default: $RINGFENCE_POLICY]
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,

    /// The public key that must have signed it [default: $RINGFENCE_POLICY_KEY]
    #[arg(long, value_name = "FILE")]
    pub(crate) policy_key: Option<PathBuf>,

    /// Refuse a policy that is older than this serial [default: $RINGFENCE_POLICY_SERIAL]
    #[arg(long, value_name = "SERIAL")]
    pub(crate) policy_serial: Option<u32>,
}

/// What to judge, how, and what to write.
#[derive(Args, Debug)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ScanArguments {
    /// Files, directories and dumps; - is standard input; none means the cluster
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The form of the result, and the file it goes to, as in text,sarif=FILE; may be repeated. One
    /// form may go without a file to standard output, which stays quiet where all have files
    #[arg(short, long, value_name = "FORM[=FILE]", default_value = "text", value_delimiter = ',', value_parser = OutputParser)]
    pub(crate) output: Vec<Output>,

    /// An earlier JSON result, or a commit of Git as in git:origin/main: what was there does not fail
    /// the run again
    #[arg(long, value_name = "FILE|git:COMMIT")]
    pub(crate) baseline: Option<Baseline>,

    /// Run this check alone; may be repeated
    #[arg(long, value_name = "CHECK")]
    pub(crate) check: Vec<String>,

    #[command(flatten)]
    pub(crate) settings: SettingsArguments,

    /// The version of Kubernetes that verdicts are meant for [default: that of the cluster, else
    /// 1.34]
    #[arg(long, value_name = "VERSION")]
    pub(crate) kubernetes_version: Option<Version>,

    #[command(flatten)]
    pub(crate) render: RenderArguments,

    #[command(flatten)]
    pub(crate) cluster: ClusterArguments,

    /// Report on the objects of this namespace alone; may be repeated
    #[arg(short, long, value_name = "NAMESPACE")]
    pub(crate) namespace: Vec<String>,

    /// List these resources of the cluster alone, as in pods,deployments.apps
    #[arg(long, value_name = "RESOURCE", value_delimiter = ',', conflicts_with = "paths")]
    pub(crate) kinds: Vec<String>,

    /// Keep what the cluster listed in this file, without secrets, to scan it elsewhere
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub(crate) dump: Option<PathBuf>,

    /// Show every object and place in the text form
    #[arg(long)]
    pub(crate) all: bool,

    /// Exit with 3 also where something limits the verdicts
    #[arg(long)]
    pub(crate) require_coverage: bool,

    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,

    /// Draw no progress bar
    #[arg(long)]
    pub(crate) no_progress: bool,

    /// The day on which exceptions are judged [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Date>,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  no open finding from --fail-on on
  1  findings
  2  wrong usage or configuration
  3  something could not be read or listed; the rest was judged
  4  nothing could be reached at all
  5  a fault of ringfence
Where several hold: 5 over 4 over 2 over 3 over 1 over 0.";

/// What to mend, how far, and what to write.
#[derive(Args, Debug)]
#[command(after_help = FIX_EXIT_CODES)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct FixArguments {
    /// Files and directories
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,

    /// Also make the edits that a person must look at
    #[arg(long)]
    pub(crate) review: bool,

    /// Print what would change as a unified diff, and write nothing
    #[arg(long, conflicts_with_all = ["check", "interactive"])]
    pub(crate) diff: bool,

    /// Write nothing, and exit with 1 if something would change
    #[arg(long, conflicts_with = "interactive")]
    pub(crate) check: bool,

    /// Show each edit, and ask before it is made
    #[arg(short, long)]
    pub(crate) interactive: bool,

    /// Mend what this check finds alone; may be repeated
    #[arg(long, value_name = "CHECK")]
    pub(crate) only: Vec<String>,

    #[command(flatten)]
    pub(crate) settings: SettingsArguments,

    /// The version of Kubernetes that the manifests are meant for [default: 1.34]
    #[arg(long, value_name = "VERSION")]
    pub(crate) kubernetes_version: Option<Version>,

    /// The form of the account
    #[arg(short, long, value_name = "FORM", default_value = "text")]
    pub(crate) output: PlainForm,

    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,

    /// The day on which exceptions are judged [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Date>,
}

const FIX_EXIT_CODES: &str = "\
Exit codes:
  0  all edits that were asked for are made, or there is none
  1  with --check: something would change
  2  wrong usage or configuration
  3  something could not be read; the rest was mended
  4  nothing could be reached at all
  5  a fault of ringfence, such as a file that cannot be written";

/// How an editor's files are judged. The protocol is spoken on standard input and output.
#[derive(Args, Clone, Debug)]
#[command(after_help = LSP_EXIT_CODES)]
pub(crate) struct LspArguments {
    #[command(flatten)]
    pub(crate) settings: SettingsArguments,

    /// The version of Kubernetes that verdicts are meant for [default: 1.34]
    #[arg(long, value_name = "VERSION")]
    pub(crate) kubernetes_version: Option<Version>,

    /// The day on which exceptions are judged [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Date>,

    /// Standard input and output, which is the only way there is; many editors say it
    #[arg(long)]
    pub(crate) stdio: bool,
}

const LSP_EXIT_CODES: &str = "\
Exit codes:
  0  the editor asked for the end
  1  the editor left without asking, as the protocol has it
  2  wrong usage, or what came was not the protocol
  5  a fault of ringfence";

/// Which cluster to look at, and what to write.
#[derive(Args, Debug)]
#[command(after_help = DOCTOR_EXIT_CODES)]
pub(crate) struct DoctorArguments {
    #[command(flatten)]
    pub(crate) cluster: ClusterArguments,

    /// Ask about a scan of this namespace; may be repeated
    #[arg(short, long, value_name = "NAMESPACE")]
    pub(crate) namespace: Vec<String>,

    /// Print the role that a scan needs, and call no cluster
    #[arg(long)]
    pub(crate) role: bool,

    /// The form of the result
    #[arg(short, long, value_name = "FORM", default_value = "text")]
    pub(crate) output: PlainForm,

    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,
}

const DOCTOR_EXIT_CODES: &str = "\
Exit codes:
  0  a scan sees all that it needs
  2  wrong usage or kubeconfig
  3  a scan runs, but does not see all
  4  the cluster cannot be reached";

/// Which check.
#[derive(Args, Debug)]
pub(crate) struct ExplainArguments {
    /// The id of a check; without one, all checks and profiles are listed
    #[arg(value_name = "CHECK")]
    pub(crate) check: Option<String>,

    /// Explain every check
    #[arg(long, conflicts_with = "check")]
    pub(crate) all: bool,

    /// The form of --all
    #[arg(short, long, value_name = "FORM", default_value = "text", requires = "all")]
    pub(crate) output: ExplainForm,

    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,
}

/// The form of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainForm {
    /// Pages for a person
    Text,
    /// One file for a browser
    Html,
    /// An array for programs
    Json,
}

/// The profile of a name.
fn profile(name: &str) -> Result<&'static Profile, String> {
    Profile::named(name).ok_or_else(|| {
        let names = PROFILES.iter().map(|it| it.name);
        match scan::spelling::nearest(name, names.clone()) {
            Some(near) => format!("no such profile; did you mean {near}?"),
            None => format!("no such profile; there are {}", names.collect::<Vec<_>>().join(", ")),
        }
    })
}

/// Which exceptions.
#[derive(Args, Debug)]
#[command(after_help = EXCEPTIONS_EXIT_CODES)]
pub(crate) struct ExceptionsArguments {
    /// List those that come with ringfence, and judge nothing
    #[arg(long)]
    pub(crate) shipped: bool,

    #[command(flatten)]
    pub(crate) scan: ScanArguments,
}

const EXCEPTIONS_EXIT_CODES: &str = "\
Exit codes:
  0  every exception can be used
  1  one has expired or is invalid
  2  wrong usage or configuration
  3  something could not be read or listed; the rest was judged
  4  nothing could be reached at all";

/// What about the settings.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Say what a setting is, where that comes from, and what else it may be
    Explain(ConfigExplainArguments),
    /// Write a ringfence.yaml to begin with
    Init {
        /// Where to; - is standard output; nothing is overwritten
        #[arg(value_name = "PATH", default_value = "ringfence.yaml")]
        path: PathBuf,
    },
    /// Print the JSON Schema of ringfence.yaml, for editors
    Schema,
}

/// Which setting.
#[derive(Args, Debug)]
pub(crate) struct ConfigExplainArguments {
    /// A key with dots, as in failOn or checks.root-container.severity; without one, all settings
    /// that somebody set
    #[arg(value_name = "KEY")]
    pub(crate) key: Option<String>,

    #[command(flatten)]
    pub(crate) settings: SettingsArguments,

    /// The form of the result
    #[arg(short, long, value_name = "FORM", default_value = "text")]
    pub(crate) output: PlainForm,

    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,
}

/// A page or a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlainForm {
    /// A page for a person
    Text,
    /// A document for programs
    Json,
}

/// What about policies.
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Write a new pair of keys: FILE for its owner alone, and FILE.pub for everybody
    Keygen {
        /// Where to; nothing is overwritten
        #[arg(value_name = "FILE")]
        path: PathBuf,
    },
    /// Sign a policy, and print the bundle
    Sign {
        /// The policy; - is standard input
        #[arg(value_name = "POLICY")]
        policy: PathBuf,

        /// The private key
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
    /// Verify a bundle, and print the policy in it
    Verify {
        /// The bundle; - is standard input
        #[arg(value_name = "BUNDLE")]
        bundle: PathBuf,

        /// The public key that must have signed it
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
}

/// Which shell.
#[derive(Args, Debug)]
pub(crate) struct CompletionsArguments {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

/// Where it stands what was there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Baseline {
    /// In an earlier JSON result.
    File(PathBuf),
    /// In a commit.
    Git(Revision),
}

impl FromStr for Baseline {
    type Err = InvalidRevision;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_prefix("git:") {
            Some(revision) => revision.parse().map(Self::Git),
            None => Ok(Self::File(text.into())),
        }
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// From which severity on findings fail a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Threshold {
    /// Only critical ones
    Critical,
    /// High ones and worse
    High,
    /// Medium ones and worse
    Medium,
    /// Any
    Low,
    /// None
    Never,
}

impl Threshold {
    /// The severity, if there is a threshold at all.
    pub(crate) fn severity(self) -> Option<Severity> {
        match self {
            Threshold::Critical => Some(Severity::Critical),
            Threshold::High => Some(Severity::High),
            Threshold::Medium => Some(Severity::Medium),
            Threshold::Low => Some(Severity::Low),
            Threshold::Never => None,
        }
    }
}
