"""What `quizgen stats` shows: figures by hand, every width, every format, and nobody's history."""

from __future__ import annotations

import csv
import json
import re
from contextlib import closing
from datetime import date, timedelta
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from quizgen.cli.stats_command import command
from quizgen.errors import QuizgenError
from quizgen.practice.learner import Learner
from quizgen.practice.progress import Day
from quizgen.practice.stats import charts
from quizgen.practice.stats.data import COLUMNS, stats_object
from quizgen.practice.stats.figures import Figures, gathered, spans
from quizgen.practice.stats.text import sparkline
from quizgen.practice.store import Store
from quizgen.practice.upkeep import file_away
from tests.practice.histories import CONV, DENSE, START, entry

HELD, ONCE = "conv-forget-bias", "dense-forget-bias"
HISTORY = [
    entry(0, skill=DENSE, grade="again", shown=(ONCE,), explanations=((ONCE,),), exposes=(ONCE,)),
    *(entry(number, skill=DENSE, days=1, exposes=(ONCE,)) for number in range(1, 5)),
    entry(5, days=2),
    entry(6, days=2, grade="hard", hints=1),
    *(entry(n, days=2, grade="again", shown=(HELD,), explanations=((HELD,),), exposes=(HELD,)) for n in (7, 8)),
]
NOW = START + timedelta(days=2, hours=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(Store.open(tmp_path / "default")) as store:
        for one in HISTORY:
            file_away(store, one)
    return tmp_path


@pytest.fixture
def figures(folder: Path) -> Figures:
    with Learner.open(folder / "default", clock=lambda: NOW, write=False) as learner:
        return gathered(learner)


def test_the_figures_by_hand(figures: Figures) -> None:
    monday = date(2026, 3, 2)
    assert [(one.day, one.asked, one.right, one.helped) for one in figures.days] == [
        (monday, 1, 0, 0),
        (monday + timedelta(days=1), 4, 4, 0),
        (monday + timedelta(days=2), 4, 1, 1),
    ]
    assert [(one.topic, one.level, one.right, one.asked, one.mastered) for one in figures.levels] == [
        ("dense", 1, 4, 5, True),
        ("conv", 3, 1, 4, False),
    ]
    assert [(one.skill, one.in_a_row) for one in figures.skills] == [(DENSE, 4), (CONV, 0)]
    assert (figures.asked, figures.right, figures.streak) == (9, 5, 3)
    assert [one.misconception for one in figures.believed("held")] == [HELD]
    assert [(one.misconception, one.shown, one.mended) for one in figures.believed("mended")] == [(ONCE, 1, 4)]
    mended = figures.believed("mended")[0]
    assert (mended.told_by, mended.mended_by) == ("dense-params:0", "dense-params:1")
    assert sum(figures.forecast) == 4  # two skills, two beliefs


def shown(folder: Path, *words: str, columns: int = 80) -> str:
    result = CliRunner().invoke(
        command, ["--data", str(folder), *words], env={"COLUMNS": str(columns)}, catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return str(result.output)


@pytest.mark.parametrize("columns", [60, 79, 80, 120, 200])
def test_every_width(folder: Path, columns: int) -> None:
    lines = shown(folder, columns=columns).splitlines()
    assert max(map(len, lines)) <= columns
    assert not any(line.endswith(" ") for line in lines)
    text = "\n".join(lines)
    for words in (
        "9 questions on 3 days",
        "56% right at once",
        "By day",
        "By topic and level",
        "Reviews ahead",
        HELD,
        ONCE,
    ):
        assert words in text


def test_what_is_piped_has_no_colours(folder: Path) -> None:
    assert "\x1b" not in shown(folder)


def test_bars_are_told_apart_without_colours(folder: Path) -> None:
    wednesday = next(line for line in shown(folder).splitlines() if line.startswith("Wed 4 Mar"))
    cells = re.sub("[^█▒░]", "", wednesday)
    assert re.fullmatch("█+▒+░+", cells)
    assert cells.count("█") == pytest.approx(cells.count("▒"), abs=1) == pytest.approx(cells.count("░") / 2, abs=1)


class Page(HTMLParser):
    """Which elements are open at the end, and what would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "srcset")]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_else(folder: Path) -> None:
    text = shown(folder, "--format", "html")
    page = Page()
    page.feed(text)
    assert page.open == []
    assert page.fetched == []
    assert "url(" not in text
    assert "prefers-color-scheme: dark" in text
    drawings = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(drawings) >= 4
    for drawing in drawings:
        assert ElementTree.fromstring(drawing).get("aria-label")


def test_the_table(folder: Path) -> None:
    rows = list(csv.DictReader(StringIO(shown(folder, "--format", "csv"))))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["question"] for row in rows] == [one.attempt.question for one in HISTORY]
    assert rows[0]["shown"] == ONCE


def test_the_object(folder: Path) -> None:
    found = json.loads(shown(folder, "--format", "json"))
    assert found["beliefs"][0]["name"] == HELD
    assert found["asked"] == 9
    assert found["skills"][0] | {"due": ""} == {
        "topic": "dense", "kind": "dense-params", "level": 1, "asked": 5, "right": 4, "in_a_row": 4,
        "last": "2026-03-03T12:02:00+00:00", "due": "",
    }  # fmt: skip


def test_every_field_is_documented(figures: Figures) -> None:
    text = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z_]+)`", text[text.index("quizgen stats") :]))
    found = stats_object(figures)
    fields = {*found, *COLUMNS, *(key for name in ("days", "levels", "skills", "beliefs") for key in found[name][0])}
    assert fields <= documented


@pytest.mark.parametrize("format_", ["text", "html", "csv", "json"])
def test_nobodys_history(tmp_path: Path, format_: str) -> None:
    assert shown(tmp_path / "nobody", "--format", format_)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "begins"), [("p.html", "<!doctype"), ("p.csv", "at,"), ("p.json", "{"), ("p.txt", "9 questions")]
)
def test_a_file_says_its_format(folder: Path, tmp_path: Path, name: str, begins: str) -> None:
    out = tmp_path / "out" / name
    shown(folder, "--out", str(out))
    before = out.read_bytes()
    assert before.decode().startswith(begins)
    with pytest.raises(QuizgenError, match="there already"):
        shown(folder, "--out", str(out))
    assert out.read_bytes() == before


def test_a_format_that_is_none(folder: Path) -> None:
    with pytest.raises(QuizgenError, match="no format “pdf”"):
        shown(folder, "--format", "pdf")


@pytest.mark.parametrize(
    ("days", "what", "count"), [(1, "day", 1), (14, "day", 14), (15, "week", 3), (90, "week", 13), (300, "month", 10)]
)
def test_long_histories_are_put_together(days: int, what: str, count: int) -> None:
    first = date(2026, 1, 5)
    found = spans([Day(first + timedelta(days=day), 3, 2, 1, 60) for day in range(days)], 14)
    assert (found[0], len(found[1])) == (what, count)
    assert sum(one.total.asked for one in found[1]) == 3 * days


@given(st.lists(st.integers(0, 1000), min_size=1))
def test_in_a_sparkline_nothing_is_lost(values: list[int]) -> None:
    drawn = sparkline(values)
    assert [cell != " " for cell in drawn] == [value > 0 for value in values]
    assert all(
        one <= other for (_, one), (_, other) in zip(*[iter(sorted(zip(values, drawn, strict=True)))] * 2, strict=False)
    )


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(1, 50)), min_size=1, max_size=40))
def test_columns_stand_on_each_other(days: list[tuple[int, int, int]]) -> None:
    """Each column is as high as its share of the highest one, and none leaves the picture."""
    _, found = spans(
        [Day(date(2026, 1, 1) + timedelta(days=n), sum(one), one[0], one[1]) for n, one in enumerate(days)], 99
    )
    drawn = ElementTree.fromstring(charts.over_time(found))
    most = max(map(sum, days))
    for group, one in zip(drawn.iter("g"), days, strict=True):
        rects = list(group.iter("rect"))
        high = sum(float(rect.get("height", 0)) for rect in rects)
        assert high == pytest.approx(charts.HIGH * sum(one) / most, abs=0.2)
        assert min(float(rect.get("y", 0)) for rect in rects) >= -0.1
