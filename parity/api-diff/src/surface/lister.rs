//! Lists one item: its signature, and those of what belongs to it.

use super::{Found, Surface, Universe};
use crate::render::{Env, Renderer};
use rustdoc_types::{Attribute, Id, Impl, Item, ItemEnum, StructKind, VariantKind};

/// Lists one item and what belongs to it.
pub(super) struct Lister<'a> {
    universe: &'a Universe,
    render: Renderer<'a>,
    found: Found<'a>,
    path: &'a str,
    surface: &'a mut Surface,
}

impl<'a> Lister<'a> {
    pub(super) fn new(
        universe: &'a Universe,
        found: Found<'a>,
        path: &'a str,
        surface: &'a mut Surface,
    ) -> Self {
        Self {
            universe,
            render: Renderer::new(universe),
            found,
            path,
            surface,
        }
    }

    fn add(&mut self, member: &str, signature: String) {
        self.surface
            .insert(format!("{}{member}", self.path), signature);
    }

    pub(super) fn item(&mut self) {
        let Found { krate, item } = self.found;
        let env = Env::default();
        match &item.inner {
            ItemEnum::Module(_) => self.add("", "mod".to_owned()),
            ItemEnum::Struct(it) => {
                let env = env.declare(&it.generics);
                let generics = self.render.generics(krate, &it.generics, &env);
                self.add("", format!("{}struct{generics}", open(item)));
                self.structure(&it.kind, &env);
                self.impls(&it.impls, &env, &[]);
            }
            ItemEnum::Enum(it) => {
                let env = env.declare(&it.generics);
                let generics = self.render.generics(krate, &it.generics, &env);
                self.add("", format!("{}enum{generics}", open(item)));
                for id in &it.variants {
                    self.variant(*id, &env);
                }
                self.impls(&it.impls, &env, &[]);
            }
            ItemEnum::TypeAlias(it) => {
                let env = env.declare(&it.generics);
                self.alias(&it.type_, &env);
            }
            ItemEnum::Trait(it) => {
                let env = env.declare(&it.generics);
                let bounds = self.render.bounds(krate, &it.bounds, &env);
                let generics = self.render.generics(krate, &it.generics, &env);
                self.add("", format!("trait{generics}: {bounds}"));
                for id in &it.items {
                    self.associated(*id, &env, "");
                }
            }
            ItemEnum::Function(it) => {
                let signature = self.render.function(krate, it, &env);
                self.add("", signature);
            }
            ItemEnum::Constant { type_, .. } => {
                let ty = self.render.ty(krate, type_, &env);
                self.add("", format!("const {ty}"));
            }
            ItemEnum::Static(it) => {
                let ty = self.render.ty(krate, &it.type_, &env);
                self.add("", format!("static {ty}"));
            }
            ItemEnum::Macro(_) => self.add("", "macro".to_owned()),
            _ => self.add("", "something else".to_owned()),
        }
    }

    /// An alias of a structure of ours with its types filled in is listed as that structure.
    fn alias(&mut self, target: &rustdoc_types::Type, env: &Env) {
        let krate = self.found.krate;
        if let rustdoc_types::Type::ResolvedPath(path) = target
            && let Some(found) = self.universe.find(krate, path.id)
            && let ItemEnum::Struct(it) = &found.item.inner
            && it.generics.params.len() == self.render.arguments(krate, path, env).len()
        {
            let arguments = self.render.arguments(krate, path, env);
            self.found = found;
            self.add("", format!("{}struct", open(found.item)));
            let names = it.generics.params.iter().map(|param| &param.name);
            let inner = env.bind(names.zip(&arguments));
            self.structure(&it.kind, &inner);
            self.impls(&it.impls, &inner, &arguments);
            return;
        }
        let ty = self.render.ty(krate, target, env);
        self.add("", format!("type {ty}"));
    }

    fn structure(&mut self, kind: &StructKind, env: &Env) {
        let krate = self.found.krate;
        let fields: Vec<Id> = match kind {
            StructKind::Unit => Vec::new(),
            StructKind::Tuple(fields) => fields.iter().flatten().copied().collect(),
            StructKind::Plain { fields, .. } => fields.clone(),
        };
        for id in fields {
            if let Some(Found { item, .. }) = self.universe.find(krate, id)
                && let (Some(name), ItemEnum::StructField(ty)) = (&item.name, &item.inner)
            {
                let ty = self.render.ty(krate, ty, env);
                self.add(&format!(".{name}"), ty);
            }
        }
    }

