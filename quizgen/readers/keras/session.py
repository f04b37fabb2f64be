"""What the code has made so far: steps, models, and the inputs of which nobody has said the shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from quizgen.errors import QuizgenError
from quizgen.layers.base import Layer, Shape
from quizgen.layers.given import Given
from quizgen.layers.graph import TEXTBOOK, Node, visit
from quizgen.layers.recurrent import LSTM, Bidirectional, RecurrentLayer
from quizgen.layers.wrappers import TimeDistributed
from quizgen.layers.wrappers import step as one_step
from quizgen.readers.inputs import channels_last
from quizgen.readers.keras.advice import advice, located
from quizgen.readers.keras.layer import LayerThing, Unidentified
from quizgen.readers.keras.models import Model
from quizgen.readers.keras.naming import Names
from quizgen.readers.keras.operations import arithmetic, picked
from quizgen.readers.keras.shapes import axes_read
from quizgen.readers.keras.tensors import Example, Make, Positions, Step, Table, Tensor
from quizgen.readers.keras_layers import inputs_of
from quizgen.readers.python import Call, Function, Instance, Interpreter, Outside, Spot, unreadable
from quizgen.readers.reading import ReadError
from quizgen.readers.shapes import unknown_shape

if TYPE_CHECKING:
    from quizgen.readers.keras.custom import Custom

MOST_STEPS = 20_000
"""No network that a person has written has as many layers."""


class Session:
    """One text, while it's read. given: the input shape that the user asks for; assume: as in `read_keras`."""

    def __init__(self, source: str, given: Shape | None, assume: Mapping[str, int]) -> None:
        self.source, self.given, self.assume = source, given, assume
        self.names = Names()
        self.layers: list[LayerThing] = []
        self.tensors: list[Tensor] = []
        self.models: list[Model] = []
        self.undefined: dict[str, Tensor] = {}
        self.assumed: dict[str, int] = {}
        self.remarks: list[str] = []
        self.strangers: list[Unidentified] = []
        self.within: list[str] = []
        self.owners: list[Custom] = []
        self.run: Interpreter
        self.instances: list[Instance] = []
        self.steps = self.inputs = 0

    def next_input(self) -> int:
        self.inputs += 1
        return self.inputs

    def layer(self, name: str, call: Call) -> LayerThing:
        layer = LayerThing(self, name, call)
        self.layers.append(layer)
        return layer

    def input(self, shape: Shape | None) -> Tensor:
        """What comes into a network; the first takes the shape that the user asks for."""
        if self.given is not None:
            typed, self.given = self.given, None
            shape = channels_last(typed, shape) if shape else typed
        return Tensor(self, shape)

    def settle(self, tensor: Tensor, axes: int | None = None) -> Shape:
        """The shape of a tensor; an input of which nothing is known gets so many axes, or one."""
        if tensor.own is None:
            tensor.own = unknown_shape(axes or 1)
        return tensor.own

    def tensor(self, value: Any, spot: Spot) -> Tensor:
        """A value that stands where a tensor is read; raises ReadError where it's none.

        A name that the code never sets is taken for an input: a fragment is enough.
        """
        if isinstance(value, Tensor):
            return value
        if unread := unreadable(value):
            raise unread.error()
        if isinstance(value, Example):
            return self.input(value.shape)
        if isinstance(value, Outside) and "." not in value.path:
            return self.undefined_input(value.path)
        raise spot.error(
            "a layer is called on what is no tensor.", remedy="Call it on an Input or another layer's output."
        )

    def undefined_input(self, name: str) -> Tensor:
        """The input that a name stands for which the code never sets."""
        if name not in self.undefined:
            self.undefined[name] = self.input(None)
        return self.undefined[name]

    def entered(self, value: Any) -> Any:
        """An argument of the user's own layer: an example array, or a name without a value, is an input."""
        if isinstance(value, Example):
            return self.input(value.shape)
        if isinstance(value, Outside) and "." not in value.path:
            return self.undefined_input(value.path)
        return value

    def flat(self, value: Any, spot: Spot) -> Iterator[Tensor]:
        """The tensors in an argument: one, or a list of them."""
        for part in value if isinstance(value, list | tuple) else [value]:
            yield self.tensor(part, spot)

    def use(self, layer: LayerThing, call: Call) -> Any:
        """A layer called on what the code says; a Lambda is its function."""
        if any(isinstance(value, Positions) for value in call.values):
            return Table(layer)
        function = layer.settings.get("function")
        if layer.kind == "Lambda" and isinstance(function, Function) and layer.name not in self.assume:
            return self.run.apply(function, call)
        arguments = [tensor for value in call.arguments for tensor in self.flat(value, call.spot)]
        keywords = {key: self.tensor(value, call.spot) for key, value in call.keywords.items() if key in TENSORS}
        with self.blaming(layer, call.spot, arguments):
            if not arguments and not keywords:
                raise ReadError("it is called without an input.", remedy="Call it on a tensor: Dense(10)(x).")
            inputs = inputs_of(layer.kind, arguments, keywords)
            after = tuple(
                map(behind, (*arguments[1:], *self.flat(call.keywords.get("initial_state") or [], call.spot)))
            )
        return self.apply(
            layer, inputs, call.spot, call.keywords, tuple(tensor for tensor in after if tensor not in inputs)
        )

    def apply(
        self,
        layer: LayerThing,
        inputs: Sequence[Tensor],
        spot: Spot,
        keywords: Mapping[str, Any] | None = None,
        after: tuple[Tensor, ...] = (),
    ) -> Any:
        """A layer on tensors: what comes out."""
        keywords = keywords or {}
        inner = layer.settings.get("layer")
        if layer.kind == "TimeDistributed" and isinstance(inner, Model):
            with self.inside(layer.name):
                return inner.at_each_step(inputs, spot)
        with self.blaming(layer, spot, inputs):
            self.rank(layer, inputs)
            output = self.step(
                layer.name, layer.kind, layer, lambda shapes: layer.engine(shapes, keywords), inputs, spot, after
            )
        layer.calls.append(output)
        return self.with_states(layer, output, spot)

    def with_states(self, layer: LayerThing, output: Tensor, spot: Spot) -> Any:
        """The output of a recurrent layer, with its last states where the code asks for them."""
        inner = layer.settings.get("layer")
        asked = (inner if isinstance(inner, LayerThing) else layer).settings.get("return_state")
        engine = output.step.layer if output.step else None
        if asked is not True or not isinstance(engine, RecurrentLayer | Bidirectional):
            return output
        one = engine.layer if isinstance(engine, Bidirectional) else engine
        number = (2 if isinstance(one, LSTM) else 1) * (1 if one is engine else 2)
        name = f"{layer.name}_state"
        state = self.step(name, STATE, object(), lambda shapes: Given(Shape((one.units,))), (output,), spot)
        return (output, *[state] * number)

    def rank(self, layer: LayerThing, inputs: Sequence[Tensor]) -> None:
        """Give inputs of which nothing is known the number of axes that the layer reads."""
        if any(tensor.own is None for tensor in inputs):
            axes = axes_read(layer)
            for tensor in inputs:
                self.settle(tensor, axes)

    def step(
        self,
        name: str,
        kind: str,
        owner: object,
        make: Make,
        inputs: Sequence[Tensor],
        spot: Spot,
        after: tuple[Tensor, ...] = (),
    ) -> Tensor:
        """A step of the network; raises QuizgenError where the shapes don't fit."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise spot.error(f"{MOST_STEPS:,} layers stand before it.", remedy="Paste a part of the network.")
        shapes = tuple(tensor.shape for tensor in inputs)
        layer = make(shapes)
        path = "/".join((*self.within, name))
        output = visit(Node(path, layer, ("input",)), shapes, TEXTBOOK).output
        made = Step(self.steps, path, kind, owner, make, layer, tuple(inputs), after, spot)
        tensor = Tensor(self, output, made)
        self.tensors.append(tensor)
        return tensor

    def operation(self, kind: str, layer: Layer | Make, inputs: Sequence[Tensor], spot: Spot) -> Tensor:
        """A step that is a function and no layer, named as Keras names operations."""
        make: Make = (lambda shapes: layer) if isinstance(layer, Layer) else layer
        name = self.names.after(kind)
        try:
            return self.step(name, kind, object(), make, inputs, spot)
        except QuizgenError as error:
            raise located(error, spot, f"`{name}`") from error

    @contextmanager
    def blaming(self, layer: LayerThing, spot: Spot, inputs: Sequence[Tensor]) -> Iterator[None]:
        """Errors that come up in here are about this layer, where it's made or where it's called."""
        try:
            yield
        except QuizgenError as error:
            if error.place is None:
                error.remedy = advice(layer, inputs) or error.remedy
            raise located(error, layer.spot, f"“{layer.name}”", layer.kind) from error

    @contextmanager
    def inside(self, name: str) -> Iterator[None]:
        """Steps that are made in here belong to a model or a layer of that name."""
        self.within.append(name)
        try:
            yield
        finally:
            self.within.pop()

    def through(self, layer: Any, tensors: Sequence[Tensor], spot: Spot) -> tuple[Tensor, ...]:
        """What a layer, a model or an object of the user's in a stack makes of what reaches it."""
        if isinstance(layer, Model):
            with self.inside(layer.name):
                return layer.on(tensors, spot)
        if isinstance(layer, LayerThing):
            outputs = self.apply(layer, tensors, layer.spot)
        else:
            outputs = self.run.apply(layer, Call(tuple(tensors), {}, spot))
        return tuple(self.flat(outputs[0] if isinstance(outputs, tuple) else outputs, spot))

    def owned(self, layer: Layer, tensor: Tensor, spot: Spot, weight: object) -> Tensor:
        """A step with a weight of its own, in a layer of the user's; the first has that layer's name."""
        if not self.owners:
            return self.operation(type(layer).__name__, layer, (tensor,), spot)
        owner = self.owners[-1]
        if weight not in owner.weights:
            owner.weights.append(weight)
        number = owner.weights.index(weight)
        with self.as_itself():
            name = f"{owner.name}/{number}" if number else owner.name
            return self.step(name, owner.kind, weight, lambda shapes: layer, (tensor,), spot)

    @contextmanager
    def as_itself(self) -> Iterator[None]:
        """What stands for an object of the user's as a whole is not inside of it."""
        last = self.within.pop()
        try:
            yield
        finally:
            self.within.append(last)

    def replay(self, step: Step, inputs: Sequence[Tensor]) -> Tensor:
        """A step again, on other inputs."""
        try:
            return self.step(step.name, step.kind, step.owner, step.make, inputs, step.spot)
        except QuizgenError as error:
            raise located(error, step.spot, f"“{step.name}”") from error

    def replay_at_each_step(self, step: Step, inputs: Sequence[Tensor]) -> Tensor:
        """A step again, at each step of sequences."""

        def make(shapes: tuple[Shape, ...]) -> Layer:
            return TimeDistributed(step.make(tuple(map(one_step, shapes))))

        try:
            return self.step(step.name, "TimeDistributed", step.owner, make, inputs, step.spot)
        except QuizgenError as error:
            raise located(error, step.spot, f"“{step.name}”") from error

    def operate(self, tensor: Tensor, op: type[ast.operator], other: Any, spot: Spot) -> Any:
        """`tensor + other`."""
        return arithmetic(self, tensor, op, other, spot)

    def pick(self, tensor: Tensor, index: Any, spot: Spot) -> Any:
        """`tensor[index]`."""
        return picked(self, tensor, index, spot)


STATE = "state"
"""The kind of a step that picks a recurrent layer's last state."""

TENSORS = frozenset({"inputs", "query", "value", "key", "x"})
"""Keywords under which layers are given tensors."""


def behind(tensor: Tensor) -> Tensor:
    """The output of the layer that a last state is from."""
    return tensor.step.inputs[0] if tensor.step and tensor.step.kind == STATE else tensor
