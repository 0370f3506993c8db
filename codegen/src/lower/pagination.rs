//! How an operation answers in pages.

use super::Lowering;
use super::member::Purpose;
use crate::ir::{Pagination, Presence, Step, Structure, Ty};
use crate::model::Shape;
use crate::select::Selection;

impl<'m> Lowering<'_, 'm> {
    /// What the trait `paginated` says, of the operation or else of the service. The rules have
    /// checked that its members are there.
    ///
    /// Smithy also allows tokens that are not strings; such operations get no paginator, only what
    /// every operation gets.
    pub(super) fn pagination(
        &mut self,
        selection: &Selection<'m>,
        operation: &'m Shape,
        input: &Structure,
        output: Option<&'m Shape>,
    ) -> Option<Pagination> {
        let own = operation.traits.get("smithy.api#paginated")?;
        let of_service = selection.service_shape.traits.get("smithy.api#paginated");
        let name = |key: &str| {
            let node = own.value.get(key);
            let node = node.or_else(|| of_service.and_then(|applied| applied.value.get(key)));
            node.and_then(|node| node.as_str())
        };
        let of_input = |key: &str| {
            input
                .members
                .iter()
                .find(|member| Some(&*member.name) == name(key))
        };
        let token = of_input("inputToken").filter(|member| member.ty == Ty::String)?;
        let (next_token, Ty::String) = self.way(output?, name("outputToken")?)? else {
            return None;
        };
        Some(Pagination {
            token: (
                token.field.clone(),
                token.setter.clone(),
                token.getter.clone(),
            ),
            page_size: of_input("pageSize")
                .filter(|member| matches!(member.ty, Ty::I32 | Ty::I64))
                .map(|member| (member.setter.clone(), member.ty == Ty::I64)),
            next_token,
            items: match name("items") {
                Some(path) => {
                    let (way, ty) = self.way(output?, path)?;
                    match ty {
                        Ty::List(item) => Some((way, *item)),
                        Ty::Map(key, value) => Some((way, Ty::Pair(key, value))),
                        _ => None,
                    }
                }
                None => None,
            },
        })
    }

    /// The way through an output along a path such as `page.token`, and the type at its end.
    fn way(&mut self, output: &'m Shape, path: &str) -> Option<(Vec<Step>, Ty)> {
        let mut here = output;
        let mut way = Vec::new();
        let mut end = None;
        for name in path.split('.') {
            let member = here.member(name)?;
            let lowered = self.member(here, member, Purpose::Other)?;
            way.push(Step {
                field: lowered.field,
                optional: matches!(lowered.presence, Presence::Optional | Presence::Filled),
            });
            end = Some(lowered.ty);
            here = self.model.target(member)?;
        }
        Some((way, end?))
    }
}
