//! Which proxy stands between here and the server, as the environment says it.

use std::net::IpAddr;

/// What the environment says of proxies: the values of `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    /// For servers that speak TLS.
    pub https: Option<String>,
    /// For servers that do not.
    pub http: Option<String>,
    /// Who is called directly: names, domains, addresses and address ranges, by commas; or `*`.
    pub none: Option<String>,
}

impl Proxies {
    /// The proxy for a server, if there is one.
    pub(super) fn of(&self, server: &http::Uri) -> Option<&str> {
        let proxy = if server.scheme_str() == Some("http") { &self.http } else { &self.https };
        let host = server.host()?.trim_start_matches('[').trim_end_matches(']');
        proxy.as_deref().filter(|proxy| !proxy.is_empty() && !self.is_direct(host))
    }

    /// A server on this machine is never called through a proxy.
    fn is_direct(&self, host: &str) -> bool {
        let address: Option<IpAddr> = host.parse().ok();
        if host == "localhost" || address.is_some_and(|it| it.is_loopback()) {
            return true;
        }
        let direct = self.none.as_deref().unwrap_or_default();
        direct.split(',').map(str::trim).any(|entry| is_meant(entry, host, address))
    }
}

fn is_meant(entry: &str, host: &str, address: Option<IpAddr>) -> bool {
    if let (Some(address), Ok(range)) = (address, entry.parse::<ipnet::IpNet>()) {
        return range.contains(&address);
    }
    let domain = entry.trim_start_matches("*.").trim_start_matches('.');
    let below = || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    entry == "*" || !domain.is_empty() && (host == domain || address.is_none() && below())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(server: &str, none: &str) -> bool {
        let https = Some("http://proxy:3128".to_owned());
        let proxies = Proxies { https, http: None, none: Some(none.to_owned()) };
        proxies.of(&server.parse().unwrap()).is_some()
    }

    #[test]
    fn a_server_is_called_through_the_proxy_unless_it_is_named() {
        assert!(proxy("https://api.example.com:6443", ""));
        assert!(proxy("https://api.example.com:6443", "other.com,ple.com"));
        assert!(!proxy("https://api.example.com:6443", "other.com, example.com"));
        assert!(!proxy("https://api.example.com:6443", ".example.com"));
        assert!(!proxy("https://api.example.com:6443", "*"));
        assert!(!proxy("https://10.1.2.3", "10.0.0.0/8"));
        assert!(proxy("https://11.1.2.3", "10.0.0.0/8"));
        assert!(!proxy("https://[fd00::7]:6443", "fd00::/8"));
    }

    #[test]
    fn a_server_on_this_machine_or_without_tls_is_not() {
        assert!(!proxy("https://localhost:6443", ""));
        assert!(!proxy("https://[::1]:6443", ""));
        assert!(!proxy("https://127.0.0.1:6443", ""));
        assert!(!proxy("http://api.example.com", ""));
    }
}
