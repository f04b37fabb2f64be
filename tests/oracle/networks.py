"""Whole networks as Keras and PyTorch build them from their own layers, run once on zeros, and measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import keras
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from quizgen.layers import Shape
from quizgen.layers.graph import Node, input_name
from quizgen.network import Network
from tests.facts import Facts
from tests.networks import NetworkFacts
from tests.oracle import sequence, spatial
from tests.oracle.frameworks import elements, example, keras_parameters, torch_parameters
from tests.oracle.kind import Kind

KINDS = {kind.name: kind for kind in (*spatial.KINDS, *sequence.KINDS)}


def measure_network(network: Network) -> NetworkFacts | None:
    """What the network's framework says of it; None where the framework lacks one of its layers."""
    return {"keras": keras_network, "torch": torch_network}[network.framework](network)


def torch_network(network: Network) -> NetworkFacts | None:
    """One run through modules that are built for the tensors that reach them."""
    tensors, modules, found = examples(network), dict[str, torch.nn.Module](), list[Facts]()
    for node, sources in wired(network):
        kind, read = kind_of(node), [tensors[name] for name in sources]
        module = torch_module(node, modules, tuple(map(shape_of, read)))
        if module is None:
            return None
        tensor, macs = counted(torch_call, kind, module, read)
        tensors[node.name], modules[node.name] = tensor, module
        visible = kind.counted(node.layer, tuple(map(shape_of, read)))
        found.append(Facts(shape_of(tensor), *torch_parameters(module), macs if visible else None))
    return NetworkFacts(tuple(found), *torch_parameters(torch.nn.ModuleDict(modules)))


def torch_module(node: Node, modules: dict[str, torch.nn.Module], shapes: tuple[Shape, ...]) -> Any:
    """The module of a node: the same one where a layer is used again, a shared matrix where the layers differ."""
    shared = modules.get(node.tied_to or "")
    built = KINDS[type(node.layer).__name__].torch(node.layer, shapes)
    if built is None:
        return None
    built.eval()
    if shared is not None and isinstance(built, type(shared)):
        return shared
    if shared is not None:
        built.weight = shared.weight
    return built.requires_grad_(not node.frozen)


def torch_call(kind: Kind, module: Any, tensors: list[torch.Tensor]) -> torch.Tensor:
    """The tensors between layers have their channels last."""
    if kind.channels_first:
        tensors = [tensor.movedim(-1, 1) for tensor in tensors]
    result: torch.Tensor = first(module(*tensors))
    return result.movedim(1, -1) if kind.channels_first else result


def keras_call(layer: Any, tensors: list[Any]) -> Any:
    return first(layer(*tensors))


def keras_network(network: Network) -> NetworkFacts | None:
    """A functional model for the shapes and the totals, and a run through its layers for the products."""
    tensors, layers, found = examples(network), dict[str, Any](), list[Facts]()
    inputs = {name: keras.Input(shape_of(tensor), dtype=str(tensor.dtype)[6:]) for name, tensor in tensors.items()}
    symbols = dict(inputs)
    for node, sources in wired(network):
        kind, shapes = kind_of(node), tuple(Shape(symbols[name].shape[1:]) for name in sources)
        layer = layers[node.tied_to] if node.tied_to else kind.keras(node.layer, shapes)
        if layer is None:
            return None
        (layer.model if hasattr(layer, "model") else layer).trainable = not node.frozen
        symbols[node.name], layers[node.name] = keras_call(layer, [symbols[name] for name in sources]), layer
        tensor, macs = counted(keras_call, layer, [tensors[name] for name in sources])
        tensors[node.name] = tensor
        visible = kind.counted(node.layer, shapes)
        found.append(Facts(Shape(symbols[node.name].shape[1:]), *keras_parameters(layer), macs if visible else None))
    model = keras.Model(list(inputs.values()), [symbols[node.name] for node in network.nodes])
    return NetworkFacts(tuple(found), elements(model.trainable_weights), elements(model.non_trainable_weights))


def examples(network: Network) -> dict[str, torch.Tensor]:
    """A batch of one for each input: token ids where an embedding reads it."""
    ids = {name for node, sources in wired(network) if kind_of(node).ids for name in sources}
    names = map(input_name, range(len(network.inputs)))
    return {name: example(shape, name in ids) for name, shape in zip(names, network.inputs, strict=True)}


def wired(network: Network) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """The nodes, each with the names of what it reads."""
    previous = input_name(0)
    for node in network.nodes:
        yield node, node.inputs or (previous,)
        previous = node.name


def kind_of(node: Node) -> Kind:
    return KINDS[type(node.layer).__name__]


def counted(run: Callable[..., torch.Tensor], *arguments: Any) -> tuple[torch.Tensor, int]:
    """What a run gives, and its MACs: half of what the counter says, on attention's plain kernel, which it sees."""
    with FlopCounterMode(display=False) as counter, sdpa_kernel(SDPBackend.MATH):
        result = run(*arguments)
    return result, counter.get_total_flops() // 2


def first(result: Any) -> Any:
    return result[0] if isinstance(result, tuple | list) else result


def shape_of(tensor: Any) -> Shape:
    return Shape(int(size) for size in tensor.shape[1:])
