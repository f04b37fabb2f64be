"""What PyTorch's names and modules are to code that is followed: the host of the `Interpreter`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from quizgen.errors import QuizgenError
from quizgen.readers.python import Call, Function, Instance, Interpreter, Method, Outside, Spot, Unreadable
from quizgen.readers.reading import ReadError
from quizgen.readers.torch import learned
from quizgen.readers.torch.applying import UNDERSTOOD, Applying, misused
from quizgen.readers.torch.arguments import Sizes
from quizgen.readers.torch.containers import made
from quizgen.readers.torch.methods import instance_attribute, module_attribute
from quizgen.readers.torch.modules import Leaf, Unread, Weight, is_module, is_network
from quizgen.readers.torch.outside import outside_call
from quizgen.readers.torch.sequence import Table
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.traced import Plain, unwrapped, wrapped
from quizgen.readers.torch.tree import children


class TorchHost(Applying):
    """Follows PyTorch code. Modules are made at any time; they are applied only while `tracing` the network.

    modules: all that the code makes, in order. told: those that it calls on tensors of its own, with the sizes of these.
    unread: containers that can't be read, with the reason.
    """

    def __init__(self, source: str, assume: Mapping[str, int]) -> None:
        super().__init__(source, assume)
        self.run: Interpreter = Interpreter(source, self)
        self.tracing = False
        self.modules: list[Any] = []
        self.unread: list[Unreadable] = []
        self.told: list[tuple[Any, list[Sizes | None]]] = []

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
        return self.run.apply(Method(forward, instance) if isinstance(forward, Function) else forward, call)

    def inherited(self, instance: Instance, name: str, spot: Spot) -> Any:
        return instance_attribute(self, instance, name, spot)

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
        site = Site(unread.path or unread.type, unread.type, unread.spot)
        names = (unread.path, unread.path.rpartition(".")[2], unread.type)
        held = next((self.assume[name] for name in names if name in self.assume), None)
        if held is None:
            raise site.error(
                f"{unread.type} is no module that is understood.",
                remedy=f"{UNDERSTOOD}; or say what it holds: --assume {unread.type}=PARAMS.",
            )
        return self.standing_in(site, held, call)
