"""Random cases of a service's operations, what botocore does with them, and how that differs from ours.

botocore_cases.py model SERVICE                          the file of the model, and its protocol
botocore_cases.py cases SERVICE FILE NUMBER SEED [OP...] writes the cases, a line of JSON each
botocore_cases.py compare SERVICE CASES RESULTS          compares our results with what the cases expect

A service may name the protocol that it is to speak instead of the one that botocore chooses: cloudwatch:cbor.

A value has the same form on both sides: JSON by the model's names of members, bytes in Base64, times in seconds.
"""

import base64
import collections
import datetime
import glob
import json
import os
import random
import sys
import uuid

import botocore.awsrequest
import botocore.config
import botocore.exceptions
import botocore.httpsession
import botocore.loaders
import botocore.model
import botocore.session

import differences
import wire

uuid.uuid4 = lambda: uuid.UUID("00000000-0000-4000-8000-000000000000")


def client_of(service):
    """A client of a service."""
    service, _, protocol = service.partition(":")
    if protocol:
        ordered = botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS
        botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS = sorted(ordered, key=lambda name: not name.endswith(protocol))
    session = botocore.session.Session()
    session.set_credentials("ANOTREAL", "notrealrnrELgWzOk3IfjzDKtFBhDby")
    config = botocore.config.Config(parameter_validation=False, retries={"total_max_attempts": 1})
    return session.create_client(service, region_name="us-east-1", config=config)


def protocol_of(model):
    protocol = model.resolved_protocol
    if protocol == "json":
        return "awsJson" + model.metadata["jsonVersion"].replace(".", "_")
    names = {"query": "awsQuery", "ec2": "ec2Query", "rest-json": "restJson1", "rest-xml": "restXml"}
    return names.get(protocol, "rpcv2Cbor")


def print_model(service):
    name = service.partition(":")[0]
    version = botocore.loaders.Loader().determine_latest_version(name, "service-2")
    folder = os.path.join(os.path.dirname(botocore.__file__), "data", name, version)
    found = glob.glob(os.path.join(folder, "service-2.json*"))
    print(found[0], protocol_of(client_of(service).meta.service_model), sep="\t")


