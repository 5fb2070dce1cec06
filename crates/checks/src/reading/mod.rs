//! What checks of one subject share: how parts of an inventory read. Nothing here judges.
//!
//! | room | holds |
//! | --- | --- |
//! | `account` | which service accounts are in view, and whether pods get their tokens |
//! | `advisory` | holes in programs that hold a cluster |
//! | `allowance` | what containers ask for and may use, defaults of their namespace included |
//! | `api_history` | which versions of APIs were served, and until when |
//! | `api_server` | the API server as it is started: its flags and what their absence means |
//! | `argument` | the flag of a component where a finding names it, and what sets it |
//! | `audit_policy` | which rules of an audit policy a request meets |
//! | `autoscaler` | what scales a workload, and between which bounds |
//! | `budget` | how many pods a disruption budget keeps |
//! | `capability` | Linux capabilities, and which of them reach the node |
//! | `component_flag` | how the flags of components read |
//! | `controller` | what keeps pods running, and how many |
//! | `environment` | whether a namespace is production, development or another environment |
//! | `etcd` | where an etcd listens, and whom it lets in |
//! | `exposure` | what leads from outside the cluster to its pods |
//! | `gateway` | the Gateway API: gateways, routes and what they lead to |
//! | `host_path` | what a path of the node holds |
//! | `idle` | containers that do nothing but stay |
//! | `ingress` | ingresses: their controllers, hosts and what they lead to |
//! | `interface` | well-known programs that people administer things with |
//! | `istio` | the kinds of Istio, and what is in its mesh |
//! | `json` | values as JSON, which changes are written in |
//! | `kubelet_setting` | what a kubelet is told, in its file or by its flags |
//! | `load_balancer` | whether a load balancer is internal, and whom it admits |
//! | `neighbour` | which objects stand beside each other |
//! | `node_version` | versions of Kubernetes that nodes and control planes run |
//! | `observed` | Services that only those call who watch the pods |
//! | `pipeline` | workflows of GitHub Actions and pipelines of GitLab |
//! | `pod_security` | whom the Pod Security Standards let be |
//! | `pod_security_level` | the levels of Pod Security that namespaces ask for |
//! | `pods` | the pods of each namespace, as far as the input shows them |
//! | `policy_engine` | admission policies of several makers, and whether they refuse anything |
//! | `power` | what a rule of a role allows that is a danger, and its twin in CEL |
//! | `probe` | what a probe asks |
//! | `registry` | lists of registries and repositories, as users write them |
//! | `release` | versions of programs |
//! | `script` | the programs that a container calls |
//! | `secret` | what a Secret holds, decoded |
//! | `selection` | which pods of a namespace a selector picks |
//! | `services` | the Services of each namespace, as far as the input shows them |
//! | `small_role` | roles that open so little that it matters little who has them |
//! | `star` | what the stars of a rule reach, and of which of it another check speaks |
//! | `volume_plugin` | plugins for volumes that Kubernetes had once |
//! | `webhook` | admission webhooks: when they are called, and what if they do not answer |

pub(crate) mod account;
pub(crate) mod advisory;
pub(crate) mod allowance;
pub(crate) mod api_history;
pub(crate) mod api_server;
pub(crate) mod argument;
pub(crate) mod audit_policy;
pub(crate) mod autoscaler;
pub(crate) mod budget;
pub(crate) mod capability;
pub(crate) mod component_flag;
pub(crate) mod controller;
pub mod environment;
pub(crate) mod etcd;
pub(crate) mod exposure;
pub(crate) mod gateway;
pub(crate) mod host_path;
pub(crate) mod idle;
pub(crate) mod ingress;
pub(crate) mod interface;
pub(crate) mod istio;
pub(crate) mod json;
pub(crate) mod kubelet_setting;
pub(crate) mod load_balancer;
pub(crate) mod neighbour;
pub(crate) mod node_version;
pub(crate) mod observed;
pub(crate) mod pipeline;
pub(crate) mod pod_security;
pub(crate) mod pod_security_level;
pub(crate) mod pods;
pub(crate) mod policy_engine;
pub(crate) mod power;
pub(crate) mod probe;
pub(crate) mod registry;
pub(crate) mod release;
pub(crate) mod script;
pub(crate) mod secret;
pub(crate) mod selection;
pub(crate) mod services;
pub(crate) mod small_role;
pub(crate) mod star;
pub(crate) mod volume_plugin;
pub(crate) mod webhook;
