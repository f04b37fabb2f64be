"""PyTorch's modules that are made of its modules: stacks of transformer blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from quizgen.readers.python import Call, Spot, Unreadable
from quizgen.readers.torch.attention import decoder_layer, encoder_layer
from quizgen.readers.torch.containers import Container
from quizgen.readers.torch.modules import Leaf, is_module
from quizgen.readers.torch.sequence import layer_norm
from quizgen.readers.torch.tree import copied

if TYPE_CHECKING:
    from quizgen.readers.torch.host import TorchHost


class Stack(Container):
    """Blocks one after the other, `layers.0`, `layers.1`, ..., and a normalization behind them."""

    def __init__(self, host: TorchHost, blocks: list[Any], norm: Any, spot: Spot) -> None:
        layers = Container(host, "ModuleList", {str(place): block for place, block in enumerate(blocks)}, spot)
        held = {"layers": layers} if not is_module(norm) else {"layers": layers, "norm": norm}
        super().__init__(host, "TransformerEncoder", held, spot)

    def called(self, call: Call) -> Any:
        if not self.host.tracing:
            return self.host.show(self, call)
        value, others = call.arguments[0] if call.arguments else next(iter(call.values)), call.arguments[1:]
        named = {"src_mask" if name == "mask" else name: value for name, value in call.keywords.items()}
        for block in self.children["layers"].children.values():
            value = self.host.run.apply(block, Call((value, *others), named, call.spot))
        norm = self.children.get("norm")
        return value if norm is None else self.host.run.apply(norm, Call((value,), {}, call.spot))


def repeated(host: TorchHost, call: Call) -> Any:
    """`nn.TransformerEncoder(layer, num_layers, norm)`: copies of a block."""
    names = ("encoder_layer", "decoder_layer")
    block = call.argument(0, next((name for name in names if name in call.keywords), names[0]))
    count, norm = call.argument(1, "num_layers"), call.argument(2, "norm")
    for value in (block, count):
        if isinstance(value, Unreadable):
            return value
    if not is_module(block) or not isinstance(count, int) or not 0 < count <= 1000:
        raise call.error("it takes a layer and how many there are of it.")
    return Stack(host, [copied(block) for _ in range(count)], norm, call.spot)


class Whole(Container):
    """`nn.Transformer`: an encoder for the source, a decoder for the target."""

    def called(self, call: Call) -> Any:
        if not self.host.tracing:
            return self.host.show(self, call)
        source, target = call.argument(0, "src"), call.argument(1, "tgt")
        memory = self.host.run.apply(self.children["encoder"], Call((source,), {}, call.spot))
        return self.host.run.apply(self.children["decoder"], Call((target, memory), {}, call.spot))


def transformer(host: TorchHost, call: Call) -> Any:
    def build(
        d_model: Any = 512, nhead: Any = 8, num_encoder_layers: Any = 6, num_decoder_layers: Any = 6,
        dim_feedforward: Any = 2048, dropout: Any = 0.1, activation: Any = "relu", custom_encoder: Any = None,
        custom_decoder: Any = None, layer_norm_eps: Any = 1e-5, batch_first: Any = False, norm_first: Any = False,
        bias: Any = True, device: Any = None, dtype: Any = None,
    ) -> Any:  # fmt: skip
        settings = (d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias)

        def stack(kind: str, build: Callable[..., Any], count: int) -> Stack:
            blocks = [Leaf(host, kind, build(*settings), call.spot) for _ in range(count)]
            return Stack(host, blocks, Leaf(host, "LayerNorm", layer_norm(d_model, bias=bias), call.spot), call.spot)

        encoder = stack("TransformerEncoderLayer", encoder_layer, num_encoder_layers)
        decoder = stack("TransformerDecoderLayer", decoder_layer, num_decoder_layers)
        return Whole(host, "Transformer", {"encoder": encoder, "decoder": decoder}, call.spot)

    return host.bound(build, call)


STACKS: dict[str, Callable[[Any, Call], Any]] = {
    "TransformerEncoder": repeated,
    "TransformerDecoder": repeated,
    "Transformer": transformer,
}
