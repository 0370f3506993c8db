//! Profiles whose credentials come from IAM Identity Center.

use super::{Role, SdkConfig, SignOn};
use aws_runtime::env_config::section::{EnvConfigSections, Profile};
use std::sync::{Arc, OnceLock};

/// The credentials of a profile: a role of IAM Identity Center, and the roles that are assumed with it in turn.
#[derive(Debug, Clone)]
pub(in super::super) struct SignedOn {
    pub(super) sign_on: SignOn,
    pub(super) role: Option<Role>,
    pub(super) assumed: Vec<Assumed>,
    /// What the providers of credentials call services with, once it is loaded.
    pub(super) config: Arc<OnceLock<SdkConfig>>,
}

/// A role that a profile assumes with the credentials of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Assumed {
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) external_id: Option<String>,
}

impl SignedOn {
    /// Follows the selected profile to its source. Returns `None` if that is not IAM Identity Center, or if
    /// something is wrong on the way: `aws-config`, which reads profiles in the same way, reports it.
    pub(in super::super) fn of(sections: &EnvConfigSections) -> Option<Self> {
        let mut visited = vec![sections.selected_profile()];
        let mut assumed = Vec::new();
        loop {
            let name = visited.last()?;
            let profile = sections.get_profile(name)?;
            // Keys of a source come before everything else in it.
            let keys = ["aws_access_key_id", "aws_secret_access_key"];
            if visited.len() > 1 && keys.iter().all(|key| profile.get(key).is_some()) {
                return None;
            }
            let source = profile.get("source_profile");
            if let Some(arn) = profile.get("role_arn") {
                if profile.get("web_identity_token_file").is_some()
                    || profile.get("credential_source").is_some()
                {
                    return None;
                }
                let get = |key| profile.get(key).map(str::to_owned);
                assumed.push(Assumed {
                    arn: arn.to_owned(),
                    session_name: get("role_session_name"),
                    external_id: get("external_id"),
                });
                let source = source?;
                if source != *name {
                    if visited.contains(&source) {
                        return None;
                    }
                    visited.push(source);
                    continue;
                }
            }
            let (sign_on, role) = signed_on(sections, profile)?;
            assumed.reverse();
            return Some(Self {
                sign_on,
                role,
                assumed,
                config: Arc::default(),
            });
        }
    }
}

