"""PyTorch's functions, applied to the tensors of a network while its `forward` is followed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any

from quizgen.errors import QuizgenError
from quizgen.layers.given import Given
from quizgen.readers.python import Builtin, Call, Spot, Unreadable
from quizgen.readers.reading import ReadError
from quizgen.readers.torch import learned
from quizgen.readers.torch.arguments import Argument, Demand, Sizes
from quizgen.readers.torch.attention import CausalMask
from quizgen.readers.torch.functions import FUNCTIONS, IGNORING
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.modules import Held, Weight
from quizgen.readers.torch.recurrent import State
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.steps import taken
from quizgen.readers.torch.tensors import Tensor, size_of
from quizgen.readers.torch.traced import Masked, Plain, Traced, as_value, subscript, unwrapped, wrapped

OPERATORS: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("add", "+"),
    ast.Sub: ("sub", "-"),
    ast.Mult: ("mul", "*"),
    ast.Div: ("div", "/"),
    ast.MatMult: ("matmul", "@"),
}
"""The operators between tensors: the function that does the same, and how they are written."""

UNDERSTOOD = "Understood are the modules of torch.nn and the usual functions of torch and torch.nn.functional"


class Applying:
    """Applies functions to tensors, and writes what they do into the graph.

    assume: the parameters of what nobody knows, by name; assumed: those that were needed, by node. used: the modules and
    learned tensors that the network has used, by their ids.
    """

    def __init__(self, source: str, assume: Mapping[str, int]) -> None:
        self.source, self.assume = source, assume
        self.graph = Graph()
        self.assumed: dict[str, int] = {}
        self.used: set[int] = set()

    def opened(self, value: Any) -> Any:
        """A value as the functions of this package take it; a tensor that the code makes itself comes in like an input."""
        if isinstance(value, Masked):
            return CausalMask()
        if isinstance(value, Plain) and value.sizes:
            if value.argument is None:
                value.argument = Argument(f"<{id(value)}>", 10**6 + len(self.graph.inputs), Sizes(value.sizes, "batch"))
            return value.argument
        return unwrapped(value)

    def worked(self, function: Callable[..., Any], site: Site, call: Call, spot: Spot) -> Any:
        """What a function gives for tensors."""
        arguments = [
            self.opened(value) if place == 0 else self.other(value) for place, value in enumerate(call.arguments)
        ]
        keywords = {name: self.other(value) for name, value in call.keywords.items()}
        try:
            return wrapped(self, function(self.graph, site, *arguments, **keywords))
        except ReadError:
            raise
        except QuizgenError as error:
            raise site.wrapped(error) from error
        except (TypeError, ValueError, AttributeError, IndexError) as error:
            raise misused(function, (self.graph, site, *arguments), keywords, spot, error) from error

    def other(self, value: Any) -> Any:
        """An argument beside the tensor that a function works on; what can't be read is no tensor of the network."""
        return (
            None if isinstance(value, Unreadable) else CausalMask() if isinstance(value, Masked) else unwrapped(value)
        )

    def function(self, name: str, call: Call, type: str = "") -> Any:
        """A function of PyTorch's on tensors."""
        for value in call.arguments[: 1 if FUNCTIONS.get(name) in IGNORING else None]:
            unread = value if isinstance(value, Unreadable) else None
            for one in value if isinstance(value, list | tuple) else ():
                unread = one if isinstance(one, Unreadable) else unread
            if unread:
                raise unread.error()
        site = Site(name.rstrip("_"), type or name, call.spot)
        learnt = self.with_learned(name, call)
        if learnt is not None:
            return learnt
        return self.worked(FUNCTIONS[name], site, call, call.spot)

    def with_learned(self, name: str, call: Call) -> Any:
        """A function of a tensor and of one that is learned; None where it is none."""
        if name in ("cat", "concat", "concatenate"):
            values = list(call.argument(0, "tensors", ()))
            self.note(values)
            found = learned.prepended(self.graph, [unwrapped(value) for value in values], call.argument(1, "dim", 0))
            return wrapped(self, found) if found is not None else None
        if name == "linear":
            self.note(call.values)
            values = [unwrapped(value) for value in call.values]
            found = learned.projected(self.graph, *values)
            return wrapped(self, found) if found is not None else None
        op = next((op for op, (function, _) in OPERATORS.items() if function == name), None)
        if op is not None and len(call.values) > 1:
            first, second = call.values[:2]
            if isinstance(second, Held | Weight) and isinstance(first, Traced):
                return self.operated(op, first, second, call.spot)
        return None

    def note(self, values: Any) -> None:
        """That the network uses these, where they are learned."""
        for value in values:
            owner = value.owner if isinstance(value, Weight) else value
            if isinstance(owner, Held):
                self.used.add(id(owner))

    def operated(self, op: type[ast.operator], x: Traced, other: Any, spot: Spot) -> Any:
        """`x + other`: numbers and tensors that the code makes leave the shape as it is."""
        if isinstance(other, Unreadable):
            raise other.error()
        if isinstance(other, Held | Weight):
            self.note([other])
            owner = other.owner if isinstance(other, Weight) else other
            return wrapped(self, self.guarded(lambda: learned.operated(self.graph, op, x.at, owner), owner.site()))
        if isinstance(other, Traced) and op in OPERATORS:
            name, symbol = OPERATORS[op]
            return self.function(name, Call((x, other), {}, spot), symbol)
        return x

    def guarded(self, work: Callable[[], Any], site: Site) -> Any:
        try:
            return work()
        except ReadError:
            raise
        except QuizgenError as error:
            raise site.wrapped(error) from error

    def standing_in(self, site: Site, held: int, call: Call) -> Any:
        """A step of which only the number of its parameters is known."""
        x = taken(self.graph, self.opened(next(iter(call.values), None)), Demand(), site)
        y = self.graph.emit(Given(self.graph.shape(x), held), [x], x.dims, site)
        self.assumed[y.node] = held
        self.graph.remark(
            f"{site.name}: {held:,} parameters, as you said; what comes out is taken to be as large as what goes in."
        )
        return Traced(self, y)

    def state(self, state: State, index: int, spot: Spot) -> Any:
        """The last state of a layer, in one direction."""
        site = Site("getitem", subscript(spot), spot)
        return wrapped(self, self.guarded(lambda: state.of(self.graph, site, index), site))

    def tensor_attribute(self, x: Traced, name: str, spot: Spot) -> Any:
        """`x.shape`, `x.view`, ..."""
        match name:
            case "shape":
                return self.sizes(x)
            case "size":
                return Builtin(name, lambda call: self.size(x, call))
            case "dim" | "ndimension":
                return Builtin(name, lambda call: len(self.sizes(x)))
            case "ndim":
                return len(self.sizes(x))
            case "data" | "values" | "real":
                return x
            case "device" | "dtype" | "is_cuda" | "requires_grad" | "grad":
                return Plain()
            case "numel" | "item" | "backward" | "numpy" | "tolist":
                return Builtin(name, lambda call: Unreadable(call.spot))
            case "T" | "mT":
                return self.function("transpose", Call((x, -2, -1), {}, spot), name)
            case "expand" | "expand_as" | "repeat" | "new_zeros" | "new_ones":
                return Builtin(name, lambda call: self.widened(x, name, call))
            case _ if name in FUNCTIONS or name.rstrip("_") in FUNCTIONS:
                known = name if name in FUNCTIONS else name.rstrip("_")
                return Builtin(
                    name, lambda call: self.function(known, Call((x, *call.arguments), call.keywords, call.spot))
                )
            case "view_as" | "reshape_as":
                return Builtin(
                    name, lambda call: self.function("view", Call((x, *self.sizes(call.arguments[0])), {}, spot))
                )
            case _:
                return Unreadable(spot, f"the method {name} of a tensor is not understood.", f"{UNDERSTOOD}.")

    def widened(self, x: Traced, name: str, call: Call) -> Any:
        """`x.expand(...)`: of the batch it makes no difference; another axis grows."""
        if name.startswith("new"):
            return Plain()
        site = Site(name, name, call.spot)
        return wrapped(
            self,
            self.guarded(
                lambda: learned.expanded(self.graph, site, x.at, name, [unwrapped(value) for value in call.arguments]),
                site,
            ),
        )

    def tensor(self, x: Traced, spot: Spot | None = None) -> Tensor:
        """The tensor behind a value; an input that nobody has read yet gets the axes that the network wants."""
        site = Site("input", "input", spot or Spot(self.source, ast.Pass()))
        return taken(self.graph, x.at, Demand(), site)

    def sizes(self, x: Traced) -> tuple[Any, ...]:
        """`x.shape`."""
        return tuple(map(as_value, self.graph.sizes(self.tensor(x))))

    def size(self, x: Traced, call: Call) -> Any:
        """`x.size()` and `x.size(0)`."""
        dim = call.argument(0, "dim")
        if dim == 0 and isinstance(x.at, Argument) and x.at.tensor is None:
            return as_value(size_of((-1,), ()))  # type: ignore[arg-type]
        sizes = self.sizes(x)
        if dim is None:
            return sizes
        if not isinstance(dim, int) or not -len(sizes) <= dim < len(sizes):
            return Unreadable(call.spot, f"there is no axis {dim} among {len(sizes)}.")
        return sizes[dim]


def misused(
    function: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any], spot: Spot, error: Exception
) -> ReadError:
    """The error for a call whose arguments don't fit the parameters, or whose values make no sense."""
    try:
        signature(function).bind(*arguments, **keywords)
    except TypeError as misfit:
        return spot.error(f"the arguments don't fit: {misfit}.")
    return spot.error(f"this can't be worked out ({error}).")
