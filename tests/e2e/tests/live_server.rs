//! What a scan asks of an API server, and what it makes of the answers.
#![allow(
    clippy::disallowed_methods,
    reason = "a wait that was asked for is held against the clock"
)]

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use e2e::api_server::sample::{deployment, namespace, pod, privileged, server};
use e2e::api_server::{ApiServer, Live, Reply, Resource, kubeconfig};
use e2e::binary;
use serde_json::{Value, json};

const PODS: &str = "/api/v1/pods";
const DEPLOYMENTS: &str = "/apis/apps/v1/deployments";

/// The paths that were listed.
fn listed(live: &Live) -> BTreeSet<String> {
    let lists = live.requests().into_iter().filter(|it| it.asks("limit").is_some());
    lists.map(|it| it.path).collect()
}

// What it asks for.

#[test]
fn it_only_reads_page_by_page_and_says_who_it_is() {
    let live = server().with(pod("shop", "second")).paged(1).start();
    let seen = live.seen(&[]).exits(1);
    assert_eq!(seen.found(), ["Pod shop/second", "Pod shop/web"]);
    for request in live.requests() {
        assert_eq!(request.method, "GET", "{request:?}");
        assert!(request.header("user-agent").is_some_and(|it| it.starts_with("ringfence/")));
        assert!(request.header("accept").is_some_and(|it| it.contains("application/json")));
        assert_eq!(request.header("authorization"), Some("Bearer secret-token"));
        let is_list = request.path.matches('/').count() > 2 && !request.path.contains("openapi");
        assert_eq!(request.asks("limit").is_some(), is_list, "{request:?}");
        assert!(request.asks("watch").is_none());
    }
    let pages = live.requests().into_iter().filter(|it| it.path == PODS);
    let tokens: Vec<_> = pages.map(|it| it.asks("continue").map(ToOwned::to_owned)).collect();
    assert_eq!(tokens, [None, Some("1".to_owned())]);
}

#[test]
fn it_reads_neither_secrets_nor_events() {
    let live = server().start();
    let seen = live.seen(&[]).exits(1);
    assert_eq!(seen.found(), ["Pod shop/web"]);
    let listed = listed(&live);
    for path in ["/api/v1/secrets", "/api/v1/events", "/apis/events.k8s.io/v1/events"] {
        assert!(!listed.contains(path), "{listed:?}");
    }
    assert!(listed.contains(PODS) && listed.contains(DEPLOYMENTS));
}

#[test]
fn of_chosen_namespaces_each_is_listed_and_no_other() {
    let live = server()
        .with(namespace("other"))
        .with(namespace("third"))
        .with(pod("other", "web"))
        .with(pod("third", "unasked"))
        .start();
    let seen = live.seen(&["--namespace", "shop", "-n", "other"]).exits(1);
    assert_eq!(seen.found(), ["Pod other/web", "Pod shop/web"]);
    assert_eq!(seen.cluster()["namespaces"], json!(["shop", "other"]));
    let listed = listed(&live);
    for namespace in ["shop", "other"] {
        assert!(listed.contains(&format!("/api/v1/namespaces/{namespace}/pods")), "{listed:?}");
    }
    assert!(listed.iter().all(|path| !path.contains("third") && path != PODS), "{listed:?}");
    let requests = live.requests().into_iter().filter(|it| it.path == "/api/v1/namespaces");
    let names: BTreeSet<_> =
        requests.map(|it| it.asks("fieldSelector").map(ToOwned::to_owned)).collect();
    let selector = |name: &str| Some(format!("metadata.name={name}"));
    assert_eq!(names, [selector("shop"), selector("other")].into());
}

