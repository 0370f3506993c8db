"""Makes calls with boto3: boto3_calls.py URL

A line of standard input is a call as JSON: `service`, `operation` and `input`. A line of standard output answers it with
`output`, or with `message` and, if the service refused the call, `code`. A line without `operation` asks for `operations`,
the names of those that boto3 has.
"""

import datetime
import functools
import json
import sys

import boto3
import botocore.config
import botocore.exceptions


@functools.cache
def client_of(service):
    return boto3.client(
        service,
        region_name="us-east-1",
        endpoint_url=sys.argv[1],
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
        config=botocore.config.Config(retries={"total_max_attempts": 1}),
    )


def answer(service, operation=None, input=None):
    client = client_of(service)
    if operation is None:
        return {"operations": list(client.meta.service_model.operation_names)}
    methods = {name: method for method, name in client.meta.method_to_api_mapping.items()}
    try:
        output = getattr(client, methods[operation])(**input)
    except botocore.exceptions.ClientError as error:
        # botocore prefers the member `Code` of the body to the name of the error.
        headers = error.response["ResponseMetadata"]["HTTPHeaders"]
        code = headers.get("x-amzn-errortype", error.response["Error"]["Code"])
        return {"code": code, "message": str(error)}
    except botocore.exceptions.BotoCoreError as error:
        return {"message": f"it was not sent: {error}"}
    del output["ResponseMetadata"]
    return {"output": output}


def text(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
    raise TypeError(f"{value!r} is in an answer")


for line in sys.stdin:
    print(json.dumps(answer(**json.loads(line)), default=text), flush=True)
