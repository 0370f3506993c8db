//! Requests of awsQuery and ec2Query: an HTML form, whose keys are the paths of members.
//!
//! The serializer of `aws-smithy-query` takes the name of a list's item from the schema of the list, but only
//! for one level of nesting, and needs items without a schema of their own. This one follows the schemas as
//! they are, and knows the rules of ec2Query, for which there is no released codec.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_schema::Schema;
use aws_smithy_schema::protocol::ServiceVersion;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_schema::traits::TimestampFormat;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::primitive::Encoder;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, base64};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use smithy_operation::CalledOperation;
use std::borrow::Cow;

/// Everything but the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// How keys are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    #[cfg(feature = "aws-query")]
    AwsQuery,
    /// Names begin with a capital, lists are always flat, and empty ones are not sent.
    #[cfg(feature = "ec2-query")]
    Ec2Query,
}

/// Serializes a request.
pub(super) fn request(
    rules: Rules,
    input: &dyn SerializableStruct,
    schema: &Schema<'_>,
    config: &ConfigBag,
) -> Result<HttpRequest, SerdeError> {
    let (Some(CalledOperation(operation)), Some(version)) = (
        config.load::<CalledOperation>(),
        config.load::<ServiceVersion>(),
    ) else {
        return Err(SerdeError::custom(
            "the configuration contains neither the operation nor the version of the service",
        ));
    };
    let mut serializer = Serializer {
        rules,
        form: String::new(),
        key: String::new(),
        place: Place::Member,
    };
    serializer.pair("Action", operation.name);
    serializer.pair("Version", version.as_str());
    serializer.write_struct(schema, input)?;
    let body = serializer.form;
    let length = body.len().to_string();
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method("POST").map_err(custom)?;
    request.set_uri("/").map_err(custom)?;
    let headers = request.headers_mut();
    headers.insert("content-type", "application/x-www-form-urlencoded");
    headers.insert("content-length", length);
    Ok(request)
}

fn custom(error: impl std::fmt::Display) -> SerdeError {
    SerdeError::custom(error.to_string())
}

/// What is written next.
#[derive(Debug, Clone)]
enum Place {
    /// A member of a structure, whose name is added to the key.
    Member,
    /// An item of a list, the number of which is added.
    Item(usize),
    /// A key of a map, or the value that follows it.
    Entry {
        index: usize,
        key: String,
        value: String,
        is_value: bool,
    },
}

struct Serializer {
    rules: Rules,
    form: String,
    /// The key of the structure, list or map that is being written.
    key: String,
    place: Place,
}

impl Serializer {
    fn pair(&mut self, key: &str, value: &str) {
        if !self.form.is_empty() {
            self.form.push('&');
        }
        self.form.extend(utf8_percent_encode(key, ESCAPED));
        self.form.push('=');
        self.form.extend(utf8_percent_encode(value, ESCAPED));
    }

    /// Adds what comes next to the key, and returns how long the key was.
    fn enter(&mut self, schema: &Schema<'_>) -> usize {
        let length = self.key.len();
        let segment = match &mut self.place {
            Place::Member => self.rules.member(schema),
            Place::Item(index) => {
                *index += 1;
                Cow::Owned(index.to_string())
            }
            Place::Entry {
                index,
                key,
                value,
                is_value,
            } => {
                let name = if *is_value { value } else { key };
                if !*is_value {
                    *index += 1;
                }
                *is_value = !*is_value;
                Cow::Owned(format!("{index}.{name}"))
            }
        };
        push(&mut self.key, &segment);
        length
    }

    fn scalar(&mut self, schema: &Schema<'_>, value: &str) -> Result<(), SerdeError> {
        let length = self.enter(schema);
        let key = std::mem::take(&mut self.key);
        self.pair(&key, value);
        self.key = key;
        self.key.truncate(length);
        Ok(())
    }

    /// Writes what a structure, list or map contains.
    fn inside(
        &mut self,
        place: Place,
        write: impl FnOnce(&mut Self) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        let outer = std::mem::replace(&mut self.place, place);
        let result = write(self);
        self.place = outer;
        result
    }
}

fn push(key: &mut String, segment: &str) {
    if !key.is_empty() && !segment.is_empty() {
        key.push('.');
    }
    key.push_str(segment);
}

/// The name of a part of a list or map.
fn part<'s>(schema: Option<&'s Schema<'s>>, default: &'s str) -> &'s str {
    let name = schema.and_then(|schema| schema.xml_name());
    name.map_or(default, |name| name.value())
}

impl Rules {
    fn member<'s>(self, schema: &'s Schema<'s>) -> Cow<'s, str> {
        let name = schema.xml_name().map(|name| name.value());
        let name = name.or(schema.member_name()).unwrap_or_default();
        match self {
            #[cfg(feature = "aws-query")]
            Self::AwsQuery => Cow::Borrowed(name),
            // The generator puts `ec2QueryName` where other protocols have the name in JSON.
            #[cfg(feature = "ec2-query")]
            Self::Ec2Query => match schema.json_name() {
                Some(name) => Cow::Borrowed(name.value()),
                None => Cow::Owned(capitalized(name)),
            },
        }
    }

