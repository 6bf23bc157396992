"""What the company runs, account by account: rows of services, functions, servers and pods."""

from __future__ import annotations

from collections.abc import Iterator

from iamviz.snapshots.demo.compute import cluster_issuer, containers, functions, pods, servers, service_roles
from iamviz.snapshots.demo.documents import document, let_token_in
from iamviz.snapshots.demo.organization import arn
from iamviz.snapshots.demo.shapes import Account, Role

_Rows = dict[str, tuple[str, ...]]
_QUEUE = ("sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage")
_TABLE = ("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem")
_BUCKET = ("s3:GetObject", "s3:PutObject")
_TOPIC = ("sns:Publish",)
_SECRET = ("secretsmanager:GetSecretValue",)
_READ_BUCKET = ("s3:GetObject", "s3:ListBucket")

_CORE = {
    "orders-api": (*_TABLE, *_QUEUE),
    "rates-engine": (*_TABLE, *_READ_BUCKET),
    "customer-portal": (*_TABLE, *_SECRET),
    "document-store": _BUCKET,
    "customs-gateway": (*_QUEUE, *_SECRET),
    "notification-hub": (*_TOPIC, *_QUEUE),
    "schedule-planner": _TABLE,
    "invoice-builder": (*_TABLE, *_BUCKET),
}
_PAYMENTS = {
    "ledger-api": (*_TABLE, *_SECRET),
    "psp-adapter": (*_QUEUE, *_SECRET),
    "refund-worker": (*_QUEUE, *_TABLE),
    "reconciler": (*_READ_BUCKET, *_TABLE),
    "fraud-scoring": (*_TABLE, "sagemaker:InvokeEndpoint"),
}
_TRACKING_PODS = {
    "position-ingest": ("tracking:position-ingest", ("kinesis:PutRecords", "kinesis:DescribeStream")),
    "eta-predictor": ("tracking:eta-predictor", (*_TABLE, "sagemaker:InvokeEndpoint")),
    "geofence": ("tracking:geofence", (*_TABLE, *_TOPIC)),
    "tracking-api": ("tracking:tracking-api", _TABLE),
    "external-dns": ("kube-system:external-dns", ("route53:ChangeResourceRecordSets",)),
    "cert-manager": ("cert-manager:cert-manager", ("route53:GetChange",)),
}
_FUNCTIONS: dict[str, _Rows] = {
    "prod-core": {"webhook-fanout": _QUEUE, "tariff-import": _BUCKET, "label-printer": _BUCKET, "audit-tail": _TOPIC},
    "prod-payments": {"psp-webhook": _QUEUE, "statement-mailer": _BUCKET, "card-vault-rotate": _SECRET},
    "prod-tracking": {"carrier-poll": _QUEUE, "geojson-export": _BUCKET, "alert-router": _TOPIC},
    "data-lake": {"landing-trigger": _QUEUE, "schema-check": _READ_BUCKET, "partition-repair": _READ_BUCKET},
    "analytics": {"dashboard-cache": _READ_BUCKET, "kpi-mailer": _TOPIC, "export-sweeper": _BUCKET},
    "log-archive": {"log-index": _READ_BUCKET, "log-expire": _BUCKET},
    "security-audit": {"finding-router": _TOPIC, "key-age-report": _BUCKET, "ticket-sync": _SECRET},
    "backup-vault": {"restore-drill": _READ_BUCKET, "vault-report": _BUCKET},
    "network-hub": {"dns-log-parse": _BUCKET, "ip-allow-sync": _SECRET},
    "shared-services": {"directory-sync": _SECRET, "mail-bounce": _QUEUE, "license-meter": _TABLE},
    "shared-ci": {"runner-scale": _QUEUE, "cache-prune": _BUCKET},
    "staging": {"webhook-fanout": _QUEUE, "tariff-import": _BUCKET, "carrier-poll": _QUEUE, "data-mask": _BUCKET},
    "dev": {"webhook-fanout": _QUEUE, "preview-cleanup": _BUCKET, "seed-loader": _TABLE},
    "sandbox": {"hackathon-bot": _TABLE, "nightly-nuke": _QUEUE},
    "sandbox-ml": {"label-tool": _BUCKET, "model-score": _READ_BUCKET},
}
_SERVERS: dict[str, _Rows] = {
    "shared-ci": {"runner": (*_BUCKET, "ecr:PutImage"), "artifact-proxy": _READ_BUCKET},
    "shared-services": {
        "directory": _SECRET,
        "bastion": ("ec2:DescribeInstances",),
        "mail-relay": ("ses:SendRawEmail",),
    },
    "network-hub": {"vpn": ("ec2:DescribeVpnConnections",), "firewall": ("ec2:DescribeNetworkInterfaces",)},
    "prod-core": {"edi-bridge": (*_QUEUE, *_BUCKET), "report-batch": _BUCKET},
    "prod-payments": {"hsm-proxy": ("kms:Decrypt", "kms:Sign")},
    "analytics": {"notebook": _READ_BUCKET},
    "staging": {"edi-bridge": _QUEUE, "load-test": _TOPIC},
    "dev": {"workstation": _READ_BUCKET},
    "sandbox-ml": {"gpu": _BUCKET},
    "log-archive": {"siem-forwarder": _READ_BUCKET},
}
_CODE = "codebuild"
_SERVICES: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "data-lake": {
        "glue-crawler": ("glue", ("service-role/AWSGlueServiceRole",)),
        "glue-jobs": ("glue", ("service-role/AWSGlueServiceRole",)),
        "firehose-landing": ("firehose", ()),
        "lake-state-machine": ("states", ()),
    },
    "analytics": {
        "glue-reports": ("glue", ("service-role/AWSGlueServiceRole",)),
        "quicksight-reader": ("quicksight", ()),
    },
    "prod-core": {"orders-state-machine": ("states", ()), "orders-scheduler": ("scheduler", ())},
    "prod-tracking": {
        "eks-cluster": ("eks", ()),
        "eks-node": ("ec2", ("AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryReadOnly")),
    },
    "shared-ci": {"image-build": (_CODE, ()), "release-build": (_CODE, ()), "release-pipeline": ("codepipeline", ())},
    "network-hub": {"flow-logs": ("vpc-flow-logs", ())},
    "prod-payments": {"flow-logs": ("vpc-flow-logs", ()), "settlement-scheduler": ("scheduler", ())},
    "log-archive": {"delivery": ("delivery.logs", ()), "flow-logs": ("vpc-flow-logs", ())},
    "sandbox": {"cloudformation-anything": ("cloudformation", ("PowerUserAccess",))},
    "sandbox-ml": {"notebooks": ("sagemaker", ("AmazonS3ReadOnlyAccess",)), "training": ("sagemaker", ())},
}


