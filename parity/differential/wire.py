"""Responses as services write them: a small serializer for each protocol, by botocore's form of the model."""

import base64
import datetime
import email.utils
import io
import json
import struct
from xml.sax.saxutils import escape, quoteattr


class Body(io.BytesIO):
    def stream(self, **_):
        yield self.read()


def answer(protocol, operation, output):
    shape = operation.output_shape
    if protocol in ("rest-json", "rest-xml"):
        return rest(protocol, operation.http.get("responseCode", 200), shape, output)
    if protocol == "json":
        return response(200, json.dumps(in_json(output, shape)) if shape else "{}")
    if protocol == CBOR:
        return response(200, in_cbor(output, shape) if shape else b"", CBOR_HEADERS)
    members = members_in_xml(output, shape, protocol) if shape else ""
    name = operation.name
    if protocol == "ec2":
        return response(200, f"<{name}Response><requestId>id-1</requestId>{members}</{name}Response>")
    wrapper = shape.serialization.get("resultWrapper") if shape else None
    result = f"<{wrapper}>{members}</{wrapper}>" if wrapper else members
    metadata = "<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata>"
    return response(200, f"<{name}Response>{result}{metadata}</{name}Response>")


def refusal(protocol, error, members, query_compatible):
    """An error. A service that once spoke awsQuery names the code of that time in a header."""
    status = error.metadata.get("error", {}).get("httpStatusCode", 400)
    code = error.error_code
    if protocol == CBOR:
        headers = CBOR_HEADERS | ({"x-amzn-query-error": f"{code};Sender"} if query_compatible else {})
        parts = cbor_members(members, error) | {"__type": cbor_text(f"com.amazonaws#{error.name}")}
        return response(status, cbor_map(parts), headers)
    if protocol == "json":
        body = in_json(members, error)
        headers = {"x-amzn-query-error": f"{code};Sender"} if query_compatible else {}
        return response(status, json.dumps(body | {"__type": f"com.amazonaws#{error.name}"}), headers)
    if protocol == "rest-json":
        made = rest(protocol, status, error, members)
        made["headers"]["x-amzn-errortype"] = error.name
        return made
    members.pop("message", None)
    members.pop("Message", None)
    inner = f"<Code>{code}</Code><Message>no &lt;luck&gt;</Message>{members_in_xml(members, error, protocol)}"
    if protocol == "ec2":
        return response(status, f"<Response><Errors><Error>{inner}</Error></Errors><RequestID>id-1</RequestID></Response>")
    return response(
        status, f"<ErrorResponse><Error><Type>Sender</Type>{inner}</Error><RequestId>id-1</RequestId></ErrorResponse>"
    )


def response(status, body, headers=None):
    body = body if isinstance(body, bytes) else body.encode()
    headers = {"x-amzn-requestid": "id-1"} | (headers or {})
    return {"status": status, "headers": headers, "body": base64.b64encode(body).decode()}


def rest(protocol, status, shape, output):
    headers, body = {}, dict(output)
    for name, member in shape.members.items() if shape else ():
        location = member.serialization.get("location")
        if location is None or name not in body:
            continue
        value = body.pop(name)
        if location == "header":
            headers[member.serialization["name"]] = in_header(value, member)
        elif location == "headers":
            prefix = member.serialization.get("name", "")
            headers |= {prefix + key: item for key, item in value.items()}
    payload = shape.serialization.get("payload") if shape else None
    if payload and payload not in body:
        return response(status, "", headers)
    if payload:
        shape, body = shape.members[payload], body[payload]
        if shape.type_name in ("blob", "string"):
            return response(status, base64.b64decode(body) if shape.type_name == "blob" else body, headers)
    if protocol == "rest-json":
        return response(status, json.dumps(in_json(body, shape)) if shape else "", headers)
    root = (shape.serialization.get("name") or shape.name) if shape else None
    return response(status, in_xml(body, shape, root, protocol) if shape and shape.members else "", headers)


def in_header(value, shape):
    kind = shape.type_name
    if kind == "timestamp":
        return time(value, shape, "rfc822")
    if kind == "list":
        return ",".join(in_header(item, shape.member) for item in value)
    if kind == "boolean":
        return str(value).lower()
    if kind == "string" and shape.serialization.get("jsonvalue"):
        return base64.b64encode(value.encode()).decode()
    return str(value)


def time(value, shape, default):
    form = shape.serialization.get("timestampFormat", default)
    moment = datetime.datetime.fromtimestamp(value, datetime.timezone.utc)
    if form == "unixTimestamp":
        return value
    if form == "rfc822":
        return email.utils.format_datetime(moment, usegmt=True)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def in_json(value, shape):
    kind = shape.type_name
    if kind == "timestamp":
        return time(value, shape, "unixTimestamp")
    if kind == "list":
        return [in_json(item, shape.member) for item in value]
    if kind == "map":
        return {key: in_json(item, shape.value) for key, item in value.items()}
    if kind == "structure" and not shape.is_document_type:
        members = ((shape.members[name], name, item) for name, item in value.items())
        return {member.serialization.get("name", name): in_json(item, member) for member, name, item in members}
    return value


