"""How the rules of `layers/depthwise.py` are missed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quizgen.arithmetic import product
from quizgen.layers.base import Layer, Shape
from quizgen.layers.depthwise import DepthwiseConvolution, SeparableConvolution
from quizgen.layers.graph import Node
from quizgen.misconceptions.base import Assembly, Count, Misconception


@dataclass(frozen=True, slots=True)
class Biases(Layer):
    """What is left of a convolution for somebody who forgets its weights: the maps that come out, and their biases."""

    filters: int
    bias: bool

    def output(self, x: Shape) -> Shape:
        return x.with_channels(self.filters)

    def trainable(self, x: Shape) -> int:
        return self.filters if self.bias else 0


def all_channels_mixed(truth: Count, conv: DepthwiseConvolution, x: Shape) -> int:
    return truth(conv.but(kernel=(x.channels, *conv.kernel)), x)


def one_kernel_for_all(truth: Count, conv: DepthwiseConvolution, x: Shape) -> int:
    return truth(conv, x.with_channels(1))


def no_biases(truth: Count, conv: DepthwiseConvolution, x: Shape) -> int:
    return truth(conv.but(bias=False), x)


def output_counted(truth: Count, conv: DepthwiseConvolution, x: Shape) -> int:
    return product(type(conv).output(conv, x))


def a_bias_in_both_steps(truth: Assembly, separable: SeparableConvolution, x: Shape) -> tuple[Node, ...]:
    depthwise, pointwise = truth(separable, x)
    return replace(depthwise, layer=depthwise.layer.but(bias=separable.bias)), pointwise


def no_pointwise_weights(truth: Assembly, separable: SeparableConvolution, x: Shape) -> tuple[Node, ...]:
    depthwise, pointwise = truth(separable, x)
    return depthwise, replace(pointwise, layer=Biases(separable.filters, separable.bias))


MISCONCEPTIONS = (
    Misconception(
        id="depthwise-output-as-params",
        topic="depthwise",
        rule=DepthwiseConvolution.trainable,
        wrong=output_counted,
        belief="The parameters of a layer are the numbers that it puts out.",
        mend="What it puts out is computed for each example; its parameters are those of its kernels.",
        grade="D",
    ),
    Misconception(
        id="depthwise-forget-bias",
        topic="depthwise",
        rule=DepthwiseConvolution.trainable,
        wrong=no_biases,
        belief="A depthwise convolution has no biases.",
        mend="Each kernel adds one bias to its map.",
        grade="D",
    ),
    Misconception(
        id="depthwise-as-full-conv",
        topic="depthwise",
        rule=DepthwiseConvolution.trainable,
        wrong=all_channels_mixed,
        belief="A depthwise kernel spans all channels.",
        mend="Each of the {channels} channels has a kernel of its own, {kernel} and one channel deep.",
        grade="D",
    ),
    Misconception(
        id="depthwise-one-kernel",
        topic="depthwise",
        rule=DepthwiseConvolution.trainable,
        wrong=one_kernel_for_all,
        belief="One kernel serves all channels.",
        mend="Each of the {channels} channels has a kernel of its own.",
        grade="D",
    ),
    Misconception(
        id="separable-two-biases",
        topic="depthwise",
        rule=SeparableConvolution.nodes,
        wrong=a_bias_in_both_steps,
        belief="Both steps of a separable convolution have biases.",
        mend="Only the pointwise step has biases, one for each of the {filters} filters.",
        grade="A",
    ),
    Misconception(
        id="separable-forget-pointwise",
        topic="depthwise",
        rule=SeparableConvolution.nodes,
        wrong=no_pointwise_weights,
        belief="A separable convolution is its depthwise step.",
        mend="The pointwise step mixes the {channels} channels, with a weight for each of them in every filter.",
        grade="D",
    ),
)
