//! Random values of any shape, read by its schema.

use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, Number};
use std::cell::RefCell;

type Result<T> = std::result::Result<T, SerdeError>;

/// Beyond that, values contain no others.
const DEPTH: usize = 5;

/// Makes up what is read.
pub(crate) struct Random<'a> {
    random: RefCell<fastrand::Rng>,
    /// Returns the values of the enum that a member holds.
    enums: &'a dyn Fn(&Schema<'_>) -> Vec<String>,
    depth: usize,
    /// Whether a null may be next.
    in_collection: bool,
    /// Whether collections have nulls.
    nulls: bool,
}

impl<'a> Random<'a> {
    pub(crate) fn new(
        seed: u64,
        nulls: bool,
        enums: &'a dyn Fn(&Schema<'_>) -> Vec<String>,
    ) -> Self {
        Self {
            random: RefCell::new(fastrand::Rng::with_seed(seed)),
            enums,
            depth: 0,
            in_collection: false,
            nulls,
        }
    }

    fn chance(&self, percent: u32) -> bool {
        self.random.borrow_mut().u32(..100) < percent
    }

    fn below(&self, limit: usize) -> usize {
        self.random.borrow_mut().usize(..limit)
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn length(&self) -> usize {
        match self.depth > DEPTH {
            true => 0,
            false => self.below(4),
        }
    }

    /// A string that some format may misread.
    fn text(&self) -> String {
        const ODD: &[&str] = &[
            "",
            " ",
            "null",
            "~",
            "true",
            "NaN",
            "-1.5e3",
            "0x10",
            "2026-01-31T12:00:00Z",
            "a\"b\\c'd",
            "line\nbreak\r\n\ttab",
            "\u{0}\u{1}\u{7f}",
            "naïve 日本語 🦀",
            "'''\"\"\"",
            "[table]\nkey = 1",
            "- item",
            "#comment",
            "{}",
            "__proto__",
        ];
        if self.chance(40) {
            return ODD[self.below(ODD.len())].to_owned();
        }
        let mut random = self.random.borrow_mut();
        let length = random.usize(..12);
        (0..length).map(|_| random.alphanumeric()).collect()
    }

    fn integer(&self) -> i64 {
        let mut random = self.random.borrow_mut();
        match random.u8(..4) {
            0 => random.i64(-2..3),
            1 => i64::MIN,
            2 => i64::MAX,
            _ => random.i64(..),
        }
    }

    fn float(&self) -> f64 {
        let mut random = self.random.borrow_mut();
        match random.u8(..5) {
            0 => 0.0,
            1 => f64::MAX,
            2 => f64::MIN_POSITIVE,
            3 => f64::from(random.i32(..)),
            _ => (random.f64() - 0.5) * 1e6,
        }
    }

    fn document(&mut self) -> Document {
        self.depth += 1;
        let kinds = if self.depth > DEPTH { 6 } else { 8 };
        let document = match self.below(kinds) {
            0 => Document::Null,
            1 => Document::Bool(self.chance(50)),
            2 => Document::Number(Number::PosInt(self.random.borrow_mut().u64(..))),
            3 => Document::Number(Number::NegInt(self.random.borrow_mut().i64(..0))),
            4 => Document::Number(Number::Float(self.float())),
            5 => Document::String(self.text()),
            6 => Document::Array((0..self.below(4)).map(|_| self.document()).collect()),
            _ => {
                let entries = (0..self.below(4)).map(|_| (self.text(), self.document()));
                Document::Object(entries.collect())
            }
        };
        self.depth -= 1;
        document
    }
}

