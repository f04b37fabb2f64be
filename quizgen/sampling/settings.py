"""What an author may fix of a network in a template's `about`, and how: the one place where it is written down.

A setting takes a value (exactly this), a list (one of these) or a table (`{ min = 3, max = 8 }`, either end may be left
out). Where a setting has a value for each axis, one int stands for all axes, and a list inside the list gives each axis
its own: `kernel = 3`, `kernel = [3, 5]` (3 × 3 or 5 × 5), `kernel = [[3, 5]]` (3 × 5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from quizgen.errors import TemplateError, nearest
from quizgen.layers.activation import ACTIVATIONS
from quizgen.sampling.conventions import FRAMEWORKS

Value: TypeAlias = int | str | tuple[int, ...]
"""One value of a setting, as the author wrote it; lists are tuples."""


@dataclass(frozen=True, slots=True)
class Range:
    """All ints from low to high, both included."""

    low: int
    high: int | None

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self.low <= number and (self.high is None or number <= self.high)


Wish: TypeAlias = tuple[Value, ...] | Range
"""What an author leaves to draw from."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A name that `about` may hold, and its values.

    least, most: the least and the largest int; no least where it takes no number. words: the words that it takes.
    flag: whether it is true or false. axes: whether it may have a value for each axis.
    """

    name: str
    meaning: str
    least: int | None = None
    words: tuple[str, ...] = ()
    flag: bool = False
    axes: bool = False
    most: int = 1_000_000

    def wish(self, written: object) -> Wish:
        """What an author wrote, as something to draw from. Raises TemplateError where it is no value of it."""
        if isinstance(written, Mapping):
            return self._range(written)
        if isinstance(written, Sequence) and not isinstance(written, str):
            if not written:
                raise TemplateError(f"“{self.name}” is an empty list.", remedy=self.expected)
            return tuple(map(self._value, written))
        return (self._value(written),)

    @property
    def expected(self) -> str:
        """The sentence that says which values are right."""
        kinds = [f"an int from {self.least} up"] if self.least is not None else []
        kinds += ["a list of ints inside the list, one for each axis"] if self.axes else []
        kinds += ["true", "false"] if self.flag else []
        kinds += [f"“{word}”" for word in self.words]
        return f"It takes {' or '.join(kinds)}; a list means one of these."

    def _value(self, written: object) -> Value:
        if isinstance(written, str) and self.words:
            if written not in self.words:
                raise TemplateError(f"“{self.name}” can't be “{written}”.", remedy=nearest(written, self.words))
            return written
        if isinstance(written, list | tuple) and self.axes and written:
            return tuple(map(self._int, written))
        if self.flag and isinstance(written, bool):
            return written
        return self._int(written)

    def _int(self, written: object) -> int:
        if isinstance(written, bool) or not isinstance(written, int) or self.least is None or written < self.least:
            raise TemplateError(f"“{self.name}” can't be {shown(written)}.", remedy=self.expected)
        if written > self.most:
            raise TemplateError(f"“{self.name}” is too large.", remedy=f"It is at most {self.most:,}.")
        return written

    def _range(self, written: Mapping[object, object]) -> Range:
        for end in written:
            if end not in ("min", "max"):
                raise TemplateError(f"“{self.name}” has no “{end}”.", remedy=nearest(str(end), ("min", "max")))
        if not written or self.least is None:
            raise TemplateError(f"“{self.name}” can't be a range.", remedy=self.expected)
        low = self._int(written.get("min", self.least))
        high = self._int(written["max"]) if "max" in written else None
        if high is not None and high < low:
            raise TemplateError(f"“{self.name}” can't be from {low} to {high}.", remedy="min is at most max.")
        return Range(low, high)


def shown(written: object) -> str:
    """A value as it stands in TOML."""
    if isinstance(written, bool):
        return str(written).lower()
    return f"“{written}”" if isinstance(written, str) else str(written)


SETTINGS: tuple[Setting, ...] = (
    Setting("framework", "whose conventions are in force", words=FRAMEWORKS),
    Setting("bias", "whether layers have biases", flag=True),
    Setting("layers", "how many layers (of the family's main kind), stages or blocks", least=1, most=100),
    # maps
    Setting("size", "the spatial sizes of the input", least=1, axes=True),
    Setting("channels", "the channels of the input", least=1),
    Setting("filters", "the filters of a convolution", least=1),
    Setting("kernel", "the kernel", least=1, axes=True),
    Setting("stride", "the stride", least=1, axes=True),
    Setting("padding", "Keras's word, or PyTorch's number of zeros", least=0, words=("valid", "same"), axes=True),
    Setting("output_padding", "PyTorch's, of a transposed convolution", least=0, axes=True),
    Setting("overhang", "whether the last window hangs over the end, where a stride is wider than 1", flag=True),
    Setting("dilation", "the dilation", least=1, axes=True),
    Setting("groups", "the groups of a convolution or of GroupNorm", least=1),
    Setting("multiplier", "kernels for each channel of a depthwise convolution", least=1),
    Setting("connections", "pairs of a map and a filter in LeNet's table", least=1),
    Setting("pool", "the window of a pooling layer", least=1, axes=True),
    Setting("ceil", "PyTorch's ceil_mode", flag=True),
    Setting("keepdims", "whether global pooling leaves axes of size 1", flag=True),
    Setting("cells", "the cells that adaptive pooling leaves on each axis", least=1, axes=True),
    Setting("zeros", "the zeros that ZeroPadding puts before and behind each axis", least=0, axes=True),
    Setting("crop", "the cells cut off before and behind each axis", least=0, axes=True),
    Setting("factor", "how often upsampling repeats a cell", least=1, axes=True),
    # vectors, normalization and activation
    Setting("features", "the features of the input, or of each step or token", least=1),
    Setting("units", "the units of a dense or recurrent layer", least=1),
    Setting("classes", "the units of the last layer", least=1),
    Setting("dense", "how many dense layers stand before the last one", least=0, most=100),
    Setting("flatten", "whether an image is flattened for the first dense layer", flag=True),
    Setting("pooling", "the pooling of a convolutional network", words=("max", "average", "none")),
    Setting("head", "what follows the last map", words=("flatten", "global", "maps", "none")),
    Setting("normalization", "what follows each layer", words=("batch", "layer", "group", "none")),
    Setting("activation", "the function after each layer", words=(*ACTIVATIONS, "none")),
    Setting("dropout", "whether there is dropout", flag=True),
    Setting("split", "whether separable convolutions stand as two layers", flag=True),
    Setting("join", "how the branches of a block meet", words=("add", "concat")),
    Setting("kind", "the kind of block", words=("basic", "bottleneck", "inception", "fire", "inverted", "dense")),
    Setting("scale", "whether a normalization learns γ", flag=True),
    Setting("center", "whether a normalization learns β", flag=True),
    Setting("one_per", "what has a slope of its own in PReLU", words=("element", "channel", "layer")),
    # sequences
    Setting("length", "the steps or tokens of the input", least=1),
    Setting("memory", "the tokens that cross-attention reads", least=1),
    Setting("vocabulary", "how many tokens there are", least=2),
    Setting("positions", "the rows of a table of positions", least=1),
    Setting("width", "the features of a token inside a network, or that come out of a layer", least=1),
    Setting("cell", "the recurrent layer", words=("SimpleRNN", "LSTM", "GRU")),
    Setting("biases", "the bias vectors of each gate", least=0),
    Setting("sequences", "whether every step's state comes out", flag=True),
    Setting("projection", "PyTorch's proj_size of an LSTM", least=1),
    Setting("bidirectional", "whether recurrent layers read both ways", flag=True),
    Setting("merge", "how the two directions meet", words=("concat", "sum", "ave", "mul")),
    Setting("embedding", "whether a recurrent network reads tokens", flag=True),
    Setting("heads", "the heads of attention", least=1),
    Setting("kv_heads", "the heads of keys and values", least=1),
    Setting("key_dim", "the features of a query or key in one head", least=1),
    Setting("value_dim", "the features of a value in one head", least=1),
    Setting("causal", "whether a token sees only those before it", flag=True),
    Setting("hidden", "the features inside a feed-forward network", least=1),
    Setting("gated", "whether the feed-forward network has a gate", flag=True),
    Setting("norm", "the normalization of a transformer block", words=("layer", "rms")),
    Setting("pre_norm", "whether it stands before its sublayer", flag=True),
    Setting("rank", "the rank of a low-rank adapter", least=1),
    Setting("style", "the kind of transformer", words=("bert", "blocks", "classifier", "gpt", "llama", "vit")),
    Setting("tied", "whether the head uses the weights of the embedding", flag=True),
)

SETTING = {setting.name: setting for setting in SETTINGS}
