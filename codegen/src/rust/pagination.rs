//! How an operation returns its results in pages.

use super::Lowering;
use super::member::Purpose;
use crate::check::{MemberPath, Pages};
use crate::ir::{Member, Pagination, Presence, Step, Structure, Ty};

impl<'m> Lowering<'_, 'm> {
    pub(super) fn pagination(
        &mut self,
        pages: &Pages<'m>,
        input: &Structure,
    ) -> Option<Pagination> {
        let token = of_input(input, &pages.input_token)?;
        let (next_token, end) = self.way(&pages.output_token)?;
        // Only where recursion asks for a box are the types not those that the check has compared.
        if token.ty != end {
            return None;
        }
        let page_size = pages.page_size.as_ref();
        let page_size = page_size
            .and_then(|path| of_input(input, path))
            .filter(|member| matches!(member.ty, Ty::I32 | Ty::I64));
        Some(Pagination {
            token: (
                token.field.clone(),
                token.setter.clone(),
                token.getter.clone(),
            ),
            token_ty: end,
            token_name: token.name.clone(),
            page_size: page_size.map(|member| (member.setter.clone(), member.ty == Ty::I64)),
            page_size_name: page_size.map(|member| member.name.clone()),
            next_token,
            items: match &pages.items {
                Some(path) => match self.way(path)? {
                    (way, Ty::List(item)) => Some((way, *item)),
                    (way, Ty::Map(key, value)) => Some((way, Ty::Pair(key, value))),
                    _ => None,
                },
                None => None,
            },
        })
    }

    /// The steps of a path in an output, and the type at its end.
    fn way(&mut self, path: &MemberPath<'m>) -> Option<(Vec<Step>, Ty)> {
        let mut way = Vec::new();
        let mut end = None;
        for (shape, member) in path {
            let lowered = self.member(shape, member, Purpose::Other)?;
            way.push(Step {
                name: lowered.name,
                field: lowered.field,
                optional: matches!(lowered.presence, Presence::Optional | Presence::Filled),
            });
            end = Some(lowered.ty);
        }
        Some((way, end?))
    }
}

/// The member of the input that a path leads to.
fn of_input<'i>(input: &'i Structure, path: &MemberPath<'_>) -> Option<&'i Member> {
    let [(_, member)] = path.as_slice() else {
        return None;
    };
    input.members.iter().find(|other| other.name == member.name)
}
