"""A number that somebody has for a network of his own, and what is behind it.

Nobody says whether a total is of all parameters or of those that are trained; it is right if it is either. Where no
belief explains it, one that was held at a single layer may: that layer's count is then as far off as the total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from quizgen import verdict
from quizgen.counting import Counting
from quizgen.diagnosis import Diagnosis, diagnose
from quizgen.errors import PlanError, UnknownNameError
from quizgen.layers.base import Shape
from quizgen.layers.graph import Row, input_name
from quizgen.network import Network, non_trainable_total
from quizgen.notation import FHW, Notation
from quizgen.notes import other_version
from quizgen.prose import Items, Prose, joined, prose
from quizgen.quantities import WHOLE, Asked, quantity
from quizgen.solving import Solution
from quizgen.typed import Given, read
from quizgen.unknown import is_known, known
from quizgen.verdict import cause, in_full, sentence

COUNTS = ("params", "trainable")
"""What a typed count may mean."""

SIZES = re.compile(r"\s*[x×]\s*")
"""What stands between the sizes of a shape."""

ANY_SIZE = 224
"""What stands for a size that is not known, where the count does not depend on it."""

MOST_LAYERS = 40
"""In how many layers one that is off by itself is looked for."""


@dataclass(frozen=True, slots=True)
class Astray:
    """A layer that alone explains a wrong total. diagnosis: of the layer's count, as it must have been taken."""

    layer: str
    diagnosis: Diagnosis


@dataclass(frozen=True, slots=True)
class Claim:
    """A typed number with its diagnosis.

    asks: the name of the quantity that it is taken for. of: a layer, or `network`.
    astray: the layers that explain it alone, where nothing explains it as a whole.
    reordered: whether its shapes have their channels last though the source has them first.
    elsewhere: where that is so, another network that its source gives in the same breath, and the claim about that.
    """

    asks: str
    of: str
    diagnosis: Diagnosis
    astray: tuple[Astray, ...] = ()
    elsewhere: tuple[str, Claim] | None = None
    reordered: bool = False

    @property
    def is_explained(self) -> bool:
        return self.diagnosis.correct or bool(self.diagnosis.explanations or self.astray or self.elsewhere)


def claim(solution: Solution, typed: str, layer: str | None = None) -> Claim:
    """What is behind a typed count, or the typed output shape of a layer.

    Raises QuizgenError where it can't be read, no layer has that name, or too little is known to say.
    """
    network, of = subject(solution, layer)
    given = read(typed, shape=layer is not None and is_typed_shape(typed, solution.network.row(layer).output))
    if isinstance(given.value, Shape):
        return shape_claim(solution, network, of, given)
    found = count_claim(network, of, given)
    other = None if found.is_explained or of != WHOLE else other_version(network)
    if other is None:
        return found
    where, twin = other
    there = count_claim(twin, WHOLE, given)
    return replace(found, elsewhere=(where, there) if there.is_explained else None)


def count_claim(network: Network, of: str, given: Given) -> Claim:
    """What is behind a count of a network, or of one of its layers."""
    rows = network.rows if of == WHOLE else [network.row(of)]
    counts = COUNTS if any(row.non_trainable for row in rows) else COUNTS[:1]
    found = [Claim(name, of, diagnose(Counting(network, Asked(quantity(name), of)), given)) for name in counts]
    best = min(found, key=plausible)
    if best.is_explained or of != WHOLE:
        return best
    return replace(best, astray=tuple(astray(best, given)))


def is_typed_shape(typed: str, output: Shape) -> bool:
    """Whether `16x32x32` is meant as a layer's shape, as it has as many axes, rather than as a product."""
    return len(output) > 2 and len(output) == len(SIZES.split(typed)) and SIZES.sub("", typed).strip().isdigit()


def subject(solution: Solution, layer: str | None) -> tuple[Network, str]:
    """The network that can be asked about, and what in it: of one with unknown sizes a single layer, if it has none."""
    names = [row.name for row in solution.rows]
    if layer is not None and layer not in names:
        raise UnknownNameError("layer", layer, names)
    if solution.is_complete:
        return solution.network, layer or WHOLE
    row = next((row for row in solution.rows if row.name == layer), None)
    if row is None or known(row.params) is None:
        whole = "the whole network" if row is None else f"“{row.name}”"
        raise PlanError(
            f"the parameters of {whole} depend on the size of the input, which is not known.",
            remedy="Give it with --input, such as --input 28x28x1.",
        )
    return alone(row, solution.network), row.name


