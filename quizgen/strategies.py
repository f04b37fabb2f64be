"""Blind strategies: how somebody picks an option who knows nothing of the subject. A fair bank gives none of them a hold.

Each takes the values of the options in the order in which they are printed, and gives the places that it would pick;
where several tie, one of them is picked at random, so a hit counts for its share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import gcd, log
from typing import TypeAlias

from quizgen.prose import DECIMALS
from quizgen.question import Number, ascending

Strategy: TypeAlias = Callable[[Sequence[Number]], list[int]]


def sizes(options: Sequence[Number]) -> list[int]:
    """What options amount to for somebody who compares numbers: of a shape, its volume; of numbers that do not come out
    whole, their printed digits."""
    amounts = [ascending(value)[0] for value in options]
    if all(amount == int(amount) for amount in amounts):
        return [int(amount) for amount in amounts]
    return [int(amount * 10**DECIMALS + Fraction(1, 2)) for amount in amounts]


def best(scores: Sequence[float]) -> list[int]:
    """The places with the highest score."""
    highest = max(scores)
    return [place for place, score in enumerate(scores) if score == highest]


def largest(options: Sequence[Number]) -> list[int]:
    return best(sizes(options))


def smallest(options: Sequence[Number]) -> list[int]:
    return best([-size for size in sizes(options)])


def second_largest(options: Sequence[Number]) -> list[int]:
    second = sorted(sizes(options))[-2]
    return [place for place, size in enumerate(sizes(options)) if size == second]


def middle(options: Sequence[Number]) -> list[int]:
    """The option that lies nearest to all others, on a scale of ratios."""
    logs = [log(size + 1) for size in sizes(options)]
    return best([-sum(abs(own - other) for other in logs) for own in logs])


def most_digits_shared(options: Sequence[Number]) -> list[int]:
    """The option whose digits stand at the same places as those of the others."""
    texts = [str(size) for size in sizes(options)]
    width = max(map(len, texts))
    padded = [text.rjust(width) for text in texts]
    return best([sum(a == b != " " for other in padded for a, b in zip(own, other, strict=True)) for own in padded])


def largest_divisors(options: Sequence[Number]) -> list[int]:
    """The option that has the largest divisors in common with the others."""
    values = sizes(options)
    return best([sum(gcd(own, other) for other in values) - own for own in values])


def odd_one_out(options: Sequence[Number]) -> list[int]:
    """The only even or odd option, or the only one that ends in 0, or the only one that does not; else any."""
    values = sizes(options)
    for kinds in ([value % 2 == 1 for value in values], [value % 10 == 0 for value in values]):
        for kind in (True, False):
            if kinds.count(kind) == 1:
                return [kinds.index(kind)]
    return list(range(len(values)))


STRATEGIES: Mapping[str, Strategy] = {
    "largest": largest,
    "smallest": smallest,
    "second largest": second_largest,
    "middle": middle,
    "most digits shared": most_digits_shared,
    "largest common divisors": largest_divisors,
    "odd one out": odd_one_out,
}
"""Every blind strategy, by the name under which a report prints it."""

CUES: tuple[Strategy, ...] = (most_digits_shared, largest_divisors)
"""The strategies that the key's place among the options does not settle, so that options are chosen against them."""

WARINESS = 0.4
"""How often a question is made so that a cue misses the key. Left alone the cues find it in up to 47%; if they never
found it, that would be a cue as well."""
