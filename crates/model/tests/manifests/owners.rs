//! What a controller made is folded into what made it, and nothing is lost in circles.

use crate::inventory;

/// One object with a pod template, and the controller it names.
fn made(kind: &str, name: &str, owner: Option<(&str, &str)>) -> String {
    let group = if kind == "Pod" { "v1" } else { "apps/v1" };
    let owner = owner.map_or(String::new(), |(kind, name)| {
        let group = if kind == "Job" { "batch/v1" } else { "apps/v1" };
        format!(
            "  ownerReferences: [{{apiVersion: {group}, kind: {kind}, name: {name}, \
             controller: true}}]\n"
        )
    });
    let spec = "{containers: [{name: c, image: i}]}";
    let spec =
        if kind == "Pod" { spec.to_owned() } else { format!("{{template: {{spec: {spec}}}}}") };
    format!(
        "---\napiVersion: {group}\nkind: {kind}\nmetadata:\n  name: {name}\n{owner}spec: {spec}\n"
    )
}

/// `kind name +copies` of each workload.
fn workloads(objects: &[String]) -> Vec<String> {
    let inventory = inventory(&objects.concat());
    let tell = |it: model::Workload<'_>| {
        format!("{} {} +{}", it.object().kind(), it.object().name(), it.copies())
    };
    inventory.workloads().map(tell).collect()
}

#[test]
fn the_pods_of_a_replica_set_of_a_deployment_are_the_deployment() {
    let objects = [
        made("Pod", "web-1-a", Some(("ReplicaSet", "web-1"))),
        made("Pod", "web-1-b", Some(("ReplicaSet", "web-1"))),
        made("ReplicaSet", "web-1", Some(("Deployment", "web"))),
        made("Deployment", "web", None),
    ];
    assert_eq!(workloads(&objects), ["Deployment web +3"]);
}

#[test]
fn pods_of_an_absent_replica_set_are_one_workload() {
    let objects = [
        made("Pod", "web-1-a", Some(("ReplicaSet", "web-1"))),
        made("Pod", "web-1-b", Some(("ReplicaSet", "web-1"))),
        made("Pod", "web-2-a", Some(("ReplicaSet", "web-2"))),
    ];
    assert_eq!(workloads(&objects), ["Pod web-1-a +1", "Pod web-2-a +0"]);
}

#[test]
fn a_pod_that_mounts_or_runs_more_than_its_owner_asks_for_stands_for_itself() {
    let owner = made("ReplicaSet", "web", None);
    let pod = made("Pod", "web-a", Some(("ReplicaSet", "web")));
    let with = |more: &str| {
        let pod = pod.replace("image: i", &format!("image: i, {more}"));
        workloads(&[owner.clone(), pod])
    };
    let folded = ["ReplicaSet web +1"];
    assert_eq!(with("volumeMounts: [{name: kube-api-access-abcde, mountPath: /t}]"), folded);
    let apart = ["ReplicaSet web +0", "Pod web-a +0"];
    assert_eq!(with("volumeMounts: [{name: node, mountPath: /host}]"), apart);
    assert_eq!(with("livenessProbe: {exec: {command: [curl]}}"), apart);
}

#[test]
fn pods_of_one_controller_are_one_workload_only_if_they_are_alike() {
    let objects = [
        made("Pod", "runner-a", Some(("Runner", "ci"))),
        made("Pod", "runner-b", Some(("Runner", "ci"))).replace("image: i", "image: j"),
        made("Pod", "runner-c", Some(("Runner", "ci"))),
    ];
    assert_eq!(workloads(&objects), ["Pod runner-a +1", "Pod runner-b +0"]);
}

