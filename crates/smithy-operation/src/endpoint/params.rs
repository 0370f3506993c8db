//! Endpoint parameters that only some services have.

use aws_smithy_schema::Schema;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

/// An endpoint parameter of a service.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Param {
    /// The name in the model, such as `Bucket`.
    pub name: &'static str,
    /// The value.
    pub value: ParamValue,
}

/// The value of an endpoint parameter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ParamValue {
    /// A boolean.
    Bool(bool),
    /// A string.
    String(String),
    /// A list of strings.
    Strings(Vec<String>),
}

/// An endpoint parameter that an operation gives a value.
#[derive(Debug, Clone, Copy)]
pub struct OperationParam {
    /// The name in the model.
    pub name: &'static str,
    /// Where the value comes from.
    pub source: ParamSource,
}

impl OperationParam {
    /// Creates the parameter of this name.
    pub const fn new(name: &'static str, source: ParamSource) -> Self {
        Self { name, source }
    }
}

/// Where the value of an endpoint parameter comes from.
#[derive(Debug, Clone, Copy)]
pub enum ParamSource {
    /// It is always this boolean.
    Bool(bool),
    /// It is always this string.
    String(&'static str),
    /// It is always this list.
    Strings(&'static [&'static str]),
    /// A member of the input that is a string or a boolean.
    Member(&'static str),
    /// A string or boolean of the input.
    Input(Path),
    /// Strings of the input.
    InputList(Path),
    /// The account of the caller's credentials.
    AccountId,
    /// Whether endpoints name the account: `preferred`, `disabled` or `required`.
    AccountIdEndpointMode,
}

/// A way through an input to the values of an endpoint parameter.
#[derive(Debug, Clone, Copy)]
pub enum Path {
    /// The value that the path has come to; the items, if it is a list.
    Value,
    /// A member of a structure.
    Field(&'static str, &'static Path),
    /// The keys of a map, or the names of the members that a structure has.
    Keys,
    /// Each item of a list.
    Items(&'static Path),
    /// Each value of a map.
    Values(&'static Path),
    /// All of these, one after the other.
    All(&'static [Path]),
}

/// Collects the values that an operation gives endpoint parameters, without those of the client.
pub type CollectParams = fn(&[OperationParam], &dyn SerializableStruct) -> Vec<Param>;

/// Collects the values that an operation gives endpoint parameters, without those of the client.
pub fn collect_params(params: &[OperationParam], input: &dyn SerializableStruct) -> Vec<Param> {
    let collected = params.iter().filter_map(|param| {
        let value = match &param.source {
            ParamSource::Bool(value) => ParamValue::Bool(*value),
            ParamSource::String(text) => ParamValue::String((*text).to_owned()),
            ParamSource::Strings(texts) => {
                ParamValue::Strings(texts.iter().map(|text| (*text).to_owned()).collect())
            }
            ParamSource::Member(name) => {
                Found::at(&Path::Field(name, &Path::Value), input).value()?
            }
            ParamSource::Input(path) => Found::at(path, input).value()?,
            ParamSource::InputList(path) => ParamValue::Strings(Found::at(path, input).texts),
            ParamSource::AccountId | ParamSource::AccountIdEndpointMode => return None,
        };
        Some(Param {
            name: param.name,
            value,
        })
    });
    collected.collect()
}

/// What a path has found.
#[derive(Default)]
struct Found {
    texts: Vec<String>,
    bool: Option<bool>,
}

impl Found {
    fn at(path: &Path, input: &dyn SerializableStruct) -> Self {
        let mut found = Self::default();
        // An input that cannot be written is reported when the request is made.
        let _ = found.in_structure(path, input);
        found
    }

    fn value(self) -> Option<ParamValue> {
        let text = self.texts.into_iter().next().map(ParamValue::String);
        text.or(self.bool.map(ParamValue::Bool))
    }

    fn in_structure(
        &mut self,
        path: &Path,
        value: &dyn SerializableStruct,
    ) -> Result<(), SerdeError> {
        let inside = match path {
            Path::Field(name, then) => Inside::Member(name, then),
            Path::Keys => Inside::Names,
            Path::All(paths) => {
                let mut paths = paths.iter();
                return paths.try_for_each(|path| self.in_structure(path, value));
            }
            Path::Value | Path::Items(_) | Path::Values(_) => return Ok(()),
        };
        value.serialize_members(&mut Picker::new(inside, self))
    }

    fn in_list(
        &mut self,
        path: &Path,
        write: &dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        match path {
            Path::Items(then) => write(&mut Picker::new(Inside::Items(then), self)),
            Path::Value => write(&mut Picker::new(Inside::Items(path), self)),
            Path::Field(..) | Path::Keys | Path::Values(_) | Path::All(_) => Ok(()),
        }
    }

    fn in_map(
        &mut self,
        path: &Path,
        write: &dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        let inside = match path {
            Path::Keys => Inside::MapKeys,
            Path::Values(then) => Inside::MapValues(then),
            Path::Value | Path::Field(..) | Path::Items(_) | Path::All(_) => return Ok(()),
        };
        write(&mut Picker::new(inside, self))
    }
}

/// The value that members are written from.
enum Inside<'p> {
    /// A structure of which this member is wanted.
    Member(&'p str, &'p Path),
    /// A structure of which the names are wanted.
    Names,
    Items(&'p Path),
    MapKeys,
    MapValues(&'p Path),
}

/// A serializer that keeps what is at the end of a path and drops everything else.
struct Picker<'p, 'f> {
    inside: Inside<'p>,
    /// Whether the next string is the key of a map.
    key_is_next: bool,
    found: &'f mut Found,
}

impl<'p, 'f> Picker<'p, 'f> {
    fn new(inside: Inside<'p>, found: &'f mut Found) -> Self {
        Self {
            inside,
            key_is_next: true,
            found,
        }
    }

    /// The path inside the value that comes next; `None` drops the value.
    fn next(&mut self, schema: &Schema<'_>) -> Option<&'p Path> {
        let is_key = self.key_is_next;
        self.key_is_next = !is_key;
        match self.inside {
            Inside::Member(name, then) => (schema.member_name() == Some(name)).then_some(then),
            Inside::Names => {
                let name = schema.member_name().map(str::to_owned);
                self.found.texts.extend(name);
                None
            }
            Inside::Items(then) => Some(then),
            Inside::MapKeys => is_key.then_some(&Path::Value),
            Inside::MapValues(then) => (!is_key).then_some(then),
        }
    }
}

/// Values that are never endpoint parameters.
macro_rules! dropped {
    ($($write:ident: $ty:ty;)*) => {$(
        fn $write(&mut self, schema: &Schema<'_>, _: $ty) -> Result<(), SerdeError> {
            self.next(schema);
            Ok(())
        }
    )*};
}

impl ShapeSerializer for Picker<'_, '_> {
    fn write_struct(
        &mut self,
        schema: &Schema<'_>,
        value: &dyn SerializableStruct,
    ) -> Result<(), SerdeError> {
        match self.next(schema) {
            Some(path) => self.found.in_structure(path, value),
            None => Ok(()),
        }
    }

    fn write_list(
        &mut self,
        schema: &Schema<'_>,
        write: &dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        match self.next(schema) {
            Some(path) => self.found.in_list(path, write),
            None => Ok(()),
        }
    }

    fn write_map(
        &mut self,
        schema: &Schema<'_>,
        write: &dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        match self.next(schema) {
            Some(path) => self.found.in_map(path, write),
            None => Ok(()),
        }
    }

    fn write_boolean(&mut self, schema: &Schema<'_>, value: bool) -> Result<(), SerdeError> {
        if let Some(Path::Value) = self.next(schema) {
            self.found.bool = Some(value);
        }
        Ok(())
    }

    fn write_string(&mut self, schema: &Schema<'_>, value: &str) -> Result<(), SerdeError> {
        if let Some(Path::Value) = self.next(schema) {
            self.found.texts.push(value.to_owned());
        }
        Ok(())
    }

    fn write_null(&mut self, schema: &Schema<'_>) -> Result<(), SerdeError> {
        self.next(schema);
        Ok(())
    }

    dropped! {
        write_byte: i8;
        write_short: i16;
        write_integer: i32;
        write_long: i64;
        write_float: f32;
        write_double: f64;
        write_big_integer: &BigInteger;
        write_big_decimal: &BigDecimal;
        write_blob: Blob;
        write_timestamp: &DateTime;
        write_document: &Document;
    }
}
