//! The settings from outside: what is in force and why, what became of exceptions, and a policy that
//! settings cannot loosen. OpenSSL judges the keys and signatures.
#![allow(clippy::disallowed_methods, reason = "a test starts other programs")]

use std::process::Command;

use e2e::{Folder, PRIVILEGED_POD, Ringfence};

const POLICY: &str = "name: acme\nserial: 7\nexpires: 2099-01-01\nfailOn: high\n\
                      checks: {privileged-container: {severity: critical}}\n\
                      exceptions: {forbidden: [privileged-container]}\n";

/// A repository whose settings switch off all that could fail it, and a policy with its keys.
fn repository() -> Folder {
    let loose =
        "failOn: never\nexclude: ['*.yaml']\nchecks:\n  privileged-container: {enabled: false}\n";
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD)
        .and("ringfence.yaml", loose)
        .and("policy.yaml", POLICY);
    let made = folder.ringfence(&["policy", "keygen", "key.pem"]).run();
    assert_eq!(made.code(), Some(0), "{}", made.stderr());
    let signed = folder.ringfence(&["policy", "sign", "policy.yaml", "--key", "key.pem"]).run();
    assert_eq!(signed.code(), Some(0), "{}", signed.stderr());
    folder.and("policy.bundle", signed.text())
}

fn openssl(folder: &Folder, arguments: &[&str]) -> bool {
    let output = Command::new("openssl").args(arguments).current_dir(folder.path("")).output();
    output.expect("openssl is installed; on Debian: apt-get install openssl").status.success()
}

#[test]
fn settings_cannot_loosen_a_policy_and_are_told_so_with_their_lines() {
    let folder = repository();
    assert_eq!(folder.ringfence(&["scan", "."]).run().code(), Some(0), "all is left out");
    let arguments = ["scan", ".", "--policy", "policy.bundle", "--policy-key", "key.pem.pub"];
    for more in [
        &[][..],
        &["--fail-on", "never"],
        &["--exclude", "*"],
        &["--check", "host-namespace"],
        &["--profile", "platform"],
    ] {
        let run = folder.ringfence(&[&arguments[..], more].concat()).run();
        assert_eq!(run.code(), Some(1), "{more:?}: {}", run.stderr());
        assert!(run.text().contains("privileged-container"), "{more:?}");
    }
    let run = folder.ringfence(&arguments).run();
    let said = run.stderr();
    assert!(
        said.contains("ringfence.yaml:1: failOn is overruled by policy acme (serial 7): high"),
        "{said}"
    );
    assert!(
        said.contains("ringfence.yaml:4: checks.privileged-container.enabled is overruled"),
        "{said}"
    );
}

#[test]
fn a_policy_may_forbid_a_baseline_and_allows_one_where_it_does_not_say() {
    let folder = repository();
    let arguments = ["scan", ".", "--policy", "policy.bundle", "--policy-key", "key.pem.pub"];
    let all = folder.ringfence(&[&arguments[..], &["--output", "json"]].concat()).run().exits(1);
    let folder = folder.and("before.json", all.text());
    let arguments = [&arguments[..], &["--baseline", "before.json"]].concat();
    drop(folder.ringfence(&arguments).run().exits(0));
    let folder = folder.and("policy.yaml", format!("{POLICY}baseline: forbidden\n"));
    let sign = ["policy", "sign", "policy.yaml", "--key", "key.pem"];
    let signed = folder.ringfence(&sign).run().exits(0).text();
    let run = folder.and("policy.bundle", signed).ringfence(&arguments).run().exits(1);
    let said = "--baseline: baseline is overruled by policy acme (serial 7): every finding counts";
    assert!(run.stderr().contains(said), "{}", run.stderr());
}

#[test]
fn a_policy_comes_from_the_environment_of_a_pipeline() {
    let folder = repository();
    let run = folder.ringfence(&["config", "explain", "failOn", "-o", "json"]);
    let run = run
        .env("RINGFENCE_POLICY", "policy.bundle")
        .env("RINGFENCE_POLICY_KEY", "key.pem.pub")
        .run();
    assert_eq!(run.code(), Some(0), "{}", run.stderr());
    let said: serde_json::Value = serde_json::from_str(&run.text()).unwrap();
    assert_eq!(said["settings"][0]["value"], "high");
    assert_eq!(said["settings"][0]["origin"]["name"], "acme (serial 7)");
}