CBOR = "smithy-rpc-v2-cbor"
CBOR_HEADERS = {"smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor"}


def cbor_head(major, argument):
    if argument < 24:
        return bytes([major << 5 | argument])
    length = next(length for length in range(4) if argument < 1 << (8 << length))
    return bytes([major << 5 | 24 + length]) + argument.to_bytes(1 << length, "big")


def cbor_text(text):
    return cbor_head(3, len(text.encode())) + text.encode()


def cbor_map(entries):
    return cbor_head(5, len(entries)) + b"".join(cbor_text(key) + value for key, value in entries.items())


def cbor_members(value, shape):
    return {name: in_cbor(item, shape.members[name]) for name, item in value.items()}


def in_cbor(value, shape):
    kind = shape.type_name
    if kind == "boolean":
        return b"\xf5" if value else b"\xf4"
    if kind in ("integer", "long"):
        return cbor_head(0, value) if value >= 0 else cbor_head(1, -1 - value)
    if kind in ("float", "double"):
        return b"\xfb" + struct.pack(">d", value)
    if kind == "timestamp":
        return b"\xc1" + cbor_head(0, value)
    if kind == "blob":
        data = base64.b64decode(value)
        return cbor_head(2, len(data)) + data
    if kind == "list":
        return cbor_head(4, len(value)) + b"".join(in_cbor(item, shape.member) for item in value)
    if kind == "map":
        return cbor_map({key: in_cbor(item, shape.value) for key, item in value.items()})
    if kind == "structure":
        return cbor_map(cbor_members(value, shape))
    return cbor_text(value)


def of_cbor(data):
    """The value of a document, in Python."""
    return cbor_item(io.BytesIO(data))


BREAK = object()


def cbor_item(stream):
    (initial,) = stream.read(1)
    major, info = initial >> 5, initial & 31
    if initial == 0xFF:
        return BREAK
    if major == 7:
        if info in (25, 26, 27):
            length = 1 << info - 24
            return struct.unpack({2: ">e", 4: ">f", 8: ">d"}[length], stream.read(length))[0]
        return {20: False, 21: True}.get(info)
    argument = None if info == 31 else info if info < 24 else int.from_bytes(stream.read(1 << info - 24), "big")
    if major == 0:
        return argument
    if major == 1:
        return -1 - argument
    if major in (2, 3):
        data = stream.read(argument) if argument is not None else b"".join(cbor_items(stream, None, bytes))
        return data.decode() if major == 3 else data
    if major == 6:
        return ("tag", argument, cbor_item(stream))
    items = list(cbor_items(stream, argument if major == 4 or argument is None else 2 * argument))
    return items if major == 4 else dict(zip(items[::2], items[1::2]))


def cbor_items(stream, count, kind=None):
    while count is None or count > 0:
        item = cbor_item(stream)
        if item is BREAK:
            return
        yield item.encode() if kind is bytes and isinstance(item, str) else item
        count = None if count is None else count - 1


def members_in_xml(value, shape, protocol):
    parts = []
    for name, item in value.items():
        member = shape.members[name]
        if member.serialization.get("xmlAttribute"):
            continue
        parts.append(in_xml(item, member, member.serialization.get("name", name), protocol))
    return "".join(parts)


def in_xml(value, shape, tag, protocol):
    kind = shape.type_name
    flat = shape.serialization.get("flattened")
    if kind == "list":
        item = shape.member.serialization.get("name")
        if flat:
            return "".join(in_xml(each, shape.member, item or tag, protocol) for each in value)
        inner = "".join(in_xml(each, shape.member, item or "member", protocol) for each in value)
        return f"<{tag}>{inner}</{tag}>"
    if kind == "map":
        key, item = (part.serialization.get("name", name) for part, name in ((shape.key, "key"), (shape.value, "value")))
        entries = [
            in_xml(name, shape.key, key, protocol) + in_xml(each, shape.value, item, protocol)
            for name, each in value.items()
        ]
        if flat:
            return "".join(f"<{tag}>{entry}</{tag}>" for entry in entries)
        return f"<{tag}>" + "".join(f"<entry>{entry}</entry>" for entry in entries) + f"</{tag}>"
    if kind == "structure":
        attributes = "".join(
            f" {member.serialization['name']}={quoteattr(value[name])}"
            for name, member in shape.members.items()
            if member.serialization.get("xmlAttribute") and name in value
        )
        space = shape.serialization.get("xmlNamespace")
        if isinstance(space, dict) and space.get("prefix"):
            attributes += f" xmlns:{space['prefix']}={quoteattr(space['uri'])}"
        return f"<{tag}{attributes}>{members_in_xml(value, shape, protocol)}</{tag}>"
    if kind == "boolean":
        text = str(value).lower()
    elif kind == "timestamp":
        text = time(value, shape, "iso8601")
    else:
        text = escape(str(value), {"\r": "&#13;"})
    return f"<{tag}>{text}</{tag}>"
