"""What botocore does with cases of a service, which come as JSON, one a line.

A case with `input` alone shows the request that botocore sends; one with `answer` shows what
botocore reads from it.
"""

import datetime
import io
import json
import sys
import urllib.parse
import uuid

import botocore.awsrequest
import botocore.config
import botocore.exceptions
import botocore.httpsession
import botocore.session

uuid.uuid4 = lambda: uuid.UUID("00000000-0000-4000-8000-000000000000")


class Body(io.BytesIO):
    def stream(self, **_):
        yield self.read()


class Wire:
    """Stands for the network."""

    def __init__(self):
        self.sent = None
        self.answer = None

    def send(self, _session, request):
        self.sent = request
        answer = self.answer or {"status": 200, "headers": [], "body": "{}"}
        body = Body(answer["body"].encode())
        headers = botocore.awsrequest.HeadersDict(dict(answer["headers"]))
        return botocore.awsrequest.AWSResponse(request.url, answer["status"], headers, body)


def show(value):
    if isinstance(value, datetime.datetime):
        microseconds = round((value - EPOCH) / datetime.timedelta(microseconds=1))
        seconds, rest = divmod(microseconds, 1_000_000)
        return {"seconds": seconds, "nanoseconds": rest * 1000}
    if isinstance(value, dict):
        return {key: show(item) for key, item in value.items()}
    if isinstance(value, list):
        return [show(item) for item in value]
    return value


EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def request(sent):
    parts = urllib.parse.urlsplit(sent.url)
    body = sent.body or b""
    return {
        "method": sent.method,
        "host": parts.netloc,
        "path": parts.path,
        "query": parts.query,
        "headers": {name.lower(): value if isinstance(value, str) else value.decode() for name, value in sent.headers.items()},
        "body": (body if isinstance(body, str) else body.decode()),
    }


def known_members(client, name):
    """The members that the model has for an error."""
    model = client.meta.service_model
    return list(model.shape_for(name).members) if name in model.shape_names else []


def main():
    wire = Wire()
    botocore.httpsession.URLLib3Session.send = lambda session, request: wire.send(session, request)
    session = botocore.session.Session()
    session.set_credentials("ANOTREAL", "notrealrnrELgWzOk3IfjzDKtFBhDby", "notarealsessiontoken")
    client = session.create_client(
        sys.argv[1],
        region_name="us-east-1",
        config=botocore.config.Config(parameter_validation=False, retries={"total_max_attempts": 1}),
    )
    for line in sys.stdin:
        case = json.loads(line)
        wire.sent, wire.answer = None, case.get("answer")
        try:
            output = client._make_api_call(case["operation"], case["input"])
            output.pop("ResponseMetadata")
            result = {"output": show(output)}
        except botocore.exceptions.ClientError as error:
            response = dict(error.response)
            metadata = response.pop("ResponseMetadata")
            described = response.pop("Error")
            result = {
                "variant": type(error).__name__,
                "known": known_members(client, type(error).__name__),
                "members": show(response),
                "code": described.get("Code"),
                "message": described.get("Message"),
                "request ID": metadata.get("RequestId"),
            }
        except Exception as error:
            result = {"failed": f"{type(error).__name__}: {error}"}
        if "answer" not in case and wire.sent is not None:
            result = {"request": request(wire.sent)}
        print(json.dumps(result), flush=True)


main()
