//! How a scan gets to an API server: who it says it is, through which proxy, and whom it trusts.

use std::collections::BTreeMap;

use e2e::Ringfence;
use e2e::api_server::sample::server;
use e2e::api_server::{Authority, Live, Proxy, Seen, encoded, kubeconfig};
use serde_json::json;

// Who it is.

#[test]
fn a_token_may_stand_in_a_file() {
    let live = server().start().and("token", "from-a-file\n");
    let live = live.with_kubeconfig("", "tokenFile: token");
    drop(live.seen(&[]).exits(1));
    let tokens: BTreeMap<_, _> = authorizations(&live);
    assert!(tokens.keys().all(|it| it == "Bearer from-a-file"), "{tokens:?}");
    let live = server().start().with_kubeconfig("", "tokenFile: absent");
    let run = live.scan(&[]).run();
    assert!(
        matches!(run.code(), Some(2 | 4)) && run.stderr().contains("absent"),
        "{}",
        run.stderr()
    );
}

fn authorizations(live: &Live) -> BTreeMap<String, usize> {
    let mut seen = BTreeMap::new();
    for request in live.requests() {
        let token = request.header("authorization").unwrap_or("none").to_owned();
        *seen.entry(token).or_default() += 1;
    }
    seen
}

/// A kubeconfig's user that signs in by a script.
fn by_script(live: Live, script: &str) -> Live {
    let live = live.and("sign-in", format!("#!/bin/sh\n{script}\n"));
    live.folder().set_mode("sign-in", 0o755);
    let user = "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./sign-in, interactiveMode: Never}";
    live.with_kubeconfig("", user)
}

#[test]
fn a_program_may_sign_in() {
    let credential = r#"{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {"token": "from-a-program"}}"#;
    let live = by_script(server().start(), &format!("echo '{credential}'"));
    drop(live.seen(&[]).exits(1));
    let tokens = authorizations(&live);
    assert!(tokens.keys().all(|it| it == "Bearer from-a-program"), "{tokens:?}");
}

#[test]
fn a_program_that_does_not_sign_in_is_4_with_its_own_words() {
    let live =
        by_script(server().start(), "echo 'your session has ended: run sso login' >&2; exit 7");
    let run = live.scan(&[]).run().exits(4);
    assert!(run.stderr().contains("your session has ended: run sso login"), "{}", run.stderr());
    let user = "exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-program-here, interactiveMode: Never}";
    let run = server().start().with_kubeconfig("", user).scan(&[]).run().exits(4);
    assert!(run.stderr().contains("cannot be started"), "{}", run.stderr());
    let run = by_script(server().start(), "echo no json").scan(&[]).run().exits(4);
    assert!(!run.stderr().is_empty());
}

#[test]
fn several_kubeconfigs_are_one() {
    let live = server().start();
    let clusters = format!(
        "apiVersion: v1\nkind: Config\nclusters: [{{name: c, cluster: {{server: \"{}\"}}}}]\n",
        Live::url(&live)
    );
    let others = "apiVersion: v1\nkind: Config\ncurrent-context: joined\nusers: [{name: u, user: {token: t}}]\n\
                  contexts: [{name: joined, context: {cluster: c, user: u}}]\n";
    let live = live.and("clusters.yaml", clusters).and("users.yaml", others);
    let scan = |files: &str| live.ringfence(&["scan", "--output", "json"]).env("KUBECONFIG", files);
    let seen = Seen::of(scan("clusters.yaml:users.yaml:absent.yaml").run()).exits(1);
    assert_eq!(seen.cluster()["context"], json!("joined"));
    let run = scan("users.yaml").run().exits(2);
    assert!(run.stderr().contains("\"c\""), "{}", run.stderr());
}

#[test]
fn a_kubeconfig_that_is_wrong_is_2_and_says_what_is_right() {
    let live = server().start();
    let run = live.scan(&["--context", "absent"]).run().exits(2);
    assert!(
        run.stderr().contains("\"absent\"") && run.stderr().contains("test"),
        "{}",
        run.stderr()
    );
    let run = live.scan(&["--kubeconfig", "absent"]).run();
    assert_eq!(run.code(), Some(2), "{}", run.stderr());
    for broken in ["clusters: [", "- a\n- b\n", "clusters: 7\n", "\u{0}"] {
        let live = server().start().and("kubeconfig", broken);
        let run = live.scan(&[]).run().exits(2);
        assert!(run.stderr().contains("kubeconfig"), "{broken:?}: {}", run.stderr());
    }
    let live = server().start().and("kubeconfig", kubeconfig("not a url", "", "token: t"));
    let run = live.scan(&[]).run().exits(2);
    assert!(!run.stderr().is_empty());
}

#[test]
fn a_server_at_an_ipv6_address_is_called() {
    if std::net::TcpListener::bind("[::1]:0").is_err() {
        return;
    }
    let live = server().start_at_ipv6();
    assert_eq!(live.seen(&[]).exits(1).found(), ["Pod shop/web"]);
}

// Proxies.

#[test]
fn a_dead_proxy_is_4_and_named() {
    let live = server().start().with_kubeconfig("proxy-url: \"http://127.0.0.1:1\"", "token: t");
    let run = live.scan(&[]).run().exits(4);
    assert!(run.stderr().contains("proxy"), "{}", run.stderr());
}

