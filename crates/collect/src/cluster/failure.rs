//! Why a call failed, in words that say what to do.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::time::Duration;

use kube_client::client::AuthError;
use rustls::{AlertDescription, CertificateError};

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Nothing came back: nobody there, no trust, no way to sign in.
    Unreachable(String),
    /// It took longer than a call may.
    Slow(Duration),
    /// The connection broke in the middle of an answer.
    Broken(String),
    /// The server answered, and said no.
    Refused(Refusal),
    /// More bytes than an answer may have.
    Large(usize),
    /// An answer that is not what was asked for.
    Garbled(String),
}

/// A server's no.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: u16,
    pub(super) message: String,
    /// How long to wait before asking again, where it said.
    pub(super) retry_after: Option<Duration>,
    /// Where the list goes on, of a list whose token has expired.
    pub(super) next: Option<String>,
}

impl Failure {
    /// Whether the same call may go well a little later.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Failure::Broken(_) => true,
            Failure::Refused(refusal) => matches!(refusal.code, 429 | 500 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// Whether no other call will go better.
    pub(super) fn is_final(&self) -> bool {
        match self {
            Failure::Unreachable(_) | Failure::Slow(_) => true,
            Failure::Refused(refusal) => refusal.code == 401,
            _ => false,
        }
    }

    pub(super) fn is_forbidden(&self) -> bool {
        matches!(self, Failure::Refused(Refusal { code: 403, .. }))
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Unreachable(why) | Failure::Broken(why) | Failure::Garbled(why) => {
                f.write_str(why)
            }
            Failure::Slow(limit) => {
                write!(f, "no whole answer within {} s; --timeout allows more", limit.as_secs())
            }
            Failure::Refused(Refusal { code: 401, .. }) => f.write_str(
                "the server does not accept the credentials (401); they may have expired: sign in \
                 again, or renew the token or certificate in the kubeconfig",
            ),
            Failure::Refused(Refusal { code: 429, .. }) => {
                f.write_str("the server is too busy (429); try again later")
            }
            Failure::Refused(Refusal { code, message, .. }) => {
                write!(f, "the server answered {code}: {message}")
            }
            Failure::Large(most) => {
                write!(f, "one answer was larger than {} MiB; it was not read", most >> 20)
            }
        }
    }
}

/// The way to a server: what was called, and what stands between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) server: String,
    /// The proxy, without the name and password for it.
    pub(super) proxy: Option<String>,
}

impl Way {
    /// What a failed connection means.
    pub(super) fn failure(&self, error: &(dyn Error + 'static)) -> Failure {
        let Way { server, proxy } = self;
        for cause in causes(error) {
            if let Some(auth) = cause.downcast_ref::<AuthError>() {
                return Failure::Unreachable(of_sign_in(auth));
            }
            if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
                return Failure::Unreachable(of_trust(tls, server));
            }
            if let Some(io) = cause.downcast_ref::<io::Error>()
                && let Some(failure) = self.network_failure(io)
            {
                return failure;
            }
        }
        let all: Vec<String> = causes(error).map(ToString::to_string).collect();
        let last = all.last().map(String::as_str).unwrap_or_default();
        match proxy {
            Some(proxy) if all.iter().any(|it| it.contains("tunnel") || it.contains("SOCKS")) => {
                Failure::Unreachable(format!(
                    "the proxy {proxy} does not let {server} through: {last}; {PROXY}"
                ))
            }
            _ if all.iter().any(|it| it.contains("Connect")) => {
                Failure::Unreachable(format!("cannot connect to {server}: {last}"))
            }
            _ => Failure::Broken(format!("the connection to {server} broke: {last}")),
        }
    }

    fn network_failure(&self, error: &io::Error) -> Option<Failure> {
        // Where there is a proxy, only its address is called from here.
        let (called, hint) = match &self.proxy {
            Some(proxy) => (format!("the proxy {proxy}"), PROXY),
            None => (self.server.clone(), ""),
        };
        let or = |otherwise: &'static str| if hint.is_empty() { otherwise } else { hint };
        let why = match error.kind() {
            ErrorKind::ConnectionRefused => {
                let hint = or("is the cluster up, and the port right?");
                format!("nothing listens at {called}; {hint}")
            }
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
                let hint = or("is a VPN or a proxy needed?");
                format!("there is no way to {called} from here; {hint}")
            }
            ErrorKind::TimedOut => {
                let hint = or("a firewall may drop the packets, or a VPN is needed");
                format!("no answer from {called}; {hint}")
            }
            ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof => {
                return Some(Failure::Broken(format!("{called} closed the connection")));
            }
            _ if error.to_string().contains("failed to lookup address") => {
                let hint = or("check the address and the DNS");
                format!("the name in {called} is not known here; {hint}")
            }
            _ => return None,
        };
        Some(Failure::Unreachable(why))
    }
}

/// Where a proxy comes from.
const PROXY: &str = "check proxy-url in the kubeconfig, HTTPS_PROXY and NO_PROXY";

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn Error + 'static) = *error;
        // An I/O error that only wraps another hides it from `source`.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|it| it as &(dyn Error + 'static)).or_else(|| error.source())
    })
}

fn of_trust(error: &rustls::Error, server: &str) -> String {
    let why = match error {
        rustls::Error::InvalidCertificate(why) => why,
        rustls::Error::AlertReceived(alert) => return of_alert(*alert, server),
        other => return format!("no TLS connection to {server}: {other}"),
    };
    match why {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            format!(
                "the certificate of {server} has expired; renew it on the control plane, and check the clock of this machine"
            )
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            format!("the certificate of {server} is not valid yet; check the clock of this machine")
        }
        // Authorities of clusters are often called the same: one that was made anew signs otherwise.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            format!(
                "the certificate of {server} is signed by nobody who is trusted here; check certificate-authority in the kubeconfig"
            )
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            format!(
                "the certificate of {server} is for another name; call the server by its name, or set tls-server-name in the kubeconfig"
            )
        }
        other => format!("the certificate of {server} is not accepted: {other:?}"),
    }
}

/// What the server says of the certificate that it was shown.
fn of_alert(alert: AlertDescription, server: &str) -> String {
    match alert {
        AlertDescription::CertificateRequired => format!(
            "{server} asks for a client certificate; add client-certificate and client-key to the \
             user in the kubeconfig"
        ),
        AlertDescription::CertificateExpired => {
            format!("{server} says that your client certificate has expired; renew it")
        }
        AlertDescription::BadCertificate
        | AlertDescription::UnknownCA
        | AlertDescription::CertificateUnknown
        | AlertDescription::CertificateRevoked
        | AlertDescription::UnsupportedCertificate => format!(
            "{server} does not accept your client certificate ({alert:?}); take one that its \
             authority signed"
        ),
        other => format!("no TLS connection to {server}: it answered {other:?}"),
    }
}

fn of_sign_in(error: &AuthError) -> String {
    match error {
        AuthError::AuthExecStart(why) => {
            format!(
                "the sign-in program of the kubeconfig cannot be started: {why}; install it, or mend `exec` in the kubeconfig"
            )
        }
        AuthError::AuthExecRun { cmd, out } => {
            let said = String::from_utf8_lossy(&out.stderr);
            let said = said.lines().map(str::trim).rfind(|line| !line.is_empty());
            let said = said.map(|line| format!(": {line}")).unwrap_or_default();
            format!("the sign-in program `{cmd}` failed ({}){said}", out.status)
        }
        AuthError::ReadTokenFile(why, path) => {
            format!("the token file {} cannot be read: {why}", path.display())
        }
        other => format!("signing in failed: {other}"),
    }
}
