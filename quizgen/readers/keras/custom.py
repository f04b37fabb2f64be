"""Layers and models that the code defines itself, as classes with a `call`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizgen.layers.base import Shape
from quizgen.readers.keras.shapes import shape_read
from quizgen.readers.keras.tensors import Tensor
from quizgen.readers.keras.weights import Weight
from quizgen.readers.python import Builtin, Call, Function, Instance, Method, Spot, Unreadable
from quizgen.unknown import known

if TYPE_CHECKING:
    from quizgen.readers.keras.session import Session

MODELS = frozenset({"Model", "Functional"})
LAYERS = frozenset({"Layer", *MODELS})


class Custom:
    """What Keras keeps of such an object: its name, the shape that it's built for, whether it has been built.

    kind: the name of its class.
    """

    def __init__(self, session: Session, kind: str) -> None:
        self.session, self.kind = session, kind
        self.given = ""
        self.input: Shape | None = None
        self.built = self.frozen = False
        self.outputs: list[Tensor] = []
        self.weights: list[object] = []

    @property
    def name(self) -> str:
        if not self.given:
            self.given = self.session.names.after(self.kind)
        return self.given


def custom(session: Session, instance: Instance) -> Custom:
    """The state of an object."""
    if instance.state is None:
        instance.state = Custom(session, instance.kind.name)
    state: Custom = instance.state
    return state


def derived(instance: Instance, names: frozenset[str]) -> bool:
    """Whether an object's class is derived from a class of Keras with one of these names."""
    return any(path.rpartition(".")[2] in names for path in instance.kind.outside)


def inherited(session: Session, instance: Instance, name: str, spot: Spot) -> Any:
    """What an object has from Keras's `Layer` or `Model`."""
    state = custom(session, instance)

    def initialize(call: Call) -> None:
        given = call.keywords.get("name")
        state.given = given if isinstance(given, str) else state.given
        state.frozen = call.keywords.get("trainable") is False

    def add_weight(call: Call) -> Weight:
        shape = call.keywords.get("shape", next((one for one in call.arguments if isinstance(one, list | tuple)), ()))
        read = shape_read(shape, call.spot) if shape else Shape((1,))
        if read is None:
            raise call.error("the shape of this weight can't be read.", remedy="Write its sizes as numbers.")
        return Weight(read, trainable=call.keywords.get("trainable") is not False)

    def build(call: Call) -> None:
        shape = call.argument(0, "input_shape")
        state.input = None if shape is None else shape_read(shape, call.spot, batch=True)

    known_names = {"__init__": initialize, "add_weight": add_weight, "add_variable": add_weight, "build": build}
    if name in known_names:
        return Builtin(name, known_names[name])
    return state.name if name == "name" else Unreadable(spot)


def called(session: Session, instance: Instance, call: Call) -> Any:
    """An object of the user's on tensors: its `call` is followed."""
    state = custom(session, instance)
    try:
        method = instance.kind.find("call")
    except KeyError:
        raise call.error(
            f"{instance.kind.name} has no method “call”.", remedy="Define what it does: def call(self, x)."
        ) from None
    if not isinstance(method, Function):
        return Unreadable(call.spot)
    arguments = tuple(session.entered(value) for value in call.arguments)
    build(session, instance, state, arguments, call)
    with session.inside(state.name):
        session.owners.append(state)
        try:
            output = session.run.apply(Method(method, instance), Call(arguments, call.keywords, call.spot))
        finally:
            session.owners.pop()
    state.outputs = list(session.flat(output, call.spot)) if derived(instance, MODELS) else []
    return output


def build(session: Session, instance: Instance, state: Custom, arguments: tuple[Any, ...], call: Call) -> None:
    """Follow the object's own `build`, once, with the shape of what reaches it first."""
    if state.built:
        return
    state.built = True
    try:
        method = instance.kind.find("build")
    except KeyError:
        return
    first = arguments[0] if arguments else None
    if isinstance(method, Function) and isinstance(first, Tensor):
        shape = (None, *map(known, first.shape))
        session.run.apply(Method(method, instance), Call((shape,), {}, call.spot))
