"""How multiply-accumulates and floating-point operations are missed, beside what the layers' files hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quizgen.layers.base import Shape
from quizgen.layers.depthwise import SeparableConvolution
from quizgen.layers.graph import Composite, Row
from quizgen.misconceptions.base import Count, Misconception
from quizgen.network import in_flops


def one_operation_each(truth: Callable[[int], int], macs: int) -> int:
    return macs


def half_as_many_operations(truth: Callable[[int], int], macs: int) -> int:
    return macs // 2


def only_the_pointwise_part(
    truth: Count, separable: SeparableConvolution, x: Shape, *, y: Shape, parts: Sequence[Row]
) -> int:
    """The full convolution's, divided by the cells of the kernel."""
    return truth(separable, x, y=y, parts=parts[1:])


MISCONCEPTIONS = (
    Misconception(
        id="flops-equal-macs",
        topic="flops",
        rule=in_flops,
        wrong=one_operation_each,
        belief="A multiply-accumulate is one floating-point operation.",
        mend="It is two here: a multiplication and an addition. Many tools print one for the other.",
        grade="A",
    ),
    Misconception(
        id="macs-twice-flops",
        topic="flops",
        rule=in_flops,
        wrong=half_as_many_operations,
        belief="Two multiply-accumulates make one floating-point operation.",
        mend="It is the other way round: one multiply-accumulate makes two operations.",
        grade="A",
    ),
    Misconception(
        id="separable-ratio-only-k2",
        topic="flops",
        rule=Composite.macs,
        wrong=only_the_pointwise_part,
        belief="A separable convolution costs a full one's multiplications, divided by the cells of the kernel.",
        mend="That is the pointwise part alone; {kernel} cells slide over each of the {channels} channels before it.",
        grade="D",
        kinds=(SeparableConvolution,),
    ),
)
