"""How the rules of `layers/normalization.py` are missed."""

from __future__ import annotations

from quizgen.arithmetic import product
from quizgen.layers.base import Shape
from quizgen.layers.normalization import BatchNorm, ChannelNorm, GroupNorm, LayerNorm, RMSNorm
from quizgen.misconceptions.base import Count, Misconception


def statistics_left_out(truth: Count, norm: BatchNorm, x: Shape) -> int:
    return truth(norm.but(statistics="buffers"), x)


def buffers_are_parameters(truth: Count, norm: BatchNorm, x: Shape) -> int:
    return truth(norm, x) + 2 * x.channels if norm.statistics == "buffers" else truth(norm, x)


def statistics_are_trained(truth: Count, norm: BatchNorm, x: Shape) -> int:
    return truth(norm, x) + 2 * x.channels if norm.statistics == "parameters" else truth(norm, x)


def a_pair_for_each_cell(truth: Count, norm: ChannelNorm, x: Shape) -> int:
    return truth(norm, Shape((product(x),)))


def one_pair_for_the_layer(truth: Count, norm: ChannelNorm, x: Shape) -> int:
    return truth(norm, x.with_channels(1))


def a_matrix_for_a_scale(truth: Count, norm: ChannelNorm, x: Shape) -> int:
    return x.channels * truth(norm.but(center=False), x) + truth(norm.but(scale=False), x)


def a_pair_for_each_group(truth: Count, norm: GroupNorm, x: Shape) -> int:
    return truth(norm, x.with_channels(norm.groups))


def only_a_scale(truth: Count, norm: ChannelNorm, x: Shape) -> int:
    return truth(norm.but(center=False), x)


def a_pair_for_each_position(truth: Count, norm: LayerNorm, x: Shape) -> int:
    return truth(norm.but(axes=len(x)), x)


def a_pair_for_each_token(truth: Count, norm: LayerNorm, x: Shape) -> int:
    return truth(norm.but(axes=1), Shape((product(x.spatial),)))


def moving_statistics_too(truth: Count, norm: LayerNorm, x: Shape) -> int:
    return truth(norm, x) + 2 * product(x[-norm.axes :])


def moving_statistics_of_groups(truth: Count, norm: GroupNorm, x: Shape) -> int:
    return truth(norm, x) + 2 * x.channels


def scale_and_offset(truth: Count, norm: RMSNorm, x: Shape) -> int:
    return 2 * truth(norm, x)


MISCONCEPTIONS = (
    Misconception(
        id="bn-two-per-channel-in-keras",
        topic="batchnorm",
        rule=BatchNorm.non_trainable,
        wrong=statistics_left_out,
        belief="Batch normalization holds a scale and an offset for each channel, and nothing else.",
        mend="Keras also counts a moving mean and variance for each of the {channels} channels, as non-trainable.",
        grade="A",
    ),
    Misconception(
        id="bn-four-per-channel-in-pytorch",
        topic="batchnorm",
        rule=ChannelNorm.trainable,
        wrong=buffers_are_parameters,
        belief="Moving means and variances are parameters in every framework.",
        mend="PyTorch keeps the moving statistics of the {channels} channels as buffers, which are no parameters.",
        grade="A",
        kinds=(BatchNorm,),
    ),
    Misconception(
        id="bn-statistics-trained",
        topic="batchnorm",
        rule=ChannelNorm.trainable,
        wrong=statistics_are_trained,
        belief="Moving means and variances are trained, as scale and offset are.",
        mend="The moving statistics of the {channels} channels are measured, not trained.",
        grade="D",
        kinds=(BatchNorm,),
    ),
    Misconception(
        id="bn-per-activation",
        topic="batchnorm",
        rule=ChannelNorm.trainable,
        wrong=a_pair_for_each_cell,
        belief="Every cell of a map has a scale and an offset of its own.",
        mend="All cells of a map share one scale and one offset: there are {channels} of each, one for each channel.",
        grade="C",
    ),
    Misconception(
        id="bn-per-layer",
        topic="batchnorm",
        rule=ChannelNorm.trainable,
        wrong=one_pair_for_the_layer,
        belief="A normalization has one scale and one offset.",
        mend="Each of the {channels} channels has its own.",
        grade="D",
    ),
    Misconception(
        id="bn-scale-as-matrix",
        topic="batchnorm",
        rule=ChannelNorm.trainable,
        wrong=a_matrix_for_a_scale,
        belief="The scale is a matrix, as in a dense layer.",
        mend="A channel is multiplied by a number of its own and by nothing else: {channels} scales.",
        grade="D",
    ),
    Misconception(
        id="gn-per-group",
        topic="batchnorm",
        rule=ChannelNorm.trainable,
        wrong=a_pair_for_each_group,
        belief="Each group has one scale and one offset.",
        mend="The groups share their mean and variance; scale and offset belong to each of the {channels} channels.",
        grade="D",
        kinds=(GroupNorm,),
    ),
    Misconception(
        id="gn-like-bn",
        topic="batchnorm",
        rule=ChannelNorm.trainable,
        wrong=moving_statistics_of_groups,
        belief="A group normalization keeps moving statistics, as a batch normalization does.",
        mend="It measures mean and variance anew for each example, and keeps none: scale and offset are all.",
        grade="D",
        kinds=(GroupNorm,),
    ),
    Misconception(
        id="bn-only-scale",
        topic="batchnorm",
        rule=ChannelNorm.trainable,
        wrong=only_a_scale,
        belief="A normalization learns a scale and no offset.",
        mend="After the scale an offset is added: each of the {channels} channels has both.",
        grade="D",
    ),
    Misconception(
        id="ln-per-position",
        topic="layernorm",
        rule=LayerNorm.trainable,
        wrong=a_pair_for_each_position,
        belief="Every position has a scale and an offset of its own.",
        mend="All positions share the scales and offsets of the {features} features.",
        grade="D",
    ),
    Misconception(
        id="ln-per-token",
        topic="layernorm",
        rule=LayerNorm.trainable,
        wrong=a_pair_for_each_token,
        belief="Each position has one scale and one offset for all its features.",
        mend="Scale and offset belong to the {features} features, and all positions share them.",
        grade="D",
    ),
    Misconception(
        id="ln-like-bn",
        topic="layernorm",
        rule=LayerNorm.trainable,
        wrong=moving_statistics_too,
        belief="A layer normalization keeps moving statistics, as a batch normalization does.",
        mend="It measures mean and variance anew for each example, and keeps none: scale and offset are all.",
        grade="D",
    ),
    Misconception(
        id="ln-only-scale",
        topic="layernorm",
        rule=LayerNorm.trainable,
        wrong=only_a_scale,
        belief="A layer normalization learns a scale and no offset.",
        mend="After the scale an offset is added: each of the {features} features has both.",
        grade="D",
    ),
    Misconception(
        id="rmsnorm-like-ln",
        topic="layernorm",
        rule=RMSNorm.trainable,
        wrong=scale_and_offset,
        belief="An RMS normalization has a scale and an offset.",
        mend="It only scales: one number for each of the {features} features.",
        grade="D",
    ),
)
