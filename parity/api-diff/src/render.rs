//! Signatures as text that is the same for the same meaning: paths in full, lifetimes left out,
//! generics numbered, bounds sorted.

use crate::surface::Universe;
use rustdoc_types::{
    AssocItemConstraintKind, Function, GenericArg, GenericArgs, GenericBound, GenericParamDefKind,
    Generics, ItemEnum, Path, PolyTrait, Term, TraitBoundModifier, Type, WherePredicate,
};
use std::collections::HashMap;

/// What the names of generics stand for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Env {
    names: HashMap<String, String>,
    declared: usize,
}

impl Env {
    /// Numbers the types that generics declare.
    pub(crate) fn declare(&self, generics: &Generics) -> Self {
        let mut env = self.clone();
        for param in &generics.params {
            if let GenericParamDefKind::Type {
                is_synthetic: true, ..
            }
            | GenericParamDefKind::Lifetime { .. } = param.kind
            {
                continue;
            }
            env.names
                .insert(param.name.clone(), format!("T{}", env.declared));
            env.declared += 1;
        }
        env
    }

    /// Whether any name stands for a type and not for a number.
    fn is_filled(&self) -> bool {
        self.names.values().any(|value| value.contains("::"))
    }

    /// Fills names in.
    pub(crate) fn bind<'a>(
        &self,
        names: impl IntoIterator<Item = (&'a String, &'a String)>,
    ) -> Self {
        let mut env = self.clone();
        for (name, value) in names {
            env.names.insert(name.clone(), value.clone());
        }
        env
    }
}

/// Writes types of any crate of a universe.
#[derive(Clone, Copy)]
pub(crate) struct Renderer<'a> {
    universe: &'a Universe,
}

impl<'a> Renderer<'a> {
    pub(crate) fn new(universe: &'a Universe) -> Self {
        Self { universe }
    }

    pub(crate) fn function(&self, krate: &str, function: &Function, env: &Env) -> String {
        let env = env.declare(&function.generics);
        let mut text = String::new();
        for (is, word) in [
            (function.header.is_const, "const "),
            (function.header.is_async, "async "),
            (function.header.is_unsafe, "unsafe "),
        ] {
            if is {
                text += word;
            }
        }
        let inputs: Vec<String> = function
            .sig
            .inputs
            .iter()
            .map(|(name, ty)| {
                let ty = self.ty(krate, ty, &env);
                // Only a receiver's name matters to a caller.
                if name == "self" {
                    format!("self: {ty}")
                } else {
                    ty
                }
            })
            .collect();
        let generics = self.generics(krate, &function.generics, &env);
        text += &format!("fn{generics}({})", inputs.join(", "));
        if let Some(output) = &function.sig.output {
            text += &format!(" -> {}", self.ty(krate, output, &env));
        }
        text
    }

    /// The bounds of generics, wherever they were written.
    pub(crate) fn generics(&self, krate: &str, generics: &Generics, env: &Env) -> String {
        let mut bounds = Vec::new();
        for param in &generics.params {
            if let GenericParamDefKind::Type {
                bounds: on,
                is_synthetic: false,
                ..
            } = &param.kind
            {
                let name = self.generic(&param.name, env);
                if on.is_empty() {
                    bounds.push(name.clone());
                }
                for bound in on {
                    bounds.push(format!("{name}: {}", self.bound(krate, bound, env)));
                }
            }
        }
        for predicate in &generics.where_predicates {
            if let WherePredicate::BoundPredicate {
                type_, bounds: on, ..
            } = predicate
            {
                let name = self.ty(krate, type_, env);
                // Filled with a type, a bound is met or the type's crate would not compile.
                if env.is_filled() && name.contains("crate::") {
                    continue;
                }
                for bound in on {
                    bounds.push(format!("{name}: {}", self.bound(krate, bound, env)));
                }
            }
        }
        // A name alone says nothing once a bound names it.
        let bare = |text: &String| !text.contains(": ");
        let named: Vec<String> = bounds
            .iter()
            .filter(|text| {
                !bare(text) || !bounds.iter().any(|b| b.starts_with(&format!("{text}: ")))
            })
            .cloned()
            .collect();
        let mut bounds = named;
        bounds.retain(|text| !text.ends_with(": "));
        bounds.sort();
        bounds.dedup();
        if bounds.is_empty() {
            String::new()
        } else {
            format!("<{}>", bounds.join(", "))
        }
    }

