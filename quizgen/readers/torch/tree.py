"""The modules within a module, by their dotted names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizgen.readers.python import Instance
from quizgen.readers.torch.containers import Container
from quizgen.readers.torch.modules import Held, Leaf, Parameter, Unread, Weight, is_module


def children(module: Any) -> Iterator[tuple[str, Any]]:
    """The modules and learned tensors of a module, by name, in the order in which they were given to it."""
    if isinstance(module, Container):
        yield from module.children.items()
    elif isinstance(module, Instance):
        for name, value in module.attributes.items():
            if is_module(value) or isinstance(value, Parameter | Unread):
                yield name, value


def unregistered(module: Any) -> Iterator[tuple[str, Any]]:
    """The modules that stand in plain lists, where PyTorch does not see their parameters."""
    if not isinstance(module, Instance):
        return
    for name, value in module.attributes.items():
        pairs = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
        )
        for key, one in pairs:
            if is_module(one):
                yield f"{name}.{key}", one


def everything(module: Any, path: str = "", seen: set[int] | None = None) -> Iterator[tuple[str, Any]]:
    """A module and all that is inside, by dotted name, each once."""
    seen = set() if seen is None else seen
    if id(module) in seen:
        return
    seen.add(id(module))
    yield path, module
    for name, child in children(module):
        yield from everything(child, f"{path}.{name}" if path else name, seen)


def weights(module: Any) -> Iterator[tuple[str, Weight]]:
    """The parameters of a module, by dotted name."""
    for path, one in everything(module):
        if isinstance(one, Held) and one.held:
            for part in one.parts:
                yield f"{path}.{part}" if part and path else part or path, Weight(one, part)


def copied(module: Any) -> Any:
    """`copy.deepcopy(module)`."""
    if isinstance(module, Leaf):
        return Leaf(module.host, module.type, module.op, module.spot)
    if isinstance(module, Parameter):
        return Parameter(module.host, module.sizes, module.spot)
    if isinstance(module, Container):
        twin = {name: copied(child) for name, child in module.children.items()}
        return Container(module.host, module.kind, twin, module.spot)
    if isinstance(module, Instance):
        return Instance(module.kind, {name: copied(value) for name, value in module.attributes.items()}, module.state)
    if isinstance(module, list | tuple):
        return type(module)(map(copied, module))
    return module
