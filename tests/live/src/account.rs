//! A service account, and what it may do.

use std::fs;
use std::path::PathBuf;

use cluster::Cluster;
use e2e::Ringfence;

/// A service account of the namespace `default`, with a kubeconfig of its own.
pub struct Account {
    kubeconfig: PathBuf,
}

impl Account {
    /// Makes an account that may do what a cluster role says.
    ///
    /// # Panics
    /// When the cluster does not take it.
    pub fn with_role(cluster: &Cluster, name: &str, role: &str) -> Self {
        cluster.apply(role).expect("the role is one");
        cluster.kubectl(&["create", "serviceaccount", name]).expect("the account is made");
        let account = format!("--serviceaccount=default:{name}");
        let role = format!("--clusterrole={}", name_of(role));
        let bind = ["create", "clusterrolebinding", name, &account, &role];
        cluster.kubectl(&bind).expect("it is bound");
        let token = cluster.kubectl(&["create", "token", name]).expect("it is given a token");
        let view = ["config", "view", "--raw", "--minify", "--output=json"];
        let view = cluster.kubectl(&view).expect("the kubeconfig can be read");
        let mut kubeconfig: serde_json::Value = serde_json::from_str(&view).expect("it is JSON");
        kubeconfig["users"][0]["user"] = serde_json::json!({"token": token.trim()});
        let path = cluster.folder().join(format!("{name}.kubeconfig"));
        fs::write(&path, kubeconfig.to_string()).expect("a file can be written");
        Self { kubeconfig: path }
    }

    /// `ringfence` as this account.
    pub fn ringfence(&self, cluster: &Cluster) -> Ringfence {
        let kubeconfig = self.kubeconfig.to_str().expect("the path is text");
        Ringfence::new(cluster.folder()).env("KUBECONFIG", kubeconfig)
    }
}

fn name_of(role: &str) -> &str {
    let line = role.lines().find_map(|line| line.trim().strip_prefix("name: "));
    line.expect("the role has a name")
}
