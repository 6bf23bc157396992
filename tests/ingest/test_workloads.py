"""What runs as a role, as the commands of each service print it."""

from __future__ import annotations

from typing import Any

import pytest

from iamviz.inventory.clusters import AccessPolicy
from iamviz.inventory.model import Inventory
from iamviz.inventory.workloads import TemplateUse, Workloads
from tests.ingest.builders import ACCOUNT, details, inventory, role

REGION = "us-west-2"
APP = f"arn:aws:iam::{ACCOUNT}:role/service-role/app"
PROFILE = f"arn:aws:iam::{ACCOUNT}:instance-profile/web"
WEB = {"Path": "/", "InstanceProfileName": "web", "Arn": PROFILE, "Roles": []}
WORLD = details(roles=[role("app", Arn=APP, Path="/service-role/", InstanceProfileList=[WEB])])


def arn(service: str, resource: str, region: str = REGION) -> str:
    return f"arn:aws:{service}:{region}:{ACCOUNT}:{resource}"


def outputs(region: str = REGION, **commands: Any) -> dict[str, Any]:
    """Keyword lambda__list_functions stands for the command `lambda list-functions`."""
    named = {key.replace("__", " ").replace("_", "-"): value for key, value in commands.items()}
    return {ACCOUNT: {"Region": region, **named}}


def found(*blocks: dict[str, Any]) -> Inventory:
    return inventory(WORLD, *blocks)


def ran(**commands: Any) -> Workloads:
    return found(outputs(**commands)).workloads


def function(name: str, region: str = REGION, **more: Any) -> dict[str, Any]:
    return {"FunctionName": name, "FunctionArn": arn("lambda", f"function:{name}", region), "Role": APP} | more


def test_a_function_has_its_role_urls_event_sources_layers_and_tags() -> None:
    queue, layer = arn("sqs", "orders"), arn("lambda", "layer:tools:3")
    url = {"FunctionUrl": "https://x", "FunctionArn": arn("lambda", "function:pay:live"), "AuthType": "NONE"}
    mapping = {"UUID": "1", "EventSourceArn": queue, "FunctionArn": arn("lambda", "function:pay")}
    workloads = ran(
        lambda__list_functions={"Functions": [function("pay", Layers=[{"Arn": layer}], Runtime="python3.13")]},
        lambda__list_function_url_configs={"pay": {"FunctionUrlConfigs": [url]}},
        lambda__list_event_source_mappings={"EventSourceMappings": [mapping]},
        lambda__list_tags={arn("lambda", "function:pay"): {"Tags": {"team": "pay"}}},
    )
    (pay,) = workloads.functions
    assert (pay.name, pay.role, pay.region, pay.runtime) == ("pay", APP, REGION, "python3.13")
    assert (pay.url_auth, pay.event_sources, pay.layers, pay.tags) == (("NONE",), (queue,), (layer,), {"team": "pay"})
    assert workloads.event_sources == (queue,)


def test_what_is_said_of_a_function_by_its_name_is_said_of_the_one_in_that_region() -> None:
    east, west = (
        outputs(
            region,
            lambda__list_functions={"Functions": [function("pay", region)]},
            lambda__list_function_url_configs={"pay": {"FunctionUrlConfigs": [url]}} if url else {},
        )
        for region, url in (
            ("us-east-1", {"FunctionArn": arn("lambda", "function:pay", "us-east-1"), "AuthType": "AWS_IAM"}),
            (REGION, None),
        )
    )
    assert [(each.region, each.url_auth) for each in found(east, west).workloads.functions] == [
        ("us-east-1", ("AWS_IAM",)),
        (REGION, ()),
    ]


def instance(name: str, **more: Any) -> dict[str, Any]:
    return {"InstanceId": name, "State": {"Code": 16, "Name": "running"}, "Tags": [{"Key": "a", "Value": "b"}]} | more


