"""How a formula is written: which letter stands for which size, and in which order the factors come.

A rule has one symbolic reading, whose symbols are named after what they are (`filters`, `kernel_height`). A notation
gives these names their letters. All notations of one rule are equal; a test proves it with SymPy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizgen.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Notation:
    """One way to write formulas.

    letters: LaTeX for each symbol's name; `LSTM.features` is looked up before `features`.
    order: the factors of a product in the order in which they are written; `+` stands for a bracketed sum.
        Names that it does not hold keep the place that the rule gives them.
    expanded: whether brackets are multiplied out.
    spelled: whether the letters are words, so that products need a sign.
    """

    name: str
    example: str
    letters: Mapping[str, str]
    order: tuple[str, ...] = ()
    expanded: bool = False
    spelled: bool = False
    position: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "position", {name: index for index, name in enumerate(self.order)})

    def letter(self, family: tuple[str, ...], symbol: str) -> str:
        """The LaTeX for a symbol of a layer whose classes are `family`, the most special first."""
        for kind in family:
            special = self.letters.get(f"{kind}.{symbol}")
            if special is not None:
                return special
        return self.letters.get(symbol) or rf"\text{{{symbol.replace('_', ' ').strip()}}}"


SIZES = {
    "height": "H", "width": "W", "length": "L", "depth": "D",
    "out_height": "H'", "out_width": "W'", "out_length": "L'", "out_depth": "D'",
    "stride": "s", "stride_height": "s_h", "stride_width": "s_w", "stride_depth": "s_t", "stride_length": "s",
    "padding": "p", "dilation": "d", "groups": "g", "output_padding": "o", "multiplier": "q",
    "units": "m", "features": "n", "vocabulary": "v", "embedding": "e",
    "pool_height": "h", "pool_width": "w", "pool_length": "w", "pool_depth": "t", "connections": "c",
    "factor": "u", "factor_height": "u_h", "factor_width": "u_w", "factor_depth": "u_t",
    "out_channels": "c'", "crop": "c", "rank": "r", "positions": "t", "hidden": "m",
    "padding_height": "p_h", "padding_width": "p_w", "padding_depth": "p_t", "padding_before": "a", "padding_after": "b",
    "Embedding.width": "d", "Embedding.length": "t", "PositionEmbedding.features": "d", "ClassToken.features": "d",
    "RecurrentLayer.units": "h", "RecurrentLayer.features": "x", "RecurrentLayer.length": "t", "projection": "q",
    "ScaledDotProduct.length": "t", "ScaledDotProduct.length_2": "s", "ScaledDotProduct.features": "d",
    "ScaledDotProduct.features_3": "d_v", "kv_heads": "g", "heads": "a",
    "Memory.params": "P", "Memory.trainable": "P_t", "Memory.states": "s", "Memory.numbers": "N", "Memory.batch": "B",
    "Memory.number_bytes": "b", "Memory.layers": "L", "Memory.head_dim": "d", "Memory.tokens": "t",
}  # fmt: skip
"""The letters on which the notations agree."""

FHW = Notation(
    name="fhw",
    example="k(fhw+1)",
    letters=SIZES
    | {
        "filters": "k",
        "channels": "f",
        "kernel_height": "h",
        "kernel_width": "w",
        "kernel_depth": "t",
        "kernel_length": "w",
    },
)
NML = Notation(
    name="nml",
    example="(nml+1)k",
    letters=SIZES
    | {
        "filters": "k",
        "channels": "l",
        "kernel_height": "n",
        "kernel_width": "m",
        "kernel_depth": "t",
        "kernel_length": "n",
    },
    order=(
        "kernel_depth",
        "kernel_height",
        "kernel_length",
        "kernel_width",
        "channels",
        "features",
        "+",
        "filters",
        "units",
    ),
)
NWHC = Notation(
    name="nwhc",
    example="nwhc+n",
    letters=SIZES
    | {
        "filters": "n",
        "channels": "c",
        "kernel_height": "h",
        "kernel_width": "w",
        "kernel_depth": "t",
        "kernel_length": "w",
    },
    order=(
        "filters",
        "units",
        "kernel_width",
        "kernel_length",
        "kernel_height",
        "kernel_depth",
        "channels",
        "features",
    ),
    expanded=True,
)
WORDS = Notation(
    name="words",
    example="(kernel height × kernel width × input channels + 1 bias) × filters",
    letters={
        name: rf"\text{{{words}}}"
        for name, words in {
            "channels": "input channels", "features": "inputs", "bias": "1 bias",
            "height": "input height", "width": "input width", "length": "input length", "depth": "input depth",
            "out_height": "output height", "out_width": "output width", "out_length": "output length",
            "out_depth": "output depth", "out_channels": "output channels",
            "Memory.params": "parameters", "Memory.trainable": "trainable parameters", "Memory.states": "states",
            "Memory.numbers": "activations", "Memory.number_bytes": "bytes per number", "Memory.head_dim": "head width",
            "Memory.kv_heads": "heads of keys and values",
        }.items()
    },
    order=("kernel_depth", "kernel_height", "kernel_length", "kernel_width", "channels", "features", "+", "filters", "units"),
    spelled=True,
)  # fmt: skip

NOTATIONS: tuple[Notation, ...] = (FHW, NML, NWHC, WORDS)
"""Every notation, the default first."""


def notation(name: str) -> Notation:
    """The notation of that name; raises UnknownNameError."""
    for known in NOTATIONS:
        if known.name == name:
            return known
    raise UnknownNameError("notation", name, [known.name for known in NOTATIONS])
