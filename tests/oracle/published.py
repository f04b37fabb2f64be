"""Published architectures once more, by hand in PyTorch from their papers' and frameworks' descriptions, not from ours.

torchvision and transformers are not needed: these say the same in fewer lines, and their totals are the published ones.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import keras
import torch
from torch import Tensor, nn


def conv(inward: int, outward: int, kernel: int, stride: int = 1, padding: int = 0, groups: int = 1) -> list[nn.Module]:
    return [nn.Conv2d(inward, outward, kernel, stride, padding, groups=groups), nn.ReLU()]


def dense_head(features: int) -> list[nn.Module]:
    return [
        nn.Flatten(),
        nn.Linear(features, 4096),
        nn.ReLU(),
        nn.Linear(4096, 4096),
        nn.ReLU(),
        nn.Linear(4096, 1000),
    ]


def lenet_5() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10),
    )  # fmt: skip


def alexnet() -> nn.Module:
    """torchvision `alexnet`."""
    return nn.Sequential(
        *conv(3, 64, 11, 4, 2), nn.MaxPool2d(3, 2),
        *conv(64, 192, 5, 1, 2), nn.MaxPool2d(3, 2),
        *conv(192, 384, 3, 1, 1), *conv(384, 256, 3, 1, 1), *conv(256, 256, 3, 1, 1), nn.MaxPool2d(3, 2),
        nn.AdaptiveAvgPool2d(6), *dense_head(9216),
    )  # fmt: skip


def alexnet_2012() -> nn.Module:
    """Caffe `bvlc_alexnet`."""
    return nn.Sequential(
        *conv(3, 96, 11, 4), nn.MaxPool2d(3, 2),
        *conv(96, 256, 5, 1, 2, 2), nn.MaxPool2d(3, 2),
        *conv(256, 384, 3, 1, 1), *conv(384, 384, 3, 1, 1, 2), *conv(384, 256, 3, 1, 1, 2), nn.MaxPool2d(3, 2),
        *dense_head(9216),
    )  # fmt: skip


class Block(nn.Module):
    """A residual block of convolutions, given as (filters, kernel, stride)."""

    def __init__(self, inward: int, *layers: tuple[int, int, int]) -> None:
        super().__init__()
        widths = [inward, *(filters for filters, _, _ in layers)]
        parts: list[nn.Module] = []
        for (before, after), (_, kernel, stride) in zip(pairwise(widths), layers, strict=True):
            parts += [
                nn.Conv2d(before, after, kernel, stride, kernel // 2, bias=False),
                nn.BatchNorm2d(after),
                nn.ReLU(),
            ]
        self.branch, self.relu = nn.Sequential(*parts[:-1]), nn.ReLU()
        stride = max(stride for _, _, stride in layers)
        self.shortcut: nn.Module = nn.Identity()
        if stride > 1 or inward != widths[-1]:
            projection = nn.Conv2d(inward, widths[-1], 1, stride, bias=False)
            self.shortcut = nn.Sequential(projection, nn.BatchNorm2d(widths[-1]))

    def forward(self, x: Tensor) -> Tensor:
        result: Tensor = self.relu(self.branch(x) + self.shortcut(x))
        return result


def resnet(depths: tuple[int, ...], widths: tuple[int, ...], classes: int, bottleneck: bool = False) -> nn.Module:
    """torchvision's ResNets for 1,000 classes; for 10 the one for CIFAR."""
    first = widths[0]
    imagenet = [nn.Conv2d(3, first, 7, 2, 3, bias=False), nn.BatchNorm2d(first), nn.ReLU(), nn.MaxPool2d(3, 2, 1)]
    cifar = [nn.Conv2d(3, first, 3, 1, 1, bias=False), nn.BatchNorm2d(first), nn.ReLU()]
    body, inward = imagenet if classes == 1000 else cifar, first
    for stage, (width, depth) in enumerate(zip(widths, depths, strict=True)):
        for place in range(depth):
            stride = 2 if stage and not place else 1
            basic = (width, 3, stride), (width, 3, 1)
            body.append(
                Block(inward, *(((width, 1, 1), (width, 3, stride), (4 * width, 1, 1)) if bottleneck else basic))
            )
            inward = 4 * width if bottleneck else width
    return nn.Sequential(*body, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inward, classes))


