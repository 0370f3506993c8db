//! The tokens that `aws sso login` keeps in `~/.aws/sso/cache`.
//!
//! The AWS CLI and the AWS SDKs share these files. Each is a JSON object. What it has beyond the keys below is kept.

use crate::sigv4::hex;
use aws_runtime::fs_util::{Os, home_dir};
use aws_smithy_json::deserialize::json_token_iter;
use aws_smithy_json::deserialize::token::expect_document;
use aws_smithy_json::serialize::JsonValueWriter;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, Document};
use aws_types::os_shim_internal::Env;
use sha1::{Digest, Sha1};
use std::collections::HashMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fmt, fs};

const ACCESS_TOKEN: &str = "accessToken";
const EXPIRES_AT: &str = "expiresAt";
const REFRESH_TOKEN: &str = "refreshToken";
const CLIENT_ID: &str = "clientId";
const CLIENT_SECRET: &str = "clientSecret";
const REGISTRATION_EXPIRES_AT: &str = "registrationExpiresAt";

/// A token, and the file that it is from.
#[derive(Clone)]
pub(super) struct Cached {
    path: PathBuf,
    content: HashMap<String, Document>,
    access_token: String,
    expires_at: SystemTime,
}

impl fmt::Debug for Cached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cached")
            .field("path", &self.path)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl Cached {
    /// Reads the token of a session, or of a start URL without one.
    pub(super) fn read(key: &str) -> Result<Self, String> {
        let home = home_dir(&Env::real(), Os::real());
        let home =
            home.ok_or("there is no home folder, where the tokens of `aws sso login` are")?;
        Self::read_below(Path::new(&home), key)
    }

    fn read_below(home: &Path, key: &str) -> Result<Self, String> {
        let mut name = [0; 40];
        let name = hex(&Sha1::digest(key), &mut name);
        let path = home.join(".aws/sso/cache").join(format!("{name}.json"));
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => format!("no one is signed in to {key}"),
            _ => format!("the token in {} cannot be read: {error}", path.display()),
        })?;
        let content = object(&bytes)
            .ok_or_else(|| format!("the token in {} is not a JSON object", path.display()))?;
        let missing = |key: &str| format!("the token in {} has no {key}", path.display());
        let access_token = text(&content, ACCESS_TOKEN).ok_or_else(|| missing(ACCESS_TOKEN))?;
        let expires_at = time(&content, EXPIRES_AT).ok_or_else(|| missing(EXPIRES_AT))?;
        Ok(Self {
            access_token: access_token.to_owned(),
            expires_at,
            path,
            content,
        })
    }

    pub(super) fn access_token(&self) -> &str {
        &self.access_token
    }

    pub(super) fn expires_at(&self) -> SystemTime {
        self.expires_at
    }

    /// Returns what renews the token: the ID and the secret of the client, and the refresh token.
    pub(super) fn registration(&self, now: SystemTime) -> Result<(&str, &str, &str), String> {
        let get = |key| text(&self.content, key);
        let (id, secret) = (get(CLIENT_ID), get(CLIENT_SECRET));
        let ((id, secret), token) = id
            .zip(secret)
            .zip(get(REFRESH_TOKEN))
            .ok_or("it cannot be renewed")?;
        match time(&self.content, REGISTRATION_EXPIRES_AT) {
            Some(end) if now < end => Ok((id, secret, token)),
            _ => Err("the registration that renews it has expired, too".to_owned()),
        }
    }

    /// Puts a new token in the place of the old one.
    pub(super) fn renew(
        &mut self,
        access_token: String,
        expires_at: SystemTime,
        refresh_token: Option<String>,
    ) {
        let end = DateTime::from(expires_at).fmt(Format::DateTime);
        let changed = [
            (ACCESS_TOKEN, Some(access_token.clone())),
            (EXPIRES_AT, end.ok()),
            (REFRESH_TOKEN, refresh_token),
        ];
        for (key, value) in changed {
            if let Some(value) = value {
                self.content.insert(key.to_owned(), Document::String(value));
            }
        }
        self.access_token = access_token;
        self.expires_at = expires_at;
    }

    /// Writes the file. Readers see the old token or the new one, and only the owner can read it.
    pub(super) fn write(&self) -> io::Result<()> {
        let mut text = String::new();
        JsonValueWriter::new(&mut text).document(&Document::Object(self.content.clone()));
        let new = self
            .path
            .with_extension(format!("{:08x}.tmp", fastrand::u32(..)));
        let written = create(&new)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| fs::rename(&new, &self.path));
        if written.is_err() {
            let _ = fs::remove_file(&new);
        }
        written
    }
}

fn create(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn object(bytes: &[u8]) -> Option<HashMap<String, Document>> {
    let mut tokens = json_token_iter(bytes).peekable();
    match expect_document(&mut tokens).ok()? {
        Document::Object(object) if tokens.next().is_none() => Some(object),
        _ => None,
    }
}

fn text<'a>(content: &'a HashMap<String, Document>, key: &str) -> Option<&'a str> {
    let text = content.get(key)?.as_string()?;
    (!text.is_empty()).then_some(text)
}

/// Returns a time. Old versions of the AWS CLI write `UTC` in the place of `Z`.
fn time(content: &HashMap<String, Document>, key: &str) -> Option<SystemTime> {
    let text = text(content, key)?;
    let text = text
        .strip_suffix("UTC")
        .map_or_else(|| text.to_owned(), |time| format!("{time}Z"));
    let time = DateTime::from_str(&text, Format::DateTimeWithOffset).ok()?;
    SystemTime::try_from(time).ok()
}