#[test]
fn of_chosen_resources_no_other_is_listed() {
    let live = server().with(deployment("unasked")).start();
    let seen = live.seen(&["--kinds", "pods"]).exits(1);
    assert_eq!(seen.found(), ["Pod shop/web"]);
    assert_eq!(listed(&live), [PODS.to_owned()].into());
    assert_eq!(seen.cluster()["kinds"], json!(["pods"]));
    for word in ["Deployment", "deployments.apps", "deployments"] {
        let live = server().with(deployment("web")).start();
        assert_eq!(live.seen(&["--kinds", word]).exits(1).found(), ["Deployment shop/web"]);
        assert_eq!(listed(&live), [DEPLOYMENTS.to_owned()].into());
    }
}

#[test]
fn a_resource_that_nobody_serves_is_wrong_usage() {
    let live = server().start();
    let run = live.scan(&["--kinds", "pods,podz"]).run().exits(2);
    assert!(run.stderr().contains("\"podz\""), "{}", run.stderr());
}

#[test]
fn of_secrets_only_the_metadata_is_asked_for() {
    let secret = json!({"apiVersion": "v1", "kind": "Secret",
        "metadata": {"name": "keys", "namespace": "shop"}, "data": {"password": "aHVudGVyMg=="}});
    let live = server().with(secret).start();
    let run = live.scan(&["--kinds", "pods,secrets"]).run();
    assert!(matches!(run.code(), Some(1 | 2)), "{}", run.stderr());
    let asked = live.requests().into_iter().filter(|it| it.path.ends_with("/secrets"));
    for request in asked {
        let accept = request.header("accept").unwrap_or_default();
        assert!(accept.contains("as=PartialObjectMetadataList"), "{accept}");
    }
    assert!(!run.text().contains("aHVudGVyMg"));
}

#[test]
fn no_more_than_four_requests_are_in_flight() {
    let live = server()
        .when(|request| {
            request.asks("limit")?;
            sleep(Duration::from_millis(50));
            None
        })
        .start();
    let seen = live.seen(&[]).exits(1);
    assert_eq!(seen.found(), ["Pod shop/web"]);
    assert!((2..=4).contains(&live.most_at_once()), "{}", live.most_at_once());
}

// What may pass, and what may not.

#[test]
fn what_may_pass_is_asked_for_again() {
    for code in [429, 500, 502, 503, 504] {
        let busy = Reply::status(code, "later").with("retry-after", "0");
        let live = server().first(PODS, vec![busy.clone(), busy]).start();
        let seen = live.seen(&[]).exits(1);
        assert_eq!(
            (seen.found(), seen.gaps()),
            (vec!["Pod shop/web".to_owned()], vec![]),
            "{code}"
        );
    }
}

#[test]
fn what_will_not_pass_is_not_asked_for_again() {
    for code in [400, 403, 404, 405] {
        let live = server().always(PODS, Reply::status(code, "no")).start();
        drop(live.seen(&[]));
        let calls = live.requests().into_iter().filter(|it| it.path == PODS);
        assert_eq!(calls.count(), 1, "{code}");
    }
}

#[test]
fn the_time_after_which_to_ask_again_is_honoured() {
    let busy = Reply::status(429, "later").with("retry-after", "2");
    let live = server().first("/version", vec![busy]).start();
    binary::path();
    let start = Instant::now();
    drop(live.seen(&[]).exits(1));
    assert!(start.elapsed() >= Duration::from_secs(2));
}

#[test]
fn a_list_that_fails_for_ever_is_3_and_a_gap_and_the_rest_is_judged() {
    let broken = Reply::status(500, "etcd is gone").with("retry-after", "0");
    let live = server().always(DEPLOYMENTS, broken).start();
    let seen = live.seen(&[]).exits(3);
    assert_eq!(seen.found(), ["Pod shop/web"]);
    assert!(seen.has_gap(&["deployments.apps", "500", "etcd is gone"]), "{:?}", seen.gaps());
    let unlisted = &seen.cluster()["unlisted"][0];
    assert_eq!(
        (&unlisted["resource"], &unlisted["forbidden"]),
        (&json!("deployments.apps"), &json!(false))
    );
}

