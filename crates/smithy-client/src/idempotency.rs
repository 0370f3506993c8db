//! Tokens by which a service recognizes a repeated request.

use aws_smithy_types::config_bag::{Storable, StoreReplace};
use std::borrow::Cow;

/// Generates the idempotency tokens of requests.
#[derive(Debug, Clone)]
pub struct IdempotencyTokenProvider {
    fixed: Option<Cow<'static, str>>,
}

impl IdempotencyTokenProvider {
    /// Creates a provider that generates a random UUID for each request.
    pub fn random() -> Self {
        Self { fixed: None }
    }

    /// Creates a provider that returns the same token for every request, for tests.
    pub fn fixed(token: &'static str) -> Self {
        Self {
            fixed: Some(token.into()),
        }
    }

    /// Returns a token.
    pub fn make_idempotency_token(&self) -> String {
        match &self.fixed {
            Some(token) => token.clone().into_owned(),
            None => uuid::Builder::from_random_bytes(fastrand::u128(..).to_ne_bytes())
                .into_uuid()
                .to_string(),
        }
    }
}

impl From<&'static str> for IdempotencyTokenProvider {
    fn from(token: &'static str) -> Self {
        Self::fixed(token)
    }
}

impl Storable for IdempotencyTokenProvider {
    type Storer = StoreReplace<Self>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_tokens_are_uuids() {
        let provider = IdempotencyTokenProvider::random();
        let token = provider.make_idempotency_token();
        let parsed = uuid::Uuid::parse_str(&token).expect("a UUID");
        assert_eq!(parsed.get_version_num(), 4);
        assert_ne!(token, provider.make_idempotency_token());
        assert_eq!(
            IdempotencyTokenProvider::fixed("x").make_idempotency_token(),
            "x"
        );
    }
}
