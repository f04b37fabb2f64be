"""Modules while code is read: those of PyTorch that have no modules inside, and learned tensors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizgen.arithmetic import product
from quizgen.readers.python import Builtin, Call, Class, Instance, Outside, Spot, Thing, Unreadable
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.steps import Op
from quizgen.unknown import Unknown

if TYPE_CHECKING:
    from quizgen.readers.torch.host import TorchHost

FAMILIES = ("Module", "Sequential", "ModuleList", "ModuleDict")
"""The names of the classes that a network is derived from."""


class Module(Thing):
    """What PyTorch counts as a module, and is no object of a class of the user's."""


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


class Leaf(Held, Module):
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


class Unread(Module):
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


def is_module(value: Any) -> bool:
    """Whether a value is a module."""
    return isinstance(value, Module) or (isinstance(value, Instance) and is_network(value.kind))


def is_network(kind: Class) -> bool:
    """Whether a class of the user's is a module: `class Net(nn.Module)`."""
    return any(path.rpartition(".")[2].endswith(FAMILIES) for path in kind.outside)
