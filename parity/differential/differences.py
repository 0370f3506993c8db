"""How a case of ours differs from botocore's, and the table of differences that are accepted."""

import base64
import gzip
import json
import urllib.parse
import xml.etree.ElementTree

import wire

# Headers that name the program or the moment, and those that depend on how the body is written.
IGNORED = {
    "user-agent", "x-amz-user-agent", "amz-sdk-invocation-id", "amz-sdk-request", "x-amz-date", "authorization",
    "content-length", "x-amz-content-sha256", "host", "accept", "accept-encoding", "expect", "transfer-encoding",
}


def accepted(operation, case, what, ours, theirs):
    """Why a difference is accepted; `None` if it is not."""
    for matches, reason in ACCEPTED:
        if matches(operation, case, what, ours, theirs):
            return reason
    return None


# When a difference is accepted, and why.
ACCEPTED = [
    (
        lambda operation, case, what, ours, theirs: what == "header content-type"
        and (ours, theirs) == ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8"),
        "the content type of a form has no charset, as in Smithy's protocol tests; forms are UTF-8 without one",
    ),
    (
        lambda operation, case, what, ours, theirs: what == "header content-type"
        and (ours, theirs) == ("application/xml", None),
        "an XML body has a content type, as Smithy specifies; botocore sends none",
    ),
    (
        lambda operation, case, what, ours, theirs: what == "body" and theirs is None and is_empty_root(ours),
        "an XML body without members is an empty root, as Smithy specifies; botocore sends no body",
    ),
    (
        lambda operation, case, what, ours, theirs: what == "header x-amz-api-version"
        and operation.is_endpoint_discovery_operation,
        "botocore sends a version to operations that discover endpoints; no trait asks for it",
    ),
    (
        lambda operation, case, what, ours, theirs: (operation.name, what) == ("GetConsoleOutput", "output Output"),
        "botocore decodes the Base64 of GetConsoleOutput; the model has a string, which we return as sent",
    ),
]


def is_empty_root(body):
    return isinstance(body, tuple) and not body[1] and not body[2] and not body[3]


def possible_input(operation, given):
    """The input without what botocore changes on purpose: it encodes user data of EC2 in Base64, where the model has a
    string."""
    if operation.service_model.service_name == "ec2":
        for holder in (given, given.get("LaunchSpecification", {})):
            holder.pop("UserData", None)
    return given


def of(operation, case, ours):
    """The differences of a case: what differs, our value and botocore's."""
    sent, expected = ours.get("request"), case["request"]
    if sent is None or expected is None:
        yield "sending", sent or ours.get("failed"), expected or case.get("failed")
        return
    yield from of_requests(operation, sent, expected)
    yield from of_answers(case, ours)


def of_requests(operation, sent, expected):
    mine, theirs = (urllib.parse.urlsplit(message["url"]) for message in (sent, expected))
    pairs = [
        ("method", sent["method"], expected["method"]),
        ("host", mine.netloc, theirs.netloc),
        ("path", mine.path or "/", theirs.path or "/"),
        ("query", query(mine.query), query(theirs.query)),
    ]
    mine, theirs = headers(sent), headers(expected)
    pairs += [(f"header {name}", mine.get(name), theirs.get(name)) for name in sorted(mine.keys() | theirs.keys())]
    pairs.append(("body", body(operation, sent), body(operation, expected)))
    return [pair for pair in pairs if pair[1] != pair[2]]


def query(text):
    return sorted(urllib.parse.parse_qsl(text, keep_blank_values=True))


def headers(message):
    found = {name.lower(): value.strip() for name, value in message["headers"].items()}
    return {name: value for name, value in found.items() if name not in IGNORED}


def body(operation, message):
    """The meaning of a body, by the protocol."""
    data = base64.b64decode(message["body"])
    lower = {name.lower(): value for name, value in message["headers"].items()}
    if lower.get("content-encoding") == "gzip":
        data = gzip.decompress(data)
    kind = lower.get("content-type", "")
    if not data:
        return None
    try:
        if "form-urlencoded" in kind:
            return query(data.decode())
        if "json" in kind:
            return json.loads(data)
        if "cbor" in kind:
            return wire.of_cbor(data)
        if operation.service_model.resolved_protocol == "rest-xml":
            return tree(xml.etree.ElementTree.fromstring(data))
    except ValueError as error:
        return f"{error}: {data!r}"
    return data


def tree(element):
    """An element. The order of the members of a structure has no meaning; that of a list's items, of one name, has."""
    children = sorted((tree(child) for child in element), key=lambda child: child[0])
    return (element.tag, sorted(element.attrib.items()), element.text or "", children)


def of_answers(case, ours):
    if "failed" in case:
        return [("answer failed", ours.get("failed") or ours.get("output"), case["failed"])]
    if "code" in case:
        pairs = [("error code", ours.get("code"), case["code"]), ("error message", ours.get("message") or "", case["message"] or "")]
        return [pair for pair in pairs if pair[1] != pair[2]]
    if "output" not in ours:
        return [("answer failed", ours.get("failed"), case["output"])]
    mine, theirs = present(ours["output"]), present(case["output"])
    return list(deep("output", mine, theirs))


def present(value):
    """A value without members that are absent."""
    if isinstance(value, dict):
        return {key: present(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [present(item) for item in value]
    return value


def deep(path, mine, theirs):
    """The places in which two values differ."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for key in sorted(mine.keys() | theirs.keys()):
            yield from deep(f"{path} {key}", mine.get(key), theirs.get(key))
    elif mine != theirs:
        yield path, mine, theirs
