"""Who is admin, who would be if his policies allowed everything, and how powerful everybody else is."""

from __future__ import annotations

from iamviz.graph.circumstances import together
from iamviz.graph.model import Admin, Evidence, Power
from iamviz.graph.permission import Permissions
from iamviz.graph.verdict import conclude
from iamviz.graph.world import Identity
from iamviz.inventory.access import Held
from iamviz.inventory.admin import Admins
from iamviz.inventory.extent import Place
from iamviz.inventory.power import Powers
from iamviz.policy.conditions import Context, context_of, decide_under
from iamviz.policy.decision import weigh
from iamviz.policy.expression import ALWAYS, NEVER, Constant, Expression, all_of, any_of
from iamviz.policy.layers import Layer, Layers
from iamviz.policy.request import Request, is_service_linked_role
from iamviz.policy.resources import PolicyType

NO_POLICIES = Layer("identity", ())
NOBODY = Context(complete=False, keeps_doubt=True)
"""Of whom nothing is known."""

SAMPLES = ("iam:AttachRolePolicy", "ec2:RunInstances", "s3:GetObject")
"""Actions whose grants show by which statements somebody is admin: IAM's and others', as policies divide them."""


class Standings:
    """Admin and power of identities; the same policies are looked at once."""

    def __init__(self, permissions: Permissions) -> None:
        self.permissions = permissions
        self.admins = Admins()
        self._powers = Powers()
        self._power: dict[tuple[int, int], Power] = {}
        self._unrestrained: dict[str, Expression] = {}
        self._marks: dict[tuple[str, ...], int] = {}
        self._layers_of: dict[Identity, Layers] = {}
        self._newcomers: dict[str, Expression] = {}
        self._layers: dict[tuple[PolicyType, frozenset[object]], Layer] = {}

    def mark(self, actions: tuple[str, ...]) -> int:
        """The bits of the actions. Raises LookupError for one that is not listed among those that methods ask for."""
        found = self._marks.get(actions)
        if found is None:
            library = self.permissions.library
            unlisted = [each for each in actions if not library.mark(each)]
            if unlisted:
                message = f"{unlisted[0]} is not listed among the actions that methods ask for"
                raise LookupError(message)
            found = self._marks[actions] = library.mark(*actions)
        return found

    def allowed(self, actor: Identity) -> int:
        """The bits of the actions that the actor's policies might allow on something."""
        return self.permissions.holding(actor).allowed

    def layers(self, actor: Identity) -> Layers:
        """The layers of the identity alone; the same policies are one layer, whoever holds them."""
        found = self._layers_of.get(actor)
        if found is None:
            found = self._layers_of[actor] = self._stand(actor)
        return found

    def _stand(self, actor: Identity) -> Layers:
        limit = None if actor.boundary is None else self._layer("boundary", (actor.boundary,))
        return Layers(
            self._layer("identity", actor.held), boundaries=limit, scps=self.permissions.guards.scps(actor.account)
        )

    def _layer(self, kind: PolicyType, held: tuple[Held, ...]) -> Layer:
        key = kind, frozenset(id(each.document) if each.document else each.missing for each in held)
        if key not in self._layers:
            self._layers[key] = self.permissions.library.layer(kind, held)
        return self._layers[key]

    def admin(self, actor: Identity) -> Expression:
        """Under which conditions the identity is admin. Service-linked roles are AWS's own."""
        if is_service_linked_role(actor.arn) or actor.account in self.permissions.world.closed:
            return NEVER
        if not self.allowed(actor) & self.mark(SAMPLES[:1]):
            return NEVER
        return self.admin_under(actor, self.layers(actor))

    def admin_under(self, actor: Identity, layers: Layers) -> Expression:
        """The same if it stood under these layers."""
        return self._as_called(actor, self.admins.admin(layers, self._context(actor), place_of(actor)))

    def admin_of_changed(self, actor: Identity) -> Expression:
        """Whether somebody with other policies or another boundary than the snapshot has would be admin."""
        return self.admin_under(actor, self.layers(actor))

    def result(self, changed: Identity) -> Expression:
        """What comes of other policies or another boundary: admin, or somebody who may write himself whatever he likes.

        Its layers are asked about its own permissions only where it is not admin at once.
        """
        admin = self.admin_of_changed(changed)
        if admin is ALWAYS:
            return ALWAYS
        return any_of((admin, all_of((self._writes_itself(changed), self.unrestrained_of_changed(changed)))))

    def _writes_itself(self, changed: Identity) -> Expression:
        kind = "Role" if changed.is_role else "User"
        circumstances = self.permissions.circumstances
        known = [circumstances.caller(changed), circumstances.resource(changed.arn, changed.account)]
        boundary = changed.boundary.policy if changed.boundary else None
        known.append(context_of({"iam:PermissionsBoundary": boundary}, complete=False))
        requests = [
            Request(changed.caller, action, changed.arn, changed.account, together(*known))
            for action in (f"iam:Put{kind}Policy", f"iam:Attach{kind}Policy")
        ]
        layers = self.layers(changed)
        choice = circumstances.plainest(changed), circumstances.doubt(changed)
        return any_of([conclude(weigh(request, layers), *choice).expression for request in requests])

    def unrestrained(self, actor: Identity) -> Expression:
        """Under which conditions it would be admin if its policies allowed everything."""
        if actor.arn not in self._unrestrained:
            self._unrestrained[actor.arn] = self._unrestrained_under(actor, self.layers(actor))
        return self._unrestrained[actor.arn]

    def unrestrained_of_changed(self, actor: Identity) -> Expression:
        """The same for somebody with other policies or another boundary than the snapshot has."""
        return self._unrestrained_under(actor, self.layers(actor))

    def _unrestrained_under(self, actor: Identity, layers: Layers) -> Expression:
        return self._as_called(actor, self.admins.unrestrained(layers, self._context(actor), place_of(actor)))

    def newcomer(self, actor: Identity) -> Expression:
        """Whether a user or role that the actor makes, with every permission, would be admin of the account."""
        if actor.account not in self._newcomers:
            layers = Layers(NO_POLICIES, scps=self.permissions.guards.scps(actor.account))
            self._newcomers[actor.account] = self.admins.unrestrained(layers, NOBODY, place_of(actor))
        return self._newcomers[actor.account]

    def of_holder(self, place: Place, held: tuple[Held, ...]) -> Expression:
        """Whether somebody of the account who had these policies and no others would be admin."""
        layers = Layers(self._layer("identity", held), scps=self.permissions.guards.scps(place.account))
        return self.admins.admin(layers, NOBODY, place)

    def evidence(self, actor: Identity) -> tuple[Evidence, ...]:
        """The statements by which it is admin."""
        found = (self.permissions.may(actor, action).evidence for action in SAMPLES)
        return tuple(dict.fromkeys(each for one in found for each in one))

    def statements(self, held: tuple[Held, ...]) -> tuple[Evidence, ...]:
        """The same for policies that nobody holds yet."""
        layer = self._layer("identity", held)
        clauses = dict.fromkeys(clause for action in SAMPLES for clause in layer.about(action).allows)
        library = self.permissions.library
        found = (each for clause in clauses for each in library.evidence("identity", clause, held))
        return tuple(dict.fromkeys(found))

    def power(self, actor: Identity, admin: Admin) -> Power:
        """The power level, as far as it does not hang on what the identity may become."""
        if admin != "no":
            return "admin"
        layers = self.layers(actor)
        key = id(layers.identity), id(layers.boundaries)
        found = self._power.get(key)
        if found is None:
            found = self._power[key] = self._powers.power(layers)
        return found

    def _context(self, actor: Identity) -> Context:
        known = self.permissions.circumstances.caller(actor)
        return Context(known.values, known.multivalued, complete=False, keeps_doubt=True)

    def _as_called(self, actor: Identity, term: Expression) -> Expression:
        """A caller is free to bring its simplest credentials."""
        plainest = self.permissions.circumstances.plainest(actor)
        if plainest is None or isinstance(term, Constant):
            return term
        return any_of((decide_under(term, plainest), all_of((term, self.permissions.circumstances.doubt(actor)))))


def place_of(actor: Identity) -> Place:
    return Place(actor.partition, actor.account)


def as_admin(term: Expression) -> Admin:
    """The node's word for it."""
    if term is NEVER:
        return "no"
    return "certain" if term is ALWAYS else "conditional"