def alone(row: Row, network: Network) -> Network:
    """A layer as a network of its own, where sizes that its count does not depend on may be any."""
    inputs = tuple(Shape(ANY_SIZE if known(size) is None else size for size in shape) for shape in row.inputs)
    names = tuple(map(input_name, range(len(inputs))))
    return replace(network, inputs=inputs, nodes=(replace(row.node, inputs=names, tied_to=None),))


def shape_claim(solution: Solution, network: Network, of: str, given: Given) -> Claim:
    """What is behind a shape, typed in the axis order of the source."""
    name = network.nodes[-1].name if of == WHOLE else of
    if not is_known(solution.rows[solution.network.place(name)].output):
        raise PlanError(
            f"the output shape of “{name}” depends on the size of the input, which is not known.",
            remedy="Give it with --input, such as --input 28x28x1.",
        )
    shape: Any = given.value
    first = name in solution.channels_first
    if first:
        shape = Shape((*shape[1:], shape[0]))
    return Claim("output", of, diagnose(Counting(network, Asked(quantity("output"), of)), shape), reordered=first)


def plausible(found: Claim) -> tuple[bool, bool, int]:
    """Right before wrong, explained before unexplained, by few beliefs before many."""
    told = found.diagnosis
    return (not told.correct, not told.explanations, min((len(one.held) for one in told.explanations), default=0))


def astray(found: Claim, given: Given) -> Iterator[Astray]:
    """The layers whose count is as far off as the total, if one belief explains it."""
    if given.rounded or not isinstance(given.value, int):
        return
    task: Any = found.diagnosis.task
    off = given.value - found.diagnosis.answer  # type: ignore[operator]
    for row in [row for row in task.network.rows if row.params and not row.node.tied_to][:MOST_LAYERS]:
        asked = replace(task.asked, of=row.name)
        itself = Counting(alone(row, task.network), asked)
        told = diagnose(itself, itself.key + off)  # type: ignore[operator]
        single = tuple(one for one in told.explanations if len(one.held) == 1)
        if single:
            yield Astray(row.name, replace(told, explanations=single, slips=()))


def told(claim: Claim, notation: Notation = FHW) -> Prose:
    """The claim in words: right or not, what it comes from, and the right calculation."""
    diagnosis = claim.diagnosis
    if diagnosis.correct:
        return joined([verdict.told(diagnosis, notation), what_is_right(claim)], " ")
    if claim.elsewhere:
        where, there = claim.elsewhere
        right = sentence("Here, right is", in_full(diagnosis.answer, diagnosis.right(notation)))
        return joined([right, prose("For the network in {}:", where), told(there, notation)], "\n\n")
    if claim.astray:
        right = sentence("Right is", in_full(diagnosis.answer, diagnosis.right(notation)))
        return joined([*one_layer(claim, notation), right], "\n\n")
    last = [Prose("Shapes have their channels last here.")] if claim.reordered else []
    return joined([verdict.told(diagnosis, notation), *last], "\n\n")


def what_is_right(claim: Claim) -> Prose:
    """Which of the counts a right answer is, where there is more than one."""
    task: Any = claim.diagnosis.task
    rows = task.network.rows if claim.of == WHOLE else [task.network.row(claim.of)]
    fixed = non_trainable_total(rows)
    if claim.reordered:
        return Prose("(With the channels last.)")
    if claim.asks not in COUNTS or not fixed:
        return Prose("")
    if claim.asks == "trainable":
        return prose("These are the trainable ones; {} more are not trained.", fixed)
    return prose("These are all of them; {} are not trained.", fixed)


def one_layer(claim: Claim, notation: Notation) -> Iterator[Prose]:
    """That a single layer explains a wrong total."""
    given: Any = claim.diagnosis.given.value
    off = given - claim.diagnosis.answer
    lead = prose(f"Not yet. {{}} is {{}} {'more' if off > 0 else 'less'} than right.", given, abs(off))
    ways = [
        joined([prose("`{}`:", one.layer), cause(one.diagnosis, explanation, notation)], " ")
        for one in claim.astray
        for explanation in one.diagnosis.explanations
    ]
    if len(ways) == 1:
        yield joined([lead, Prose("One layer by itself explains it,"), ways[0]], " ")
    else:
        yield joined([lead, Prose("One of these layers by itself explains it:")], " ")
        yield prose("{}", Items(tuple(ways)))
