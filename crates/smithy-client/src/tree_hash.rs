//! SHA-256 tree hashes of requests.
//!
//! The leaves of the tree are the hashes of the body's mebibytes. A node is the hash of its two children; one without
//! a sibling moves up.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use sha2::{Digest, Sha256};

const TREE_HASH: &str = "x-amz-sha256-tree-hash";
const HASH: &str = "x-amz-content-sha256";
const LEAF: usize = 1 << 20;

/// The error if the body is a stream.
const STREAM: &str = "the request needs the hashes of its body in headers, which cannot be computed for a stream: \
    pass the body as bytes";

/// Sets the headers with the hashes of the body.
#[derive(Debug)]
pub(crate) struct TreeHash;

#[dyn_dispatch_hint]
impl Intercept for TreeHash {
    fn name(&self) -> &'static str {
        "TreeHash"
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        let is_set = |name| request.headers().get(name).is_some();
        let (has_tree_hash, has_hash) = (is_set(TREE_HASH), is_set(HASH));
        if has_tree_hash && has_hash {
            return Ok(());
        }
        let Some(body) = request.body().bytes() else {
            return Err(STREAM.into());
        };
        let (tree_hash, hash) = (hex(&tree_hash(body)), hex(&Sha256::digest(body).into()));
        let headers = request.headers_mut();
        if !has_tree_hash {
            headers.insert(TREE_HASH, tree_hash);
        }
        if !has_hash {
            headers.insert(HASH, hash);
        }
        Ok(())
    }
}

type Hash = [u8; 32];

fn tree_hash(body: &[u8]) -> Hash {
    let mut hashes: Vec<Hash> = body
        .chunks(LEAF)
        .map(|leaf| Sha256::digest(leaf).into())
        .collect();
    while hashes.len() > 1 {
        hashes = hashes
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => Sha256::new()
                    .chain_update(left)
                    .chain_update(right)
                    .finalize()
                    .into(),
                _ => pair[0],
            })
            .collect();
    }
    // The hash of an empty body is that of a leaf without bytes.
    hashes.pop().unwrap_or_else(|| Sha256::digest([]).into())
}

fn hex(hash: &Hash) -> String {
    crate::sigv4::hex(hash, &mut [0; 64]).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_the_hashes_of_their_children() {
        let leaf = |byte: u8, length: usize| -> Hash { Sha256::digest(vec![byte; length]).into() };
        let node =
            |left: Hash, right: Hash| -> Hash { Sha256::digest([left, right].concat()).into() };
        assert_eq!(tree_hash(b""), leaf(0, 0));
        assert_eq!(tree_hash(&[1; 10]), leaf(1, 10));
        assert_eq!(tree_hash(&vec![1; LEAF]), leaf(1, LEAF));
        let two = [vec![1; LEAF], vec![2; 1]].concat();
        assert_eq!(tree_hash(&two), node(leaf(1, LEAF), leaf(2, 1)));
        let three = [vec![1; LEAF], vec![2; LEAF], vec![3; 5]].concat();
        let expected = node(node(leaf(1, LEAF), leaf(2, LEAF)), leaf(3, 5));
        assert_eq!(tree_hash(&three), expected);
        assert_eq!(
            hex(&tree_hash(b"hello world")),
            "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"
        );
    }
}
