//! Keys as bytes whose order is that of their parts.

use std::borrow::Cow;

/// A part of a key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part<'a> {
    Int(i64),
    Text(Cow<'a, str>),
}

impl<'a> From<&'a str> for Part<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Part<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.as_str().into())
    }
}

impl From<i64> for Part<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

/// A key, or the first parts of one: a value, or a tuple of values.
pub(crate) trait IntoKey<'a> {
    fn into_key(self) -> Vec<Part<'a>>;
}

macro_rules! keys {
    ($(($($part:ident),*))+) => {
        $(impl<'a, $($part: Into<Part<'a>>),*> IntoKey<'a> for ($($part,)*) {
            #[allow(non_snake_case)]
            fn into_key(self) -> Vec<Part<'a>> {
                let ($($part,)*) = self;
                vec![$($part.into()),*]
            }
        })+
    };
}

keys! { () (A) (A, B) (A, B, C) (A, B, C, D) (A, B, C, D, E) }

impl<'a> IntoKey<'a> for &'a str {
    fn into_key(self) -> Vec<Part<'a>> {
        vec![self.into()]
    }
}

impl<'a> IntoKey<'a> for Vec<Part<'a>> {
    fn into_key(self) -> Vec<Part<'a>> {
        self
    }
}

const INT: u8 = 1;
const TEXT: u8 = 2;
/// The end of a text. A zero byte in a text is followed by [`ESCAPED`].
const END: u8 = 0;
const ESCAPED: u8 = 0xff;

/// Returns the bytes of a key.
pub(crate) fn encode(parts: &[Part<'_>]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(parts.len() * 40);
    for part in parts {
        match part {
            Part::Int(value) => {
                bytes.push(INT);
                // With the sign flipped, negative values come first.
                bytes.extend((value ^ i64::MIN).to_be_bytes());
            }
            Part::Text(text) => {
                bytes.push(TEXT);
                for byte in text.bytes() {
                    bytes.push(byte);
                    if byte == 0 {
                        bytes.push(ESCAPED);
                    }
                }
                bytes.push(END);
            }
        }
    }
    bytes
}

/// Returns the parts of a key; `None` if the bytes are not one.
pub(crate) fn decode(mut bytes: &[u8]) -> Option<Vec<Part<'static>>> {
    let mut parts = Vec::new();
    while let Some((kind, rest)) = bytes.split_first() {
        match *kind {
            INT => {
                let (value, rest) = rest.split_first_chunk::<8>()?;
                parts.push(Part::Int(i64::from_be_bytes(*value) ^ i64::MIN));
                bytes = rest;
            }
            TEXT => {
                let mut text = Vec::new();
                let mut rest = rest;
                loop {
                    match rest {
                        [0, ESCAPED, more @ ..] => {
                            text.push(0);
                            rest = more;
                        }
                        [END, more @ ..] => {
                            bytes = more;
                            break;
                        }
                        [byte, more @ ..] => {
                            text.push(*byte);
                            rest = more;
                        }
                        [] => return None,
                    }
                }
                parts.push(Part::Text(String::from_utf8(text).ok()?.into()));
            }
            _ => return None,
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_in_the_order_of_the_parts() {
        let texts = ["", "\0", "\0a", "a", "a\0", "a\0b", "aa", "b", "é"];
        let mut keys: Vec<Vec<Part<'_>>> = Vec::new();
        for number in [i64::MIN, -1, 0, 1, 255, 256, i64::MAX] {
            keys.push((number,).into_key());
            keys.push((number, "x").into_key());
        }
        for text in texts {
            for second in texts {
                keys.push((text, second).into_key());
            }
            keys.push((text, 7).into_key());
        }
        for left in &keys {
            assert_eq!(decode(&encode(left)).as_ref(), Some(left));
            for right in &keys {
                let bytes = encode(left).cmp(&encode(right));
                assert_eq!(bytes, left.cmp(right), "{left:?} {right:?}");
            }
        }
        for bad in [&b"x"[..], b"\x01123", b"\x02abc", b"\x02\xff\0"] {
            assert_eq!(decode(bad), None);
        }
    }
}
