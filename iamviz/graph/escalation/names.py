"""Names for things that are yet to be made: who is granted `function/dev-*` chooses one that fits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from iamviz.inventory.extent import Place, fill
from iamviz.policy.arn import FIELDS
from iamviz.policy.glob import Token, Wildcard, compile_glob, tokens_of
from iamviz.policy.resources import EVERYTHING
from iamviz.policy.variables import Values, any_text, parse_variables

NAME = "x"
REGION = "us-east-1"
LONGEST = 512
"""Characters of a pattern that is tried; a longer one is an upload's way to cost time."""

LENGTHS = (1, 2, 4, 8, 16, 32)
"""Of what a name leaves open, tried until one is not taken."""

REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1", "us-gov-west-1", "cn-north-1")
"""Where a pattern such as `eu-*` leaves the choice."""

Taken = Callable[[str], bool]
"""Whether something has the ARN already."""


def example(template: str, place: Place, shortest: int = 1) -> str:
    """An ARN of the resource type that nobody has chosen a name for."""
    return fill(template, place, NAME * shortest, REGION)


def free(pattern: str, template: str, place: Place, values: Values, taken: Taken) -> str | None:
    """An ARN that fits and that nothing has yet; None where there is none: a name that is taken cannot be made."""
    for shortest in LENGTHS:
        found = fitting(pattern, template, place, values, shortest)
        if found is None or not taken(found):
            return found
    return None


def fitting(pattern: str, template: str, place: Place, values: Values, shortest: int = 1) -> str | None:
    """An ARN of the resource type, in the place, that an element of Resource matches; None where there is none.

    What the type leaves open has that many characters at least.
    """
    if pattern == EVERYTHING:
        return example(template, place, shortest)
    if len(pattern) > LONGEST:
        return None
    wanted = example(template, place).split(":", FIELDS - 1)
    # A short ARN is padded: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    written = [*pattern.split(":", FIELDS - 1), *("*" * FIELDS)][:FIELDS]
    if (
        not _matches(written[1], wanted[1])
        or not _matches(written[2], wanted[2])
        or not _matches(written[4], wanted[4])
    ):
        return None
    region = _region(written[3], wanted[3])
    name = common_text(_known(written[5], values), _type_of(template, shortest))
    if region is None or name is None:
        return None
    return ":".join((*wanted[:3], region, wanted[4], name))


def _matches(pattern: str, value: str) -> bool:
    return compile_glob(pattern, ignore_case=True).matches(value)


def _region(pattern: str, wanted: str) -> str | None:
    if not wanted:
        return "" if _matches(pattern, "") else None
    if "*" in pattern or "?" in pattern:
        return next((region for region in REGIONS if _matches(pattern, region)), None)
    return pattern or None


def _known(pattern: str, values: Values) -> list[Token]:
    """The pattern with what is known of the caller put in, and anything for what is not."""
    found = parse_variables(pattern).resolve(values)
    return [] if found is None else any_text(found)


def _type_of(template: str, shortest: int) -> list[Token]:
    """The resource part of a template, with at least so many characters for each of its variables."""
    tokens: list[Token] = []
    for number, part in enumerate(template.split(":", FIELDS - 1)[-1].split("${")):
        name, closed, rest = part.partition("}")
        if number:
            tokens += (*(Wildcard.ONE,) * shortest, Wildcard.ANY)
        text = rest if number and closed else name
        tokens += tokens_of(text)
    return tokens


def common_text(one: Sequence[Token], other: Sequence[Token]) -> str | None:
    """The shortest text that both patterns match; None where there is none."""
    left, right = list(_letters(one)), list(_letters(other))
    end, start = (len(left), len(right)), (0, 0)
    came: dict[tuple[int, int], tuple[tuple[int, int], str]] = {}
    waiting = deque([start])
    while waiting:
        state = waiting.popleft()
        if state == end:
            return _spelled(came, state)
        for after, letter in _steps(left, right, *state):
            if after not in came and after != start:
                came[after] = state, letter
                waiting.append(after)
    return None


def _letters(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if isinstance(token, str):
            yield from token
        else:
            yield token


def _steps(left: Sequence[Token], right: Sequence[Token], at: int, place: int) -> Iterator[tuple[tuple[int, int], str]]:
    """What may come next: a wildcard ends, or one letter that both sides take."""
    one = left[at] if at < len(left) else None
    other = right[place] if place < len(right) else None
    if one is Wildcard.ANY:
        yield (at + 1, place), ""
    if other is Wildcard.ANY:
        yield (at, place + 1), ""
    if one is None or other is None or one is other is Wildcard.ANY:
        return
    letter = _shared(one, other)
    if letter is not None:
        yield (at + (one is not Wildcard.ANY), place + (other is not Wildcard.ANY)), letter


def _shared(one: Token, other: Token) -> str | None:
    if isinstance(one, str) and isinstance(other, str):
        return one if one == other else None
    if isinstance(one, str):
        return one
    return other if isinstance(other, str) else NAME


def _spelled(came: dict[tuple[int, int], tuple[tuple[int, int], str]], state: tuple[int, int]) -> str:
    letters: list[str] = []
    while state in came:
        state, letter = came[state]
        letters.append(letter)
    return "".join(reversed(letters))
