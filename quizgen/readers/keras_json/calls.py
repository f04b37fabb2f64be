"""A functional model's wiring in Keras's JSON: which layer is called on what, in the formats of Keras 2 and 3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple

from quizgen.layers.base import Shape
from quizgen.readers.keras_json.entries import Entry, entries, shape_of
from quizgen.readers.keras_layers.arguments import MASKS
from quizgen.readers.reading import ReadError
from quizgen.readers.shapes import shortened


class Ref(NamedTuple):
    """One output of one call of a layer."""

    layer: str
    call: int
    output: int


@dataclass(frozen=True, slots=True)
class Called:
    """A call of a layer. number: which of its calls it is."""

    entry: Entry
    number: int
    arguments: tuple[Ref, ...]
    keywords: Mapping[str, Ref]

    @property
    def reads(self) -> frozenset[Ref]:
        """The tensors that it reads; a mask counts nothing, nor does what makes it."""
        return frozenset((*self.arguments, *(ref for name, ref in self.keywords.items() if name not in MASKS)))


def calls_of(model: Entry) -> list[Called]:
    """The calls that lead to an output, each behind those that it reads, and otherwise as the JSON lists them.

    Raises ReadError where a layer reads one that isn't there, or layers read each other in a circle.
    """
    layers = {entry.name: entry for entry in entries(model)}
    calls = [call for entry in layers.values() for call in called(entry)]
    made = {(call.entry.name, call.number): place for place, call in enumerate(calls)}
    sources = [
        {made[source] for ref in call.reads if (source := source_of(call, ref, layers, made)) is not None}
        for call in calls
    ]
    outputs = [made[ref.layer, ref.call] for ref in refs(model.config.get("output_layers")) if ref[:2] in made]
    return in_order(calls, sources, needed(outputs or range(len(calls)), sources))


def source_of(
    call: Called, ref: Ref, layers: Mapping[str, Entry], made: Mapping[tuple[str, int], int]
) -> tuple[str, int] | None:
    """The call that a reference means; None for an input of the model. Raises ReadError where there is none."""
    entry = layers.get(ref.layer)
    if entry is None:
        raise call.entry.error(f"it reads “{shortened(ref.layer)}”, which the model does not have.")
    if entry.kind == "InputLayer":
        return None
    if (ref.layer, ref.call) in made:
        return ref.layer, ref.call
    name = shortened(ref.layer)
    raise call.entry.error(f"it reads call {ref.call} of “{name}”, which is not among its inbound_nodes.")


def needed(outputs: Iterable[int], sources: Sequence[Set[int]]) -> set[int]:
    """The calls from which a way leads to an output."""
    found, waiting = set(outputs), list(outputs)
    while waiting:
        new = sources[waiting.pop()] - found
        found |= new
        waiting.extend(new)
    return found


def in_order(calls: Sequence[Called], sources: Sequence[Set[int]], among: Set[int]) -> list[Called]:
    """Those of the calls that are `among`, each behind its sources; raises ReadError where there's no such order."""
    waiting = {place: len(sources[place]) for place in among}
    readers: dict[int, list[int]] = {place: [] for place in among}
    for place in among:
        for source in sources[place]:
            readers[source].append(place)
    ready = [place for place, count in waiting.items() if count == 0]
    heapify(ready)
    ordered: list[Called] = []
    while ready:
        place = heappop(ready)
        ordered.append(calls[place])
        for reader in readers[place]:
            waiting[reader] -= 1
            if waiting[reader] == 0:
                heappush(ready, reader)
    if len(ordered) < len(among):
        circle = [calls[place].entry for place in sorted(among) if waiting[place] > 0]
        names = ", ".join(f"“{shortened(entry.name)}”" for entry in circle[:4])
        what = f"the layers {names} wait for each other in a circle."
        raise ReadError(what, place=circle[0].place, remedy="A network runs from its inputs to its outputs.")
    return ordered


def called(entry: Entry) -> Iterator[Called]:
    """The calls of one layer."""
    for number, node in enumerate(entry.listed("inbound_nodes")):
        if isinstance(node, dict):
            yield Called(entry, number, tuple(refs(node.get("args"))), named_refs(node.get("kwargs")))
        elif isinstance(node, list):
            found = [one for one in (node if node and isinstance(node[0], list) else [node]) if isinstance(one, list)]
            extra = found[0][3] if found and len(found[0]) > 3 and isinstance(found[0][3], dict) else {}
            yield Called(entry, number, tuple(refs([one[:3] for one in found])), named_refs(extra))
        else:
            raise entry.error("inbound_nodes holds neither lists nor objects.")


def named_refs(keywords: Any) -> dict[str, Ref]:
    """The tensors among keyword arguments."""
    if not isinstance(keywords, dict):
        return {}
    return {str(name): ref for name, value in keywords.items() if (ref := next(refs(value), None)) is not None}


def refs(value: Any) -> Iterator[Ref]:
    """The tensors in a value, in their order: `__keras_tensor__` of Keras 3, `["conv1", 0, 0]` of Keras 2."""
    if isinstance(value, dict):
        if value.get("class_name") == "__keras_tensor__":
            config = value.get("config")
            yield from refs(config.get("keras_history") if isinstance(config, dict) else None)
        else:
            for part in value.values():
                yield from refs(part)
    elif isinstance(value, list):
        if len(value) >= 3 and isinstance(value[0], str) and all(type(part) is int for part in value[1:3]):
            yield Ref(value[0], value[1], value[2])
        else:
            for part in value:
                yield from refs(part)


def recorded_shapes(model: Entry) -> dict[Ref, Shape]:
    """The shapes that Keras 3 wrote beside each tensor: what comes out of layers that nobody knows."""
    found: dict[Ref, Shape] = {}
    waiting: list[Any] = [entry.values.get("inbound_nodes") for entry in entries(model)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
            shape = shape_of(value["config"].get("shape")) if isinstance(value.get("config"), dict) else None
            found |= {ref: shape for ref in refs(value) if shape is not None}
        elif isinstance(value, dict | list):
            waiting.extend(value.values() if isinstance(value, dict) else value)
    return found
