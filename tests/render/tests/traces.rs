//! Where values were written, by the programs that render them: a place is the right one if what is
//! changed there changes what is rendered.
#![allow(clippy::disallowed_methods, reason = "a test copies its fixtures and changes them")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use e2e::Folder;
use model::{Shows, Spot};
use render::fixtures::fixtures;
use render::rendered::{Values, place, read, values};

const PROD: &str = "prod=values-prod.yaml";
const DEV: &str = "dev=values-dev.yaml";

/// Changes each place that is said to be that of a value, one after another, and holds what is
/// rendered then against what was. Gives how many places there were.
fn change_all(folder: &Path, variants: &[&str]) -> usize {
    let before = values(&read(folder, variants));
    let is_certain = |spot: &&Spot| spot.shows == Shows::Value;
    let place = |spot: &Spot| (spot.file.to_string(), spot.at.line, spot.at.column);
    let spots = before.iter().filter(|((_, _, path), _)| !is_identity(path));
    let spots = spots.map(|(_, (_, spot))| spot).filter(is_certain);
    let places: BTreeSet<_> = spots.map(place).collect();
    for (file, line, column) in &places {
        let text = fs::read_to_string(file).expect("it can be read");
        fs::write(file, changed(&text, *line, *column)).expect("it can be written");
        let reading = read(folder, variants);
        let after = values(&reading);
        for (key, (value, spot)) in &before {
            let is_here =
                place(spot) == (file.clone(), *line, *column) && spot.shows == Shows::Value;
            let same = after.get(key).is_some_and(|(now, _)| now == value);
            let said = &reading.inputs.unreadable;
            assert!(!is_here || !same, "{key:?} is not made at {file}:{line}:{column} {said:?}");
        }
        fs::write(file, text).expect("it can be written");
    }
    places.len()
}

/// What tells which object or item it is.
fn is_identity(path: &str) -> bool {
    ["apiVersion", "kind", "metadata.name"].contains(&path) || path.ends_with("].name")
}

/// A text with another scalar at a place: behind the key, if there is one.
fn changed(text: &str, line: u32, column: u32) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let own = &mut lines[line as usize - 1];
    let at = own.char_indices().nth(column as usize - 1).expect("it is on the line").0;
    let (before, rest) = own.split_at(at);
    let key = rest.find(": ").map_or(0, |it| it + 2);
    let (key, rest) = rest.split_at(key);
    let end = rest.find([',', '}', ']', '#']).unwrap_or(rest.len());
    let (value, behind) = rest.split_at(end);
    let other = match value.trim() {
        "true" => "false".to_owned(),
        "false" => "true".to_owned(),
        number if number.parse::<u32>().is_ok() => format!("1{number}"),
        quoted if quoted.ends_with(['"', '\'']) => {
            quoted.replacen(&quoted[..1], &format!("{}z", &quoted[..1]), 1)
        }
        text => format!("{text}z"),
    };
    *own = format!("{before}{key}{other} {behind}");
    lines.join("\n") + "\n"
}

fn share_that_is_certain(values: &Values) -> usize {
    let certain = values.values().filter(|(_, spot)| spot.shows != Shows::Around).count();
    certain * 100 / values.len()
}

#[test]
fn what_is_changed_where_a_chart_is_said_to_say_it_is_rendered() {
    let (_own, folder) = fixtures("shop");
    let places = change_all(&folder, &[PROD, DEV]);
    assert!(places > 25, "only {places} places");
}

#[test]
fn what_is_changed_where_a_kustomization_is_said_to_say_it_is_built() {
    let (_own, folder) = fixtures("app");
    let places = change_all(&folder, &[]);
    assert!(places > 12, "only {places} places");
}

