"""A layer of Keras as code makes it: its settings, its name, and the engine's layer for what reaches it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quizgen.errors import nearest
from quizgen.layers.attention import MultiHeadAttention
from quizgen.layers.base import Layer, Shape
from quizgen.layers.dense import Dense
from quizgen.layers.embedding import Embedding
from quizgen.layers.given import Given
from quizgen.layers.wrappers import step as one_step
from quizgen.readers.keras.signatures import ambiguous, canonical, settings_of
from quizgen.readers.keras_layers import KNOWN, Settings, keras_layer
from quizgen.readers.python import Builtin, Call, Function, Outside, Spot, Thing, Unreadable, is_constant, unreadable
from quizgen.readers.reading import ReadError

if TYPE_CHECKING:
    from quizgen.readers.keras.session import Session

READ = frozenset({*KNOWN, "Lambda", "ReversibleEmbedding"})


class Values(dict[str, Any]):
    """Settings of which one that can't be read is an error as soon as the layer asks for it."""

    def __init__(self, values: Mapping[str, Any], spot: Spot) -> None:
        super().__init__(values)
        self.spot = spot

    def get(self, key: str, default: Any = None) -> Any:
        value = super().get(key, default)
        if isinstance(value, Unreadable):
            raise value.error()
        if isinstance(value, Outside):
            remedy = f"Set it before: {value.path} = 10." if "." not in value.path else "Write the number in its place."
            raise self.spot.error(f"nothing in this code says what “{value.path}” is.", remedy=remedy)
        if isinstance(value, list | tuple | dict) and not is_constant(value, most=1_000):
            raise unreadable_setting(value, key, self.spot)
        return value


def unreadable_setting(value: Any, key: str, spot: Spot) -> ReadError:
    """For a list that holds more than a layer's setting can."""
    unread = unreadable(value)
    return unread.error() if unread else spot.error(f"{key} can't be read.", remedy="Write it as numbers.")


class LayerThing(Thing):
    """A layer that the code has made and may call, once or several times.

    assumed: the parameters that the user says it has, where no reader knows it.
    """

    def __init__(self, session: Session, name: str, call: Call) -> None:
        self.session, self.spot = session, call.spot
        self.kind = canonical(name)
        self.settings = settings_of(name, call) if self.kind in READ else dict(call.keywords)
        self.settings["activation"] = activation_name(self.settings.get("activation"))
        given = self.settings.get("name")
        self.name = given if isinstance(given, str) else session.names.after(self.kind)
        self.frozen = self.settings.get("trainable") is False
        self.calls: list[Any] = []
        if remark := ambiguous(name, call):
            session.remarks.append(remark)

    def values(self) -> Values:
        return Values(self.settings, self.spot)

    def engine(self, shapes: tuple[Shape, ...], keywords: Mapping[str, Any]) -> Layer:
        """The engine's layer for what reaches it; raises ReadError, or another QuizgenError, where there is none."""
        if self.kind == "ReversibleEmbedding":
            return self.reversible(keywords)
        values = self.values()
        inner = values.get("layer")
        if isinstance(inner, Unidentified):
            inner = inner.layer()
        if isinstance(inner, LayerThing):
            inside = tuple(map(one_step, shapes)) if self.kind == "TimeDistributed" else shapes
            values["layer"] = inner.engine(inside, {})
        found = keras_layer(Settings(self.kind, values, shapes))
        if found is None:
            return self.assumed(shapes)
        if isinstance(found, MultiHeadAttention) and keywords.get("use_causal_mask") is True:
            return replace(found, causal=True)
        return found

    def reversible(self, keywords: Mapping[str, Any]) -> Layer:
        """An embedding, whose table is read backwards too: an output layer with tied weights."""
        settings = Settings(self.kind, self.values())
        vocabulary = settings.number("input_dim")
        if keywords.get("reverse") is True:
            return Dense(vocabulary, bias=False)
        return Embedding(vocabulary, settings.number("output_dim"))

    def assumed(self, shapes: tuple[Shape, ...]) -> Layer:
        """What stands for a layer that nobody knows: the parameters that the user says, and the shape that came in."""
        assume = self.session.assume
        params = next((assume[name] for name in (self.name, self.kind) if name in assume), None)
        if params is None:
            remedy = f"{nearest(self.kind, READ)} Or say how many parameters it has: --assume {self.kind}=PARAMS."
            raise self.spot.error(f"{self.kind} is no layer of Keras that can be read.", remedy=remedy.strip())
        self.session.assumed[self.name] = params
        return Given(shapes[0], params, joins=len(shapes))

    def called(self, call: Call) -> Any:
        return self.session.use(self, call)

    def attribute(self, name: str, spot: Spot) -> Any:
        if name in ("output", "input") and self.calls:
            last = self.calls[-1]
            return last if name == "output" else last.step.inputs[0]
        if name in ("name", "trainable"):
            return self.name if name == "name" else not self.frozen
        if name == "adapt":
            return Builtin(name, lambda call: None)
        return self.settings.get(name, Unreadable(spot))

    def assign(self, name: str, value: Any, spot: Spot) -> None:
        if name == "trainable":
            self.frozen = value is False
        elif name in ("name", "_name") and isinstance(value, str):
            self.name = value


class Unidentified(Thing):
    """What a call of a name gives that Keras's reader doesn't know: harmless, until a network needs it."""

    def __init__(self, session: Session, path: str, call: Call) -> None:
        self.session, self.path, self.call = session, path, call

    def layer(self) -> LayerThing:
        """The unknown layer that it must be, where it's used as one."""
        return self.session.layer(self.path.rpartition(".")[2], self.call)

    def called(self, call: Call) -> Any:
        return self.layer().called(call)

    def attribute(self, name: str, spot: Spot) -> Any:
        return self.unread

    @property
    def unread(self) -> Unreadable:
        """It, where a network needs what's in it."""
        what = f"what “{self.path}” makes is not in this code."
        return Unreadable(self.call.spot, what, "Paste its code too, or write the model down with model.to_json().")


def activation_name(value: Any) -> Any:
    """An activation by its name, whether it was given as one, as a function, or as a layer; None for the user's own."""
    if isinstance(value, Outside):
        return value.name
    if isinstance(value, LayerThing) and value.kind == "PReLU":
        raise value.spot.error("it has weights of its own.", remedy="Write it as a layer behind this one.")
    return None if isinstance(value, Function | Builtin | Unreadable | LayerThing) else value
