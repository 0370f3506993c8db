//! What a crate lets its users name: every public item by its path, with its signature.

mod lister;

use crate::render::{Env, Renderer};
use lister::Lister;
use rustdoc_types::{Crate, Id, Item, ItemEnum};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The rustdoc JSON of a crate and of those whose items it hands on as its own.
pub(crate) struct Universe {
    root: String,
    crates: HashMap<String, Crate>,
    /// Where an item is defined, to where it stands.
    defined: HashMap<Definition, Id>,
    /// Where an item is defined, to the shortest path by which users name it.
    public: HashMap<Definition, String>,
    /// What the other side lets its users name; nothing for the first side.
    known: Surface,
    /// What an alias of a filled structure stands for, to the alias's path.
    aliases: HashMap<String, String>,
    /// What `<Type as Trait>::Name` is.
    projections: HashMap<String, String>,
}

/// The crate and path where an item is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Definition(pub(crate) Vec<String>);

impl Definition {
    fn crate_name(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }
}

/// An item and the crate whose ids it speaks.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    pub(crate) krate: &'a str,
    pub(crate) item: &'a Item,
}

/// Takes an item's path, the crate that names it with its id, and the item itself where its crate
/// is at hand.
type Visit<'v, 'a> = dyn FnMut(&str, &'a str, Id, Option<Found<'a>>) + 'v;

/// Every public item's signature by its path, which starts at the crate's root.
pub(crate) type Surface = BTreeMap<String, String>;

impl Universe {
    /// Puts crates together; the first is the one whose users are asked about. Where an item can be
    /// named in more than one way, a path that `known` has comes first.
    pub(crate) fn new(crates: Vec<(String, Crate)>, known: &Surface) -> Self {
        let root = crates
            .first()
            .map_or(String::new(), |(name, _)| name.clone());
        let mut defined = HashMap::new();
        for (_, krate) in &crates {
            for (id, summary) in &krate.paths {
                if summary.crate_id == 0 && krate.index.contains_key(id) {
                    defined.insert(Definition(summary.path.clone()), *id);
                }
            }
        }
        let mut universe = Self {
            root,
            crates: crates.into_iter().collect(),
            defined,
            public: HashMap::new(),
            known: known.clone(),
            aliases: HashMap::new(),
            projections: HashMap::new(),
        };
        universe.public = universe.public_paths();
        universe.projections = universe.all_projections();
        universe.aliases = universe.all_aliases();
        universe
    }

    /// Where an item is defined.
    pub(crate) fn definition(&self, krate: &str, id: Id) -> Option<Definition> {
        let summary = self.crates.get(krate)?.paths.get(&id)?;
        Some(Definition(summary.path.clone()))
    }

