"""Normalizations, activations and dropout: layers that take any shape and keep it."""

from __future__ import annotations

from quizgen.layers import Activation, Dropout, GroupNorm, LayerNorm, Normalization, PReLU, RMSNorm
from quizgen.layers.base import Layer
from quizgen.layers.normalization import ChannelNorm
from quizgen.sampling.conventions import batch_norm, instance_norm, slopes
from quizgen.sampling.layers.convolution import comes_out, divides
from quizgen.sampling.layers.shapes import VECTORS, draw_any
from quizgen.sampling.request import Request
from quizgen.sampling.subject import Drawn

USUAL_ACTIVATIONS = ("relu", "tanh", "sigmoid", "gelu")
RATES = (0.1, 0.2, 0.25, 0.3, 0.5)


def draw_batch_norm(request: Request, kind: type[Layer]) -> Drawn:
    """On a map, with its statistics counted as the framework counts them."""
    scale, center = request.flag("scale", True), request.flag("center", True)
    return batch_norm(request.framework, scale=scale, center=center), (draw_any(request),)


def draw_layer_norm(request: Request, kind: type[Layer]) -> Drawn:
    """Over the features of each token, as transformers use it."""
    scale, center = request.flag("scale", True), request.flag("center", True)
    return LayerNorm(scale=scale, center=center), (draw_any(request, "vectors"),)


def draw_rms_norm(request: Request, kind: type[Layer]) -> Drawn:
    """Over the features of each token."""
    return RMSNorm(scale=request.flag("scale", True)), (draw_any(request, "vectors"),)


def draw_group_norm(request: Request, kind: type[ChannelNorm]) -> Drawn:
    """Groups into which the channels come out."""
    last_axis = "features" if request.asks(*VECTORS) else "channels"
    groups = request.draw("groups", (2, 3, 4, 5, 8), if_=comes_out(request, last_axis))
    return GroupNorm(groups), (draw_any(request, if_=divides(groups)),)


def draw_instance_norm(request: Request, kind: type[Layer]) -> Drawn:
    """On a map, with what the framework's layer learns by default."""
    usual = instance_norm(request.framework)
    scale, center = request.flag("scale", usual.scale), request.flag("center", usual.center)
    return type(usual)(scale=scale, center=center), (draw_any(request),)


def draw_normalization(request: Request, kind: type[Layer]) -> Drawn:
    """On a vector of inputs."""
    return Normalization(), (draw_any(request, "vector"),)


def draw_prelu(request: Request, kind: type[Layer]) -> Drawn:
    """On a map, with the slopes that the framework's layer has by default."""
    return PReLU(request.draw("one_per", slopes(request.framework))), (draw_any(request),)


def draw_activation(request: Request, kind: type[Layer]) -> Drawn:
    """On a vector, unless the author speaks of a map."""
    return Activation(request.draw("activation", USUAL_ACTIVATIONS)), (draw_any(request, "vector"),)


def draw_dropout(request: Request, kind: type[Layer]) -> Drawn:
    """On a vector, unless the author speaks of a map."""
    return Dropout(request.stream.choice(RATES)), (draw_any(request, "vector"),)
