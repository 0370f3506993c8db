//! The tokens of an expression.

use super::{Comparison, Literal, Problem};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name, quoted or not.
    Name(String),
    Number(i64),
    Literal(Literal),
    Comparison(Comparison),
    And,
    Or,
    Not,
    Pipe,
    Dot,
    Star,
    Comma,
    Colon,
    Ampersand,
    Current,
    LeftBracket,
    /// `[]`
    Flatten,
    /// `[?`
    Filter,
    RightBracket,
    LeftParen,
    RightParen,
    LeftBrace,
    RightBrace,
    End,
}

/// The tokens with their offsets. The last one is [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, Problem> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let (token, length) = token(&text[at..], c, at)?;
        tokens.push((at, token));
        at += length;
    }
    tokens.push((at, Token::End));
    Ok(tokens)
}

/// The first token of a text that starts with a character, and its length.
fn token(text: &str, first: char, at: usize) -> Result<(Token, usize), Problem> {
    for (symbol, token) in [
        ("[]", Token::Flatten),
        ("[?", Token::Filter),
        ("&&", Token::And),
        ("||", Token::Or),
        ("==", Token::Comparison(Comparison::Equal)),
        ("!=", Token::Comparison(Comparison::NotEqual)),
        ("<=", Token::Comparison(Comparison::LessOrEqual)),
        (">=", Token::Comparison(Comparison::GreaterOrEqual)),
        ("<", Token::Comparison(Comparison::Less)),
        (">", Token::Comparison(Comparison::Greater)),
        ("[", Token::LeftBracket),
        ("]", Token::RightBracket),
        ("(", Token::LeftParen),
        (")", Token::RightParen),
        ("{", Token::LeftBrace),
        ("}", Token::RightBrace),
        ("!", Token::Not),
        ("|", Token::Pipe),
        (".", Token::Dot),
        ("*", Token::Star),
        (",", Token::Comma),
        (":", Token::Colon),
        ("&", Token::Ampersand),
        ("@", Token::Current),
    ] {
        if text.starts_with(symbol) {
            return Ok((token, symbol.len()));
        }
    }
    let run = |start: usize, is_part: fn(char) -> bool| {
        let rest = &text[start..];
        start + rest.find(|c| !is_part(c)).unwrap_or(rest.len())
    };
    match first {
        '\'' | '"' | '`' => quoted(text, first, at),
        '-' | '0'..='9' => {
            let end = run(1, |c| c.is_ascii_digit());
            let number = text[..end].parse().map_err(|_| {
                Problem::new(
                    at,
                    format!("`{}` is not an index", &text[..end]),
                    "write a whole number, and numbers to compare with in backquotes",
                )
            })?;
            Ok((Token::Number(number), end))
        }
        'A'..='Z' | 'a'..='z' | '_' => {
            let end = run(1, |c| c.is_ascii_alphanumeric() || c == '_');
            Ok((Token::Name(text[..end].to_owned()), end))
        }
        other => Err(Problem::new(
            at,
            format!("`{}` starts nothing in JMESPath", other.escape_debug()),
            "remove the character, or put it between quotes",
        )),
    }
}

/// A raw string, a quoted name or a literal.
fn quoted(text: &str, quote: char, at: usize) -> Result<(Token, usize), Problem> {
    let mut escaped = false;
    let end = text[1..].find(|c| {
        let is_end = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        is_end
    });
    let Some(end) = end else {
        return Err(Problem::new(
            at,
            "the quote is not closed",
            format!("write another `{}` at its end", quote.escape_debug()),
        ));
    };
    let inner = &text[1..=end];
    let token = match quote {
        '\'' => Token::Literal(Literal::Text(inner.replace("\\'", "'"))),
        '"' => match serde_json::from_str(&text[..end + 2]) {
            Ok(name) => Token::Name(name),
            Err(_) => {
                return Err(Problem::new(
                    at,
                    "the quoted name is not a JSON string",
                    "escape it as JSON does",
                ));
            }
        },
        _ => Token::Literal(literal(&inner.replace("\\`", "`"), at)?),
    };
    Ok((token, end + 2))
}

fn literal(json: &str, at: usize) -> Result<Literal, Problem> {
    let value = serde_json::from_str(json);
    let literal = match value {
        Ok(serde_json::Value::Null) => Some(Literal::Null),
        Ok(serde_json::Value::Bool(value)) => Some(Literal::Bool(value)),
        Ok(serde_json::Value::Number(number)) => match number.as_i64() {
            Some(integer) => Some(Literal::Integer(integer)),
            None => number.as_f64().map(Literal::Float),
        },
        Ok(serde_json::Value::String(text)) => Some(Literal::Text(text)),
        // JMESPath allows to leave the quotes out, which is deprecated.
        Err(_) if !json.trim_start().starts_with(['[', '{', '"']) => {
            Some(Literal::Text(json.trim_start().to_owned()))
        }
        _ => None,
    };
    literal.ok_or_else(|| {
        Problem::new(
            at,
            "the literal is not a string, a number, a boolean or null",
            "write such a value between the backquotes",
        )
    })
}
