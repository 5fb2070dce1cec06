//! `JUnit`, CSV and OCSF mean to their readers what the JSON report says. Oracles: junitparser, Python's
//! own reader of CSV, the published schema of OCSF 1.5 and the models of py-ocsf-models.

use std::collections::BTreeSet;

use consumers::{Sample, python, sample};
use serde_json::Value;

fn number(values: &Value, is_meant: impl Fn(&Value) -> bool) -> usize {
    values.as_array().expect("a list").iter().filter(|it| is_meant(it)).count()
}

#[test]
fn a_reader_of_junit_sees_each_finding_in_its_state() {
    let sample = Sample::new();
    let [open, accepted, known] = sample::states(&sample.report());
    let cases = python::understood("junit.py", &sample.written("junit"));
    let of = |kind: &str| number(&cases, |case| case["results"][0][0] == kind);
    assert_eq!((of("failure"), of("skipped"), of("error")), (open, accepted + known, 1));
    let names: Vec<&str> = strings(&cases, "name");
    assert!(names.iter().any(|it| it.contains("<script>document.title='owned'</script>")));
    assert!(names.iter().any(|it| it.contains("]]><error message='owned'/>&amp;")));
}

#[test]
fn a_reader_of_csv_sees_a_row_for_each_finding_and_no_formula() {
    let sample = Sample::new();
    let report = sample.report();
    let [open, accepted, known] = sample::states(&report);
    let rows = python::understood("csv_rows.py", &sample.written("csv"));
    let of = |state: &str| number(&rows, |row| row["state"] == state);
    let states = ["open", "accepted", "known", "unreadable"].map(of);
    assert_eq!(states, [open, accepted, known, 1]);
    let written: BTreeSet<&str> =
        strings(&rows, "fingerprint").into_iter().filter(|it| !it.is_empty()).collect();
    assert_eq!(written, strings(&report["findings"], "fingerprint").into_iter().collect());
    for row in rows.as_array().expect("rows") {
        for cell in row.as_object().expect("a row has columns").values() {
            let cell = cell.as_str().expect("a cell is text");
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
}

#[test]
fn events_follow_the_schema_of_ocsf() {
    let sample = Sample::new();
    let [open, accepted, known] = sample::states(&sample.report());
    let events = python::understood("ocsf.py", &sample.written("ocsf"));
    let with = |status: u64| number(&events, |event| event[1] == status);
    assert_eq!([with(1), with(3), with(99)], [open + 1, accepted, known]);
    assert_eq!(number(&events, |event| event[2] == 2), 1, "what could not be read is no verdict");
}

fn strings<'a>(values: &'a Value, member: &str) -> Vec<&'a str> {
    let values = values.as_array().expect("a list");
    values.iter().filter_map(|it| it[member].as_str()).collect()
}