#[test]
fn an_expired_list_goes_on_with_a_fresh_token_or_starts_anew() {
    for fresh in [Some("1"), None] {
        let once = AtomicBool::new(false);
        let live = server()
            .with(pod("shop", "second"))
            .with(pod("shop", "third"))
            .paged(1)
            .when(move |request| {
                let second = request.path == PODS && request.asks("continue") == Some("1");
                let first_time = || !once.swap(true, Ordering::SeqCst);
                (second && first_time()).then(|| Reply::expired(fresh))
            })
            .start();
        let seen = live.seen(&[]).exits(1);
        assert_eq!(seen.found(), ["Pod shop/second", "Pod shop/third", "Pod shop/web"]);
        assert_eq!((seen.objects(), seen.gaps()), (4, vec![]), "{fresh:?}");
    }
}

#[test]
fn what_is_forbidden_is_a_gap_with_the_missing_rule_and_the_rest_is_judged() {
    let server =
        || server().always(DEPLOYMENTS, Reply::status(403, "deployments.apps is forbidden"));
    let seen = server().start().seen(&[]).exits(1);
    assert_eq!(seen.found(), ["Pod shop/web"]);
    let rule = r#"{apiGroups: ["apps"], resources: [deployments], verbs: [list]}"#;
    assert!(seen.has_gap(&[rule]), "{:?}", seen.gaps());
    assert_eq!(seen.cluster()["unlisted"][0]["forbidden"], json!(true));
    drop(server().start().seen(&["--fail-on", "never"]).exits(0));
    drop(server().start().seen(&["--require-coverage"]).exits(3));
}

#[test]
fn where_everything_is_forbidden_nothing_was_reached() {
    let live = ApiServer::new()
        .when(|request| request.asks("limit").map(|_| Reply::status(403, "forbidden")))
        .start();
    let seen = live.seen(&[]).exits(4);
    assert!(seen.has_gap(&["forbidden to list", "pods", "verbs: [list]"]), "{:?}", seen.gaps());
}

#[test]
fn credentials_that_are_not_accepted_are_4_and_it_says_what_to_do() {
    let live = server().when(|_| Some(Reply::status(401, "Unauthorized"))).start();
    let run = live.scan(&[]).run().exits(4);
    assert!(run.stderr().contains("credentials") && run.stderr().contains("sign in again"));
    assert_eq!(live.requests().len(), 1);
}

#[test]
fn a_port_where_nobody_listens_is_4() {
    let live = server().start();
    let gone = Live::url(&live).to_owned();
    let other = server().start().and("kubeconfig", kubeconfig(&gone, "", "token: t"));
    drop(live);
    let run = other.scan(&[]).run().exits(4);
    assert!(run.stderr().contains("nothing listens at"), "{}", run.stderr());
}

#[test]
fn a_server_that_dies_in_the_middle_never_looks_clean() {
    for calls in [1, 2, 3, 4, 6, 10, 15] {
        let live = server().after(calls, Reply::death()).start();
        let run = live.scan(&["--fail-on", "never", "--timeout", "5"]).run();
        assert!(matches!(run.code(), Some(3 | 4)), "{calls}: {:?} {}", run.code(), run.stderr());
        let said = run.stderr().to_owned() + &run.text();
        assert!(
            ["nothing listens", "closed the connection", "broke"]
                .iter()
                .any(|it| said.contains(it)),
            "{calls}: {said}"
        );
    }
}

// What it makes of it.

#[test]
fn a_finding_says_which_object_of_which_cluster_it_is_about() {
    let live = server().start();
    let seen = live.seen(&["--check", e2e::CHECK]).exits(1);
    let finding = &seen.json["findings"][0];
    assert_eq!(finding["location"], Value::Null);
    assert_eq!(finding["origin"], json!({"context": "test", "uid": "uid-pod-0"}));
    let cluster = seen.cluster();
    assert_eq!(
        (&cluster["context"], &cluster["server"]),
        (&json!("test"), &json!(Live::url(&live)))
    );
    assert_eq!((&cluster["version"], &cluster["unlisted"]), (&json!("v1.34.1"), &json!([])));
}

