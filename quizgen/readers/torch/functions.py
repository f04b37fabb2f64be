"""PyTorch's functions on tensors, by name: those of `torch`, of `torch.nn.functional`, and the methods of a tensor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from quizgen.layers.activation import Activation
from quizgen.readers.torch import einops, joining, picking, resizing, spatial, views
from quizgen.readers.torch.arguments import Demand
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.sequence import dropout
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.steps import Step, lying, taken
from quizgen.readers.torch.tensors import Tensor

Function = Callable[..., Any]


def of_module(build: Callable[..., Any]) -> Function:
    """A function that does what a module with the same settings does."""

    def apply(graph: Graph, site: Site, input: Any, *settings: Any, **named: Any) -> Any:
        return build(*settings, **named).apply(graph, site, input)

    return apply


def activated(name: str) -> Function:
    def apply(graph: Graph, site: Site, input: Any, *settings: Any, **named: Any) -> Tensor:
        return Step(Activation(name)).apply(graph, site, input)

    return apply


def same(graph: Graph, site: Site, input: Any, *settings: Any, **named: Any) -> Any:
    """What changes numbers and no shape, and is no layer."""
    return input


def padded(graph: Graph, site: Site, input: Any, pad: Any, mode: str = "constant", value: Any = None) -> Any:
    """`F.pad`, which names as many of the last axes as it pads."""
    rank = len(pad) // 2
    x = taken(graph, input, Demand(None, "first"), site)
    axes = len(lying(graph, x, "first", site).order) - 1
    if axes < 1 or rank > axes:
        raise site.error(f"{tuple(pad)} pads {rank} axes.", remedy="Maps have their channels first.")
    return resizing.Padded(axes, (*pad, *(0,) * 2 * (axes - rank))).apply(graph, site, x)


def scored(graph: Graph, site: Site, input: Any, *others: Any, **named: Any) -> Any:
    """A loss: what it is worth is no part of the network."""
    return input


ACTIVATIONS = {
    "relu": "relu", "relu6": "relu6", "leaky_relu": "leaky_relu", "elu": "elu", "celu": "elu", "selu": "selu",
    "gelu": "gelu", "silu": "silu", "swish": "silu", "mish": "mish", "softplus": "softplus", "softsign": "softsign",
    "softmax": "softmax", "softmin": "softmax", "log_softmax": "log_softmax", "gumbel_softmax": "softmax",
    "sigmoid": "sigmoid", "logsigmoid": "sigmoid", "hardsigmoid": "hard_sigmoid", "hardswish": "hard_silu",
    "tanh": "tanh", "hardtanh": "tanh", "tanhshrink": "tanh", "rrelu": "leaky_relu", "threshold": "relu",
}  # fmt: skip
SAME = (
    "contiguous", "clone", "detach", "to", "cuda", "cpu", "float", "double", "half", "long", "int", "bool", "type",
    "type_as", "requires_grad_", "exp", "log", "log1p", "sqrt", "rsqrt", "abs", "square", "pow", "neg", "sign", "sin",
    "cos", "clamp", "clip", "round", "floor", "masked_fill", "masked_fill_", "normalize", "nan_to_num", "retain_grad",
    "reciprocal", "erf", "roll", "flip", "sort", "cumsum", "feature_alpha_dropout", "tril", "triu",
    "local_response_norm", "Variable", "from_numpy", "channel_shuffle", "refine_names",
)  # fmt: skip
LOSSES = (
    "cross_entropy", "nll_loss", "mse_loss", "l1_loss", "smooth_l1_loss", "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
)  # fmt: skip

FUNCTIONS: dict[str, Function] = {
    **{name: activated(known) for name, known in ACTIVATIONS.items()},
    **dict.fromkeys(SAME, same),
    **{
        name: of_module(dropout)
        for name in ("dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout", "feature_dropout")
    },
    **{f"max_pool{rank}d": of_module(spatial.max_pool(rank)) for rank in (1, 2, 3)},
    **{f"avg_pool{rank}d": of_module(spatial.average_pooling(rank)) for rank in (1, 2, 3)},
    **{
        f"adaptive_max_pool{rank}d": of_module(spatial.adaptive(spatial.ADAPTIVE_MAXIMUM, spatial.GLOBAL_MAXIMUM, rank))
        for rank in (1, 2, 3)
    },
    **{
        f"adaptive_avg_pool{rank}d": of_module(spatial.adaptive(spatial.ADAPTIVE_AVERAGE, spatial.GLOBAL_AVERAGE, rank))
        for rank in (1, 2, 3)
    },
    "interpolate": of_module(resizing.upsample),
    "upsample": of_module(resizing.upsample),
    "pixel_shuffle": of_module(resizing.pixel_shuffle),
    "pixel_unshuffle": of_module(resizing.pixel_unshuffle),
    "pad": padded,
    "glu": joining.gated,
    "view": views.view,
    "reshape": views.view,
    "flatten": views.flatten,
    "ravel": views.flatten,
    "unflatten": views.unflatten,
    "squeeze": views.squeeze,
    "unsqueeze": views.unsqueeze,
    "permute": views.permute,
    "transpose": views.transpose,
    "swapaxes": views.transpose,
    "t": lambda graph, site, x: views.transpose(graph, site, x, 0, 1),
    "getitem": picking.item,
    "mean": picking.reduced(picking.MEAN),
    "sum": picking.reduced(picking.MEAN),
    "amax": picking.reduced(picking.MAXIMUM),
    "amin": picking.reduced(picking.MAXIMUM),
    "logsumexp": picking.reduced(picking.MAXIMUM),
    "norm": lambda graph, site, x, p=2, dim=None, keepdim=False: picking.reduced({})(graph, site, x, dim, keepdim),
    "std": picking.reduced({}),
    "var": picking.reduced({}),
    "argmax": picking.reduced({}),
    "argmin": picking.reduced({}),
    "max": picking.extreme,
    "min": picking.extreme,
    "topk": picking.best,
    "chunk": picking.chunk,
    "split": picking.split,
    "unbind": picking.unbind,
    "narrow": lambda graph, site, x, dim, start, length: picking.narrow(graph, site, x, dim, length),
    "select": lambda graph, site, x, dim, index: picking.narrow(graph, site, x, dim, None),
    "add": joining.add,
    "add_": joining.add,
    "sub": joining.add,
    "subtract": joining.add,
    "mul": joining.multiply,
    "multiply": joining.multiply,
    "div": joining.multiply,
    "cat": joining.cat,
    "concat": joining.cat,
    "concatenate": joining.cat,
    "stack": joining.stack,
    "matmul": joining.matmul,
    "bmm": joining.matmul,
    "mm": joining.matmul,
    "rearrange": einops.rearrange,
    "reduce": einops.reduce,
    "scaled_dot_product_attention": joining.dot_product,
    **dict.fromkeys(LOSSES, scored),
}  # fmt: skip
"""Every function that is understood. It gets the graph, its place, and the arguments of the call."""

IGNORING = (same, scored)
"""Those for which nothing but the tensor matters."""