    /// An item by the id that a crate has for it, whichever crate defines it.
    pub(crate) fn find(&self, krate: &str, id: Id) -> Option<Found<'_>> {
        let (name, held) = self.crates.get_key_value(krate)?;
        if let Some(item) = held.index.get(&id) {
            return Some(Found { krate: name, item });
        }
        let definition = self.definition(krate, id)?;
        let (name, held) = self.crates.get_key_value(definition.crate_name())?;
        let item = held.index.get(self.defined.get(&definition)?)?;
        Some(Found { krate: name, item })
    }

    /// How a definition is named: from the root if users can reach it, by its last word if it is
    /// the crate's own and they cannot, and in full if it is another's.
    ///
    /// What one side alone lets its users name counts as unnamed, so that more is no difference.
    pub(crate) fn name(&self, definition: &Definition) -> String {
        let known = |path: &String| self.known.is_empty() || self.known.contains_key(path);
        if let Some(path) = self.public.get(definition).filter(|path| known(path)) {
            return path.clone();
        }
        if self.crates.contains_key(definition.crate_name()) {
            return format!(
                "(private) {}",
                definition.0.last().map_or("", String::as_str)
            );
        }
        definition.0.join("::")
    }

    fn public_paths(&self) -> HashMap<Definition, String> {
        let rank = |path: &str| {
            let shorter = path.matches("::").count();
            (!self.known.contains_key(path), shorter, path.to_owned())
        };
        let mut paths: HashMap<Definition, String> = HashMap::new();
        self.walk(&mut |path, krate, id, _| {
            let Some(definition) = self.definition(krate, id) else {
                return;
            };
            if !self.crates.contains_key(definition.crate_name()) {
                return;
            }
            let better = |old: &String| rank(path) < rank(old);
            if paths.get(&definition).is_none_or(better) {
                paths.insert(definition, path.to_owned());
            }
        });
        paths
    }

    /// The path of the alias that stands for a type of ours.
    pub(crate) fn alias(&self, text: &str) -> Option<&String> {
        self.aliases.get(text)
    }

    /// The type that an associated type is.
    pub(crate) fn projection(&self, text: &str) -> Option<&String> {
        self.projections.get(text)
    }

    fn all_aliases(&self) -> HashMap<String, String> {
        let render = Renderer::new(self);
        let mut aliases = HashMap::new();
        self.walk(&mut |path, _, _, found| {
            if let Some(Found { krate, item }) = found
                && let ItemEnum::TypeAlias(alias) = &item.inner
                && alias.generics.params.is_empty()
            {
                let target = render.ty(krate, &alias.type_, &Env::default());
                if target.starts_with("(private)") {
                    aliases.insert(target, path.to_owned());
                }
            }
        });
        aliases
    }

    fn all_projections(&self) -> HashMap<String, String> {
        let render = Renderer::new(self);
        let env = Env::default();
        let mut projections = HashMap::new();
        for (name, krate) in &self.crates {
            for item in krate.index.values() {
                let ItemEnum::Impl(it) = &item.inner else {
                    continue;
                };
                let Some(of) = it.trait_.as_ref().filter(|_| it.generics.params.is_empty()) else {
                    continue;
                };
                for id in &it.items {
                    if let Some(Found { item, .. }) = self.find(name, *id)
                        && let (
                            Some(member),
                            ItemEnum::AssocType {
                                type_: Some(ty), ..
                            },
                        ) = (&item.name, &item.inner)
                    {
                        let this = render.ty(name, &it.for_, &env);
                        let of = render.path(name, of, &env);
                        let value = render.ty(name, ty, &env);
                        projections.insert(format!("<{this} as {of}>::{member}"), value);
                    }
                }
            }
        }
        projections
    }

    /// Visits every item that a path leads to.
    fn walk<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let Some((name, root)) = self.crates.get_key_value(&self.root) else {
            return;
        };
        let mut open = HashSet::new();
        self.walk_module(name, root.root, "crate", &mut open, visit);
    }

    fn walk_module<'a>(
        &'a self,
        krate: &'a str,
        id: Id,
        path: &str,
        open: &mut HashSet<(&'a str, Id)>,
        visit: &mut Visit<'_, 'a>,
    ) {
        let Some(Found { krate, item }) = self.find(krate, id) else {
            return;
        };
        let ItemEnum::Module(module) = &item.inner else {
            return;
        };
        // A glob import of an outer module would lead in circles.
        if !open.insert((krate, item.id)) {
            return;
        }
        for id in &module.items {
            let Some(found) = self.find(krate, *id) else {
                continue;
            };
            let (name, target) = match &found.item.inner {
                ItemEnum::Use(import) if import.is_glob => {
                    if let Some(target) = import.id {
                        self.walk_module(found.krate, target, path, open, visit);
                    }
                    continue;
                }
                ItemEnum::Use(import) => (Some(&import.name), import.id),
                _ => (found.item.name.as_ref(), Some(*id)),
            };
            let (Some(name), Some(target)) = (name, target) else {
                continue;
            };
            let path = format!("{path}::{name}");
            let found = self.find(krate, target);
            visit(&path, krate, target, found);
            if let Some(found) = found
                && matches!(found.item.inner, ItemEnum::Module(_))
            {
                self.walk_module(krate, target, &path, open, visit);
            }
        }
        open.remove(&(krate, item.id));
    }

    /// Everything public.
    pub(crate) fn surface(&self) -> Surface {
        let mut surface = Surface::new();
        self.walk(&mut |path, krate, id, found| {
            let definition = self.definition(krate, id);
            let home = definition.as_ref().and_then(|it| self.public.get(it));
            match found {
                // A second name of something that is listed under its first.
                Some(_) if home.is_some_and(|home| home != path) => {
                    let home = home.map_or("", String::as_str);
                    surface.insert(path.to_owned(), format!("= {home}"));
                }
                Some(found) => Lister::new(self, found, path, &mut surface).item(),
                None => {
                    let name = definition.map_or(String::new(), |it| self.name(&it));
                    surface.insert(path.to_owned(), format!("= {name}"));
                }
            }
        });
        surface
    }
}
