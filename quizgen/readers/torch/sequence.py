"""PyTorch's modules over features and tokens: linear layers, normalizations, embeddings, activations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quizgen.errors import LayerError
from quizgen.layers.activation import Activation, Dropout, PReLU
from quizgen.layers.base import Layer, Shape
from quizgen.layers.dense import Dense
from quizgen.layers.embedding import Embedding
from quizgen.layers.given import Given
from quizgen.layers.normalization import BatchNorm, GroupNorm, InstanceNorm, LayerNorm, RMSNorm
from quizgen.readers.torch import joining, views
from quizgen.readers.torch.arguments import Demand
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.picking import MEAN, reduced
from quizgen.readers.torch.settings import whole
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.steps import Op, Step, in_order, lying, mismatched_axes, taken
from quizgen.readers.torch.tensors import BATCH, Tensor
from quizgen.unknown import Unknown


def linear(in_features: Any, out_features: Any, bias: Any = True, device: Any = None, dtype: Any = None) -> Op:
    return Step(Dense(whole("out_features", out_features), bool(bias)), "last", whole("in_features", in_features))


def lazy_linear(out_features: Any, bias: Any = True, device: Any = None, dtype: Any = None) -> Op:
    return Step(Dense(whole("out_features", out_features), bool(bias)), "last")


def bilinear(in1_features: Any, in2_features: Any, out_features: Any, bias: Any = True) -> Op:
    weights = whole("in1_features", in1_features) * whole("in2_features", in2_features)
    return Bilinear(weights, whole("out_features", out_features), bool(bias))


@dataclass(frozen=True, slots=True)
class Bilinear:
    """x₁ᵀ A x₂ + b, a matrix for each unit."""

    weights: int
    units: int
    bias: bool

    @property
    def held(self) -> int:
        return self.units * (self.weights + self.bias)

    def apply(self, graph: Graph, site: Site, x: Any, other: Any) -> Tensor:
        tensors = [lying(graph, taken(graph, one, Demand(None, "last"), site), "last", site) for one in (x, other)]
        result = graph.shape(tensors[0]).with_channels(self.units)
        return graph.emit(Given(result, self.held, self.units * self.weights, 2), tensors, tensors[0].dims, site)


def batch_norm(axes: tuple[int, ...]) -> Callable[..., Op]:
    def build(
        num_features: Any, eps: Any = 1e-5, momentum: Any = 0.1, affine: Any = True, track_running_stats: Any = True,
        device: Any = None, dtype: Any = None,
    ) -> Op:  # fmt: skip
        layer = BatchNorm(scale=bool(affine), center=bool(affine), statistics="buffers")
        return Ranked(layer, axes, whole("num_features", num_features))

    return build


def lazy_batch_norm(axes: tuple[int, ...]) -> Callable[..., Op]:
    def build(eps: Any = 1e-5, momentum: Any = 0.1, affine: Any = True, track_running_stats: Any = True) -> Op:
        return Ranked(BatchNorm(scale=bool(affine), center=bool(affine), statistics="buffers"), axes, None)

    return build


def instance_norm(axes: tuple[int, ...]) -> Callable[..., Op]:
    def build(
        num_features: Any, eps: Any = 1e-5, momentum: Any = 0.1, affine: Any = False, track_running_stats: Any = False,
        device: Any = None, dtype: Any = None,
    ) -> Op:  # fmt: skip
        return Ranked(InstanceNorm(scale=bool(affine), center=bool(affine)), axes, whole("num_features", num_features))

    return build


@dataclass(frozen=True, slots=True)
class Ranked:
    """A layer that the engine has for any number of axes, and PyTorch for some: BatchNorm2d reads maps only."""

    layer: Layer
    axes: tuple[int, ...]
    channels: int | None

    @property
    def held(self) -> int:
        return Step(self.layer, "first", self.channels).held

    def apply(self, graph: Graph, site: Site, x: Any) -> Tensor:
        axes = self.axes[0] if len(self.axes) == 1 else None
        tensor = taken(graph, x, Demand(axes, "first", self.channels), site)
        if len(tensor.order) not in self.axes:
            raise mismatched_axes(graph, tensor, self.axes, site)
        return Step(self.layer, "first", self.channels).apply(graph, site, tensor)


def group_norm(
    num_groups: Any, num_channels: Any, eps: Any = 1e-5, affine: Any = True, device: Any = None, dtype: Any = None
) -> Op:  # fmt: skip
    layer = GroupNorm(scale=bool(affine), center=bool(affine), groups=whole("num_groups", num_groups))
    return Step(layer, "first", whole("num_channels", num_channels))


def layer_norm(
    normalized_shape: Any, eps: Any = 1e-5, elementwise_affine: Any = True, bias: Any = True, device: Any = None,
    dtype: Any = None,
) -> Op:  # fmt: skip
    shape = normalized(normalized_shape)
    scale = bool(elementwise_affine)
    return Normalized(LayerNorm(scale=scale, center=scale and bool(bias), axes=len(shape)), shape)


def rms_norm(
    normalized_shape: Any, eps: Any = None, elementwise_affine: Any = True, device: Any = None, dtype: Any = None
) -> Op:  # fmt: skip
    shape = normalized(normalized_shape)
    return Normalized(RMSNorm(scale=bool(elementwise_affine), axes=len(shape)), shape)


def normalized(shape: Any) -> tuple[int, ...]:
    values = tuple(shape) if isinstance(shape, tuple | list) else (shape,)
    return tuple(whole("normalized_shape", getattr(value, "amount", value)) for value in values)


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalization over the last of PyTorch's axes."""

    layer: Layer
    shape: tuple[int, ...]

    @property
    def held(self) -> int:
        return self.layer.trainable(Shape(self.shape))

    def apply(self, graph: Graph, site: Site, x: Any) -> Tensor:
        demand = Demand(len(self.shape) if len(self.shape) > 1 else None, "last" if len(self.shape) == 1 else "any")
        tensor = taken(graph, x, demand, site)
        if len(self.shape) == 1:
            return Step(self.layer, "last", self.shape[0]).apply(graph, site, tensor)
        if len(tensor.order) != len(self.shape) or set(tensor.dims[-len(self.shape) :]) & {(BATCH,)}:
            tensor = in_order(graph, tensor, site)
        held = graph.sizes(tensor)[-len(self.shape) :]
        for place, (size, wanted) in enumerate(zip(held, self.shape, strict=False)):
            (axis,) = tensor.dims[place - len(self.shape)]
            if isinstance(size.amount, Unknown):
                graph.settle(tensor, axis, wanted)
            elif size.amount != wanted:
                raise site.error(f"it normalizes {self.shape}, but {tuple(one.amount for one in held)} reaches it.")
        return graph.emit(self.layer, [tensor], tensor.dims, site)