#[test]
fn a_pod_that_asks_for_more_than_its_owner_stands_for_itself() {
    let pod = made("Pod", "web-x", Some(("Deployment", "web")));
    for more in [
        pod.replace("{containers", "{hostPID: true, containers"),
        pod.replace("image: i", "image: i, securityContext: {privileged: true}"),
        pod.replace("}]", "}, {name: injected, image: s}]"),
        pod.replace("{containers", "{serviceAccountName: admin, containers"),
    ] {
        assert_ne!(more, pod);
        let objects = [made("Deployment", "web", None), more];
        assert_eq!(workloads(&objects), ["Deployment web +0", "Pod web-x +0"]);
    }
}

#[test]
fn what_the_api_server_fills_in_makes_no_difference() {
    let pod = made("Pod", "web-0", Some(("StatefulSet", "web")));
    let filled = pod.replace(
        "{containers",
        "{serviceAccountName: default, serviceAccount: default, hostname: web-0, volumes: \
         [{name: kube-api-access-abcde}, {name: data, persistentVolumeClaim: {claimName: data-web-0}}], \
         containers",
    );
    assert_ne!(filled, pod);
    let objects = [made("StatefulSet", "web", None), filled.clone()];
    assert_eq!(workloads(&objects), ["StatefulSet web +1"]);
    let others = filled.replace("data-web-0", "data-of-others");
    let objects = [made("StatefulSet", "web", None), others];
    assert_eq!(workloads(&objects), ["StatefulSet web +0", "Pod web-0 +0"]);
}

#[test]
fn a_replica_set_that_is_scaled_to_nothing_is_history() {
    let old = made("ReplicaSet", "web-1", Some(("Deployment", "web")));
    let old = old
        .replace("spec: {template", "spec: {replicas: 0, template")
        .replace("image: i", "image: old");
    assert_eq!(workloads(&[made("Deployment", "web", None), old]), ["Deployment web +0"]);
}

#[test]
fn an_owner_of_another_namespace_is_no_owner() {
    let deployment =
        made("Deployment", "web", None).replace("  name: web", "  name: web\n  namespace: other");
    let objects = [made("ReplicaSet", "web-1", Some(("Deployment", "web"))), deployment];
    assert_eq!(workloads(&objects), ["ReplicaSet web-1 +0", "Deployment web +0"]);
}

#[test]
fn an_owner_that_is_no_controller_takes_nothing_in() {
    let pod = made("Pod", "a", Some(("Deployment", "web")))
        .replace("controller: true", "controller: false");
    assert_eq!(
        workloads(&[pod, made("Deployment", "web", None)]),
        ["Pod a +0", "Deployment web +0"]
    );
}

#[test]
fn an_object_that_owns_itself_stays() {
    assert_eq!(
        workloads(&[made("ReplicaSet", "a", Some(("ReplicaSet", "a")))]),
        ["ReplicaSet a +0"]
    );
}

#[test]
fn two_that_own_each_other_stay() {
    let objects = [
        made("ReplicaSet", "a", Some(("ReplicaSet", "b"))),
        made("ReplicaSet", "b", Some(("ReplicaSet", "a"))),
    ];
    assert_eq!(workloads(&objects), ["ReplicaSet a +0", "ReplicaSet b +0"]);
}

#[test]
fn three_in_a_circle_stay_and_take_in_what_hangs_on_it() {
    let objects = [
        made("ReplicaSet", "a", Some(("ReplicaSet", "b"))),
        made("ReplicaSet", "b", Some(("ReplicaSet", "c"))),
        made("ReplicaSet", "c", Some(("ReplicaSet", "a"))),
        made("Pod", "p", Some(("ReplicaSet", "a"))),
    ];
    let found = workloads(&objects);
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(found.iter().filter(|it| it.ends_with("+1")).count(), 1, "{found:?}");
}

#[test]
fn a_chain_of_any_length_keeps_its_end() {
    let mut objects: Vec<String> = (0..20)
        .map(|number| {
            let owner = format!("s{}", number + 1);
            made("ReplicaSet", &format!("s{number}"), Some(("ReplicaSet", &owner)))
        })
        .collect();
    objects.push(made("ReplicaSet", "s20", None));
    let found = workloads(&objects);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("ReplicaSet s20"), "{found:?}");
}