#[test]
fn the_same_cluster_twice_gives_the_same_bytes() {
    let pods = (0..200).map(|number| pod("shop", &format!("web-{number}")));
    let live = server().with_all(pods).paged(7).start();
    for form in ["json", "text", "sarif"] {
        let scan = ["scan", "--kubeconfig", "kubeconfig", "--output", form];
        let [once, twice] = [(); 2].map(|()| live.ringfence(&scan).run().exits(1).stdout());
        assert!(!once.is_empty() && once == twice, "{form}");
    }
}

fn fleets() -> (Resource, Value) {
    let template =
        json!({"properties": {"spec": {"properties": {"containers": {"type": "array"}}}}});
    let schema = json!({"components": {"schemas": {
        "dev.example.v1.Fleet": {
            "properties": {"spec": {"properties": {"template": template}}},
            "x-kubernetes-group-version-kind":
                [{"group": "example.dev", "version": "v1", "kind": "Fleet"}]},
        "dev.example.v1.Crew": {
            "properties": {"spec": {"properties": {"description": {"type": "string"}}}},
            "x-kubernetes-group-version-kind":
                [{"group": "example.dev", "version": "v1", "kind": "Crew"}]}}}});
    (Resource::new("example.dev/v1", "Fleet", "fleets", true), schema)
}

fn fleet() -> Value {
    json!({"apiVersion": "example.dev/v1", "kind": "Fleet",
        "metadata": {"name": "web", "namespace": "shop"}, "spec": {"template": {"spec": privileged()}}})
}

#[test]
fn a_custom_kind_that_embeds_pods_is_judged_and_one_that_does_not_is_not_listed() {
    let (fleets, schema) = fleets();
    let crews = Resource::new("example.dev/v1", "Crew", "crews", true);
    let server = ApiServer::new().serving(fleets, schema.clone()).serving(crews, schema);
    let live = server.with(fleet()).start();
    assert_eq!(live.seen(&[]).exits(1).found(), ["Fleet shop/web"]);
    let listed = listed(&live);
    assert!(listed.contains("/apis/example.dev/v1/fleets"), "{listed:?}");
    assert!(!listed.contains("/apis/example.dev/v1/crews"), "{listed:?}");
}

#[test]
fn without_discovery_the_built_in_kinds_are_judged_and_the_gap_is_said() {
    let live = server().with(deployment("api")).always("/apis", Reply::status(403, "no")).start();
    let seen = live.seen(&["--fail-on", "never"]);
    assert!(matches!(seen.run.code(), Some(0 | 3)));
    assert_eq!(seen.found(), ["Deployment shop/api", "Pod shop/web"]);
    assert!(seen.has_gap(&["discovery", "custom kinds are not seen"]), "{:?}", seen.gaps());
}

#[test]
fn without_schemas_every_custom_kind_is_listed_and_those_that_embed_pods_are_judged() {
    let (fleets, schema) = fleets();
    let crews = Resource::new("example.dev/v1", "Crew", "crews", true);
    let crew = json!({"apiVersion": "example.dev/v1", "kind": "Crew",
        "metadata": {"name": "red", "namespace": "shop"}, "spec": {"description": "none"}});
    for path in ["/openapi/v3", "/openapi/v3/apis/example.dev/v1"] {
        let server = server().serving(fleets.clone(), schema.clone());
        let server = server.serving(crews.clone(), schema.clone()).with(fleet()).with(crew.clone());
        let live = server.always(path, Reply::status(403, "no")).start();
        let seen = live.seen(&[]).exits(1);
        assert_eq!(seen.found(), ["Fleet shop/web", "Pod shop/web"]);
        assert!(listed(&live).contains("/apis/example.dev/v1/crews"), "{path}");
    }
}