#[test]
fn a_server_is_called_through_the_proxy_that_the_kubeconfig_names() {
    let proxy = Proxy::start();
    let named = format!("proxy-url: \"{}\"", proxy.url());
    let live = server().start().with_kubeconfig(&named, "token: t");
    assert_eq!(live.seen(&[]).exits(1).found(), ["Pod shop/web"]);
    assert!(proxy.tunnels() > 0);
    let authority = Authority::new();
    let live = server().start_tls(&authority.server("127.0.0.1", 2099), None);
    let live = live.with_kubeconfig(&format!("{}, {named}", trusting(&authority)), "token: t");
    assert_eq!(live.seen(&[]).exits(1).found(), ["Pod shop/web"]);
}

#[test]
fn the_proxy_of_the_environment_is_not_for_this_machine() {
    let live = server().start();
    let run = live.scan(&[]).env("HTTPS_PROXY", "http://127.0.0.1:1");
    let run = run.env("HTTP_PROXY", "http://127.0.0.1:1").run();
    assert_eq!(Seen::of(run).exits(1).found(), ["Pod shop/web"]);
}

// Trust.

/// A kubeconfig's cluster that trusts an authority.
fn trusting(authority: &Authority) -> String {
    format!("certificate-authority-data: {}", encoded(&authority.pem()))
}

#[test]
fn a_server_with_a_trusted_certificate_is_called() {
    let authority = Authority::new();
    let live = server().start_tls(&authority.server("127.0.0.1", 2099), None);
    let live = live.with_kubeconfig(&trusting(&authority), "token: t");
    assert_eq!(live.seen(&[]).exits(1).found(), ["Pod shop/web"]);
}

#[test]
fn a_certificate_of_the_client_is_shown_where_it_is_asked_for() {
    let authority = Authority::new();
    let live = server().start_tls(&authority.server("127.0.0.1", 2099), Some(&authority));
    let client = authority.client();
    let user = format!(
        "client-certificate-data: {}, client-key-data: {}",
        encoded(&client.pem()),
        encoded(&client.key_pem())
    );
    let live = live.with_kubeconfig(&trusting(&authority), &user);
    assert_eq!(live.seen(&[]).exits(1).found(), ["Pod shop/web"]);
    let live = live.with_kubeconfig(&trusting(&authority), "token: t");
    let run = live.scan(&[]).run().exits(4);
    assert!(run.stderr().contains("certificate"), "{}", run.stderr());
}

#[test]
fn a_certificate_that_is_not_trusted_is_4_and_says_why() {
    let authority = Authority::new();
    let (stranger, namesake) = (Authority::named("stranger"), Authority::new());
    for (identity, why) in [
        (authority.server("127.0.0.1", 2002), "has expired"),
        (stranger.server("127.0.0.1", 2099), "signed by nobody"),
        (namesake.server("127.0.0.1", 2099), "signed by nobody"),
        (authority.server("elsewhere.example.com", 2099), "for another name"),
    ] {
        let live = server().start_tls(&identity, None);
        let live = live.with_kubeconfig(&trusting(&authority), "token: t");
        let run = live.scan(&[]).run().exits(4);
        assert!(run.stderr().contains(why), "{why}: {}", run.stderr());
    }
}

/// A scan on a machine that has no authorities of its own, as the container image.
fn without_authorities(live: &Live) -> Ringfence {
    live.scan(&[]).env("SSL_CERT_FILE", "/dev/null").env("SSL_CERT_DIR", "")
}

#[test]
fn without_authorities_of_the_system_those_of_the_kubeconfig_do() {
    let authority = Authority::new();
    let secure = || server().start_tls(&authority.server("127.0.0.1", 2099), None);
    for live in [
        secure().with_kubeconfig(&trusting(&authority), "token: t"),
        secure().with_kubeconfig("insecure-skip-tls-verify: true", "token: t"),
        server().start(),
    ] {
        assert_eq!(Seen::of(without_authorities(&live).run()).exits(1).found(), ["Pod shop/web"]);
    }
}

#[test]
fn without_any_authority_it_is_2_and_one_may_be_named_in_the_environment() {
    let authority = Authority::new();
    let live = server().start_tls(&authority.server("127.0.0.1", 2099), None);
    let live = live.with_kubeconfig("", "token: t").and("ca.pem", authority.pem());
    let run = without_authorities(&live).run().exits(2);
    for word in ["https://127.0.0.1:", "certificate-authority", "SSL_CERT_FILE"] {
        assert!(run.stderr().contains(word), "{}", run.stderr());
    }
    let run = without_authorities(&live).env("SSL_CERT_FILE", "ca.pem").run();
    assert_eq!(Seen::of(run).exits(1).found(), ["Pod shop/web"]);
}

#[test]
fn tls_where_there_is_none_is_4() {
    let live = server().start();
    let secure = Live::url(&live).replace("http:", "https:");
    let live = live.and("kubeconfig", kubeconfig(&secure, "", "token: t"));
    let run = live.scan(&[]).run().exits(4);
    assert!(run.stderr().contains("TLS"), "{}", run.stderr());
}
