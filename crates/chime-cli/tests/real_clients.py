"""boto3 and the AWS CLI against a local Chime, whose URL is the one argument.

Prints what each does, and fails loudly where an answer is not what Chime's would be.
"""

import json
import os
import subprocess
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

URL = sys.argv[1]
os.environ.update(
    AWS_ACCESS_KEY_ID="local",
    AWS_SECRET_ACCESS_KEY="local",
    AWS_DEFAULT_REGION="us-east-1",
    AWS_CONFIG_FILE=os.devnull,
    AWS_SHARED_CREDENTIALS_FILE=os.devnull,
    AWS_EC2_METADATA_DISABLED="true",
    AWS_PAGER="",
)


def check(what, given, expected):
    if given != expected:
        sys.exit(f"{what}: {given!r} instead of {expected!r}")
    print(f"  {what}: {given!r}")


def with_boto3():
    chime = boto3.client("chime", endpoint_url=URL, config=Config(retries={"total_max_attempts": 1}))
    account = chime.create_account(Name="boto3")["Account"]
    check("account type", account["AccountType"], "EnterpriseLWA")
    account = account["AccountId"]
    user = chime.create_user(AccountId=account, Username="ada", Email="ada@example.com")["User"]["UserId"]
    bot = chime.create_bot(AccountId=account, DisplayName="helper")["Bot"]["BotId"]
    room = chime.create_room(AccountId=account, Name="Größe 会議")["Room"]
    check("room name", room["Name"], "Größe 会議")
    check("timestamps are read", room["CreatedTimestamp"].year >= 2026, True)
    check("whole milliseconds", room["CreatedTimestamp"].microsecond % 1000, 0)
    again = chime.get_room(AccountId=account, RoomId=room["RoomId"])["Room"]
    check("timestamps stay", again["CreatedTimestamp"] == room["CreatedTimestamp"], True)
    room = room["RoomId"]
    errors = chime.batch_create_room_membership(
        AccountId=account,
        RoomId=room,
        MembershipItemList=[
            {"MemberId": user, "Role": "Administrator"},
            {"MemberId": "nobody", "Role": "Member"},
            {"MemberId": bot, "Role": "Member"},
        ],
    )["Errors"]
    check("refused", [(e["MemberId"], e["ErrorCode"]) for e in errors], [("nobody", "NotFound")])
    members = chime.list_room_memberships(AccountId=account, RoomId=room)["RoomMemberships"]
    check(
        "members",
        [(m["Member"]["MemberId"] == i, m["Member"]["MemberType"], m["Role"]) for m, i in zip(members, [user, bot])],
        [(True, "User", "Administrator"), (True, "Bot", "Member")],
    )
    pages = chime.get_paginator("list_users").paginate(AccountId=account, PaginationConfig={"PageSize": 1})
    check("users by page", [len(page["Users"]) for page in pages], [1])
    try:
        chime.get_room(AccountId=account, RoomId="gone")
        sys.exit("a room that is gone was found")
    except chime.exceptions.NotFoundException as error:
        check("typed error", error.response["Error"]["Message"], "room gone does not exist")
        check("request ID", len(error.response["ResponseMetadata"]["RequestId"]), 36)
    # The service for phone calls is the one of the family that the local Chime does not have.
    voice = boto3.client("chime-sdk-voice", endpoint_url=URL, config=Config(retries={"total_max_attempts": 1}))
    try:
        voice.list_voice_connectors()
        sys.exit("an operation of another service was answered")
    except ClientError as error:
        check("another service", error.response["Error"]["Code"], "UnknownOperationException")
    chime.delete_room(AccountId=account, RoomId=room)


def cli(*arguments):
    tool = os.path.join(os.path.dirname(sys.executable), "aws")
    done = subprocess.run(
        [tool, "chime", *arguments, "--endpoint-url", URL, "--output", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        return done.stderr.strip()
    return json.loads(done.stdout) if done.stdout.strip() else None


def with_the_cli():
    account = cli("create-account", "--name", "cli")["Account"]["AccountId"]
    ours = ["--account-id", account]
    user = cli("create-user", *ours, "--username", "grace", "--email", "grace@example.com")["User"]["UserId"]
    room = cli("create-room", *ours, "--name", "lab")["Room"]["RoomId"]
    ours += ["--room-id", room]
    errors = cli(
        "batch-create-room-membership",
        *ours,
        "--membership-item-list",
        f"MemberId={user},Role=Administrator",
        "MemberId=nobody,Role=Member",
    )["Errors"]
    check("refused", [(e["MemberId"], e["ErrorCode"]) for e in errors], [("nobody", "NotFound")])
    members = cli("list-room-memberships", *ours)["RoomMemberships"]
    check("members", [(m["Member"]["MemberId"] == user, m["Role"]) for m in members], [(True, "Administrator")])
    said = cli("get-room", "--account-id", account, "--room-id", "gone")
    check("error", "NotFoundException" in said and "room gone does not exist" in said, True)
    check("no content", cli("delete-room", *ours), None)


print(f"boto3 {boto3.__version__}:")
with_boto3()
print("AWS CLI:")
with_the_cli()
