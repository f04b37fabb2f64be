"""Low-rank adapters, as Keras and PyTorch build them."""

from __future__ import annotations

from random import Random
from typing import Any

import keras
import torch

from quizgen.layers import Dense, LoRA, LoRAAttention, MultiHeadAttention, Shape
from quizgen.layers.adapters import PROJECTIONS
from tests.oracle.assembled import Assembled, sequence_shape
from tests.oracle.attention import attention, dot_product
from tests.oracle.drawing import coin
from tests.oracle.kind import Inputs, Kind


class LowRank(torch.nn.Module):
    """A frozen linear module and the two trained matrices beside it (arXiv:2106.09685, eq. 3)."""

    def __init__(self, base: torch.nn.Linear, rank: int) -> None:
        super().__init__()
        self.base = base.requires_grad_(False)
        self.down = torch.nn.Linear(base.in_features, rank, bias=False)
        self.up = torch.nn.Linear(rank, base.out_features, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.base(x) + self.up(self.down(x))  # type: ignore[no-any-return]


def draw_lora(random: Random) -> tuple[LoRA, Inputs]:
    base = Dense(random.randint(2, 40), coin(random))
    shape = Shape(random.randint(2, 12) for _ in range(random.randint(1, 3)))
    return LoRA(base, random.randint(2, 8)), (shape,)


def torch_lora(layer: LoRA, inputs: Inputs) -> Any:
    return LowRank(torch.nn.Linear(inputs[0].channels, layer.base.units, bias=layer.base.bias), layer.rank)


def keras_lora(layer: LoRA, inputs: Inputs) -> Any:
    """Keras goes on training the bias, so that only layers without one compare."""
    if layer.base.bias:
        return None
    built = keras.layers.Dense(layer.base.units, use_bias=False)
    built.build((None, *inputs[0]))
    built.enable_lora(layer.rank)
    return built


def keras_is_not_asked(layer: LoRA, inputs: Inputs) -> bool:
    """Keras adds the adapter to the kernel first, which costs other products than the adapter beside it."""
    return layer.base.bias


def draw_lora_attention(random: Random) -> tuple[LoRAAttention, Inputs]:
    shape = sequence_shape(random)
    targets = random.sample(PROJECTIONS, random.randint(1, len(PROJECTIONS)))
    base = attention(random, MultiHeadAttention, shape.channels)
    return LoRAAttention(base, random.randint(2, 8), tuple(targets)), (shape,)


def torch_lora_attention(layer: LoRAAttention, inputs: Inputs) -> Any:
    base, width = layer.base, inputs[0].channels
    kv_heads, value_dim = base.kv_heads or base.heads, base.value_dim or base.key_dim
    sizes = {
        "query": (width, base.heads * base.key_dim),
        "key": (width, kv_heads * base.key_dim),
        "value": (width, kv_heads * value_dim),
        "output": (base.heads * value_dim, base.width or width),
    }
    linears = {name: torch.nn.Linear(*size, bias=base.bias).requires_grad_(False) for name, size in sizes.items()}
    modules = {
        name: LowRank(linear, layer.rank) if name in layer.targets else linear for name, linear in linears.items()
    }

    def run(parts: Any, x: torch.Tensor) -> torch.Tensor:
        query, key, value = (parts[name](x) for name in ("query", "key", "value"))
        attended: torch.Tensor = parts["output"](dot_product(base, query, key, value))
        return attended

    return Assembled(run, **modules)


KINDS: tuple[Kind, ...] = (
    Kind("LoRA", draw_lora, keras_lora, torch_lora, channels_first=False, counted=keras_is_not_asked),
    Kind("LoRAAttention", draw_lora_attention, torch=torch_lora_attention, channels_first=False),
)
