//! What the texts of a chart or kustomization say, for who holds them already: the fuzzer.

use std::sync::Arc;

use model::{Rendered, Rendering, Spot, Tree, Unreadable};

use super::file::{File, documents};
use super::kustomization::Kustomization;
use super::template::Template;
use super::values::Values;

/// Where a template or its values wrote each value of what was rendered, and would write others:
/// `template.yaml` and `values.yaml`.
pub fn template(text: &str, values: &str, rendered: &str) -> Vec<Spot> {
    let mut layers = Values::default();
    layers.add(Arc::new(File::of("values.yaml", values.to_owned())), &[]);
    let template = Template::new("template.yaml", text, Arc::new(layers));
    let (objects, _) = documents(rendered, 1);
    let rendering = Arc::new(Rendering::new("Chart.yaml".into(), None));
    let spots = |tree: &Tree| {
        let places = template.places(tree.root(), tree.len());
        let Rendered { spots, doors, .. } = places.of(Arc::clone(&rendering));
        spots.into_iter().chain(doors.into_iter().map(|door| door.spot))
    };
    objects.iter().flat_map(spots).collect()
}

/// The paths of what a kustomization builds on.
///
/// # Errors
/// Why it would not be built.
pub fn kustomization(text: &str) -> Result<Vec<String>, Unreadable> {
    let file = File::of("kustomization.yaml", text.to_owned());
    let kustomization = Kustomization { file, folder: String::new() };
    match kustomization.refusal() {
        Some(refusal) => Err(refusal),
        None => Ok(kustomization.parts().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_traced_to_the_line_that_wrote_it() {
        let text = "kind: Pod\nspec:\n  hostPID: true\n  nodeName: {{ .Values.node }}\n";
        let spots = template(text, "# where\nnode: a\n", "kind: Pod\nspec:\n  nodeName: a\n");
        let is_at =
            |file: &str, line| spots.iter().any(|it| &*it.file == file && it.at.line == line);
        assert!(is_at("values.yaml", 2) && is_at("template.yaml", 2));
    }

    #[test]
    fn what_would_be_fetched_is_refused_with_its_line() {
        let refused = kustomization("resources:\n- a.yaml\ncrds:\n- https://example.com/a\n");
        assert_eq!(refused.unwrap_err().line, Some(4));
        assert_eq!(kustomization("resources: [a.yaml, ../b]\n").unwrap(), ["a.yaml", "../b"]);
    }
}