#[test]
fn the_values_of_a_chart_stand_in_its_template_or_its_values() {
    let (_own, folder) = fixtures("shop");
    let reading = read(&folder, &[PROD, DEV]);
    assert_eq!(reading.inputs.unreadable, []);
    let values = values(&reading);
    let at = |rendering, object, path| place(&values, &folder, [rendering, object, path]);
    let (prod, dev) = ("(prod)", "(dev)");
    let deployment = "Deployment default/shop-shop";
    let container = |path: &str| format!("spec.template.spec.containers[shop].{path}");
    let image = container("image");
    let value = |place: &str| (place.to_owned(), Shows::Value);
    let field = |place: &str| (place.to_owned(), Shows::Field);
    let template = "templates/deployment.yaml";
    assert_eq!(at(prod, deployment, "spec.replicas"), value("values-prod.yaml:1"));
    assert_eq!(at(dev, deployment, "spec.replicas"), value("values.yaml:1"));
    let privileged = container("securityContext.privileged");
    assert_eq!(at(prod, deployment, &privileged), value("values-prod.yaml:3"));
    assert_eq!(at(dev, deployment, &privileged), value("values.yaml:10"));
    assert_eq!(at(prod, deployment, &image), field(&format!("{template}:28")));
    assert_eq!(
        at(prod, deployment, "spec.template.spec.hostNetwork"),
        value(&format!("{template}:47"))
    );
    let grace = "spec.template.spec.terminationGracePeriodSeconds";
    assert_eq!(at(prod, deployment, grace), value(&format!("{template}:22")));
    assert_eq!(at(dev, deployment, grace), value(&format!("{template}:24")));
    let non_root = "spec.template.spec.securityContext.runAsNonRoot";
    assert_eq!(at(prod, deployment, non_root), value("values.yaml:8"));
    let cache = "Pod default/shop-cache";
    let port = "spec.containers[cache].ports[0].containerPort";
    assert_eq!(at(prod, cache, port), value("values.yaml:29"));
    assert_eq!(
        at(prod, cache, "spec.containers[cache].image"),
        value("charts/cache/values.yaml:1")
    );
    let job = "Job default/shop-migrate";
    assert_eq!(at(prod, job, "spec.template.spec.hostPID"), value("templates/migrate.yaml:13"));
    let share = share_that_is_certain(&values);
    assert!(share >= 75, "only {share} % of the values are traced");
}

#[test]
fn the_values_of_a_kustomization_stand_in_its_resources_and_patches() {
    let (_own, folder) = fixtures("app");
    let reading = read(&folder, &[]);
    assert_eq!(reading.inputs.unreadable, []);
    let values = values(&reading);
    let at = |rendering, object, path| place(&values, &folder, [rendering, object, path]);
    let value = |place: &str| (place.to_owned(), Shows::Value);
    let (dev, prod) = ("dev/kustomization.yaml", "prod/kustomization.yaml");
    let (in_dev, in_prod) = ("Deployment default/web-dev", "Deployment shop/prod-web");
    let base = |line: u32| value(&format!("base/deployment.yaml:{line}"));
    assert_eq!(at(dev, in_dev, "spec.template.spec.hostNetwork"), base(13));
    assert_eq!(at(dev, in_dev, "spec.replicas"), base(6));
    assert_eq!(at(prod, in_prod, "spec.replicas"), value("overlays/prod/patch.yaml:6"));
    let privileged = "spec.template.spec.containers[web].securityContext.privileged";
    assert_eq!(at(prod, in_prod, privileged), value("overlays/prod/patch.yaml:12"));
    let pid = "spec.template.spec.hostPID";
    assert_eq!(at(dev, in_dev, pid), value("parts/debug/kustomization.yaml:8"));
    let service = ["Service default/web-dev", "Service shop/prod-web"];
    assert_eq!(at(dev, service[0], "spec.type"), base(26));
    assert_eq!(at(prod, service[1], "spec.type"), value("overlays/prod/kustomization.yaml:18"));
    let log = "spec.template.spec.containers[log].image";
    assert_eq!(at(dev, in_dev, log), base(19));
    assert_eq!(at(prod, in_prod, log).1, Shows::Around);
}

#[test]
fn what_stands_in_a_rendered_kustomization_is_judged_as_it_is_built_alone() {
    let (_own, folder) = fixtures("app");
    let reading = read(&folder, &[]);
    assert!(reading.objects.iter().all(|it| it.kind() != "Deployment" || it.name() != "web"));
    let deployments = reading.objects.iter().filter(|it| it.kind() == "Deployment");
    assert_eq!(deployments.count(), 2);
}

#[test]
fn a_chart_that_fails_is_told_with_what_helm_says() {
    let folder = Folder::with("Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n")
        .and("templates/a.yaml", "{{ fail \"no database is set\" }}\n");
    let reading = read(&folder.path(""), &[]);
    let [unreadable] = reading.inputs.unreadable.as_slice() else { panic!("{:?}", reading.inputs) };
    assert!(unreadable.reason.contains("no database is set"), "{}", unreadable.reason);
}

#[test]
fn a_chart_that_calls_itself_for_ever_is_told() {
    let folder = Folder::with("Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n").and(
        "templates/a.yaml",
        "{{ define \"a\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}\n",
    );
    let reading = read(&folder.path(""), &[]);
    assert_eq!(reading.inputs.unreadable.len(), 1);
}

#[test]
fn the_same_folder_renders_to_the_same() {
    let (_own, folder) = fixtures("shop");
    assert_eq!(values(&read(&folder, &[PROD, DEV])), values(&read(&folder, &[PROD, DEV])));
}
