"""Plots as SVG that takes its colours from the page: columns, a grid of shares, and bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from quizgen.pictures.ink import number
from quizgen.practice.progress import LevelProgress
from quizgen.practice.stats.figures import Span

WIDE = 720
HIGH, FOOT = 150, 22
"""The height of the columns, and of the words below them."""

WIDEST_COLUMN = 40
TICKS = 30
"""The width of the numbers at the level lines."""

PARTS = ("wrong", "helped", "right")

ROW, CELL, MARGIN = 30, 38, 122
"""The grid: the height of a row, the width of a cell, and of the names before them."""

MOST_LABELS = 9


def over_time(spans: Sequence[Span]) -> str:
    """A column for each span of time: what was right at once, with help, and wrong, one on top of the other."""
    most = max(span.total.asked for span in spans)
    slot = (WIDE - TICKS) / max(len(spans), 8)
    width = min(WIDEST_COLUMN, slot * 0.72)
    drawn = [*lines(most)]
    for place, span in enumerate(spans):
        day, x = span.total, place * slot + (slot - width) / 2
        amounts = {"right": day.right, "helped": day.helped, "wrong": day.asked - day.right - day.helped}
        drawn.append(
            f"<g><title>{escape(span.name)}: {day.right} right at once, {day.helped} with help, {amounts['wrong']} wrong</title>"
        )
        foot = float(HIGH)
        for part in reversed(PARTS):
            height = HIGH * amounts[part] / most
            foot -= height
            drawn.append(rect(part, x, foot, width, height))
        drawn.append("</g>")
    drawn += labels([span.short for span in spans], slot)
    return picture(WIDE, HIGH + FOOT, "Questions over time: right at once, right with help, wrong", drawn)


def forecast(values: Sequence[int], names: Sequence[str]) -> str:
    """A column for each day, with its number above it."""
    most, slot = max(*values, 1), WIDE / len(values)
    width, room = min(WIDEST_COLUMN, slot * 0.72), 18
    drawn = []
    for place, value in enumerate(values):
        height = (HIGH / 2 - room) * value / most
        x, top = place * slot + (slot - width) / 2, HIGH / 2 - height
        drawn.append(rect("right", x, top, width, height))
        if value:
            drawn.append(text(place * slot + slot / 2, top - 5, str(value), "value"))
    drawn.append(f'<path class="axis" d="M0 {HIGH // 2}H{WIDE}"/>')
    drawn += [text(place * slot + slot / 2, HIGH / 2 + 16, name, "label") for place, name in enumerate(names)]
    return picture(WIDE, HIGH / 2 + FOOT, "Reviews on each of the next days", drawn)


def by_level(levels: Sequence[LevelProgress]) -> str:
    """A cell for each level of a topic: the share that was right at once, darker for more; a frame where it is mastered."""
    topics = list(dict.fromkeys(one.topic for one in levels))
    columns = sorted({one.level for one in levels})
    drawn = [text(MARGIN + (place + 0.5) * CELL, 14, str(level), "label") for place, level in enumerate(columns)]
    drawn += [text(MARGIN - 12, 24 + (row + 0.5) * ROW + 5, topic, "topic") for row, topic in enumerate(topics)]
    for one in levels:
        x, y = MARGIN + columns.index(one.level) * CELL, 24 + topics.index(one.topic) * ROW
        share = one.right / one.asked
        mastered = " mastered" if one.mastered else ""
        drawn.append(
            f"<g><title>{escape(one.topic)}, level {one.level}: {one.right} of {one.asked} right at once{mastered}</title>"
            f'<rect class="cell{mastered}" x="{number(x + 2)}" y="{number(y + 2)}" width="{CELL - 4}" height="{ROW - 4}" '
            f'rx="4" style="--share:{share:.2f}"/>'
            f"{text(x + CELL / 2, y + ROW / 2 + 5, f'{share:.0%}', 'value')}</g>"
        )
    width = max(WIDE // 2, MARGIN + CELL * len(columns))
    return picture(width, 24 + ROW * len(topics), "Shares that were right at once, by topic and level", drawn)


def chance(value: float) -> str:
    """A bar for how likely something is."""
    drawn = [rect("track", 0, 3, 90, 8), rect("right", 0, 3, 90 * value, 8)]
    return picture(90, 14, f"{value:.0%}", drawn)


def lines(most: int) -> Iterable[str]:
    """Level lines with their numbers."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**9) if most / step <= 4)
    for value in range(0, most + 1, step):
        y = number(HIGH - HIGH * value / most)
        yield f'<path class="{"axis" if value == 0 else "level"}" d="M0 {y}H{WIDE}"/>'
        if value:
            yield text(WIDE, HIGH - HIGH * value / most - 3, str(value), "tick")


def labels(names: Sequence[str], slot: float) -> Iterable[str]:
    """The names below the columns, as many as fit."""
    every = -(-len(names) // MOST_LABELS)
    for place in range(0, len(names), every):
        yield text((place + 0.5) * slot, HIGH + 16, names[place], "label")


def picture(width: float, height: float, words: str, drawn: Iterable[str]) -> str:
    return (
        f'<svg viewBox="0 -12 {number(width)} {number(height + 12)}" width="{number(width)}" role="img" '
        f'aria-label="{escape(words)}">{"".join(drawn)}</svg>'
    )


def rect(kind: str, x: float, y: float, width: float, height: float) -> str:
    if not height or not width:
        return ""
    return f'<rect class="{kind}" x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"/>'


def text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{number(x)}" y="{number(y)}">{escape(words)}</text>'
