"""A template that takes too long or too much is given up, whatever it is that takes so long."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quizgen.authoring import confined
from quizgen.errors import QuizgenError, TemplateError
from tests.authoring.test_authored import TEMPLATE

HOSTILE = {
    "a text that grows": "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
    "loops in loops": "{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}{% endfor %}{% endfor %}{% endfor %}",
    "another file": "{% include '/etc/passwd' %}",
    "code": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.md"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def preview(path: Path) -> bytes:
    return confined.preview(path, 1, "txt", solution=False, style="quiz", notation="fhw", folders=())


@pytest.mark.parametrize("words", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_template_is_an_error_with_its_line(mine: Path, words: str) -> None:
    mine.write_text(TEMPLATE.replace("{{ input }}", words), encoding="utf-8")
    with pytest.raises(QuizgenError) as caught:
        preview(mine)
    assert caught.value.place is not None
    assert (str(caught.value.place.file), caught.value.place.line) == (str(mine), 16)


NETWORK = """+++
title = "x"
topic = "dense"
level = 2
about = { family = "mlp", layers = LAYERS }
asks = "trainable"
of = "network"
answer = "choice"
+++
{% block question %}
How many?
{% endblock %}
{% block solution %}
{{ worked.table }}
{% endblock %}
"""


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ("1000000000", "“layers” is too large. It is at most 100."),
        ("{ min = 1000000000 }", "“layers” is too large."),
        ("9" * 5000, "the front matter is not TOML that can be read."),
        ("[" * 50_000, "the front matter is not TOML that can be read."),
    ],
    ids=["a number", "a range", "a number without end", "lists in lists"],
)
def test_a_network_without_end_is_not_drawn(mine: Path, layers: str, said: str) -> None:
    mine.write_text(NETWORK.replace("LAYERS", layers), encoding="utf-8")
    with pytest.raises(QuizgenError) as caught:
        preview(mine)
    assert said in str(caught.value)


def test_what_takes_too_long_is_given_up(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "CHECK_SECONDS", 1)
    monkeypatch.setattr(confined, "A_THOUSAND", 0)
    with pytest.raises(TemplateError) as caught:
        confined.check(mine, 20_000, ())
    assert str(caught.value).startswith(f"{mine}: the template was given up: it takes ")


@pytest.mark.skipif(os.name != "posix", reason="only there can memory be bounded")
def test_what_takes_too_much_memory_is_given_up(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "MEGABYTES", 20)
    with pytest.raises(QuizgenError) as caught:
        preview(mine)
    assert str(caught.value).startswith(f"{mine}: ")


def test_what_is_given_up_is_one_line(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined.sys, "executable", str(mine))  # type: ignore[attr-defined]
    with pytest.raises(TemplateError, match="no process could be started to read it"):
        preview(mine)


def test_a_question_is_the_same_as_in_this_process(mine: Path) -> None:
    from quizgen.authoring.previewing import preview as here

    assert preview(mine) == here(mine, 1, "txt", solution=False, style="quiz", letters="fhw")