def test_an_instance_runs_as_the_role_of_its_profile() -> None:
    web = instance(
        "i-1",
        IamInstanceProfile={"Arn": PROFILE, "Id": "AIPA"},
        MetadataOptions={"HttpTokens": "required", "HttpPutResponseHopLimit": 1},
        RootDeviceType="ebs",
        Platform="windows",
        PublicIpAddress="203.0.113.1",
    )
    reservations = {"Reservations": [{"OwnerId": ACCOUNT, "Instances": [web]}]}
    (only,) = ran(ec2__describe_instances=reservations).instances
    assert (only.arn, only.profile, only.role) == (arn("ec2", "instance/i-1"), PROFILE, APP)
    assert (only.state, only.hop_limit, only.tokens, only.root_device) == ("running", 1, "required", "ebs")
    assert (only.platform, only.public_address, only.tags) == ("windows", "203.0.113.1", {"a": "b"})
    assert only.managed is None


def test_an_instance_is_managed_when_systems_manager_lists_it() -> None:
    workloads = ran(
        ec2__describe_instances={"Reservations": [{"Instances": [instance("i-1"), instance("i-2")]}]},
        ssm__describe_instance_information={
            "InstanceInformationList": [
                {"InstanceId": "i-1", "PingStatus": "Online", "ResourceType": "EC2Instance"},
                {"InstanceId": "mi-1", "PingStatus": "Online", "ResourceType": "ManagedInstance", "IamRole": "app"},
            ]
        },
    )
    assert [each.managed for each in workloads.instances] == [True, False]
    assert [(each.name, each.role) for each in workloads.managed_nodes] == [("i-1", None), ("mi-1", APP)]


def test_an_instance_of_another_availability_zone_is_in_that_region() -> None:
    placed = instance("i-1", Placement={"AvailabilityZone": "eu-central-1b"})
    block = {ACCOUNT: {"ec2 describe-instances": {"Reservations": [{"Instances": [placed]}]}}}
    assert found(block).workloads.instances[0].arn == arn("ec2", "instance/i-1", "eu-central-1")


def test_a_launch_template_has_versions_with_roles_and_groups_that_use_it_by_name_or_id() -> None:
    template = {"LaunchTemplateId": "lt-1", "LaunchTemplateName": "web", "DefaultVersionNumber": 2}
    version = {"LaunchTemplateId": "lt-1", "VersionNumber": 2, "DefaultVersion": True}
    profile = {"IamInstanceProfile": {"Name": "web"}}
    group = {
        "AutoScalingGroupName": "web group",
        "AutoScalingGroupARN": arn("autoscaling", "autoScalingGroup:1:autoScalingGroupName/web group"),
        "LaunchTemplate": {"LaunchTemplateName": "web", "Version": "$Latest"},
        "MixedInstancesPolicy": {
            "LaunchTemplate": {"LaunchTemplateSpecification": {"LaunchTemplateId": "lt-gone", "Version": "7"}}
        },
        "Instances": [{"InstanceId": "i-1"}],
        "Tags": [{"Key": "a", "Value": "b", "PropagateAtLaunch": True}],
    }
    workloads = ran(
        ec2__describe_launch_templates={"LaunchTemplates": [template]},
        ec2__describe_launch_template_versions={
            "lt-1": {"LaunchTemplateVersions": [version | {"LaunchTemplateData": profile}]}
        },
        autoscaling__describe_auto_scaling_groups={"AutoScalingGroups": [group]},
    )
    (web,) = workloads.launch_templates
    assert [(each.number, each.is_default, each.role) for each in web.versions or ()] == [(2, True, APP)]
    assert workloads.scaling_groups[0].templates == (
        TemplateUse(web.arn, "$Latest"),
        TemplateUse(arn("ec2", "launch-template/lt-gone"), "7"),
    )
    assert workloads.scaling_groups[0].instances == ("i-1",)


def test_versions_that_nobody_asked_for_are_not_none() -> None:
    template = {"LaunchTemplateId": "lt-1", "LaunchTemplateName": "web"}
    listed = {"LaunchTemplates": [template]}
    assert ran(ec2__describe_launch_templates=listed).launch_templates[0].versions is None
    asked = ran(ec2__describe_launch_templates=listed, ec2__describe_launch_template_versions={})
    assert asked.launch_templates[0].versions == ()


CLUSTER = arn("ecs", "cluster/main")
DEFINITION = arn("ecs", "task-definition/app:3")