    fn flattens(self, schema: &Schema<'_>) -> bool {
        match self {
            #[cfg(feature = "aws-query")]
            Self::AwsQuery => schema.xml_flattened(),
            #[cfg(feature = "ec2-query")]
            Self::Ec2Query => {
                let _ = schema;
                true
            }
        }
    }

    fn sends_empty_lists(self) -> bool {
        match self {
            #[cfg(feature = "aws-query")]
            Self::AwsQuery => true,
            #[cfg(feature = "ec2-query")]
            Self::Ec2Query => false,
        }
    }
}

#[cfg(feature = "ec2-query")]
fn capitalized(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

impl ShapeSerializer for Serializer {
    fn write_struct(
        &mut self,
        schema: &Schema<'_>,
        value: &dyn SerializableStruct,
    ) -> Result<(), SerdeError> {
        // The input itself has no name.
        let is_root = self.key.is_empty() && schema.member_name().is_none();
        let length = match is_root {
            true => 0,
            false => self.enter(schema),
        };
        self.inside(Place::Member, |serializer| {
            value.serialize_members(serializer)
        })?;
        self.key.truncate(length);
        Ok(())
    }

    fn write_list(
        &mut self,
        schema: &Schema<'_>,
        write_elements: &dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        let length = self.enter(schema);
        let list = self.key.len();
        if !self.rules.flattens(schema) {
            push(&mut self.key, part(schema.member(), "member"));
        }
        let mut is_empty = false;
        self.inside(Place::Item(0), |serializer| {
            write_elements(serializer)?;
            // A list of empty structures writes nothing, but is not empty.
            is_empty = matches!(serializer.place, Place::Item(0));
            Ok(())
        })?;
        if is_empty && self.rules.sends_empty_lists() {
            let key = self.key[..list].to_owned();
            self.pair(&key, "");
        }
        self.key.truncate(length);
        Ok(())
    }

    fn write_map(
        &mut self,
        schema: &Schema<'_>,
        write_entries: &dyn Fn(&mut dyn ShapeSerializer) -> Result<(), SerdeError>,
    ) -> Result<(), SerdeError> {
        let length = self.enter(schema);
        if !self.rules.flattens(schema) {
            push(&mut self.key, "entry");
        }
        let entries = Place::Entry {
            index: 0,
            key: part(schema.key(), "key").to_owned(),
            value: part(schema.member(), "value").to_owned(),
            is_value: false,
        };
        self.inside(entries, |serializer| write_entries(serializer))?;
        self.key.truncate(length);
        Ok(())
    }

    fn write_boolean(&mut self, schema: &Schema<'_>, value: bool) -> Result<(), SerdeError> {
        self.scalar(schema, Encoder::from(value).encode())
    }

    fn write_byte(&mut self, schema: &Schema<'_>, value: i8) -> Result<(), SerdeError> {
        self.scalar(schema, Encoder::from(value).encode())
    }

    fn write_short(&mut self, schema: &Schema<'_>, value: i16) -> Result<(), SerdeError> {
        self.scalar(schema, Encoder::from(value).encode())
    }

    fn write_integer(&mut self, schema: &Schema<'_>, value: i32) -> Result<(), SerdeError> {
        self.scalar(schema, Encoder::from(value).encode())
    }

    fn write_long(&mut self, schema: &Schema<'_>, value: i64) -> Result<(), SerdeError> {
        self.scalar(schema, Encoder::from(value).encode())
    }

    fn write_float(&mut self, schema: &Schema<'_>, value: f32) -> Result<(), SerdeError> {
        self.scalar(schema, Encoder::from(value).encode())
    }

    fn write_double(&mut self, schema: &Schema<'_>, value: f64) -> Result<(), SerdeError> {
        self.scalar(schema, Encoder::from(value).encode())
    }

    fn write_big_integer(
        &mut self,
        schema: &Schema<'_>,
        value: &BigInteger,
    ) -> Result<(), SerdeError> {
        self.scalar(schema, value.as_ref())
    }

    fn write_big_decimal(
        &mut self,
        schema: &Schema<'_>,
        value: &BigDecimal,
    ) -> Result<(), SerdeError> {
        self.scalar(schema, value.as_ref())
    }

    fn write_string(&mut self, schema: &Schema<'_>, value: &str) -> Result<(), SerdeError> {
        self.scalar(schema, value)
    }

    fn write_blob(&mut self, schema: &Schema<'_>, value: Blob) -> Result<(), SerdeError> {
        self.scalar(schema, &base64::encode(value))
    }

    fn write_timestamp(&mut self, schema: &Schema<'_>, value: &DateTime) -> Result<(), SerdeError> {
        let format = match schema.timestamp_format().map(|format| format.format()) {
            Some(TimestampFormat::EpochSeconds) => Format::EpochSeconds,
            Some(TimestampFormat::HttpDate) => Format::HttpDate,
            _ => Format::DateTime,
        };
        self.scalar(schema, &value.fmt(format).map_err(custom)?)
    }

    fn write_document(&mut self, schema: &Schema<'_>, _: &Document) -> Result<(), SerdeError> {
        Err(SerdeError::unsupported(format!(
            "the member `{}` is a document, which the query protocols do not have",
            schema.member_name().unwrap_or_default()
        )))
    }

    fn write_null(&mut self, _: &Schema<'_>) -> Result<(), SerdeError> {
        // A form has no null.
        Ok(())
    }
}
