"""The vocabulary of the compact notation: its words, what their numbers are, and the suffixes that settings have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizgen import layers as kinds
from quizgen.layers.activation import ACTIVATIONS
from quizgen.layers.base import Layer, setting_names
from quizgen.readers.compact.numbers import TUPLES


@dataclass(frozen=True, slots=True)
class Word:
    """A word that stands for a layer.

    kinds: the layer for inputs of one, two and three spatial axes, or the one for all inputs.
    numbers: the settings that its numbers are, in their order; `open` of the last may be left out. Where the first is a
        tuple, such as a kernel, it takes all numbers that the others leave.
    settings: what the word says without a number.
    both_ways: whether the layer stands in a `Bidirectional`.
    axes: of its input, where the layer itself does not tell.
    """

    name: str
    kinds: tuple[type[Layer], ...]
    numbers: tuple[str, ...] = ()
    open: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)
    both_ways: bool = False
    axes: int | None = None
    example: str = ""

    @property
    def fields(self) -> frozenset[str]:
        """The settings that may follow as suffixes."""
        kind: Any = self.kinds[0]
        merge = {"merge"} if self.both_ways else set()
        return frozenset(setting_names(kind)) - {*self.numbers, *self.settings} | merge

    @property
    def is_sized(self) -> bool:
        """Whether its first number is one for each axis."""
        return bool(self.numbers) and self.numbers[0] in TUPLES

    @property
    def scalars(self) -> tuple[str, ...]:
        """The settings of its other numbers."""
        return self.numbers[self.is_sized :]


@dataclass(frozen=True, slots=True)
class Suffix:
    """A setting behind a word: a letter and its number (`s2`), or a word of its own (`same`) that stands for a value."""

    name: str
    setting: str
    value: Any = None


SUFFIXES: tuple[Suffix, ...] = (
    Suffix("s", "stride"),
    Suffix("p", "padding"),
    Suffix("same", "padding", "same"),
    Suffix("valid", "padding", "valid"),
    Suffix("d", "dilation"),
    Suffix("g", "groups"),
    Suffix("m", "multiplier"),
    Suffix("op", "output_padding"),
    Suffix("ceil", "ceil", True),
    Suffix("keep", "keepdims", True),
    Suffix("-bias", "bias", False),
    Suffix("-bias", "biases", 0),
    Suffix("b", "biases"),
    Suffix("seq", "sequences", True),
    Suffix("proj", "projection"),
    Suffix("sum", "merge", "sum"),
    Suffix("ave", "merge", "ave"),
    Suffix("mul", "merge", "mul"),
    Suffix("-scale", "scale", False),
    Suffix("-center", "center", False),
    Suffix("scale", "scale", True),
    Suffix("center", "center", True),
    Suffix("buffers", "statistics", "buffers"),
    Suffix("channel", "one_per", "channel"),
    Suffix("layer", "one_per", "layer"),
    Suffix("key", "key_dim"),
    Suffix("value", "value_dim"),
    Suffix("width", "width"),
    Suffix("kv", "kv_heads"),
    Suffix("causal", "causal", True),
    Suffix("gated", "gated", True),
    Suffix("rms", "norm", "rms"),
    Suffix("pre", "pre_norm", True),
)
"""Every suffix; a word takes those whose setting its layer has."""


def spatial(name: str) -> tuple[type[Layer], ...]:
    """The kinds of that name for one, two and three spatial axes, as far as there are any."""
    return tuple(getattr(kinds, f"{name}{rank}D") for rank in (1, 2, 3) if hasattr(kinds, f"{name}{rank}D"))


def activation(name: str) -> Word:
    """`linear` is what PyTorch calls a dense layer, so the activation that does nothing has the other of its names."""
    spelled = "identity" if name == "linear" else name
    return Word(spelled, (kinds.Activation,), settings={"name": name}, example=spelled)


def recurrent() -> Iterator[Word]:
    for name, kind in (("rnn", kinds.SimpleRNN), ("lstm", kinds.LSTM), ("gru", kinds.GRU)):
        yield Word(name, (kind,), ("units",), example=f"{name}128")
        yield Word(f"bi{name}", (kind,), ("units",), both_ways=True, example=f"bi{name}128")


WORDS: tuple[Word, ...] = (
    Word("dense", (kinds.Dense,), ("units",), axes=1, example="dense256"),
    Word("conv", spatial("Conv"), ("kernel", "filters"), example="conv3x3x64"),
    Word("dwconv", spatial("DepthwiseConv"), ("kernel",), example="dwconv3x3"),
    Word("sepconv", spatial("SeparableConv"), ("kernel", "filters"), example="sepconv3x3x64"),
    Word("convt", spatial("ConvTranspose"), ("kernel", "filters"), example="convt2x2x64/2"),
    Word("pool", spatial("MaxPooling"), ("pool",), example="pool2"),
    Word("avgpool", spatial("AveragePooling"), ("pool",), example="avgpool2"),
    Word("gap", spatial("GlobalAveragePooling"), axes=3, example="gap"),
    Word("gmp", spatial("GlobalMaxPooling"), axes=3, example="gmp"),
    Word("aap", spatial("AdaptiveAveragePooling"), ("size",), example="aap7"),
    Word("amp", spatial("AdaptiveMaxPooling"), ("size",), example="amp7"),
    Word("subsample", (kinds.Subsampling2D,), ("pool",), example="subsample2"),
    Word("pad", spatial("ZeroPadding"), ("padding",), example="pad1"),
    Word("crop", spatial("Cropping"), ("crop",), example="crop1"),
    Word("up", spatial("UpSampling"), ("factor",), example="up2"),
    Word("flatten", (kinds.Flatten,), example="flatten"),
    Word("reshape", (kinds.Reshape,), ("target",), example="reshape7x7x64"),
    Word("permute", (kinds.Permute,), ("order",), example="permute2x1"),
    *(activation(name) for name in ACTIVATIONS),
    Word("prelu", (kinds.PReLU,), example="prelu"),
    Word("dropout", (kinds.Dropout,), ("rate",), open=1, example="dropout0.5"),
    Word("bn", (kinds.BatchNorm,), example="bn"),
    Word("ln", (kinds.LayerNorm,), ("axes",), open=1, example="ln"),
    Word("rms", (kinds.RMSNorm,), ("axes",), open=1, example="rms"),
    Word("gn", (kinds.GroupNorm,), ("groups",), example="gn32"),
    Word("in", (kinds.InstanceNorm,), axes=3, example="in"),
    Word("norm", (kinds.Normalization,), example="norm"),
    Word("embedding", (kinds.Embedding,), ("vocabulary", "width"), example="embedding10000x128"),
    Word("positions", (kinds.PositionEmbedding,), ("positions",), example="positions512"),
    Word("sines", (kinds.SinusoidalPositions,), example="sines"),
    Word("cls", (kinds.ClassToken,), example="cls"),
    *recurrent(),
    Word("mha", (kinds.MultiHeadAttention,), ("heads", "key_dim"), open=1, example="mha8"),
    Word("ffn", (kinds.FeedForward,), ("hidden",), axes=2, example="ffn2048"),
    Word("encoder", (kinds.EncoderBlock,), ("heads", "hidden"), example="encoder8x2048"),
)

BY_NAME: Mapping[str, Word] = {word.name: word for word in WORDS}

ALIASES: Mapping[str, str] = {
    "fc": "dense",
    "linear": "dense",
    "depthwise": "dwconv",
    "separable": "sepconv",
    "maxpool": "pool",
    "batchnorm": "bn",
    "layernorm": "ln",
    "rmsnorm": "rms",
    "groupnorm": "gn",
    "instancenorm": "in",
    "globalavgpool": "gap",
    "globalmaxpool": "gmp",
    "upsample": "up",
    "emb": "embedding",
    "embed": "embedding",
    "attention": "mha",
    "swish": "silu",
    "leakyrelu": "leaky_relu",
}
"""Other names that people type."""


def named(name: str) -> Word | None:
    """The word of that name, or of that other name."""
    return BY_NAME.get(ALIASES.get(name, name))


def suffixes(of: Word) -> tuple[Suffix, ...]:
    """The suffixes that a word takes."""
    return tuple(suffix for suffix in SUFFIXES if suffix.setting in of.fields)
