"""Printed programs, run as a reader would run them, and what Keras and PyTorch say of what they build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from runpy import run_path
from typing import Any, NamedTuple

import torch

from quizgen.layers import Embedding
from quizgen.layers.base import Shape
from quizgen.network import Network
from quizgen.views import keras_code, torch_code
from tests.oracle.frameworks import channels_first, elements, example


class Built(NamedTuple):
    """What a program built.

    output: the shape that comes out in the end.
    shapes, params: by name, what comes out of a layer and how many parameters it has, where the framework tells.
    """

    output: Shape
    trainable: int
    non_trainable: int
    shapes: Mapping[str, Shape]
    params: Mapping[str, int]


def run(code: str, folder: Path) -> Any:
    """The model that a program builds, from a file of its own."""
    path = folder / "program.py"
    path.write_text(code, encoding="utf-8")
    return run_path(str(path))["model"]


def run_keras(network: Network, folder: Path, *, names: bool) -> Built:
    """The network's Keras program, built."""
    model = run(keras_code(network, names=names), folder)
    return Built(
        shape_of(model.outputs[0]),
        elements(model.trainable_weights),
        elements(model.non_trainable_weights),
        {layer.name: shape_of(layer.output) for layer in model.layers},
        {layer.name: layer.count_params() for layer in model.layers},
    )


def run_torch(network: Network, folder: Path, *, names: bool) -> Built:
    """The network's PyTorch program, run on zeros. PyTorch's moving statistics are buffers and no parameters."""
    code = torch_code(network, names=names)
    model = run(code, folder).eval()
    shapes: dict[str, Shape] = {}
    for name, module in model.named_children():
        module.register_forward_hook(noting(shapes, name))
    first, ids = "channels first" in code, any(isinstance(node.layer, Embedding) for node in network.nodes)
    with torch.no_grad():
        output = model(*(example(channels_first(shape) if first else shape, ids) for shape in network.inputs))
    parameters = list(model.parameters())
    held = {name: sum(parameter.numel() for parameter in child.parameters()) for name, child in model.named_children()}
    return Built(
        shape_of(output),
        sum(parameter.numel() for parameter in parameters if parameter.requires_grad),
        sum(parameter.numel() for parameter in parameters if not parameter.requires_grad),
        shapes,
        held | {name: parameter.numel() for name, parameter in model.named_parameters(recurse=False)},
    )


def noting(shapes: dict[str, Shape], name: str) -> Any:
    """A hook that notes the shape of what a module puts out; of a tuple, the first."""

    def note(module: Any, inputs: Any, output: Any) -> None:
        shapes[name] = shape_of(output[0] if isinstance(output, tuple) else output)

    return note


def shape_of(tensor: Any) -> Shape:
    return Shape(int(size) for size in tensor.shape[1:])
