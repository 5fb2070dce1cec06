//! Inputs that are large in one dimension: bytes, values, lines, files, words.

use std::io::{self, Write};

use e2e::{Folder, PRIVILEGED_LINE, PRIVILEGED_POD};

const POD: (&str, u32) = ("pod.yaml", PRIVILEGED_LINE);

/// The size of a large file.
const LARGE: usize = 50_000_000;

/// The size of a file of brackets: there are many of them.
const BRACKETS: usize = 20_000_000;

/// What a pod of a large file says of itself. Its size is that of objects as they are, so that a file
/// is large by its bytes, and not by its findings.
fn about() -> String {
    "what it is for and who looks after it, ".repeat(11)
}

/// A folder with one sound file.
fn with_a_pod() -> Folder {
    Folder::with("pod.yaml", PRIVILEGED_POD)
}

#[test]
fn a_large_file_of_privileged_pods_is_judged_to_the_last() {
    let folder = Folder::new();
    let (pods, about) = (80_000, about());
    let size = folder.write("pods.yaml", |out| {
        (0..pods).try_for_each(|number| {
            write!(
                out,
                "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: pod-{number}\n  namespace: load\n  \
                annotations:\n    about: {about}\nspec:\n  containers:\n    - name: main\n      image: main:1\n      securityContext:\n        privileged: true\n"
            )
        })
    });
    assert!(size > 45_000_000, "{size}");
    let report = folder.scan().run().exits(1).report();
    assert_eq!(report.coverage.judged, pods);
    assert_eq!(report.found().len(), pods);
    assert_eq!(report.found().last(), Some(&("pods.yaml", 14 * 80_000)));
}

