"""An example of each misconception: sizes on which it shows, found by the sampler and not typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from operator import ne
from typing import Any

from quizgen.architectures import ARCHITECTURES
from quizgen.believing import relevant
from quizgen.errors import QuizgenError
from quizgen.layers.base import Rule
from quizgen.layers.graph import Row, Rulebook, rules_of
from quizgen.memory import in_unit, kv_cache, training, weight_bytes
from quizgen.misconceptions import Misconception
from quizgen.network import Network, params_total
from quizgen.quantities import QUANTITIES, Asked
from quizgen.sampling import sample
from quizgen.sampling.families import FAMILIES
from quizgen.sampling.layers import LAYER_KINDS
from quizgen.sampling.subject import Family, LayerKind
from quizgen.stream import Stream
from quizgen.worked.instances import InFormula, InNetwork, Instance

LEVELS = (4, 9, 15)
"""Plain layers, then all that layers can be set to, then all that there is."""

DRAWS = 12
"""How many networks are drawn at each level."""

WISHES: Mapping[str, Mapping[str, object]] = {
    "dense-nd-implicit-flatten": {"length": {"min": 2}},
    "conv-bias-default-overlooked": {"bias": False},
    "out-divide-only-by-stride": {"stride": 2},
    "same-padding-equals-kernel": {"stride": 1, "dilation": 1},
    "prelu-one-everywhere": {"one_per": "element"},
    "prelu-per-channel": {"one_per": "element"},
    "rf-ignore-dilation": {"dilation": 2},
    "shared-module-counted-per-use": {"architecture": "transformer-base"},
    "pool-ceil-ignored": {"ceil": True},
    "head-dim-is-hidden-over-heads": {"key_dim": {"min": 4, "max": 16}},
}
"""Settings that beliefs are about and that are seldom drawn."""

USES: tuple[Callable[[Sequence[Row], Rulebook], object], ...] = (
    lambda rows, book: training(rows, batch=32, rulebook=book),
    lambda rows, book: kv_cache(rows, rulebook=book),
    lambda rows, book: book[in_unit](weight_bytes(params_total(rows), 4), "KB"),
)
"""What asks for the formulas that no quantity of a question goes through."""


@cache
def example(held: Misconception) -> Instance:
    """The plainest of the instances on which the belief shows: the one with the fewest sizes."""
    for networks in sources(held):
        found = [one for network in networks for one in instances(held, network)]
        if found:
            return min(found, key=lambda one: (len(one.numbers), -differing(one)))
    raise AssertionError(f"{held.id} shows nowhere")


def sources(held: Misconception) -> Iterator[Iterable[Network]]:
    """Where to look: a network from the literature if that is wished for, else kinds of layers that have the rule, and
    families of networks, each at one level after the other."""
    wish = WISHES.get(held.id, {})
    if "architecture" in wish:
        yield [ARCHITECTURES[str(wish["architecture"])].build()]
    kinds = sorted(
        (kind for kind in LAYER_KINDS if has_rule(kind, held)), key=lambda kind: getattr(kind.kind, "rank", 2) != 2
    )
    families = sorted(FAMILIES, key=lambda family: family.name.endswith(("1d", "3d")))
    subjects: tuple[LayerKind | Family, ...] = (*kinds, *families)
    for subject in subjects:
        for level in LEVELS:
            yield drawn(subject, wish, level, held.id)


def has_rule(kind: LayerKind, held: Misconception) -> bool:
    layer: Any = kind.kind
    return held.rule in (*rules_of(layer), layer.window) and issubclass(layer, held.kinds)


def drawn(subject: LayerKind | Family, wish: Mapping[str, object], level: int, key: str) -> Iterator[Network]:
    """Some networks of a kind; none where the wish does not fit it."""
    about = {"layer" if isinstance(subject, LayerKind) else "family": subject.name, **wish}
    for number in range(DRAWS):
        with suppress(QuizgenError):
            yield sample(about, level, Stream(key, number)).network


def instances(held: Misconception, network: Network) -> Iterator[Instance]:
    """The first layers of a network up to the one at which the belief shows, or a formula of the network."""
    for quantity in QUANTITIES:
        asked = Asked(quantity)
        if held in relevant(network, asked) and shows(InNetwork(held, network, asked)):
            cut = (replace(network, nodes=network.nodes[:place]) for place in range(1, len(network.nodes) + 1))
            yield next(one for one in (InNetwork(held, first, asked) for first in cut) if shows(one))
            return
    for arguments, given in calls(held.rule, network.rows):
        formula = InFormula(held, network, arguments, given)
        if shows(formula):
            yield formula
            return


def shows(one: Instance) -> bool:
    """Whether the belief makes a difference. Where the sizes do not fit or there is no such quantity it does not."""
    try:
        return bool(one.right != one.wrong)
    except (QuizgenError, ValueError, IndexError):
        return False


def differing(one: Instance) -> int:
    """How many sizes of a shape come out wrong."""
    return sum(map(ne, one.right, one.wrong)) if isinstance(one.right, tuple) else 1


def calls(rule: Rule, rows: Sequence[Row]) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
    """The arguments with which a rule is called for a network."""
    made: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def noted(*arguments: Any, **given: Any) -> Any:
        made.append((arguments, given))
        return rule(*arguments, **given)

    for use in USES:
        use(rows, {in_unit: in_unit, rule: noted})
    return made
