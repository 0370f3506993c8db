//! Timestamps keep their milliseconds when they are read and written.

use aws_smithy_json::codec::{JsonCodec, JsonCodecSettings};
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::shape_id;
use aws_smithy_schema::traits::TimestampFormat;
use aws_smithy_schema::{Schema, prelude};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use smithy_operation::Value;

static EPOCH: Schema<'static> = Schema::new(
    shape_id!("test", "Epoch"),
    aws_smithy_schema::ShapeType::Timestamp,
)
.with_timestamp_format(TimestampFormat::EpochSeconds);
static TEXT: Schema<'static> = Schema::new(
    shape_id!("test", "Text"),
    aws_smithy_schema::ShapeType::Timestamp,
)
.with_timestamp_format(TimestampFormat::DateTime);

fn codec() -> JsonCodec {
    let settings = JsonCodecSettings::builder().default_timestamp_format(Format::EpochSeconds);
    JsonCodec::new(settings.build())
}

fn read(schema: &Schema<'_>, json: &str) -> DateTime {
    let codec = codec();
    let mut deserializer = codec.create_deserializer(json.as_bytes());
    <DateTime as Value>::read(schema, &mut deserializer).expect("a time")
}

fn written(schema: &Schema<'_>, time: DateTime) -> String {
    let mut serializer = codec().create_serializer();
    time.write(schema, &mut serializer).expect("a time");
    String::from_utf8(serializer.finish()).expect("JSON")
}

#[test]
fn every_millisecond_of_a_second_is_kept() {
    for seconds in [
        0,
        1,
        999_999_999,
        1_700_000_000,
        1_795_000_000,
        4_102_444_800,
        7_258_118_400,
        -1,
        -1_700_000_000,
    ] {
        for milliseconds in 0..1_000 {
            let time = DateTime::from_secs_and_nanos(seconds, milliseconds * 1_000_000);
            for schema in [&EPOCH, &prelude::TIMESTAMP] {
                let text = written(schema, time);
                assert_eq!(read(schema, &text), time, "{text}");
                let decimal =
                    (i128::from(seconds) * 1_000 + i128::from(milliseconds)) as f64 / 1_000.0;
                assert_eq!(text.parse::<f64>().expect("a number"), decimal, "{text}");
            }
        }
    }
    let last = read(&EPOCH, "1700000000.9999999");
    assert_eq!(last, DateTime::from_secs(1_700_000_001));
}

#[test]
fn dates_as_text_are_read_as_they_are() {
    let time = DateTime::from_secs_and_nanos(1_700_000_000, 123_456_789);
    // The runtime writes microseconds at most.
    assert_eq!(written(&TEXT, time), r#""2023-11-14T22:13:20.123456Z""#);
    assert_eq!(read(&TEXT, r#""2023-11-14T22:13:20.123456789Z""#), time);
}
