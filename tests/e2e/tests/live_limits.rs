//! A cluster that is slow, broken, endless or lying: every scan of it ends, says what it did not see,
//! and never looks clean.
#![allow(clippy::disallowed_methods, reason = "that a scan ends at all is held against the clock")]

use std::time::Instant;

use e2e::api_server::{ApiServer, Live, Reply, Seen};
use e2e::{Run, binary};
use serde_json::{Value, json};

const PODS: &str = "/api/v1/pods";

fn pod(name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": "shop"},
        "spec": {"containers": [{"name": "main", "securityContext": {"privileged": true}}]}})
}

/// A server with something to find beside its pods.
fn server() -> ApiServer {
    ApiServer::new().with(pod("web")).with(json!({
        "apiVersion": "apps/v1", "kind": "DaemonSet",
        "metadata": {"name": "watched", "namespace": "shop"},
        "spec": {"template": {"spec": {"containers": [
            {"name": "main", "securityContext": {"privileged": true}}]}}}
    }))
}

/// A list of pods, with more to come where a token is given.
fn page(pods: &[&str], next: &str) -> String {
    let items: Vec<Value> = pods.iter().map(|name| pod(name)).collect();
    json!({"kind": "PodList", "apiVersion": "v1", "metadata": {"continue": next}, "items": items})
        .to_string()
}

/// Scans with a short patience, and holds that it ends in time.
fn scan(live: &Live) -> Run {
    // It may have to be built first.
    binary::path();
    let start = Instant::now();
    let run = live.scan(&["--timeout", "1"]).run();
    assert!(start.elapsed().as_secs() < 60, "it took {:?}", start.elapsed());
    run
}

/// That the list of pods failed, why, and that the rest was judged.
fn fails(server: ApiServer, why: &str) {
    let live = server.start();
    let seen = Seen::of(scan(&live)).exits(3);
    assert!(seen.has_gap(&["pods", why]), "{why}: {:?}", seen.gaps());
    assert!(seen.found().contains(&"DaemonSet shop/watched".to_owned()), "{:?}", seen.found());
}

#[test]
fn a_list_of_another_kind_is_not_believed() {
    let secrets = page(&["web"], "").replace("PodList", "SecretList");
    fails(server().always(PODS, Reply::json(secrets)), "SecretList");
}

#[test]
fn objects_without_a_name_are_not_believed() {
    fails(server().always(PODS, Reply::json(page(&["web", ""], ""))), "without a name");
}

#[test]
fn a_web_page_is_not_believed() {
    fails(server().always(PODS, Reply::web_page()), "web page");
}

#[test]
fn what_is_no_json_is_not_believed() {
    for text in ["", "null", "[]", "{", "<html>", "{\"kind\": \"PodList\", \"items\": 1}"] {
        fails(server().always(PODS, Reply::json(text)), "not the list");
    }
}

#[test]
fn a_list_nested_ever_deeper_costs_nothing_but_itself() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let start = "{\"kind\":\"PodList\",\"items\":[{\"metadata\":{\"name\":\"a\"},\"spec\":";
        let open_end = [start, &open.repeat(100_000)].concat();
        fails(server().always(PODS, Reply::json(&*open_end)), "not the list");
        let whole = [&open_end, "0", &close.repeat(100_000), "}]}"].concat();
        fails(server().always(PODS, Reply::json(whole)), "not the list");
    }
}

#[test]
fn text_that_is_no_utf_8_is_not_believed() {
    let mut bytes = page(&["web"], "").into_bytes();
    let place = bytes.windows(3).position(|it| it == b"web").expect("the name is there");
    bytes[place] = 0xFF;
    fails(server().always(PODS, Reply::json(bytes)), "not the list");
}

#[test]
fn a_page_that_breaks_off_is_asked_for_again() {
    let body = page(&["web"], "");
    for broken in [Reply::cut(&*body), Reply::without_last_chunk(&*body), Reply::closed()] {
        let live = server().first(PODS, vec![broken]).start();
        let seen = Seen::of(scan(&live)).exits(1);
        assert_eq!(seen.gaps(), [""; 0]);
        assert_eq!(seen.objects(), 2);
    }
}