impl ShapeDeserializer for Random<'_> {
    fn read_struct(
        &mut self,
        schema: &Schema<'_>,
        read: &mut dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Result<()>,
    ) -> Result<()> {
        let members = schema.members();
        let depth = self.depth;
        self.in_collection = false;
        self.nested(|this| {
            if schema.is_union() {
                let simple = |member: &Schema<'_>| member.shape_type().is_simple();
                let mut chosen = members[this.below(members.len())];
                if depth > DEPTH {
                    let mut all = members.iter();
                    let simple = all.find(|member| simple(member));
                    chosen = simple.copied().unwrap_or(chosen);
                }
                return read(chosen, this);
            }
            for member in members.iter().filter(|member| !member.streaming()) {
                let is_deep = depth > DEPTH && !member.shape_type().is_simple();
                // The zero of a union has no member set.
                if member.shape_type() == ShapeType::Union || (!is_deep && this.chance(75)) {
                    read(member, this)?;
                }
            }
            Ok(())
        })
    }

    fn read_list(
        &mut self,
        _: &Schema<'_>,
        read: &mut dyn FnMut(&mut dyn ShapeDeserializer) -> Result<()>,
    ) -> Result<()> {
        self.nested(|this| {
            (0..this.length()).try_for_each(|_| {
                this.in_collection = true;
                read(this)
            })
        })
    }

    fn read_map(
        &mut self,
        schema: &Schema<'_>,
        read: &mut dyn FnMut(String, &mut dyn ShapeDeserializer) -> Result<()>,
    ) -> Result<()> {
        let keys = schema.key().map(|key| (self.enums)(key));
        let keys = keys.unwrap_or_default();
        self.nested(|this| {
            (0..this.length()).try_for_each(|_| {
                let key = match keys.is_empty() {
                    true => this.text(),
                    false => keys[this.below(keys.len())].clone(),
                };
                this.in_collection = true;
                read(key, this)
            })
        })
    }

    fn read_boolean(&mut self, _: &Schema<'_>) -> Result<bool> {
        Ok(self.chance(50))
    }

    fn read_byte(&mut self, _: &Schema<'_>) -> Result<i8> {
        Ok(self.integer() as i8)
    }

    fn read_short(&mut self, _: &Schema<'_>) -> Result<i16> {
        Ok(self.integer() as i16)
    }

    fn read_integer(&mut self, _: &Schema<'_>) -> Result<i32> {
        Ok(self.integer() as i32)
    }

    fn read_long(&mut self, _: &Schema<'_>) -> Result<i64> {
        Ok(self.integer())
    }

    fn read_float(&mut self, _: &Schema<'_>) -> Result<f32> {
        Ok(match self.float() {
            f64::MAX => f32::MAX,
            value => value as f32,
        })
    }

    fn read_double(&mut self, _: &Schema<'_>) -> Result<f64> {
        Ok(self.float())
    }

    fn read_big_integer(&mut self, _: &Schema<'_>) -> Result<BigInteger> {
        let digits = format!("{}{}", self.integer(), self.random.borrow_mut().u64(..));
        Ok(digits.parse().expect("an integer"))
    }

    fn read_big_decimal(&mut self, _: &Schema<'_>) -> Result<BigDecimal> {
        let digits = format!(
            "{}.{:020}",
            self.integer(),
            self.random.borrow_mut().u64(..)
        );
        Ok(digits.parse().expect("a number"))
    }

    fn read_string(&mut self, schema: &Schema<'_>) -> Result<String> {
        let values = (self.enums)(schema);
        if values.is_empty() || self.chance(20) {
            return Ok(self.text());
        }
        Ok(values[self.below(values.len())].clone())
    }

    fn read_blob(&mut self, _: &Schema<'_>) -> Result<Blob> {
        let mut random = self.random.borrow_mut();
        let length = random.usize(..20);
        Ok(Blob::new(
            (0..length).map(|_| random.u8(..)).collect::<Vec<_>>(),
        ))
    }

    fn read_timestamp(&mut self, _: &Schema<'_>) -> Result<DateTime> {
        let mut random = self.random.borrow_mut();
        let seconds = random.i64(-62_135_596_800..253_402_300_799);
        let nanos = match random.u8(..3) {
            0 => 0,
            1 => random.u32(..1_000) * 1_000_000,
            _ => random.u32(..1_000_000_000),
        };
        Ok(DateTime::from_secs_and_nanos(seconds, nanos))
    }

    fn read_document(&mut self, _: &Schema<'_>) -> Result<Document> {
        Ok(self.document())
    }

    fn is_null(&self) -> bool {
        self.nulls && self.in_collection && self.chance(15)
    }

    fn container_size(&self) -> Option<usize> {
        None
    }
}
