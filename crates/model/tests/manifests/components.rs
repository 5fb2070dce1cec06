//! Which components of Kubernetes are started, and with which flags.
//!
//! Oracle: the manifests that kubeadm, kops, k3s and the scripts of old write.

use model::Component;
use proptest::prelude::*;

use crate::inventory;

fn pod(image: &str, command: &str, arguments: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n  - name: c\n    \
         image: {image}\n    command: {command}\n    args: {arguments}\n"
    )
}

fn cluster(rest: &str) -> String {
    format!("apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n{rest}")
}

/// `program value|value` for a flag of each component.
fn told(text: &str, flag: &str) -> Vec<String> {
    let inventory = inventory(text);
    let tell = |it: &Component<'_>| {
        let values: Vec<&str> = it.flags(flag).iter().map(|flag| flag.value).collect();
        format!("{} {}", it.program().name(), values.join("|"))
    };
    Component::all(&inventory).iter().map(tell).collect()
}

#[test]
fn a_component_is_known_behind_shells_and_wrappers() {
    for (command, arguments) in [
        ("[kube-apiserver, --profiling=false]", "[]"),
        ("[/usr/local/bin/kube-apiserver]", "[--profiling, 'false']"),
        ("[kube-apiserver]", "[-profiling=false]"),
        ("[/hyperkube, apiserver]", "[--profiling=false]"),
        ("[/hyperkube, kube-apiserver, --profiling=false]", "null"),
        ("[/go-runner, --also-stdout=false, /usr/bin/kube-apiserver]", "[--profiling=false]"),
        ("[sh, -c, 'exec kube-apiserver --profiling=false 1>>/var/log/a.log 2>&1']", "[]"),
        ("[/bin/sh, -ec]", "['sleep 1; GOGC=1 nice -n 5 kube-apiserver --profiling=\"false\"&']"),
        ("[bash, -c, 'exec kube-apiserver \"$@\"', --]", "[--profiling=false]"),
        ("[/bin/sh, -c]", "[\"if a; then\\n  kube-apiserver \\\\\\n  --profiling=false\\nfi\"]"),
        ("[sh, -c, '(tee -a log < /tmp/pipe & ) ; exec kube-apiserver --profiling=false']", "[]"),
    ] {
        let text = pod("i", command, arguments);
        assert_eq!(told(&text, "profiling"), ["kube-apiserver false"], "{text}");
    }
}

#[test]
fn the_mere_name_of_a_component_starts_none() {
    for (command, arguments) in [
        ("[sh, -c, 'ps | grep kube-apiserver --count']", "[]"),
        ("[sh, -c, '# kube-apiserver --profiling']", "[]"),
        ("[kubectl, logs, kube-apiserver]", "[]"),
        ("kube-apiserver", "--profiling"),
        ("[sh]", "[]"),
        ("[sh, -c]", "[]"),
        ("[1, 2]", "[{}]"),
        ("[k3s, agent]", "[]"),
    ] {
        assert_eq!(told(&pod("i", command, arguments), "profiling"), [""; 0], "{command}");
    }
}

#[test]
fn arguments_alone_belong_to_the_program_of_the_image() {
    let text = pod("r.io/kube-apiserver:v1.30.2", "[]", "[--profiling]");
    assert_eq!(told(&text, "profiling"), ["kube-apiserver true"]);
    let text = pod("r.io/kube-apiserver:v1.30.2", "[sleep]", "[--profiling]");
    assert_eq!(told(&text, "profiling"), [""; 0]);
}

#[test]
fn underscores_are_dashes_and_every_time_counts() {
    let text = pod(
        "i",
        "[kube-apiserver, --a-list=x, --a_list=y]",
        "['--a-list=z,w', --b, --a-listing=q]",
    );
    assert_eq!(told(&text, "a-list"), ["kube-apiserver x|y|z,w"]);
    let inventory = inventory(&text);
    let all = Component::all(&inventory);
    let values: Vec<&str> =
        all[0].list("a-list").unwrap_or_default().iter().map(|it| it.value).collect();
    assert_eq!(values, ["x", "y", "z", "w"]);
    assert_eq!(all[0].flag("a-list").map(|it| it.value), Some("z,w"));
    assert!(all[0].list("c").is_none() && all[0].lacks("c") && !all[0].lacks("b"));
}

#[test]
fn words_behind_a_variable_are_not_known() {
    let lacks = |command: &str| {
        let text = pod("i", command, "[]");
        let inventory = inventory(&text);
        Component::all(&inventory).iter().map(|it| it.lacks("profiling")).collect::<Vec<_>>()
    };
    assert_eq!(lacks("[sh, -c, 'kube-apiserver $ARGS']"), [false]);
    assert_eq!(lacks("[sh, -c, 'kube-apiserver $(cat args)']"), [false]);
    assert_eq!(lacks("[kube-apiserver, $(ARGS)]"), [false]);
    assert_eq!(lacks("[hyperkube, kube-apiserver, --openshift-config=/a.yaml]"), [false]);
    assert_eq!(lacks("[sh, -c, 'kube-apiserver --a=$HOST']"), [true]);
}

