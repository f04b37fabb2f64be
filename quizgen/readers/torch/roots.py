"""Which of the modules in a text is the network, and what comes into it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from quizgen.errors import Place
from quizgen.layers.base import Shape
from quizgen.layers.embedding import Embedding
from quizgen.readers.python import Call, Class, Function, Instance, Spot
from quizgen.readers.reading import ReadError
from quizgen.readers.shapes import axes_of
from quizgen.readers.torch.arguments import Argument, Demand, Sizes
from quizgen.readers.torch.attention import Attention, Block
from quizgen.readers.torch.containers import Container
from quizgen.readers.torch.modules import Held, Leaf, Unread, is_network
from quizgen.readers.torch.recurrent import Cell, Recurrent
from quizgen.readers.torch.sequence import Ranked, Table
from quizgen.readers.torch.steps import Op, Step
from quizgen.readers.torch.tensors import Tensor
from quizgen.readers.torch.traced import Traced
from quizgen.readers.torch.tree import children, everything, unregistered

if TYPE_CHECKING:
    from quizgen.readers.torch.host import TorchHost

COMMENT = re.compile(
    r"#\s*inputs?:?\s*\(\s*(?:batch|N|B|batch_size)\s*,\s*([\d\s,]+)\)(,? channels first)?", re.IGNORECASE
)
"""`# input: (batch, 1, 28, 28), channels first`, as quizgen writes it above the code that it prints."""


class Root(NamedTuple):
    """The network, what it's called, and what had to be decided to find it."""

    module: Any
    name: str
    remark: str = ""


def root_of(host: TorchHost, tree: ast.Module) -> Root:
    """The network in a text that has been followed: what it makes last, or its last class; raises ReadError."""
    inside = {id(child) for module in host.modules for child in within(module)}
    whole = [module for module in host.modules if id(module) not in inside]
    models = [module for module in whole if is_model(module)]
    if models:
        chosen = models[-1]
        others = [described(module) for module in models[:-1] if described(module) != described(chosen)]
        remark = f"The network is {described(chosen)}, which the code makes last; it also makes {listed(others)}."
        return Root(chosen, name_of(chosen), remark if others else "")
    if classes := [kind for kind in host.run.classes if is_network(kind)]:
        return instantiated(host, classes)
    leaves = [module for module in whole if isinstance(module, Leaf)]
    elsewhere = [module for module in whole if isinstance(module, Unread) and module.is_model]
    if leaves and not elsewhere:
        return in_a_row(host, tree, leaves)
    raise nothing(host, elsewhere)


def within(module: Any) -> Iterable[Any]:
    """What stands in a module."""
    for _, one in list(everything(module))[1:]:
        yield one
        yield from (child for _, child in unregistered(one))
    yield from (child for _, child in unregistered(module))


def is_model(module: Any) -> bool:
    """Whether a module can be a network of its own."""
    if isinstance(module, Container):
        return module.kind not in ("ModuleList", "ModuleDict") and bool(module.children)
    return isinstance(module, Instance) and (has_forward(module.kind) or any(True for _ in children(module)))


def has_forward(kind: Class) -> bool:
    try:
        return isinstance(kind.find("forward"), Function)
    except KeyError:
        return False


def described(module: Any) -> str:
    """A model in a remark."""
    line = module.spot.line if isinstance(module, Container) else None
    return f"{name_of(module)} on line {line}" if line else name_of(module)


def name_of(module: Any) -> str:
    if isinstance(module, Instance):
        return module.kind.name
    return f"nn.{module.kind}" if isinstance(module, Container) else "the layers"


