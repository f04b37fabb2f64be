"""The words under a box: how wide they are, and where they break into lines."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

SIZE = 11
"""The height of the type in CSS pixels: 8¼ pt on paper."""

LEADING = 12.5
"""From one baseline to the next."""

ONE_LINE, WIDEST = 56, 74
"""A text up to the first width stays on one line; none is wider than the second unless it can't be broken."""

WIDTHS = {
    **dict.fromkeys(" .,:;'|!ijlI·", 0.30),
    **dict.fromkeys('()[]{}/\\"-ftrJs', 0.39),
    **dict.fromkeys("ABCDEFGHKLNOPQRTUVXYZ&w", 0.74),
    **dict.fromkeys("MWm@%…—", 0.98),
}
OTHER = 0.55
"""Advance widths in em, a little wider than Libertinus Serif and Times, so that a substitute font fits too."""

LONGEST_WORD = 16

SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]{2})|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})|(?<=\dD)(?=[A-Z])")
"""Where the name of a class may break: Max-Pooling2D, RMS-Normalization, Conv2D-Transpose, but not PReLU."""

PHRASE = re.compile(r"(?<=,) ")
WORD = re.compile(r"(?<!×) (?!×)")
"""Where a text may break: after commas, and in a long phrase at other spaces, but not within 3 × 3."""


class Caption(NamedTuple):
    """What stands under a box: the layer's kind, its settings, and its output shape where that is shown."""

    kind: tuple[str, ...]
    settings: tuple[str, ...]
    shape: tuple[str, ...]

    @property
    def width(self) -> float:
        return max((measure(line) for part in self for line in part), default=0.0)

    @property
    def height(self) -> float:
        return LEADING * sum(map(len, self))


@lru_cache(maxsize=1024)
def caption(kind: str, settings: str, shape: str) -> Caption:
    """The three texts broken into lines of about the same width."""
    phrases = [part for p in PHRASE.split(settings) for part in ([p] if measure(p) <= WIDEST else WORD.split(p))]
    return Caption(broken(SYLLABLE.split(kind), ""), broken(phrases, " "), broken([shape], ""))


def measure(text: str) -> float:
    """The width of a text in CSS pixels."""
    return SIZE * sum(WIDTHS.get(glyph, OTHER) for glyph in text)


def broken(words: Sequence[str], joint: str) -> tuple[str, ...]:
    """One line where it's short, two of about the same width where they suffice, else as many as it takes."""
    words = [word[at : at + LONGEST_WORD] for word in words for at in range(0, len(word), LONGEST_WORD)]
    whole = joint.join(words)
    if not whole:
        return ()
    if len(words) == 1 or measure(whole) <= ONE_LINE:
        return (whole,)
    halves = [(joint.join(words[:cut]), joint.join(words[cut:])) for cut in range(1, len(words))]
    best = min(halves, key=lambda pair: max(map(measure, pair)))
    if max(map(measure, best)) <= WIDEST:
        return best
    lines = [words[0]]
    for word in words[1:]:
        if measure(lines[-1] + joint + word) <= WIDEST:
            lines[-1] += joint + word
        else:
            lines.append(word)
    return tuple(lines)
