"""A network as a PyTorch program: an `nn.Sequential` where it's a plain stack, else a module with its `forward`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizgen.layers.base import Shape
from quizgen.layers.embedding import Embedding
from quizgen.network import Network
from quizgen.views.piece import CALLED, Layout, Piece
from quizgen.views.source import INDENT, broken, identifier, one_each
from quizgen.views.steps import Step, input_names, is_chain, reads_table_back, steps, unlike, variables
from quizgen.views.torch.layers import piece
from quizgen.views.torch.spatial import arranged

TAKEN = frozenset({"torch", "nn", "F", "self", "model", "q", "k", "v", "mask"})
ATTRIBUTES = frozenset(
    {
        "forward", "train", "eval", "training", "apply", "type", "to", "half", "float", "double", "bfloat16", "cpu",
        "cuda", "compile", "buffers", "parameters", "modules", "children", "share_memory", "zero_grad", "extra_repr",
    }
)  # fmt: skip
"""What a module already has; a layer of that name gets another one."""

AXES_LAST = {1: "{0}.transpose(1, 2)", 2: "{0}.permute(0, 2, 3, 1)", 3: "{0}.permute(0, 2, 3, 4, 1)"}
AXES_FIRST = {1: "{0}.transpose(1, 2)", 2: "{0}.permute(0, 3, 1, 2)", 3: "{0}.permute(0, 4, 1, 2, 3)"}


class Move(NamedTuple):
    """A step with its code.

    turned: for each source how its axes are brought into the layout that the step reads, `{0}` where they are.
    """

    step: Step
    piece: Piece
    turned: tuple[str, ...]

    @property
    def plain(self) -> bool:
        """Whether an `nn.Sequential` can hold it."""
        return not self.piece.use and set(self.turned) == {"{0}"}


def torch_code(network: Network, *, names: bool = False) -> str:
    """A program for PyTorch that builds the network as `model`.

    names: whether each layer is given its name, as an attribute of a module.
    Raises ViewError where PyTorch has no such layer or convention.
    """
    run = steps(network, lambda step: piece(step, "last"))
    layout = entrance_layout(network, run)
    moves = arrange(network, run, layout)
    if is_chain(run) and all(move.plain for move in moves) and not names:
        body = sequential(moves)
    else:
        body = module(network, moves)
    lines = [f"# input: {entrance(shape, layout)}" for shape in network.inputs] + body
    text = "\n".join(lines)
    imports = [
        *(["import torch"] if "torch." in text else []),
        "from torch import nn",
        *(["from torch.nn import functional as F"] if " F." in text else []),
    ]
    return "\n".join(imports) + ("\n\n\n" if body[0].startswith("class") else "\n\n") + text


def entrance_layout(network: Network, run: Sequence[Step]) -> Layout:
    """The layout in which the network is fed: that of the first layer that minds, else that of images or sequences."""
    for here in run:
        wanted = piece(here, "first").layout
        if wanted or isinstance(here.layer, Embedding):
            return wanted or "last"
    return "first" if len(network.input) > 2 else "last"


def entrance(shape: Shape, layout: Layout) -> str:
    """`(batch, 1, 28, 28), channels first`."""
    sizes = ", ".join(("batch", *map(str, arranged(shape, layout))))
    return f"({sizes})" + (", channels first" if layout == "first" and len(shape) > 1 else "")


def arrange(network: Network, run: Sequence[Step], layout: Layout) -> list[Move]:
    """Each step with its code, and with the turns that bring what it reads into its layout."""
    layouts = dict.fromkeys(input_names(network), layout)
    moves = []
    for here in run:
        code = piece(here, layouts[here.sources[0]])
        reads = code.layout or layouts[here.sources[0]]
        turned = tuple(
            turn(shape, layouts[source], reads) for source, shape in zip(here.sources, here.inputs, strict=True)
        )
        moves.append(Move(here, code, turned))
        layouts[here.name] = code.leaves or reads
    return moves


def turn(shape: Shape, layout: Layout, reads: Layout) -> str:
    """From one layout into the other; a single axis stays."""
    if layout == reads or len(shape) == 1:
        return "{0}"
    return (AXES_FIRST if reads == "first" else AXES_LAST)[len(shape.spatial)]


def sequential(moves: Sequence[Move]) -> list[str]:
    """The lines of a plain stack."""
    return ["model = nn.Sequential(", *one_each(make for move in moves for make in move.piece.makes), ")"]


def module(network: Network, moves: Sequence[Move]) -> list[str]:
    """The lines of a graph."""
    layers, attribute = constructor(moves)
    arguments, statements = forward(network, moves, attribute)
    inner = INDENT * 2
    return [
        "class Net(nn.Module):",
        f"{INDENT}def __init__(self):",
        f"{inner}super().__init__()",
        *(line for layer in layers for line in broken(layer, inner)),
        "",
        f"{INDENT}def forward(self, {', '.join(arguments)}):",
        *(line for statement in statements for line in broken(statement, inner)),
        "",
        "",
        "model = Net()",
    ]


def constructor(moves: Sequence[Move]) -> tuple[list[str], dict[str, str]]:
    """The lines that make the layers, and the attribute that holds each step's."""
    lines: list[str] = []
    attribute: dict[str, str] = {}
    owners = {move.step.name: move.step for move in moves}
    for here, code, _ in moves:
        if not code.makes:
            continue
        if here.tied_to and here.layer == owners[here.tied_to].layer:
            attribute[here.name] = attribute[here.tied_to]
            continue
        held = attribute[here.name] = f"self.{identifier(here.name, ATTRIBUTES)}"
        make = code.makes[0] if len(code.makes) == 1 else f"nn.Sequential({', '.join(code.makes)})"
        lines.append(f"{held} = {make}")
        if here.tied_to:
            if not reads_table_back(here, owners[here.tied_to]):
                raise unlike(here)
            lines.append(f"{held}.weight = {attribute[here.tied_to]}.weight")
    return lines, attribute


def forward(network: Network, moves: Sequence[Move], attribute: dict[str, str]) -> tuple[list[str], list[str]]:
    """The arguments and the statements of `forward`."""
    inputs = input_names(network)
    variable = variables([move.step for move in moves], inputs, TAKEN)
    if len(inputs) == 1 and [inputs[0] in move.step.sources for move in moves].count(True) == 1:
        variable[inputs[0]] = "x"
    lines: list[str] = []
    for here, code, turned in moves:
        read = [variable[source] for source in here.sources]
        for place, how in enumerate(turned):
            if how != "{0}" and read[place] == "x":
                lines.append(f"x = {how.format('x')}")
            else:
                read[place] = how.format(read[place])
        settings = {"layer": attribute.get(here.name, ""), "y": variable[here.name]}
        lines.extend(use.format(*read, **settings) for use in code.use or CALLED)
    lines.append(f"return {variable[moves[-1].step.name]}")
    return [variable[name] for name in inputs], lines