def test_a_task_runs_as_the_role_of_its_definition_unless_it_was_started_with_another() -> None:
    task = {"clusterArn": CLUSTER, "taskDefinitionArn": DEFINITION, "lastStatus": "RUNNING"}
    other = {"overrides": {"taskRoleArn": f"arn:aws:iam::{ACCOUNT}:role/other"}, "enableExecuteCommand": True}
    workloads = ran(
        ecs__describe_tasks={
            "tasks": [
                task | {"taskArn": arn("ecs", "task/main/1")},
                task | other | {"taskArn": arn("ecs", "task/main/2")},
            ]
        },
        ecs__describe_task_definition={
            "app:3": {"taskDefinition": {"taskDefinitionArn": DEFINITION, "taskRoleArn": APP, "status": "ACTIVE"}}
        },
        ecs__describe_services={
            "main": {
                "services": [
                    {
                        "serviceArn": arn("ecs", "service/main/web"),
                        "serviceName": "web",
                        "clusterArn": CLUSTER,
                        "taskDefinition": DEFINITION,
                        "enableExecuteCommand": True,
                    }
                ]
            }
        },
    )
    assert [(each.role, each.execute_command, each.state) for each in workloads.ecs_tasks] == [
        (APP, False, "RUNNING"),
        (f"arn:aws:iam::{ACCOUNT}:role/other", True, "RUNNING"),
    ]
    assert [(each.name, each.role) for each in workloads.task_definitions] == [("app:3", APP)]
    assert [(each.role, each.execute_command) for each in workloads.ecs_services] == [(APP, True)]


def test_a_container_instance_belongs_to_the_cluster_in_its_arn_or_that_was_asked_about() -> None:
    new = {"containerInstanceArn": arn("ecs", "container-instance/main/1"), "ec2InstanceId": "i-1"}
    old = {"containerInstanceArn": arn("ecs", "container-instance/2"), "ec2InstanceId": "i-2"}
    clusters = {"clusters": [{"clusterArn": CLUSTER, "clusterName": "main", "status": "ACTIVE"}], "failures": []}
    workloads = ran(
        ecs__describe_clusters=clusters,
        ecs__describe_container_instances={"main": {"containerInstances": [new, old]}},
    )
    assert [each.name for each in workloads.ecs_clusters] == ["main"]
    assert {(each.instance, each.cluster) for each in workloads.container_instances} == {
        ("i-1", CLUSTER),
        ("i-2", CLUSTER),
    }


def test_a_stack_and_a_stack_set_have_the_roles_that_they_work_with() -> None:
    stack = {"StackId": arn("cloudformation", "stack/net/1"), "StackName": "net", "RoleARN": APP}
    stack_set = {
        "StackSetName": "baseline",
        "StackSetId": "baseline:1",
        "AdministrationRoleARN": APP,
        "ExecutionRoleName": "Execution",
        "PermissionModel": "SELF_MANAGED",
        "Status": "ACTIVE",
    }
    workloads = ran(
        cloudformation__describe_stacks={"Stacks": [stack | {"StackStatus": "CREATE_COMPLETE"}]},
        cloudformation__describe_stack_set={"baseline": {"StackSet": stack_set}},
    )
    assert [(each.name, each.role, each.state) for each in workloads.of_kind("stack")] == [
        ("net", APP, "CREATE_COMPLETE")
    ]
    (baseline,) = workloads.stack_sets
    assert baseline.arn == arn("cloudformation", "stackset/baseline:1")
    assert (baseline.administration_role, baseline.execution_role) == (APP, "Execution")
    assert baseline.permission_model == "SELF_MANAGED"


def test_a_project_allows_batches_when_it_has_a_role_for_them() -> None:
    plain = {"name": "build", "arn": arn("codebuild", "project/build"), "serviceRole": APP}
    batch = plain | {"arn": arn("codebuild", "project/many"), "name": "many", "buildBatchConfig": {"serviceRole": APP}}
    projects = ran(codebuild__batch_get_projects={"projects": [plain, batch]}).projects
    assert [(each.name, each.role, each.batch_role) for each in projects] == [("build", APP, None), ("many", APP, APP)]


