"""What PyTorch's names, modules and tensors are to code that is followed: the host of the `Interpreter`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any

from quizgen.errors import QuizgenError
from quizgen.readers.python import Builtin, Call, Instance, Interpreter, Method, Outside, Spot, Unreadable
from quizgen.readers.reading import ReadError
from quizgen.readers.torch import learned
from quizgen.readers.torch.arguments import Argument, Demand, Sizes
from quizgen.readers.torch.attention import CausalMask
from quizgen.readers.torch.functions import FUNCTIONS, IGNORING
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.methods import instance_attribute, module_attribute
from quizgen.readers.torch.modules import Held, Leaf, Unread, Weight, children, is_module, is_network, made
from quizgen.readers.torch.outside import outside_call
from quizgen.readers.torch.recurrent import State
from quizgen.readers.torch.sequence import Table
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


class TorchHost:
    """Follows PyTorch code. Modules are made at any time; they are applied only while `tracing` the network.

    modules: all that the code makes, in order. told: those that it calls on tensors of its own, with the sizes of these.
    """

    def __init__(self, source: str, assume: Mapping[str, int]) -> None:
        self.source, self.assume = source, assume
        self.run: Interpreter = Interpreter(source, self)
        self.graph = Graph()
        self.tracing = False
        self.modules: list[Any] = []
        self.unread: list[Unreadable] = []
        self.told: list[tuple[Any, list[Sizes | None]]] = []
        self.assumed: dict[str, int] = {}
        self.used: set[int] = set()

    # what the interpreter asks

    def constant(self, path: str, spot: Spot) -> Any:
        return Outside(path)

    def call(self, path: str, call: Call) -> Any:
        return outside_call(self, path, call)

    def instance(self, instance: Instance) -> None:
        if is_network(instance.kind):
            self.modules.append(instance)

    def called(self, instance: Instance, call: Call) -> Any:
        if not is_network(instance.kind):
            return Unreadable(call.spot)
        if not self.tracing:
            return self.show(instance, call)
        self.used.add(id(instance))
        try:
            forward = instance.kind.find("forward")
        except KeyError:
            if not any(path.endswith("Sequential") for path in instance.kind.outside):
                self.graph.remark(f"{instance.kind.name} has no forward: its modules are taken one after the other.")
            return self.in_sequence([module for _, module in children(instance)], instance, call)
        return self.run.apply(Method(forward, instance), call)

    def inherited(self, instance: Instance, name: str, spot: Spot) -> Any:
        return instance_attribute(self, instance, name, spot)

    # modules

    def module_attribute(self, module: Any, name: str, spot: Spot) -> Any:
        return module_attribute(self, module, name, spot)

    def make(self, name: str, call: Call) -> Any:
        """A module of PyTorch's."""
        try:
            module = made(self, name, call)
        except ReadError:
            raise
        except QuizgenError as error:
            raise call.error(error.what, remedy=error.remedy) from error
        if is_module(module):
            self.modules.append(module)
        elif isinstance(module, Unreadable):
            self.unread.append(module)
        return module

    def bound(self, build: Callable[..., Any], call: Call) -> Any:
        """What a function gives for the arguments of a call, which have to fit its parameters."""
        arguments, keywords = tuple(map(unwrapped, call.arguments)), {k: unwrapped(v) for k, v in call.keywords.items()}
        for value in (*call.arguments, *call.keywords.values()):
            self.check_constant(value, call)
        try:
            return build(*arguments, **keywords)
        except TypeError as error:
            raise misused(build, arguments, keywords, call.spot, error) from error

    def check_constant(self, value: Any, call: Call) -> None:
        """Raise ReadError for a setting that can't be read."""
        if isinstance(value, Unreadable):
            raise value.error()
        if isinstance(value, list | tuple):
            for one in value:
                self.check_constant(one, call)
        if isinstance(value, Outside) and not value.path.startswith(("torch", "F", "nn")):
            raise self.run.undefined(value, call.spot.node).error()

    def show(self, module: Any, call: Call) -> Plain:
        """A call outside of the network: it tells the sizes of the input."""
        sizes = [value.sizes if isinstance(value, Plain) else None for value in call.arguments]
        if any(sizes):
            self.told.append((module, [Sizes(size, "batch") if size else None for size in sizes]))
        return Plain()

    def in_sequence(self, modules: list[Any], owner: Any, call: Call) -> Any:
        """One module after the other, as `nn.Sequential` calls them."""
        if not self.tracing:
            return self.show(owner, call)
        arguments, keywords = call.arguments, call.keywords
        value: Any = arguments[0] if arguments else next(iter(keywords.values()), None)
        for module in modules:
            value = self.run.apply(module, Call((value,), {}, call.spot))
        return value

    def apply_leaf(self, leaf: Leaf, call: Call) -> Any:
        """A module of PyTorch's on tensors."""
        if not self.tracing:
            return self.show(leaf, call)
        self.used.add(id(leaf))
        if leaf.tied:
            self.used.add(id(leaf.tied))
        first = next(iter(call.values), None)
        if isinstance(first, Unreadable):
            raise first.error()
        if isinstance(first, Plain) and isinstance(leaf.op, Table):
            return Weight(leaf, "weight")  # a row for each position
        if leaf.tied:
            return wrapped(
                self, self.guarded(lambda: learned.with_table(self.graph, leaf, self.opened(first)), leaf.site())
            )
        site = leaf.site()
        before = len(self.graph.nodes)
        result = self.worked(leaf.op.apply, site, call, call.spot)
        if leaf.node is None and len(self.graph.nodes) > before:
            leaf.node = next(
                node.name for node in self.graph.nodes[before:] if self.graph.types[node.name] == site.type
            )
        return result

    def apply_unread(self, unread: Unread, call: Call) -> Any:
        """A module that nobody knows, which stands for so many parameters if the user says so."""
        if not self.tracing:
            return Plain()
        unread.used = True
        name = unread.path or unread.type
        held = next(
            (
                self.assume[key]
                for key in (unread.path, unread.path.rpartition(".")[2], unread.type)
                if key in self.assume
            ),
            None,
        )
        site = Site(name, unread.type, unread.spot)
        if held is None:
            raise site.error(
                f"{unread.type} is no module that is understood.",
                remedy=f"{UNDERSTOOD}; or say what it holds: --assume {unread.type}=PARAMS.",
            )
        return self.standing_in(site, held, call)

    def standing_in(self, site: Site, held: int, call: Call) -> Any:
        """A step of which only the number of its parameters is known."""
        from quizgen.layers.given import Given

        x = taken(self.graph, self.opened(next(iter(call.values), None)), Demand(), site)
        y = self.graph.emit(Given(self.graph.shape(x), held), [x], x.dims, site)
        self.assumed[y.node] = held
        self.graph.remark(
            f"{site.name}: {held:,} parameters, as you said; what comes out is taken to be as large as what goes in."
        )
        return Traced(self, y)

    # tensors

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

    def state(self, state: State, index: int, spot: Spot) -> Any:
        """The last state of a layer, in one direction."""
        site = Site("getitem", subscript(spot), spot)
        return wrapped(self, self.guarded(lambda: state.of(self.graph, site, index), site))


def misused(
    function: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any], spot: Spot, error: Exception
) -> ReadError:
    """The error for a call whose arguments don't fit the parameters, or whose values make no sense."""
    try:
        signature(function).bind(*arguments, **keywords)
    except TypeError as misfit:
        return spot.error(f"the arguments don't fit: {misfit}.")
    return spot.error(f"this can't be worked out ({error}).")
