"""The screen: how what is said is written, at any width, with colours and without."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator

import pytest

from quizgen.layers.base import Shape
from quizgen.practice.screen import Screen
from quizgen.practice.talk import Ask, Left, Say, Talk, TimeUp, Tone
from quizgen.practice.writers import PlainWriter, ScreenWriter
from quizgen.prose import Drawing, Items, Maths, Prose, Table, prose


class Terminal(io.StringIO):
    """A file that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def written(*said: Say, plain: bool = False, out: io.StringIO | None = None) -> str:
    out = out or io.StringIO()

    def talk() -> Talk[None]:
        yield from said

    Screen(plain=plain, source=io.StringIO(), out=out).play(talk())
    return out.getvalue()


WRONG = Say(prose("Not yet. {} is {}: *a belief.* What mends it.", 2600, Maths(r"100 \times 26")), "wrong")


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_no_line_is_longer_than_the_window(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    table = Table(("Layer", "Settings"), tuple((f"conv{n}", "32 kernels of 3 × 3, stride 2") for n in range(3)), "ll")
    long = " ".join(["words"] * 60)
    text = written(
        Say(prose("{}", "3 of 10 · conv · level 3"), "head", "conv2d-params:1234"),
        Say(prose("{}\n\n{}", long, table)),
        Say(prose("{}", long), "wrong"),
    )
    assert max(map(len, text.split("\n"))) < columns
    if columns >= 80:
        assert "conv2d-params:1234 ──" in text


@pytest.mark.parametrize(
    ("settings", "coloured"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({}, False),
    ],
)
def test_where_there_are_colours(monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], coloured: bool) -> None:
    for name in ("TERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in written(WRONG, out=Terminal())) is coloured
    assert "\x1b[" not in written(WRONG)
    assert "\x1b[" not in written(WRONG, out=Terminal(), plain=True)


@pytest.mark.parametrize("tone", ["plain", "wrong", "right", "hint", "aside", "bars"])
def test_colours_change_no_word(monkeypatch: pytest.MonkeyPatch, tone: Tone) -> None:
    import re

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    said = Say(prose("Not yet. [bold] {} █░ :smile: https://a.b", 2600), tone)
    assert re.sub(r"\x1b\[[\d;]*m", "", written(said, out=Terminal())) == written(said)


def test_only_the_words_that_lead_have_a_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert written(WRONG, out=Terminal()).startswith("\x1b[1;31mNot yet.\x1b[0m 2,600 is 100 × 26: “a belief”.")


DRAWN = "▁▂▃▄▅▆▇█░─│┌┐└┘├┤┬┴┼╭╮╰╯●⋮•"


def test_plain_is_words_and_nothing_drawn() -> None:
    text = written(
        Say(prose("{}", "3 · conv · level 3"), "head", "conv2d-params:1234"),
        Say(prose("It is ${}$.", Maths(r"\left\lfloor{\frac{H - h}{s}}\right\rfloor + 1")), "hint"),
        Say(prose("{}", Table(("Layer", "Output"), (("conv", Shape((26, 26, 32))), ("Total", 7)), "ll"))),
        Say(prose("{}", Drawing("<svg/>", "A network from input to output.", "●─●", 10.0))),
        Say(prose("{}", Items((Prose("one"), Prose("two"))))),
        Say(prose("{}", Table(("Topic", "", "Right"), (("conv", "██░░", "1 of 2"),), "llr")), "bars"),
        plain=True,
    )
    assert not set(text) & set(DRAWN)
    assert text == (
        "\nQuestion 3 · conv · level 3. conv2d-params:1234\n"
        "It is the floor of the fraction capital H minus h over s end floor plus 1.\n"
        "Layer: conv, Output: 26 by 26 by 32.\nLayer: Total, Output: 7.\n"
        "A network from input to output.\n"
        "one\ntwo\n"
        "Topic: conv, Right: 1 of 2.\n"
    )


def test_plain_breaks_no_line() -> None:
    long = " ".join(["words"] * 100)
    assert PlainWriter().prose(Prose(long)).strip() == long
    assert ScreenWriter(40).prose(Prose(long)).count("\n") > 10


# Reading


def echoing() -> Talk[None]:
    """Says what was typed, until nobody is there."""
    try:
        while True:
            typed = yield Ask("number")
            yield Say(prose("{}", f"typed {typed.strip()}"), "right")
    except Left:
        yield Say(Prose("gone"), "right")


def test_what_is_piped_in_is_read_line_by_line_and_echoed() -> None:
    out = io.StringIO()
    Screen(source=io.StringIO("1\n2"), out=out).play(echoing())
    assert out.getvalue() == "number > 1\ntyped 1\nnumber > 2\ntyped 2\n\ngone\n"


class Interrupting(io.StringIO):
    """A learner who presses Ctrl-C when he is asked."""

    def readline(self, *_: object) -> str:  # type: ignore[override]
        signal.raise_signal(signal.SIGINT)
        return "never"


def test_ctrl_c_where_a_line_is_wanted_is_going() -> None:
    out = io.StringIO()
    Screen(source=Interrupting(), out=out).play(echoing())
    assert out.getvalue().endswith("gone\n")


def test_ctrl_c_in_the_midst_of_work_waits_for_the_next_question() -> None:
    done: list[str] = []

    def working() -> Talk[None]:
        signal.raise_signal(signal.SIGINT)
        done.append("written down")
        yield from echoing()

    out = io.StringIO()
    Screen(source=io.StringIO("1\n"), out=out).play(working())
    assert done == ["written down"]
    assert out.getvalue() == "gone\n"


def test_a_second_ctrl_c_ends_at_once() -> None:
    def stuck() -> Talk[None]:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        yield Ask()

    with pytest.raises(KeyboardInterrupt):
        Screen(source=io.StringIO(), out=io.StringIO()).play(stuck())


class Slow(io.StringIO):
    """A learner who never answers."""

    def readline(self, *_: object) -> str:  # type: ignore[override]
        signal.pause()
        return "too late"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a system with such a clock")
def test_the_time_of_an_exam_ends_while_a_line_is_wanted() -> None:
    heard: list[str] = []

    def exam() -> Iterator[Ask]:
        try:
            yield Ask(seconds=0.01)
        except TimeUp:
            heard.append("time is up")

    Screen(source=Slow(), out=io.StringIO()).play(exam())  # type: ignore[arg-type]
    assert heard == ["time is up"]
