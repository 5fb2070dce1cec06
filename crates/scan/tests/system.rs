//! What comes with the program covers the component it was written for, and nothing beside it.

mod scene;

use finding::{ExceptionState, Objects, Source};
use scan::Config;
use scan::system::{DISTRIBUTIONS, exceptions};

use scene::scan;

const FIXTURES: [(&str, &str); 6] = [
    ("kubeadm", include_str!("system/kubeadm.yaml")),
    ("kind", include_str!("system/kind.yaml")),
    ("k3s", include_str!("system/k3s.yaml")),
    ("eks", include_str!("system/eks.yaml")),
    ("gke", include_str!("system/gke.yaml")),
    ("aks", include_str!("system/aks.yaml")),
];

/// The checks of what is shipped and used on some manifests.
fn used(manifests: &str) -> Vec<String> {
    let report = scan(manifests, &Config::default());
    let shipped = report.exceptions.into_iter().filter(|it| it.exception.source == Source::Shipped);
    shipped.map(|it| it.exception.check).collect()
}

#[test]
fn each_covers_something_in_the_manifests_of_its_distribution() {
    let mut idle = Vec::new();
    for (name, manifests) in FIXTURES {
        let report = scan(manifests, &Config::default());
        let used: Vec<_> = report.exceptions.into_iter().map(|status| status.exception).collect();
        let own = exceptions().filter(|it| it.owner == name && !used.contains(it));
        idle.extend(own.map(|it| format!("{name}: {} on {:?}", it.check, it.objects)));
    }
    assert_eq!(idle, Vec::<String>::new());
}

#[test]
fn none_covers_another_image_another_namespace_or_another_name() {
    for (name, manifests) in FIXTURES {
        let registries = [
            "registry.k8s.io/",
            "docker.io/",
            "rancher/",
            "602401143452.",
            "gke.gcr.io/",
            "mcr.microsoft.com/",
        ];
        let other = registries
            .iter()
            .fold(manifests.to_owned(), |text, it| text.replace(it, "evil.example/"));
        assert_eq!(used(&other), [""; 0], "{name}: another image");
        let hidden = manifests.replace("image: ", "image: evil.example/");
        assert_eq!(used(&hidden), [""; 0], "{name}: a registry inside a path");
        assert_eq!(
            used(&manifests.replace("namespace: kube-system", "namespace: shop")),
            [""; 0],
            "{name}"
        );
        assert_eq!(
            used(&manifests.replace("metadata: {name: ", "metadata: {name: my-")),
            [""; 0],
            "{name}"
        );
    }
}

#[test]
fn one_foreign_container_beside_the_component_is_not_covered() {
    let guest = "      containers:\n        - name: guest\n          image: evil.example/guest:1\n          securityContext: {privileged: true}\n";
    let (_, manifests) = FIXTURES[3];
    let report = scan(&manifests.replacen("      containers:\n", guest, 1), &Config::default());
    let of_guest = |path: &str| path.contains("[guest]");
    let findings = report.findings.iter().filter(|it| it.object.name.as_ref() == "aws-node");
    let accepted: Vec<_> = findings.filter(|it| it.accepted.is_some()).collect();
    assert!(accepted.iter().all(|it| !of_guest(&it.path)));
    assert!(
        accepted.iter().all(|it| &*it.check != "host-namespace"),
        "the pod is shared with the guest"
    );
}

#[test]
fn each_is_narrow_and_says_why() {
    for (name, _) in DISTRIBUTIONS {
        let own: Vec<_> = exceptions().filter(|it| it.owner == name).collect();
        assert!(!own.is_empty(), "{name}");
        for exception in own {
            let Objects::Like(pattern) = &exception.objects else { panic!("{name}") };
            assert!(pattern.kind.as_ref().is_some_and(|kind| !kind.contains('*')), "{name}");
            assert_eq!(pattern.namespace.as_deref(), Some("kube-system"), "{name}");
            assert!(pattern.name.as_ref().is_some_and(|it| !it.starts_with('*')), "{name}");
            assert!(!exception.part.images.is_empty() && exception.reason.len() > 30, "{name}");
        }
    }
}

#[test]
fn they_can_be_switched_off_and_are_silent_where_nothing_of_theirs_runs() {
    let off = Config::read("ringfence.yaml", "shippedExceptions: false\n").unwrap();
    let report = scan(FIXTURES[0].1, &off);
    assert!(report.findings.iter().all(|it| it.accepted.is_none()) && report.exceptions.is_empty());
    let elsewhere = scan(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a}]}\n",
        &Config::default(),
    );
    assert!(elsewhere.exceptions.iter().all(|it| it.state != ExceptionState::Unused));
    assert!(elsewhere.exceptions.is_empty());
}