class UNet(nn.Module):
    """The layout of 2015: no padding, up-convolutions of 2 × 2, cropped skip connections."""

    def __init__(self) -> None:
        super().__init__()
        widths = (64, 128, 256, 512, 1024)
        self.down = nn.ModuleList(
            nn.Sequential(*conv(inward, outward, 3), *conv(outward, outward, 3))
            for inward, outward in pairwise((1, *widths))
        )
        self.up = nn.ModuleList(nn.ConvTranspose2d(2 * width, width, 2, 2) for width in reversed(widths[:-1]))
        self.join = nn.ModuleList(
            nn.Sequential(*conv(2 * width, width, 3), *conv(width, width, 3)) for width in reversed(widths[:-1])
        )
        self.output = nn.Conv2d(64, 2, 1)

    def forward(self, x: Tensor) -> Tensor:
        maps = [self.down[0](x)]
        for level in self.down[1:]:
            maps.append(level(nn.functional.max_pool2d(maps[-1], 2)))
        x = maps.pop()
        for up, join in zip(self.up, self.join, strict=True):
            x, skip = up(x), maps.pop()
            margin = (skip.shape[-1] - x.shape[-1]) // 2
            x = join(torch.cat([nn.functional.pad(skip, (-margin,) * 4), x], dim=1))
        result: Tensor = self.output(x)
        return result


def encoder(width: int, heads: int, blocks: int, *, pre_norm: bool) -> nn.Module:
    return nn.Sequential(
        *(
            nn.TransformerEncoderLayer(
                width, heads, 4 * width, activation="gelu", batch_first=True, norm_first=pre_norm
            )
            for _ in range(blocks)
        )
    )


class Bert(nn.Module):
    """Hugging Face `BertModel`: three tables, a norm, the blocks, a pooler."""

    def __init__(self, width: int, heads: int, blocks: int) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(30_522, width), nn.Embedding(512, width)
        self.segments, self.norm = nn.Embedding(2, width), nn.LayerNorm(width)
        self.blocks, self.pooler = encoder(width, heads, blocks, pre_norm=False), nn.Linear(width, width)

    def forward(self, ids: Tensor, segments: Tensor) -> Tensor:
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.segments(segments)
        return torch.tanh(self.pooler(self.blocks(self.norm(x))[:, 0]))


class Gpt2(nn.Module):
    """Hugging Face `GPT2LMHeadModel`: the head is the table of the words."""

    def __init__(self, width: int, heads: int, blocks: int) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(50_257, width), nn.Embedding(1024, width)
        self.blocks, self.norm = encoder(width, heads, blocks, pre_norm=True), nn.LayerNorm(width)
        self.head = nn.Linear(width, 50_257, bias=False)
        self.head.weight = self.words.weight

    def forward(self, ids: Tensor) -> Tensor:
        x = self.words(ids) + self.places.weight
        result: Tensor = self.head(self.norm(self.blocks(x)))
        return result


class Translator(nn.Module):
    """The first transformer: both tables and the head are one, positions are sines, and no norm follows the blocks."""

    def __init__(self, width: int, heads: int, hidden: int) -> None:
        super().__init__()
        self.words, self.head = nn.Embedding(37_000, width), nn.Linear(width, 37_000, bias=False)
        self.head.weight = self.words.weight
        self.encoder = nn.Sequential(
            *(nn.TransformerEncoderLayer(width, heads, hidden, batch_first=True) for _ in range(6))
        )
        self.decoder = nn.ModuleList(
            nn.TransformerDecoderLayer(width, heads, hidden, batch_first=True) for _ in range(6)
        )

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        memory, x = self.encoder(self.words(source)), self.words(target)
        for block in self.decoder:
            x = block(x, memory)
        result: Tensor = self.head(x)
        return result


