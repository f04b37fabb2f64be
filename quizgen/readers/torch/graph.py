"""The network that grows while `forward` is read: nodes, their shapes, and what later layers tell about earlier ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from quizgen.errors import QuizgenError, ShapeError
from quizgen.layers.base import Layer, Shape
from quizgen.layers.graph import TEXTBOOK, Node, input_name, visit
from quizgen.layers.reshaping import Permute, Reshape
from quizgen.network import Network
from quizgen.readers.torch.arguments import Argument, Demand
from quizgen.readers.torch.settling import settled
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.tensors import Dim, Size, Tensor
from quizgen.unknown import Unknown

MOST_NODES = 3_000
"""No network that a person has written has as many steps."""


class Graph:
    """Nodes in the order in which they run, with the shapes that come out.

    origins: of a reshaped tensor, what it was made of. halves: of the last state of one direction of a recurrent layer,
    what the layer puts out, and which direction it is. moved: a tensor whose node has got its axes in another order.
    """

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.places: dict[str, int] = {}
        self.uses: dict[str, int] = {}
        self.shapes: dict[str, Shape] = {}
        self.types: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self.layouts: dict[str, Tensor] = {}
        self.inputs: list[Argument] = []
        self.moved: dict[str, Tensor] = {}
        self.origins: dict[str, Tensor] = {}
        self.halves: dict[str, tuple[Tensor, int]] = {}
        self.remarks: list[str] = []

    def shape(self, x: Tensor) -> Shape:
        """The shape of a tensor's node."""
        return self.shapes[self.now(x).node]

    def sizes(self, x: Tensor) -> tuple[Size, ...]:
        """The size of each of PyTorch's axes."""
        x = self.now(x)
        return x.sizes(self.shapes[x.node])

    def now(self, x: Tensor) -> Tensor:
        """The tensor, where its node has been given its axes in another order since it was made."""
        return self.moved.get(x.node, x)

    def enter(self, argument: Argument, demand: Demand, site: Site) -> Tensor:
        """A network input, the first time that something reads it."""
        shape, dims = argument.shaped(demand, site)
        self.inputs.append(argument)
        self.shapes[argument.name] = shape
        argument.tensor = Tensor(argument.name, dims)
        return argument.tensor

    def remark(self, sentence: str) -> None:
        """Something that had to be decided, said once."""
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    def free(self, name: str) -> str:
        """The name, or with the first number that no node has yet: `relu`, `relu_1`, `relu_2`."""
        free = name
        while free in self.shapes or free.startswith("input"):
            self.uses[name] = self.uses.get(name, 0) + 1
            free = f"{name}_{self.uses[name]}"
            if free.startswith("input"):
                name = f"_{name}"
        return free

    def emit(self, layer: Layer, inputs: Sequence[Tensor], dims: tuple[Dim, ...], site: Site) -> Tensor:
        """A node that reads these tensors; raises ReadError where it can't take them."""
        if len(self.nodes) >= MOST_NODES:
            raise site.error(f"it is step {MOST_NODES + 1:,} of the network.", remedy="That is too many to read.")
        name = self.free(site.name)
        node = Node(name, layer, tuple(self.now(x).node for x in inputs), site.tied_to, site.frozen)
        try:
            self.shapes[name] = self.worked(node)
        except QuizgenError as error:
            raise replace(site, name=name).wrapped(error) from error
        self.places[name] = len(self.nodes)
        self.nodes.append(node)
        self.types[name] = site.type
        if site.line is not None:
            self.lines[name] = site.line
        tensor = self.layouts[name] = Tensor(name, dims)
        return tensor

    def worked(self, node: Node) -> Shape:
        return visit(node, tuple(self.shapes[source] for source in node.inputs), TEXTBOOK).output

    def reorder(self, x: Tensor, order: Sequence[int], site: Site) -> Tensor:
        """The tensor with its node's axes in the order in which a layer reads them."""
        x = self.now(x)
        if tuple(order) == tuple(range(len(order))):
            return x
        place = {axis: new for new, axis in enumerate(order)}
        dims = tuple(tuple(place.get(axis, axis) for axis in dim) for dim in x.dims)
        made = self.nodes[-1] if self.nodes else None
        if made is None or made.name != x.node or not isinstance(made.layer, Reshape):
            return self.emit(Permute(tuple(axis + 1 for axis in order)), [x], dims, site.beside("permute"))
        layer = Reshape(tuple(made.layer.target[axis] for axis in order))
        self.nodes[-1] = replace(made, layer=layer)
        self.shapes[x.node] = Shape(self.shapes[x.node][axis] for axis in order)
        tensor = self.layouts[x.node] = self.moved[x.node] = Tensor(x.node, dims)
        return tensor

    def settle(self, x: Tensor, axis: int, size: int) -> bool:
        """What a layer says of a size that nobody knew: it becomes known where it comes from. Whether that worked."""
        x = self.now(x)
        if not isinstance(self.shapes[x.node][axis], Unknown):
            return True
        changed = settled(self, x.node, axis % len(self.shapes[x.node]), size)
        if changed:
            self.again()
        return changed and not isinstance(self.shapes[x.node][axis], Unknown)

    def again(self) -> None:
        """All shapes anew."""
        for node in self.nodes:
            try:
                self.shapes[node.name] = self.worked(node)
            except ShapeError:  # it was fine while it was unknown: the walk will say what is wrong
                break

    def replaced(self, name: str, layer: Layer) -> None:
        """Another layer in a node's place."""
        place = self.places[name]
        self.nodes[place] = replace(self.nodes[place], layer=layer)

    def node(self, name: str) -> Node | None:
        """The node of that name; None for an input."""
        return self.nodes[self.places[name]] if name in self.places else None

    def network(self, name: str, keep: Iterable[str]) -> Network:
        """What has been read, without steps whose output nobody reads and that hold nothing.

        keep: the node that gives the network's output, and others that stay whatever they are.
        """
        nodes = list(needed(self.nodes, self.shapes, set(keep)))
        read = {source for node in nodes for source in node.inputs}
        used = [argument for argument in self.inputs if argument.name in read]
        used.sort(key=lambda argument: argument.place)
        names = {argument.name: input_name(place) for place, argument in enumerate(used)}
        previous, plain = input_name(0), []
        for node in nodes:
            inputs = tuple(names.get(source, source) for source in node.inputs)
            plain.append(replace(node, inputs=() if inputs == (previous,) else inputs))
            previous = node.name
        return Network(name, tuple(self.shapes[argument.name] for argument in used), tuple(plain), "torch")


def needed(nodes: Sequence[Node], shapes: dict[str, Shape], keep: set[str]) -> list[Node]:
    """The nodes that something reads, that are kept, or that hold parameters."""
    found: list[Node] = []
    for node in reversed(nodes):
        held = visit(node, tuple(shapes[source] for source in node.inputs), TEXTBOOK).params
        if node.name in keep or isinstance(held, Unknown) or held or node.tied_to:
            found.append(node)
            keep.update(node.inputs)
    return found[::-1]