#[test]
fn a_page_that_always_breaks_off_is_a_gap() {
    let body = page(&["web"], "");
    fails(server().always(PODS, Reply::cut(&*body)), "broke off");
    fails(server().always(PODS, Reply::without_last_chunk(&*body)), "broke off");
    fails(server().always(PODS, Reply::closed()), "connection closed");
}

#[test]
fn chunks_are_as_good_as_a_length() {
    let body = page(&["web"], "");
    let seen = Seen::of(scan(&server().always(PODS, Reply::chunked(body)).start())).exits(1);
    assert_eq!(seen.objects(), 2);
}

#[test]
fn a_page_without_end_is_a_gap() {
    let endless = Reply::endless("{\"kind\":\"PodList\",\"items\":[", "{},".repeat(30_000));
    fails(server().always(PODS, endless), "larger than");
}

#[test]
fn silence_is_not_waited_for_again_and_again() {
    for silent in [Reply::silent(), Reply::silent_after_head(), Reply::dripping()] {
        let seen = Seen::of(scan(&server().always(PODS, silent).start()));
        assert!(matches!(seen.run.code(), Some(3 | 4)), "{:?}", seen.run.code());
        assert!(seen.has_gap(&["pods", "--timeout"]), "{:?}", seen.gaps());
    }
}

#[test]
fn a_server_that_never_says_a_word_is_4() {
    for silent in [Reply::silent(), Reply::silent_after_head(), Reply::dripping()] {
        let run = scan(&server().always("/version", silent).start()).exits(4);
        assert!(run.stderr().contains("--timeout"), "{}", run.stderr());
    }
}

#[test]
fn pages_that_lead_to_themselves_end() {
    let server = server().always(PODS, Reply::json(page(&["web"], "same")));
    fails(server, "leads to itself");
}

#[test]
fn pages_that_lead_from_one_to_the_other_and_back_end() {
    let server = server().when(|request| {
        let next = if request.asks("continue") == Some("a") { "b" } else { "a" };
        (request.path == PODS).then(|| Reply::json(page(&["web"], next)))
    });
    fails(server, "the rest was not read");
}

#[test]
fn empty_pages_without_end_end() {
    let server = server().when(|request| {
        let number: usize = request.asks("continue").and_then(|it| it.parse().ok()).unwrap_or(0);
        (request.path == PODS).then(|| Reply::json(page(&[], &(number + 1).to_string())))
    });
    fails(server, "empty");
}

#[test]
fn ever_new_pods_without_end_end() {
    let server = server().when(|request| {
        let number: usize = request.asks("continue").and_then(|it| it.parse().ok()).unwrap_or(0);
        let name = format!("web-{number}");
        (request.path == PODS).then(|| Reply::json(page(&[&name], &(number + 1).to_string())))
    });
    fails(server, "the rest was not read");
}

#[test]
fn a_token_that_always_expires_is_given_up() {
    let server = server().paged(1).with(pod("second")).when(|request| {
        let later = request.path == PODS && request.asks("continue").is_some();
        later.then(|| Reply::expired(None))
    });
    fails(server, "410");
}

#[test]
fn compressed_pages_are_read_and_a_bomb_is_not() {
    let body = Reply::json(page(&["web"], "")).compressed();
    let live = server().always(PODS, body).start();
    assert_eq!(Seen::of(scan(&live)).exits(1).objects(), 2);
    let bomb = Reply::json(" ".repeat(1 << 20)).compressed_over_and_over(4096);
    fails(server().always(PODS, bomb), "larger than");
}

#[test]
fn what_only_says_that_it_is_compressed_is_a_gap() {
    let lie = Reply::json(page(&["web"], "")).with("content-encoding", "gzip");
    fails(server().always(PODS, lie), "");
}

#[test]
fn a_discovery_that_lies_is_a_gap_and_the_built_in_kinds_are_judged() {
    for lie in [
        "",
        "[]",
        "{}",
        "{\"kind\": \"APIGroupList\"}",
        "{\"kind\": \"APIGroupDiscoveryList\", \"items\": 7}",
    ] {
        let seen = Seen::of(scan(&server().always("/apis", Reply::json(lie)).start())).exits(3);
        assert!(seen.has_gap(&["discovery"]), "{lie}: {:?}", seen.gaps());
        assert_eq!(seen.objects(), 2, "{lie}");
    }
}
