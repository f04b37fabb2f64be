"""PyTorch's recurrent modules: what every step puts out, and the last state of each layer and direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quizgen.errors import LayerError
from quizgen.layers.base import Layer, Shape
from quizgen.layers.given import Given
from quizgen.layers.recurrent import GRU, LSTM, Bidirectional, RecurrentLayer, SimpleRNN, StackedRecurrent
from quizgen.readers.torch.arguments import Demand
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.picking import select
from quizgen.readers.torch.settings import whole
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.steps import Op, declare, in_order, lying, parameters, taken
from quizgen.readers.torch.tensors import Tensor, last

MOST_LAYERS = 200


def recurrent(kind: type[RecurrentLayer]) -> Any:
    def build(
        input_size: Any, hidden_size: Any, num_layers: Any = 1, bias: Any = True, batch_first: Any = False,
        dropout: Any = 0.0, bidirectional: Any = False, proj_size: Any = 0, nonlinearity: Any = "tanh",
        device: Any = None, dtype: Any = None,
    ) -> Op:  # fmt: skip
        settings = {"projection": whole("proj_size", proj_size)} if proj_size and kind is LSTM else {}
        units = whole("hidden_size", hidden_size)
        one = kind(units, 2 if bias else 0, True, **settings)
        depth, both = whole("num_layers", num_layers), bool(bidirectional)
        if depth > MOST_LAYERS:
            raise LayerError(
                f"num_layers = {depth:,} are more than anybody stacks.", remedy=f"{MOST_LAYERS} are the most."
            )
        layer: Layer = Bidirectional(one) if both else one
        if depth > 1:
            layer = StackedRecurrent(one, depth, both)
        return Recurrent(layer, whole("input_size", input_size), depth, 1 + both, bool(batch_first), kind is LSTM)

    return build


def elman(
    input_size: Any, hidden_size: Any, num_layers: Any = 1, nonlinearity: Any = "tanh", bias: Any = True,
    batch_first: Any = False, dropout: Any = 0.0, bidirectional: Any = False, device: Any = None, dtype: Any = None,
) -> Op:  # fmt: skip
    """`nn.RNN`, whose nonlinearity stands among the settings by place."""
    op: Op = recurrent(SimpleRNN)(input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional)
    return op


@dataclass(frozen=True, slots=True)
class Recurrent:
    """A recurrent module; it returns what every step puts out, and its last states."""

    layer: Layer
    features: int
    depth: int
    directions: int
    batch_first: bool
    cell: bool

    @property
    def held(self) -> int:
        return parameters(self.layer, self.features)

    def apply(self, graph: Graph, site: Site, x: Any, *states: Any, **named: Any) -> Any:
        batch = 0 if self.batch_first else 1
        tensor = taken(graph, x, Demand(2, "last", self.features, batch), site)
        tensor = in_order(graph, tensor, site)
        declare(graph, tensor, self.features, site, self.layer)
        if tensor.batch != batch and len(tensor.order) == 2:
            graph.remark(
                f"{site.name} reads its input as {'batch × time' if self.batch_first else 'time × batch'} × features "
                f"({'batch_first=True' if self.batch_first else 'no batch_first=True'}), but gets the axes the other way "
                "round; the counts are those of its steps."
            )
        y = graph.emit(self.layer, [tensor], tensor.dims, site)
        state = State(y, self.depth, self.directions)
        return y, ((state, state) if self.cell else state)


@dataclass(frozen=True, slots=True)
class State:
    """The last states of a recurrent module, `layers · directions × batch × units`."""

    output: Tensor
    depth: int
    directions: int

    def of(self, graph: Graph, site: Site, index: int) -> Tensor:
        """One of them; raises ReadError where there are not so many."""
        count = self.depth * self.directions
        if not -count <= index < count:
            raise site.error(f"there are {count} states, one for each layer and direction.")
        (time,) = self.output.places[:1]
        final = select(graph, site, self.output, time, None)
        if self.directions == 1:
            return final
        half = select(graph, site, final, len(final.dims) - 1, graph.shape(final).channels // 2)
        graph.halves[half.node] = (self.output, index % 2)
        return half


def cell(kind: type[RecurrentLayer]) -> Any:
    def build(input_size: Any, hidden_size: Any, bias: Any = True, *others: Any, **more: Any) -> Op:
        return Cell(kind(whole("hidden_size", hidden_size), 2 if bias else 0), whole("input_size", input_size))

    return build


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of a recurrent layer."""

    layer: RecurrentLayer
    features: int

    @property
    def held(self) -> int:
        return parameters(self.layer, self.features)

    def apply(self, graph: Graph, site: Site, x: Any, *states: Any, **named: Any) -> Any:
        demand = Demand(1, "last", self.features)
        tensor = lying(graph, taken(graph, x, demand, site), "last", site)
        declare(graph, tensor, self.features, site, self.layer)
        one_step = Shape((1, self.features))
        cost = self.layer.macs(one_step, y=self.layer.output(one_step))
        result = graph.shape(tensor).with_channels(self.layer.units)
        if len(result) != 1:
            raise LayerError("a cell reads one step.", remedy="Give it x[:, t].")
        y = graph.emit(Given(result, self.held, cost), [tensor], last(1), site)
        return (y, y) if isinstance(self.layer, LSTM) else y


RECURRENT = {"RNN": elman, "GRU": recurrent(GRU), "LSTM": recurrent(LSTM)}
CELLS = {"RNNCell": cell(SimpleRNN), "GRUCell": cell(GRU), "LSTMCell": cell(LSTM)}
