"""Policies that are read as one."""

from __future__ import annotations

from iamviz.policy.document import parse_document
from iamviz.policy.layers import Bearing, Compiled, Layer, Layers, Policy, Settings
from tests.policy.deciding import READ, allow, deny


def test_what_is_missing_hides_no_policy_behind_it() -> None:
    compiled = Compiled(parse_document({"Version": "2012-10-17", "Statement": [allow(), deny()]}))
    layer = Layer("boundary", (Policy("lost", None, "lost is missing"), Policy("kept", compiled)))
    found = layer.about(READ)
    assert layer.missing == ("lost is missing",)
    assert [(each.policy, each.statement.index, each.version) for each in found.allows] == [("kept", 0, "2012-10-17")]
    assert [(each.policy, each.statement.index) for each in found.denies] == [("kept", 1)]


def test_a_layer_is_open_where_a_statement_allows_everything_on_no_condition() -> None:
    def about(*statements: dict[str, object]) -> bool:
        compiled = Compiled(parse_document({"Statement": list(statements)}))
        return Layer("scp", (Policy("p", compiled),)).about(READ).is_open

    assert about(allow())
    assert not about(allow(resource="arn:aws:s3:::*"))
    assert not about(allow(Condition={"Bool": {"aws:SecureTransport": "true"}}))
    assert not about(deny())


def test_a_clause_tells_whether_it_speaks_of_every_resource_and_whether_always() -> None:
    somewhere = "arn:aws:s3:::*"
    statements = [
        allow(),
        allow(Condition={"Bool": {"aws:SecureTransport": "true"}}),
        allow(resource=somewhere),
        {"Effect": "Allow", "Action": "*", "NotResource": somewhere},
        deny(),
    ]
    spoken = Layer("identity", (Policy("p", Compiled(parse_document({"Statement": statements}))),)).about(READ)
    told = [(each.everywhere, each.always) for each in (*spoken.allows, *spoken.denies)]
    assert told == [(True, True), (True, False), (False, False), (False, False), (True, True)]


def test_only_the_layers_that_bear_on_a_request_are_kept() -> None:
    identity, resource = Layer("identity", ()), Layer("resource", ())
    boundary, session, vpce = Layer("boundary", ()), Layer("session", ()), Layer("endpoint", ())
    scps, rcps = (Layer("scp", ()),), (Layer("rcp", ()),)
    settings = Settings(s3_bucket_abac=True, s3_block_public_access=True)
    layers = Layers(identity, resource, boundary, scps, rcps, session, vpce, settings)

    def kept(*, own: bool = False, scp: bool = False, rcp: bool = False, policy: bool = False) -> tuple[object, ...]:
        found = layers.only(Bearing(own, scp, rcp, policy))
        assert (found.vpce, found.settings) == (vpce, settings)
        assert (found.identity is identity) is own
        assert found.identity.policies == ()
        return found.resource, found.boundaries, found.scps, found.rcps, found.session

    assert kept() == (None, None, (), (), None)
    assert kept(own=True) == (None, boundary, (), (), session)
    assert kept(scp=True) == (None, None, scps, (), None)
    assert kept(rcp=True) == (None, None, (), rcps, None)
    assert kept(policy=True) == (resource, None, (), (), None)
    assert kept(own=True, scp=True, rcp=True, policy=True) == (resource, boundary, scps, rcps, session)
