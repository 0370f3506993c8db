"""Makes the calls of a table with boto3 and checks the answers: boto3_calls.py URL SERVICE TABLE

Every operation of the service must be called with success at least once. A call has these members:

- `operation` and `input`: what is called; `$name` and `${name}` in strings are variables of the table or of earlier answers
- `after`: the seconds to wait before the call
- `service`: another service than that of the table, for what its calls need
- `expect`: paths in the answer and their values; `*` stands for any
- `absent`: paths that the answer does not have
- `save`: variables and their paths in the answer
- `error`: the code of the error, if the call is refused
"""

import datetime
import functools
import sys
import time
import tomllib

import boto3
import botocore.config
import botocore.exceptions


def substituted(value, variables):
    """Replaces `$name` and `${name}` in all strings of a value."""
    if isinstance(value, dict):
        return {key: substituted(member, variables) for key, member in value.items()}
    if isinstance(value, list):
        return [substituted(member, variables) for member in value]
    if isinstance(value, str) and "$" in value:
        if value.startswith("$") and value[1:] in variables:
            return variables[value[1:]]
        for name, replacement in variables.items():
            value = value.replace("${" + name + "}", str(replacement))
    return value


def at(path, value):
    """The value at a path such as `Errors.0.ErrorCode` or `Rooms.length`; None if there is none."""
    for step in path.split("."):
        if step == "length" and isinstance(value, (list, dict)):
            value = len(value)
        elif isinstance(value, list):
            index = int(step)
            value = value[index] if index < len(value) else None
        elif isinstance(value, dict):
            value = value.get(step)
        else:
            return None
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    return value


def method_of(client, operation):
    for method, name in client.meta.method_to_api_mapping.items():
        if name == operation:
            return getattr(client, method)
    raise SystemExit(f"boto3 has no operation {operation}")


def make(call, client, variables):
    """Makes a call and returns what is wrong with its answer."""
    time.sleep(call.get("after", 0))
    given = substituted(call.get("input", {}), variables)
    try:
        answer = method_of(client, call["operation"])(**given)
    except botocore.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != call.get("error"):
            yield f"failed with {error}"
        return
    except botocore.exceptions.BotoCoreError as error:
        yield f"was not sent: {error}"
        return
    if "error" in call:
        yield f"succeeded, but {call['error']} was expected"
    for path, expected in substituted(call.get("expect", {}), variables).items():
        found = at(path, answer)
        present = expected == "*" and found is not None
        if not present and found != expected:
            yield f"{path} is {found!r}, not {expected!r}"
    for path in call.get("absent", []):
        if at(path, answer) is not None:
            yield f"{path} is {at(path, answer)!r}, but should be absent"
    for name, path in call.get("save", {}).items():
        variables[name] = at(path, answer)
        if variables[name] is None:
            yield f"{path} is absent"


def main():
    url, service, table = sys.argv[1:]
    with open(table, "rb") as file:
        table = tomllib.load(file)

    @functools.cache
    def client_of(service):
        return boto3.client(
            service,
            region_name="us-east-1",
            endpoint_url=url,
            aws_access_key_id="AKIDEXAMPLE",
            aws_secret_access_key="secret",
            config=botocore.config.Config(retries={"total_max_attempts": 1}),
        )

    client = client_of(service)
    variables = dict(table.get("variables", {}))
    called = set()
    failures = 0
    for number, call in enumerate(table["call"], 1):
        wrong = list(make(call, client_of(call.get("service", service)), variables))
        for problem in wrong:
            failures += 1
            print(f"call {number}, {call['operation']}: {problem}")
        if not wrong and "error" not in call and "service" not in call:
            called.add(call["operation"])
    operations = set(client.meta.service_model.operation_names)
    for operation in sorted(operations - called):
        failures += 1
        print(f"{operation}: no call of the table succeeded")
    print(f"{service}: {len(called)} of {len(operations)} operations, {len(table['call'])} calls")
    sys.exit(1 if failures else 0)


main()
