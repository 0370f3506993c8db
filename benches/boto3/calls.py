"""One call by boto3 without a network: `calls.py get_room|batch COUNT` prints its CPU time in microseconds.

An event handler answers in place of the HTTP client, so requests are made, signed and read, and not sent.
"""

import sys
import time

import boto3
from botocore.awsrequest import AWSResponse

ROOM = (
    b'{"Room":{"RoomId":"1d3c6a52-52a8-4c43-bf6b-9f5e8f0d7a77","Name":"Standup",'
    b'"AccountId":"8f2b6f3e-8a6c-4a34-9c0d-0d9a6a1f6b10","CreatedBy":"0b7e7e0a-4c55-4a0e-8f6c-6f4dfb5d0a12",'
    b'"CreatedTimestamp":"2026-11-24T12:00:00.123Z","UpdatedTimestamp":"2026-11-24T12:00:00.123Z"}}'
)
REFUSED = b'{"Errors":[%s]}' % b",".join(
    b'{"MemberId":"00000000-0000-4000-8000-00000000000%d","ErrorCode":"NotFound","ErrorMessage":"no such user"}' % n
    for n in range(5)
)
PLACE = {
    "AccountId": "8f2b6f3e-8a6c-4a34-9c0d-0d9a6a1f6b10",
    "RoomId": "1d3c6a52-52a8-4c43-bf6b-9f5e8f0d7a77",
}


class Body:
    def __init__(self, content):
        self.content = content

    def stream(self, **_):
        yield self.content


def main():
    case, count = sys.argv[1], int(sys.argv[2])
    client = boto3.client(
        "chime",
        region_name="us-east-1",
        aws_access_key_id="AKID",
        aws_secret_access_key="secret",
    )
    status, content = (200, ROOM) if case == "get_room" else (201, REFUSED)

    def answer(request, **_):
        headers = {"x-amzn-requestid": "a-request", "content-type": "application/json"}
        return AWSResponse(request.url, status, headers, Body(content))

    client.meta.events.register("before-send.chime.*", answer)

    def call():
        if case == "get_room":
            assert client.get_room(**PLACE)["Room"]["Name"] == "Standup"
            return
        members = [
            {"MemberId": "0b7e7e0a-4c55-4a0e-8f6c-6f4dfb5d0a12", "Role": "Member"} for _ in range(50)
        ]
        output = client.batch_create_room_membership(MembershipItemList=members, **PLACE)
        assert len(output["Errors"]) == 5

    for _ in range(20):
        call()
    start = time.process_time()
    for _ in range(count):
        call()
    print(f"{(time.process_time() - start) / count * 1e6:.2f}")


main()