#[test]
fn a_large_json_list_on_one_line_is_judged_to_the_last() {
    let (folder, about) = (Folder::new(), about());
    let pod = |number| {
        format!(
            r#"{{"apiVersion":"v1","kind":"Pod","metadata":{{"name":"pod-{number}","namespace":"load","annotations":{{"about":"{about}"}}}},"spec":{{"containers":[{{"name":"main","image":"main:1","securityContext":{{"privileged":true}}}}]}}}}"#
        )
    };
    let pods = LARGE / pod(100_000).len();
    folder.write("list.json", |out| {
        write!(out, r#"{{"apiVersion":"v1","kind":"List","items":["#)?;
        (0..pods).try_for_each(|number| {
            write!(out, "{}{}", if number > 0 { "," } else { "" }, pod(number))
        })?;
        write!(out, "]}}")
    });
    let report = folder.scan().run().exits(1).report();
    assert_eq!(report.coverage.judged, pods);
    assert_eq!(report.found().len(), pods);
}

#[test]
fn a_large_scalar_is_read() {
    let folder = with_a_pod();
    folder.write("plain.yaml", |out| repeat(out, b"x", LARGE));
    folder.write("block.yaml", |out| {
        writeln!(out, "apiVersion: v1\nkind: ConfigMap\ndata:\n  long: |")?;
        repeat(out, b"    a line of text in a long text block\n", LARGE / 40)
    });
    folder.write("quoted.yaml", |out| {
        write!(out, "apiVersion: v1\nkind: ConfigMap\ndata:\n  long: \"")?;
        repeat(out, b"\\n\\x41", LARGE / 6)?;
        writeln!(out, "\"")
    });
    let report = folder.scan().run().exits(1).report();
    assert_eq!((report.inputs.files, report.inputs.objects), (4, 3));
    assert_eq!(report.skipped("not-kubernetes"), 1);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn large_files_of_brackets_take_no_more_memory_than_others() {
    for (start, part, end) in [
        ("items: [", "1,", "]"),
        ("items: [", "{},", "]"),
        ("items: [", "[],", "]"),
        ("items: {", "a,", "}"),
        ("", "- 1\n", ""),
        ("items: [", "\"\":,", "]"),
        ("items: [", "*a,", "]"),
        ("items: [", "&a ,", "]"),
        ("items: [", "!a ,", "]"),
        ("items: [", "[[[[", ""),
        ("items: ", "? ", ""),
        ("", "a\n: ", ""),
        ("", ": ", ""),
        ("items: ", "\"", ""),
        ("", "#\n", ""),
        ("", "%a\n", ""),
    ] {
        let folder = with_a_pod();
        folder.write("large.yaml", |out| {
            out.write_all(start.as_bytes())?;
            repeat(out, part.as_bytes(), BRACKETS / part.len())?;
            out.write_all(end.as_bytes())
        });
        let report = folder.scan().run().report();
        assert_eq!(report.found(), [POD], "{part:?}");
    }
}

#[test]
fn many_documents_that_are_dense_take_no_more_memory_than_one() {
    let folder = with_a_pod();
    folder.write("dense.yaml", |out| {
        (0..LARGE / 100_000).try_for_each(|_| {
            write!(out, "---\napiVersion: v1\nkind: Pod\nspec: {{containers: [")?;
            repeat(out, b"1,", 50_000)?;
            writeln!(out, "]}}")
        })
    });
    let report = folder.scan().run().exits(3).report();
    assert!(report.inputs.unreadable.iter().all(|it| it.line.is_some()));
    assert!(report.found().contains(&POD));
}

#[test]
fn a_flow_sequence_of_a_million_ones_is_stated() {
    let folder = with_a_pod();
    folder.write("ones.yaml", |out| {
        write!(out, "---\nkind: [")?;
        repeat(out, b"1,", 1_000_000)?;
        writeln!(out, "1]")
    });
    let report = folder.scan().run().exits(3).report();
    assert_eq!(report.unreadable(), [("ones.yaml", Some(2))]);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn very_long_keys_and_lines_are_read() {
    let folder = with_a_pod();
    folder.write("keys.yaml", |out| {
        write!(out, "apiVersion: v1\nkind: Pod\nmetadata:\n  ? ")?;
        repeat(out, b"k", 5_000_000)?;
        write!(out, "\n  : {{a: b}}\n  name: \"")?;
        repeat(out, b"n", 5_000_000)?;
        write!(out, "\"\nspec: {{hostNetwork: true, containers: [{{name: ")?;
        repeat(out, b"c", 5_000_000)?;
        writeln!(out, ", securityContext: {{privileged: true}}}}]}}")
    });
    let report = folder.scan().run().exits(1).report();
    assert_eq!(report.found(), [("keys.yaml", 7), POD]);
}

#[test]
fn a_key_that_yaml_bounds_is_stated_where_it_is_longer() {
    let folder = with_a_pod();
    folder.write("keys.yaml", |out| {
        write!(out, "kind: Pod\nmetadata: {{\n  labels: {{")?;
        repeat(out, b"l", 5_000_000)?;
        writeln!(out, ": b}}}}")
    });
    let report = folder.scan().run().exits(3).report();
    assert_eq!(report.unreadable(), [("keys.yaml", Some(3))]);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn a_million_document_marks_are_a_million_empty_documents() {
    let folder = with_a_pod();
    folder.write("marks.yaml", |out| repeat(out, b"---\n", 1_000_000));
    let report = folder.scan().run().exits(1).report();
    assert_eq!(report.inputs.documents, 1);
    assert_eq!(report.unreadable(), []);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn a_million_broken_documents_are_stated_one_by_one() {
    let folder = with_a_pod();
    folder.write("broken.yaml", |out| repeat(out, b"---\n[\n", 1_000_000));
    let report = folder.scan().run().exits(3).report();
    assert_eq!(report.inputs.unreadable.len(), 1_000_000);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn a_hundred_thousand_small_files_are_read() {
    let folder = Folder::new();
    for number in 0..100_000 {
        let name = format!("{}/{}.yaml", number / 1_000, number);
        folder.write(&name, |out| {
            writeln!(out, "apiVersion: v1\nkind: Pod\nmetadata: {{name: p{number}}}")
        });
    }
    let report = folder.and("pod.yaml", PRIVILEGED_POD).scan().run().exits(1).report();
    assert_eq!((report.inputs.files, report.inputs.objects), (100_001, 100_001));
    assert_eq!(report.found(), [POD]);
}

#[test]
fn a_mapping_of_many_repeated_keys_is_read() {
    let folder = with_a_pod();
    folder.write("twice.yaml", |out| {
        writeln!(out, "apiVersion: v1\nkind: ConfigMap\ndata:")?;
        (0..2).try_for_each(|_| {
            (0..400_000).try_for_each(|number| writeln!(out, "  key-{number}: a"))
        })
    });
    let report = folder.scan().run().exits(1).report();
    assert_eq!(report.inputs.objects, 2);
    assert_eq!(report.found(), [POD]);
}

#[test]
fn repeated_keys_around_a_large_value_move_it_once() {
    let folder = with_a_pod();
    folder.write("nested.yaml", |out| {
        repeat(out, b"{a: 1, a: ", 250)?;
        write!(out, "[")?;
        repeat(out, b"{k: v}, ", 5_000_000)?;
        write!(out, "]")?;
        repeat(out, b"}", 250)
    });
    let report = folder.scan().run().report();
    assert_eq!(report.found(), [POD]);
}

#[test]
fn a_pod_of_a_hundred_thousand_containers_is_judged_to_the_last() {
    let folder = Folder::new();
    let containers = 100_000;
    folder.write("pod.yaml", |out| {
        writeln!(
            out,
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: large}}\nspec:\n  containers:"
        )?;
        (0..containers).try_for_each(|number| {
            writeln!(out, "  - {{name: c-{number}, securityContext: {{privileged: true}}}}")
        })
    });
    let report = folder.scan().run().exits(1).report();
    assert_eq!(report.found().len(), containers);
}

#[test]
fn a_hundred_thousand_exceptions_are_held_against_a_hundred_thousand_findings() {
    let folder = Folder::new();
    folder.write("pods.yaml", |out| {
        (0..100_000).try_for_each(|number| {
            write!(
                out,
                "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: pod-{number}\n  annotations:\n    \
                ringfence.dev/accept: privileged-container owner=a reason=b\nspec:\n  containers:\n  \
                - {{name: main, securityContext: {{privileged: true}}}}\n"
            )
        })
    });
    let report = folder.scan().run().exits(0).report();
    assert_eq!(report.found().len(), 100_000);
}

#[test]
fn a_hundred_thousand_pods_of_one_large_template_are_folded() {
    let folder = with_a_pod();
    folder.write("pods.yaml", |out| {
        write!(out, "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {{name: rs}}\nspec: {{template: {{spec: {{containers: [")?;
        (0..100_000).try_for_each(|number| write!(out, "{{name: c{number}, image: i}}, "))?;
        writeln!(out, "]}}}}}}")?;
        (0..100_000).try_for_each(|number| {
            write!(
                out,
                "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p{number}, ownerReferences: [{{apiVersion: apps/v1, \
                kind: ReplicaSet, name: rs, controller: true}}]}}\nspec: {{containers: [{{name: main}}]}}\n"
            )
        })
    });
    let report = folder.scan().run().exits(1).report();
    assert_eq!(report.inputs.objects, 100_002);
}

#[test]
fn as_many_roles_bindings_policies_and_services_as_pods_are_judged() {
    let folder = with_a_pod();
    let namespaces = 25_000;
    folder.write("cluster.yaml", |out| (0..namespaces).try_for_each(|number| cluster(out, number)));
    let report = folder.scan().run().exits(1).report();
    assert_eq!(report.inputs.objects, namespaces * 6 + 1);
}

#[test]
fn one_namespace_may_hold_all_of_them() {
    let folder = with_a_pod();
    folder.write("cluster.yaml", |out| (0..10_000).try_for_each(|_| cluster(out, 0)));
    folder.write("others.yaml", |out| {
        (0..10_000).try_for_each(|number| {
            let mut text = Vec::new();
            cluster(&mut text, number)?;
            let text = String::from_utf8_lossy(&text).replace(&format!("ns-{number}"), "one");
            out.write_all(text.as_bytes())
        })
    });
    let report = folder.scan().run().exits(1).report();
    assert_eq!(report.inputs.objects, 120_001);
}

/// What a small team has in its namespace.
fn cluster(out: &mut impl Write, number: usize) -> io::Result<()> {
    write!(
        out,
        "---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {{name: role-{number}, namespace: ns-{number}}}
rules: [{{apiGroups: ['*'], resources: [secrets], verbs: [get]}}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {{name: binding-{number}, namespace: ns-{number}}}
roleRef: {{kind: Role, name: role-{number}}}
subjects: [{{kind: ServiceAccount, name: account-{number}}}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: policy-{number}, namespace: ns-{number}}}
spec: {{podSelector: {{matchLabels: {{app: a{number}}}}}, ingress: [{{from: [{{podSelector: {{}}}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: service-{number}, namespace: ns-{number}}}
spec: {{selector: {{app: a{number}}}, ports: [{{port: 80}}]}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: deployment-{number}, namespace: ns-{number}}}
spec: {{template: {{metadata: {{labels: {{app: a{number}}}}}, spec: {{serviceAccountName: account-{number}, containers: [{{name: main}}]}}}}}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {{name: account-{number}, namespace: ns-{number}}}
"
    )
}

fn repeat(out: &mut impl Write, part: &[u8], times: usize) -> io::Result<()> {
    (0..times).try_for_each(|_| out.write_all(part))
}
