"""Layers as Keras (on its torch backend) and PyTorch build them, run once on zeros, and measured."""

from __future__ import annotations

from math import prod
from typing import Any, Literal, TypeAlias

import keras
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from quizgen.layers.base import Layer, Shape
from tests.facts import Facts
from tests.oracle.kind import Inputs, Kind

Framework: TypeAlias = Literal["keras", "torch"]
FRAMEWORKS: tuple[Framework, ...] = ("keras", "torch")


def versions() -> dict[str, str]:
    return {"keras": keras.__version__, "torch": torch.__version__.partition("+")[0]}


def measure(kind: Kind, layer: Layer, inputs: Inputs) -> dict[Framework, Facts]:
    """What each framework that can build this configuration says of it."""
    built = {"keras": kind.keras(layer, inputs), "torch": kind.torch(layer, inputs)}
    return {
        framework: facts(kind, framework, built[framework], layer, inputs)
        for framework in FRAMEWORKS
        if built[framework] is not None
    }


def facts(kind: Kind, framework: Framework, built: Any, layer: Layer, inputs: Inputs) -> Facts:
    """Run the layer on a batch of one and count.

    The flop counter takes a multiplication and an addition for two, so half of its sum are MACs. Attention runs on its
    plain kernel, since the counter does not see inside the fused one; gradients stay on for the same reason.
    """
    first = framework == "torch" and kind.channels_first
    tensors = [example(channels_first(shape) if first else shape, kind.ids) for shape in inputs]
    if framework == "torch":
        built.eval()
    else:
        built(*tensors)
    with FlopCounterMode(display=False) as counter, sdpa_kernel(SDPBackend.MATH):
        result = built(*tensors)
    result = result[0] if isinstance(result, tuple | list) else result
    shape = Shape(int(size) for size in result.shape[1:])
    trainable, non_trainable = torch_parameters(built) if framework == "torch" else keras_parameters(built)
    macs = counter.get_total_flops() // 2 if kind.counted(layer, inputs) else None
    return Facts(channels_last(shape) if first else shape, trainable, non_trainable, macs)


def torch_parameters(module: torch.nn.Module) -> tuple[int, int]:
    """Parameters that have gradients; the others, with the buffers that hold numbers of the model.

    Batch normalization's step counter is an integer buffer and no parameter of the model: it is left out.
    """
    parameters = list(module.parameters())
    buffers = [buffer for buffer in module.buffers() if buffer.is_floating_point()]
    frozen = [parameter for parameter in parameters if not parameter.requires_grad]
    trainable = sum(parameter.numel() for parameter in parameters if parameter.requires_grad)
    return trainable, sum(tensor.numel() for tensor in (*frozen, *buffers))


def keras_parameters(layer: Any) -> tuple[int, int]:
    """As `summary()` prints them."""
    return elements(layer.trainable_weights), elements(layer.non_trainable_weights)


def elements(weights: Any) -> int:
    return sum(prod(weight.shape) for weight in weights)


def example(shape: Shape, ids: bool) -> torch.Tensor:
    return torch.zeros((1, *shape), dtype=torch.long if ids else torch.float32)


def channels_first(shape: Shape) -> Shape:
    return Shape((*shape[-1:], *shape[:-1]))


def channels_last(shape: Shape) -> Shape:
    return Shape((*shape[1:], *shape[:1]))
