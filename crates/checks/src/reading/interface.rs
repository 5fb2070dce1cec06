//! Well-known programs that people administer things with, by their images.

use model::tree::Node;
use model::{Container, Image};

/// A program with an interface that administers something.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interface {
    /// The last part of its image's name, or more of it where that alone is too common.
    image: &'static str,
    /// What people call it.
    pub(crate) name: &'static str,
    /// Whether it asks callers to sign in unless it is told not to.
    pub(crate) asks: bool,
}

const fn asking(image: &'static str, name: &'static str) -> Interface {
    Interface { image, name, asks: true }
}

const fn silent(image: &'static str, name: &'static str) -> Interface {
    Interface { image, name, asks: false }
}

const INTERFACES: &[Interface] = &[
    silent("akhq", "AKHQ"),
    silent("alertmanager", "Alertmanager"),
    asking("argocli", "Argo Workflows"),
    asking("argoproj/argocd", "Argo CD"),
    silent("cadvisor", "cAdvisor"),
    silent("cerebro", "Cerebro"),
    silent("centraldashboard", "Kubeflow"),
    asking("dashboard-web", "the Kubernetes Dashboard"),
    asking("grafana", "Grafana"),
    asking("grafana-oss", "Grafana"),
    asking("headlamp", "Headlamp"),
    silent("hubble-ui", "Hubble"),
    silent("jaegertracing/all-in-one", "Jaeger"),
    silent("jaeger-query", "Jaeger"),
    asking("jenkins", "Jenkins"),
    silent("kafdrop", "Kafdrop"),
    silent("kafka-ui", "Kafka UI"),
    asking("kiali", "Kiali"),
    asking("kibana", "Kibana"),
    silent("kubecost/frontend", "Kubecost"),
    asking("kubernetes-dashboard", "the Kubernetes Dashboard"),
    asking("kubernetes-dashboard-amd64", "the Kubernetes Dashboard"),
    asking("kubernetesui/dashboard", "the Kubernetes Dashboard"),
    silent("longhorn-ui", "Longhorn"),
    asking("mongo-express", "mongo-express"),
    silent("octant", "Octant"),
    silent("opencost-ui", "OpenCost"),
    asking("pgadmin4", "pgAdmin"),
    asking("phpmyadmin", "phpMyAdmin"),
    asking("portainer", "Portainer"),
    asking("portainer-ce", "Portainer"),
    silent("bitnami/prometheus", "Prometheus"),
    silent("prom/prometheus", "Prometheus"),
    silent("prometheus/prometheus", "Prometheus"),
    silent("redis-commander", "Redis Commander"),
    silent("weaveworks/scope", "Weave Scope"),
    silent("zipkin", "Zipkin"),
];

impl Interface {
    /// The one that a container runs, if it runs one.
    pub(crate) fn of(container: &Container<'_>) -> Option<&'static Self> {
        let image = Image::parse(container.node().get("image").and_then(Node::as_str)?);
        let repository = format!("/{}", image.repository);
        let is = |known: &&Interface| {
            let long = known.image.contains('/');
            long && repository.ends_with(&format!("/{}", known.image))
                || !long && image.name() == known.image
        };
        INTERFACES.iter().find(is)
    }
}

/// Whether a container runs the Kubernetes Dashboard: its web part or its API.
pub(crate) fn is_dashboard(container: &Container<'_>) -> bool {
    let image = container.node().get("image").and_then(Node::as_str);
    image.map(Image::parse).is_some_and(|image| {
        matches!(image.name(), "kubernetes-dashboard" | "kubernetes-dashboard-amd64")
            || ["dashboard", "dashboard-web", "dashboard-api"].iter().any(|name| {
                ["kubernetesui", "kubernetes-dashboard"].iter().any(|maker| {
                    format!("/{}", image.repository).ends_with(&format!("/{maker}/{name}"))
                })
            })
    })
}
