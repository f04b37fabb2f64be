"""Notes on parameters: where most of them are, which are shared, and which there are none of."""

from __future__ import annotations

from typing import Any

from quizgen.comparing import counted_of
from quizgen.layers.activation import Activation, Dropout
from quizgen.layers.attention import MultiHeadAttention
from quizgen.layers.base import Layer
from quizgen.layers.dense import Dense
from quizgen.layers.embedding import Embedding
from quizgen.layers.pooling import Pooling, Subsampling2D
from quizgen.layers.recurrent import RecurrentLayer
from quizgen.layers.reshaping import Flatten
from quizgen.memory import leaves
from quizgen.network import Network, macs_total, params_total
from quizgen.notes.words import listed, named, percent
from quizgen.prose import Prose, prose
from quizgen.unknown import is_known, known

LARGE = 0.5
"""From this share of a network on, a single layer's is worth a word."""


def dense_on_maps(network: Network) -> Prose | None:
    """A dense layer that reads maps acts on their last axis."""
    row = next((row for row in network.rows if isinstance(row.layer, Dense | Flatten)), None)
    if row is None or isinstance(row.layer, Flatten) or len(row.inputs[0]) < 3 or not is_known(row.inputs[0]):
        return None
    flat = Flatten().output(row.inputs[0])
    return prose(
        "`{}` reads maps without a Flatten before it, so it acts on the last axis alone: each unit has a weight for each "
        "of the {} channels, shared by all positions. After a Flatten it would have {} features to read, and {} instead "
        "of {} parameters.",
        row.name,
        row.inputs[0].channels,
        flat.channels,
        row.layer.trainable(flat),
        row.params,
    )


def shared(network: Network) -> Prose | None:
    """Parameters that several places use."""
    again = [row for row in network.rows if row.node.tied_to]
    more = known(sum(row.params for row in again))
    if not more:
        return None
    uses = "uses" if len(again) == 1 else "use"
    owners = dict.fromkeys(str(row.node.tied_to) for row in again)
    return prose(
        f"{{}} {uses} the parameters of {{}}, which count once. Counted again at every place, they would be {{}} more.",
        named([row.name for row in again]), named(list(owners)), more,
    )  # fmt: skip


def second_bias(network: Network) -> Prose | None:
    """Recurrent layers with two bias vectors for each gate."""
    found = [row for row in leaves(network.rows) if isinstance(row.layer, RecurrentLayer) and row.layer.biases == 2]
    layers: list[Any] = [row.layer for row in found]
    if not layers:
        return None
    why = "PyTorch has one on the input and one on the state, where Keras has one"
    if network.framework == "keras":
        why = "Keras's default, `reset_after=True`, has one on the input and one on the state, where textbooks have one"
    return prose(
        f"A recurrent layer here has two bias vectors for each gate: {why}. The second ones are {{}} parameters.",
        sum(layer.gates * layer.units for layer in layers),
    )


def key_width(network: Network) -> Prose | None:
    """Heads that together are wider than what they read."""
    for row in network.rows if network.framework == "keras" else ():
        layer = row.layer
        if isinstance(layer, MultiHeadAttention) and known(row.inputs[0].channels) not in (None, width(layer)):
            return prose(
                "`key_dim` is the width of one head in Keras: the {} heads of `{}` are {} features wide together, not the "
                "{} that it reads.",
                layer.heads, row.name, width(layer), row.inputs[0].channels,
            )  # fmt: skip
    return None


def width(attention: MultiHeadAttention) -> int:
    return attention.heads * attention.key_dim


def one_holds_most(network: Network) -> Prose | None:
    """Most parameters sit in one layer."""
    whole = known(params_total(network.rows))
    if not whole or len(network.rows) < 3:
        return None
    row = max(network.rows, key=counted_of)
    share = prose(f"`{{}}` holds {percent(counted_of(row), whole)} of all parameters", row.name)
    if counted_of(row) < LARGE * whole:
        return None
    if isinstance(row.layer, Dense):
        reads = row.inputs[0].channels
        return prose("{}: each of its {} units has a weight for each of {} features.", share, row.layer.units, reads)
    if isinstance(row.layer, Embedding):
        return prose("{}: a vector for each word of its vocabulary.", share)
    return None


def cost_elsewhere(network: Network) -> Prose | None:
    """The layer that costs most is not the one that holds most."""
    params, macs = known(params_total(network.rows)), known(macs_total(network.rows))
    if not params or not macs:
        return None
    row = max(network.rows, key=lambda row: row.macs)
    if row.macs < LARGE * macs or counted_of(row) > params / 10:
        return None
    return prose(
        f"`{{}}` does {percent(row.macs, macs)} of all multiply-accumulates with {percent(counted_of(row), params)} of the "
        "parameters: each weight is used at every position of the output.",
        row.name,
    )


def frozen(network: Network) -> Prose | None:
    """Layers that are kept from training."""
    found = [row for row in network.rows if row.node.frozen and known(row.params)]
    if not found:
        return None
    frozen = named([row.name for row in found])
    return prose("{} frozen: what would be trained there counts as non-trainable.", are(frozen, len(found)))


def are(what: Prose, number: int) -> Prose:
    return prose(f"{{}} {'is' if number == 1 else 'are'}", what)


LEARN_NOTHING: tuple[tuple[type[Layer], str], ...] = (
    (Pooling, "pooling"),
    (Flatten, "flatten"),
    (Dropout, "dropout"),
    (Activation, "activation"),
)


def learn_nothing(network: Network) -> Prose | None:
    """Layers that compute and have no weights."""
    layers = [row.layer for row in network.rows if not isinstance(row.layer, Subsampling2D)]
    found = [noun for kind, noun in LEARN_NOTHING if any(isinstance(layer, kind) for layer in layers)]
    if not found or found == ["activation"]:
        return None
    verb = "has" if len(found) == 1 else "have"
    nouns = listed([Prose(noun) for noun in (found[0].capitalize(), *found[1:])])
    return prose(f"{{}} {verb} no weights: there is nothing to learn, whatever the settings.", nouns)