    pub(crate) fn bounds(&self, krate: &str, bounds: &[GenericBound], env: &Env) -> String {
        let mut texts: Vec<String> = bounds
            .iter()
            .map(|bound| self.bound(krate, bound, env))
            .filter(|text| !text.is_empty())
            .collect();
        texts.sort();
        texts.join(" + ")
    }

    fn bound(&self, krate: &str, bound: &GenericBound, env: &Env) -> String {
        match bound {
            GenericBound::TraitBound {
                trait_, modifier, ..
            } => {
                let unsure = if *modifier == TraitBoundModifier::Maybe {
                    "?"
                } else {
                    ""
                };
                format!("{unsure}{}", self.path(krate, trait_, env))
            }
            GenericBound::Outlives(lifetime) if lifetime == "'static" => lifetime.clone(),
            GenericBound::Outlives(_) | GenericBound::Use(_) => String::new(),
        }
    }

    fn generic(&self, name: &str, env: &Env) -> String {
        env.names
            .get(name)
            .cloned()
            .unwrap_or_else(|| name.to_owned())
    }

    pub(crate) fn ty(&self, krate: &str, ty: &Type, env: &Env) -> String {
        match ty {
            Type::ResolvedPath(path) => self.path(krate, path, env),
            Type::DynTrait(object) => {
                let mut texts: Vec<String> = object
                    .traits
                    .iter()
                    .map(|PolyTrait { trait_, .. }| self.path(krate, trait_, env))
                    .collect();
                texts.extend(object.lifetime.clone().filter(|it| it == "'static"));
                texts.sort();
                format!("dyn {}", texts.join(" + "))
            }
            Type::Generic(name) => self.generic(name, env),
            Type::Primitive(name) => name.clone(),
            Type::FunctionPointer(pointer) => {
                let inputs: Vec<String> = pointer
                    .sig
                    .inputs
                    .iter()
                    .map(|(_, ty)| self.ty(krate, ty, env))
                    .collect();
                let output = pointer.sig.output.as_ref();
                let output = output.map_or(String::new(), |ty| {
                    format!(" -> {}", self.ty(krate, ty, env))
                });
                format!("fn({}){output}", inputs.join(", "))
            }
            Type::Tuple(types) => {
                let texts: Vec<String> = types.iter().map(|ty| self.ty(krate, ty, env)).collect();
                format!("({})", texts.join(", "))
            }
            Type::Slice(ty) => format!("[{}]", self.ty(krate, ty, env)),
            Type::Array { type_, len } => format!("[{}; {len}]", self.ty(krate, type_, env)),
            Type::ImplTrait(bounds) => format!("impl {}", self.bounds(krate, bounds, env)),
            Type::RawPointer { is_mutable, type_ } => {
                let word = if *is_mutable { "mut" } else { "const" };
                format!("*{word} {}", self.ty(krate, type_, env))
            }
            Type::BorrowedRef {
                lifetime,
                is_mutable,
                type_,
            } => {
                let lifetime = match lifetime.as_deref() {
                    Some("'static") => "'static ",
                    _ => "",
                };
                let word = if *is_mutable { "mut " } else { "" };
                format!("&{lifetime}{word}{}", self.ty(krate, type_, env))
            }
            Type::QualifiedPath {
                name,
                self_type,
                trait_,
                ..
            } => {
                let this = self.ty(krate, self_type, env);
                let text = match trait_ {
                    Some(path) => format!("<{this} as {}>::{name}", self.path(krate, path, env)),
                    None => format!("{this}::{name}"),
                };
                self.universe.projection(&text).cloned().unwrap_or(text)
            }
            Type::Infer | Type::Pat { .. } => "_".to_owned(),
        }
    }

