"""Modules that hold others: `nn.Sequential`, `nn.ModuleList`, `nn.ModuleDict`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizgen.readers.python import Builtin, Call, Outside, Spot, Unreadable, written
from quizgen.readers.torch.modules import FAMILIES, Held, Leaf, Module, is_module
from quizgen.readers.torch.table import MODULES

if TYPE_CHECKING:
    from quizgen.readers.torch.host import TorchHost


class Container(Module):
    """`nn.Sequential`, `nn.ModuleList` or `nn.ModuleDict`."""

    def __init__(self, host: TorchHost, kind: str, children: dict[str, Any], spot: Spot) -> None:
        self.host, self.kind, self.children, self.spot = host, kind, children, spot

    def called(self, call: Call) -> Any:
        if self.kind != "Sequential":
            raise call.error(
                f"an nn.{self.kind} can't be called.", remedy="Call the modules in it one after the other."
            )
        return self.host.in_sequence(list(self.children.values()), self, call)

    def item(self, index: Any, spot: Spot) -> Any:
        values = list(self.children.values())
        if isinstance(index, slice):
            chosen = dict(list(self.children.items())[index])
            return Container(
                self.host, self.kind, dict(zip(map(str, range(len(chosen))), chosen.values(), strict=True)), spot
            )
        if isinstance(index, str) and index in self.children:
            return self.children[index]
        if isinstance(index, int) and -len(values) <= index < len(values):
            return values[index]
        return Unreadable(spot, f"there is no module {index!r} in it.")

    def assign_item(self, index: Any, value: Any, spot: Spot) -> None:
        key = (
            list(self.children)[index]
            if isinstance(index, int) and -len(self.children) <= index < len(self.children)
            else index
        )
        self.children[str(key)] = value

    def assign(self, name: str, value: Any, spot: Spot) -> None:
        if is_module(value):
            self.children[name] = value

    def elements(self, spot: Spot) -> list[Any] | Unreadable:
        return list(self.children) if self.kind == "ModuleDict" else list(self.children.values())

    def length(self) -> Any:
        return len(self.children)

    def operate(self, op: Any, other: Any, spot: Spot, *, reflected: bool = False) -> Any:
        if isinstance(other, Container):
            for child in other.children.values():
                self.add(child)
            return self
        return Unreadable(spot)

    def is_a(self, kind: Any) -> bool | None:
        return kind.name == self.kind if isinstance(kind, Outside) else False

    def attribute(self, name: str, spot: Spot) -> Any:
        if name in self.children:
            return self.children[name]
        match name:
            case "append":
                return Builtin(name, lambda call: self.add(call.argument(0, "module")))
            case "extend":
                return Builtin(name, lambda call: self.extend(call))
            case "insert":
                return Builtin(name, lambda call: self.insert(call.arguments[0], call.arguments[1]))
            case "items" | "keys" | "values":
                found: Any = {"items": self.children.items(), "keys": self.children, "values": self.children.values()}[
                    name
                ]
                return Builtin(name, lambda call: list(found))
            case _:
                return self.host.module_attribute(self, name, spot)

    def add(self, module: Any) -> Container:
        self.children[str(len(self.children))] = module
        return self

    def extend(self, call: Call) -> Any:
        found = self.host.run.listed(call.argument(0, "modules"), call.spot.node)
        for module in found if isinstance(found, list) else []:
            self.add(module)
        return found if isinstance(found, Unreadable) else self

    def insert(self, place: int, module: Any) -> None:
        values = list(self.children.values())
        values.insert(place, module)
        self.children.clear()
        self.children.update({str(number): value for number, value in enumerate(values)})


def made(host: TorchHost, name: str, call: Call) -> Any:
    """A module of PyTorch's, from the call of its constructor."""
    if name in FAMILIES[1:]:
        return container(host, name, call)
    build = MODULES[name]
    return Leaf(host, name, host.bound(build, call), call.spot)


def container(host: TorchHost, kind: str, call: Call) -> Any:
    """`nn.Sequential(...)`, `nn.ModuleList([...])`, `nn.ModuleDict({...})`."""
    given = call.arguments
    if kind != "Sequential" or (len(given) == 1 and isinstance(given[0], dict)):
        modules = call.argument(0, "modules", [])
        if isinstance(modules, dict):
            return Container(host, kind, {str(key): value for key, value in modules.items()}, call.spot)
        found = host.run.listed(modules, call.spot.node)
        if isinstance(found, Unreadable):
            return found
        given = tuple(found)
    for module in given:
        if isinstance(module, list | tuple):
            raise call.error("nn.Sequential takes modules, not a list of them.", remedy="Put a * before the list.")
        if isinstance(module, Unreadable):
            return module
        if not is_module(module):
            raise call.error(
                f"it holds {described(module)}, which is no module.", remedy="Only modules can stand in it."
            )
    return Container(host, kind, {str(number): module for number, module in enumerate(given)}, call.spot)


def described(value: Any) -> str:
    """A value in a message."""
    if isinstance(value, Outside):
        return f"“{value.path}”"
    return (
        written(value.spot.node)
        if isinstance(value, Held)
        else repr(value)[:60]
        if value is None
        else f"a {type(value).__name__}"
    )