#[test]
fn a_policy_that_was_changed_is_old_or_is_signed_by_another_is_refused_with_2() {
    let folder = repository();
    let bundle = std::fs::read_to_string(folder.path("policy.bundle")).unwrap();
    let other = folder.ringfence(&["policy", "keygen", "other.pem"]).run();
    assert_eq!(other.code(), Some(0));
    let folder = folder
        .and("changed.bundle", bundle.replacen("bmFtZT", "bmFtZS", 1))
        .and("plain.bundle", POLICY);
    let scan = |bundle: &str, key: &str, more: &[&str]| {
        let fixed = ["scan", ".", "--policy", bundle, "--policy-key", key];
        folder.ringfence(&[&fixed[..], more].concat()).run()
    };
    for (bundle, key, more, why) in [
        ("changed.bundle", "key.pem.pub", &[][..], "it was changed"),
        ("plain.bundle", "key.pem.pub", &[], "it is no signed policy"),
        ("policy.bundle", "other.pem.pub", &[], "somebody else signed it"),
        ("policy.bundle", "policy.yaml", &[], "it is no public key"),
        ("absent.bundle", "key.pem.pub", &[], "absent.bundle"),
        ("policy.bundle", "key.pem.pub", &["--policy-serial", "8"], "older than serial 8"),
        ("policy.bundle", "key.pem.pub", &["--today", "2099-01-02"], "ended on 2099-01-01"),
    ] {
        let run = scan(bundle, key, more);
        assert_eq!(run.code(), Some(2), "{bundle} {key}");
        assert!(run.stderr().contains(why) && run.text().is_empty(), "{why}: {}", run.stderr());
    }
    let alone = folder.ringfence(&["scan", ".", "--policy-key", "key.pem.pub"]).run();
    assert_eq!(alone.code(), Some(2), "a key without a policy is a mistake, not a pass");
}

#[test]
fn openssl_reads_our_keys_and_we_read_those_of_openssl() {
    let folder = repository();
    assert!(openssl(&folder, &["pkey", "-in", "key.pem", "-noout"]));
    assert!(openssl(&folder, &["pkey", "-pubin", "-in", "key.pem.pub", "-noout"]));
    assert!(openssl(&folder, &["genpkey", "-algorithm", "ed25519", "-out", "theirs.pem"]));
    assert!(openssl(&folder, &["pkey", "-in", "theirs.pem", "-pubout", "-out", "theirs.pub"]));
    let signed = folder.ringfence(&["policy", "sign", "policy.yaml", "--key", "theirs.pem"]).run();
    assert_eq!(signed.code(), Some(0), "{}", signed.stderr());
    let folder = folder.and("theirs.bundle", signed.text());
    let opened =
        folder.ringfence(&["policy", "verify", "theirs.bundle", "--key", "theirs.pub"]).run();
    assert_eq!((opened.code(), opened.text().as_str()), (Some(0), POLICY));
}

#[test]
fn openssl_verifies_our_signature_over_the_encoding_of_dsse() {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let folder = repository();
    let bundle = std::fs::read_to_string(folder.path("policy.bundle")).unwrap();
    let bundle: serde_json::Value = serde_json::from_str(&bundle).unwrap();
    let kind = bundle["payloadType"].as_str().unwrap();
    let signature = STANDARD.decode(bundle["signatures"][0]["sig"].as_str().unwrap()).unwrap();
    let signed = format!("DSSEv1 {} {kind} {} {POLICY}", kind.len(), POLICY.len());
    std::fs::write(folder.path("signature"), signature).unwrap();
    let folder =
        folder.and("signed", &signed).and("forged", signed.replace("serial: 7", "serial: 9"));
    let verify = |file| {
        let key = ["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "key.pem.pub"];
        openssl(&folder, &[&key[..], &["-sigfile", "signature", "-in", file]].concat())
    };
    assert!(verify("signed"));
    assert!(!verify("forged"));
}

#[cfg(unix)]
#[test]
fn keys_are_for_their_owner_alone_and_nothing_is_overwritten() {
    use std::os::unix::fs::PermissionsExt;
    let folder = repository();
    let mode = std::fs::metadata(folder.path("key.pem")).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0);
    let before = std::fs::read(folder.path("key.pem")).unwrap();
    let again = folder.ringfence(&["policy", "keygen", "key.pem"]).run();
    assert_eq!(again.code(), Some(2));
    assert_eq!(std::fs::read(folder.path("key.pem")).unwrap(), before);
    let init = folder.ringfence(&["config", "init"]).run();
    assert_eq!(init.code(), Some(2), "ringfence.yaml is there already");
    assert!(init.stderr().contains("it is there already"), "{}", init.stderr());
}

