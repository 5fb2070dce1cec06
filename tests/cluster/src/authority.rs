//! The cluster's own certificate authority, and what it signs.

use std::net::IpAddr;

use anyhow::{Context, Result};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, SanType,
};

use crate::network::{NODE, SERVICE};
use crate::place::Place;

/// Signs certificates, and lays each with its key in the folder `pki`.
pub(crate) struct Authority<'a> {
    issuer: CertifiedIssuer<'static, KeyPair>,
    place: &'a Place,
}

/// Who a client is to the API server.
pub(crate) struct Identity {
    /// The stem of its files.
    pub(crate) file: &'static str,
    pub(crate) user: &'static str,
    pub(crate) group: Option<&'static str>,
}

/// The user whom nothing is refused.
pub(crate) const ADMIN: Identity =
    Identity { file: "admin", user: "admin", group: Some("system:masters") };
pub(crate) const CONTROLLER_MANAGER: Identity = Identity {
    file: "kube-controller-manager",
    user: "system:kube-controller-manager",
    group: None,
};
pub(crate) const SCHEDULER: Identity =
    Identity { file: "kube-scheduler", user: "system:kube-scheduler", group: None };
pub(crate) const KUBELET: Identity =
    Identity { file: "kubelet", user: "system:node:node-1", group: Some("system:nodes") };
/// The API server, as a client of the kubelet.
pub(crate) const KUBELET_CLIENT: Identity =
    Identity { file: "kubelet-client", user: "kube-apiserver", group: Some("system:masters") };

/// The node's name, which is part of its user's name.
pub(crate) const NODE_NAME: &str = "node-1";

impl<'a> Authority<'a> {
    /// Makes a new authority.
    pub(crate) fn new(place: &'a Place) -> Result<Self> {
        let mut parameters = parameters("ringfence-ca", None);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().context("making a key")?;
        place.write("pki/ca.key", key.serialize_pem())?;
        let issuer = CertifiedIssuer::self_signed(parameters, key).context("signing the root")?;
        place.write("pki/ca.crt", issuer.pem())?;
        Ok(Self { issuer, place })
    }

    /// A certificate by which a client says who it is.
    pub(crate) fn client(&self, identity: &Identity) -> Result<()> {
        let mut parameters = parameters(identity.user, identity.group);
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.sign(identity.file, &parameters)
    }

    /// The certificate by which the API server is known at each of its addresses.
    pub(crate) fn api_server(&self) -> Result<()> {
        let names = ["localhost", "kubernetes.default.svc", "kubernetes.default", "kubernetes"];
        self.server("kube-apiserver", &names, &["127.0.0.1", "::1", NODE, SERVICE])
    }

    /// The certificate by which the kubelet is known to the API server.
    pub(crate) fn kubelet_server(&self) -> Result<()> {
        self.server("kubelet-server", &[NODE_NAME], &[NODE])
    }

    fn server(&self, file: &str, names: &[&str], addresses: &[&str]) -> Result<()> {
        let mut parameters = parameters(file, None);
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        for &name in names {
            parameters.subject_alt_names.push(SanType::DnsName(name.try_into()?));
        }
        for address in addresses {
            let address: IpAddr = address.parse()?;
            parameters.subject_alt_names.push(SanType::IpAddress(address));
        }
        self.sign(file, &parameters)
    }

    /// The key that signs the tokens of service accounts; no certificate belongs to it.
    pub(crate) fn service_account_key(&self) -> Result<()> {
        let key = KeyPair::generate().context("making a key")?;
        self.place.write("pki/service-account.key", key.serialize_pem())?;
        self.place.write("pki/service-account.pub", key.public_key_pem())
    }

    fn sign(&self, file: &str, parameters: &CertificateParams) -> Result<()> {
        let key = KeyPair::generate().context("making a key")?;
        let certificate = parameters.signed_by(&key, &self.issuer);
        let certificate = certificate.with_context(|| format!("signing {file}"))?;
        self.place.write(&format!("pki/{file}.crt"), certificate.pem())?;
        self.place.write(&format!("pki/{file}.key"), key.serialize_pem())
    }
}

fn parameters(name: &str, group: Option<&str>) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    parameters.distinguished_name.push(DnType::CommonName, name);
    if let Some(group) = group {
        parameters.distinguished_name.push(DnType::OrganizationName, group);
    }
    parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    parameters
}
