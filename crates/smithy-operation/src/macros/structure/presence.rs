//! What a member's presence decides: how it is built, written, read and checked.

#[doc(hidden)]
#[macro_export]
macro_rules! __finish {
    ($when:ident optional, $value:expr, $field:expr, $target:expr) => {
        $value
    };
    ($when:ident checked, $value:expr, $field:expr, $target:expr) => {
        $value
    };
    (build filled, $value:expr, $field:expr, $target:expr) => {
        $value
    };
    (read filled, $value:expr, $field:expr, $target:expr) => {
        Some($value.unwrap_or_else($crate::Value::zero))
    };
    (build required, $value:expr, $field:expr, $target:expr) => {
        $value.ok_or_else(|| $crate::missing_field($field, $target))?
    };
    (read required, $value:expr, $field:expr, $target:expr) => {
        $value.unwrap_or_else($crate::Value::zero)
    };
    ($when:ident default = $default:expr, $value:expr, $field:expr, $target:expr) => {
        $value.unwrap_or_else(|| $default)
    };
    ($when:ident implied = $default:expr, $value:expr, $field:expr, $target:expr) => {
        $value.unwrap_or($default)
    };
    ($when:ident streaming, $value:expr, $field:expr, $target:expr) => {
        $value.unwrap_or_default()
    };
    (build events, $value:expr, $field:expr, $target:expr) => {
        $value.ok_or_else(|| $crate::missing_field($field, $target))?
    };
    (read events, $value:expr, $field:expr, $target:expr) => {
        $value.unwrap_or_default()
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __write {
    (optional, $value:expr, $schema:expr, $serializer:expr) => {
        $crate::write_member(&$value, $schema, $serializer)
    };
    (checked, $value:expr, $schema:expr, $serializer:expr) => {
        $crate::write_member(&$value, $schema, $serializer)
    };
    (filled, $value:expr, $schema:expr, $serializer:expr) => {
        $crate::write_member(&$value, $schema, $serializer)
    };
    (streaming, $value:expr, $schema:expr, $serializer:expr) => {
        // The body is sent as is.
        ::core::result::Result::<(), $crate::generated::SerdeError>::Ok(())
    };
    (events, $value:expr, $schema:expr, $serializer:expr) => {
        ::core::result::Result::<(), $crate::generated::SerdeError>::Ok(())
    };
    (implied = $default:expr, $value:expr, $schema:expr, $serializer:expr) => {
        if $value == $default {
            ::core::result::Result::<(), $crate::generated::SerdeError>::Ok(())
        } else {
            $crate::Value::write(&$value, $schema, $serializer)
        }
    };
    ($presence:ident $(= $default:expr)?, $value:expr, $schema:expr, $serializer:expr) => {
        $crate::Value::write(&$value, $schema, $serializer)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __read {
    (streaming, $place:expr, $schema:expr, $deserializer:expr) => {
        Ok(())
    };
    (events, $place:expr, $schema:expr, $deserializer:expr) => {
        Ok(())
    };
    ($presence:ident, $place:expr, $schema:expr, $deserializer:expr) => {
        $crate::read_member($place, $schema, $deserializer)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __missing {
    (checked, $value:expr, $name:literal, $field:expr) => {
        if $value.is_none() {
            return Some(($name, $field));
        }
    };
    (events, $value:expr, $name:literal, $field:expr) => {
        if $value.is_missing() {
            return Some(($name, $field));
        }
    };
    ($presence:ident, $value:expr, $name:literal, $field:expr) => {};
}
