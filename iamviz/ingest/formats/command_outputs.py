"""Outputs of AWS CLI commands: an object keyed by account id and command, or one command's answer as it was printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from iamviz.ingest import answers
from iamviz.ingest.command_contents import CommandOutputs
from iamviz.ingest.commands import center, ecs, eks, functions, iam, jobs, machines, resources
from iamviz.ingest.commands.reader import AGAIN, CommandReader, Reader
from iamviz.ingest.json_text import Page
from iamviz.ingest.mending import Members, first_upper, read_members
from iamviz.ingest.source import Draft, Refusal, Source
from iamviz.inventory.model import Notice
from iamviz.policy.arn import is_account

WORDS = "command outputs (an object keyed by account id, then by AWS CLI command; or the answer of one command)"
COMMANDS: Mapping[str, Reader] = {
    **iam.COMMANDS,
    **functions.COMMANDS,
    **machines.COMMANDS,
    **ecs.COMMANDS,
    **eks.COMMANDS,
    **jobs.COMMANDS,
    **resources.COMMANDS,
    **center.COMMANDS,
}
"""In the order in which they are read: what lists functions before what is told of one by its name."""
_PLAIN = {"AccountId", "Alias", "Region"}
_REGION = re.compile(r"[a-z0-9-]{0,40}")
_WRAP = 'Put it into an object such as {"111122223333": {"%s": …}}.'
_ANY_ARN = "[A-Za-z]+"
RAW_ANSWERS: Mapping[str, tuple[str, str]] = {
    "Roles": ("iam list-roles", _ANY_ARN),
    "Users": ("iam list-users", _ANY_ARN),
    "InstanceProfiles": ("iam list-instance-profiles", _ANY_ARN),
    "OpenIDConnectProviderList": ("iam list-open-id-connect-providers", _ANY_ARN),
    "SAMLProviderList": ("iam list-saml-providers", _ANY_ARN),
    "MFADevices": ("iam list-mfa-devices", _ANY_ARN),
    "Functions": ("lambda list-functions", "FunctionArn"),
    "FunctionUrlConfigs": ("lambda list-function-url-configs", "FunctionArn"),
    "EventSourceMappings": ("lambda list-event-source-mappings", "FunctionArn"),
    "Reservations": ("ec2 describe-instances", "OwnerId"),
    "AutoScalingGroups": ("autoscaling describe-auto-scaling-groups", "AutoScalingGroupARN"),
    "Clusters": ("ecs describe-clusters", "clusterArn"),
    "Services": ("ecs describe-services", "serviceArn"),
    "Tasks": ("ecs describe-tasks", "taskArn"),
    "TaskDefinition": ("ecs describe-task-definition", "taskDefinitionArn"),
    "ContainerInstances": ("ecs describe-container-instances", "containerInstanceArn"),
    "Cluster": ("eks describe-cluster", "arn"),
    "AccessEntry": ("eks describe-access-entry", "accessEntryArn"),
    "Association": ("eks describe-pod-identity-association", "associationArn"),
    "Nodegroup": ("eks describe-nodegroup", "nodegroupArn"),
    "Stacks": ("cloudformation describe-stacks", "StackId"),
    "StackSet": ("cloudformation describe-stack-set", "StackSetARN"),
    "Projects": ("codebuild batch-get-projects", "arn"),
    "NotebookInstanceArn": ("sagemaker describe-notebook-instance", "NotebookInstanceArn"),
    "Service": ("apprunner describe-service", "ServiceArn"),
    "CodeInterpreterArn": ("bedrock-agentcore-control get-code-interpreter", "codeInterpreterArn"),
    "Profiles": ("rolesanywhere list-profiles", "profileArn"),
    "TrustAnchors": ("rolesanywhere list-trust-anchors", "trustAnchorArn"),
    "Keys": ("kms list-keys", "KeyArn"),
    "Topics": ("sns list-topics", "TopicArn"),
    "SecretList": ("secretsmanager list-secrets", "ARN"),
    "ResourcePolicy": ("secretsmanager get-resource-policy", "ARN"),
    "Repositories": ("ecr describe-repositories", "repositoryArn"),
}
"""Answers that tell the account, by a key that only they have: their command, and the key that holds the ARN."""
WITHOUT_ACCOUNT: Mapping[str, str] = {
    "SummaryMap": "iam get-account-summary",
    "AccessKeyMetadata": "iam list-access-keys",
    "LoginProfile": "iam get-login-profile",
    "ClientIDList": "iam get-open-id-connect-provider",
    "LaunchTemplates": "ec2 describe-launch-templates",
    "LaunchTemplateVersions": "ec2 describe-launch-template-versions",
    "InstanceInformationList": "ssm describe-instance-information",
    "Jobs": "glue get-jobs",
    "DevEndpoints": "glue get-dev-endpoints",
    "Buckets": "s3api list-buckets",
    "PublicAccessBlockConfiguration": "s3api get-public-access-block",
    "ServerSideEncryptionConfiguration": "s3api get-bucket-encryption",
    "AbacStatus": "s3api get-bucket-abac",
    "QueueUrls": "sqs list-queues",
    "AccountAssignments": "sso-admin list-account-assignments",
    "PermissionSets": "sso-admin list-permission-sets",
    "PermissionSet": "sso-admin describe-permission-set",
}
NOT_USED: Mapping[str, str] = {
    "VirtualMFADevices": "iam list-virtual-mfa-devices",
    "PasswordPolicy": "iam get-account-password-policy",
}


def recognises(page: Page) -> bool:
    """Every key a 12-digit account id."""
    return bool(page.members) and all(is_account(key) for key in page.members)


def read(pages: Iterable[Page], source: Source) -> None:
    """One draft for each account and region; an account that cannot be read fails alone."""
    for page in pages:
        for account, raw in page.members.items():
            place = f'{page.place}["{account}"]'
            try:
                _read_account(account, raw, place, source)
            except Refusal as refusal:
                refusal.account = account
                source.refuse(refusal)


def _read_account(account: str, raw: msgspec.Raw, place: str, source: Source) -> None:
    members = read_members(raw, place)
    inside = _string(members.get("AccountId"), f"{place}.AccountId")
    if inside not in {None, account}:
        rule = f"one account id; the key says {account}, AccountId says {inside}"
        raise Refusal(rule, "Put each account's outputs under its own id.", place=f"{place}.AccountId")
    reader = CommandReader(account, _region(members, place), source)
    reader.found["alias"] = _string(members.get("Alias"), f"{place}.Alias")
    refused = len(source.rejections)
    for command, read_command in COMMANDS.items():
        value = members.get(command)
        if value is not None and not _is_null(reader, command, value, place):
            reader.run(command, read_command, value, f'{place}["{command}"]')
    for command in (each for each in members if each not in COMMANDS and each not in _PLAIN):
        reader.notices.append(_not_used(command, f'{place}["{command}"]', account, source))
    if any(reader.found.values()) or reader.looked or len(source.rejections) == refused:
        source.drafts.append(_draft(reader))


def _is_null(reader: CommandReader, command: str, value: msgspec.Raw, place: str) -> bool:
    if bytes(value).strip() != b"null":
        return False
    text = f"The output of aws {command} is null: it counts as not collected."
    reader.notices.append(reader.source.note("missing", text, place=f'{place}["{command}"]', account=reader.account))
    return True


def _region(members: Members, place: str) -> str:
    region = _string(members.get("Region"), f"{place}.Region") or ""
    if _REGION.fullmatch(region) is None:
        raise Refusal("the name of a region, such as us-east-1", AGAIN, place=f"{place}.Region")
    return region


def _draft(reader: CommandReader) -> Draft:
    account = reader.account or ""
    notices = [*reader.notices, *reader.dates.notices(reader.source, account)]
    content = CommandOutputs(**reader.found, looked_at=reader.looked_at())
    return Draft("command-outputs", account, reader.region, content, reader.dates.newest, notices=notices)


def recognises_answer(page: Page) -> bool:
    """The answer of one command, as the CLI printed it."""
    return _answer_key(page) is not None


def _answer_key(page: Page) -> str | None:
    keys = {first_upper(key) for key in page.members}
    return next((key for table in (RAW_ANSWERS, WITHOUT_ACCOUNT, NOT_USED) for key in table if key in keys), None)


def read_answers(pages: Iterable[Page], source: Source) -> None:
    """Each answer belongs to the account of its ARNs."""
    for page in pages:
        key = _answer_key(page) or ""
        if key in NOT_USED:
            source.notices.append(_not_used(NOT_USED[key], page.place, None, source))
            continue
        if key in WITHOUT_ACCOUNT:
            command = WITHOUT_ACCOUNT[key]
            raise Refusal(
                f"an account id; what aws {command} prints holds none", _WRAP % command, place=page.place + key
            )
        _read_answer(key, page, source)


def _read_answer(key: str, page: Page, source: Source) -> None:
    command, marker = RAW_ANSWERS[key]
    raw = msgspec.Raw(msgspec.json.encode(page.members))
    match = re.search(
        rf'"{marker}":\s*"(?:arn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]*):)?(\d{{12}})[":]'.encode(), bytes(raw)
    )
    if match is None:
        rule = f"an ARN that tells the account; this output of aws {command} has none"
        raise Refusal(rule, _WRAP % command, place=page.place + key)
    reader = CommandReader(match[2].decode(), (match[1] or b"").decode(), source)
    place = page.place.removesuffix(".")
    if key == "MFADevices":
        raw = _devices_by_user(reader, raw, place)
    reader.run(command, COMMANDS[command], raw, place)
    if any(reader.found.values()):
        source.drafts.append(_draft(reader))


def _devices_by_user(reader: CommandReader, raw: msgspec.Raw, place: str) -> msgspec.Raw:
    """One user's devices, in the form that an object of all users has."""
    users: dict[str, list[dict[str, str]]] = {}
    for each in reader.items(raw, "MFADevices", answers.MfaDevice, place):
        users.setdefault(each.user_name or "", []).append({"SerialNumber": each.serial_number})
    return msgspec.Raw(msgspec.json.encode({name: {"MFADevices": found} for name, found in users.items()}))


def _not_used(command: str, place: str, account: str | None, source: Source) -> Notice:
    text = f"The output of aws {command} was read; nothing in this version uses it."
    return source.note("ignored", text, place=place, account=account)


def _string(raw: msgspec.Raw | None, place: str) -> str | None:
    if raw is None or bytes(raw).strip() == b"null":
        return None
    try:
        return msgspec.json.decode(raw, type=str)
    except msgspec.ValidationError as error:
        raise Refusal("a string", AGAIN, place=place) from error
