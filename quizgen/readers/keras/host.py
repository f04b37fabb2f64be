"""What the names of Keras and TensorFlow mean in code: layers, models, inputs, functions on tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from quizgen.readers.keras.custom import called, inherited
from quizgen.readers.keras.layer import READ, LayerThing, Unidentified
from quizgen.readers.keras.models import Model, Sequential
from quizgen.readers.keras.operations import OPERATIONS
from quizgen.readers.keras.session import Session
from quizgen.readers.keras.shapes import shape_read
from quizgen.readers.keras.signatures import canonical
from quizgen.readers.keras.tensors import Example, Positions, Tensor
from quizgen.readers.keras.weights import Weight
from quizgen.readers.python import Call, Instance, Outside, Spot, Unreadable, unreadable

FOREIGN = frozenset(
    {
        "numpy",
        "np",
        "pandas",
        "pd",
        "matplotlib",
        "plt",
        "sklearn",
        "torch",
        "nn",
        "os",
        "sys",
        "cv2",
        "scipy",
        "random",
    }
)
"""Packages whose names mean nothing to a network, even where Keras has the same."""

SAMPLES = frozenset({"zeros", "ones", "normal", "uniform", "rand", "randn", "random", "zeros_like", "random_normal"})
"""Functions that make an example to call a model on."""

SAME = frozenset({"repeat", "tile", "broadcast_to", "convert_to_tensor", "cast", "expand_dims"})
"""Functions that hand a layer's own weights on."""


class KerasHost:
    """The host of `Interpreter` for Keras."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.unnamed: dict[str, Sequential] = {}

    def constant(self, path: str, spot: Spot) -> Any:
        return self.unnamed.get(path, Outside(path))

    def call(self, path: str, call: Call) -> Any:
        root, name = path.partition(".")[0], path.rpartition(".")[2]
        if root in FOREIGN:
            return self.foreign(name, call)
        if name in MAKERS:
            return MAKERS[name](self.session, call)
        if canonical(name) in READ:
            return self.session.layer(name, call)
        if name == "add" and path.count(".") == 1 and call.arguments and is_layer(call.arguments[0]):
            return self.add(root, call)
        if name in SAMPLES:
            return self.foreign(name, call)
        if name in ("range", "arange") or (name in SAME and any(isinstance(value, Positions) for value in call.values)):
            return Positions()
        if name in SAME and any(isinstance(value, Weight) for value in call.arguments):
            return next(value for value in call.arguments if isinstance(value, Weight))
        tensors = holds_tensor(call.values)
        if name in OPERATIONS and tensors:
            return OPERATIONS[name](self.session, call)
        if name in ("image_data_format", "image_dim_ordering"):
            return {"image_data_format": "channels_last"}.get(name, "tf")
        if name[:1].isupper():
            self.session.strangers.append(Unidentified(self.session, path, call))
            return self.session.strangers[-1]
        if tensors:
            remedy = f"Layers of Keras are read, and {', '.join(sorted(OPERATIONS)[:6])}, ..."
            raise call.error(f"“{path}” is no function on tensors that can be read.", remedy=remedy)
        return Unreadable(call.spot)

    def foreign(self, name: str, call: Call) -> Any:
        """A call of another package: an example to call a model on, or nothing that matters."""
        if name not in SAMPLES:
            return Unreadable(call.spot)
        first = call.argument(0, "shape")
        sizes = first if isinstance(first, list | tuple) else call.arguments
        if unreadable(sizes) or len(sizes) < 2:
            return Example(None)
        return Example(shape_read(sizes, call.spot, batch=True))

    def add(self, name: str, call: Call) -> None:
        """`model.add(...)` where the line that makes `model` is missing."""
        if name not in self.unnamed:
            self.unnamed[name] = Sequential(self.session, self.session.names.after("Sequential"), call.spot)
        self.unnamed[name].add(call.arguments[0], call.spot)

    def instance(self, instance: Instance) -> None:
        self.session.instances.append(instance)

    def called(self, instance: Instance, call: Call) -> Any:
        return called(self.session, instance, call)

    def inherited(self, instance: Instance, name: str, spot: Spot) -> Any:
        return inherited(self.session, instance, name, spot)


def is_layer(value: Any) -> bool:
    return isinstance(value, LayerThing | Model | Unidentified | Instance) or (
        isinstance(value, Tensor) and value.step is None
    )


def holds_tensor(values: Iterable[Any]) -> bool:
    """Whether a tensor, or a weight, is among some values or in a list among them."""
    parts = (part for value in values for part in (value if isinstance(value, list | tuple) else [value]))
    return any(isinstance(part, Tensor | Weight) for part in parts)


def make_sequential(session: Session, call: Call) -> Sequential:
    model = Sequential(session, model_name(session, "Sequential", call), call.spot)
    layers = call.argument(0, "layers")
    if layers is not None:
        model.add(layers, call.spot)
    return model


def make_model(session: Session, call: Call) -> Model:
    """`Model(inputs, outputs)`, and with the singular names of Keras 1."""
    inputs = call.argument(0, "inputs", call.keywords.get("input"))
    outputs = call.argument(1, "outputs", call.keywords.get("output"))
    model = Model(session, model_name(session, "Functional", call), call.spot)
    if inputs is None or outputs is None:
        raise call.error("a model lacks its inputs or its outputs.", remedy="Write it as Model(inputs, outputs).")
    model.ends = tuple(session.flat(flat(inputs), call.spot)), tuple(session.flat(flat(outputs), call.spot))
    return model


def flat(ends: Any) -> Any:
    """A dict of inputs or outputs as a list."""
    return list(ends.values()) if isinstance(ends, dict) else ends


def model_name(session: Session, kind: str, call: Call) -> str:
    given = call.keywords.get("name")
    return given if isinstance(given, str) else session.names.after(kind)


def make_input(session: Session, call: Call) -> Tensor:
    """`Input(shape=(28, 28, 1))` and `InputLayer(input_shape=...)`."""
    for key in ("batch_shape", "batch_input_shape"):
        if call.keywords.get(key) is not None:
            return session.input(shape_read(call.keywords[key], call.spot, batch=True))
    return session.input(shape_read(call.argument(0, "shape", call.keywords.get("input_shape")), call.spot))


MAKERS: dict[str, Callable[[Session, Call], Any]] = {
    "Sequential": make_sequential,
    "Model": make_model,
    "Functional": make_model,
    "Input": make_input,
    "InputLayer": make_input,
}
"""What is no layer, and how it's made."""
