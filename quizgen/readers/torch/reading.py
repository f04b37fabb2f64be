"""PyTorch code as a network: the text is followed, its network is found and traced, and what came up is written down."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from quizgen.errors import Place, QuizgenError
from quizgen.layers.base import Shape
from quizgen.layers.given import Given
from quizgen.layers.graph import Node
from quizgen.layers.reshaping import Reshape
from quizgen.network import Network
from quizgen.readers.python import Call, Instance, Spot, Unreadable, parsed
from quizgen.readers.reading import ReadError, Reading
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.host import TorchHost
from quizgen.readers.torch.mismatch import fitting_side
from quizgen.readers.torch.modules import Held, Unread
from quizgen.readers.torch.recurrent import State
from quizgen.readers.torch.roots import Root, arguments, named, root_of
from quizgen.readers.torch.tensors import Tensor
from quizgen.readers.torch.traced import StateThing, Traced
from quizgen.readers.torch.tree import everything, unregistered
from quizgen.unknown import Unknown, is_known

NOTHING: Mapping[str, int] = {}


def read_torch(
    text: str,
    source: str,
    *,
    input_shape: Shape | None = None,
    assume: Mapping[str, int] = NOTHING,
    tree: ast.Module | None = None,
) -> Reading:
    """The network of PyTorch code, which is never run.

    input_shape: what comes in, channels last (or first, where only that fits), without the batch axis; else what the code
        feeds the network, and UNKNOWN where it feeds nothing.
    assume: the parameters of modules that aren't understood, by their name or by that of their class.
    tree: the text as it has been parsed, if it has.
    Raises ReadError, naming the line and the construct.
    """
    tree = tree or parsed(text, source)
    host = TorchHost(source, assume)
    host.run.run(tree)
    root: Root = host.run.guarded(lambda: root_of(host, tree), tree)
    named(root.module)
    spot = root.module.kind.spot if isinstance(root.module, Instance) else root.module.spot
    outputs = host.run.guarded(lambda: traced(host, root, text, input_shape, spot), spot.node)
    remark_on(host, root)
    return written_down(host, root, outputs)


def traced(host: TorchHost, root: Root, text: str, input_shape: Shape | None, spot: Spot) -> list[Tensor]:
    """Follow the network from its inputs to what it returns."""
    inputs = arguments(host, root.module, text, input_shape)
    host.tracing, host.run.steps, host.run.depth = True, 0, 0
    result = host.run.apply(root.module, Call(tuple(Traced(host, one) for one in inputs), {}, spot))
    outputs = list(tensors(result))
    if isinstance(result, Unreadable) and not outputs:
        raise result.error()
    if not outputs or not host.graph.nodes:
        what = "no layer of the network leads to what forward returns."
        raise ReadError(f"{root.name}: {what}", place=spot.place, remedy="Return what the last layer gives.")
    return [host.graph.now(one) for one in outputs]


def tensors(result: Any) -> Iterator[Tensor]:
    """The tensors in what `forward` returns."""
    if isinstance(result, Traced) and isinstance(result.at, Tensor):
        yield result.at
    elif isinstance(result, StateThing):
        yield from states(result.state)
    elif isinstance(result, list | tuple):
        for one in result:
            yield from tensors(one)
    elif isinstance(result, dict):
        for one in result.values():
            yield from tensors(one)


def states(state: State) -> Iterator[Tensor]:
    yield state.output


def remark_on(host: TorchHost, root: Root) -> None:
    """What a reader should know of how the network was found, and of what surprises in it."""
    graph = host.graph
    if root.remark:
        graph.remarks.insert(0, root.remark)
    for path, module in everything(root.module):
        if isinstance(module, Unread) and not module.used and not module.type.endswith("Loss"):
            graph.remark(
                f"{path} ({module.type}, line {module.spot.line}) is not understood and not used: it is not counted."
            )
        if isinstance(module, Held) and module.frozen and not module.is_frozen:
            graph.remark(f"Only a part of {path} is frozen; it is counted as trained.")
        lists = sorted({name.partition(".")[0] for name, _ in unregistered(module)})
        for name in lists:
            where = f"{path}.{name}" if path else name
            graph.remark(
                f"{where} is a plain list, so PyTorch does not find the parameters in it: model.parameters() leaves them out, "
                "and no optimizer trains them. They are counted here; write nn.ModuleList."
            )
    if (fits := fitting_input(graph)) is not None:
        graph.remark(fits)


def fitting_input(graph: Graph) -> str | None:
    """The image that gives as many features as the first dense layer declares, where nobody has said the input."""
    node = next((node for node in graph.nodes if is_declared(graph, node)), None)
    image = graph.shapes[graph.inputs[0].name]
    if node is None or len(image) != 3 or isinstance(image.channels, Unknown):
        return None
    (features,) = graph.shapes[node.name]
    side = fitting_side(graph, node.inputs[0], features)
    if side is None:
        return None
    return (
        f"The code doesn't say the input; images of {side} × {side} give the {features:,} features that are declared "
        f"(--input {side}x{side}x{image.channels})."
    )


def is_declared(graph: Graph, node: Node) -> bool:
    """Whether a node flattens maps of unknown size, and only a layer behind it says how many features that gives."""
    shape = graph.shapes[node.name]
    flattens = isinstance(node.layer, Reshape) and len(shape) == 1 and is_known(shape)
    return flattens and not is_known(graph.shapes[node.inputs[0]])


def written_down(host: TorchHost, root: Root, outputs: list[Tensor]) -> Reading:
    """The reading of a traced network."""
    graph = host.graph
    network = with_unused(host, root, graph.network(root.name, [one.node for one in outputs]))
    names = [node.name for node in network.nodes]
    try:
        network.rows  # noqa: B018 - the walk says whether all sizes fit
    except QuizgenError as error:
        failed = error.what.partition(":")[0]
        raise ReadError(error.what, place=Place(host.source, graph.lines.get(failed)), remedy=error.remedy) from error
    return Reading(
        host.source,
        "torch",
        network,
        types={name: graph.types[name] for name in names},
        lines={name: graph.lines[name] for name in names if name in graph.lines},
        channels_first=frozenset(
            name for name in names if name in graph.layouts and graph.layouts[name].channels_first
        ),
        assumed={name: held for name, held in host.assumed.items() if name in names},
        remarks=tuple(graph.remarks),
    )


def with_unused(host: TorchHost, root: Root, network: Network) -> Network:
    """The network with the modules that nothing calls: PyTorch counts their parameters, though they cost nothing."""
    graph, idle = host.graph, []
    used = {node.name for node in network.nodes}
    for path, module in everything(root.module):
        if not isinstance(module, Held) or id(module) in host.used or path in used or module.tied:
            continue
        if isinstance(module.held, Unknown) or not module.held:
            continue
        name = graph.free(path)
        idle.append(Node(name, Given(network.inputs[0], params=module.held), ("input",), frozen=module.is_frozen))
        graph.types[name] = module.type
        if module.spot.line is not None:
            graph.lines[name] = module.spot.line
        graph.remark(
            f"{path} is made but never called: its {module.held:,} parameters count in PyTorch's total all the same."
        )
    if not idle:
        return network
    first, *rest = network.nodes
    return replace(network, nodes=(*idle, replace(first, inputs=first.inputs or ("input",)), *rest))
