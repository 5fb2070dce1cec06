//! A well-known program under somebody's own name may be anything.

use finding::{Confidence, Fix, Severity};
use model::image::DOCKER_HUB;
use model::{Image, Kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Parameter, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "unofficial-image",
    title: "Well-known program comes from somebody else's repository",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    parameters: &[Parameter {
        name: "publishers",
        default: &[
            "amd64",
            "arm32v7",
            "arm64v8",
            "bitnami",
            "bitnamilegacy",
            "bitnamisecure",
            "chainguard",
            "cimg",
            "i386",
            "library",
            "mirantis",
            "nginxinc",
            "ppc64le",
            "rancher",
            "redhat",
            "riscv64",
            "s390x",
            "ubuntu",
            "vmware",
        ],
        about: "Names on Docker Hub whose images of well-known programs are trusted",
    }],
    frameworks: &[Attack("T1036"), Attack("T1195.002"), Owasp("K02")],
    effort: Hours(2),
    fix: Fix::Review("Run the official image, or build your own and keep it in your registry"),
    cel: Cel::Refused("which publishers are trusted is set by the user, not by the check"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unofficial_image.md"))
};

/// Programs whose makers, or Docker, publish an image of just this name.
#[rustfmt::skip] // a list of words
const WELL_KNOWN: &[&str] = &[
    "alpine", "busybox", "caddy", "cassandra", "centos", "consul", "debian", "docker",
    "elasticsearch", "fedora", "golang", "haproxy", "httpd", "influxdb", "java", "jenkins", "kibana",
    "logstash", "mariadb", "memcached", "mongo", "mongodb", "mysql", "nats", "neo4j", "nginx", "node",
    "openjdk", "php", "postgres", "postgresql", "python", "rabbitmq", "redis", "registry", "ruby",
    "rust", "solr", "sonarqube", "tomcat", "traefik", "ubuntu", "vault", "wordpress", "zookeeper",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let publishers = CHECK.words(cx, "publishers");
    for container in cx.containers() {
        let Some(image) = container.image() else { continue };
        let Some(publisher) = publisher(image).filter(|it| !publishers.contains(it)) else {
            continue;
        };
        // Its maker publishes it: `traefik/traefik`.
        if WELL_KNOWN.contains(&image.name()) && !publisher.starts_with(image.name()) {
            let (name, of) = (image.name(), container.name());
            let message =
                format!("container {of} runs {name} as {publisher} built it, on Docker Hub");
            out.push(CHECK.at(&container.place("image"), message));
        }
    }
}

fn publisher(image: Image<'_>) -> Option<&str> {
    let (publisher, _) = image.repository.split_once('/')?;
    (image.host() == DOCKER_HUB).then_some(publisher)
}