#[test]
fn a_k3s_server_hands_flags_on_and_has_its_own_defaults() {
    let text = pod("rancher/k3s:v1.33.1-k3s1", "[/bin/sh, -c]", "['/bin/k3s server --x']");
    assert_eq!(told(&text, "anonymous-auth"), ["kube-apiserver false"]);
    assert_eq!(told(&text, "encryption-provider-config"), ["kube-apiserver "]);
    let words = "[server, --kube-apiserver-arg=anonymous-auth=true, --kube-apiserver-arg, \
                 token-auth-file=t, --secrets-encryption]";
    let text = pod("rancher/k3s:v1.33.1-k3s1", "[k3s]", words);
    assert_eq!(told(&text, "anonymous-auth"), ["kube-apiserver true"]);
    assert_eq!(told(&text, "token-auth-file"), ["kube-apiserver t"]);
    assert_eq!(told(&text, "encryption-provider-config"), ["kube-apiserver true"]);
    let words = "[server, --kube-apiserver-arg=authorization-config=a.yaml]";
    let text = pod("rancher/k3s:v1.33.1-k3s1", "[k3s]", words);
    assert_eq!(told(&text, "authorization-mode"), ["kube-apiserver "]);
    assert_eq!(told(&text, "anonymous-auth"), ["kube-apiserver false"]);
}

#[test]
fn kubeadm_adds_what_is_not_given() {
    let mapping = "apiServer: {extraArgs: {authorization-mode: 'RBAC'}}\n";
    let list = "apiServer: {extraArgs: [{name: authorization-mode, value: RBAC}, {name: a}, 3]}\n";
    for given in [mapping, list] {
        assert_eq!(told(&cluster(given), "authorization-mode")[0], "kube-apiserver RBAC");
        assert_eq!(
            told(&cluster(given), "enable-admission-plugins")[0],
            "kube-apiserver NodeRestriction"
        );
    }
    let file = "apiServer: {extraArgs: [{name: authorization-config, value: /a.yaml}]}\n";
    assert_eq!(told(&cluster(file), "authorization-mode")[0], "kube-apiserver ");
    assert_eq!(told(&cluster(""), "authorization-mode")[0], "kube-apiserver Node,RBAC");
}

#[test]
fn kubeadm_says_of_a_database_elsewhere_just_what_it_is_told() {
    let external =
        "etcd: {external: {endpoints: ['http://a:2379', 'http://b:2379'], caFile: ''}}\n";
    assert_eq!(
        told(&cluster(external), "etcd-servers")[0],
        "kube-apiserver http://a:2379|http://b:2379"
    );
    assert_eq!(told(&cluster(external), "etcd-cafile")[0], "kube-apiserver ");
    assert_eq!(told(&cluster(""), "etcd-servers")[0], "kube-apiserver https://127.0.0.1:2379");
}

#[test]
fn the_version_stands_in_the_image_or_in_the_file_of_kubeadm() {
    let minor = |text: &str| {
        let inventory = inventory(text);
        Component::all(&inventory).first().and_then(Component::minor)
    };
    let image = |image: &str| minor(&pod(image, "[kube-apiserver]", "[]"));
    assert_eq!(image("registry.k8s.io/kube-apiserver:v1.29.3"), Some(29));
    assert_eq!(image("quay.io/coreos/hyperkube:v1.9.6_coreos.0"), Some(9));
    assert_eq!(image("registry.k8s.io/kube-apiserver-amd64:v1.11.2@sha256:00"), Some(11));
    assert_eq!(image("example.com/mine:v1.2.3"), None);
    assert_eq!(image("registry.k8s.io/kube-apiserver:stable"), None);
    assert_eq!(minor(&cluster("kubernetesVersion: v1.31.0\n")), Some(31));
    assert_eq!(minor(&cluster("kubernetesVersion: stable\n")), None);
}

proptest! {
    #[test]
    fn no_script_hides_what_stands_before_it(rest in r#"[ab$&|;()'"\\\\# >=\n-]{0,60}"#) {
        let script = format!("kube-apiserver --profiling=false\n{rest}");
        let text = pod("i", "[sh, -c]", &format!("[{script:?}]"));
        let first = told(&text, "profiling").into_iter().next();
        prop_assert_eq!(first.as_deref(), Some("kube-apiserver false"));
    }
}
