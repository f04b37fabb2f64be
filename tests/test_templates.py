"""What every built-in question template keeps to, whatever the seed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from itertools import pairwise
from math import prod
from pathlib import Path

import pytest

import quizgen
from quizgen.compose import compose
from quizgen.kinds import all_kinds, find_kind
from quizgen.layers.base import Shape
from quizgen.misconceptions import misconception
from quizgen.prose import Code, Items, Prose, Table, numbers_in
from quizgen.question import Choices, Number, Question, Sheet, Statements
from quizgen.render import single
from quizgen.render.formats import FORMATS, writer
from quizgen.render.json import question_object
from quizgen.render.skins import Part, find_skin

KINDS = [kind.name for kind in all_kinds()]
SEEDS = range(16)
STYLES = ("worksheet", "quiz", "stackexchange")
WORDS = 60
"""A stem has no more (rule R25 of the item rules: it is read under time pressure)."""

ABOUT_PLACES = ("cnn-find-error", "other-input")
"""The kinds whose options are places in a solution or a network; what is wrong about the others needs no belief."""

FAMOUS = ("famous-model-total", "famous-table")
"""The kinds that have as many questions as the literature has networks for them."""

every_kind = pytest.mark.parametrize("name", KINDS)


@cache
def questions(name: str) -> list[Question]:
    return [compose(find_kind(name), seed) for seed in SEEDS]


def options(name: str) -> list[Choices | Statements]:
    return [question.answering for question in questions(name) if isinstance(question.answering, Choices | Statements)]


def stem(question: Question) -> str:
    return writer("txt").prose(question.stem)


def sentences(question: Question) -> str:
    """The stem without its code, tables and lists."""
    values = tuple("" if isinstance(value, Code | Table | Items) else value for value in question.stem.values)
    return writer("txt").prose(Prose(question.stem.text, values))


def numbers(answering: Choices) -> list[Number]:
    """The options that are numbers, and not words."""
    return [one.value for one in answering.options if not isinstance(one.value, Prose)]


@every_kind
@pytest.mark.parametrize("format", ["html", "md", "txt"])
def test_a_question_and_its_solution_can_be_written(name: str, format: str) -> None:
    skin = find_skin("quiz")
    for question in questions(name):
        written = single.rendered(question, skin, format, "quizgen show", solution=True).decode()
        assert question.name in written
        assert not re.search("[\ue000-\uf8ff]", written)


@pytest.mark.parametrize("part", ["questions", "solutions", "key"])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("format", FORMATS)
def test_a_sheet_of_all_kinds_can_be_written(style: str, format: str, part: Part) -> None:
    two_of_each = tuple(question for name in KINDS for question in questions(name)[:2])
    sheet = Sheet("All kinds", two_of_each, seed=0, command="quizgen sheet")
    written = quizgen.render_sheet(sheet, format, style=style, part=part)
    assert written.startswith(b"%PDF") if format == "pdf" else all(name in written.decode() for name in KINDS)


@every_kind
def test_a_stem_is_short(name: str) -> None:
    for question in questions(name):
        assert len(sentences(question).split()) <= WORDS, question.name


@every_kind
def test_a_stem_does_not_contain_the_key(name: str) -> None:
    for question in questions(name):
        numbers = re.findall(r"\d[\d,]*(?: × \d[\d,]*)*", stem(question))
        if isinstance(question.answer, int):
            assert f"{question.answer:,}" not in re.findall(r"[\d,]*\d", " ".join(numbers)), question.name
        else:
            assert str(question.answer) not in numbers, question.name


@every_kind
def test_a_question_denies_nothing(name: str) -> None:
    for question in questions(name):
        asked = re.findall(r"[^.?]+\?", stem(question)) or stem(question).split(".")[:1]
        assert not re.search(r"\b(not|except|incorrect|false)\b", " ".join(asked)), question.name


@every_kind
def test_exactly_one_option_is_right_and_it_is_the_answer(name: str) -> None:
    for question in questions(name):
        if isinstance(question.answering, Choices):
            assert [one.value for one in question.answering.options if one.correct] == [question.answer], question.name


@every_kind
def test_some_statements_are_true_and_some_are_false(name: str) -> None:
    for question in questions(name):
        if isinstance(question.answering, Statements):
            truth = [one.correct for one in question.answering.options]
            assert set(truth) == {True, False}, question.name
            assert question.answer == tuple(number for number, true in enumerate(truth, 1) if true)


@every_kind
def test_options_differ_and_stand_in_ascending_order(name: str) -> None:
    """Shapes by the cells that they hold."""
    for question in questions(name):
        if isinstance(question.answering, Choices):
            values = numbers(question.answering)
            sizes = [(prod(value), value) if isinstance(value, Shape) else (value, value) for value in values]
            assert all(one < other for one, other in pairwise(sizes)), question.name
            assert len({isinstance(value, Shape) for value in values}) <= 1
            assert len({len(value) for value in values if isinstance(value, Shape)}) <= 1
            assert len({repr(one.value) for one in question.answering.options}) == len(question.answering.options)


@every_kind
def test_a_wrong_option_comes_from_known_misconceptions_and_says_what_mends_them(name: str) -> None:
    for answering in options(name):
        for one in answering.options:
            assert bool(one.feedback) is not one.correct
            assert bool(one.misconceptions) is not (one.correct or name in ABOUT_PLACES)
            feedback = writer("txt").prose(one.feedback)
            for id in one.misconceptions:
                assert " ".join(misconception(id).belief.split()) in " ".join(feedback.split())


@every_kind
def test_ints_are_ints_and_nothing_is_left_to_fill(name: str) -> None:
    def check(value: object) -> None:
        assert isinstance(value, dict | list | str | int | float | None.__class__), value
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            check(inner)

    for question in questions(name):
        written = question_object(question)
        check({name: value for name, value in written.items() if name != "difficulty"})
        for one in written["options"]:
            assert isinstance(one["value"], int | float | list | str)
        assert not re.search("[\ue000-\uf8ff]", written["stem"])


@every_kind
def test_a_seed_gives_the_same_question_again_and_another_seed_another_one(name: str) -> None:
    assert [repr(compose(find_kind(name), seed)) for seed in SEEDS[:5]] == [repr(one) for one in questions(name)[:5]]
    assert len({stem(one) + repr(one.network.nodes) for one in questions(name)}) > (
        1 if name in FAMOUS else len(SEEDS) / 2
    )


@every_kind
def test_a_kind_says_what_makes_its_level_and_has_hints_that_keep_the_answer(name: str) -> None:
    assert find_kind(name).why
    for question in questions(name):
        assert 1 <= len(question.hints) <= 3
        if isinstance(question.answer, int) and question.answer > 20:
            assert all(question.answer not in set(numbers_in(hint)) for hint in question.hints)


@every_kind
def test_a_question_has_one_version_in_all_notations(name: str) -> None:
    for notation in ("fhw", "nml", "nwhc", "words"):
        assert quizgen.make_question(f"{name}:7", notation=notation).version == questions(name)[7].version


@pytest.mark.parametrize("format", ["html", "pdf"])
def test_a_sheet_has_the_same_bytes_in_another_process(format: str, tmp_path: Path) -> None:
    """Whatever order the process gives to its sets."""
    here = quizgen.render_sheet(quizgen.make_sheet(seed=11), format, part="solutions")
    for hash_seed in ("1", "2"):
        folder = tmp_path / hash_seed
        subprocess.run(
            [sys.executable, "-m", "quizgen", "sheet", "--seed", "11", "--format", format, "--out", folder],
            env=os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(Path(quizgen.__file__).parent.parent)},
            check=True,
            capture_output=True,
        )
        assert (folder / f"worksheet-11-solutions.{format}").read_bytes() == here
