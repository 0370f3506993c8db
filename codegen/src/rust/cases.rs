//! Cases of protocol tests that a client has to pass.

use crate::ir::cases::{Case, CaseKind};
use crate::ir::{Operation, Structure};
use crate::model::{Kind, Model, Shape};
use crate::names;
use crate::protocol::Protocol;
use crate::select::Selection;
use crate::shape_id::ShapeId;
use crate::source::json::Node;
use crate::traits::tests::{
    AppliesTo, Common, EventStreamTests, HttpRequestTests, HttpResponseTests, RequestTest,
    ResponseTest,
};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The cases of a service's operations and errors, in the order of their IDs.
pub(super) fn cases(
    model: &Model,
    selection: &Selection<'_>,
    protocol: &dyn Protocol,
    operations: &[Operation],
    errors: &[Structure],
) -> Vec<Case> {
    let mut cases = Cases {
        protocol: protocol.id(),
        taken: BTreeSet::new(),
        cases: Vec::new(),
    };
    let all = model.operations_of(selection.service);
    for shape in &all {
        let place = operations.iter().position(|known| known.id == shape.id);
        let operation = place.ok_or_else(|| why_not(selection, shape));
        cases.add(shape, &operation, None);
    }
    let answering = |id: &ShapeId| {
        let has = |shape: &&&Shape| match &shape.kind {
            Kind::Operation(operation) => operation.errors.iter().any(|it| it.id == *id),
            _ => false,
        };
        let of_service = selection.service.errors.iter().any(|it| it.id == *id);
        all.iter()
            .find(has)
            .or_else(|| all.iter().find(|_| of_service))
    };
    for shape in model.shapes.values() {
        let Some(operation) = answering(&shape.id) else {
            continue;
        };
        let place = errors.iter().position(|error| error.id == shape.id);
        let answers = |known: &&Operation| {
            let Some(error) = place.and_then(|place| errors.get(place)) else {
                return false;
            };
            known.errors.iter().any(|it| it.name == error.name)
        };
        // Streams cannot be filled in, so an operation without them is better.
        let simple = |known: &&Operation| !known.input.streams() && !known.output.streams();
        let known = operations
            .iter()
            .filter(answers)
            .min_by_key(|known| !simple(known));
        let known = known.and_then(|known| operations.iter().position(|it| it.id == known.id));
        let operation = known.ok_or_else(|| why_not(selection, operation));
        cases.add(shape, &operation, place);
    }
    cases.cases
}

/// Why an operation is not generated.
fn why_not(selection: &Selection<'_>, shape: &Shape) -> String {
    let name = shape.id.name();
    let skipped = selection.skipped.iter().find(|it| it.operation == name);
    match skipped {
        Some(skipped) => {
            let reasons: Vec<&str> = skipped
                .reasons
                .iter()
                .map(|reason| reason.message.as_str())
                .collect();
            format!("{name} is not generated: {}", reasons.join("; "))
        }
        None => format!("{name} is not selected"),
    }
}

struct Cases {
    protocol: &'static str,
    /// Modules and names of tests.
    taken: BTreeSet<(&'static str, String)>,
    cases: Vec<Case>,
}

impl Cases {
    /// Adds the cases of an operation or an error.
    fn add(&mut self, shape: &Shape, operation: &Result<usize, String>, error: Option<usize>) {
        let requests: Option<&HttpRequestTests> = shape.traits.get();
        for test in requests.map_or(&[][..], |HttpRequestTests(tests)| tests) {
            let RequestTest {
                common,
                request,
                params,
            } = test;
            let kind = CaseKind::Request(request.clone());
            self.push(common, operation.clone(), params.clone(), kind);
        }
        let events: Option<&EventStreamTests> = shape.traits.get();
        for test in events.map_or(&[][..], |EventStreamTests(tests)| tests) {
            let kind = CaseKind::Events(Box::new(test.clone()));
            self.push(&test.common, operation.clone(), test.input.clone(), kind);
        }
        let responses: Option<&HttpResponseTests> = shape.traits.get();
        for test in responses.map_or(&[][..], |HttpResponseTests(tests)| tests) {
            let ResponseTest {
                common,
                code,
                message,
                params,
            } = test;
            let kind = CaseKind::Response {
                code: *code,
                message: message.clone(),
                error,
            };
            self.push(common, operation.clone(), params.clone(), kind);
        }
    }

    fn push(
        &mut self,
        common: &Common,
        operation: Result<usize, String>,
        params: Option<Rc<Node>>,
        kind: CaseKind,
    ) {
        if common.protocol != self.protocol || common.applies_to == Some(AppliesTo::Server) {
            return;
        }
        let module = kind.module();
        let test = names::unique_name(names::test(&common.id), |name| {
            self.taken.contains(&(module, name.to_owned()))
        });
        self.taken.insert((module, test.clone()));
        self.cases.push(Case {
            id: common.id.clone(),
            test,
            documentation: common.documentation.clone(),
            operation,
            params,
            vendor_params: common.vendor_params.clone(),
            kind,
        });
    }
}
