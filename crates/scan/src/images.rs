//! The images that containers run, for exceptions that name some.

use std::collections::BTreeMap;

use finding::{Exception, Finding, Objects};
use model::{Image, Inventory};

/// The containers of the objects that such exceptions speak of, by name, with the repositories of their
/// images; nothing where an image is missing or no reference.
#[derive(Debug, Default)]
pub(crate) struct Images<'a>(BTreeMap<[&'a str; 4], Vec<(&'a str, Option<String>)>>);

impl<'a> Images<'a> {
    /// Looks at what the exceptions may cover.
    pub(crate) fn of(inventory: &'a Inventory, exceptions: &[&Exception]) -> Self {
        let mut asked: Vec<&Objects> = Vec::new();
        for exception in exceptions.iter().filter(|it| !it.part.images.is_empty()) {
            if !asked.contains(&&exception.objects) {
                asked.push(&exception.objects);
            }
        }
        let mut images = Self::default();
        if asked.is_empty() {
            return images;
        }
        for workload in inventory.workloads() {
            let id = workload.object().id();
            if asked.iter().any(|objects| objects.include(id)) {
                let containers =
                    workload.containers().map(|it| (it.name(), it.image().map(Image::full_name)));
                images.0.entry(id.identity()).or_default().extend(containers);
            }
        }
        images
    }

    /// Whether the container that a finding stands in, or else every container of its object, runs
    /// an image that the exception names. Where none is known, it is not.
    pub(crate) fn allow(&self, exception: &Exception, finding: &Finding) -> bool {
        if exception.part.images.is_empty() {
            return true;
        }
        let Some(known) = self.0.get(&finding.object.identity()) else { return false };
        let name = finding.container();
        let mut meant =
            known.iter().filter(|(other, _)| name.is_none_or(|name| name == *other)).peekable();
        let allowed = |image: &Option<String>| {
            image.as_deref().is_some_and(|image| exception.part.allows_image(image))
        };
        meant.peek().is_some() && meant.all(|(_, image)| allowed(image))
    }
}
