//! The strings in the body of a request, whatever its format.

/// Adds the strings that a body contains, as they are written and as they are meant.
pub(super) fn collect(body: &[u8], strings: &mut Vec<String>) {
    let found = strings.len();
    match body.first() {
        #[cfg(any(feature = "aws-json", feature = "rest-json"))]
        Some(b'{' | b'[' | b'"') if json(body, strings) => return,
        #[cfg(any(feature = "rest-xml", feature = "aws-query", feature = "ec2-query"))]
        Some(b'<') => {
            xml(body, strings);
            return;
        }
        #[cfg(any(feature = "aws-query", feature = "ec2-query"))]
        Some(_) if body.starts_with(b"Action=") => {
            form(body, strings);
            return;
        }
        #[cfg(feature = "rpc-v2-cbor")]
        Some(_) if cbor(body, strings) => return,
        _ => {}
    }
    // It has another format, so it is a single value.
    strings.truncate(found);
    strings.push(String::from_utf8_lossy(body).into_owned());
}

/// Returns whether the body is JSON.
#[cfg(any(feature = "aws-json", feature = "rest-json"))]
fn json(body: &[u8], strings: &mut Vec<String>) -> bool {
    use aws_smithy_json::deserialize::json_token_iter;
    use aws_smithy_json::deserialize::token::Token;
    for token in json_token_iter(body) {
        match token {
            Ok(Token::ValueString { value, .. }) => {
                strings.push(value.as_escaped_str().to_owned());
                strings.extend(value.to_unescaped().map(std::borrow::Cow::into_owned));
            }
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    true
}

/// Everything in XML but the tags' names: texts and the values of attributes.
#[cfg(any(feature = "rest-xml", feature = "aws-query", feature = "ec2-query"))]
fn xml(body: &[u8], strings: &mut Vec<String>) {
    let body = String::from_utf8_lossy(body);
    for written in body.split(['<', '>', '"']) {
        if written.is_empty() || written.starts_with('/') {
            continue;
        }
        let mut meant = written.to_owned();
        for (escaped, character) in [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&apos;", "'"),
            ("&#xD;", "\r"),
            ("&#xA;", "\n"),
            ("&amp;", "&"),
        ] {
            meant = meant.replace(escaped, character);
        }
        strings.push(meant);
        strings.push(written.to_owned());
    }
}

#[cfg(any(feature = "aws-query", feature = "ec2-query"))]
fn form(body: &[u8], strings: &mut Vec<String>) {
    let pairs = form_urlencoded::parse(body);
    strings.extend(pairs.map(|(_, value)| value.into_owned()));
}

/// Returns whether the body is CBOR.
#[cfg(feature = "rpc-v2-cbor")]
fn cbor(body: &[u8], strings: &mut Vec<String>) -> bool {
    use aws_smithy_cbor::Decoder;
    use aws_smithy_cbor::data::Type;
    let mut decoder = Decoder::new(body);
    while decoder.position() < body.len() {
        let read = match decoder.datatype() {
            Ok(Type::String | Type::StringIndef) => {
                decoder.string().map(|string| strings.push(string))
            }
            Ok(Type::Map | Type::MapIndef) => decoder.map().map(drop),
            Ok(Type::Array | Type::ArrayIndef) => decoder.list().map(drop),
            Ok(_) => decoder.skip(),
            Err(error) => Err(error),
        };
        if read.is_err() {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::collect;

    #[track_caller]
    fn assert_found(body: &[u8], expected: &[&str]) {
        let mut strings = Vec::new();
        collect(body, &mut strings);
        for expected in expected {
            assert!(strings.iter().any(|found| found == expected), "{strings:?}");
        }
    }

    #[test]
    fn strings_are_found_in_every_format() {
        assert_found(b"raw bytes", &["raw bytes"]);
        #[cfg(any(feature = "aws-json", feature = "rest-json"))]
        assert_found(br#"{"a":["x\ty"]}"#, &["x\ty", r"x\ty"]);
        #[cfg(feature = "rest-xml")]
        assert_found(b"<a b=\"c\">x &amp; y</a>", &["c", "x & y", "x &amp; y"]);
        #[cfg(feature = "aws-query")]
        assert_found(b"Action=A&Key=x%20y", &["x y"]);
        #[cfg(feature = "rpc-v2-cbor")]
        assert_found(b"\xbf\x61a\x81\x63xyz\xff", &["xyz"]);
    }
}