class ViT(nn.Module):
    """torchvision `vit_b_16`."""

    def __init__(self, width: int, heads: int, blocks: int, patch: int) -> None:
        super().__init__()
        self.patches, self.token = nn.Conv2d(3, width, patch, patch), nn.Parameter(torch.zeros(1, 1, width))
        self.places = nn.Parameter(torch.zeros((224 // patch) ** 2 + 1, width))
        self.blocks, self.norm = encoder(width, heads, blocks, pre_norm=True), nn.LayerNorm(width)
        self.head = nn.Linear(width, 1000)

    def forward(self, x: Tensor) -> Tensor:
        x = torch.cat([self.token, self.patches(x).flatten(2).transpose(1, 2)], dim=1) + self.places
        result: Tensor = self.head(self.norm(self.blocks(x))[:, 0])
        return result


class LlamaBlock(nn.Module):
    """Grouped-query attention and a gated feed-forward network, without biases; positions are turned, not learned."""

    def __init__(self, width: int, heads: int, kv_heads: int, hidden: int) -> None:
        super().__init__()
        head = width // heads
        self.heads, self.kv_heads = heads, kv_heads
        self.norm1, self.norm2 = nn.RMSNorm(width), nn.RMSNorm(width)
        self.q, self.o = nn.Linear(width, width, bias=False), nn.Linear(width, width, bias=False)
        self.k, self.v = (nn.Linear(width, kv_heads * head, bias=False) for _ in range(2))
        self.gate, self.up = (nn.Linear(width, hidden, bias=False) for _ in range(2))
        self.down = nn.Linear(hidden, width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm1(x)
        q, k, v = (
            part(y).unflatten(-1, (heads, -1)).transpose(1, 2)
            for part, heads in ((self.q, self.heads), (self.k, self.kv_heads), (self.v, self.kv_heads))
        )
        seen = nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
        x = x + self.o(seen.transpose(1, 2).flatten(-2))
        y = self.norm2(x)
        result: Tensor = x + self.down(nn.functional.silu(self.gate(y)) * self.up(y))
        return result


def llama_3_8b() -> nn.Module:
    blocks = (LlamaBlock(4096, 32, 8, 14_336) for _ in range(32))
    return nn.Sequential(nn.Embedding(128_256, 4096), *blocks, nn.RMSNorm(4096), nn.Linear(4096, 128_256, bias=False))


RESTATED: dict[str, Callable[[], nn.Module]] = {
    "lenet-5": lenet_5,
    "alexnet": alexnet,
    "alexnet-2012": alexnet_2012,
    "resnet-20": lambda: resnet((3, 3, 3), (16, 32, 64), 10),
    "resnet-18": lambda: resnet((2, 2, 2, 2), (64, 128, 256, 512), 1000),
    "resnet-34": lambda: resnet((3, 4, 6, 3), (64, 128, 256, 512), 1000),
    "resnet-50": lambda: resnet((3, 4, 6, 3), (64, 128, 256, 512), 1000, bottleneck=True),
    "unet": UNet,
    "transformer-base": lambda: Translator(512, 8, 2048),
    "bert-base": lambda: Bert(768, 12, 12),
    "gpt-2": lambda: Gpt2(768, 12, 12),
    "gpt-2-medium": lambda: Gpt2(1024, 16, 24),
    "llama-3-8b": llama_3_8b,
    "vit-b-16": lambda: ViT(768, 12, 12, 16),
}

KERAS: dict[str, Callable[..., Any]] = {
    "vgg-16": keras.applications.VGG16,
    "vgg-19": keras.applications.VGG19,
    "resnet-50-keras": keras.applications.ResNet50,
    "mobilenet": keras.applications.MobileNet,
}