    fn variant(&mut self, id: Id, env: &Env) {
        let krate = self.found.krate;
        let Some(Found { item, .. }) = self.universe.find(krate, id) else {
            return;
        };
        let (Some(name), ItemEnum::Variant(variant)) = (&item.name, &item.inner) else {
            return;
        };
        let fields: Vec<Id> = match &variant.kind {
            VariantKind::Plain => Vec::new(),
            VariantKind::Tuple(fields) => fields.iter().flatten().copied().collect(),
            VariantKind::Struct { fields, .. } => fields.clone(),
        };
        let types: Vec<String> = fields
            .into_iter()
            .filter_map(|id| match &self.universe.find(krate, id)?.item.inner {
                ItemEnum::StructField(ty) => Some(self.render.ty(krate, ty, env)),
                _ => None,
            })
            .collect();
        self.add(
            &format!("::{name}"),
            format!("variant({})", types.join(", ")),
        );
    }

    /// Methods and traits. `arguments` fills the generics of an alias's structure.
    fn impls(&mut self, impls: &[Id], env: &Env, arguments: &[String]) {
        let krate = self.found.krate;
        for id in impls {
            let Some(Found { item, .. }) = self.universe.find(krate, *id) else {
                continue;
            };
            let ItemEnum::Impl(it) = &item.inner else {
                continue;
            };
            if it.blanket_impl.is_some() {
                continue;
            }
            let own = match arguments {
                [] => env.declare(&it.generics),
                _ => self.render.unify(&it.for_, arguments, env),
            };
            let this = match arguments {
                [] => self.render.ty(krate, &it.for_, &own),
                _ => self.path.to_owned(),
            };
            let own = own.bind([(&"Self".to_owned(), &this)]);
            match &it.trait_ {
                None => {
                    for id in &it.items {
                        self.associated(*id, &own, "");
                    }
                }
                Some(_) => self.trait_impl(it, &this, &own, !arguments.is_empty()),
            }
        }
    }

    fn trait_impl(&mut self, it: &Impl, this: &str, env: &Env, filled: bool) {
        const AUTO: [&str; 3] = ["Send", "Sync", "Unpin"];
        const SILENT: [&str; 2] = ["StructuralPartialEq", "Freeze"];
        let krate = self.found.krate;
        let Some(path) = &it.trait_ else {
            return;
        };
        let last = path.path.rsplit("::").next().unwrap_or("");
        if it.is_synthetic && !AUTO.contains(&last) || SILENT.contains(&last) {
            return;
        }
        let name = self.render.path(krate, path, env);
        if name.starts_with("(private)") {
            return;
        }
        let generics = if it.is_synthetic || filled {
            String::new()
        } else {
            self.render.generics(krate, &it.generics, env)
        };
        let mut signature = if it.is_negative {
            "not implemented"
        } else {
            "impl"
        }
        .to_owned();
        for id in &it.items {
            if let Some(Found { item, .. }) = self.universe.find(krate, *id)
                && let (
                    Some(name),
                    ItemEnum::AssocType {
                        type_: Some(ty), ..
                    },
                ) = (&item.name, &item.inner)
            {
                signature += &format!(" {name}={}", self.render.ty(krate, ty, env));
            }
        }
        self.add(&format!(": impl{generics} {name} for {this}"), signature);
    }

    fn associated(&mut self, id: Id, env: &Env, prefix: &str) {
        let krate = self.found.krate;
        let Some(Found { item, .. }) = self.universe.find(krate, id) else {
            return;
        };
        let Some(name) = &item.name else {
            return;
        };
        let signature = match &item.inner {
            ItemEnum::Function(it) => self.render.function(krate, it, env),
            ItemEnum::AssocConst { type_, .. } => {
                format!("const {}", self.render.ty(krate, type_, env))
            }
            ItemEnum::AssocType { bounds, .. } => {
                format!("type: {}", self.render.bounds(krate, bounds, env))
            }
            _ => return,
        };
        self.add(&format!("::{prefix}{name}"), signature);
    }
}

/// What stands before an item that may grow.
fn open(item: &Item) -> &'static str {
    if item.attrs.contains(&Attribute::NonExhaustive) {
        "non_exhaustive "
    } else {
        ""
    }
}
