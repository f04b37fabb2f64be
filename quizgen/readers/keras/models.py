"""Models as code makes them: a stack of layers, or what lies between inputs and outputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from quizgen.layers.base import Shape
from quizgen.readers.keras.layer import LayerThing, Unidentified
from quizgen.readers.keras.shapes import axes_read, input_of, shape_read
from quizgen.readers.keras.tensors import Step, Tensor
from quizgen.readers.python import Builtin, Call, Instance, Spot, Thing, Unreadable, unreadable

if TYPE_CHECKING:
    from quizgen.readers.keras.session import Session

Replay: TypeAlias = Callable[[Step, Sequence[Tensor]], Tensor]
"""From a step and other inputs to what comes out of it then."""


class Model(Thing):
    """What the code has between some inputs and some outputs, to be called like a layer."""

    def __init__(self, session: Session, name: str, spot: Spot) -> None:
        self.session, self.name, self.spot = session, name, spot
        self.ends: tuple[tuple[Tensor, ...], tuple[Tensor, ...]] = ((), ())
        self.is_part = False
        session.models.append(self)

    def between(self) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
        """The inputs and the outputs; raises ReadError where there are none."""
        return self.ends

    def steps(self) -> list[Step]:
        """The steps that lead from the inputs to the outputs, in the order in which they were made."""
        inputs, outputs = self.between()
        found: dict[int, Step] = {}
        waiting, ends = list(outputs), set(map(id, inputs))
        while waiting:
            tensor = waiting.pop()
            if id(tensor) in ends:
                continue
            if tensor.step is None:
                what = f"“{self.name}” has an output that needs an input which is not among its inputs."
                raise self.spot.error(what, remedy="Name each Input that it reads: Model([a, b], outputs).")
            if tensor.step.number not in found:
                found[tensor.step.number] = tensor.step
                waiting.extend((*tensor.step.inputs, *tensor.step.after))
        return [found[number] for number in sorted(found)]

    def starts(self) -> list[Tensor]:
        """What comes into the steps that lead to the outputs, in the order in which it was made."""
        found: dict[int, Tensor] = {}
        waiting, seen = list(self.ends[1]), set[int]()
        while waiting:
            tensor = waiting.pop()
            if tensor.step is None:
                found[tensor.number] = tensor
            elif tensor.step.number not in seen:
                seen.add(tensor.step.number)
                waiting.extend((*tensor.step.inputs, *tensor.step.after))
        return [found[number] for number in sorted(found)]

    def parts(self) -> list[Any]:
        """The layers, in their order."""
        return list(dict.fromkeys(step.owner for step in self.steps() if isinstance(step.owner, LayerThing)))

    def called(self, call: Call) -> Any:
        given = [tensor for value in call.arguments[:1] for tensor in self.session.flat(value, call.spot)]
        with self.session.inside(self.name):
            outputs = self.on(given, call.spot)
        return outputs[0] if len(outputs) == 1 else outputs

    def on(self, given: Sequence[Tensor], spot: Spot) -> tuple[Tensor, ...]:
        """The model on other inputs, as a part of another: what comes out."""
        return self.run(given, spot, self.session.replay)

    def at_each_step(self, given: Sequence[Tensor], spot: Spot) -> Tensor:
        """The model on each step of a sequence: `TimeDistributed(model)`."""
        return self.run(given, spot, self.session.replay_at_each_step)[0]

    def run(self, given: Sequence[Tensor], spot: Spot, replay: Replay) -> tuple[Tensor, ...]:
        """The model's steps again, on other inputs."""
        self.is_part = True
        inputs, outputs = self.between()
        if len(given) != len(inputs):
            raise spot.error(f"“{self.name}” has {len(inputs)} inputs, but {len(given)} are given.")
        for tensor, own in zip(given, inputs, strict=True):
            self.session.settle(tensor, len(own.shape))
        now = dict(zip(map(id, inputs), given, strict=True))
        made: dict[int, Tensor] = {}

        def current(tensor: Tensor) -> Tensor:
            if id(tensor) in now:
                return now[id(tensor)]
            return made.get(tensor.step.number, tensor) if tensor.step else tensor

        for step in self.steps():
            made[step.number] = replay(step, [current(tensor) for tensor in step.inputs])
        return tuple(map(current, outputs))

    def attribute(self, name: str, spot: Spot) -> Any:
        if name in ("input", "inputs", "output", "outputs"):
            ends = self.between()[name.startswith("out")]
            return list(ends) if name.endswith("s") or len(ends) > 1 else ends[0]
        if name == "layers":
            return self.parts()
        if name == "get_layer":
            return Builtin(name, self.get_layer)
        if name in ("input_shape", "output_shape"):
            return self.between()[name.startswith("out")][0].sizes
        return self.name if name == "name" else Unreadable(spot)

    def get_layer(self, call: Call) -> Any:
        wanted = call.argument(0, "name")
        found = [layer for layer in self.parts() if getattr(layer, "name", None) == wanted]
        if not found:
            raise call.error(f"no layer of “{self.name}” is called so.")
        return found[0]

    def assign(self, name: str, value: Any, spot: Spot) -> None:
        if name == "trainable":
            for part in self.parts():
                part.assign(name, value, spot)
        elif name in ("name", "_name") and isinstance(value, str):
            self.name = value


