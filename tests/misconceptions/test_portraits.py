"""The page of each misconception, as text and as an object, and the commands that print them."""

from __future__ import annotations

import json
import re

import pytest

from quizgen.misconceptions import MISCONCEPTIONS, Misconception, misconception
from quizgen.misconceptions.base import EVIDENCE
from quizgen.notation import FHW, NOTATIONS, WORDS, Notation
from quizgen.portrait import Portrait
from quizgen.prose import MARK
from quizgen.render.formats import writer
from quizgen.render.portrait import portrait_object
from tests.cli.conftest import Quizgen, one_line, run

__all__ = ["run"]

every = pytest.mark.parametrize("held", MISCONCEPTIONS, ids=lambda held: held.id)


def page(held: Misconception, notation: Notation = FHW) -> str:
    return writer("txt").prose(Portrait(held, notation).told())


@every
def test_a_page_says_all_of_it(held: Misconception) -> None:
    text = " ".join(page(held).split())
    assert text.startswith(f"{held.id} · {held.topic} {held.belief}")
    assert re.search(r"\bright\b.*\bbelieved\b", text, re.IGNORECASE)
    for part in ("Example.", "When it hides.", "What mends it.", "Evidence."):
        assert part in text
    assert not re.search(r"\{\w+\}", text)
    assert not MARK.search(text)


@every
def test_an_object_says_all_of_it(held: Misconception) -> None:
    found = json.loads(json.dumps(portrait_object(Portrait(held))))
    assert (found["name"], found["topic"], found["belief"]) == (held.id, held.topic, held.belief)
    assert found["evidence"] == EVIDENCE[found["grade"]]
    assert found["example"]["right"] != found["example"]["wrong"]
    assert all(rule["right"] != rule["wrong"] for rule in found["rules"])
    assert found["rules"]
    assert found["hides"]
    assert not re.search(r"\{\w+\}", found["mend"])


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda notation: notation.name)
def test_a_page_is_written_in_every_notation(notation: Notation) -> None:
    for id in ("conv-forget-input-channels", "mha-forget-bias", "out-ignore-stride", "kv-forget-two"):
        assert misconception(id).belief in " ".join(page(misconception(id), notation).split())


def test_the_formulas_are_those_of_the_notation() -> None:
    assert "k(fhw + 1) = " in page(misconception("conv-forget-input-channels"))
    assert "(kernel height × kernel width + 1 bias)" in page(misconception("conv-forget-input-channels"), WORDS)


def test_what_a_mending_sentence_says_of_an_example_is_right() -> None:
    """What comes out of a concatenation is what does, and not what is believed to."""
    portrait = Portrait(misconception("concat-as-add"))
    assert str(portrait.example.right) in writer("txt").prose(portrait.mend)


# the commands


def test_the_command_prints_the_page(run: Quizgen) -> None:
    ran = run("misconception", "dense-bias-per-input")
    assert (ran.code, ran.err) == (0, "")
    assert "m(n + 1) = " in ran.out
    assert "n(m + 1) = " in ran.out
    assert "When it hides. Units = inputs." in ran.out


def test_the_command_prints_the_object(run: Quizgen) -> None:
    found = json.loads(run("misconception", "dense-bias-per-input", "--json", "--notation", "words").out)
    assert found["hides"] == "units = inputs"
    assert found["rules"][0]["right"].startswith("(inputs + 1 bias) × units = ")


def test_an_unknown_misconception_is_offered_the_nearest(run: Quizgen) -> None:
    ran = run("misconception", "conv-forget-channels")
    assert ran.code == 2
    assert "there is no misconception “conv-forget-channels”" in one_line(ran)
    assert "“conv-forget-input-channels”" in ran.err


def test_misconceptions_are_listed_by_topic(run: Quizgen) -> None:
    listed = [
        json.loads(line) for line in run("list", "misconceptions", "--topic", "groups", "--json").out.splitlines()
    ]
    assert [entry["name"] for entry in listed] == ["groups-ignored", "groups-one-group-only"]
    assert listed[0] == {
        "name": "groups-ignored", "summary": "Groups do not change the count.", "topic": "groups", "grade": "C",
    }  # fmt: skip


def test_all_misconceptions_are_listed(run: Quizgen) -> None:
    assert len(run("list", "misconceptions").out.splitlines()) == len(MISCONCEPTIONS)


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("misconceptions", "there is no topic in the list of misconceptions “grops”. Did you mean “groups”"),
        ("layers", "layers have no topic. --topic is for questions and misconceptions."),
    ],
)
def test_a_topic_that_is_not_there_is_a_mistake(what: str, says: str, run: Quizgen) -> None:
    ran = run("list", what, "--topic", "grops")
    assert ran.code == 2
    assert one_line(ran).startswith(says)
