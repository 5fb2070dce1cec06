//! Why a call failed, in words that say what to do.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::time::Duration;

use kube_client::client::AuthError;
use rustls::CertificateError;

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

/// What a failed connection means. `server` is the address that was called.
pub(super) fn of_connection(error: &(dyn Error + 'static), server: &str) -> Failure {
    for cause in causes(error) {
        if let Some(auth) = cause.downcast_ref::<AuthError>() {
            return Failure::Unreachable(of_sign_in(auth));
        }
        if let Some(tls) = tls_error(cause) {
            return Failure::Unreachable(of_trust(tls, server));
        }
        if let Some(io) = cause.downcast_ref::<io::Error>()
            && let Some(failure) = of_network(io, server)
        {
            return failure;
        }
    }
    let last = causes(error).last().map(ToString::to_string).unwrap_or_default();
    let all: Vec<String> = causes(error).map(ToString::to_string).collect();
    if all.iter().any(|it| it.contains("tunnel") || it.contains("SOCKS")) {
        let why = format!(
            "the proxy does not let {server} through: {last}; check proxy-url in the kubeconfig, HTTPS_PROXY and NO_PROXY"
        );
        return Failure::Unreachable(why);
    }
    if all.iter().any(|it| it.contains("Connect")) {
        return Failure::Unreachable(format!("cannot connect to {server}: {last}"));
    }
    Failure::Broken(format!("the connection to {server} broke: {last}"))
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn Error + 'static) = *error;
        // An I/O error that only wraps another hides it from `source`.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|it| it as &(dyn Error + 'static)).or_else(|| error.source())
    })
}

fn tls_error<'a>(cause: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    cause.downcast_ref::<rustls::Error>()
}

fn of_network(error: &io::Error, server: &str) -> Option<Failure> {
    let why = match error.kind() {
        ErrorKind::ConnectionRefused => {
            format!("nothing listens at {server}; is the cluster up, and the port right?")
        }
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
            format!("there is no way to {server} from here; is a VPN or a proxy needed?")
        }
        ErrorKind::TimedOut => {
            format!("no answer from {server}; a firewall may drop the packets, or a VPN is needed")
        }
        ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof => {
            return Some(Failure::Broken(format!("{server} closed the connection")));
        }
        _ if error.to_string().contains("failed to lookup address") => {
            format!("the name in {server} is not known here; check the address and the DNS")
        }
        _ => return None,
    };
    Some(Failure::Unreachable(why))
}

fn of_trust(error: &rustls::Error, server: &str) -> String {
    let rustls::Error::InvalidCertificate(why) = error else {
        return format!("no TLS connection to {server}: {error}");
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
        CertificateError::UnknownIssuer => {
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
