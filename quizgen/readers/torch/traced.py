"""What code holds while it's read: tensors of the network, sizes, and tensors that only the code makes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from quizgen.readers.python import Builtin, Call, Spot, Thing, Unreadable, written
from quizgen.readers.python.operations import Refused, binary
from quizgen.readers.torch.arguments import Argument
from quizgen.readers.torch.attention import CausalMask
from quizgen.readers.torch.recurrent import State
from quizgen.readers.torch.tensors import Size, Tensor
from quizgen.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from quizgen.readers.torch.applying import Applying


class Traced(Thing):
    """A tensor of the network, or an input of it."""

    __slots__ = ("at", "host")

    def __init__(self, host: Applying, at: Tensor | Argument) -> None:
        self.host, self.at = host, at

    def attribute(self, name: str, spot: Spot) -> Any:
        return self.host.tensor_attribute(self, name, spot)

    def item(self, index: Any, spot: Spot) -> Any:
        return self.host.function("getitem", Call((self, index), {}, spot), subscript(spot))

    def operate(self, op: type[ast.operator], other: Any, spot: Spot, *, reflected: bool = False) -> Any:
        return self.host.operated(op, self, other, spot)

    def elements(self, spot: Spot) -> list[Any] | Unreadable:
        found = self.host.function("unbind", Call((self,), {}, spot))
        return list(found) if isinstance(found, tuple) else Unreadable(spot)

    def length(self) -> Any:
        return self.host.sizes(self)[0]


def subscript(spot: Spot) -> str:
    """`[:, -1]`, as the code has it."""
    code = written(spot.node)
    return code.removeprefix(written(spot.node.value)) if isinstance(spot.node, ast.Subscript) else code


class SizeThing(Thing):
    """A size of a tensor that is no plain number."""

    __slots__ = ("size",)

    def __init__(self, size: Size) -> None:
        self.size = size

    def operate(self, op: type[ast.operator], other: Any, spot: Spot, *, reflected: bool = False) -> Any:
        mine, theirs = self.size, other.size if isinstance(other, SizeThing) else Size(other)
        if isinstance(theirs.amount, bool) or not isinstance(theirs.amount, int | float | Unknown):
            return Unreadable(spot)
        left, right = (theirs, mine) if reflected else (mine, theirs)
        if not left.batches and not right.batches:
            return worked(op, left, right, spot, batches=False)
        if op is ast.Mult and left.batches != right.batches:
            return worked(op, left, right, spot, batches=True)
        if op in (ast.FloorDiv, ast.Div) and left.batches:
            return worked(op, left, right, spot, batches=not right.batches)
        return Unreadable(spot, "this depends on the size of the batch.")


def worked(op: type[ast.operator], left: Size, right: Size, spot: Spot, *, batches: bool) -> Any:
    if isinstance(left.amount, Unknown) or isinstance(right.amount, Unknown):
        return as_value(Size(UNKNOWN, batches))
    try:
        return as_value(Size(binary(op, left.amount, right.amount), batches))
    except Refused as error:
        return Unreadable(spot, str(error))


def as_value(size: Size) -> Any:
    """A size as the code holds it."""
    return SizeThing(size) if size.batches or isinstance(size.amount, Unknown) else size.amount


KEEPING = frozenset(
    {
        "to",
        "cuda",
        "cpu",
        "float",
        "double",
        "half",
        "long",
        "int",
        "type",
        "detach",
        "clone",
        "contiguous",
        "requires_grad_",
    }
)
"""Methods that leave the sizes of a tensor as they are."""


class Plain(Thing):
    """A tensor that the code makes itself, or another value that holds no parameter: noise, positions, a mask."""

    __slots__ = ("argument", "sizes")

    def __init__(self, sizes: tuple[Any, ...] | None = None) -> None:
        self.sizes = sizes
        self.argument: Argument | None = None

    def called(self, call: Call) -> Any:
        return Plain()

    def attribute(self, name: str, spot: Spot) -> Any:
        if name == "shape" and self.sizes is not None:
            return self.sizes
        if name == "size" and self.sizes is not None:
            return Builtin(name, lambda call: self.sizes[call.arguments[0]] if call.arguments else self.sizes)  # type: ignore[index]
        return Builtin(name, lambda call: self if name in KEEPING else Plain())

    def item(self, index: Any, spot: Spot) -> Any:
        return Plain()

    def operate(self, op: type[ast.operator], other: Any, spot: Spot, *, reflected: bool = False) -> Any:
        return other.operate(op, self, spot) if isinstance(other, Traced) else Plain()

    def elements(self, spot: Spot) -> list[Any] | Unreadable:
        return Unreadable(spot, "only running the code would tell what is in it.")


class StateThing(Thing):
    """The last states of a recurrent layer."""

    __slots__ = ("host", "state")

    def __init__(self, host: Applying, state: State) -> None:
        self.host, self.state = host, state

    def item(self, index: Any, spot: Spot) -> Any:
        which = index[0] if isinstance(index, tuple) and index else index
        if isinstance(which, int):
            return self.picked(which, spot)
        return self if which == slice(-1, None) else Unreadable(spot, "only h[-1] and its like are understood.")

    def attribute(self, name: str, spot: Spot) -> Any:
        if name in KEEPING:
            return Builtin(name, lambda call: self)
        if self.state.depth * self.state.directions == 1:
            if name in ("squeeze", "mean", "sum"):
                return Builtin(name, lambda call: self.picked(-1, spot))
            if name in ("view", "reshape", "permute", "transpose", "flatten"):
                return Builtin(name, lambda call: self.picked(-1, spot))
        return Unreadable(spot, "of a state only h[-1] and its like are understood.")

    def operate(self, op: type[ast.operator], other: Any, spot: Spot, *, reflected: bool = False) -> Any:
        return self

    def elements(self, spot: Spot) -> list[Any] | Unreadable:
        return [self.picked(index, spot) for index in range(self.state.depth * self.state.directions)]

    def picked(self, index: int, spot: Spot) -> Any:
        return self.host.state(self.state, index, spot)


def unwrapped(value: Any) -> Any:
    """A value as the functions of this package take it."""
    match value:
        case Traced():
            return value.at
        case SizeThing():
            return value.size
        case StateThing():
            return value.state
        case list() | tuple():
            return type(value)(map(unwrapped, value))
        case slice():
            return slice(*(unwrapped(bound) for bound in (value.start, value.stop, value.step)))
        case _:
            return value


def wrapped(host: Applying, value: Any) -> Any:
    """What a function of this package gives, as the code holds it."""
    match value:
        case Tensor() | Argument():
            return Traced(host, value)
        case State():
            return StateThing(host, value)
        case tuple():
            return tuple(wrapped(host, one) for one in value)
        case CausalMask() | None:
            return value if value is None else Masked()
        case _:
            return value


class Masked(Plain):
    """A mask that lets a token see only those before it."""

    __slots__ = ()

    def attribute(self, name: str, spot: Spot) -> Any:
        return Builtin(name, lambda call: self)
