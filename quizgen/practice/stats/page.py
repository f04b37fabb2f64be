"""A learner's progress as an HTML page: one file, no network, legible on light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import escape
from importlib.resources import files

from quizgen.practice.progress import Belief
from quizgen.practice.schedule import day_of
from quizgen.practice.stats import charts
from quizgen.practice.stats.figures import PROFILE, Figures, ahead, headline, lead, ruled_out, saying, spans, story

MOST_COLUMNS = 40


def page(figures: Figures, command: str) -> str:
    """The whole page. command: what makes it again."""
    body = "".join(sections(figures))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>Practice: {escape(headline(figures)[0])}</title>\n<style>\n{style_sheet()}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>Practice</h1>\n{body}</main>\n"
        f"<footer>{figures.at:%Y-%m-%d} · Made by <code>{escape(command)}</code></footer>\n</body>\n</html>\n"
    )


def sections(figures: Figures) -> Iterator[str]:
    yield f"<p class='headline'>{' · '.join(map(escape, headline(figures)))}</p>\n"
    if not figures.asked:
        yield "<p><code>quizgen practice</code> begins.</p>\n"
        return
    what, found = spans(figures.days, MOST_COLUMNS)
    yield section(f"By {what}", charts.over_time(found), LEGEND)
    yield section("By topic and level", charts.by_level(figures.levels), GRID_LEGEND)
    today = day_of(figures.at)
    names = [str((today + timedelta(days=later)).day) for later in range(len(figures.forecast))]
    yield section("Reviews ahead", charts.forecast(figures.forecast, names), f"<p>{ahead(figures)}</p>")
    yield from profile(figures)


LEGEND = (
    '<p class="legend"><i class="right"></i> right at once <i class="helped"></i> right with help '
    '<i class="wrong"></i> wrong</p>'
)
GRID_LEGEND = "<p>The share that was right at once, at each level. A frame: mastered, three right in a row.</p>"


def section(title: str, chart: str, words: str) -> str:
    return f"<section>\n<h2>{title}</h2>\n<figure>{chart}</figure>\n{words}\n</section>\n"


def profile(figures: Figures) -> Iterator[str]:
    """The belief profile."""
    for state, title in PROFILE.items():
        if found := figures.believed(state):
            yield f"<section>\n<h2>{title}</h2>\n<dl>\n{''.join(map(belief, found))}</dl>\n</section>\n"
    if others := ruled_out(figures):
        yield f"<p>{others}</p>\n"


def belief(one: Belief) -> str:
    bar = f"{charts.chance(one.chance)} " if one.state == "held" else ""
    return (
        f"<dt>{bar}{lead(one)}</dt>\n<dd>{escape(saying(one.misconception))}"
        f"<small>{escape(one.misconception)}: {escape(story(one))}</small></dd>\n"
    )


def style_sheet() -> str:
    return files("quizgen.practice.stats").joinpath("stats.css").read_text(encoding="utf-8")
