"""What a misconception is: one rule of one kind of layer, gone wrong, with the belief behind it and what mends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Literal, TypeAlias

from quizgen.layers.base import Layer, Rule, Shape
from quizgen.layers.graph import TEXTBOOK, Node, Rulebook

Wrong: TypeAlias = Callable[..., Any]
"""`wrong(truth, layer, *inputs)`: the rule as believed. `truth` is the rule that it stands in for; a belief that
misreads a size hands the misread size to the truth, and so combines with other beliefs about the same rule."""

Count: TypeAlias = Callable[..., int]
"""The truth that a belief about a count stands over: parameters, multiply-accumulates."""

Sizing: TypeAlias = Callable[..., Shape]
"""The truth that a belief about an output shape stands over."""

Assembly: TypeAlias = Callable[..., tuple[Node, ...]]
"""The truth that a belief about the parts of a composite layer stands over: its `nodes`."""

EVIDENCE: Mapping[str, str] = {
    "A": "somebody states it in a public thread",
    "B": "a published page commits it",
    "C": "a public thread is about the point",
    "D": "plausible, but not found in print",
}
"""How it is known that people believe something, by grade."""


@dataclass(frozen=True, eq=False, slots=True)
class Misconception:
    """A belief that makes a right calculation come out wrong.

    rule: the rule that it bends: one of a layer, such as `Conv2D.trainable` or `FeedForward.nodes`, or a function that
        `network`, `receptive` or `memory` looks up, whose arguments then take the place of layer and inputs.
    kinds: the layers it is about, if not all with that rule.
    belief: the belief, in one sentence.
    mend: the sentence that mends it; `{filters}` stands for this question's filters.
    grade: the evidence, see `EVIDENCE`.
    """

    id: str
    topic: str
    rule: Rule
    wrong: Wrong
    belief: str
    mend: str
    grade: Literal["A", "B", "C", "D"]
    kinds: tuple[type[Layer], ...] = (Layer,)

    @property
    def builds(self) -> bool:
        """Whether it is about how a composite layer is built, and so says more than a belief about one of its parts."""
        return self.rule.__name__ == "nodes"

    def bend(self, truth: Rule) -> Rule:
        """The rule as this belief has it, over the truth or over another belief about the same rule."""
        bent = partial(self.wrong, truth)
        if self.kinds == (Layer,):
            return bent

        def for_its_kinds(layer: Layer, *inputs: Any, **given: Any) -> Any:
            return (bent if isinstance(layer, self.kinds) else truth)(layer, *inputs, **given)

        return for_its_kinds


@lru_cache(maxsize=1024)
def rulebook(*held: Misconception) -> Rulebook:
    """The textbook with the rules that these beliefs bend. The same beliefs give the same rulebook object."""
    if not held:
        return TEXTBOOK
    book = dict(rulebook(*held[:-1]))
    last = held[-1]
    book[last.rule] = last.bend(book.get(last.rule, last.rule))
    return book
