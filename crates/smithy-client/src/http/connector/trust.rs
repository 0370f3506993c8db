//! The certificates that are trusted instead of those of the system.

use super::BadSetting;
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_runtime::env_config::section::EnvConfigSections;
use aws_runtime::env_config::source;
use aws_runtime::fs_util::{Os, home_dir};
use aws_types::os_shim_internal::{Env, Fs};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};

/// The sources of a certificate bundle: `AWS_CA_BUNDLE`, then `ca_bundle` in the profile.
#[derive(Clone, Debug)]
pub(super) struct Trust {
    env: Env,
    fs: Fs,
}

impl Trust {
    pub(super) fn from_env() -> Self {
        Self {
            env: Env::real(),
            fs: Fs::real(),
        }
    }

    /// Returns the certificates of the bundle, if one is set.
    pub(super) async fn bundle(&self) -> Result<Option<RootCertStore>, BadSetting> {
        let Some((path, setting)) = self.find().await else {
            return Ok(None);
        };
        let bad = |problem: &dyn fmt::Display| {
            let path = path.display();
            BadSetting(format!(
                "the CA bundle `{path}`, which is set by {setting}, cannot be used: {problem}"
            ))
        };
        let bytes = self.fs.read_to_end(&path).await.map_err(|it| bad(&it))?;
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(&bytes) {
            let certificate = certificate.map_err(|it| bad(&it))?;
            roots.add(certificate).map_err(|it| bad(&it))?;
        }
        match roots.is_empty() {
            true => Err(bad(&"it contains no certificate in PEM format")),
            false => Ok(Some(roots)),
        }
    }

    /// Returns the path of the bundle and the name of its setting. Empty values count as unset.
    async fn find(&self) -> Option<(PathBuf, Cow<'static, str>)> {
        let named = |path: &str| (!path.is_empty()).then(|| self.expand(path));
        if let Some(path) = self
            .env
            .get("AWS_CA_BUNDLE")
            .ok()
            .as_deref()
            .and_then(named)
        {
            return Some((path, "AWS_CA_BUNDLE".into()));
        }
        let files = EnvConfigFiles::default();
        let source = source::load(&self.env, &self.fs, &files).await.ok()?;
        let sections = match EnvConfigSections::parse(source) {
            Ok(sections) => sections,
            Err(error) => {
                tracing::warn!(%error, "`ca_bundle` is ignored: the AWS configuration cannot be read");
                return None;
            }
        };
        let path = sections.get("ca_bundle").and_then(named)?;
        let profile = sections.selected_profile();
        Some((
            path,
            format!("`ca_bundle` of the profile `{profile}`").into(),
        ))
    }

    /// Expands a leading `~`, as botocore does.
    fn expand(&self, path: &str) -> PathBuf {
        let home = || home_dir(&self.env, Os::real());
        match path
            .strip_prefix("~/")
            .and_then(|rest| Some((home()?, rest)))
        {
            Some((home, rest)) => Path::new(&home).join(rest),
            None => PathBuf::from(path),
        }
    }
}
