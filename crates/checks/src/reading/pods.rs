//! The pods of each namespace, as far as the input shows them.

use std::collections::{BTreeMap, BTreeSet};

use model::kinds::{self, Kind, namespaced};
use model::object::Labels;
use model::{Kinds, Object, Selector};

use crate::context::Cx;
use crate::reading::{gateway, selection};

/// Custom kinds of which an operator makes pods that files do not show.
const MAKERS: &[Kind] = &[
    namespaced("acid.zalan.do", "postgresql", "postgresqls"),
    namespaced("argoproj.io", "ArgoCD", "argocds"),
    namespaced("cassandra.datastax.com", "CassandraDatacenter", "cassandradatacenters"),
    namespaced("ceph.rook.io", "CephCluster", "cephclusters"),
    namespaced("ceph.rook.io", "CephFilesystem", "cephfilesystems"),
    namespaced("ceph.rook.io", "CephObjectStore", "cephobjectstores"),
    namespaced("elasticsearch.k8s.elastic.co", "Elasticsearch", "elasticsearches"),
    gateway::GATEWAY,
    namespaced("grafana.integreatly.org", "Grafana", "grafanas"),
    namespaced("install.istio.io", "IstioOperator", "istiooperators"),
    namespaced("jaegertracing.io", "Jaeger", "jaegers"),
    namespaced("k8s.keycloak.org", "Keycloak", "keycloaks"),
    namespaced("kafka.strimzi.io", "Kafka", "kafkas"),
    namespaced("kafka.strimzi.io", "KafkaConnect", "kafkaconnects"),
    namespaced("kibana.k8s.elastic.co", "Kibana", "kibanas"),
    namespaced("kubevirt.io", "VirtualMachine", "virtualmachines"),
    namespaced("minio.min.io", "Tenant", "tenants"),
    namespaced("mongodbcommunity.mongodb.com", "MongoDBCommunity", "mongodbcommunity"),
    namespaced("monitoring.coreos.com", "Alertmanager", "alertmanagers"),
    namespaced("monitoring.coreos.com", "Prometheus", "prometheuses"),
    namespaced("monitoring.coreos.com", "PrometheusAgent", "prometheusagents"),
    namespaced("monitoring.coreos.com", "ThanosRuler", "thanosrulers"),
    namespaced("operator.knative.dev", "KnativeServing", "knativeservings"),
    namespaced("opentelemetry.io", "OpenTelemetryCollector", "opentelemetrycollectors"),
    namespaced("postgres-operator.crunchydata.com", "PostgresCluster", "postgresclusters"),
    namespaced("postgresql.cnpg.io", "Cluster", "clusters"),
    namespaced("psmdb.percona.com", "PerconaServerMongoDB", "perconaservermongodbs"),
    namespaced("rabbitmq.com", "RabbitmqCluster", "rabbitmqclusters"),
    namespaced("redis.redis.opstreelabs.in", "Redis", "redis"),
    namespaced("tekton.dev", "PipelineRun", "pipelineruns"),
    namespaced("tekton.dev", "TaskRun", "taskruns"),
];

/// The kinds that [`Pods`] is made of: where one of them was not seen, no pod is known to be missing.
pub(crate) const AND_SERVICES: &[Kind] =
    &kinds::joined::<{ WORKLOADS.len() + 1 }>(&[kinds::SERVICE], WORKLOADS);

const WORKLOADS: &[Kind] = Kinds::WORKLOADS.built_in();

/// Whether an operator makes pods of an object. In files that is all there is to see of them; a
/// cluster shows the pods themselves, and need not be asked for these.
pub(crate) fn stands_for_pods(object: &Object) -> bool {
    let is = |kind: &Kind| kind.kind == object.kind() && kind.group == object.group();
    MAKERS.iter().any(is)
}

/// The namespaces in which an operator makes more than the input shows. A gateway makes nothing
/// beyond its own.
pub(crate) fn operated<'a>(cx: &Cx<'a>) -> BTreeSet<&'a str> {
    let makers = makers(cx).filter(|object| object.kind() != gateway::GATEWAY.kind);
    makers.map(gateway::namespace).collect()
}

fn makers<'a>(cx: &Cx<'a>) -> impl Iterator<Item = &'a Object> {
    let all = MAKERS.iter().flat_map(|kind| cx.inventory().of(*kind));
    all.filter(|object| object.origin().file().is_some())
}

/// The workloads of each namespace.
pub(crate) struct Pods<'b, 'a> {
    all: &'b selection::Pods<'a>,
    hidden: BTreeSet<&'a str>,
    services: BTreeMap<&'a str, Vec<Labels<'a>>>,
}

impl<'b, 'a> Pods<'b, 'a> {
    /// What an input shows.
    pub(crate) fn of(cx: &'b Cx<'a>) -> Self {
        let mut services: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for service in cx.inventory().of(kinds::SERVICE) {
            let labels = Labels::of(service.get("spec.selector"));
            services.entry(service.namespace()).or_default().push(labels);
        }
        Self { all: cx.pods(), hidden: makers(cx).map(gateway::namespace).collect(), services }
    }

    /// Whether a selector matches pods of a namespace.
    pub(crate) fn has(&self, namespace: &str, selector: &Selector<'_>) -> bool {
        self.all.selected(namespace, selector).next().is_some()
    }

    /// Whether a Service of a namespace asks for pods that a selector matches: then somebody makes
    /// them, even where the input does not show them.
    pub(crate) fn are_asked_for(
        &self,
        namespace: &str,
        selector: impl Fn(Labels<'_>) -> bool,
    ) -> bool {
        let mut services = self.services.get(namespace).into_iter().flatten();
        services.any(|labels| selector(*labels))
    }

    /// Whether the input shows pods of a namespace, and nothing of which an operator makes more.
    pub(crate) fn are_shown(&self, namespace: &str) -> bool {
        !self.all.within(namespace).is_empty() && !self.hidden.contains(namespace)
    }
}
