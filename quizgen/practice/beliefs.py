r"""Which misconceptions a learner holds, and how surely: Bayes' rule over all answers at once.

Each misconception m has a hidden state over time: held or not. It is held at first with the probability PRIOR. It can
only change between two answers that say something of it: a learner who was told lets go of it with MENDING, and anybody
may pick it up or drop it with DRIFT.

Each answer is a factor over the misconceptions that bear on it. Its explanations E₁, E₂, … are the sets that lead to
what was given (for a right answer, the empty set); the misconceptions X would have led elsewhere. Then

    P(answer | states) = (1 − SLIP) · [some Eₖ is held in full, and none of X outside it] + noise

so that explanations that tie share the answer in proportion to what else is known of them, and an answer speaks against
everything that would have changed it. The noise is what slips and luck make possible under any belief: for a right answer
LUCK (a good guess, or two mistakes that cancel); for a wrong one SLIP, spread over the many numbers that a slip can lead
to. With the noise, no single answer settles anything, and contradictory ones pass.

The posterior is found by belief propagation: forwards and backwards along each misconception's chain of states
(Rabiner 1989, https://doi.org/10.1109/5.18626), and through the factors that join them (Kschischang, Frey & Loeliger
2001, https://doi.org/10.1109/18.910572). So a tie is settled by what is answered later: if A or B explains an answer, and
then A is ruled out, it was B. The graph has loops; a few sweeps settle it in practice, and the simulated learners of
`benchmarks/learners.py` measure what it is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quizgen.practice.records import Attempt

PRIOR = 0.03
MENDING = 0.2
DRIFT = 0.005
SLIP = 0.05
LUCK = 0.05
NUMBERS = 1000.0
"""So many wrong numbers are about as likely as each other for a slip."""

SWEEPS = 8
SETTLED = 1e-3
WINDOW = 200
"""So many of the latest answers are looked at: what somebody believes now shows in what they answered lately."""

HELD = 0.5
"""A misconception that is likelier than this is said to be held."""

EDGE = 1e-9
Chance = tuple[float, float]
"""The likelihood of not holding and of holding it."""


@dataclass(slots=True, eq=False)
class Factor:
    """What one answer says. against: the misconceptions that speak against it; told: those that were told."""

    explanations: Sequence[frozenset[str]]
    against: frozenset[str]
    told: frozenset[str]
    noise: float
    chances: dict[str, Chance] = field(default_factory=dict)
    """Of each misconception, what this answer says of it, given what is known of the others."""

    @property
    def concerned(self) -> frozenset[str]:
        return self.against.union(*self.explanations)

    def weigh(self, others: Mapping[str, float]) -> None:
        """Work the chances out anew. others: how likely each misconception is held by all that is known but this answer."""
        none = 1.0
        for one in self.against:
            none *= 1 - others[one]
        shared = self.noise
        off: dict[str, float] = {}
        on: dict[str, float] = {}
        for together in self.explanations:
            weight = (1 - SLIP) * none
            for one in together:
                weight *= others[one] / (1 - others[one]) if one in self.against else others[one]
            shared += weight
            for one in together:
                on[one] = on.get(one, 0.0) + weight
        for one in self.concerned:
            explained = on.get(one, 0.0)
            rest = shared - self.noise - explained
            held, free = others[one], 1 - others[one]
            if one in self.against:
                off[one], here = rest / free + self.noise, explained / held + self.noise
            else:
                off[one], here = rest + self.noise, explained / held + rest + self.noise
            self.chances[one] = (off[one], here)


def factor(attempt: Attempt) -> Factor | None:
    """What an answer says; None where it says nothing: skipped, or wrong in a way that nothing explains."""
    if attempt.skipped:
        return None
    against = frozenset(attempt.exposes)
    if attempt.correct:
        return Factor((frozenset(),), against, frozenset(), LUCK) if against else None
    explanations = tuple(map(frozenset, attempt.explanations))
    if not explanations:
        return None
    told = frozenset().union(*explanations)
    return Factor(explanations, against - frozenset.intersection(*explanations), told, SLIP / NUMBERS)


def profile(attempts: Iterable[Attempt]) -> dict[str, float]:
    """How likely each misconception is held after the last of these answers, which are in the order of time.

    Misconceptions that no answer bears on are left out: of them nothing is known.
    """
    factors = [found for attempt in list(attempts)[-WINDOW:] if (found := factor(attempt))]
    chains: dict[str, list[Factor]] = {}
    for one in factors:
        for name in one.concerned:
            chains.setdefault(name, []).append(one)
            one.chances[name] = (1.0, 1.0)
    before: dict[str, float] = {}
    for _ in range(SWEEPS):
        others: dict[Factor, dict[str, float]] = {one: {} for one in factors}
        known = {name: along(name, chain, others) for name, chain in chains.items()}
        if before and all(abs(known[name] - before[name]) < SETTLED for name in known):
            break
        for one in factors:
            one.weigh(others[one])
        before = known
    return {name: along(name, chain, None) for name, chain in chains.items()}


def along(name: str, chain: Sequence[Factor], others: Mapping[Factor, dict[str, float]] | None) -> float:
    """Forwards and backwards along the answers that bear on a misconception. Gives how likely it is held after the last;
    others: takes down for each answer how likely it is held by all the other answers."""
    before: list[float] = []
    held = PRIOR
    for one in chain:
        before.append(held)
        off, on = one.chances[name]
        held = bounded(held * on / (held * on + (1 - held) * off))
        last, held = held, after(held, told=name in one.told)
    if others is None:
        return last
    ahead_off = ahead_on = 1.0
    for one, prior in zip(reversed(chain), reversed(before), strict=True):
        leaves = leaving(told=name in one.told)
        held_next, free_next = ahead_on, ahead_off
        ahead_on = (1 - leaves) * held_next + leaves * free_next
        ahead_off = DRIFT * held_next + (1 - DRIFT) * free_next
        others[one][name] = bounded(prior * ahead_on / (prior * ahead_on + (1 - prior) * ahead_off))
        off, on = one.chances[name]
        ahead_on, ahead_off = ahead_on * on, ahead_off * off
        scale = ahead_on + ahead_off
        ahead_on, ahead_off = ahead_on / scale, ahead_off / scale
    return last


def leaving(*, told: bool) -> float:
    return MENDING if told else DRIFT


def after(held: float, *, told: bool) -> float:
    """How likely it is held at the next answer."""
    return held * (1 - leaving(told=told)) + (1 - held) * DRIFT


def bounded(chance: float) -> float:
    return min(max(chance, EDGE), 1 - EDGE)


def shares(explanations: Sequence[Sequence[str]], known: Mapping[str, float]) -> dict[str, float]:
    """Of each misconception among explanations that tie, its share of a wrong answer, by what was known before; what is
    left is the share of a slip."""
    weights = []
    for held in explanations:
        weight = 1 - SLIP
        for one in held:
            chance = bounded(known.get(one, PRIOR))
            weight *= chance / (1 - chance)
        weights.append(weight)
    total = sum(weights) + SLIP / NUMBERS
    found: dict[str, float] = {}
    for held, weight in zip(explanations, weights, strict=True):
        for one in held:
            found[one] = found.get(one, 0.0) + weight / total
    return found
