//! From tokens to an expression, by the binding powers of JMESPath's grammar.

use super::lexer::{Token, tokens};
use super::{Expr, Function, Kind, Problem};

/// How deep expressions nest at most. Models nest a few levels.
const MAX_DEPTH: usize = 64;

/// Tokens that bind weaker than this end a projection.
const PROJECTION_STOP: u8 = 10;
const PIPE: u8 = 1;
const OR: u8 = 2;
const AND: u8 = 3;
const COMPARISON: u8 = 5;
const FLATTEN: u8 = 9;
const STAR: u8 = 20;
const FILTER: u8 = 21;
const DOT: u8 = 40;
const NOT: u8 = 45;
const BRACKET: u8 = 55;

/// Parses an expression.
///
/// # Errors
///
/// Returns the first problem.
pub(crate) fn parse(text: &str) -> Result<Expr, Problem> {
    let tokens = tokens(text)?;
    let mut parser = Parser {
        tokens,
        next: 0,
        depth: 0,
    };
    let expr = parser.expression(0)?;
    match parser.peek() {
        Token::End => Ok(expr),
        _ => Err(parser.unexpected("the end of the expression")),
    }
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens
            .get(self.next)
            .map_or(&Token::End, |(_, token)| token)
    }

    fn at(&self) -> usize {
        let token = self.tokens.get(self.next).or(self.tokens.last());
        token.map_or(0, |(at, _)| *at)
    }

    fn take(&mut self) -> (usize, Token) {
        let taken = (self.at(), self.peek().clone());
        self.next += 1;
        taken
    }

    /// Takes the token if it is this one.
    fn accept(&mut self, token: &Token) -> bool {
        let is_next = self.peek() == token;
        if is_next {
            self.next += 1;
        }
        is_next
    }

    fn expect(&mut self, token: &Token, name: &str) -> Result<(), Problem> {
        match self.accept(token) {
            true => Ok(()),
            false => Err(self.unexpected(name)),
        }
    }

    fn unexpected(&self, wanted: &str) -> Problem {
        let found = match self.peek() {
            Token::End => "the expression ends".to_owned(),
            Token::Name(name) => format!("`{name}` stands"),
            _ => "something else stands".to_owned(),
        };
        Problem::new(
            self.at(),
            format!("{found} where {wanted} is expected"),
            "see https://jmespath.org for the grammar",
        )
    }

    fn unsupported(&self, at: usize, what: &str) -> Problem {
        Problem::new(
            at,
            format!("the generator does not support {what} in JMESPath yet"),
            "write the expression without it",
        )
    }

    /// Parses an expression up to a token that binds no stronger than `power`.
    fn expression(&mut self, power: u8) -> Result<Expr, Problem> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Problem::new(
                self.at(),
                "the expression nests too deep",
                "simplify it",
            ));
        }
        let mut left = self.prefix()?;
        while power < binding(self.peek()) {
            left = self.infix(left)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn prefix(&mut self) -> Result<Expr, Problem> {
        let (at, token) = self.take();
        let current = || expr(at, Kind::Current);
        match token {
            Token::Name(name) => match self.accept(&Token::LeftParen) {
                true => self.call(at, &name),
                false => Ok(expr(at, Kind::Field(name))),
            },
            Token::Literal(literal) => Ok(expr(at, Kind::Literal(literal))),
            Token::Current => Ok(current()),
            Token::Star => self.values(at, current()),
            Token::Flatten => self.flatten(at, current()),
            Token::Filter => self.filter(at, current()),
            Token::LeftBracket => match self.peek() {
                Token::Number(_) | Token::Colon => self.index(at, current()),
                Token::Star => self.list(at, current()),
                _ => self.multi_select(at),
            },
            Token::Not => {
                let inner = self.expression(NOT)?;
                Ok(expr(at, Kind::Not(Box::new(inner))))
            }
            Token::LeftParen => {
                let inner = self.expression(0)?;
                self.expect(&Token::RightParen, "`)`")?;
                Ok(inner)
            }
            Token::LeftBrace => self.object(at),
            Token::Ampersand => Err(self.unsupported(at, "an expression reference (`&`)")),
            _ => {
                self.next -= 1;
                Err(self.unexpected("an expression"))
            }
        }
    }

    fn infix(&mut self, left: Expr) -> Result<Expr, Problem> {
        let (at, token) = self.take();
        let mut binary = |power, make: fn(Box<Expr>, Box<Expr>) -> Kind, left: Expr| {
            let right = self.expression(power)?;
            Ok(expr(at, make(Box::new(left), Box::new(right))))
        };
        match token {
            Token::Pipe => binary(PIPE, Kind::Then, left),
            Token::Or => binary(OR, Kind::Or, left),
            Token::And => binary(AND, Kind::And, left),
            Token::Comparison(comparison) => {
                let right = self.expression(COMPARISON)?;
                let kind = Kind::Compare(comparison, Box::new(left), Box::new(right));
                Ok(expr(at, kind))
            }
            Token::Flatten => self.flatten(at, left),
            Token::Filter => self.filter(at, left),
            Token::Dot => match self.accept(&Token::Star) {
                true => self.values(at, left),
                false => {
                    let right = self.after_dot(DOT)?;
                    Ok(then(at, left, right))
                }
            },
            Token::LeftBracket => match self.peek() {
                Token::Star => self.list(at, left),
                _ => self.index(at, left),
            },
            _ => {
                self.next -= 1;
                Err(self.unexpected("an operator"))
            }
        }
    }

    /// What may follow a dot: a member, a function, or a multi-select list or hash.
    fn after_dot(&mut self, power: u8) -> Result<Expr, Problem> {
        match self.peek() {
            Token::Name(_) | Token::Star => self.expression(power),
            Token::LeftBracket => {
                let (at, _) = self.take();
                self.multi_select(at)
            }
            Token::LeftBrace => {
                let (at, _) = self.take();
                self.object(at)
            }
            _ => Err(self.unexpected("a member's name")),
        }
    }

    /// What is evaluated for each item of a projection; `None` if there is nothing.
    fn projected(&mut self, power: u8) -> Result<Option<Expr>, Problem> {
        if binding(self.peek()) < PROJECTION_STOP {
            return Ok(None);
        }
        match self.peek() {
            Token::Dot => {
                self.take();
                self.after_dot(power).map(Some)
            }
            Token::LeftBracket | Token::Filter => self.expression(power).map(Some),
            _ => Err(self.unexpected("`.`, `[` or an operator")),
        }
    }

    fn project(&mut self, at: usize, list: Expr, power: u8) -> Result<Expr, Problem> {
        Ok(match self.projected(power)? {
            None => list,
            Some(each) => expr(at, Kind::Each(Box::new(list), Box::new(each))),
        })
    }

    fn values(&mut self, at: usize, left: Expr) -> Result<Expr, Problem> {
        let values = expr(at, Kind::Values(Box::new(left)));
        self.project(at, values, STAR)
    }

    fn flatten(&mut self, at: usize, left: Expr) -> Result<Expr, Problem> {
        let flat = expr(at, Kind::Flatten(Box::new(left)));
        self.project(at, flat, FLATTEN)
    }

    fn filter(&mut self, at: usize, left: Expr) -> Result<Expr, Problem> {
        let predicate = self.expression(0)?;
        self.expect(&Token::RightBracket, "`]`")?;
        let filter = expr(at, Kind::Filter(Box::new(left), Box::new(predicate)));
        self.project(at, filter, FILTER)
    }

    /// `[*]`, of which the bracket is taken.
    fn list(&mut self, at: usize, left: Expr) -> Result<Expr, Problem> {
        self.expect(&Token::Star, "`*`")?;
        self.expect(&Token::RightBracket, "`]`")?;
        let each = self
            .projected(STAR)?
            .unwrap_or_else(|| expr(at, Kind::Current));
        Ok(expr(at, Kind::Each(Box::new(left), Box::new(each))))
    }

    /// `[0]`, of which the bracket is taken.
    fn index(&mut self, at: usize, left: Expr) -> Result<Expr, Problem> {
        let (number_at, token) = self.take();
        let index = match token {
            Token::Number(index) if *self.peek() != Token::Colon => index,
            Token::Number(_) | Token::Colon => {
                return Err(self.unsupported(at, "a slice (`[a:b]`)"));
            }
            _ => {
                self.next -= 1;
                return Err(self.unexpected("an index or `*`"));
            }
        };
        self.expect(&Token::RightBracket, "`]`")?;
        Ok(then(at, left, expr(number_at, Kind::Index(index))))
    }

    /// `[a, b]`, of which the bracket is taken.
    fn multi_select(&mut self, at: usize) -> Result<Expr, Problem> {
        let items = self.items(&Token::RightBracket, "`,` or `]`")?;
        match items.is_empty() {
            true => Err(self.unexpected("an expression")),
            false => Ok(expr(at, Kind::List(items))),
        }
    }

    /// `{a: b}`, of which the brace is taken.
    fn object(&mut self, at: usize) -> Result<Expr, Problem> {
        let mut entries = Vec::new();
        loop {
            let (_, token) = self.take();
            let Token::Name(name) = token else {
                self.next -= 1;
                return Err(self.unexpected("a key"));
            };
            self.expect(&Token::Colon, "`:`")?;
            entries.push((name, self.expression(0)?));
            if self.accept(&Token::RightBrace) {
                return Ok(expr(at, Kind::Object(entries)));
            }
            self.expect(&Token::Comma, "`,` or `}`")?;
        }
    }

    /// Expressions with commas between them, and the token that ends them.
    fn items(&mut self, end: &Token, wanted: &str) -> Result<Vec<Expr>, Problem> {
        let mut items = Vec::new();
        if self.accept(end) {
            return Ok(items);
        }
        loop {
            items.push(self.expression(0)?);
            if self.accept(end) {
                return Ok(items);
            }
            self.expect(&Token::Comma, wanted)?;
        }
    }

    fn call(&mut self, at: usize, name: &str) -> Result<Expr, Problem> {
        let mut known = Function::ALL.iter();
        let Some((_, function)) = known.find(|(known, _)| *known == name) else {
            let names: Vec<&str> = Function::ALL.iter().map(|(name, _)| *name).collect();
            return Err(Problem::new(
                at,
                format!("the generator does not know the JMESPath function `{name}`"),
                format!("use one of {}", names.join(", ")),
            ));
        };
        let arguments = self.items(&Token::RightParen, "`,` or `)`")?;
        let arity = function.arity();
        if arguments.len() != arity {
            return Err(Problem::new(
                at,
                format!(
                    "`{name}` has {} arguments, but takes {arity}",
                    arguments.len()
                ),
                "give it as many as it takes",
            ));
        }
        Ok(expr(at, Kind::Call(*function, arguments)))
    }
}

fn expr(at: usize, kind: Kind) -> Expr {
    Expr { kind, at }
}

/// Leaves out steps that change nothing.
fn then(at: usize, left: Expr, right: Expr) -> Expr {
    match left.kind {
        Kind::Current => right,
        _ => expr(at, Kind::Then(Box::new(left), Box::new(right))),
    }
}

/// How strong a token binds what stands before it.
fn binding(token: &Token) -> u8 {
    match token {
        Token::Pipe => PIPE,
        Token::Or => OR,
        Token::And => AND,
        Token::Comparison(_) => COMPARISON,
        Token::Flatten => FLATTEN,
        Token::Star => STAR,
        Token::Filter => FILTER,
        Token::Dot => DOT,
        Token::LeftBracket => BRACKET,
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