def test_the_role_of_a_glue_job_is_found_by_its_name_or_arn_or_path() -> None:
    jobs = [{"Name": name, "Role": given} for name, given in (("a", "app"), ("b", APP), ("c", "service-role/APP"))]
    workloads = ran(
        glue__get_jobs={"Jobs": [*jobs, {"Name": "d", "Role": "gone"}]},
        glue__get_dev_endpoints={"DevEndpoints": [{"EndpointName": "dev", "RoleArn": APP, "Status": "READY"}]},
    )
    roles = [each.role for each in workloads.of_kind("glue-job")]
    assert roles == [APP, APP, APP, f"arn:aws:iam::{ACCOUNT}:role/gone"]
    assert [(each.name, each.role, each.state) for each in workloads.of_kind("dev-endpoint")] == [("dev", APP, "READY")]


def test_notebooks_services_and_interpreters_run_as_roles() -> None:
    owned_by_aws = "arn:aws:bedrock-agentcore:us-west-2:aws:code-interpreter/aws.codeinterpreter.v1"
    workloads = ran(
        sagemaker__describe_notebook_instance={
            "lab": {
                "NotebookInstanceArn": arn("sagemaker", "notebook-instance/lab"),
                "NotebookInstanceName": "lab",
                "NotebookInstanceStatus": "InService",
                "RoleArn": APP,
            }
        },
        apprunner__describe_service={
            arn("apprunner", "service/web/1"): {
                "Service": {
                    "ServiceArn": arn("apprunner", "service/web/1"),
                    "ServiceName": "web",
                    "Status": "RUNNING",
                    "InstanceConfiguration": {"InstanceRoleArn": APP},
                }
            }
        },
        bedrock_agentcore_control__get_code_interpreter={
            "py-1": {
                "codeInterpreterId": "py-1",
                "codeInterpreterArn": arn("bedrock-agentcore", "code-interpreter-custom/py-1"),
                "name": "py",
                "executionRoleArn": APP,
                "status": "READY",
            },
            "aws.codeinterpreter.v1": {"codeInterpreterArn": owned_by_aws},
        },
    )
    assert [(each.kind, each.name, each.role, each.state) for each in workloads.plain] == [
        ("apprunner-service", "web", APP, "RUNNING"),
        ("code-interpreter", "py", APP, "READY"),
        ("notebook", "lab", APP, "InService"),
    ]


EKS = arn("eks", "cluster/prod")
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
BOB = f"arn:aws:iam::{ACCOUNT}:user/bob"


def test_a_cluster_tells_how_it_authenticates_and_which_roles_its_pods_and_nodes_have() -> None:
    association = {"clusterName": "prod", "namespace": "shop", "serviceAccount": "cart", "associationId": "a-1"}
    workloads = ran(
        eks__describe_cluster={
            "prod": {
                "cluster": {
                    "name": "prod",
                    "arn": EKS,
                    "roleArn": APP,
                    "accessConfig": {"authenticationMode": "API"},
                    "identity": {"oidc": {"issuer": "https://oidc.eks.us-west-2.amazonaws.com/id/ABC"}},
                    "tags": {"env": "prod"},
                }
            }
        },
        eks__describe_pod_identity_association={
            "prod": {"a-1": {"association": association | {"roleArn": APP, "targetRoleArn": BOB, "policy": "{}"}}}
        },
        eks__describe_nodegroup={
            "prod": {"n": {"nodegroup": {"nodegroupName": "n", "clusterName": "prod", "nodeRole": APP}}}
        },
    )
    (cluster,) = workloads.eks_clusters
    assert (cluster.auth_mode, cluster.issuer) == ("API", "oidc.eks.us-west-2.amazonaws.com/id/ABC")
    assert (cluster.role, cluster.tags) == (APP, {"env": "prod"})
    (pod,) = workloads.pod_associations
    assert (pod.cluster, pod.namespace, pod.service_account) == (EKS, "shop", "cart")
    assert (pod.role, pod.target_role, pod.has_session_policy) == (APP, BOB, True)
    assert [(each.cluster, each.role) for each in workloads.node_groups] == [(EKS, APP)]


