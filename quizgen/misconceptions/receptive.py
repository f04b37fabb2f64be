"""How the formula of `receptive.py` is missed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from quizgen.layers.base import Layer, Rule, Sizes, Window
from quizgen.layers.graph import Row, Rulebook
from quizgen.layers.pooling import Pooling
from quizgen.misconceptions.base import Misconception
from quizgen.receptive import Field, compose, reach, receptive_fields

Composing: TypeAlias = Callable[[Field, Field], Field]
"""The truth that a belief about how fields grow stands over."""


def windows_side_by_side(truth: Composing, field: Field, then: Field) -> Field:
    sizes = zip(field.size, then.size, strict=True)
    return truth(field, then)._replace(size=tuple(k if r == 1 else r + k for r, k in sizes))


def windows_multiplied(truth: Composing, field: Field, then: Field) -> Field:
    sizes = zip(field.size, then.size, strict=True)
    return truth(field, then)._replace(size=tuple(r * k for r, k in sizes))


def every_step_one_cell(truth: Composing, field: Field, then: Field) -> Field:
    return truth(field._replace(jump=(1,) * len(field.jump)), then)


def undilated(truth: Callable[[Window], Sizes], window: Window) -> Sizes:
    return truth(replace(window, dilation=(1,) * len(window.dilation)))


def no_window(truth: Rule, pooling: Pooling, *inputs: object) -> None:
    return None


def first_window_left_out(truth: Rule, rows: Sequence[Row], rulebook: Rulebook) -> dict[str, Field]:
    place = next((place for place, row in enumerate(rows) if row.layer.window(*row.inputs) is not None), len(rows))
    windowless = [row._replace(node=replace(row.node, layer=Layer())) for row in rows[place : place + 1]]
    return truth([*rows[:place], *windowless, *rows[place + 1 :]], rulebook)  # type: ignore[no-any-return]


MISCONCEPTIONS = (
    Misconception(
        id="rf-sum-of-kernels",
        topic="receptive-field",
        rule=compose,
        wrong=windows_side_by_side,
        belief="The receptive field is the sum of the kernel sizes.",
        mend="Windows of neighbouring cells overlap: behind the first, a layer adds its kernel size less 1.",
        grade="C",
    ),
    Misconception(
        id="rf-product-of-kernels",
        topic="receptive-field",
        rule=compose,
        wrong=windows_multiplied,
        belief="The receptive field is the product of the kernel sizes.",
        mend="Windows of neighbouring cells overlap: with stride 1 a layer adds its kernel size less 1.",
        grade="D",
    ),
    Misconception(
        id="rf-ignore-stride",
        topic="receptive-field",
        rule=compose,
        wrong=every_step_one_cell,
        belief="A stride does not change how fast the field grows behind it.",
        mend="Behind a stride, neighbouring cells lie farther apart in the input, so that later windows reach farther.",
        grade="C",
    ),
    Misconception(
        id="rf-ignore-pooling",
        topic="receptive-field",
        rule=Pooling.window,
        wrong=no_window,
        belief="Only convolutions widen the receptive field.",
        mend="Pooling slides a window of {kernel} as well, and its stride spreads all later ones.",
        grade="C",
    ),
    Misconception(
        id="rf-ignore-dilation",
        topic="receptive-field",
        rule=reach,
        wrong=undilated,
        belief="Dilation does not widen the field.",
        mend="A dilated kernel reaches over the gaps between its cells: d · (k - 1) + 1 cells.",
        grade="B",
    ),
    Misconception(
        id="rf-first-layer-off-by-one",
        topic="receptive-field",
        rule=receptive_fields,
        wrong=first_window_left_out,
        belief="The field starts to grow behind the first layer.",
        mend="The first layer has a window too: its kernel size less 1 comes on top.",
        grade="A",
    ),
)
