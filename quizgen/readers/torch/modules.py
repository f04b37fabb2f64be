"""Modules while code is read: those of PyTorch that have no modules inside, containers, and learned tensors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizgen.arithmetic import product
from quizgen.readers.python import Builtin, Call, Class, Instance, Outside, Spot, Thing, Unreadable, written
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.steps import Op
from quizgen.readers.torch.table import MODULES
from quizgen.unknown import Unknown

if TYPE_CHECKING:
    from quizgen.readers.torch.host import TorchHost

FAMILIES = ("Module", "Sequential", "ModuleList", "ModuleDict")


class Held(Thing):
    """Something with parameters: a module without others inside, or a learned tensor.

    path: PyTorch's dotted name, once the whole model is there. node: the node that it has become. tied: whose parameters
    it uses. frozen: whether they are kept from training.
    """

    def __init__(self, host: TorchHost, type: str, spot: Spot) -> None:
        self.host, self.type, self.spot = host, type, spot
        self.path = ""
        self.node: str | None = None
        self.tied: Held | None = None
        self.frozen: set[str] = set()

    @property
    def held(self) -> int:
        """How many parameters it has."""
        raise NotImplementedError

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of its parameters, as far as they can be frozen one by one."""
        return ("",)

    def site(self) -> Site:
        """Where its next use stands: the second one uses the parameters of the first."""
        owner = self.tied.node if self.tied else self.node
        tied = owner if isinstance(self.held, Unknown) or self.held else None
        return Site(self.path or self.type.lower(), self.type, self.spot, tied, self.is_frozen)

    @property
    def is_frozen(self) -> bool:
        return bool(self.frozen) and self.frozen >= set(self.parts)

    def freeze(self, frozen: bool = True, part: str | None = None) -> None:
        names = set(self.parts) if part is None else {part}
        self.frozen = self.frozen | names if frozen else self.frozen - names


class Leaf(Held):
    """A module of PyTorch without modules inside."""

    def __init__(self, host: TorchHost, type: str, op: Op, spot: Spot) -> None:
        super().__init__(host, type, spot)
        self.op = op

    @property
    def held(self) -> int:
        return self.op.held

    @property
    def parts(self) -> tuple[str, ...]:
        has_bias = not self.type.endswith("Embedding") and getattr(getattr(self.op, "layer", None), "bias", True)
        return ("weight", "bias") if has_bias else ("weight",)

    def called(self, call: Call) -> Any:
        return self.host.apply_leaf(self, call)

    def attribute(self, name: str, spot: Spot) -> Any:
        if name in ("weight", "bias"):
            return Weight(self, name) if name in self.parts else None
        return self.host.module_attribute(self, name, spot)

    def assign(self, name: str, value: Any, spot: Spot) -> None:
        if name == "weight" and isinstance(value, Weight):
            self.tied = value.owner
        elif name == "bias" and value is None:
            raise spot.error("a bias that is taken away later is not understood.", remedy="Write bias=False.")

    def is_a(self, kind: Any) -> bool | None:
        return kind.name == self.type if isinstance(kind, Outside) else False


@dataclass(frozen=True)
class Weight(Thing):
    """One of a module's parameters: `model.fc.weight`."""

    owner: Held
    name: str

    def attribute(self, name: str, spot: Spot) -> Any:
        if name == "requires_grad_":
            return Builtin(name, lambda call: self.owner.freeze(not call.argument(0, "requires_grad", True), self.name))
        if name == "requires_grad":
            return self.name not in self.owner.frozen
        if name == "numel":
            return Builtin(name, lambda call: Unreadable(spot))
        if name in ("data", "T"):
            return self
        return Unreadable(spot) if name in ("shape", "size") else Builtin(name, lambda call: self)

    def assign(self, name: str, value: Any, spot: Spot) -> None:
        if name == "requires_grad" and isinstance(value, bool):
            self.owner.freeze(not value, self.name)
        elif name == "data" and isinstance(value, Weight) and isinstance(self.owner, Leaf) and self.name == "weight":
            return

    def item(self, index: Any, spot: Spot) -> Any:
        return self

    def operate(self, op: Any, other: Any, spot: Spot, *, reflected: bool = False) -> Any:
        return other.operate(op, self, spot) if isinstance(other, Thing) and not isinstance(other, Weight) else self


class Parameter(Held):
    """`nn.Parameter(torch.randn(1, 197, 768))`."""

    def __init__(self, host: TorchHost, sizes: tuple[Any, ...] | None, spot: Spot) -> None:
        super().__init__(host, "Parameter", spot)
        self.sizes = sizes

    @property
    def held(self) -> int:
        if self.sizes is None or not all(isinstance(size, int) for size in self.sizes):
            raise self.spot.error("the sizes of this parameter can't be read.", remedy="Write torch.zeros(1, 64).")
        return product(self.sizes)

    def attribute(self, name: str, spot: Spot) -> Any:
        if name == "shape":
            return self.sizes
        if name in ("requires_grad", "requires_grad_"):
            return Weight(self, "").attribute(name, spot)
        if name in ("numel", "size"):
            sizes = self.sizes or ()
            return Builtin(name, lambda call: sizes[call.arguments[0]] if call.arguments else sizes)
        return Builtin(name, lambda call: self) if name not in ("data", "T") else self

    def assign(self, name: str, value: Any, spot: Spot) -> None:
        Weight(self, "").assign(name, value, spot)

    def item(self, index: Any, spot: Spot) -> Any:
        return self

    def operate(self, op: Any, other: Any, spot: Spot, *, reflected: bool = False) -> Any:
        return self if not isinstance(other, Thing) or isinstance(other, Held) else other.operate(op, self, spot)


class Unread(Thing):
    """A module that no reader knows; an error where the network uses it, unless the user says what it holds.

    is_model: whether it's a whole network from a library.
    """

    def __init__(self, host: TorchHost, type: str, spot: Spot, *, is_model: bool = False) -> None:
        self.host, self.type, self.spot, self.is_model = host, type, spot, is_model
        self.path = ""
        self.used = False

    def called(self, call: Call) -> Any:
        return self.host.apply_unread(self, call)

    def attribute(self, name: str, spot: Spot) -> Any:
        return Unreadable(self.spot, f"{self.type} is none of PyTorch's modules that are understood.")


class Container(Thing):
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


def is_module(value: Any) -> bool:
    """Whether a value is a module."""
    return isinstance(value, Leaf | Container | Unread) or (isinstance(value, Instance) and is_network(value.kind))


def is_network(kind: Class) -> bool:
    """Whether a class of the user's is a module: `class Net(nn.Module)`."""
    return any(path.rpartition(".")[2].endswith(FAMILIES) for path in kind.outside)


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
