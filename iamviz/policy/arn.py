"""Amazon Resource Names, taken apart."""

from __future__ import annotations

from dataclasses import dataclass

ACCOUNT_DIGITS = 12
FIELDS = 6


@dataclass(frozen=True, slots=True)
class Arn:
    """`arn:partition:service:region:account:resource`; the resource may hold colons."""

    partition: str
    service: str
    region: str
    account: str
    resource: str

    def __str__(self) -> str:
        return f"arn:{self.partition}:{self.service}:{self.region}:{self.account}:{self.resource}"

    @property
    def kind(self) -> str:
        """What stands before the first slash of the resource: "role", "user", "root", "assumed-role"."""
        return self.resource.partition("/")[0]

    @property
    def name(self) -> str:
        """What stands behind the last slash of the resource: an IAM name without its path."""
        return self.resource.rpartition("/")[2]


def parse_arn(text: str) -> Arn | None:
    """The ARN in `text`, or None where it has fewer than six fields or lacks partition, service or resource."""
    fields = text.split(":", FIELDS - 1)
    if len(fields) != FIELDS or fields[0] != "arn":
        return None
    _, partition, service, region, account, resource = fields
    if not (partition and service and resource):
        return None
    return Arn(partition, service, region, account, resource)


def is_account(text: str) -> bool:
    """Whether `text` is twelve ASCII digits."""
    return len(text) == ACCOUNT_DIGITS and text.isascii() and text.isdigit()


def account_of(text: str) -> str | None:
    """The account id in an ARN or of a bare account id; None for anything else, AWS's own policies among it."""
    if is_account(text):
        return text
    arn = parse_arn(text)
    return arn.account if arn is not None and is_account(arn.account) else None
