"""Which layers bear on a request at all: not every one does on every principal, service and account."""

from __future__ import annotations

from dataclasses import replace

from iamviz.policy.layers import Bearing, Layers
from iamviz.policy.own_rules import iam, kms, s3, sts
from iamviz.policy.request import Request, is_service_linked
from iamviz.policy.resources import EVERYTHING


def request_as_decided(request: Request, layers: Layers) -> Request:
    """The request as AWS decides it: on `*` where the action takes no resource, with the tags that count."""
    principal, resource, context, verb = request.principal, request.resource, request.context, request.verb
    if layers.boundaries is not None and principal.is_identity and not principal.has_boundary:
        principal = replace(principal, has_boundary=True)
    if verb.takes_no_resource:
        resource = EVERYTHING
    if verb.service == "s3":
        context = s3.context_without_tags(request, layers.settings)
    if principal is request.principal and resource == request.resource and context is request.context:
        return request
    return Request(principal, request.action, resource, request.resource_account, context)


def layers_that_bear(request: Request, layers: Layers) -> Layers:
    """The layers without those that say nothing on this request."""
    principal, verb = request.principal, request.verb
    signed = principal.is_identity and not (verb.is_by_own_rules and sts.is_unsigned(request))
    own = signed and principal.kind != "root"
    if own and layers.resource is None and not layers.scps and not layers.rcps:
        return layers
    linked = bool(layers.scps or layers.rcps) and is_service_linked(request)
    rcps = bool(layers.rcps) and not linked and _is_under_rcp(request)
    resource = not (verb.is_by_own_rules and (iam.ignores_resource_policy(request) or sts.is_for_root(request)))
    if own and resource and not linked and (rcps or not layers.rcps):
        return layers
    return layers.only(Bearing(own, signed and not linked, rcps, resource))


def _is_under_rcp(request: Request) -> bool:
    """Resource control policies cover the services on AWS's list, and these not entirely."""
    return request.verb.is_under_rcp and not (kms.is_beyond_rcp(request) or sts.is_beyond_rcp(request))