fn signed_on(sections: &EnvConfigSections, profile: &Profile) -> Option<(SignOn, Option<Role>)> {
    if profile.get("credential_source").is_some() {
        return None;
    }
    let (start_url, region) = (profile.get("sso_start_url"), profile.get("sso_region"));
    let session = profile.get("sso_session");
    let (start_url, region) = match session {
        None => (start_url?, region?),
        // They belong in the section of the session.
        Some(_) if start_url.is_some() || region.is_some() => return None,
        Some(name) => {
            let section = sections.sso_session(name)?;
            (section.get("sso_start_url")?, section.get("sso_region")?)
        }
    };
    let role = match (profile.get("sso_account_id"), profile.get("sso_role_name")) {
        (Some(account), Some(name)) => Some(Role {
            account: account.to_owned(),
            name: name.to_owned(),
        }),
        (None, None) => None,
        _ => return None,
    };
    let sign_on = SignOn {
        profile: profile.name().to_owned(),
        session: session.map(str::to_owned),
        start_url: start_url.to_owned(),
        region: region.to_owned(),
    };
    Some((sign_on, role))
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_runtime::env_config::file::EnvConfigFiles;
    use aws_types::os_shim_internal::{Env, Fs};
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    const CONFIG: &str = "
[profile legacy]
sso_start_url = https://legacy.example/start
sso_region = us-east-1
sso_account_id = 1
sso_role_name = reader

[profile session]
sso_session = s
sso_account_id = 1
sso_role_name = reader

[sso-session s]
sso_start_url = https://session.example/start
sso_region = eu-west-1

[profile token]
sso_session = s

[profile role]
role_arn = arn:one
role_session_name = name
source_profile = session

[profile role-of-role]
role_arn = arn:two
external_id = id
source_profile = role

[profile role-of-itself]
role_arn = arn:one
source_profile = role-of-itself
sso_session = s
sso_account_id = 1
sso_role_name = reader

[profile source-with-keys]
role_arn = arn:one
source_profile = keys

[profile keys]
aws_access_key_id = KEYS
aws_secret_access_key = secret
sso_session = s
sso_account_id = 1
sso_role_name = reader

[profile loop]
role_arn = arn:one
source_profile = pool

[profile pool]
role_arn = arn:two
source_profile = loop

[profile two-places]
sso_session = s
sso_region = us-east-1

[profile no-section]
sso_session = none

[profile half-a-role]
sso_session = s
sso_account_id = 1

[profile container]
credential_source = EcsContainer
sso_session = s

[profile web-identity]
role_arn = arn:one
web_identity_token_file = /token
sso_session = s

[profile no-source]
role_arn = arn:one
sso_session = s

[profile lost-source]
role_arn = arn:one
source_profile = nowhere
";

    fn of(profile: &'static str) -> Option<SignedOn> {
        let fs = Fs::from_slice(&[("/home/.aws/config", CONFIG)]);
        let env = Env::from_slice(&[("HOME", "/home")]);
        let files = EnvConfigFiles::default();
        let load = pin!(aws_config::profile::load(
            &fs,
            &env,
            &files,
            Some(profile.into())
        ));
        match load.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(sections) => SignedOn::of(&sections.expect("a profile")),
            Poll::Pending => unreachable!("the files are in memory"),
        }
    }

    #[test]
    fn a_profile_is_followed_to_its_source() {
        let arns = |signed_on: &SignedOn| -> Vec<String> {
            signed_on
                .assumed
                .iter()
                .map(|role| role.arn.clone())
                .collect()
        };
        let role = Some(Role {
            account: "1".to_owned(),
            name: "reader".to_owned(),
        });
        let sign_on = |profile: &str, session: Option<&str>| match session {
            None => SignOn {
                profile: profile.to_owned(),
                session: None,
                start_url: "https://legacy.example/start".to_owned(),
                region: "us-east-1".to_owned(),
            },
            Some(session) => SignOn {
                profile: profile.to_owned(),
                session: Some(session.to_owned()),
                start_url: "https://session.example/start".to_owned(),
                region: "eu-west-1".to_owned(),
            },
        };
        let cases: [(_, _, _, &[&str]); 6] = [
            ("legacy", sign_on("legacy", None), &role, &[]),
            ("session", sign_on("session", Some("s")), &role, &[]),
            ("token", sign_on("token", Some("s")), &None, &[]),
            ("role", sign_on("session", Some("s")), &role, &["arn:one"]),
            (
                "role-of-role",
                sign_on("session", Some("s")),
                &role,
                &["arn:one", "arn:two"],
            ),
            (
                "role-of-itself",
                sign_on("role-of-itself", Some("s")),
                &role,
                &["arn:one"],
            ),
        ];
        for (profile, sign_on, role, assumed) in cases {
            let found = of(profile).unwrap_or_else(|| panic!("{profile} has no sign-on"));
            assert_eq!(found.sign_on, sign_on, "{profile}");
            assert_eq!(&found.role, role, "{profile}");
            assert_eq!(arns(&found), assumed, "{profile}");
        }
        let assumed = of("role-of-role").expect("a sign-on").assumed;
        assert_eq!(assumed[0].session_name.as_deref(), Some("name"));
        assert_eq!(assumed[1].external_id.as_deref(), Some("id"));
    }

    #[test]
    fn what_is_of_another_kind_or_wrong_is_left_to_aws_config() {
        for profile in [
            "source-with-keys",
            "loop",
            "two-places",
            "no-section",
            "half-a-role",
            "container",
            "web-identity",
            "no-source",
            "lost-source",
        ] {
            assert!(of(profile).is_none(), "{profile}");
        }
    }
}
