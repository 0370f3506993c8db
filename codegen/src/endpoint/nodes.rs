//! The nodes of a decision diagram, as the model encodes them.

use super::check::Compiler;
use crate::source::json::Node;

/// Where results start among references.
const RESULTS: i64 = 100_000_000;

/// A diagram of numbered conditions and results.
///
/// Zero is the end without a result, the numbers after it are the results, and those after these are the
/// nodes.
#[derive(Debug)]
pub(crate) struct Graph {
    pub(crate) root: u16,
    /// A condition, and where to go if it holds and if it does not.
    pub(crate) nodes: Vec<[u16; 3]>,
}

/// Reads the nodes. Only those that can be reached are kept.
pub(super) fn read(
    compiler: &mut Compiler<'_>,
    node: &Node,
    conditions: usize,
    results: usize,
) -> Option<Graph> {
    let Some(encoded) = node.get("nodes") else {
        compiler.problem(node, "the decision diagram has no `nodes`", "add its nodes");
        return None;
    };
    let Some(bytes) = encoded.as_str().and_then(decode) else {
        compiler.problem(
            encoded,
            "the nodes of the decision diagram are not base64",
            "write the nodes as base64, 12 bytes each",
        );
        return None;
    };
    let (triples, rest) = bytes.as_chunks::<12>();
    let count = node.get("nodeCount").and_then(Node::as_i64);
    if !rest.is_empty() || count != i64::try_from(triples.len()).ok() {
        compiler.problem(
            node.get("nodeCount").unwrap_or(encoded),
            format!(
                "the decision diagram has {} bytes of nodes, which are not `nodeCount` nodes of 12 bytes",
                bytes.len()
            ),
            "correct `nodeCount`, or encode each node as three 32-bit integers: condition, high and low",
        );
        return None;
    }
    let Some(root) = node.get("root").and_then(Node::as_i64) else {
        compiler.problem(
            node.get("root").unwrap_or(node),
            "the decision diagram has no `root` that is a number",
            "add the reference of the first node",
        );
        return None;
    };
    let mut walk = Walk {
        triples: triples.iter().map(integers).collect(),
        conditions,
        results,
        seen: Vec::new(),
        nodes: Vec::new(),
    };
    match walk.from(root) {
        Ok(root) => Some(Graph {
            root,
            nodes: walk.nodes,
        }),
        Err(message) => {
            compiler.problem(
                encoded,
                message,
                "generate the diagram again from the service's endpoint rules",
            );
            None
        }
    }
}

/// The three numbers of a node.
fn integers(bytes: &[u8; 12]) -> [i64; 3] {
    let (numbers, _) = bytes.as_chunks::<4>();
    [0, 1, 2].map(|i| {
        numbers
            .get(i)
            .map_or(0, |n| i64::from(i32::from_be_bytes(*n)))
    })
}

struct Walk {
    triples: Vec<[i64; 3]>,
    conditions: usize,
    results: usize,
    /// References, in the order in which they get their numbers.
    seen: Vec<i64>,
    nodes: Vec<[u16; 3]>,
}

impl Walk {
    /// Numbers all nodes that can be reached, and returns the number of the root.
    fn from(&mut self, root: i64) -> Result<u16, String> {
        let at = self.number(root)?;
        let mut next = 0;
        while let Some(&reference) = self.seen.get(next) {
            let [condition, high, low] = self.triple(reference)?;
            if usize::try_from(condition).map_or(true, |i| i >= self.conditions) {
                return Err(format!(
                    "a node of the decision diagram names condition {condition}, of {}",
                    self.conditions
                ));
            }
            // A negative reference negates the condition of its node.
            let (high, low) = if reference < 0 {
                (low, high)
            } else {
                (high, low)
            };
            let node = [
                u16::try_from(condition).map_err(|_| too_large())?,
                self.number(high)?,
                self.number(low)?,
            ];
            self.nodes.push(node);
            next += 1;
        }
        self.check_order()?;
        Ok(at)
    }

    fn triple(&self, reference: i64) -> Result<[i64; 3], String> {
        let index = usize::try_from(reference.unsigned_abs() - 1);
        let found = index.ok().and_then(|index| self.triples.get(index));
        found.copied().ok_or_else(|| {
            format!(
                "the decision diagram refers to node {reference}, and has {} nodes",
                self.triples.len()
            )
        })
    }

    /// The number of what a reference names.
    fn number(&mut self, reference: i64) -> Result<u16, String> {
        if matches!(reference, 1 | -1 | RESULTS) {
            return Ok(0);
        }
        if reference > RESULTS {
            let result = reference - RESULTS;
            return match usize::try_from(result) {
                Ok(number) if number <= self.results => {
                    u16::try_from(number).map_err(|_| too_large())
                }
                _ => Err(format!(
                    "the decision diagram refers to result {result}, and has {} results",
                    self.results
                )),
            };
        }
        if reference == 0 {
            return Err("the decision diagram refers to node 0, and counts from 1".to_owned());
        }
        let index = match self.seen.iter().position(|seen| *seen == reference) {
            Some(index) => index,
            None => {
                self.seen.push(reference);
                self.seen.len() - 1
            }
        };
        u16::try_from(self.results + 1 + index).map_err(|_| too_large())
    }

    /// Every path asks conditions in their order, so that it ends.
    fn check_order(&self) -> Result<(), String> {
        for [condition, high, low] in &self.nodes {
            for next in [high, low] {
                let index = usize::from(*next).checked_sub(self.results + 1);
                let next = index.and_then(|index| self.nodes.get(index));
                if let Some([later, ..]) = next
                    && later <= condition
                {
                    return Err(format!(
                        "a path of the decision diagram leads from condition {condition} back to \
                         condition {later}"
                    ));
                }
            }
        }
        Ok(())
    }
}

fn too_large() -> String {
    "the decision diagram has more nodes and results than 65,534".to_owned()
}

/// Decodes base64.
fn decode(text: &str) -> Option<Vec<u8>> {
    let data = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - data.len() > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(data.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in data.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.extend(u8::try_from((bits >> count) & 0xff));
        }
    }
    Some(bytes)
}