class Sequential(Model):
    """Layers one behind the other; built when it's first needed, and again when it has grown."""

    def __init__(self, session: Session, name: str, spot: Spot) -> None:
        super().__init__(session, name, spot)
        self.layers: list[Any] = []
        self.first: Tensor | None = None
        self.built = -1

    def add(self, layer: Any, spot: Spot) -> None:
        """Put a layer, a model or the input behind the others; raises ReadError for anything else."""
        if unread := unreadable(layer):
            raise unread.error()
        if isinstance(layer, Unidentified):
            layer = layer.layer()
        if layer is self:
            raise spot.error("a model can't be a layer of itself.", remedy="Add another layer here.")
        if isinstance(layer, Tensor) and layer.step is None and not self.layers:
            self.first = layer
        elif isinstance(layer, LayerThing | Model | Instance):
            self.layers.append(layer)
        elif isinstance(layer, list | tuple):
            for one in layer:
                self.add(one, spot)
        else:
            raise spot.error("what is added here is no layer that can be read.", remedy="Layers of Keras are.")

    def parts(self) -> list[Any]:
        return list(self.layers)

    def between(self) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
        if self.built != len(self.layers):
            self.built = len(self.layers)
            x = (self.start(),)
            self.ends = (x, self.on_layers(x))
        return self.ends

    def start(self) -> Tensor:
        """What comes in: as an Input says, or the first layer, or (unknown) what the layers can read."""
        if self.first is None:
            self.first = self.session.input(self.said())
        if self.first.own is None:
            self.session.settle(self.first, axes_of_stack(self.layers))
        return self.first

    def said(self) -> Shape | None:
        """The input shape that the first layer names."""
        first = self.layers[0] if self.layers else None
        if isinstance(first, LayerThing):
            return input_of(first)
        if isinstance(first, Sequential):
            return first.start().own
        return first.between()[0][0].own if isinstance(first, Model) else None

    def on_layers(self, given: Sequence[Tensor]) -> tuple[Tensor, ...]:
        tensors = tuple(given)
        for layer in self.layers:
            tensors = self.session.through(layer, tensors, self.spot)
        return tensors

    def on(self, given: Sequence[Tensor], spot: Spot) -> tuple[Tensor, ...]:
        self.is_part = True
        for tensor in given:
            if tensor.own is None:
                self.session.settle(tensor, axes_of_stack(self.layers))
        if self.first is None and self.said() is None and given:
            self.first = Tensor(self.session, given[0].shape)
        return self.on_layers(given)

    def at_each_step(self, given: Sequence[Tensor], spot: Spot) -> Tensor:
        if self.first is None and self.said() is None:
            self.first = Tensor(self.session, Shape(given[0].shape[1:]))
        return super().at_each_step(given, spot)

    def attribute(self, name: str, spot: Spot) -> Any:
        if name == "add":
            return Builtin(name, lambda call: self.add(call.argument(0, "layer"), call.spot))
        if name == "pop":
            return Builtin(name, lambda call: self.layers.pop() if self.layers else None)
        if name == "build":
            return Builtin(name, self.build)
        return super().attribute(name, spot)

    def build(self, call: Call) -> None:
        """`model.build((None, 28, 28, 1))`."""
        shape = call.argument(0, "input_shape")
        if shape is not None and self.first is None:
            self.first = self.session.input(shape_read(shape, call.spot, batch=True))


def axes_of_stack(layers: Iterable[Any]) -> int | None:
    """The axes of the input that these layers read, from the first of them that tells."""
    for layer in layers:
        axes = axes_of_stack(layer.layers) if isinstance(layer, Sequential) else None
        if isinstance(layer, LayerThing):
            axes = axes_read(layer)
        if axes:
            return axes
    return None
