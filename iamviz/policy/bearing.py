"""Which layers bear on a request at all: not every one does on every principal, service and account."""

from __future__ import annotations

from dataclasses import replace

from iamviz.policy.catalogue import catalogue
from iamviz.policy.layers import Layer, Layers
from iamviz.policy.own_rules import iam, kms, s3, sts
from iamviz.policy.request import Request, is_service_linked
from iamviz.policy.resources import EVERYTHING

_NO_POLICIES = Layer("identity", ())


def request_as_decided(request: Request, layers: Layers) -> Request:
    """The request as AWS decides it: on `*` where the action takes no resource, with the tags that count."""
    principal, resource = request.principal, request.resource
    if layers.boundaries is not None and principal.is_identity and not principal.has_boundary:
        principal = replace(principal, has_boundary=True)
    if resource != EVERYTHING and catalogue().takes_no_resource(request.action):
        resource = EVERYTHING
    context = s3.context_without_tags(request, layers.settings)
    if principal is request.principal and resource is request.resource and context is request.context:
        return request
    return Request(principal, request.action, resource, request.resource_account, context)


def layers_that_bear(request: Request, layers: Layers) -> Layers:
    """The layers without those that say nothing on this request."""
    signed = request.principal.is_identity and not sts.is_unsigned(request)
    is_attached = signed and request.principal.kind != "root"
    linked = bool(layers.scps or layers.rcps) and is_service_linked(request)
    rcps = layers.rcps if layers.rcps and not linked and _is_under_rcp(request) else ()
    resource = None if iam.ignores_resource_policy(request) else layers.resource
    if is_attached and not linked and rcps is layers.rcps and resource is layers.resource:
        return layers
    return Layers(
        layers.identity if is_attached else _NO_POLICIES,
        resource,
        layers.boundaries if is_attached else None,
        layers.scps if signed and not linked else (),
        rcps,
        layers.session if is_attached else None,
        layers.vpce,
        layers.settings,
    )


def _is_under_rcp(request: Request) -> bool:
    """Resource control policies cover the services on AWS's list, and these not entirely."""
    return catalogue().is_rcp_service(request.service) and not (
        kms.is_beyond_rcp(request) or sts.is_beyond_rcp(request)
    )