    /// A path with its arguments; aliases are followed.
    pub(crate) fn path(&self, krate: &str, path: &Path, env: &Env) -> String {
        if let Some(found) = self.universe.find(krate, path.id)
            && let ItemEnum::TypeAlias(alias) = &found.item.inner
        {
            let arguments = self.arguments(krate, path, env);
            let mut inner = Env::default();
            let params = alias.generics.params.iter();
            let params =
                params.filter(|it| !matches!(it.kind, GenericParamDefKind::Lifetime { .. }));
            for (index, param) in params.enumerate() {
                let value = match (arguments.get(index), &param.kind) {
                    (Some(text), _) => text.clone(),
                    (
                        None,
                        GenericParamDefKind::Type {
                            default: Some(ty), ..
                        },
                    ) => self.ty(found.krate, ty, &inner),
                    _ => continue,
                };
                inner = inner.bind([(&param.name, &value)]);
            }
            return self.ty(found.krate, &alias.type_, &inner);
        }
        let name = match self.universe.definition(krate, path.id) {
            Some(definition) => self.universe.name(&definition),
            None => path.path.clone(),
        };
        let arguments = self.generic_args(krate, path.args.as_deref(), env);
        let text = format!("{name}{arguments}");
        self.universe.alias(&text).cloned().unwrap_or(text)
    }

    /// The types that a path is given, without lifetimes.
    pub(crate) fn arguments(&self, krate: &str, path: &Path, env: &Env) -> Vec<String> {
        match path.args.as_deref() {
            Some(GenericArgs::AngleBracketed { args, .. }) => self.types(krate, args, env),
            _ => Vec::new(),
        }
    }

    fn types(&self, krate: &str, args: &[GenericArg], env: &Env) -> Vec<String> {
        args.iter()
            .filter_map(|arg| match arg {
                GenericArg::Type(ty) => Some(self.ty(krate, ty, env)),
                GenericArg::Const(value) => Some(value.expr.clone()),
                GenericArg::Infer => Some("_".to_owned()),
                GenericArg::Lifetime(_) => None,
            })
            .collect()
    }

    fn generic_args(&self, krate: &str, args: Option<&GenericArgs>, env: &Env) -> String {
        match args {
            Some(GenericArgs::AngleBracketed { args, constraints }) => {
                let mut texts = self.types(krate, args, env);
                for constraint in constraints {
                    let is = match &constraint.binding {
                        AssocItemConstraintKind::Equality(Term::Type(ty)) => {
                            format!(" = {}", self.ty(krate, ty, env))
                        }
                        AssocItemConstraintKind::Equality(Term::Constant(value)) => {
                            format!(" = {}", value.expr)
                        }
                        AssocItemConstraintKind::Constraint(bounds) => {
                            format!(": {}", self.bounds(krate, bounds, env))
                        }
                    };
                    texts.push(format!("{}{is}", constraint.name));
                }
                if texts.is_empty() {
                    String::new()
                } else {
                    format!("<{}>", texts.join(", "))
                }
            }
            Some(GenericArgs::Parenthesized { inputs, output }) => {
                let inputs: Vec<String> = inputs.iter().map(|ty| self.ty(krate, ty, env)).collect();
                let output = output.as_ref();
                let output = output.map_or(String::new(), |ty| {
                    format!(" -> {}", self.ty(krate, ty, env))
                });
                format!("({}){output}", inputs.join(", "))
            }
            Some(GenericArgs::ReturnTypeNotation) | None => String::new(),
        }
    }

    /// Binds the generics of an impl to what an alias fills its structure with.
    pub(crate) fn unify(&self, this: &Type, arguments: &[String], env: &Env) -> Env {
        let mut bound = env.clone();
        if let Type::ResolvedPath(path) = this
            && let Some(GenericArgs::AngleBracketed { args, .. }) = path.args.as_deref()
        {
            let types = args.iter().filter_map(|arg| match arg {
                GenericArg::Type(ty) => Some(ty),
                _ => None,
            });
            for (ty, value) in types.zip(arguments) {
                if let Type::Generic(name) = ty {
                    bound = bound.bind([(name, value)]);
                }
            }
        }
        bound
    }
}
