"""The answer of a question that counts is what its network's program says when it runs: `pytest -m oracle`."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen.compose import compose
from quizgen.kinds import Kind, all_kinds
from quizgen.question import FillIn
from tests.oracle.test_code_runs import CODE, RUNNERS, layouts, showable

SEEDS = range(2)

LARGE = ("famous-",)
"""Kinds about networks that take gigabytes when they are built; `tests.test_published` has their counts."""

pytestmark = pytest.mark.oracle

COUNTED = [
    kind
    for kind in all_kinds()
    if kind.form.name == "count"
    and kind.asks.name in ("trainable", "non_trainable", "params", "output")
    and kind.answer != "statements"
    and not kind.name.startswith(LARGE)
]


@pytest.mark.parametrize("kind", COUNTED, ids=lambda kind: kind.name)
def test_the_framework_gives_the_same_answer(kind: Kind, tmp_path: Path) -> None:
    for seed in SEEDS:
        question = compose(kind, seed)
        network, framework = question.network, question.network.framework
        if not showable(CODE[framework], network):
            continue
        built = RUNNERS[framework](network, tmp_path, names=True)
        row = network.rows[-1] if question.of == "network" else network.row(question.of)
        alone = len(network.nodes) == 1 or question.of == "network"
        if kind.asks.name == "output":
            found = built.output if alone else built.shapes.get(row.name, row.output)
            assert found in layouts(row), question.name
            assert row.output == question.answer
        elif alone:
            counts = {
                "trainable": built.trainable,
                "non_trainable": built.non_trainable,
                "params": built.trainable + built.non_trainable,
            }
            total = question.answer[-1] if isinstance(question.answering, FillIn) else question.answer  # type: ignore[index]
            asks = "params" if isinstance(question.answering, FillIn) else kind.asks.name
            assert counts[asks] == total, question.name
        elif row.name in built.params:
            assert built.params[row.name] == row.params == question.answer, question.name
