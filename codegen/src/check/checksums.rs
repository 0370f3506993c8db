//! Checksums and compression: what operations' traits say, with the headers that they name by members.

use crate::diagnostic::{Diagnostic, Problems};
use crate::model::{Kind, Model, Operation, Shape};
use crate::source::json::{Place, Placed};
use crate::traits::http::{HttpChecksum, HttpChecksumRequired, HttpHeader, RequestCompression};

/// The checksums of an operation's messages.
#[derive(Debug)]
pub(crate) struct ChecksumPlan<'m> {
    /// The header of the member that chooses the algorithm.
    pub(crate) algorithm_header: Option<&'m str>,
    pub(crate) required: bool,
    /// Whether the checksum is a digest in `Content-MD5`.
    pub(crate) md5: bool,
    /// The header of the member that asks for a checksum in the response.
    pub(crate) validation_header: Option<&'m str>,
    /// Those of the model that the runtime has.
    pub(crate) response_algorithms: Vec<&'m str>,
}

/// The algorithms that the runtime has.
const ALGORITHMS: &[&str] = &["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"];

/// Content codings that the runtime has.
const ENCODINGS: &[&str] = &["gzip"];

/// Resolves the traits of an operation, if it has them, and reports what is wrong with them.
pub(super) fn plan<'m>(
    model: &'m Model,
    shape: &'m Shape,
    operation: &Operation,
    problems: &mut Problems,
) -> Option<ChecksumPlan<'m>> {
    let input = model.structure(operation.input.as_ref());
    let mut resolver = Resolver {
        model,
        shape,
        input,
        problems,
    };
    resolver.check_encodings();
    let md5 = shape.traits.has::<HttpChecksumRequired>();
    let Some(checksum) = shape.traits.get::<HttpChecksum>() else {
        return md5.then(|| ChecksumPlan {
            algorithm_header: None,
            required: true,
            md5,
            validation_header: None,
            response_algorithms: Vec::new(),
        });
    };
    let algorithm_header = resolver.header("requestAlgorithmMember", &checksum.algorithm_member);
    let validation_header = resolver.header("requestValidationModeMember", &checksum.mode_member);
    let response_algorithms = &checksum.response_algorithms;
    let known = response_algorithms.iter().map(|name| name.value.as_str());
    let known: Vec<_> = known.filter(|name| ALGORITHMS.contains(name)).collect();
    if let (Some(first), true) = (response_algorithms.first(), known.is_empty()) {
        resolver.report(
            &first.place,
            "`responseAlgorithms` has no algorithm that the runtime knows",
            format!("add one of {}", ALGORITHMS.join(", ")),
        );
    }
    Some(ChecksumPlan {
        algorithm_header,
        required: checksum.required || md5,
        md5: false,
        validation_header,
        response_algorithms: known,
    })
}

struct Resolver<'a, 'm> {
    model: &'m Model,
    shape: &'m Shape,
    input: Option<&'m Shape>,
    problems: &'a mut Problems,
}

impl<'m> Resolver<'_, 'm> {
    fn report(&mut self, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(
            Diagnostic::new("checksum", message, help)
                .at(place.location())
                .on(self.shape.id.as_str()),
        );
    }

    /// The header that the member of a name is bound to.
    fn header(&mut self, field: &str, name: &'m Option<Placed<String>>) -> Option<&'m str> {
        let name = name.as_ref()?;
        let member = self.input.and_then(|input| input.member(&name.value));
        let target = member.and_then(|member| self.model.target(member));
        let header = member.and_then(|member| member.traits.get::<HttpHeader>());
        let (message, help) = match (target.map(|target| &target.kind), header) {
            (None, _) => ("the input does not have", "name a member of the input"),
            (Some(Kind::Enum), Some(HttpHeader(header))) => return Some(header),
            (Some(Kind::Enum), None) => (
                "is not bound to a header",
                "give the member the trait `smithy.api#httpHeader`",
            ),
            (Some(_), _) => ("is not an enum", "name a member that is an enum"),
        };
        self.report(
            &name.place,
            format!("`{field}` names `{}`, which {message}", name.value),
            help,
        );
        None
    }

    fn check_encodings(&mut self) {
        let Some(RequestCompression { encodings, place }) = self.shape.traits.get() else {
            return;
        };
        if encodings
            .iter()
            .all(|name| !ENCODINGS.contains(&name.as_str()))
        {
            self.problems.push(
                Diagnostic::new(
                    "compression",
                    "the trait `smithy.api#requestCompression` has no encoding that the runtime knows",
                    format!("add {} to `encodings`, or take the trait off", ENCODINGS.join(", ")),
                )
                .at(place.location())
                .on(self.shape.id.as_str()),
            );
        }
    }
}