def _containers() -> Iterator[Account]:
    yield Account("prod-core", roles=tuple(containers("prod-core", _CORE)))
    yield Account("staging", roles=tuple(containers("staging", _CORE | _PAYMENTS)))
    yield Account("dev", roles=tuple(containers("dev", _CORE)))
    yield Account("prod-payments", roles=tuple(containers("prod-payments", _PAYMENTS)))


def _open_pod_role() -> Role:
    """The cluster's issuer without a service account: every pod may have it."""
    issuer = cluster_issuer("prod-tracking")
    audience = {"StringEquals": {f"{issuer}:aud": "sts.amazonaws.com"}}
    trust = let_token_in(arn("prod-tracking", f"oidc-provider/{issuer}"), when=audience)
    return Role("eks-debug-shell", document(trust), ("ReadOnlyAccess",), used="seldom")


def workloads() -> Iterator[Account]:
    yield from _containers()
    yield Account(
        "prod-tracking",
        roles=(*pods("prod-tracking", _TRACKING_PODS), _open_pod_role()),
        oidc_providers=(cluster_issuer("prod-tracking"),),
    )
    for account, table in _FUNCTIONS.items():
        yield Account(account, roles=tuple(functions(account, table)))
    for account, instances in _SERVERS.items():
        yield Account(account, roles=tuple(servers(account, instances)))
    for account, rows in _SERVICES.items():
        yield Account(account, roles=tuple(service_roles(rows)))
