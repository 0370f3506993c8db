//! Values of a model, such as the parameters of a test, as Rust expressions.

use super::{ident, number};
use crate::ir::{Ir, Member, Presence, Structure, Ty, Type, Union};
use crate::source::json::{Entry, Node, Value};
use proc_macro2::TokenStream;
use quote::quote;

/// Writes values for code outside of the generated crate.
pub(super) struct Values<'a> {
    ir: &'a Ir,
    /// The crate that has the types.
    module: TokenStream,
}

/// How deep a value that is made up may nest.
const DEPTH: usize = 16;

impl<'a> Values<'a> {
    pub(super) fn new(ir: &'a Ir) -> Self {
        let module = ident(&ir.service.crate_name.replace('-', "_"));
        Self {
            ir,
            module: quote!(#module),
        }
    }

    /// Calls of a builder's setters, one for each member that the object has. Event streams have no events.
    pub(super) fn setters(
        &self,
        structure: &Structure,
        params: Option<&Node>,
    ) -> Result<TokenStream, String> {
        let mut calls = self.members(structure, params)?;
        let streams = structure.members.iter();
        for member in streams.filter(|member| member.presence == Presence::Events) {
            let (setter, value) = (ident(&member.setter), self.any(&member.ty, 0)?);
            calls.extend(quote!(.#setter(Some(#value))));
        }
        Ok(calls)
    }

    /// The same without event streams.
    pub(super) fn members(
        &self,
        structure: &Structure,
        params: Option<&Node>,
    ) -> Result<TokenStream, String> {
        let mut calls = TokenStream::new();
        for entry in entries(params)? {
            if matches!(entry.value.value, Value::Null) {
                continue;
            }
            let member = structure.members.iter().find(|it| it.name == entry.key);
            let member = member
                .ok_or_else(|| format!("`{}` has no member `{}`", structure.name, entry.key))?;
            if member.presence == Presence::Events {
                continue;
            }
            let value = self.value(&member.ty, &entry.value)?;
            let setter = ident(&member.setter);
            calls.extend(quote!(.#setter(Some(#value))));
        }
        Ok(calls)
    }

    /// Calls of the setters of an input's required members that the object lacks, with values that are made
    /// up.
    pub(super) fn required(
        &self,
        input: &Structure,
        params: Option<&Node>,
    ) -> Result<TokenStream, String> {
        let required = |member: &&Member| {
            let given = params.is_some_and(|params| params.get(&member.name).is_some());
            member.presence == Presence::Checked && !given
        };
        let mut calls = TokenStream::new();
        for member in input.members.iter().filter(required) {
            let (setter, value) = (ident(&member.setter), self.any(&member.ty, 0)?);
            calls.extend(quote!(.#setter(Some(#value))));
        }
        Ok(calls)
    }

    /// A structure at a path, made of its members.
    pub(super) fn structure(
        &self,
        structure: &Structure,
        path: &TokenStream,
        params: Option<&Node>,
    ) -> Result<TokenStream, String> {
        let setters = self.setters(structure, params)?;
        Ok(built(structure, path, &setters))
    }

    pub(super) fn value(&self, ty: &Ty, node: &Node) -> Result<TokenStream, String> {
        let unfit = || format!("{} is no value of {}", node.kind(), name(ty));
        Ok(match (ty, &node.value) {
            (Ty::Nullable(_), Value::Null) => quote!(None),
            (Ty::Nullable(item), _) => {
                let value = self.value(item, node)?;
                quote!(Some(#value))
            }
            (Ty::Bool, Value::Bool(value)) => quote!(#value),
            (Ty::I8 | Ty::I16 | Ty::I32 | Ty::I64, Value::Number(text)) => integer(text)?,
            (Ty::F32, _) => float(node, &quote!(f32)).ok_or_else(unfit)?,
            (Ty::F64, _) => float(node, &quote!(f64)).ok_or_else(unfit)?,
            (Ty::String, Value::String(text)) => quote!(#text.to_owned()),
            (Ty::BigInteger | Ty::BigDecimal, Value::Number(text) | Value::String(text)) => {
                quote!(#text.parse().expect("a number"))
            }
            (Ty::Blob, Value::String(text)) => {
                quote!(::smithy_operation::generated::Blob::new(#text))
            }
            (Ty::ByteStream, Value::String(text)) => {
                quote!(::smithy_operation::generated::ByteStream::from_static(#text.as_bytes()))
            }
            (Ty::DateTime, Value::Number(text) | Value::String(text)) => {
                quote!(::smithy_protocol_test::timestamp(#text))
            }
            (Ty::Document, _) => {
                let text = node.to_plain().to_string();
                quote!(::smithy_protocol_test::document(#text))
            }
            (Ty::Enum(name), Value::String(text)) => {
                let path = self.path(name, false);
                quote!(#path::from(#text))
            }
            (Ty::IntEnum(name), Value::Number(text)) => {
                let (path, value) = (self.path(name, false), integer(text)?);
                quote!(#path::from(#value))
            }
            (Ty::List(item), Value::Array(items)) => {
                let items = items.iter().map(|node| self.value(item, node));
                let items = items.collect::<Result<Vec<_>, _>>()?;
                quote!(vec![#(#items),*])
            }
            (Ty::Map(key, value), Value::Object(entries)) => {
                let entries = entries.iter().map(|entry| {
                    let value = self.value(value, &entry.value)?;
                    let key = self.key(key, &entry.key)?;
                    Ok(quote!((#key, #value)))
                });
                let entries = entries.collect::<Result<Vec<_>, String>>()?;
                quote!(::std::collections::HashMap::from([#(#entries),*]))
            }
            (Ty::Shape { name, boxed, error }, _) => {
                let value = self.shape(name, *error, node)?;
                boxed_if(*boxed, value)
            }
            _ => return Err(unfit()),
        })
    }

    fn key(&self, ty: &Ty, key: &str) -> Result<TokenStream, String> {
        match ty {
            Ty::String => Ok(quote!(#key.to_owned())),
            Ty::Enum(name) => {
                let path = self.path(name, false);
                Ok(quote!(#path::from(#key)))
            }
            _ => Err(format!("a key is no value of {}", name(ty))),
        }
    }

    fn shape(&self, name: &str, error: bool, node: &Node) -> Result<TokenStream, String> {
        let path = self.path(name, error);
        match self.find(name, error)? {
            Shape::Structure(shape) => self.structure(shape, &path, Some(node)),
            Shape::Union(shape) => {
                let set: Vec<&Entry> = entries(Some(node))?
                    .iter()
                    .filter(|entry| !matches!(entry.value.value, Value::Null))
                    .collect();
                let [entry] = set.as_slice() else {
                    return Err(format!("the union `{name}` has {} values", set.len()));
                };
                let variant = shape.variants.iter().find(|it| it.member == entry.key);
                let variant = variant
                    .ok_or_else(|| format!("the union `{name}` has no member `{}`", entry.key))?;
                let value = match &variant.ty {
                    Some(ty) => {
                        let value = self.value(ty, &entry.value)?;
                        Some(quote!((#value)))
                    }
                    None => None,
                };
                let variant = ident(&variant.name);
                Ok(quote!(#path::#variant #value))
            }
        }
    }

    /// Any value of a type.
    fn any(&self, ty: &Ty, depth: usize) -> Result<TokenStream, String> {
        if depth > DEPTH {
            return Err(format!("no value of {} ends", name(ty)));
        }
        Ok(match ty {
            Ty::Bool => quote!(true),
            Ty::I8 | Ty::I16 | Ty::I32 | Ty::I64 => quote!(1),
            Ty::F32 | Ty::F64 => quote!(1.0),
            Ty::String => quote!("value".to_owned()),
            Ty::BigInteger | Ty::BigDecimal => quote!("1".parse().expect("a number")),
            Ty::Blob => quote!(::smithy_operation::generated::Blob::new("value")),
            Ty::DateTime => quote!(::smithy_protocol_test::timestamp("0")),
            Ty::Document => quote!(::smithy_protocol_test::document("{}")),
            Ty::ByteStream => {
                quote!(::smithy_operation::generated::ByteStream::from_static(
                    b"value"
                ))
            }
            Ty::Events { sent: true, .. } => quote!(::smithy_protocol_test::sender([])),
            Ty::Events { sent: false, .. } => {
                quote!(::smithy_operation::event_stream::EventReceiver::default())
            }
            Ty::List(_) => quote!(Vec::new()),
            Ty::Map(..) => quote!(::std::collections::HashMap::new()),
            Ty::Nullable(_) => quote!(None),
            Ty::Pair(..) => return Err("an entry of a map stands nowhere alone".to_owned()),
            Ty::Enum(name) => {
                let path = self.path(name, false);
                quote!(#path::from("value"))
            }
            Ty::IntEnum(name) => {
                let path = self.path(name, false);
                quote!(#path::from(1))
            }
            Ty::Shape { name, boxed, error } => {
                let path = self.path(name, *error);
                let value = match self.find(name, *error)? {
                    Shape::Structure(shape) => {
                        let mut setters = TokenStream::new();
                        for member in &shape.members {
                            if member.presence == Presence::Required {
                                let setter = ident(&member.setter);
                                let value = self.any(&member.ty, depth + 1)?;
                                setters.extend(quote!(.#setter(Some(#value))));
                            }
                        }
                        built(shape, &path, &setters)
                    }
                    Shape::Union(shape) => self.any_variant(shape, &path, depth)?,
                };
                boxed_if(*boxed, value)
            }
        })
    }

    fn any_variant(
        &self,
        union: &Union,
        path: &TokenStream,
        depth: usize,
    ) -> Result<TokenStream, String> {
        let mut last = Err(format!("the union `{}` has no member", union.name));
        for variant in &union.variants {
            let name = ident(&variant.name);
            last = match &variant.ty {
                Some(ty) => self
                    .any(ty, depth + 1)
                    .map(|value| quote!(#path::#name(#value))),
                None => Ok(quote!(#path::#name)),
            };
            if last.is_ok() {
                break;
            }
        }
        last
    }

    /// The path of a type.
    pub(super) fn path(&self, name: &str, is_error: bool) -> TokenStream {
        let (module, name) = (&self.module, ident(name));
        match is_error {
            true => quote!(#module::types::error::#name),
            false => quote!(#module::types::#name),
        }
    }

    fn find(&self, name: &str, error: bool) -> Result<Shape<'a>, String> {
        let found = if error {
            let mut errors = self.ir.errors.iter();
            errors.find(|it| it.name == name).map(Shape::Structure)
        } else {
            self.ir.types.iter().find_map(|ty| match ty {
                Type::Structure(shape) if shape.name == name => Some(Shape::Structure(shape)),
                Type::Union(shape) if shape.name == name => Some(Shape::Union(shape)),
                _ => None,
            })
        };
        found.ok_or_else(|| format!("there is no type `{name}`"))
    }
}

enum Shape<'a> {
    Structure(&'a Structure),
    Union(&'a Union),
}

/// The entries of an object, or none if it is absent.
fn entries(params: Option<&Node>) -> Result<&[Entry], String> {
    match params {
        None => Ok(&[]),
        Some(node) => node
            .as_object()
            .ok_or_else(|| format!("{} has no members", node.kind())),
    }
}

fn built(structure: &Structure, path: &TokenStream, setters: &TokenStream) -> TokenStream {
    let complete = structure
        .fallible
        .then(|| quote!(.expect("every required member is set")));
    quote!(#path::builder() #setters.build() #complete)
}

fn boxed_if(boxed: bool, value: TokenStream) -> TokenStream {
    match boxed {
        true => quote!(Box::new(#value)),
        false => value,
    }
}

fn integer(text: &str) -> Result<TokenStream, String> {
    let is_integer = text.parse::<i128>().is_ok();
    is_integer
        .then(|| match text.strip_prefix('-') {
            Some(magnitude) => {
                let magnitude = number(magnitude);
                quote!(-#magnitude)
            }
            None => {
                let magnitude = number(text);
                quote!(#magnitude)
            }
        })
        .ok_or_else(|| format!("`{text}` is no whole number"))
}

fn float(node: &Node, ty: &TokenStream) -> Option<TokenStream> {
    Some(match &node.value {
        Value::String(text) => match text.as_str() {
            "NaN" => quote!(#ty::NAN),
            "Infinity" => quote!(#ty::INFINITY),
            "-Infinity" => quote!(#ty::NEG_INFINITY),
            _ => return None,
        },
        Value::Number(text) => {
            let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
            let magnitude = proc_macro2::Literal::f64_unsuffixed(value.abs());
            match value.is_sign_negative() {
                true => quote!(-#magnitude),
                false => quote!(#magnitude),
            }
        }
        _ => return None,
    })
}

/// What a message calls a type.
fn name(ty: &Ty) -> String {
    match ty {
        Ty::Shape { name, .. } | Ty::Enum(name) | Ty::IntEnum(name) => format!("`{name}`"),
        other => format!("`{other:?}`"),
    }
}
