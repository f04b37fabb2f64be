"""Networks whose author gives them twice, and not alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from quizgen.architectures import architecture
from quizgen.comparing import Comparison, alike
from quizgen.network import Network, params_total
from quizgen.notes.words import named
from quizgen.prose import Prose, joined, prose


class Twin(NamedTuple):
    """A network that its source gives twice, and not alike. words, code: the architectures that have either."""

    source: str
    words: str
    code: str


TWINS = (Twin("question 17101 on AI Stack Exchange", "two-class", "two-class-in-code"),)


def words_and_code(network: Network) -> Prose | None:
    """A network whose author's words and code do not agree."""
    found = recognized(network)
    if found is None:
        return None
    twin, here = found
    words, code = architecture(twin.words), architecture(twin.code)
    return prose(
        f"In {twin.source} this network stands in words and in code, and the two disagree: {{}}. So it has {{}} "
        f"parameters in words and {{}} in code. Here it is as in the {here}.",
        joined(disagreements(Comparison(words, code)), "; "),
        params_total(words.rows),
        params_total(code.rows),
    )


def other_version(network: Network) -> tuple[str, Network] | None:
    """The network that its source gives beside this one, and where."""
    found = recognized(network)
    if found is None:
        return None
    twin, here = found
    other, name = ("code", twin.code) if here == "words" else ("words", twin.words)
    return f"the {other} of {twin.source}", architecture(name)


def recognized(network: Network) -> tuple[Twin, Literal["words", "code"]] | None:
    """The twin that a network is one of, and which."""
    for twin in TWINS:
        if alike(network, architecture(twin.words)):
            return twin, "words"
        if alike(network, architecture(twin.code)):
            return twin, "code"
    return None


def disagreements(comparison: Comparison) -> Iterator[Prose]:
    """What the words say and the code does not."""
    found = comparison.different
    for name, one, other in dict.fromkeys(setting for pair in found for setting in pair.settings):
        yield Prose(f"{name} is {one} in words and {other} in code")
    lacking = [pair.a.name for pair in found if pair.a and not pair.b]
    if lacking:
        yield prose("the code lacks {}", named(lacking))
