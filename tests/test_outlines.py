"""Kinds at a glance are the kinds as they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen.errors import QuizgenError
from quizgen.kinds import all_kinds
from quizgen.outlines import outlines

BODY = "+++\n{}\n+++\n{{% block question %}}a{{% endblock %}}\n{{% block solution %}}b{{% endblock %}}\n"
REST = 'title = "t"\nabout = { layer = "Dense" }\nasks = "trainable"\nanswer = "choice"'


def test_they_are_what_the_templates_say() -> None:
    assert {(one.name, one.topic, one.levels) for one in outlines()} == {
        (kind.name, kind.topic, kind.levels) for kind in all_kinds()
    }


@pytest.mark.parametrize(
    ("front", "levels"),
    [
        (f'topic = "dense"\nlevel = 3\n{REST}', (3,)),
        (f'topic = "dense"\nlevel = [3, 5]\n{REST}', (3, 4, 5)),
        (f'"topic" = "dense"\nlevel = [3,\n 5]\n{REST}', (3, 4, 5)),
        (f"topic = 'dense'\nlevel = 3 # easy\n{REST}", (3,)),
        (f'topic = "dense"\nlevel = 3\nwhy = """\nlevel = 7\ntopic = "conv"\n"""\n{REST}', (3,)),
    ],
)
def test_however_they_are_written(tmp_path: Path, front: str, levels: tuple[int, ...]) -> None:
    (tmp_path / "mine.md").write_text(BODY.format(front), encoding="utf-8")
    (one,) = [one for one in outlines([tmp_path]) if one.name == "mine"]
    assert (one.topic, one.levels) == ("dense", levels)


@pytest.mark.parametrize("front", [REST, f'topic = "dens"\nlevel = 3\n{REST}', f'topic = "dense"\nlevel = "3"\n{REST}'])
def test_a_template_that_says_neither_is_an_error(tmp_path: Path, front: str) -> None:
    (tmp_path / "mine.md").write_text(BODY.format(front), encoding="utf-8")
    with pytest.raises(QuizgenError):
        outlines([tmp_path])