def listed(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def instantiated(host: TorchHost, classes: list[Class]) -> Root:
    """The last class that no other is made of, with the defaults of its `__init__`; raises ReadError."""
    free = [kind for kind in classes if not any(mentions(other, kind.name) for other in classes if other is not kind)]
    kind = (free or classes)[-1]
    remark = f"The network is {kind.name}, the last class." if len(free) > 1 else ""
    try:
        module = host.run.apply(kind, Call((), {}, kind.spot))
    except ReadError as error:
        if "lacks its argument" not in error.what:
            raise
        module = by_function(host, kind)
        if module is None:
            missing = error.what.partition("“")[2].partition("”")[0]
            what = f"nothing says what “{missing}” of {kind.name} is."
            raise ReadError(
                what, place=kind.spot.place, remedy=f"Add a line below it: model = {kind.name}({missing}=...)."
            ) from error
        remark = f"The network is {kind.name} as the first function makes it that needs no argument."
    return Root(module, kind.name, remark)


def mentions(kind: Class, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(kind.spot.node))


def by_function(host: TorchHost, kind: Class) -> Any:
    """What the first function gives that makes an object of the class and needs no argument."""
    for function in list(host.run.scope.names.values()):
        if isinstance(function, Function) and len(function.defaults) == len(function.parameters.args):
            body = ast.Module(function.body, [])
            if any(isinstance(node, ast.Name) and node.id == kind.name for node in ast.walk(body)):
                made = host.run.apply(function, Call((), {}, Spot(host.source, function.body[0])))
                if isinstance(made, Instance):
                    return made
    return None


def in_a_row(host: TorchHost, tree: ast.Module, leaves: list[Leaf]) -> Root:
    """Modules without a network around them, one after the other."""
    names = {id(node.value): target_name(node.targets[0]) for node in ast.walk(tree) if isinstance(node, ast.Assign)}
    held = {names.get(id(leaf.spot.node)) or leaf.type.lower(): leaf for leaf in leaves}
    remark = "There is no forward and no nn.Sequential: the layers are taken one after the other, as they stand."
    return Root(Row(host, "Sequential", held, leaves[0].spot), "layers", remark if len(held) > 1 else "")


class Row(Container):
    """Modules one after the other, of which nobody says how they are called: a dense layer flattens maps before it."""

    def called(self, call: Call) -> Any:
        value = call.arguments[0]
        for module in self.children.values():
            at = value.at if isinstance(value, Traced) else None
            if (
                isinstance(module, Leaf)
                and module.type.endswith("Linear")
                and isinstance(at, Tensor)
                and at.channels_first
            ):
                value = self.host.function("flatten", Call((value, 1), {}, call.spot))
            value = self.host.run.apply(module, Call((value,), {}, call.spot))
            value = value[0] if isinstance(value, tuple) else value
        return value


def target_name(target: ast.expr) -> str:
    return target.id if isinstance(target, ast.Name) else target.attr if isinstance(target, ast.Attribute) else ""


def nothing(host: TorchHost, unread: list[Unread]) -> ReadError:
    """The error for a text without a network."""
    remedy = (
        "A class derived from nn.Module with its forward, an nn.Sequential, or layers of torch.nn would be understood."
    )
    if unread:
        spot = unread[-1].spot
        return spot.error(
            "the network that it makes is not in this code.", remedy="Paste its class too, or name it: resnet-18."
        )
    if host.unread:
        return host.unread[-1].error()
    return ReadError("there is no PyTorch network in it.", place=Place(host.source), remedy=remedy)


def arguments(host: TorchHost, root: Any, text: str, input_shape: Shape | None) -> list[Argument]:
    """The inputs of the network, with what is known of their sizes."""
    names = parameters(root)
    hint = first_demand(root)
    given: list[Sizes | None] = [None] * len(names)
    comments = [(tuple(map(int, re.findall(r"\d+", sizes))), first) for sizes, first in COMMENT.findall(text)]
    if comments and len(comments) == len(names):
        given = [Sizes(sizes, "bare") for sizes, _ in comments]
        if any(first for _, first in comments) and hint.layout == "any":
            hint = Demand(hint.axes, "first")
    elif told := [shapes for module, shapes in host.told if module is root]:
        given = (told[-1] + given)[: len(names)]
    if input_shape is not None:
        given[:1] = [Sizes(tuple(input_shape), "user")]
    return [Argument(f"<{name}>", place, given[place], hint) for place, name in enumerate(names)]


def parameters(root: Any) -> list[str]:
    """The arguments of `forward` that have no default."""
    if isinstance(root, Instance) and has_forward(root.kind):
        forward: Function = root.kind.find("forward")
        names = [one.arg for one in (*forward.parameters.posonlyargs, *forward.parameters.args)][1:]
        needed = names[: len(names) - len(forward.defaults)]
        return needed or names[:1] or ["x"]
    return ["src", "tgt"] if isinstance(root, Container) and root.kind == "Transformer" else ["x"]


def first_demand(root: Any) -> Demand:
    """What the first module wants to read that minds its axes."""
    ops = [module.op for _, module in everything(root) if isinstance(module, Leaf)]
    first = next(filter(None, map(demanded, ops)), Demand())
    late = [op for op in ops if isinstance(op, Recurrent | Attention | Block)]
    time_first = bool(late) and not any(op.batch_first for op in late)
    return replace(first, batch=1) if time_first and first.layout == "last" else first


def demanded(op: Op) -> Demand | None:
    """How many axes a module reads, and where it finds the channels."""
    if isinstance(op, Table):
        return Demand(axes_of(Embedding), "last")
    if isinstance(op, Recurrent | Attention | Block):
        return Demand(2, "last", batch=0 if op.batch_first else 1)
    if isinstance(op, Cell):
        return Demand(1, "last")
    if isinstance(op, Ranked):
        return Demand(op.axes[0], "first") if len(op.axes) == 1 else None
    if isinstance(op, Step) and (axes := axes_of(type(op.layer))):
        return Demand(axes, op.layout)
    return None


def named(root: Any) -> None:
    """Give each module PyTorch's dotted name."""
    for path, module in everything(root):
        if isinstance(module, Held | Unread) and not module.path:
            module.path = path
        for name, child in unregistered(module):
            for inner, one in everything(child, f"{path}.{name}" if path else name):
                if isinstance(one, Held | Unread) and not one.path:
                    one.path = inner
