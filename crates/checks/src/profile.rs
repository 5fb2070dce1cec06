//! Choices among the checks that have a name: a standard, a ring of defence, a reader.

use crate::check::{Audience, Check, Framework, Profile as Standard};

/// A choice among the checks.
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    /// Its name.
    pub name: &'static str,
    /// What it chooses, in half a sentence.
    pub about: &'static str,
    chooses: fn(&Check) -> bool,
}

/// All profiles.
pub const PROFILES: &[Profile] = &[
    Profile {
        name: "pss-baseline",
        about: "the Pod Security Standard baseline, exactly",
        chooses: |check| check.frameworks.contains(&Framework::Pss(Standard::Baseline)),
    },
    Profile {
        name: "pss-restricted",
        about: "the Pod Security Standard restricted, exactly",
        chooses: |check| check.frameworks.iter().any(|it| matches!(it, Framework::Pss(_))),
    },
    Profile {
        name: "nsa",
        about: "the hardening guidance of NSA and CISA",
        chooses: |check| check.frameworks.iter().any(|it| matches!(it, Framework::Nsa(_))),
    },
    Profile {
        name: "cis",
        about: "the CIS Kubernetes Benchmark",
        chooses: |check| check.frameworks.iter().any(|it| matches!(it, Framework::Cis(_))),
    },
    Profile {
        name: "owasp",
        about: "the OWASP Kubernetes Top Ten",
        chooses: |check| check.frameworks.iter().any(|it| matches!(it, Framework::Owasp(_))),
    },
    Profile {
        name: "mitre",
        about: "techniques of MITRE ATT&CK",
        chooses: |check| check.frameworks.iter().any(|it| matches!(it, Framework::Attack(_))),
    },
    ring("ring-5", "what the outside can reach", |check| check.ring.number() >= 5),
    ring("ring-4", "rings 5 and 4: and tenancy, known threats inside", |check| {
        check.ring.number() >= 4
    }),
    ring("ring-3", "rings 5 to 3: and identity, access, logging, transport", |check| {
        check.ring.number() >= 3
    }),
    ring("ring-2", "rings 5 to 2: and production-grade admission and pods", |check| {
        check.ring.number() >= 2
    }),
    ring("ring-1", "rings 5 to 1: and what goes beyond production grade", |_| true),
    Profile {
        name: "developer",
        about: "what whoever writes a workload can mend",
        chooses: |check| check.audience == Audience::Developer,
    },
    Profile {
        name: "platform",
        about: "what whoever runs the cluster can mend",
        chooses: |check| check.audience == Audience::Platform,
    },
];

const fn ring(name: &'static str, about: &'static str, chooses: fn(&Check) -> bool) -> Profile {
    Profile { name, about, chooses }
}

impl Profile {
    /// The profile of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PROFILES.iter().find(|profile| profile.name == name)
    }

    /// Whether it chooses a check.
    pub fn chooses(&self, check: &Check) -> bool {
        (self.chooses)(check)
    }
}