#[test]
fn a_starter_is_written_read_and_printed() {
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD);
    assert_eq!(folder.ringfence(&["config", "init"]).run().code(), Some(0));
    assert_eq!(folder.ringfence(&["scan", "pod.yaml"]).run().code(), Some(1));
    let explained = folder.ringfence(&["config", "explain"]).run();
    assert!(
        explained.text().starts_with("failOn: high\n  from ringfence.yaml:4\n"),
        "{}",
        explained.text()
    );
    let printed = folder.ringfence(&["config", "init", "-"]).run();
    let written = std::fs::read_to_string(folder.path("ringfence.yaml")).unwrap();
    assert_eq!(printed.text(), written);
}

#[test]
fn the_nearest_settings_above_are_named_as_one_would_write_them() {
    let folder =
        Folder::with("ringfence.yaml", "failOn: low\n").and("a/b/pod.yaml", PRIVILEGED_POD);
    let run = Ringfence::new(&folder.path("a/b")).args(&["config", "explain", "failOn"]).run();
    assert!(run.text().contains("from ../../ringfence.yaml:1"), "{}", run.text());
    let unknown = folder.ringfence(&["config", "explain", "failon"]).run();
    assert_eq!(unknown.code(), Some(2));
    assert!(unknown.stderr().contains("did you mean \"failOn\"?"), "{}", unknown.stderr());
}

#[test]
fn exceptions_are_listed_by_how_urgent_they_are_and_stale_ones_end_with_1() {
    let entry = |name: &str, expires: &str| {
        format!(
            "- {{check: privileged-container, object: {{name: '{name}'}}, owner: a, reason: b, expires: {expires}}}\n"
        )
    };
    let settings = |entries: &[String]| format!("exceptions:\n{}", entries.concat());
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD);
    let run = |text: String| {
        let folder = Folder::with("pod.yaml", PRIVILEGED_POD).and("ringfence.yaml", &text);
        folder.ringfence(&["exceptions", "pod.yaml", "--today", "2026-11-21"]).run()
    };
    let ending = run(settings(&[entry("*", "2026-12-01"), entry("other", "2027-01-01")]));
    assert_eq!(ending.code(), Some(0), "{}", ending.stderr());
    assert!(ending.text().starts_with("2 exceptions: 1 ending, 1 unused\n"), "{}", ending.text());
    let expired = run(settings(&[entry("*", "2026-11-20")]));
    assert_eq!(expired.code(), Some(1));
    assert!(expired.text().contains("Expired"), "{}", expired.text());
    let none = folder.ringfence(&["exceptions", "pod.yaml"]).run();
    assert_eq!((none.code(), none.text().as_str()), (Some(0), "No exceptions.\n"));
    let wrong = folder.ringfence(&["exceptions", "pod.yaml", "-o", "sarif"]).run();
    assert_eq!(wrong.code(), Some(2));
    let shipped = folder.ringfence(&["exceptions", "--shipped"]).run();
    assert!(shipped.text().contains("kind DaemonSet kube-system/kindnet"), "{}", shipped.text());
}

#[test]
fn an_exception_works_without_a_network_kubescape_2531() {
    let text = "exceptions: [{check: privileged-container, owner: a, reason: b}]\n";
    let folder = Folder::with("pod.yaml", PRIVILEGED_POD).and("ringfence.yaml", text);
    let run = folder.ringfence(&["scan", "pod.yaml", "--check", "privileged-container"]);
    let run =
        run.env("HTTPS_PROXY", "http://127.0.0.1:1").env("HTTP_PROXY", "http://127.0.0.1:1").run();
    assert_eq!(run.code(), Some(0), "{}", run.stderr());
    assert!(run.stderr().is_empty());
}