def embedding(
    num_embeddings: Any, embedding_dim: Any, padding_idx: Any = None, max_norm: Any = None, norm_type: Any = 2.0,
    scale_grad_by_freq: Any = False, sparse: Any = False, device: Any = None, dtype: Any = None,
) -> Op:  # fmt: skip
    return Table(Embedding(whole("num_embeddings", num_embeddings), whole("embedding_dim", embedding_dim)))


def embedding_bag(num_embeddings: Any, embedding_dim: Any, *others: Any, mode: str = "mean", **more: Any) -> Op:
    table = Embedding(whole("num_embeddings", num_embeddings), whole("embedding_dim", embedding_dim))
    return Table(table, bag=True)


@dataclass(frozen=True, slots=True)
class Table:
    """An embedding; a bag takes the mean of what it looks up."""

    layer: Embedding
    bag: bool = False

    @property
    def held(self) -> int:
        return self.layer.vocabulary * self.layer.width

    def apply(self, graph: Graph, site: Site, x: Any, *others: Any) -> Tensor:
        tensor = in_order(graph, taken(graph, x, Demand(1, "last"), site), site)
        dims = (*tensor.dims, (len(tensor.order),))
        looked_up = graph.emit(self.layer, [tensor], dims, site)
        return reduced(MEAN)(graph, site.beside(f"{site.name}.mean", "mean"), looked_up, 1) if self.bag else looked_up


@dataclass(frozen=True, slots=True)
class Applied:
    """A function as a module: `Flatten`, `Unflatten`."""

    function: Callable[..., Any]
    settings: tuple[Any, ...] = ()

    held = 0

    def apply(self, graph: Graph, site: Site, x: Any) -> Any:
        before = len(graph.nodes)
        y = self.function(graph, site, x, *self.settings)
        if len(graph.nodes) == before and isinstance(y, Tensor):
            return graph.emit(Activation("linear"), [y], y.dims, site)  # a module has its row, whatever it does
        return y


def flatten(start_dim: Any = 1, end_dim: Any = -1) -> Op:
    return Applied(views.flatten, (start_dim, end_dim))


def unflatten(dim: Any, unflattened_size: Any) -> Op:
    return Applied(views.unflatten, (dim, unflattened_size))


def identity(*others: Any, **more: Any) -> Op:
    return Step(Activation("linear"))


def dropout(p: Any = 0.5, inplace: Any = False, training: Any = True) -> Op:
    if not isinstance(p, int | float):
        raise LayerError(f"p = {p!r} is no share.", remedy="It lies between 0 and 1.")
    return Step(Dropout(p))


def prelu(num_parameters: Any = 1, init: Any = 0.25, device: Any = None, dtype: Any = None) -> Op:
    slopes = whole("num_parameters", num_parameters)
    return Step(PReLU("layer")) if slopes == 1 else Step(PReLU("channel"), "first", slopes)


ACTIVATIONS = {
    "ReLU": "relu", "ReLU6": "relu6", "LeakyReLU": "leaky_relu", "ELU": "elu", "CELU": "elu", "SELU": "selu",
    "GELU": "gelu", "SiLU": "silu", "Mish": "mish", "Softplus": "softplus", "Softsign": "softsign",
    "Softmax": "softmax", "Softmax2d": "softmax", "Softmin": "softmax", "LogSoftmax": "log_softmax",
    "Sigmoid": "sigmoid", "LogSigmoid": "sigmoid", "Hardsigmoid": "hard_sigmoid", "Hardswish": "hard_silu",
    "Tanh": "tanh", "Hardtanh": "tanh", "Tanhshrink": "tanh", "RReLU": "leaky_relu", "Threshold": "relu",
    "Hardshrink": "relu", "Softshrink": "relu",
}  # fmt: skip
"""What PyTorch's modules are in the engine, which knows the usual ones; the others count alike."""


def activation(name: str) -> Callable[..., Op]:
    def build(*settings: Any, **named: Any) -> Op:
        return Step(Activation(name))

    return build


def gated(dim: Any = -1) -> Op:
    """`GLU`: one half of the channels gates the other."""
    return Applied(joining.gated, (dim,))