class Draw:
    """Values drawn at random, as the model allows them."""

    def __init__(self, seed):
        self.rng = random.Random(seed)

    def text(self, place, shape):
        rng = self.rng
        if getattr(shape, "enum", None) and rng.random() < 0.9:
            return rng.choice(shape.enum)
        word = "".join(rng.choices("abcXYZ019-_.", k=rng.randint(1, 12))).strip(".")
        if place in ("header", "headers"):
            return "x" + rng.choice([word, word + " a,b", word + '"q"', word + ";=/:+%"]) + "x"
        reserved = "".join(rng.choices(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", k=rng.randint(1, 8)))
        wide = "".join(rng.choices("\u00e9\u00df\u4e2d\U0001f468\u2028\u00a0e\u0301", k=rng.randint(1, 4)))
        if place == "uri":
            return "x" + rng.choice([word, reserved, wide, word + "/" + word]) + "x"
        if place == "host":
            return "x" + rng.choice(["", "1", "y-2"])
        return rng.choice(["", word, word, word, reserved, wide, word + "\n\t" + word, " " + word + " ", word * 40])

    def value(self, shape, place=None, depth=0):
        rng, kind = self.rng, shape.type_name
        if kind == "string":
            if shape.serialization.get("jsonvalue"):
                return '{"a":1}'
            return self.text(place, shape)
        if kind == "character":
            return "x"
        if kind == "boolean":
            return rng.random() < 0.5
        if kind == "integer":
            return rng.choice([0, 1, -1, 2**31 - 1, -(2**31), rng.randint(-(10**6), 10**6)])
        if kind == "long":
            return rng.choice([0, -1, 2**53, 2**62, rng.randint(-(10**12), 10**12)])
        if kind in ("float", "double"):
            return rng.randint(-(2**15), 2**15) + 0.5
        if kind == "timestamp":
            return rng.randint(1, 4 * 10**9)
        if kind == "blob":
            return base64.b64encode(rng.randbytes(rng.randint(0, 20))).decode()
        if kind == "list":
            if depth > 6:
                return []
            return [self.value(shape.member, place, depth + 1) for _ in range(rng.choice([0, 1, 1, 2, 3]))]
        if kind == "map":
            length = 0 if depth > 6 else rng.choice([0, 1, 1, 2, 3])
            place = "headers" if place == "headers" else None
            keys = [f"k{index}" if place else self.text(place, shape.key) for index in range(length)]
            return {key: self.value(shape.value, place, depth + 1) for key in keys}
        return self.structure(shape, depth)

    def structure(self, shape, depth=0):
        rng = self.rng
        if shape.is_document_type:
            return rng.choice([{}, True, "x", [1, {"a": "b"}], {"a": [1.5, "x"]}])
        members = shape.members.items()
        if shape.is_tagged_union:
            simple = [item for item in members if item[1].type_name not in ("list", "map", "structure")]
            members = [rng.choice(list(simple if depth > 4 and simple else members))]
        made = {}
        for name, member in members:
            needed = shape.is_tagged_union or name in shape.required_members
            bound = member.serialization.get("location")
            if not needed and (depth > 4 or rng.random() < (0.4 if depth < 2 else 0.6)):
                continue
            place = "host" if member.serialization.get("hostLabel") else bound
            if bound == "statusCode":
                continue
            made[name] = self.value(member, place, depth + 1)
        return made


def native(value, shape):
    """A value as botocore's callers pass it."""
    kind = shape.type_name
    if kind == "timestamp":
        return datetime.datetime.fromtimestamp(value, datetime.timezone.utc)
    if kind == "blob":
        return base64.b64decode(value)
    if kind == "list":
        return [native(item, shape.member) for item in value]
    if kind == "map":
        return {key: native(item, shape.value) for key, item in value.items()}
    if kind == "structure" and not shape.is_document_type:
        return {name: native(item, shape.members[name]) for name, item in value.items()}
    return value


def shown(value):
    """What botocore returns, in the form of the cases."""
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if hasattr(value, "read"):
        return shown(value.read())
    if isinstance(value, dict):
        return {key: shown(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shown(item) for item in value]
    return value


class Network:
    """Stands for the network: keeps the last request, and gives each the answer of the case."""

    def __init__(self):
        self.sent, self.answer = None, None

    def send(self, _session, request):
        self.sent = request
        answer = self.answer
        headers = botocore.awsrequest.HeadersDict(answer["headers"])
        body = wire.Body(base64.b64decode(answer["body"]))
        return botocore.awsrequest.AWSResponse(request.url, answer["status"], headers, body)


def request(sent):
    body = sent.body or b""
    body = body.read() if hasattr(body, "read") else body
    text = {name: value.decode() if isinstance(value, bytes) else value for name, value in sent.headers.items()}
    body = body if isinstance(body, bytes) else bytes(body) if isinstance(body, bytearray) else body.encode()
    return {"method": sent.method, "url": sent.url, "headers": text, "body": base64.b64encode(body).decode()}


def streams(operation):
    """Whether a message of the operation is a stream, which the cases do not have."""
    return (
        operation.has_event_stream_input
        or operation.has_event_stream_output
        or operation.has_streaming_input
        or operation.has_streaming_output
    )


def write_cases(service, path, number, seed, names):
    network = Network()
    botocore.httpsession.URLLib3Session.send = lambda session, request: network.send(session, request)
    client = client_of(service)
    model = client.meta.service_model
    draw = Draw(seed)
    with open(path, "w") as file:
        for name in names or model.operation_names:
            operation = model.operation_model(name)
            if streams(operation):
                continue
            for _ in range(number):
                case = one_case(client, network, operation, draw)
                file.write(json.dumps(case) + "\n")


def one_case(client, network, operation, draw):
    shape = operation.input_shape
    given = draw.structure(shape) if shape else {}
    given = differences.possible_input(operation, given)
    model = client.meta.service_model
    protocol = model.resolved_protocol
    errors = operation.error_shapes
    if errors and draw.rng.random() < 0.1:
        error = draw.rng.choice(errors)
        network.answer = wire.refusal(protocol, error, draw.structure(error), model.is_query_compatible)
    else:
        output = operation.output_shape
        network.answer = wire.answer(protocol, operation, draw.structure(output) if output else {})
    case = {"operation": operation.name, "input": given, "answer": network.answer}
    network.sent = None
    try:
        output = client._make_api_call(operation.name, native(given, shape) if shape else {})
        output.pop("ResponseMetadata")
        case["output"] = shown(output)
    except botocore.exceptions.ClientError as error:
        case["code"] = error.response["Error"].get("Code")
        case["message"] = error.response["Error"].get("Message")
    except Exception as error:
        case["failed"] = f"{type(error).__name__}: {error}"
    case["request"] = request(network.sent) if network.sent is not None else None
    return case


def compare(service, cases, results):
    model = client_of(service).meta.service_model
    found, accepted, first = collections.Counter(), collections.Counter(), {}
    requests = answers = 0
    with open(cases) as cases, open(results) as results:
        for case, ours in zip(map(json.loads, cases), map(json.loads, results), strict=True):
            if ours.get("failed") == "the crate has no such operation":
                continue
            operation = model.operation_model(case["operation"])
            requests += 1
            answers += ours.get("request") is not None
            for what, mine, theirs in differences.of(operation, case, ours):
                reason = differences.accepted(operation, case, what, mine, theirs)
                if reason:
                    accepted[reason] += 1
                    continue
                found[what] += 1
                first.setdefault((case["operation"], what.split(" ")[0]), (what, mine, theirs, case, ours))
    for (name, _), (what, mine, theirs, case, ours) in list(first.items())[:12]:
        print(f"{name}: {what}\n  ours:     {str(mine)[:600]}\n  botocore: {str(theirs)[:600]}")
        print(f"  input:    {json.dumps(case['input'])[:400]}\n  failed:   {ours.get('failed')}")
    for reason, count in accepted.items():
        print(f"{service}: accepted {count}: {reason}")
    print(f"{service}: {requests} requests and {answers} responses: {sum(found.values())} differences")
    return 1 if found or not requests else 0


def main():
    command, service, *rest = sys.argv[1:]
    if command == "model":
        print_model(service)
    elif command == "cases":
        path, number, seed, *names = rest
        write_cases(service, path, int(number), int(seed), names)
    else:
        sys.exit(compare(service, *rest))


main()
