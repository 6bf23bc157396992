"""What runs in an account and as which role, as the methods on existing things ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from iamviz.inventory.known_keys import KnownKeys
from iamviz.inventory.model import Inventory
from iamviz.inventory.workloads import Instance, LaunchTemplate, TemplateVersion, WorkloadKind

ALIVE = frozenset({None, "pending", "running", "stopping", "stopped"})
TAG_KEYS = ("aws:ResourceTag", "ec2:ResourceTag", "ssm:resourceTag")
RUNNING = frozenset({None, "running"})
GROUPS = "autoscaling describe-auto-scaling-groups"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that runs as a role; actions are allowed on its ARN. `doubt` says what is not known of it."""

    arn: str
    role: str
    doubt: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    tagged: bool = False
    """Whether it is known to have no other tags."""

    @property
    def keys(self) -> KnownKeys:
        """The condition keys that its tags are."""
        known: dict[str, str | tuple[str, ...] | None] = {
            f"{family}/{name}": value for family in TAG_KEYS for name, value in self.tags.items()
        }
        return known | ({f"{family}/*": None for family in TAG_KEYS} if self.tagged else {})


Things = Callable[[Inventory], Iterator[Thing]]


def functions(inventory: Inventory) -> Iterator[Thing]:
    yield from (each for each in every_function(inventory) if each.role)


def every_function(inventory: Inventory) -> Iterator[Thing]:
    """Those without a role too."""
    yield from (Thing(each.arn, each.role or "", tags=each.tags) for each in inventory.workloads.functions)


def _of_kind(kind: WorkloadKind, states: frozenset[str | None] | None = None) -> Things:
    def found(inventory: Inventory) -> Iterator[Thing]:
        for each in inventory.workloads.of_kind(kind):
            if each.role and (states is None or each.state in states):
                yield Thing(each.arn, each.role, tags=each.tags)

    return found


stacks = _of_kind("stack")
dev_endpoints = _of_kind("dev-endpoint")
notebooks = _of_kind("notebook")
open_notebooks = _of_kind("notebook", frozenset({None, "InService"}))
apprunner_services = _of_kind("apprunner-service")
code_interpreters = _of_kind("code-interpreter")


def projects(inventory: Inventory) -> Iterator[Thing]:
    yield from (Thing(each.arn, each.role) for each in inventory.workloads.projects if each.role)


def batch_projects(inventory: Inventory) -> Iterator[Thing]:
    """Projects that allow builds in batches."""
    yield from (Thing(each.arn, each.role) for each in inventory.workloads.projects if each.role and each.batch_role)


def instances(inventory: Inventory) -> Iterator[Thing]:
    yield from (_thing(each, each.role) for each in inventory.workloads.instances if each.role and each.state in ALIVE)


def _thing(instance: Instance, role: str, doubt: str = "") -> Thing:
    """`ec2 describe-instances` prints all tags."""
    return Thing(instance.arn, role, doubt, instance.tags, tagged=True)


def every_instance(inventory: Inventory) -> Iterator[Thing]:
    """Those without a role too."""
    yield from (_thing(each, each.role or "") for each in inventory.workloads.instances if each.state in ALIVE)


def running_instances(inventory: Inventory) -> Iterator[Thing]:
    for each in inventory.workloads.instances:
        if each.role and each.state in RUNNING:
            yield _thing(each, each.role)


def managed_instances(inventory: Inventory) -> Iterator[Thing]:
    """Running ones that Systems Manager reaches, and machines elsewhere that it manages."""
    for each in inventory.workloads.instances:
        if each.role and each.state in RUNNING and each.managed is not False:
            doubt = "" if each.managed else f"whether Systems Manager manages {each.name} was not collected"
            yield _thing(each, each.role, doubt)
    for node in inventory.workloads.managed_nodes:
        if node.role and node.ping in {None, "Online"}:
            yield Thing(node.arn, node.role)


def ebs_instances(inventory: Inventory) -> Iterator[Thing]:
    for each in inventory.workloads.instances:
        if each.role and each.state in ALIVE and each.root_device in {None, "ebs"}:
            yield _thing(each, each.role)


def launch_templates(inventory: Inventory) -> Iterator[Thing]:
    """Those that an auto scaling group starts by their default or latest version, with the role of that version."""
    looked = inventory.looked_at(GROUPS)
    for template in inventory.workloads.launch_templates:
        uses = {
            use.version
            for group in inventory.workloads.scaling_groups
            for use in group.templates
            if use.template == template.arn
        }
        doubt = "" if looked else f"whether the launch template {template.name} is used was not collected"
        started = uses if looked else {"$Default"}
        roles = {each.role for each in template.versions or () if each.role and _is_started(each, template, started)}
        yield from (Thing(template.arn, role, doubt, template.tags, tagged=True) for role in sorted(roles))


def _is_started(version: TemplateVersion, template: LaunchTemplate, uses: set[str]) -> bool:
    """A group that names a number is not reached by a new default version."""
    is_default = version.is_default or version.number == template.default_version
    return ("$Default" in uses and is_default) or ("$Latest" in uses and version.number == template.latest_version)


def tasks(inventory: Inventory) -> Iterator[Thing]:
    """Running tasks into which commands may be sent."""
    for each in inventory.workloads.ecs_tasks:
        if each.role and each.execute_command and each.state in {None, "RUNNING", "PENDING", "ACTIVATING"}:
            yield Thing(each.arn, each.role, tags=each.tags)


def task_definitions(inventory: Inventory) -> Iterator[Thing]:
    for each in inventory.workloads.task_definitions:
        if each.role and each.state in {None, "ACTIVE"}:
            yield Thing(each.arn, each.role, tags=each.tags)