#[test]
fn a_failed_aggregated_api_costs_nothing_else() {
    let metrics = Resource::new("metrics.k8s.io/v1beta1", "PodMetrics", "pods", true);
    let server = server().serving(metrics, json!({"components": {"schemas": {}}}));
    let gone = Reply::status(503, "the server is currently unable to handle the request");
    let live = server.always("/apis/metrics.k8s.io/v1beta1/pods", gone).start();
    let seen = live.seen(&[]).exits(1);
    assert_eq!((seen.found(), seen.gaps()), (vec!["Pod shop/web".to_owned()], vec![]));
}

// Replicas.

fn owned(mut object: Value, kind: &str, name: &str) -> Value {
    let api_version = if kind == "Job" { "batch/v1" } else { "apps/v1" };
    object["metadata"]["ownerReferences"] =
        json!([{"apiVersion": api_version, "kind": kind, "name": name, "controller": true}]);
    object
}

/// A pod as the API server completes it.
fn replica(workload: usize, number: usize) -> Value {
    let volume = format!("kube-api-access-{workload}x{number}");
    let spec = json!({
        "nodeName": format!("node-{number}"),
        "volumes": [{"name": volume, "projected": {"sources": []}}],
        "containers": [{"name": "main", "image": "main:1",
            "securityContext": {"privileged": workload == 0},
            "volumeMounts": [{"name": volume, "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount"}]}]});
    let metadata = json!({"name": format!("web-{workload}-abc-{number}"), "namespace": "shop",
        "labels": {"app": format!("web-{workload}"), "pod-template-hash": "abc"}});
    let pod = json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec});
    owned(pod, "ReplicaSet", &format!("web-{workload}-abc"))
}

fn replica_set(name: &str, of: &str, replicas: usize, privileged: bool) -> Value {
    let containers = json!([{"name": "main", "image": "main:1",
        "securityContext": {"privileged": privileged}}]);
    let set = json!({"apiVersion": "apps/v1", "kind": "ReplicaSet",
        "metadata": {"name": name, "namespace": "shop"},
        "spec": {"replicas": replicas, "template": {
            "metadata": {"labels": {"app": of, "pod-template-hash": "abc"}},
            "spec": {"containers": containers}}}});
    owned(set, "Deployment", of)
}

#[test]
fn three_thousand_replicas_are_ten_workloads() {
    let pods = (0..3_000).map(|number| replica(number % 10, number));
    let live = ApiServer::new().with_all(pods).start();
    let seen = live.seen(&[]).exits(1);
    assert_eq!(seen.objects(), 3_000);
    assert_eq!(seen.found(), ["Pod shop/web-0-abc-0"]);
    let findings = seen.json["findings"].as_array().unwrap();
    let pods = findings.iter().map(|it| &it["object"]).filter(|it| it["kind"] == "Pod");
    let objects: BTreeSet<String> = pods.map(ToString::to_string).collect();
    assert_eq!(objects.len(), 10);
}

#[test]
fn a_replica_that_asks_for_more_than_its_siblings_stands_for_itself() {
    let mut odd = replica(1, 50);
    odd["spec"]["containers"][0]["securityContext"]["privileged"] = true.into();
    let pods = (0..100).map(|number| replica(1, number));
    let live = ApiServer::new().with_all(pods).with(odd).start();
    assert_eq!(live.seen(&[]).exits(1).found(), ["Pod shop/web-1-abc-50"]);
}

#[test]
fn a_replica_set_that_its_controller_scaled_to_nothing_is_history() {
    let server = ApiServer::new()
        .with(replica_set("web-old", "web", 0, true))
        .with(replica_set("web-new", "web", 2, false));
    assert_eq!(server.start().seen(&[]).found(), [""; 0]);
    let server = ApiServer::new().with(replica_set("web-old", "web", 1, true));
    assert_eq!(server.start().seen(&[]).exits(1).found(), ["ReplicaSet shop/web-old"]);
}