@pytest.mark.parametrize(
    "told",
    [
        {"eks__list_clusters": {"clusters": ["prod"]}},
        {"eks__list_access_entries": {"prod": {"accessEntries": []}}},
        {"eks__list_pod_identity_associations": {"prod": {"associations": []}}},
        {"eks__list_nodegroups": {"prod": {"nodegroups": []}}},
        {
            "eks__describe_nodegroup": {
                "prod": {"n": {"nodegroup": {"nodegroupName": "n", "clusterName": "prod", "nodeRole": APP}}}
            }
        },
    ],
)
def test_a_cluster_is_known_by_any_command_that_names_it_unless_it_was_not_found_when_asked_for(
    told: dict[str, Any],
) -> None:
    (cluster,) = ran(**told).eks_clusters
    assert (cluster.arn, cluster.name, cluster.auth_mode) == (EKS, "prod", None)
    assert ran(eks__describe_cluster={}, **told).eks_clusters == ()


def test_a_cluster_without_node_groups_is_known_to_have_none() -> None:
    found = inventory(outputs(eks__list_nodegroups={"prod": {"nodegroups": []}}))
    assert found.looked_at("eks describe-nodegroup")


def test_an_access_entry_is_known_when_it_is_described_listed_or_has_policies() -> None:
    admin = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
    attached = {"policyArn": admin, "accessScope": {"type": "namespace", "namespaces": ["shop"]}}
    entry = {"clusterName": "prod", "principalArn": ALICE, "kubernetesGroups": ["ops"], "type": "STANDARD"}
    described = {"prod": {ALICE: {"accessEntry": entry | {"accessEntryArn": arn("eks", "access-entry/prod/user/1")}}}}
    listed = {"prod": {"accessEntries": [ALICE, BOB]}}
    policies = {"prod": {ALICE: {"associatedAccessPolicies": [attached], "clusterName": "prod", "principalArn": ALICE}}}
    commands = {
        "eks__describe_access_entry": described,
        "eks__list_access_entries": listed,
        "eks__list_associated_access_policies": policies,
    }
    alice, bob = ran(**commands).access_entries
    assert (alice.principal, alice.cluster, alice.groups) == (ALICE, EKS, ("ops",))
    assert alice.arn == arn("eks", "access-entry/prod/user/1")
    assert alice.policies == (AccessPolicy(admin, "namespace", ("shop",)),)
    assert (bob.principal, bob.policies) == (BOB, ())
    unasked = ran(eks__list_access_entries=listed).access_entries
    assert [each.policies for each in unasked] == [None, None]
    (alone,) = ran(eks__list_associated_access_policies=policies).access_entries
    assert alone.principal == ALICE


def test_a_profile_of_roles_anywhere_binds_roles() -> None:
    profile = {"profileArn": arn("rolesanywhere", "profile/1"), "name": "onprem", "enabled": True, "roleArns": [APP]}
    anchor = {"trustAnchorArn": arn("rolesanywhere", "trust-anchor/1"), "name": "ca", "enabled": False}
    workloads = ran(
        rolesanywhere__list_profiles={"profiles": [profile]},
        rolesanywhere__list_trust_anchors={"trustAnchors": [anchor]},
    )
    assert [(each.name, each.roles, each.enabled) for each in workloads.anywhere_profiles] == [("onprem", (APP,), True)]
    assert [(each.name, each.enabled) for each in workloads.trust_anchors] == [("ca", False)]


def test_streams_and_queues_are_event_sources_wherever_they_are_told_of() -> None:
    stream = arn("dynamodb", "table/t/stream/1")
    workloads = ran(
        dynamodb__describe_table={"t": {"Table": {"TableName": "t", "LatestStreamArn": stream}}, "u": {"Table": {}}},
        kinesis__list_streams={"StreamNames": ["s"], "StreamSummaries": [{"StreamARN": arn("kinesis", "stream/s")}]},
        sqs__list_queues={"QueueUrls": [f"https://sqs.us-west-2.amazonaws.com/{ACCOUNT}/q"]},
    )
    assert workloads.event_sources == (stream, arn("kinesis", "stream/s"), arn("sqs", "q"))
