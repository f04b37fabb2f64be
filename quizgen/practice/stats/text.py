"""A learner's progress in the terminal, drawn with bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from quizgen.practice.progress import Belief
from quizgen.practice.stats.figures import PROFILE, Figures, ahead, headline, lead, ruled_out, saying, spans, story

WIDEST = 100
MOST_ROWS = 14
STEPS = " ▁▂▃▄▅▆▇█"
CELLS = {"right": "█", "helped": "▒", "wrong": "░"}
IN_ASCII = str.maketrans("█▒░·×–“”" + STEPS[1:], '#+.|x-""' + "._-=+*##"[: len(STEPS) - 1])
"""For terminals that have no other characters."""

TRAILING = re.compile(r" +$", re.MULTILINE)

STYLES = {"right": "green", "helped": "yellow", "wrong": "dim"}


def show(figures: Figures, out: TextIO, *, columns: int | None = None) -> None:
    """Write it to a terminal, or to what stands in for one. columns: the width; that of the terminal if none is given."""
    console = Console(file=out, highlight=False, width=columns)
    width = min(console.width, WIDEST)
    console = Console(file=out, highlight=False, width=width)
    with console.capture() as captured:
        for part in parts(figures, width):
            console.print(part)
    written = TRAILING.sub("", captured.get())
    out.write(written if can_write(out, written) else written.translate(IN_ASCII))


def can_write(out: TextIO, text: str) -> bool:
    try:
        text.encode(out.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def parts(figures: Figures, width: int) -> Iterator[RenderableType]:
    yield Text(" · ".join(headline(figures)), style="bold")
    if not figures.asked:
        yield Text("`quizgen practice` begins.")
        return
    yield from over_time(figures, width)
    yield from by_level(figures, width)
    yield from reviews(figures)
    yield from beliefs(figures)


def over_time(figures: Figures, width: int) -> Iterator[RenderableType]:
    what, found = spans(figures.days, MOST_ROWS)
    yield heading(f"By {what}")
    most = max(span.total.asked for span in found)
    rows = grid()
    for span in found:
        day = span.total
        length = max(1, round(bar_width(width) * day.asked / most))
        rows.add_row(span.name, bar(day.right, day.helped, day.asked, length), f"{day.right} of {day.asked}")
    yield rows
    legend = Text()
    for name, words in (("right", "right at once"), ("helped", "with help"), ("wrong", "wrong")):
        legend.append("   " if legend else "").append(CELLS[name], STYLES[name]).append(f" {words}")
    yield legend


def by_level(figures: Figures, width: int) -> Iterator[RenderableType]:
    yield heading("By topic and level")
    rows, before = grid(), ""
    for one in figures.levels:
        topic = "" if one.topic == before else f"{one.topic} "
        before = one.topic
        share = f"{one.right / one.asked:.0%} of {one.asked}"
        rows.add_row(
            Text.assemble(topic.ljust(15), f"{one.level:>2}"),
            bar(one.right, one.helped, one.asked, bar_width(width) // 2),
            f"{share}{', mastered' if one.mastered else ''}",
        )
    yield rows


def reviews(figures: Figures) -> Iterator[RenderableType]:
    yield heading("Reviews ahead")
    yield Text.assemble((sparkline(figures.forecast), "green"), f"  {ahead(figures)}")


def beliefs(figures: Figures) -> Iterator[RenderableType]:
    for state, title in PROFILE.items():
        found = figures.believed(state)
        if found:
            yield heading(title)
        for one in found:
            yield belief(one)
    if others := ruled_out(figures):
        yield Text(f"\n{others}", style="dim")


def belief(one: Belief) -> Table:
    """A misconception: how it stands, what it says, what happened."""
    rows = Table.grid(padding=(0, 2))
    rows.add_column(width=6, justify="right")
    rows.add_column(ratio=1)
    rows.add_row(Text(lead(one), style="bold"), Text(saying(one.misconception)))
    rows.add_row("", Text(f"{one.misconception}: {story(one)}", style="dim"))
    return rows


def heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


def grid() -> Table:
    rows = Table.grid(padding=(0, 2))
    rows.add_column(no_wrap=True)
    rows.add_column(no_wrap=True)
    rows.add_column(no_wrap=True)
    return rows


def bar_width(width: int) -> int:
    """The cells of the longest bar: what the words beside it leave."""
    return max(12, min(50, width - 36))


def bar(right: int, helped: int, asked: int, length: int) -> Text:
    """A bar in three shades, which tell apart what colours do."""
    first, second = round(length * right / asked), round(length * (right + helped) / asked)
    drawn = Text()
    for name, cells in (("right", first), ("helped", second - first), ("wrong", length - second)):
        drawn.append(CELLS[name] * cells, STYLES[name])
    return drawn


def sparkline(values: Sequence[int]) -> str:
    """A column for each value; any value that is not nothing can be seen."""
    most = max(values, default=0) or 1
    top = len(STEPS) - 1
    return "".join(STEPS[-(-value * top // most)] for value in values)
